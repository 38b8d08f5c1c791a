import CaseWork
import Gateway
import Markup

/// One line of a small form that is no form of the practice: what is asked, and what was typed so far.
struct Entry: Sendable {
  let name: String
  let label: String
  /// Another than the name where the page asks for the same in several forms.
  var id: String
  var value = ""
  var hint: String?
  var isOptional = false
  var type = "text"
  var autocomplete: String? = "off"
  var inputmode: String?
  var maxlength: Int?
  /// Of a long one: three lines in place of five.
  var isShort = false
  /// The class of the field: `full`, or a width such as `w8`.
  var width = "full"

  init(_ name: String, _ label: String, _ value: String = "") {
    self.name = name
    self.label = label
    id = name
    self.value = value
  }

  func with(_ change: (inout Entry) -> Void) -> Entry {
    var copy = self
    change(&copy)
    return copy
  }
}

extension Frame {
  func entry(_ entry: Entry, _ problems: [Problem] = []) -> HTML {
    asked(entry, problems) { described in
      input(
        .class("input \(entry.width)"), .id(entry.id), .name(entry.name), .type(entry.type),
        .value(entry.value), .autocomplete(entry.autocomplete), .inputmode(entry.inputmode),
        .maxlength(entry.maxlength), described)
    }
  }

  func longEntry(_ entry: Entry, _ problems: [Problem] = []) -> HTML {
    asked(entry, problems) { described in
      textarea(
        .class(entry.isShort ? "area short" : "area"), .id(entry.id), .name(entry.name),
        .rows(entry.isShort ? 3 : 5), described
      ) { entry.value }
    }
  }

  /// One of a list. `empty` is the line that chooses none.
  func picker(
    _ name: String, _ label: String, _ options: [(value: String, words: String)], chosen: String?,
    empty: String? = nil, hint: String? = nil, isOptional: Bool = false, full: Bool = true, id: String? = nil,
    _ problems: [Problem] = []
  ) -> HTML {
    let entry = Entry(name, label).with {
      $0.id = id ?? name
      $0.hint = hint
      $0.isOptional = isOptional
    }
    return asked(entry, problems) { described in
      select(.class(full ? "select full" : "select"), .id(entry.id), .name(name), described) {
        if let empty { option(.value("")) { empty } }
        for line in options {
          option(.value(line.value), .selected(line.value == chosen)) { line.words }
        }
      }
    }
  }

  /// A box to tick, alone or among several of one name.
  func tick(_ name: String, _ value: String, _ words: String, more: String? = nil, isOn: Bool) -> HTML {
    label(.class("choice")) {
      input(.type("checkbox"), .name(name), .value(value), .checked(isOn))
      span {
        words
        if let more { small { more } }
      }
    }
  }

  /// Several boxes under one question.
  func ticks(
    _ name: String, _ question: String, hint: String? = nil, _ problems: [Problem] = [],
    @HTMLBuilder boxes: () -> HTML
  ) -> HTML {
    let problem = problems.first { $0.field == name }
    return fieldset(.class(problem == nil ? nil : "bad"), .id(name), .tabindex(-1)) {
      legend { question }
      if let hint { p(.class("hint")) { hint } }
      if let problem { errorLine(say(problem), id: name + "-e") }
      div(.class("choices wide")) { boxes() }
    }
  }

  /// One of a few words, to be pressed beside one another. `id` is the place to which a summary of problems leads.
  func quick(
    _ name: String, _ question: String, _ options: [(value: String, words: String)], chosen: String?,
    id: String? = nil, _ problems: [Problem] = []
  ) -> HTML {
    oneOf(name, question, "quick", id, problems) {
      for option in options {
        label {
          radio(name, option.value, chosen)
          span { option.words }
        }
      }
    }
  }

  /// One of several, a line each, with a word of explanation where there is one.
  func choices(
    _ name: String, _ question: String, _ options: [(value: String, words: String, more: String?)],
    chosen: String?, look: String = "tight", id: String? = nil, _ problems: [Problem] = []
  ) -> HTML {
    oneOf(name, question, "choices \(look)", id, problems) {
      for option in options {
        label(.class("choice")) {
          radio(name, option.value, chosen)
          span {
            option.words
            if let more = option.more { small { more } }
          }
        }
      }
    }
  }

  private func radio(_ name: String, _ value: String, _ chosen: String?) -> HTML {
    input(.type("radio"), .name(name), .value(value), .checked(value == chosen))
  }

  private func oneOf(
    _ name: String, _ question: String, _ look: String, _ id: String?, _ problems: [Problem],
    @HTMLBuilder options: () -> HTML
  ) -> HTML {
    let problem = problems.first { $0.field == name }
    let error = problem == nil ? nil : (id ?? name) + "-e"
    return fieldset(
      .class(problem == nil ? nil : "bad"), .id(id), .tabindex(id == nil ? nil : -1),
      .aria("describedby", error)
    ) {
      legend { question }
      if let problem { errorLine(say(problem), id: error) }
      div(.class(look)) { options() }
    }
  }

  /// What is wrong, at the top: each with the name of its field.
  func problemSummary(_ problems: [Problem], _ labels: [String: String]) -> HTML {
    errorSummary(
      problems.map { problem in
        let name = labels[problem.field].map { $0 + ": " } ?? ""
        return (text: name + say(problem), place: labels[problem.field] == nil ? nil : problem.field)
      })
  }

  private func asked(_ entry: Entry, _ problems: [Problem], control: (Attribute) -> HTML) -> HTML {
    let problem = problems.first { $0.field == entry.name }
    let described = [entry.hint == nil ? nil : entry.id + "-h", problem == nil ? nil : entry.id + "-e"]
      .compactMap { $0 }
    return div(.class(problem == nil ? "field" : "field bad")) {
      label(.for(entry.id)) {
        entry.label
        if entry.isOptional { span(.class("optional")) { " " + say("entry.optional") } }
      }
      if let hint = entry.hint { p(.class("hint"), .id(entry.id + "-h")) { hint } }
      if let problem { errorLine(say(problem), id: entry.id + "-e") }
      control(.aria("describedby", described.isEmpty ? nil : described.joined(separator: " ")))
    }
  }
}

/// The lists these pages choose from.
extension CodeList.Name {
  static let relation = CodeList.Name(rawValue: "relation")
  static let welfareCategory = CodeList.Name(rawValue: "welfare-category")
  static let familyForm = CodeList.Name(rawValue: "family-form")
  static let organisation = CodeList.Name(rawValue: "organisation")
  static let needArea = CodeList.Name(rawValue: "need-area")
  static let informalKind = CodeList.Name(rawValue: "informal-kind")
  static let informalEnd = CodeList.Name(rawValue: "informal-end")
  static let resourcePlace = CodeList.Name(rawValue: "resource-place")
  static let resourceFormality = CodeList.Name(rawValue: "resource-formality")
}

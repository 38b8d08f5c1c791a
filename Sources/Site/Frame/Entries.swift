import CaseWork
import Gateway
import Markup

/// One line of a small form that is no form of the practice: what is asked, and what was typed so far.
struct Entry: Sendable {
  let name: String
  let label: String
  var value = ""
  var hint: String?
  var isOptional = false
  var type = "text"
  var autocomplete: String? = "off"
  var inputmode: String?
  /// The class of the field: `full`, or a width such as `w8`.
  var width = "full"

  init(_ name: String, _ label: String, _ value: String = "") {
    self.name = name
    self.label = label
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
    asked(entry.name, entry.label, hint: entry.hint, isOptional: entry.isOptional, problems) { described in
      input(
        .class("input \(entry.width)"), .id(entry.name), .name(entry.name), .type(entry.type),
        .value(entry.value),
        .autocomplete(entry.autocomplete), .inputmode(entry.inputmode), described)
    }
  }

  func longEntry(_ entry: Entry, _ problems: [Problem] = []) -> HTML {
    asked(entry.name, entry.label, hint: entry.hint, isOptional: entry.isOptional, problems) { described in
      textarea(.class("area"), .id(entry.name), .name(entry.name), .rows(5), described) { entry.value }
    }
  }

  /// One of a list. `empty` is the line that chooses none.
  func picker(
    _ name: String, _ label: String, _ options: [(value: String, words: String)], chosen: String?,
    empty: String? = nil, hint: String? = nil, isOptional: Bool = false, full: Bool = true,
    _ problems: [Problem] = []
  ) -> HTML {
    asked(name, label, hint: hint, isOptional: isOptional, problems) { described in
      select(.class(full ? "select full" : "select"), .id(name), .name(name), described) {
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

  /// What is wrong, at the top: each with the name of its field.
  func problemSummary(_ problems: [Problem], _ labels: [String: String]) -> HTML {
    errorSummary(
      problems.map { problem in
        let name = labels[problem.field].map { $0 + ": " } ?? ""
        return (text: name + say(problem), place: labels[problem.field] == nil ? nil : problem.field)
      })
  }

  private func asked(
    _ name: String, _ words: String, hint: String?, isOptional: Bool, _ problems: [Problem],
    control: (Attribute) -> HTML
  ) -> HTML {
    let problem = problems.first { $0.field == name }
    let described = [hint == nil ? nil : name + "-h", problem == nil ? nil : name + "-e"].compactMap { $0 }
    return div(.class(problem == nil ? "field" : "field bad")) {
      label(.for(name)) {
        words
        if isOptional { span(.class("optional")) { " " + say("entry.optional") } }
      }
      if let hint { p(.class("hint"), .id(name + "-h")) { hint } }
      if let problem { errorLine(say(problem), id: name + "-e") }
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
  static let resourcePlace = CodeList.Name(rawValue: "resource-place")
  static let resourceFormality = CodeList.Name(rawValue: "resource-formality")
}

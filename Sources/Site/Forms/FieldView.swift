import CaseWork
import Markup

/// Shows each kind of question with its answer, its hint and what is wrong with it.
struct FieldView: Sendable {
  let frame: Frame
  let form: Form
  let answers: Answers
  let problems: [Problem]
  let options: PickerOptions
  let addedTo: String?

  private var say: Speech { frame.say }

  func section(_ section: Form.Section) -> HTML {
    let content = HTML.several(section.fields.map { field($0, at: $0.id) })
    let hint = section.hint.map { words in p(.class("hint")) { say(words) } }
    if section.isFolded {
      let isOpen = section.fields.contains { field in
        answers.paths.contains { $0 == field.id || $0.hasPrefix(field.id + ".") }
          || problems.contains { $0.field == field.id || $0.field.hasPrefix(field.id + ".") }
          || addedTo == field.id
      }
      return details(.class("fold"), .id("s-\(section.id)"), .open(isOpen)) {
        summary { section.title.map { say($0) } ?? say("form.more") }
        div(.class("form")) {
          hint
          content
        }
      }
    }
    guard let title = section.title else { return div(.class("form"), .id("s-\(section.id)")) { content } }
    return Markup.section(.class("form"), .id("s-\(section.id)"), .aria("labelledby", "s-\(section.id)-t")) {
      div {
        h2(.id("s-\(section.id)-t")) { say(title) }
        hint
      }
      content
    }
  }

  func field(_ field: Field, at path: String) -> HTML {
    let ask = Ask(field: field, path: path, problem: problems.first { $0.field == path })
    switch field.kind {
    case .line: return labelled(ask) { line(ask, "input full", limit: Form.longestLine) }
    case .text: return labelled(ask) { area(ask, "area") }
    case .quote: return labelled(ask) { area(ask, "area short said") }
    case .choice(let list, let style):
      return choice(ask, codes(of: list, at: path), style, usual: options.usual[list])
    case .choices(let list, let style): return choices(ask, codes(of: list, at: path), style)
    case .scale(let range): return scale(ask, range)
    case .number(let range):
      return labelled(ask) { line(ask, "input w4", mode: range.lowerBound < 0 ? "text" : "numeric") }
    case .minutes: return labelled(ask) { withUnit(line(ask, "input w4", mode: "numeric"), "unit.minutes") }
    case .won: return labelled(ask) { withUnit(line(ask, "input w6", mode: "numeric"), "unit.won") }
    case .day: return labelled(ask) { line(ask, "input w8", mode: "numeric", shown: day(answers[path])) }
    case .time: return labelled(ask) { line(ask, "input w4", mode: "numeric") }
    case .flag: return flag(ask)
    case .staff: return labelled(ask) { select(ask, options.staff) }
    case .resource: return labelled(ask) { resourcePicker(ask) }
    case .relative: return labelled(ask) { select(ask, options.relatives) }
    case .informal: return labelled(ask) { select(ask, options.people) }
    case .goals: return choices(ask, options.goals, .tiles)
    case .group(let fields, let range): return group(ask, fields, range)
    }
  }

  /// One question at one place.
  struct Ask {
    let field: Field
    let path: String
    let problem: Problem?

    var hintID: String? { field.hint == nil ? nil : path + "-h" }
    var errorID: String? { problem == nil ? nil : path + "-e" }
    var describedBy: String? {
      let ids = [errorID, hintID].compactMap { $0 }
      return ids.isEmpty ? nil : ids.joined(separator: " ")
    }
  }

  /// A day is shown as people write it; what could not be read, as it was typed.
  private func day(_ text: String?) -> String? {
    text.map { text in Day(text).map { say.typed($0) } ?? text }
  }

  func words(of problem: Problem) -> String {
    guard problem.code == "required", let field = form.field(at: problem.field) else { return say(problem) }
    switch field.kind {
    case .choice, .choices, .scale, .staff, .resource, .relative, .informal, .goals:
      return say("problem.choose")
    case .flag: return say("problem.required.flag")
    case .group: return say("problem.required.rows")
    case .day: return say("problem.not-a-day")
    case .line, .text, .quote, .number, .minutes, .won, .time: return say(problem)
    }
  }

  /// Each problem with the name of its field, and the place to go.
  var errorLines: [(text: String, place: String?)] {
    problems.map(errorLine)
  }

  func errorLine(of problem: Problem) -> (text: String, place: String?) {
    (
      text: say("form.problem", ["field": name(of: problem.field), "problem": words(of: problem)]),
      place: problem.field
    )
  }

  /// `강점 2 · 무엇`: a field's name as the summary says it.
  func name(of path: String) -> String {
    let parts = path.split(separator: ".").map(String.init)
    guard let outer = parts.first, let top = form.fields.first(where: { $0.id == outer }) else { return path }
    guard parts.count == 3, let row = Int(parts[1]), case .group(let inner, _) = top.kind,
      let field = inner.first(where: { $0.id == parts[2] })
    else { return say(top.label) }
    return say(
      "form.row.field",
      ["group": say(top.label), "number": String(row + 1), "field": say(field.label)])
  }

  private func optionalMark(_ field: Field) -> HTML {
    guard field.need == .optional else { return .nothing }
    return span(.class("optional")) { " " + say("form.optional") }
  }

  private func hint(_ ask: Ask) -> HTML {
    ask.field.hint.map { words in p(.class("hint"), .id(ask.hintID)) { say(words) } } ?? .nothing
  }

  private func error(_ ask: Ask) -> HTML {
    ask.problem.map { frame.errorLine(words(of: $0), id: ask.errorID) } ?? .nothing
  }

  private func labelled(_ ask: Ask, @HTMLBuilder control: () -> HTML) -> HTML {
    div(.class(ask.problem == nil ? "field" : "field bad")) {
      label(.for(ask.path)) {
        say(ask.field.label)
        optionalMark(ask.field)
      }
      hint(ask)
      error(ask)
      control()
    }
  }

  /// A question with several controls: the fieldset itself is what the error summary leads to.
  private func asked(_ ask: Ask, _ className: String? = nil, @HTMLBuilder control: () -> HTML) -> HTML {
    let bad = ask.problem == nil ? nil : "bad"
    return fieldset(
      .id(ask.path), .tabindex(-1),
      .class([className, bad].compactMap { $0 }.joined(separator: " ").nonEmpty),
      .aria("describedby", ask.describedBy)
    ) {
      legend {
        say(ask.field.label)
        optionalMark(ask.field)
      }
      hint(ask)
      error(ask)
      control()
    }
  }

  private func line(
    _ ask: Ask, _ className: String, limit: Int? = nil, mode: String? = nil, shown: String? = nil
  ) -> HTML {
    input(
      .class(className), .id(ask.path), .name(ask.path), .value(shown ?? answers[ask.path]), .inputmode(mode),
      .maxlength(limit), .autocomplete("off"), .aria("describedby", ask.describedBy),
      .aria("invalid", ask.problem == nil ? nil : "true"))
  }

  private func area(_ ask: Ask, _ className: String) -> HTML {
    textarea(
      .class(className), .id(ask.path), .name(ask.path), .maxlength(Form.longestText),
      .aria("describedby", ask.describedBy), .aria("invalid", ask.problem == nil ? nil : "true")
    ) {
      // A first line break is eaten by the parser, so that one more keeps the text as it was.
      answers[ask.path].map { ($0.hasPrefix("\n") ? "\n" : "") + $0 }
    }
  }

  private func withUnit(_ control: HTML, _ unit: String) -> HTML {
    span(.class("with-unit")) {
      control
      " " + say(unit)
    }
  }

  private func codes(of list: CodeList.Name, at path: String) -> [PickerOptions.Option] {
    let chosen = Set(answers[all: path])
    let codes = (say.lists[list]?.codes ?? []).filter { code in
      chosen.contains(code.value) || (code.validTo.map { frame.today <= $0 } ?? true)
    }
    return codes.map { PickerOptions.Option($0.value, say($0.words), hint: $0.hint.map { say($0) }) }
  }

  private func choice(
    _ ask: Ask, _ options: [PickerOptions.Option], _ style: Field.ChoiceStyle, usual: [String]? = nil
  ) -> HTML {
    if style == .list, options.count > 4 { return labelled(ask) { select(ask, options) } }
    // A radio cannot be taken back by itself; where the question is optional, "nothing" is a choice.
    let none =
      ask.field.need == .optional && answers[ask.path] != nil
      ? [PickerOptions.Option("", say("form.none"))] : []
    guard style == .quick, options.count > FieldView.foldedFrom else {
      return asked(ask) { boxes(ask, "radio", options + none, style) }
    }
    return asked(ask) { folded(ask, options + none, usual ?? []) }
  }

  /// Of a long list, those used most often and the chosen one stand in front; the rest opens on a press.
  private func folded(_ ask: Ask, _ options: [PickerOptions.Option], _ usual: [String]) -> HTML {
    let chosen = answers[ask.path]
    let order = usual + options.map(\.value).filter { !usual.contains($0) }
    let sorted = order.compactMap { value in options.first { $0.value == value } }
    var front = Array(sorted.prefix(FieldView.shownFirst))
    if let chosen, !front.contains(where: { $0.value == chosen }) {
      front += sorted.filter { $0.value == chosen }
    }
    let rest = options.filter { option in !front.contains { $0.value == option.value } }
    return HTML.several([
      boxes(ask, "radio", front, .quick),
      details(.class("fold more")) {
        summary { say("form.all", ["count": String(rest.count)]) }
        boxes(ask, "radio", rest, .quick)
      },
    ])
  }

  /// A list longer than this folds, and shows so many at first.
  private static let foldedFrom = 12
  private static let shownFirst = 7

  private func choices(_ ask: Ask, _ options: [PickerOptions.Option], _ style: Field.ChoiceStyle) -> HTML {
    guard options.count > FieldView.foldedFrom, hasAreas(ask.field) else {
      return asked(ask) {
        options.isEmpty
          ? p(.class("meta")) { say("form.nothing-to-choose") } : boxes(ask, "checkbox", options, style)
      }
    }
    // Of a long list: what was chosen and what belongs to the row's own area; the rest opens on a press.
    let chosen = Set(answers[all: ask.path])
    let area = ask.path.split(separator: ".").dropLast().joined(separator: ".") + ".area"
    let near = nearby(answers[area], ask.field)
    let front = options.filter { chosen.contains($0.value) || near.contains($0.value) }
    return asked(ask) {
      front.isEmpty ? .nothing : boxes(ask, "checkbox", front, .quick)
      details(.class("fold more")) {
        summary { say("form.all", ["count": String(options.count - front.count)]) }
        boxes(ask, "checkbox", options.filter { !front.contains($0) }, .quick)
      }
    }
  }

  /// Whether some codes of a field's list belong to others, so that most concern one row only.
  private func hasAreas(_ field: Field) -> Bool {
    guard case .choices(let list, _) = field.kind else { return false }
    return (say.lists[list]?.codes ?? []).contains { $0.parent != nil }
  }

  /// The codes of a field's list that stand under `code`.
  private func nearby(_ code: String?, _ field: Field) -> Set<String> {
    guard let code, case .choices(let list, _) = field.kind else { return [] }
    return Set((say.lists[list]?.codes ?? []).filter { $0.parent == code }.map(\.value))
  }

  private func boxes(
    _ ask: Ask, _ type: String, _ options: [PickerOptions.Option], _ style: Field.ChoiceStyle
  ) -> HTML {
    let chosen = Set(answers[all: ask.path])
    let isFlag = ask.field.kind.isRedFlag
    let className: String =
      switch style {
      case .tiles:
        options.contains { $0.hint != nil || $0.words.count > 12 } ? "choices wide" : "choices tight"
      case .quick: "quick"
      case .list: "choices"
      }
    return div(.class(className)) {
      for option in options {
        label(.class(style == .quick ? nil : isFlag ? "choice flag" : "choice")) {
          input(.type(type), .name(ask.path), .value(option.value), .checked(chosen.contains(option.value)))
          span {
            option.words
            if let hint = option.hint, style != .quick { small { hint } }
          }
        }
      }
    }
  }

  private func select(_ ask: Ask, _ options: [PickerOptions.Option]) -> HTML {
    let chosen = answers[ask.path]
    return Markup.select(
      .class("select"), .id(ask.path), .name(ask.path), .aria("describedby", ask.describedBy),
      .aria("invalid", ask.problem == nil ? nil : "true")
    ) {
      option(.value("")) { say("form.choose") }
      for item in options where item.isOffered || item.value == chosen {
        option(.value(item.value), .selected(item.value == chosen)) {
          item.hint.map { "\(item.words) (\($0))" } ?? item.words
        }
      }
    }
  }

  /// Of a directory too long for one list, those whose names are typed; works without script.
  private func resourcePicker(_ ask: Ask) -> HTML {
    guard options.hasMoreResources else { return select(ask, options.resources) }
    let found = options.found.flatMap { $0.place == ask.path ? $0.text : nil }
    return HTML.several([
      select(ask, options.resources),
      div(.class("btn-row")) {
        input(
          .class("input w8"), .name("_find.\(ask.path)"), .value(found), .autocomplete("off"),
          .aria("label", say("form.find.resource")))
        button(.class("btn"), .name("_find"), .value(ask.path), .formnovalidate()) { say("form.find") }
      },
      found.map { _ in
        p(.class("hint"), .role("status")) {
          say("form.find.found", ["count": String(options.resources.count)])
        }
      } ?? .nothing,
    ])
  }

  private func scale(_ ask: Ask, _ range: ClosedRange<Int>) -> HTML {
    asked(ask, "risk-row") {
      div(.class("scale")) {
        for number in range {
          label {
            input(
              .type("radio"), .name(ask.path), .value(String(number)),
              .checked(answers.number(ask.path) == number))
            span {
              span(.class("sr")) { say(ask.field.label) + " " }
              number < 0 ? "−\(number.magnitude)" : String(number)
            }
          }
        }
      }
    }
  }

  private func flag(_ ask: Ask) -> HTML {
    div(.class(ask.problem == nil ? "field" : "field bad")) {
      error(ask)
      label(.class("choice")) {
        input(
          .type("checkbox"), .id(ask.path), .name(ask.path), .value("yes"), .checked(answers.flag(ask.path)),
          .aria("describedby", ask.errorID), .aria("invalid", ask.problem == nil ? nil : "true"))
        span {
          say(ask.field.label)
          ask.field.hint.map { words in small { say(words) } }
        }
      }
    }
  }

  private func group(_ ask: Ask, _ fields: [Field], _ range: ClosedRange<Int>) -> HTML {
    let answered = (answers.indices(of: ask.path).max() ?? -1) + 1
    let least = ask.field.need == .optional ? 0 : max(1, range.lowerBound)
    let count = min(max(answered + (addedTo == ask.path ? 1 : 0), least), range.upperBound)
    return asked(ask, "rows") {
      for index in 0..<count { row(ask, fields, index, isNew: addedTo == ask.path && index == count - 1) }
      if count < range.upperBound {
        p(.class("mt4")) {
          button(.class("btn"), .name("_add"), .value(ask.path), .formnovalidate()) {
            Icon.plus.html
            say("form.add", ["group": say(ask.field.label)])
          }
        }
      }
    }
  }

  private func row(_ ask: Ask, _ fields: [Field], _ index: Int, isNew: Bool) -> HTML {
    let path = "\(ask.path).\(index)"
    let goal = goal(of: fields, at: path)
    let title = goal?.words ?? say("form.row", ["group": say(ask.field.label), "number": String(index + 1)])
    let isBad = problems.contains { $0.field.hasPrefix(path + ".") }
    return article(.class(isBad ? "need bad" : "need"), .aria("labelledby", path + "-t")) {
      header {
        heading(of: path, .id(path + "-t"), .tabindex(-1), .autofocus(isNew)) { title }
        button(.class("btn quiet"), .name("_remove"), .value(path), .formnovalidate()) {
          say("form.remove")
          span(.class("sr")) { ": " + title }
        }
      }
      div(.class("form tight")) {
        if let goal { input(.type("hidden"), .name("\(path).goal"), .value(goal.value)) }
        lines(of: goal == nil ? fields : fields.filter { $0.id != "goal" }, at: path)
      }
    }
  }
}

extension FieldView {
  /// A row's heading, one rank below that of its section; a section without one leaves the rank to its rows.
  private func heading(of path: String, _ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML
  {
    let group = path.prefix { $0 != "." }
    let section = form.sections.first { $0.fields.contains { $0.id == group } }
    return .element(section?.title == nil ? "h2" : "h3", [.class("row-title")] + attributes, content: content)
  }

  /// The goal that a row of ratings is about, where it is known: it names the row and is not asked again.
  private func goal(of fields: [Field], at path: String) -> PickerOptions.Option? {
    guard fields.contains(where: { $0.id == "rating" }), let number = answers[path + ".goal"] else {
      return nil
    }
    return options.goals.first { $0.value == number }
  }

  /// The fields of a row; a text with its range (`p2`, `p2-from`, `p2-to`) on one line.
  private func lines(of fields: [Field], at path: String) -> HTML {
    let ids = Set(fields.map(\.id))
    return HTML.several(
      fields.map { field in
        if let bound = ["-from", "-to"].first(where: field.id.hasSuffix),
          ids.contains(String(field.id.dropLast(bound.count)))
        {
          return .nothing
        }
        let bounds = fields.filter { $0.id == field.id + "-from" || $0.id == field.id + "-to" }
        let own = self.field(field, at: "\(path).\(field.id)")
        if bounds.isEmpty { return own }
        return div(.class("ranged")) {
          own
          for bound in bounds { self.field(bound, at: "\(path).\(bound.id)") }
        }
      })
  }
}

extension Field.Kind {
  /// Red signals are marked as such wherever they are asked for.
  fileprivate var isRedFlag: Bool {
    if case .choices(let list, _) = self { list.rawValue == "red-flag" } else { false }
  }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }
}

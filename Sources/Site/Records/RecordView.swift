import CaseWork
import Foundation
import Markup

/// A record to be read: each question with its answer, everybody's own words in quotation marks.
struct RecordView: Sendable {
  let frame: Frame
  let form: Form
  let answers: Answers
  var options = PickerOptions()

  private var say: Speech { frame.say }

  /// The sections that hold an answer.
  var html: HTML {
    HTML.several(
      form.sections.map { section in
        let content = blocks(section.fields)
        if content.isNothing { return .nothing }
        return Markup.section(.class("band read")) {
          section.title.map { words in h2 { say(words) } }
          content
        }
      })
  }

  /// Single answers stand in lists of terms; each group between them in a shape of its own.
  private func blocks(_ fields: [Field]) -> HTML {
    var (blocks, pending): ([HTML], [Field]) = ([], [])
    func flush() {
      blocks.append(terms(pending, answers))
      pending = []
    }
    for field in fields {
      guard case .group(let inner, _) = field.kind else {
        pending.append(field)
        continue
      }
      flush()
      blocks.append(group(field, inner))
    }
    flush()
    return HTML.several(blocks.filter { !$0.isNothing })
  }

  private func terms(_ fields: [Field], _ answers: Answers) -> HTML {
    let rows = fields.map { row($0, answers) }.filter { !$0.isNothing }
    return rows.isEmpty ? .nothing : dl(.class("voices")) { rows }
  }

  private func row(_ field: Field, _ answers: Answers) -> HTML {
    let value = shown(field, answers)
    if value.isNothing { return .nothing }
    return div(.class(field.kind == .quote ? "own-words" : nil)) {
      dt { label(of: field) }
      dd { value }
    }
  }

  /// A value as the page shows it: scales with their dots, a yes with its mark.
  private func shown(_ field: Field, _ answers: Answers) -> HTML {
    guard let first = answers[field.id] else { return .nothing }
    switch field.kind {
    case .scale(let range): return dots(Int(first) ?? range.lowerBound, range)
    case .flag:
      return span(.class("yes")) {
        Icon.check.html
        say("form.yes")
      }
    default: return value(of: field, answers, field.id)
    }
  }

  /// `3 / 4` and as many dots.
  private func dots(_ number: Int, _ range: ClosedRange<Int>) -> HTML {
    let words = range.lowerBound < 0 ? CaseView.signed(number) : "\(number) / \(range.upperBound)"
    return span(.class("dots")) {
      b { words }
      if range.lowerBound >= 0 {
        span(.aria("hidden", "true")) {
          for step in max(1, range.lowerBound)...max(1, range.upperBound) {
            span(.class(step <= number ? "on" : nil)) {}
          }
        }
      }
    }
  }

  // Groups: goals with their ladder, long rows as cards, short rows as a table.
  private func group(_ field: Field, _ fields: [Field]) -> HTML {
    let rows = answers.rows(field.id)
    if rows.isEmpty { return .nothing }
    if fields.contains(where: { $0.id == "m2" }) {
      return HTML.several(rows.enumerated().map { goal($1, number: $0 + 1, fields) })
    }
    if fields.contains(where: { $0.kind == .quote || $0.kind == .text }) {
      return div(.class(fields.count <= 4 ? "needs pair" : "needs")) { rows.map { card($0, fields) } }
    }
    let columns = fields.filter { column in rows.contains { $0[column.id] != nil } }
    return columns.count == 1
      ? list(field, columns[0], rows) : table(field, columns, rows)
  }

  private func list(_ field: Field, _ column: Field, _ rows: [Answers]) -> HTML {
    dl(.class("voices")) {
      div {
        dt { say(field.label) }
        dd { ul(.class("flow-tight")) { rows.map { row in li { value(of: column, row, column.id) } } } }
      }
    }
  }

  private func table(_ field: Field, _ columns: [Field], _ rows: [Answers]) -> HTML {
    div(.class("scroller"), .role("region"), .tabindex(0), .aria("label", say(field.label))) {
      Markup.table(.class("table cards read-table")) {
        caption { say(field.label) }
        thead { tr { columns.map { column in th(.scope("col")) { label(of: column) } } } }
        tbody {
          for row in rows {
            tr {
              for (index, column) in columns.enumerated() {
                let value = value(of: column, row, column.id)
                index == 0
                  ? th(.scope("row")) { value }
                  : value.isNothing
                    ? td(.class("void")) {}
                    : td(.data("label", label(of: column))) { value }
              }
            }
          }
        }
      }
    }
  }

  /// One need or strength: named by its first answer, how heavy beside it, then what each one said.
  private func card(_ row: Answers, _ fields: [Field]) -> HTML {
    let scales = fields.filter { $0.kind.isScale && row[$0.id] != nil }
    return article(.class("need")) {
      header {
        if let first = fields.first { h3 { value(of: first, row, first.id) } }
        for scale in scales {
          span(.class("meta")) {
            label(of: scale) + " "
            shown(scale, row)
          }
        }
      }
      terms(fields.dropFirst().filter { !$0.kind.isScale }, row)
    }
  }

  /// A goal with its five levels, the best on top; where it began is marked.
  private func goal(_ row: Answers, number: Int, _ fields: [Field]) -> HTML {
    let goal = Plan.Goal(number: number, row)
    let told = fields.filter { field in
      !Ladder.names.contains { field.id == $0 || field.id.hasPrefix($0 + "-") }
        && !["goal", "own", "baseline"].contains(field.id)
    }
    return article(.class("need goal-read")) {
      header { h3 { "\(number). \(goal.title)" } }
      if let own = goal.own { p(.class("own")) { q { own } } }
      div(.class("sides")) {
        ol(.class("ladder")) {
          for step in goal.ladder.steps.reversed() where step.text != nil {
            li(.class(step.level == goal.baseline ? "here" : step.level == 0 ? "expected" : nil)) {
              span(.class("lvl")) { CaseView.signed(step.level) }
              span { step.text }
              span(.class("tags")) {
                if step.level == goal.baseline { span(.class("tag act")) { say("record.ladder.start") } }
                if step.level == 0 { span(.class("tag")) { say("record.ladder.expected") } }
              }
            }
          }
        }
        terms(told, row)
      }
    }
  }

  /// The label of a scale goes without what its ends mean, for the dots say that.
  private func label(of field: Field) -> String {
    let label = say(field.label)
    guard field.kind.isScale, let bracket = label.firstIndex(of: "("), bracket > label.startIndex else {
      return label
    }
    return String(label[..<bracket]).trimmingCharacters(in: .whitespaces)
  }

  func value(of field: Field, _ answers: Answers, _ path: String) -> HTML {
    let texts = answers[all: path]
    guard let first = texts.first else { return .nothing }
    switch field.kind {
    case .line, .time: return .text(first)
    case .text: return paragraphs(first)
    case .quote: return q { first }
    case .choice(let list, _), .choices(let list, _):
      return .text(texts.map { say.name(of: $0, in: list) }.joined(separator: ", "))
    case .scale(let range): return .text(signed(first, range))
    case .number: return .text(field.id == "goal" ? self.goal(first) : first.replacing("-", with: "−"))
    case .minutes: return .text(first + say("unit.minutes"))
    case .won: return .text(Int(first).map { say.grouped($0) + say("unit.won") } ?? first)
    case .day: return .text(Day(first).map { say.short($0, from: frame.today) } ?? first)
    case .flag: return .text(say("form.yes"))
    case .staff: return picked(texts, options.staff)
    case .resource: return picked(texts, options.resources)
    case .relative: return picked(texts, options.relatives)
    case .informal: return picked(texts, options.people)
    case .goals: return picked(texts, options.goals)
    case .group: return .nothing
    }
  }

  /// `+2` on a scale that has a below, `2` on one that has not.
  private func signed(_ text: String, _ range: ClosedRange<Int>) -> String {
    range.lowerBound < 0 ? Int(text).map(CaseView.signed) ?? text : text
  }

  /// A goal by its number and its words, from the plan at hand or the plan itself.
  private func goal(_ number: String) -> String {
    if let known = options.goals.first(where: { $0.value == number }) { return known.words }
    let goals = answers.rows("goals")
    // As typed, which in a draft may be any number.
    let own = Int(number).flatMap { (1...99).contains($0) ? goals.dropFirst($0 - 1).first?["goal"] : nil }
    return own.map { "\(number). \($0)" } ?? number
  }

  /// The same without marks, to be compared word by word.
  func plain(_ field: Field, _ answers: Answers, _ path: String) -> String {
    value(of: field, answers, path).text
  }

  /// A name for each pick; one no longer known is said to be so, its id never shown.
  private func picked(_ texts: [String], _ options: [PickerOptions.Option]) -> HTML {
    let names = texts.map { text in options.first { $0.value == text }?.words ?? say("form.unknown-pick") }
    return .text(names.joined(separator: ", "))
  }

  private func paragraphs(_ text: String) -> HTML {
    HTML.several(text.split(separator: "\n").map { line in p { String(line) } })
  }
}

extension Field.Kind {
  fileprivate var isScale: Bool {
    if case .scale = self { true } else { false }
  }
}

import CaseWork
import Markup

/// A record to be read: each question with its answer, everybody's own words in quotation marks.
struct RecordView: Sendable {
  let frame: Frame
  let form: Form
  let answers: Answers
  var options = PickerOptions()

  private var say: Speech { frame.say }

  /// The sections that hold an answer, under headings of the given rank.
  var html: HTML {
    HTML.several(
      form.sections.map { section in
        let fields = section.fields.map { row($0, answers, $0.id) }
        if fields.allSatisfy(\.isNothing) { return .nothing }
        return Markup.section(.class("band")) {
          section.title.map { words in h2 { say(words) } }
          dl(.class("voices")) { fields }
        }
      })
  }

  private func row(_ field: Field, _ answers: Answers, _ path: String) -> HTML {
    if case .group(let fields, _) = field.kind { return rows(field, fields) }
    let value = value(of: field, answers, path)
    if value.isNothing { return .nothing }
    return div {
      dt { say(field.label) }
      dd { value }
    }
  }

  private func rows(_ field: Field, _ fields: [Field]) -> HTML {
    let rows = answers.rows(field.id)
    if rows.isEmpty { return .nothing }
    return div {
      dt { say(field.label) }
      dd {
        ol(.class("rows-read")) {
          for answers in rows {
            li { dl(.class("voices")) { fields.map { row($0, answers, $0.id) } } }
          }
        }
      }
    }
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
    case .scale, .number: return .text(first.replacing("-", with: "−"))
    case .minutes: return .text(first + say("unit.minutes"))
    case .won: return .text(Int(first).map { say.grouped($0) + say("unit.won") } ?? first)
    case .day: return .text(Day(first).map { say.short($0, from: frame.today) } ?? first)
    case .flag: return .text(say("form.yes"))
    case .staff: return picked(texts, options.staff)
    case .resource: return picked(texts, options.resources)
    case .relative: return picked(texts, options.relatives)
    case .goals: return picked(texts, options.goals)
    case .group: return .nothing
    }
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

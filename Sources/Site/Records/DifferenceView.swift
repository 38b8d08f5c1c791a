import CaseWork
import Markup

/// What changed from one version to the next, field by field, as people say it.
struct DifferenceView: Sendable {
  let frame: Frame
  let form: Form
  let difference: Difference
  var options = PickerOptions()

  private var say: Speech { frame.say }

  var html: HTML {
    let names = FieldView(
      frame: frame, form: form, answers: Answers(), problems: [], options: options, addedTo: nil)
    return div(.class("diff mt3")) {
      for line in difference.lines {
        div {
          h3 { names.name(of: line.path) }
          line.spans.isEmpty ? plain(line) : spans(line)
        }
      }
    }
  }

  private func spans(_ line: Difference.Line) -> HTML {
    if !isText(line) { return plain(line) }
    return HTML.several([
      p(.class("was")) {
        span(.class("sr")) { say("diff.was") + " " }
        for span in line.spans where span.change != .added {
          span.change == .removed ? del { span.text } : .text(span.text)
        }
      },
      p(.class("is")) {
        span(.class("sr")) { say("diff.is") + " " }
        for span in line.spans where span.change != .removed {
          span.change == .added ? ins { span.text } : .text(span.text)
        }
      },
    ])
  }

  private func plain(_ line: Difference.Line) -> HTML {
    HTML.several([
      line.before.isEmpty
        ? .nothing
        : p(.class("was")) {
          span(.class("sr")) { say("diff.was") + " " }
          del { words(line.before, at: line.path) }
        },
      line.after.isEmpty
        ? .nothing
        : p(.class("is")) {
          span(.class("sr")) { say("diff.is") + " " }
          ins { words(line.after, at: line.path) }
        },
    ])
  }

  private func isText(_ line: Difference.Line) -> Bool {
    switch form.field(at: line.path)?.kind {
    case .line, .text, .quote: true
    default: false
    }
  }

  private func words(_ texts: [String], at path: String) -> String {
    guard let field = form.field(at: path) else { return texts.joined(separator: ", ") }
    let answers = Answers([path: texts])
    return RecordView(frame: frame, form: form, answers: answers, options: options).plain(
      field, answers, path)
  }
}

extension Form {
  /// The field of a path, in a group or outside.
  func field(at path: String) -> Field? {
    let parts = path.split(separator: ".").map(String.init)
    guard let outer = parts.first, let top = fields.first(where: { $0.id == outer }) else { return nil }
    guard parts.count == 3, case .group(let inner, _) = top.kind else { return top }
    return inner.first { $0.id == parts[2] }
  }
}

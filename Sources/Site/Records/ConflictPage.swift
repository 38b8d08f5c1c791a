import CaseWork
import Gateway
import Markup

/// Two people changed the same record: what went together is named, the rest is chosen by whoever came second.
struct ConflictPage: Sendable {
  let form: Form
  let merge: Merge
  let action: Route
  /// The version that stands now; what is saved replaces it.
  let version: Int
  let title: String
  /// Who saved first, and when both wrote.
  let theirName: String
  let theirTime: String
  let myTime: String
  let keepTheirs: Route
  var options = PickerOptions()

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let fields = FieldView(
      frame: frame, form: form, answers: merge.merged, problems: [], options: options, addedTo: nil)
    let clashing = Set(merge.clashes.map(\.path))
    return Page(say("conflict.title"), width: .narrow) {
      frame.pageHead(
        say("conflict.title"),
        lead: say("conflict.lead", ["title": title, "name": theirName, "time": theirTime]))
      frame.form(action, .class("form")) {
        input(.type("hidden"), .name("_version"), .value(String(version)))
        for path in merge.merged.paths where !clashing.contains(path) {
          for text in merge.merged[all: path] { input(.type("hidden"), .name(path), .value(text)) }
        }
        for (index, clash) in merge.clashes.enumerated() { self.clash(clash, index, fields, frame) }
        if !merge.taken.isEmpty { taken(fields, say) }
        div(.class("btn-row")) {
          button(.class("btn primary"), .name("_save"), .value("save")) { say("conflict.save") }
          a(.class("btn"), .href(keepTheirs.address)) { say("conflict.theirs", ["name": theirName]) }
          if merge.clashes.contains(where: isText) {
            button(.class("btn quiet"), .name("_save"), .value("both")) { say("conflict.both") }
          }
        }
      }
    }
  }

  private func clash(_ clash: Merge.Clash, _ index: Int, _ fields: FieldView, _ frame: Frame) -> HTML {
    let (mine, theirs) = (texts(clash.mine, clash.path, frame), texts(clash.theirs, clash.path, frame))
    return section(.class("form tight"), .aria("label", fields.name(of: clash.path))) {
      div(.class("versus")) {
        section(.class("mine"), .aria("labelledby", "mine-\(index)")) {
          h2(.id("mine-\(index)")) {
            frame.say("conflict.mine")
            span(.class("meta")) { " " + myTime }
          }
          marked(mine, against: theirs)
        }
        section(.aria("labelledby", "theirs-\(index)")) {
          h2(.id("theirs-\(index)")) {
            frame.say("conflict.their", ["name": theirName])
            span(.class("meta")) { " " + theirTime }
          }
          marked(theirs, against: mine)
        }
      }
      input(.type("hidden"), .name("_theirs.\(clash.path)"), .value(clash.theirs.joined(separator: "\n")))
      if let field = form.field(at: clash.path) { fields.field(field, at: clash.path) }
    }
  }

  private func texts(_ texts: [String], _ path: String, _ frame: Frame) -> String {
    guard let field = form.field(at: path) else { return texts.joined(separator: ", ") }
    switch field.kind {
    case .line, .text, .quote: return texts.joined(separator: "\n")
    default:
      let view = RecordView(frame: frame, form: form, answers: Answers([path: texts]), options: options)
      return view.plain(field, Answers([path: texts]), path)
    }
  }

  /// The words that only this side has, marked.
  private func marked(_ text: String, against other: String) -> HTML {
    p {
      for span in Difference.spans(from: other, to: text) where span.change != .removed {
        span.change == .added ? mark { span.text } : .text(span.text)
      }
    }
  }

  private func taken(_ fields: FieldView, _ say: Speech) -> HTML {
    var names: [String] = []
    for path in merge.taken {
      let name = fields.name(
        of: path.split(separator: ".").count == 2 ? String(path.split(separator: ".")[0]) : path)
      if !names.contains(name) { names.append(name) }
    }
    return p(.class("meta")) { say("conflict.merged", ["fields": names.joined(separator: ", ")]) }
  }

  private func isText(_ clash: Merge.Clash) -> Bool {
    switch form.field(at: clash.path)?.kind {
    case .text, .quote: true
    default: false
    }
  }
}

import Foundation
import Gateway
import Markup
import Operations

/// What was sent when it could not be kept: the page has it all, to be sent again or copied.
struct Resending: Sendable {
  /// Where it was sent to.
  private let place: Address
  /// The form's own id, so that what was kept after all is not kept twice.
  private let once: UUID?
  private let fields: [(name: String, text: String)]

  /// `nil` where there is nothing to send again, or it is not for a page to hold: a password, a file.
  init?(_ context: PageContext) {
    let isSecret = context.visitor?.duty != nil || context.path.hasPrefix("/account")
    guard context.visitor != nil || context.outage != nil, !isSecret, context.form.files.isEmpty,
      !context.form.values.isEmpty, let place = Address(returning: context.path)
    else {
      return nil
    }
    self.place = place
    once = context.sent?.id
    fields = context.form.values.sorted { $0.key < $1.key }
      .flatMap { name, texts in texts.map { (name: name, text: $0) } }
  }

  /// A form that sends the same again.
  func html(_ frame: Frame) -> HTML {
    .element("form", [.post, .action(place), .class("form mt6")]) {
      frame.ownFields(once: once)
      for field in fields where !Self.isWritten(field.text) {
        input(.type("hidden"), .name(field.name), .value(field.text))
      }
      texts(frame)
      div(.class("btn-row")) { button(.class("btn primary")) { frame.say("refusal.resend") } }
    }
  }

  /// What was written, in fields of its own.
  func texts(_ frame: Frame) -> HTML {
    let (say, written) = (frame.say, fields.filter { Self.isWritten($0.text) })
    return HTML.several([
      written.isEmpty ? .nothing : h2(.class("mt6")) { say("refusal.typed.title") },
      HTML.several(
        written.enumerated().map { index, field in
          div(.class("field")) {
            label(.for("typed-\(index)")) { say("refusal.typed.text", ["number": String(index + 1)]) }
            // The parser eats a line break right behind the tag, so that one is always given.
            textarea(.class("area"), .id("typed-\(index)"), .name(field.name), .rows(6)) { "\n" + field.text }
          }
        }),
    ])
  }

  /// Long enough to be somebody's words rather than a choice of a list.
  private static func isWritten(_ text: String) -> Bool { text.count > 40 || text.contains("\n") }
}

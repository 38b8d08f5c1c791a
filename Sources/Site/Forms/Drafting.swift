import CaseWork
import Foundation
import Gateway
import Markup
import Repositories

extension FormPage {
  /// A draft that was found on opening.
  struct FoundDraft: Sendable {
    let when: String
    let length: Int
    let resume: Route
    let discard: Route

    /// - Parameter here: the form's own address.
    init(_ draft: Draft, at here: Route, _ say: Speech) {
      when = say.moment(draft.savedAt)
      length = draft.answers.paths.reduce(0) { $0 + draft.answers[all: $1].reduce(0) { $0 + $1.count } }
      resume = here.with("draft", "resume")
      discard = here.with("draft", "new")
    }

    func html(_ frame: Frame) -> HTML {
      section(.class("note act"), .aria("labelledby", "found-draft")) {
        h2(.id("found-draft")) { frame.say("draft.found", ["when": when]) }
        p { frame.say("draft.found.text", ["count": String(length)]) }
        div(.class("btn-row")) {
          a(.class("btn primary"), .href(resume.address)) { frame.say("draft.resume") }
          a(.class("btn"), .href(discard.address)) { frame.say("draft.discard") }
        }
      }
    }
  }
}

extension Frame {
  /// A form whose words the page's module keeps while they are typed.
  ///
  /// - Parameter place: where; `nil` for a form that keeps none.
  func draftForm(
    _ route: Route, at place: String?, _ attributes: Attribute..., @HTMLBuilder content: () -> HTML
  ) -> HTML {
    .element(
      "form",
      [
        .post, .action(route.address), .data("draft", place == nil ? nil : Route.drafts.address.description),
        .data("saved", say("draft.saved")), .data("failed", say("draft.failed")),
        .data("ended", say("draft.ended")), .data("writer", visitor?.staff.id.description),
      ] + attributes
    ) {
      ownFields
      if let place { input(.type("hidden"), .name("_place"), .value(place)) }
      content()
    }
  }
}

/// Whether and when what is typed was kept.
struct DraftStatus: Sendable {
  /// When it was last kept; `nil` before it was.
  let savedAt: String?

  func html(_ frame: Frame) -> HTML {
    p(.class(savedAt == nil ? "saved ready" : "saved"), .data("draft-status", "")) {
      Icon.check.html
      span { savedAt.map { frame.say("draft.saved", ["time": $0]) } ?? frame.say("draft.ready") }
      a(.href(Route.signIn.address), .newWindow(), .data("sign-in", ""), .hidden()) {
        frame.say("draft.sign-in")
      }
    }
  }
}

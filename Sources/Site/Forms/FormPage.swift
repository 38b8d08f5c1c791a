import CaseWork
import Gateway
import Markup

/// A page that asks what a form of the practice asks, with whatever was answered so far.
struct FormPage: Sendable {
  let form: Form
  let action: Route
  var answers = Answers()
  var problems: [Problem] = []
  var version = 0
  var options = PickerOptions()
  var title: String?
  var lead: String?
  var crumbs: [(String, Route?)] = []
  var place: Place?
  var width = Page.Width.narrow
  /// The buttons that save, the primary one last: value and words.
  var saves: [Save] = []
  /// Where drafts are kept while somebody types, such as `contact/<case id>`; none, where there are none.
  var draftPlace: String?
  var foundDraft: FoundDraft?
  /// When this draft was last kept.
  var savedAt: String?
  /// The group in which a row was just asked for.
  var addedTo: String?
  /// What else must come back, such as the student: names begin with `_`.
  var hidden: [(String, String)] = []
  /// How long the usual service takes, for a form that presets it.
  var usualMinutes: Int?
  /// What stands before and after the questions: warnings, scores.
  var before = HTML.nothing
  var after = HTML.nothing

  struct Save: Hashable, Sendable {
    let value: String
    let words: String

    init(_ value: String, _ words: String) {
      self.value = value
      self.words = words
    }
  }

  /// A draft that was found on opening.
  struct FoundDraft: Sendable {
    let when: String
    let length: Int
    let resume: Route
    let discard: Route
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let fields = FieldView(
      frame: frame, form: form, answers: answers, problems: problems, options: options, addedTo: addedTo)
    let heading = title ?? say(form.title)
    return Page(heading, place: place, width: width, problems: problems.count) {
      if !crumbs.isEmpty { frame.crumbs(crumbs) }
      frame.errorSummary(fields.errorLines)
      frame.pageHead(heading, lead: lead ?? form.lead.map { say($0) }, act: HTML.nothing)
      if let foundDraft { notice(of: foundDraft, frame) }
      before
      frame.form(
        action, .class("form mt5"), .id("record-form"), .novalidate(), .data("guard", ""),
        .data("draft", draftPlace == nil ? nil : Route.drafts.address.description),
        .data("saved", say("draft.saved")), .data("failed", say("draft.failed")),
        .data("ended", say("draft.ended")), .data("writer", frame.visitor?.staff.id.description)
      ) {
        input(.type("hidden"), .name("_version"), .value(String(version)))
        if let draftPlace { input(.type("hidden"), .name("_place"), .value(draftPlace)) }
        hidden.map { pair in input(.type("hidden"), .name(pair.0), .value(pair.1)) }
        // The first button of a form is the one Enter presses: it must save, not remove a row.
        button(
          .class("sr"), .tabindex(-1), .aria("hidden", "true"), .name("_save"), .value(saves.last?.value)
        ) {
          saves.last?.words
        }
        for section in form.sections { fields.section(section) }
        after
        foot(frame)
      }
    }
  }

  private func notice(of draft: FoundDraft, _ frame: Frame) -> HTML {
    section(.class("note act"), .aria("labelledby", "found-draft")) {
      h2(.id("found-draft")) { frame.say("draft.found", ["when": draft.when]) }
      p { frame.say("draft.found.text", ["count": String(draft.length)]) }
      div(.class("btn-row")) {
        a(.class("btn primary"), .href(draft.resume.address)) { frame.say("draft.resume") }
        a(.class("btn"), .href(draft.discard.address)) { frame.say("draft.discard") }
      }
    }
  }

  private func foot(_ frame: Frame) -> HTML {
    div(.class("form-foot")) {
      p(.class(savedAt == nil ? "saved ready" : "saved"), .data("draft-status", "")) {
        if draftPlace != nil || savedAt != nil {
          Icon.check.html
          span { savedAt.map { frame.say("draft.saved", ["time": $0]) } ?? frame.say("draft.ready") }
          a(.href(Route.signIn.address), .newWindow(), .data("sign-in", ""), .hidden()) {
            frame.say("draft.sign-in")
          }
        }
      }
      div(.class("btn-row")) {
        if draftPlace != nil, !saves.contains(where: { ["draft", "save"].contains($0.value) }) {
          // Without script nothing is kept by itself.
          noscript { button(.class("btn"), .name("_save"), .value("draft")) { frame.say("form.draft") } }
        }
        for (index, save) in saves.enumerated() {
          button(
            .class(index == saves.count - 1 ? "btn primary" : "btn"), .name("_save"), .value(save.value),
            .data("busy", frame.say("form.busy"))
          ) { save.words }
        }
      }
    }
  }
}

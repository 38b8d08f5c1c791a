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

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let fields = FieldView(
      frame: frame, form: form, answers: answers, problems: problems, options: options, addedTo: addedTo)
    let heading = title ?? say(form.title)
    return Page(heading, place: place, width: width, problems: problems.count) {
      if !crumbs.isEmpty { frame.crumbs(crumbs) }
      frame.errorSummary(fields.errorLines)
      frame.pageHead(heading, lead: lead ?? form.lead.map { say($0) }, act: HTML.nothing)
      if let foundDraft { foundDraft.html(frame) }
      before
      frame.draftForm(
        action, at: draftPlace, .class("form mt5"), .id("record-form"), .novalidate(), .data("guard", "")
      ) {
        input(.type("hidden"), .name("_version"), .value(String(version)))
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

  private func foot(_ frame: Frame) -> HTML {
    div(.class("form-foot")) {
      if draftPlace != nil || savedAt != nil { DraftStatus(savedAt: savedAt).html(frame) }
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

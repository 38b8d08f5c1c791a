import CaseWork
import Gateway
import Markup
import Operations

/// What an agency is asked of the student it refers.
struct AgencyReferPage: Sendable {
  let token: String
  let form: AgencyReferralForm
  /// The form of the practice.
  let asked: Form
  var answers = Answers()
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    var answers = answers
    for field in asked.fields where answers[field.id] == nil && problems.isEmpty {
      if let preset = field.preset { answers[field.id] = preset }
    }
    let fields = FieldView(
      frame: frame, form: asked, answers: answers, problems: problems, options: PickerOptions(), addedTo: nil)
    return Page(say("agency.refer.title"), width: .phone, problems: problems.count, masthead: false) {
      div(.class("wrap phone")) {
        frame.errorSummary(fields.errorLines)
        frame.pageHead(
          say("agency.refer.title"), lead: say("agency.refer.lead", ["agency": form.agency]),
          eyebrow: say("agency.from", ["school": form.school, "name": form.sender]))
        DangerFold().html(frame)
        asked.lead.map { words in p(.class("meta mt3")) { say(words) } }
        frame.form(.agencyRefer(token), .class("form band"), .novalidate()) {
          for section in asked.sections { fields.section(section) }
          p(.class("meta")) { say("agency.refer.after") }
          div {
            button(.class("btn primary big full"), .data("busy", say("form.busy"))) {
              say("agency.refer.send")
            }
          }
        }
      }
    }
  }
}

/// The receipt number and how far it has come, and nothing more.
struct AgencyStatusPage: Sendable {
  let status: AgencyReferralStatus

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("agency.status.title"), width: .phone, masthead: false) {
      div(.class("wrap phone")) {
        frame.pageHead(
          say("agency.status.title"),
          lead: say("agency.status.\(status.state.rawValue)", ["school": status.school]))
        section(.class("panel mt5"), .aria("labelledby", "receipt-t")) {
          h2(.id("receipt-t")) { say("agency.status.receipt") }
          p(.class("once mt2"), .id("receipt")) { status.receipt }
          p(.class("meta mt3")) {
            say("agency.status.until", ["day": say.short(status.until, from: frame.today)])
          }
        }
      }
    }
  }
}

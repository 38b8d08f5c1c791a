import CaseWork
import Gateway
import Markup
import Operations

/// One sweep over everybody of a session: what is the same for all, then who was there, with a line about each.
struct SweepPage: Sendable {
  let card: ProgrammeCard
  let form: Form
  let number: Int
  let answers: Answers
  let sent: FormBody?
  var problems: [Problem] = []
  /// Somebody wrote down a session of this number meanwhile.
  var isConflict = false
  var foundDraft: FormPage.FoundDraft?
  /// When this draft was last kept.
  var savedAt: String?
  var cancelled = FormBody()
  var cancelProblems: [Problem] = []

  init(card: ProgrammeCard, form: Form, _ frame: Frame, sent: FormBody? = nil) {
    self.card = card
    self.form = form
    self.sent = sent
    number = sent?.version("_number") ?? card.nextNumber
    if let sent {
      answers = FormIntent(sent, form: form).answers
    } else {
      answers = form.begun(
        from: Answers(), today: min(frame.today, card.programme.last), now: frame.say.clock(frame.now),
        service: nil, minutes: card.sessions.last(where: \.isHeld)?.minutes ?? 60)
    }
  }

  /// Where it is kept while somebody types.
  var draftPlace: String { "\(SweepPage.draftForm)/\(card.programme.id)" }

  static let draftForm = "sweep"

  /// What of a sent sweep a draft keeps: beside the form's fields the topic, the marks and the lines.
  static func draft(of body: FormBody) -> Answers {
    Answers(
      body.values.filter { name, _ in
        !name.hasPrefix("_") || name == "_topic" || name.hasPrefix("_mark.") || name.hasPrefix("_line.")
      })
  }

  /// Those who belong to it about now: a session may be written down some days later.
  private var lines: [ProgrammeCard.SeatLine] {
    card.seats.filter { line in
      guard line.isWritable, line.seat.enrolledOn != nil else { return false }
      return line.seat.leftOn.map { $0 >= card.day.adding(days: -30) } ?? true
    }
  }

  /// Whoever belongs to it on the day is taken to be there.
  var table: MarkTable {
    let day = answers.day("day") ?? card.day
    return MarkTable(lines: lines, sent: sent, problems: problems) {
      $0.seat.isEnrolled(on: day) ? .present : nil
    }
  }

  func page(_ frame: Frame) -> Page {
    let (say, programme) = (frame.say, card.programme)
    let title = say("sweep.title", ["name": programme.name, "number": String(number)])
    let all = problems.count + cancelProblems.count
    return Page(title, place: .cases, width: .narrow, problems: all) {
      frame.crumbs([
        (say("programmes.title"), .programmes), (programme.name, .programme(programme.id)),
        (say("programme.number", ["number": String(number)]), nil),
      ])
      frame.errorSummary(
        problems.map { line($0, frame) } + cancelProblems.map { (text: say($0), place: "cancel-day") })
      frame.pageHead(title, lead: say("sweep.lead", ["count": String(lines.count)]))
      if isConflict { conflict(frame) }
      if let foundDraft { foundDraft.html(frame) }
      if lines.isEmpty {
        frame.empty(
          say("sweep.none"), say("sweep.none.text"),
          act: (say("programme.enrol"), .programmeSeats(of: programme.id)))
      } else {
        sweep(frame)
      }
      cancelling(frame)
    }
  }

  private func conflict(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("note heed"), .role("alert"), .tabindex(-1), .id("conflict"), .autofocus()) {
      h2 { say("sweep.conflict", ["number": String(number)]) }
      p { say("sweep.conflict.text", ["number": String(card.nextNumber)]) }
      if let other = card.sessions.first(where: { $0.number == number }) {
        p {
          a(.href(Route.programmeSession(other.id, of: card.programme.id).address)) {
            say("sweep.conflict.see", ["number": String(number)])
          }
        }
      }
    }
  }

  private func sweep(_ frame: Frame) -> HTML {
    let say = frame.say
    let fields = FieldView(
      frame: frame, form: form, answers: answers, problems: problems, options: PickerOptions(), addedTo: nil)
    return frame.draftForm(
      .newProgrammeSession(of: card.programme.id), at: draftPlace, .class("form mt5"), .id("record-form"),
      .novalidate(), .data("guard", "")
    ) {
      input(
        .type("hidden"), .name("_number"), .value(String(isConflict ? card.nextNumber : number)))
      frame.entry(
        Entry("_topic", say("sweep.topic"), sent?["_topic"] ?? "").with {
          $0.hint = say("sweep.topic.hint")
          $0.isOptional = true
        }, problems.filter { $0.field == "topic" }.map { Problem("_topic", $0.code, $0.detail) })
      p(.class("hint")) { say("together.same") }
      for section in form.sections { fields.section(section) }
      table.html(frame)
      div(.class("form-foot")) {
        DraftStatus(savedAt: savedAt).html(frame)
        div(.class("btn-row")) {
          // First, because it is the one Enter presses.
          button(.class("btn primary"), .data("busy", say("form.busy"))) { say("sweep.save") }
          noscript { button(.class("btn"), .name("_save"), .value("draft")) { say("form.draft") } }
        }
      }
    }
  }

  private func line(_ problem: Problem, _ frame: Frame) -> (text: String, place: String?) {
    let say = frame.say
    if let told = table.errorLine(of: problem, say) { return told }
    if problem.field == "topic" {
      return (say("form.problem", ["field": say("sweep.topic"), "problem": say(problem)]), "_topic")
    }
    let fields = FieldView(
      frame: frame, form: form, answers: answers, problems: problems, options: PickerOptions(), addedTo: nil)
    return fields.errorLine(of: problem)
  }

  /// It was to be and was not.
  private func cancelling(_ frame: Frame) -> HTML {
    let say = frame.say
    let problems = cancelProblems.map { $0.field == "day" ? Problem("cancel-day", $0.code, $0.detail) : $0 }
    return details(.class("fold mt5"), .open(!cancelProblems.isEmpty)) {
      summary { say("cancel.title") }
      frame.form(.cancelProgrammeSession(of: card.programme.id), .class("form"), .novalidate()) {
        input(.type("hidden"), .name("number"), .value(String(card.nextNumber)))
        frame.entry(
          Entry("cancel-day", say("cancel.day"), cancelled["cancel-day"] ?? say.typed(card.day)).with {
            $0.width = "w8"
            $0.inputmode = "numeric"
          }, problems)
        frame.picker(
          "reason", say("cancel.reason"),
          (say.lists[.programmeCancelled]?.choosable(on: frame.today) ?? []).map {
            ($0.value, say($0.words))
          },
          chosen: cancelled["reason"], empty: say("entry.choose"), full: false, problems)
        div { button(.class("btn")) { say("cancel.act") } }
      }
    }
  }
}

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

  /// Those who belong to it about now: a session may be written down some days later.
  private var lines: [ProgrammeCard.SeatLine] {
    card.seats.filter { line in
      guard line.isWritable, line.seat.enrolledOn != nil else { return false }
      return line.seat.leftOn.map { $0 >= card.day.adding(days: -30) } ?? true
    }
  }

  private var marked: [ProgrammeCard.SeatLine] {
    lines.filter { Attendance.Mark(rawValue: sent?["_mark.\($0.seat.id)"] ?? "") != nil }
  }

  var parts: [HoldSession.Part] {
    marked.compactMap { line in
      Attendance.Mark(rawValue: sent?["_mark.\(line.seat.id)"] ?? "").map {
        HoldSession.Part(line.seat.id, $0, line: sent?["_line.\(line.seat.id)"])
      }
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
    return frame.form(
      .newProgrammeSession(of: card.programme.id), .class("form mt5"), .id("record-form"), .novalidate(),
      .data("guard", "")
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
      MarkTable(
        lines: lines, problems: problems, indices: marked.map(\.seat.id),
        mark: { line in
          sent == nil
            ? (line.seat.isEnrolled(on: answers.day("day") ?? card.day) ? "present" : "")
            : sent?["_mark.\(line.seat.id)"] ?? ""
        }, line: { sent?["_line.\($0.seat.id)"] ?? "" }
      ).html(frame)
      div(.class("form-foot")) {
        button(.class("btn primary"), .data("busy", say("form.busy"))) { say("sweep.save") }
      }
    }
  }

  private func line(_ problem: Problem, _ frame: Frame) -> (text: String, place: String?) {
    let say = frame.say
    if let told = MarkTable.line(problem, marked, say) { return told }
    if problem.field == "topic" {
      return (say("form.problem", ["field": say("sweep.topic"), "problem": say(problem)]), "_topic")
    }
    let fields = FieldView(
      frame: frame, form: form, answers: answers, problems: problems, options: PickerOptions(), addedTo: nil)
    return (
      say("form.problem", ["field": fields.name(of: problem.field), "problem": fields.words(of: problem)]),
      problem.field
    )
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

/// Who was there, with a line about each: in the sweep and where it is corrected.
struct MarkTable {
  let lines: [ProgrammeCard.SeatLine]
  var problems: [Problem] = []
  /// The seats in the order in which the problems count them.
  var indices: [ID<Seat>] = []
  let mark: (ProgrammeCard.SeatLine) -> String
  let line: (ProgrammeCard.SeatLine) -> String

  /// A problem of one student, with the name and the field; `nil` for any other.
  static func line(
    _ problem: Problem, _ marked: [ProgrammeCard.SeatLine], _ say: Speech
  ) -> (text: String, place: String?)? {
    if problem.field == "students" { return (say(problem), "came") }
    let parts = problem.field.split(separator: ".").map(String.init)
    guard parts.count == 3, parts[0] == "students", let index = Int(parts[1]), marked.indices.contains(index)
    else { return nil }
    let field = parts[2] == "line" ? "_line" : "m"
    return (
      say("form.problem", ["field": marked[index].student?.name ?? "", "problem": say(problem)]),
      "\(field).\(marked[index].seat.id)"
    )
  }

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return table(.class("table cards"), .id("came"), .tabindex(-1)) {
      caption { say("sweep.came", ["count": String(lines.count)]) }
      thead {
        tr {
          th(.scope("col")) { say("together.student") }
          th(.scope("col")) { say("together.here") }
          th(.scope("col")) { say("together.line") }
        }
      }
      tbody { for one in lines { row(one, frame) } }
    }
  }

  private func row(_ one: ProgrammeCard.SeatLine, _ frame: Frame) -> HTML {
    let (say, name) = (frame.say, one.student?.name ?? "")
    let words = "_line.\(one.seat.id)"
    return tr {
      th(.scope("row")) {
        name + " "
        span(.class("meta")) { one.student?.classLabel ?? "" }
      }
      td(.data("label", say("together.here"))) { boxes(one, name, frame) }
      td(.data("label", say("together.line"))) {
        input(
          .class("input full"), .id(words), .name(words), .value(line(one)), .autocomplete("off"),
          .maxlength(Form.longestLine), .aria("label", say("together.line.of", ["name": name])))
      }
    }
  }

  private func boxes(_ one: ProgrammeCard.SeatLine, _ name: String, _ frame: Frame) -> HTML {
    let (say, chosen) = (frame.say, mark(one))
    let options =
      (say.lists[.programmeAttendance]?.codes ?? []).map { (value: $0.value, words: say($0.words)) }
      + [(value: "", words: say("sweep.no-mark"))]
    let index = indices.firstIndex(of: one.seat.id)
    let problem = index.flatMap { index in problems.first { $0.field == "students.\(index).mark" } }
    return fieldset(.class(problem == nil ? nil : "bad"), .id("m.\(one.seat.id)"), .tabindex(-1)) {
      legend(.class("sr")) { say("sweep.here.of", ["name": name]) }
      if let problem { frame.errorLine(say(problem)) }
      div(.class("quick")) {
        for option in options {
          label {
            input(
              .type("radio"), .name("_mark.\(one.seat.id)"), .value(option.value),
              .checked(option.value == chosen))
            span { option.words }
          }
        }
      }
    }
  }
}

import CaseWork
import Gateway
import Markup
import Operations

/// One session: who was there, and where that is put right.
struct SessionPage: Sendable {
  let card: ProgrammeCard
  let held: ProgrammeSession
  let form: Form
  var sent: FormBody?
  var problems: [Problem] = []
  /// Somebody changed the attendance meanwhile.
  var isConflict = false

  /// One text for those who get a contact only now.
  var answers: Answers { sent.map { FormIntent($0, form: form).answers } ?? Answers() }

  private var lines: [ProgrammeCard.SeatLine] { card.sweep(on: held.day) }

  var table: MarkTable {
    let marks = card.attendance(of: held.id)
    return MarkTable(lines: lines, sent: sent, problems: problems, remarks: card.remarks) {
      marks[$0.seat.id]?.mark
    }
  }

  func page(_ frame: Frame) -> Page {
    let (say, programme) = (frame.say, card.programme)
    let number = say("programme.number", ["number": String(held.number)])
    let title = say("sweep.title", ["name": programme.name, "number": String(held.number)])
    return Page(title, place: .cases, width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("programmes.title"), .programmes), (programme.name, .programme(programme.id)), (number, nil),
      ])
      frame.errorSummary(problems.map { line($0, frame) })
      frame.pageHead(title, lead: held.topic.isEmpty ? nil : held.topic)
      if let reason = held.cancelled {
        p {
          say.typed(held.day) + " · "
            + say("session.cancelled", ["reason": say.name(of: reason, in: .programmeCancelled)])
        }
      } else {
        if isConflict { conflict(frame) }
        told(frame)
        if lines.isEmpty { p(.class("hint")) { say("session.nobody") } } else { correcting(frame) }
      }
    }
  }

  private var version: String { String(isConflict ? held.version : sent?.version() ?? held.version) }

  private func conflict(_ frame: Frame) -> HTML {
    section(.class("note heed"), .role("alert"), .tabindex(-1), .id("conflict"), .autofocus()) {
      h2 { frame.say("session.conflict") }
      p { frame.say("session.conflict.text") }
    }
  }

  private func told(_ frame: Frame) -> HTML {
    let say = frame.say
    let marks = card.attendance(of: held.id)
    let others = card.seats.filter { !$0.isWritable && marks[$0.seat.id] != nil }.count
    let totals = Attendance.Mark.allCases.map { mark in
      (say.name(of: mark.rawValue, in: .programmeAttendance), marks.values.count { $0.mark == mark })
    }
    return HTML.several([
      p(.class("meta")) {
        say("session.when", ["day": say.typed(held.day), "minutes": String(held.minutes)])
      },
      dl(.class("counts mt3")) {
        for (name, count) in totals {
          div {
            dt { name }
            dd { String(count) }
          }
        }
      },
      others > 0 ? p(.class("hint")) { say("session.others", ["count": String(others)]) } : .nothing,
    ])
  }

  private func correcting(_ frame: Frame) -> HTML {
    let say = frame.say
    let marks = card.attendance(of: held.id)
    let needsText = lines.contains { marks[$0.seat.id]?.record == nil }
    return section(.class("band"), .aria("labelledby", "correct")) {
      h2(.id("correct")) { say("session.correct") }
      p(.class("hint")) { say("session.correct.hint") }
      frame.form(
        .programmeSession(held.id, of: card.programme.id), .class("form mt3"), .novalidate()
      ) {
        input(.type("hidden"), .name("version"), .value(version))
        table.html(frame)
        if needsText {
          added(frame)
        }
        div(.class("form-foot")) { button(.class("btn primary")) { say("session.save") } }
      }
    }
  }

  /// What is asked only for those who get a contact by this.
  private func added(_ frame: Frame) -> HTML {
    let fields = FieldView(
      frame: frame, form: form,
      answers: form.begun(from: answers, today: held.day, now: "", service: nil, minutes: nil),
      problems: problems, options: PickerOptions(), addedTo: nil)
    return details(.class("fold"), .open(!problems.isEmpty)) {
      summary { frame.say("session.added") }
      div(.class("form")) {
        p(.class("hint")) { frame.say("session.added.hint") }
        for field in form.fields where field.id == "facts" || field.id == "risk-check" {
          fields.field(field, at: field.id)
        }
      }
    }
  }

  private func line(_ problem: Problem, _ frame: Frame) -> (text: String, place: String?) {
    if let told = table.errorLine(of: problem, frame.say) { return told }
    let fields = FieldView(
      frame: frame, form: form, answers: answers, problems: problems, options: PickerOptions(), addedTo: nil)
    return fields.errorLine(of: problem)
  }
}

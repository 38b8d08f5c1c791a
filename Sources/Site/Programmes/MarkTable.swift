import CaseWork
import Gateway
import Markup
import Operations

/// Who was there, with a line about each: in the sweep and where it is corrected.
struct MarkTable {
  let lines: [ProgrammeCard.SeatLine]
  let sent: FormBody?
  let problems: [Problem]
  /// What was said of those who were not there.
  var remarks: [ID<Seat>: String] = [:]
  /// The mark of a student before anything was sent.
  let first: (ProgrammeCard.SeatLine) -> Attendance.Mark?

  /// Those for whom a mark was sent, in the order in which problems count them.
  private var marked: [ProgrammeCard.SeatLine] { lines.filter { sentMark(of: $0) != nil } }

  private func sentMark(of line: ProgrammeCard.SeatLine) -> Attendance.Mark? {
    sent?["_mark.\(line.seat.id)"].flatMap(Attendance.Mark.init(rawValue:))
  }

  private func words(of line: ProgrammeCard.SeatLine) -> String? {
    sent == nil ? remarks[line.seat.id] : sent?["_line.\(line.seat.id)"]
  }

  /// What was sent, for `HoldSession` and `CorrectAttendance`.
  var parts: [HoldSession.Part] {
    lines.compactMap { line in
      sentMark(of: line).map { HoldSession.Part(line.seat.id, $0, line: words(of: line)) }
    }
  }

  /// A problem of one student, with the name and the field; `nil` for any other.
  func errorLine(of problem: Problem, _ say: Speech) -> (text: String, place: String?)? {
    if problem.field == "students" { return (say(problem), "came") }
    let marked = marked
    let parts = problem.field.split(separator: ".").map(String.init)
    guard parts.count == 3, parts[0] == "students", let index = Int(parts[1]), marked.indices.contains(index)
    else { return nil }
    let field = parts[2] == "line" ? "_line" : "m"
    return (
      say("form.problem", ["field": marked[index].student?.name ?? "", "problem": say(problem)]),
      "\(field).\(marked[index].seat.id)"
    )
  }

  /// What is wrong with whose mark.
  private var wrongMarks: [ID<Seat>: Problem] {
    guard !problems.isEmpty else { return [:] }
    return marked.enumerated().reduce(into: [:]) { wrong, one in
      wrong[one.element.seat.id] = problems.first { $0.field == "students.\(one.offset).mark" }
    }
  }

  func html(_ frame: Frame) -> HTML {
    let (say, wrong) = (frame.say, wrongMarks)
    return table(.class("table cards"), .id("came"), .tabindex(-1)) {
      caption { say("sweep.came", ["count": String(lines.count)]) }
      thead {
        tr {
          th(.scope("col")) { say("together.student") }
          th(.scope("col")) { say("together.here") }
          th(.scope("col")) { say("together.line") }
        }
      }
      tbody { for one in lines { row(one, wrong[one.seat.id], frame) } }
    }
  }

  private func row(_ one: ProgrammeCard.SeatLine, _ problem: Problem?, _ frame: Frame) -> HTML {
    let (say, name) = (frame.say, one.student?.name ?? "")
    let id = "_line.\(one.seat.id)"
    return tr {
      th(.scope("row")) {
        name + " "
        span(.class("meta")) { one.student?.classLabel ?? "" }
      }
      td(.data("label", say("together.here"))) { boxes(one, name, problem, frame) }
      td(.data("label", say("together.line"))) {
        input(
          .class("input full"), .id(id), .name(id), .value(words(of: one) ?? ""), .autocomplete("off"),
          .maxlength(Form.longestLine), .aria("label", say("together.line.of", ["name": name])))
      }
    }
  }

  private func boxes(
    _ one: ProgrammeCard.SeatLine, _ name: String, _ problem: Problem?, _ frame: Frame
  ) -> HTML {
    let say = frame.say
    let chosen = (sent == nil ? first(one) : sentMark(of: one))?.rawValue ?? ""
    let options =
      (say.lists[.programmeAttendance]?.codes ?? []).map { (value: $0.value, words: say($0.words)) }
      + [(value: "", words: say("sweep.no-mark"))]
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

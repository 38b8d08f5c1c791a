import CaseWork
import Gateway
import Markup
import Operations

/// Several of one's own students into a programme at once: ticked in the caseload.
struct EnrolPage: Sendable {
  let card: ProgrammeCard
  let caseload: Caseload
  /// Chosen ones that the search does not show.
  let others: [CaseloadRow]
  let search: String
  let chosen: [ID<CaseFile>]
  var problems: [Problem] = []

  private var rows: [CaseloadRow] {
    let there = Set(card.seats.filter { $0.seat.state != .left }.map(\.seat.caseFile))
    return (others + caseload.rows).filter { $0.file.standing == .open && !there.contains($0.file.id) }
  }

  func page(_ frame: Frame) -> Page {
    let (say, programme) = (frame.say, card.programme)
    return Page(say("enrol.title"), place: .cases, width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("programmes.title"), .programmes), (programme.name, .programme(programme.id)),
        (say("enrol.title"), nil),
      ])
      frame.errorSummary(problems.map { line($0, say) })
      frame.pageHead(say("enrol.title"), lead: lead(say))
      form(
        .class("form mt4"), .role("search"), .action(Route.programmeSeats(of: programme.id).address)
      ) {
        div(.class("inline")) {
          div(.class("field")) {
            label(.for("tq")) { say("caseload.search") }
            input(
              .class("input full"), .id("tq"), .name("q"), .type("search"), .value(search),
              .autocomplete("off"))
          }
          button(.class("btn")) { say("caseload.find") }
        }
      }
      if rows.isEmpty {
        frame.empty(
          say("enrol.none"), say("enrol.none.text"), act: (programme.name, .programme(programme.id)))
      } else {
        frame.form(.programmeSeats(of: programme.id), .class("form mt4")) {
          frame.ticks("cases", say("enrol.who"), problems.filter { $0.field == "cases" }) {
            for row in rows {
              frame.tick(
                "case", row.file.id.description, row.student.name,
                more: [row.student.classLabel, row.file.number].compactMap { $0 }.joined(separator: " · "),
                isOn: chosen.contains(row.file.id))
            }
          }
          if caseload.hasMore { p(.class("meta")) { say("together.cut") } }
          p(.class("hint")) { say("enrol.consent") }
          div { button(.class("btn primary")) { say("enrol.act") } }
        }
      }
    }
  }

  private func lead(_ say: Speech) -> String {
    let list = card.list
    return list.stateOfNext == .waiting
      ? say("enrol.full", ["waiting": String(list.waiting.count)])
      : say("enrol.free", ["count": String(list.free - list.waiting.count)])
  }

  /// A problem of one student with the name.
  private func line(_ problem: Problem, _ say: Speech) -> (text: String, place: String?) {
    let parts = problem.field.split(separator: ".").map(String.init)
    guard parts.count == 2, let index = Int(parts[1]), chosen.indices.contains(index),
      let row = (others + caseload.rows).first(where: { $0.file.id == chosen[index] })
    else { return (say(problem), "cases") }
    return (say("form.problem", ["field": row.student.name, "problem": say(problem)]), "cases")
  }
}

import CaseWork
import Markup
import Operations
import Repositories

/// The programmes of one's schools.
struct ProgrammesPage: Sendable {
  let ledger: ProgrammeLedger

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("programmes.title"), place: .cases) {
      frame.crumbs([(say("caseload.title"), .cases), (say("programmes.title"), nil)])
      frame.pageHead(
        say("programmes.title"), lead: say("programmes.lead"),
        act: a(.class("btn"), .href(Route.newProgramme.address)) { say("programmes.add") })
      if ledger.lines.isEmpty {
        frame.empty(
          say("programmes.none"), say("programmes.none.text"), act: (say("programmes.add"), .newProgramme))
      } else {
        table(.class("table cards")) {
          caption { say("programmes.count", ["count": String(ledger.lines.count)]) }
          thead {
            tr {
              for column in ["name", "when", "seats", "sessions", "leader"] {
                th(.scope("col")) { say("programme.\(column)") }
              }
            }
          }
          tbody { for line in ledger.lines { row(line, frame) } }
        }
      }
    }
  }

  private func row(_ line: ProgrammeLedger.Line, _ frame: Frame) -> HTML {
    let (say, programme, counts) = (frame.say, line.programme, line.counts)
    let school = ledger.schools.count > 1 ? ledger.schools.first { $0.id == programme.school }?.name : nil
    let waiting =
      counts.waiting > 0 ? " · " + say("programme.waiting.count", ["count": String(counts.waiting)]) : ""
    return tr(.data("row", "")) {
      th(.scope("row")) {
        a(.href(Route.programme(programme.id).address)) { programme.name }
        if let school {
          " "
          span(.class("meta")) { school }
        }
      }
      td(.data("label", say("programme.when"))) {
        span {
          say("programme.span", ["first": say.typed(programme.first), "last": say.typed(programme.last)])
        }
      }
      td(.data("label", say("programme.seats"))) {
        span {
          say(
            "programme.seats.of", ["count": String(counts.enrolled), "places": String(programme.places)])
            + waiting
        }
      }
      td(.data("label", say("programme.sessions"))) {
        span { say("programme.sessions.count", ["count": String(counts.sessions)]) }
      }
      td(.data("label", say("programme.leader"))) { span { ledger.leaders[programme.leader] ?? "" } }
    }
  }
}

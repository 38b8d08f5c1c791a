import CaseWork
import Gateway
import Markup
import Operations

/// One programme: what it is, what it came to, who takes part, and its sessions.
struct ProgrammePage: Sendable {
  let card: ProgrammeCard
  var problems: [Problem] = []

  private var programme: Programme { card.programme }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(programme.name, place: .cases, problems: problems.count) {
      frame.crumbs([(say("programmes.title"), .programmes), (programme.name, nil)])
      frame.errorSummary(problems.map { (text: say($0), place: "seats") })
      frame.pageHead(
        programme.name, lead: say.name(of: programme.service, in: .service), eyebrow: card.school,
        act: HTML.several([
          a(.class("btn primary"), .href(Route.newProgrammeSession(of: programme.id).address)) {
            say("programme.hold", ["number": String(card.nextNumber)])
          },
          a(.class("btn"), .href(Route.editProgramme(programme.id).address)) { say("programme.change") },
        ]))
      facts(frame)
      totals(frame)
      seats(frame)
      sessions(frame)
      if !card.attendance.isEmpty { attendance(frame) }
    }
  }

  private func facts(_ frame: Frame) -> HTML {
    let say = frame.say
    let needs = programme.needs.map { say.name(of: $0, in: .needArea) }.joined(separator: ", ")
    let cost = programme.cost.map { say("programme.cost.each", ["won": say.grouped($0)]) }
    let fund = programme.fund.map { say.name(of: $0, in: .fund) }
    let lines: [(String, String?)] = [
      (
        "when",
        say("programme.span", ["first": say.typed(programme.first), "last": say.typed(programme.last)])
      ),
      ("rhythm", programme.rhythm), ("place", programme.place), ("leader", card.leader),
      ("resource", card.resource), ("needs", needs),
      ("legal-kind", programme.legalKind.map { say.name(of: $0, in: .legalKind) }),
      ("fund", [fund, cost].compactMap { $0 }.joined(separator: " · ")),
    ]
    return dl(.class("facts")) {
      for (name, value) in lines {
        if let value, !value.isEmpty {
          div {
            dt { say("programme.\(name)") }
            dd { value }
          }
        }
      }
    }
  }

  /// 회, 명, 연인원 and 시간, each for itself.
  private func totals(_ frame: Frame) -> HTML {
    let (say, totals) = (frame.say, card.totals)
    let lines = [
      ("sessions", say("programme.totals.sessions", ["count": String(totals.sessions)])),
      ("students", say("programme.totals.students", ["count": String(totals.students)])),
      ("visits", say("programme.totals.visits", ["count": String(totals.visits)])),
      ("time", say.time(totals.minutes)),
      ("rate", totals.rate.map { "\($0)%" } ?? say("programme.totals.none")),
    ]
    return section(.class("band"), .aria("labelledby", "totals")) {
      h2(.id("totals")) { say("programme.totals") }
      dl(.class("counts mt3")) {
        for (name, words) in lines {
          div {
            dt { say("programme.totals.\(name).name") }
            dd { words }
          }
        }
      }
    }
  }

  // MARK: who takes part

  private func seats(_ frame: Frame) -> HTML {
    let (say, list) = (frame.say, card.list)
    let there = card.seats.filter { $0.seat.state == .enrolled }
    let left = card.seats.filter { $0.seat.state == .left }
    let order = list.waiting.map(\.id)
    let waiting = order.compactMap { id in card.seats.first { $0.seat.id == id } }
    return section(.class("band"), .aria("labelledby", "seats")) {
      div(.class("head")) {
        h2(.id("seats"), .tabindex(-1)) { say("programme.seats") }
        a(.class("btn"), .href(Route.programmeSeats(of: programme.id).address)) { say("programme.enrol") }
      }
      p(.class("meta")) {
        say("programme.seats.of", ["count": String(there.count), "places": String(programme.places)])
      }
      if there.isEmpty, waiting.isEmpty { p(.class("hint")) { say("programme.seats.none") } }
      if !there.isEmpty { table("programme.seats.caption", there, frame) }
      if !waiting.isEmpty { table("programme.waiting", waiting, frame) }
      if !left.isEmpty {
        details(.class("fold mt3")) {
          summary { say("programme.left.count", ["count": String(left.count)]) }
          table("programme.left", left, frame)
        }
      }
    }
  }

  private func table(_ caption: String, _ lines: [ProgrammeCard.SeatLine], _ frame: Frame) -> HTML {
    let say = frame.say
    return Markup.table(.class("table cards mt3")) {
      Markup.caption { say(caption) }
      thead {
        tr {
          for column in ["student", "since", "rate", "do"] {
            th(.scope("col")) { say("programme.seat.\(column)") }
          }
        }
      }
      tbody { for line in lines { row(line, frame) } }
    }
  }

  private func row(_ line: ProgrammeCard.SeatLine, _ frame: Frame) -> HTML {
    let (say, seat) = (frame.say, line.seat)
    return tr(.data("row", "")) {
      th(.scope("row")) { name(of: line, frame) }
      td(.data("label", say("programme.seat.since"))) { span { since(seat, say) } }
      td(.data("label", say("programme.seat.rate"))) {
        span { line.rate.map { "\($0)%" } ?? say("programme.totals.none") }
      }
      td(.data("label", say("programme.seat.do"))) { acts(line, frame) }
    }
  }

  private func since(_ seat: Seat, _ say: Speech) -> String {
    switch seat.state {
    case .enrolled: seat.enrolledOn.map { say("programme.seat.from", ["day": say.typed($0)]) } ?? ""
    case .waiting: say("programme.seat.asked", ["day": say.typed(Day(inKoreaAt: seat.askedAt))])
    case .left: seat.leftOn.map { say("programme.seat.until", ["day": say.typed($0)]) } ?? ""
    }
  }

  private func name(of line: ProgrammeCard.SeatLine, _ frame: Frame) -> HTML {
    guard let student = line.student else { return .text(frame.say("programme.seat.hidden")) }
    return HTML.several([
      a(.href(Route.caseFile(line.seat.caseFile).address)) { student.name },
      .text(" "),
      span(.class("meta")) { student.classLabel ?? "" },
    ])
  }

  private func acts(_ line: ProgrammeCard.SeatLine, _ frame: Frame) -> HTML {
    let (say, seat) = (frame.say, line.seat)
    let name = line.student?.name ?? ""
    guard line.isLed, seat.state != .left else { return span { line.remark ?? "" } }
    return div(.class("btn-row")) {
      if line.isWritable, card.list.nextToMoveUp?.id == seat.id {
        frame.form(.moveUpSeat(seat.id, of: programme.id)) {
          input(.type("hidden"), .name("version"), .value(String(seat.version)))
          button(.class("btn primary")) {
            say("programme.move-up")
            span(.class("sr")) { ": " + name }
          }
        }
      }
      details(.class("fold")) {
        summary {
          say("programme.leave")
          span(.class("sr")) { ": " + name }
        }
        frame.form(.leaveSeat(seat.id, of: programme.id), .class("form tight")) {
          input(.type("hidden"), .name("version"), .value(String(seat.version)))
          div(.class("field")) {
            label(.for("remark-\(seat.id)")) { say("programme.leave.why") }
            input(
              .class("input full"), .id("remark-\(seat.id)"), .name("remark"), .autocomplete("off"),
              .maxlength(Form.longestLine))
          }
          div {
            button(.class("btn")) {
              say("programme.leave.act")
              span(.class("sr")) { ": " + name }
            }
          }
        }
      }
    }
  }

  // MARK: its sessions

  private func sessions(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "sessions")) {
      h2(.id("sessions")) { say("programme.sessions") }
      if card.sessions.isEmpty { p(.class("hint")) { say("programme.sessions.none") } }
      ul(.class("people")) {
        for held in card.sessions.reversed() {
          li(.data("row", "")) {
            a(.href(Route.programmeSession(held.id, of: programme.id).address)) {
              b { say("programme.number", ["number": String(held.number)]) }
              " " + held.topic
            }
            span(.class("meta")) { say.typed(held.day) }
            span(.class("meta")) { told(held, say) }
          }
        }
      }
    }
  }

  private func told(_ held: ProgrammeSession, _ say: Speech) -> String {
    if let reason = held.cancelled {
      return say("session.cancelled", ["reason": say.name(of: reason, in: .programmeCancelled)])
    }
    let marks = card.attendance.filter { $0.session == held.id }
    return say(
      "session.told",
      [
        "minutes": String(held.minutes), "there": String(marks.count { $0.mark.isThere }),
        "all": String(marks.count),
      ])
  }

  /// Who was there when, a line a student.
  private func attendance(_ frame: Frame) -> HTML {
    let say = frame.say
    let held = card.sessions.filter(\.isHeld)
    let marks = Dictionary(grouping: card.attendance, by: \.seat)
    return div(.class("band")) {
      h2 { say("programme.attendance") }
      div(
        .class("scroller mt3"), .tabindex(0), .role("region"), .aria("label", say("programme.attendance"))
      ) {
        Markup.table(.class("table")) {
          Markup.caption(.class("sr")) { say("programme.attendance") }
          thead {
            tr {
              th(.scope("col")) { say("programme.seat.student") }
              for one in held {
                th(.scope("col"), .class("n")) { say("programme.number", ["number": String(one.number)]) }
              }
            }
          }
          tbody {
            for line in card.seats {
              if let own = marks[line.seat.id] {
                tr {
                  th(.scope("row")) { line.student?.name ?? say("programme.seat.hidden") }
                  for one in held {
                    td(.class("n")) {
                      own.first { $0.session == one.id }.map {
                        say.name(of: $0.mark.rawValue, in: .programmeAttendance)
                      } ?? "–"
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

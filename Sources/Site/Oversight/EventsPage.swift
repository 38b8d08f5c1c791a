import CaseWork
import Gateway
import Markup
import Operations
import Repositories

/// What was done in a school: acts, never contents.
struct EventsPage: Sendable {
  let rows: [EventLogRow]
  let school: School
  let schools: [School]

  static let size = 100

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("events.title")) {
      OversightTabs(here: .events).html(frame)
      frame.pageHead(say("events.title"), lead: say("events.lead"), eyebrow: school.name)
      if schools.count > 1 { chooser(frame) }
      if rows.isEmpty {
        frame.empty(say("events.none"), say("events.none.text"))
      } else {
        table(frame)
        if rows.count == Self.size, let last = rows.last {
          p(.class("pager")) {
            a(.class("btn"), .href(here.with("before", last.event.id.description).address)) {
              say("reads.more")
            }
          }
        }
      }
    }
  }

  private var here: Route { Route.events.with("school", school.id.description) }

  private func chooser(_ frame: Frame) -> HTML {
    let say = frame.say
    return form(.class("filters"), .action(Route.events.address), .aria("label", say("access-log.filter"))) {
      div(.class("row")) {
        frame.picker(
          "school", say("students.school"), schools.map { ($0.id.description, $0.name) },
          chosen: school.id.description, full: false)
        button(.class("btn primary")) { say("access-log.show") }
      }
    }
  }

  private func table(_ frame: Frame) -> HTML {
    let say = frame.say
    return Markup.table(.class("table cards mt4")) {
      caption(.class("sr")) { say("events.title") }
      thead {
        tr {
          for column in ["when", "who", "act", "subject"] { th(.scope("col")) { say("events.\(column)") } }
        }
      }
      tbody {
        for row in rows {
          let event = row.event
          tr {
            th(.scope("row")) { say.typed(Day(inKoreaAt: event.at)) + " " + say.seconds(event.at) }
            td(.data("label", say("events.who"))) {
              row.staffName.isEmpty ? say("events.program") : row.staffName
            }
            td(.data("label", say("events.act"))) {
              say.has("event.\(event.act)") ? say("event.\(event.act)") : event.act
            }
            td(.data("label", say("events.subject"))) {
              span(.class("meta")) { subject(event, say) }
            }
          }
        }
      }
    }
  }

  /// The kind of record and the end of its id: enough to tell two apart, and to find it in the store.
  private func subject(_ event: Event, _ say: Speech) -> String {
    let kind =
      say.has("subject.\(event.subjectKind)") ? say("subject.\(event.subjectKind)") : event.subjectKind
    return kind + " …" + event.subject.suffix(6)
  }
}

/// Whether the trail is whole: every chain recomputed, said in words.
struct ChainPage: Sendable {
  let report: TrailReport?
  let schools: [School]

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let isOfficer = frame.visitor?.staff.has(.privacyOfficer) ?? false
    return Page(say("chain.title"), width: .narrow) {
      OversightTabs(here: .chain, isOfficer: isOfficer).html(frame)
      frame.pageHead(say("chain.title"), lead: say("chain.lead"))
      if let report { result(report, frame) }
      frame.form(.chain, .class("mt5")) {
        button(.class("btn primary"), .data("busy", say("chain.busy"))) {
          say(report == nil ? "chain.act" : "chain.again")
        }
      }
    }
  }

  private func result(_ report: TrailReport, _ frame: Frame) -> HTML {
    let say = frame.say
    let findings = report.schools.map(\.findings.count).reduce(0, +)
    let links = report.schools.map(\.links).reduce(0, +)
    return .several([
      div(.class(report.isWhole ? "note done" : "note danger"), .role("status"), .tabindex(-1), .autofocus())
      {
        h2 { say(report.isWhole ? "chain.whole" : "chain.broken", ["count": say.grouped(findings)]) }
        p { say(report.isWhole ? "chain.whole.text" : "chain.broken.text", ["count": say.grouped(links)]) }
      },
      .several(report.schools.map { chain($0, frame) }),
    ])
  }

  private func chain(_ chain: TrailReport.SchoolChain, _ frame: Frame) -> HTML {
    let say = frame.say
    let name = chain.school.map { id in schools.first { $0.id == id }?.name ?? say("staff.other-school") }
    return section(.class("band")) {
      h2 { name ?? say("chain.office") }
      dl(.class("facts")) {
        fact(say("chain.links"), say.grouped(chain.links))
        fact(
          say("chain.reaches"),
          chain.reaches.map { say.typed(Day(inKoreaAt: $0)) + " " + say.seconds($0) } ?? say("chain.empty"))
        fact(say("chain.waiting"), say.grouped(chain.waiting))
        div {
          dt { say("chain.hash") }
          dd { code(.class("hash")) { chain.lastHash } }
        }
      }
      if !chain.findings.isEmpty {
        ul(.class("lines mt3")) {
          for finding in chain.findings {
            li(.class("todo")) {
              Icon.warn.html; span { words(finding, say) }
            }
          }
        }
      }
    }
  }

  private func words(_ finding: TrailReport.Finding, _ say: Speech) -> String {
    let place = finding.number.map { say("chain.number", ["number": String($0)]) }
    let kind = finding.rowKind.map { kind in
      say.has("chain.kind.\(kind)") ? say("chain.kind.\(kind)") : say("chain.kind.row") + " " + kind
    }
    let row = finding.row.map { "…" + $0.suffix(12) }
    let details = [place, kind, row].compactMap { $0 }.joined(separator: " · ")
    return say("chain.finding.\(finding.kind.rawValue)") + (details.isEmpty ? "" : " (\(details))")
  }

  private func fact(_ name: String, _ value: String) -> HTML {
    div {
      dt { name }
      dd { value }
    }
  }
}

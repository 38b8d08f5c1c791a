import CaseWork
import Gateway
import Markup
import Operations

/// What the region lacks, need by need, and what is done about it.
struct GapsPage: Sendable {
  let gaps: GapPage

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("gaps.title")) {
      frame.crumbs([(say("resources.title"), .resources), (say("gaps.title"), nil)])
      frame.pageHead(say("gaps.title"), lead: say("gaps.lead", ["day": say.typed(gaps.from)]))
      nav(.class("tags mt3"), .aria("label", say("gaps.period"))) {
        for period in ReadGaps.Period.allCases {
          a(
            .class("tag"), .href(Route.gaps.with("period", period.rawValue).address),
            .aria("current", period == gaps.period ? "page" : nil)
          ) { say("gaps.period.\(period.rawValue)") }
        }
      }
      report(frame)
      developments(frame)
    }
  }

  // MARK: what is missing

  private func report(_ frame: Frame) -> HTML {
    let say = frame.say
    guard !gaps.report.lines.isEmpty else {
      return frame.empty(say("gaps.none"), say("gaps.none.text"))
    }
    return section(.class("band"), .aria("labelledby", "missing")) {
      h2(.id("missing")) { say("gaps.missing") }
      table(.class("table cards")) {
        caption(.class("sr")) { say("gaps.missing") }
        thead {
          tr {
            for column in ["need", "unmet", "declined", "waited", "students", "why", "who", "where"] {
              th(.scope("col")) { say("gaps.column.\(column)") }
            }
            if gaps.mayDevelop { th(.scope("col")) { span(.class("sr")) { say("gaps.develop") } } }
          }
        }
        tbody { gaps.report.lines.map { line($0, frame) } }
      }
      p(.class("hint")) { say("gaps.hint") }
    }
  }

  private func line(_ line: GapReport.Line, _ frame: Frame) -> HTML {
    let say = frame.say
    func cell(_ column: String, _ text: String) -> HTML {
      td(.data("label", say("gaps.column.\(column)"))) { text }
    }
    return tr(.data("row", "")) {
      th(.scope("row")) { say.name(of: line.need, in: .needArea) }
      for kind in GapReport.Event.Kind.allCases {
        cell(kind.rawValue, line.events[kind].map { number($0, say) } ?? "")
      }
      cell("students", number(line.students, say))
      cell("why", parts(line.reasons.map { (reason($0.code, say), $0.count) }, say))
      cell("who", parts(line.bands.map { (say("gaps.band.\($0.band.rawValue)"), $0.count) }, say))
      cell("where", parts(line.areas.map { ($0.area, $0.count) }, say))
      if gaps.mayDevelop {
        td {
          a(.class("link-act"), .href(Route.newDevelopment.with("need", line.need).address)) {
            say("gaps.develop")
            span(.class("sr")) { ": " + say.name(of: line.need, in: .needArea) }
          }
        }
      }
    }
  }

  private func number(_ count: SmallCount, _ say: Speech) -> String {
    count.shown.map { say.grouped($0) } ?? say("gaps.few")
  }

  private func parts(_ parts: [(String, SmallCount)], _ say: Speech) -> String {
    parts.map { name, count in name + " " + number(count, say) }.joined(separator: ", ")
  }

  private func reason(_ code: String, _ say: Speech) -> String {
    let own = say.lists[.unmetReason]?[code]
    return own.map { say($0.words) } ?? say.name(of: code, in: .linkageReason)
  }

  // MARK: what is done

  private func developments(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "developing")) {
      div(.class("band-head")) {
        h2(.id("developing")) { say("development.list") }
        if gaps.mayDevelop {
          a(.class("btn"), .href(Route.newDevelopment.address)) { say("development.new") }
        }
      }
      if gaps.developments.isEmpty { p(.class("hint")) { say("development.none") } }
      ul(.class("people mt2")) {
        for development in gaps.developments {
          li(.data("row", "")) {
            if gaps.mayDevelop {
              a(.href(Route.development(development.id).address)) { b { development.title } }
            } else {
              b { development.title }
            }
            span(.class(development.state == .agreed ? "tag done" : "tag")) {
              say("development.state.\(development.state.rawValue)")
            }
            span(.class("meta")) {
              [
                say.name(of: development.need, in: .needArea), gaps.leaders[development.leader] ?? "",
                say.typed(development.begunOn),
              ].filter { !$0.isEmpty }.joined(separator: " · ")
            }
          }
        }
      }
    }
  }
}

extension CodeList.Name {
  static let unmetReason = CodeList.Name(rawValue: "unmet-reason")
}

import CaseWork
import Foundation
import Gateway
import Markup
import Operations
import Repositories

/// How far an import is, while it runs.
struct RosterProgressPage: Sendable {
  let progress: RosterImport
  let schoolName: String

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let total = max(1, progress.total - progress.refused)
    return Page(say("roster.running"), width: .narrow) {
      frame.crumbs([(say("roster.title"), .rosters), (say("roster.running"), nil)])
      frame.pageHead(say("roster.running"), lead: say("roster.running.text"), eyebrow: schoolName)
      progressBar(min(progress.done, total), total, say)
      p(.class("mt3"), .role("status")) {
        say("roster.running.count", ["done": say.grouped(progress.done), "total": say.grouped(total)])
          + left(total, frame)
      }
      frame.form(.rosterCancel(progress.id, in: progress.school), .class("mt5")) {
        button(.class("btn")) { say("roster.stop") }
        p(.class("hint mt2")) { say("roster.stop.hint") }
      }
      p(.class("mt4")) {
        a(.class("link-act"), .href(Route.roster(progress.id, in: progress.school).address)) {
          say("roster.look-again")
        }
      }
    }
  }

  private func progressBar(_ done: Int, _ total: Int, _ say: Speech) -> HTML {
    Markup.progress(
      .class("progress"), .aria("label", say("roster.running")), .value(String(done)), .max(total)
    ) { "\(done * 100 / total)%" }
  }

  /// As long again as it took for what is done.
  private func left(_ total: Int, _ frame: Frame) -> String {
    let passed = frame.now.timeIntervalSince(progress.begunAt)
    guard progress.done > 500, passed > 1 else { return "" }
    let seconds = Int((passed * Double(total - progress.done) / Double(progress.done)).rounded(.up))
    return " " + frame.say("roster.running.left", ["seconds": String(max(1, seconds))])
  }
}

/// What came of an import.
struct RosterReportPage: Sendable {
  let report: RosterReport
  let schoolName: String

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let progress = report.progress
    let status = progress.status.rawValue
    return Page(say("roster.report.\(status)")) {
      frame.crumbs([(say("roster.title"), .rosters), (say("roster.report.title"), nil)])
      frame.pageHead(
        say("roster.report.\(status)"), lead: say("roster.report.\(status).text"), eyebrow: schoolName)
      dl(.class("counts")) {
        for (name, count) in [
          ("total", progress.total), ("new", progress.added), ("changed", progress.changed),
          ("unchanged", max(0, progress.done - progress.added - progress.changed)), ("bad", progress.refused),
        ] {
          div {
            dt { say("roster.count.\(name)") }
            dd { say.grouped(count) }
          }
        }
      }
      if let finished = progress.finishedAt {
        p(.class("meta mt3")) {
          say(
            "roster.report.when",
            [
              "date": say.typed(Day(inKoreaAt: finished)), "time": say.clock(finished),
              "seconds": String(max(1, Int(finished.timeIntervalSince(progress.begunAt).rounded()))),
            ])
        }
      }
      if !report.missing.isEmpty {
        div(.class("note mt5")) {
          h2 { say("roster.missing", ["count": say.grouped(report.missing.count)]) }
          p { say("roster.missing.text") }
        }
      }
      RosterProblemTable(problems: report.problems, file: .rosterProblems(progress.id, in: progress.school))
        .html(frame)
      div(.class("btn-row mt5")) {
        a(.class("btn primary"), .href(Route.rosters.address)) { say("roster.another") }
        if frame.visitor?.staff.has(.caseManager) ?? false {
          a(.class("btn"), .href(Route.students.address)) { say("students.title") }
        }
      }
    }
  }
}

import CaseWork
import Markup

/// Two assessments side by side: how heavy each need was and is, how the risk moved, which signals came and went.
struct ComparisonView: Sendable {
  let comparison: AssessmentComparison
  let before: Day
  let after: Day

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.aria("labelledby", "cmp")) {
      h2(.id("cmp")) { say("compare.title") }
      table(.class("table cards mt3")) {
        caption(.class("sr")) { say("compare.title") }
        thead {
          tr {
            th(.scope("col")) { say("compare.what") }
            th(.scope("col"), .class("n")) { say.short(before, from: frame.today) }
            th(.scope("col"), .class("n")) { say.short(after, from: frame.today) }
            th(.scope("col")) { say("compare.change") }
          }
        }
        tbody {
          for need in comparison.needs {
            row(
              say.name(of: need.area, in: CodeList.Name(rawValue: "need-area")), need.before, need.after,
              frame)
          }
          row(say("compare.risk"), comparison.riskBefore, comparison.riskAfter, frame)
          level(frame)
        }
      }
      flags("compare.gone", comparison.redFlagsGone, "tag done", say)
      flags("compare.new", comparison.redFlagsNew, "tag danger", say)
    }
  }

  private func row(_ name: String, _ before: Int?, _ after: Int?, _ frame: Frame) -> HTML {
    let say = frame.say
    let change = (after ?? 0) - (before ?? 0)
    return tr {
      th(.scope("row")) { name }
      td(.class("n"), .data("label", say("compare.before"))) { before.map(String.init) ?? "–" }
      td(.class("n"), .data("label", say("compare.after"))) { after.map(String.init) ?? "–" }
      td(.data("label", say("compare.change"))) {
        span(.class(change < 0 ? "tag done" : change > 0 ? "tag heed" : "tag")) {
          before == nil
            ? say("compare.came")
            : after == nil
              ? say("compare.went")
              : say(
                change < 0 ? "compare.less" : change > 0 ? "compare.more" : "compare.same",
                ["count": String(change.magnitude)])
        }
      }
    }
  }

  private func level(_ frame: Frame) -> HTML {
    let say = frame.say
    return tr {
      th(.scope("row")) { say("compare.level") }
      td(.class("n"), .data("label", say("compare.before"))) {
        comparison.levelBefore.map { frame.level($0) }
      }
      td(.class("n"), .data("label", say("compare.after"))) { comparison.levelAfter.map { frame.level($0) } }
      td {}
    }
  }

  private func flags(_ key: String, _ codes: [String], _ className: String, _ say: Speech) -> HTML {
    if codes.isEmpty { return .nothing }
    return p(.class("tags mt3")) {
      say(key) + " "
      for code in codes {
        span(.class(className)) { say.name(of: code, in: CodeList.Name(rawValue: "red-flag")) }
      }
    }
  }
}

import CaseWork
import Gateway
import Markup
import Operations
import Practice
import Repositories

// What stands beside the course of a case: strengths, resources, consents, promises, money.
extension CaseView {
  func strengths(_ frame: Frame) -> HTML {
    guard let strengths = page.strengths, !strengths.isEmpty else { return .nothing }
    return section(.aria("labelledby", "st")) {
      h2(.id("st")) { frame.say("case.strengths") }
      ul(.class("mt2 flow-tight strengths")) {
        for strength in strengths {
          li {
            strength.what
            if let evidence = strength.evidence { small(.class("meta")) { evidence } }
          }
        }
      }
    }
  }

  /// What an assessment found to be there, by whether it is used.
  func resources(_ frame: Frame) -> HTML {
    guard page.readable.contains(.assessment) else { return .nothing }
    let say = frame.say
    let found = page.surroundings?.resources ?? []
    return section(.aria("labelledby", "rs")) {
      h2(.id("rs")) { say("case.resources") }
      ul(.class("people mt2")) {
        for use in ["in-use", "wanted", "possible"] {
          for resource in found where (resource.use ?? "possible") == use {
            li {
              b { resource.name }
              span(.class(use == "in-use" ? "tag done" : "tag")) {
                say.name(of: use, in: CodeList.Name(rawValue: "resource-use"))
              }
            }
          }
        }
      }
      p {
        a(.class("link-act"), .href(Route.matches(of: page.file.id).address)) { say("matches.find") }
      }
      p { a(.class("link-act"), .href(Route.informal(of: page.file.id).address)) { say("informal.crumb") } }
    }
  }

  func consents(_ frame: Frame) -> HTML {
    if page.consents.isEmpty { return .nothing }
    let say = frame.say
    return section(.id("consents"), .tabindex(-1), .aria("labelledby", "cs")) {
      h2(.id("cs")) { say("case.consents") }
      ul(.class("lines mt2")) { page.consents.map { consent($0, say) } }
      p {
        a(.class("link-act"), .href(Route.consent(page.file.id).address)) {
          say(page.acts.contains(.recordConsent) ? "case.consents.ask" : "case.consents.all")
        }
      }
    }
  }

  private func consent(_ state: ConsentState, _ say: Speech) -> HTML {
    let left = state.until.map { page.day.days(until: $0) }
    let isEnding = left.map { $0 <= Clocks.consentNotice } ?? false
    return li(.class(state.isGiven && !isEnding ? "ok" : "todo")) {
      (state.isGiven ? Icon.check : Icon.todo).html
      span {
        span(.class("sr")) { say(state.isGiven ? "case.done" : "case.todo") + ": " }
        b { say("purpose.\(state.purpose.rawValue)") }
        if let recipient = state.recipient.flatMap({ page.resources[$0] }) { " " + recipient }
        " "
        small(.class("meta")) {
          state.parties.map { party in
            say("party.\(party.party.rawValue)") + " " + say("case.consent.\(party.status.rawValue)")
          }.joined(separator: ", ")
          if let until = state.until, !isEnding {
            " · " + say("case.until", ["day": say.short(until, from: page.day)])
          }
        }
        if let until = state.until, let left, isEnding {
          span(.class("tag heed")) {
            say("case.consent.ending", ["day": say.short(until, from: page.day), "days": String(left)])
          }
        }
      }
    }
  }

  func tasks(_ frame: Frame) -> HTML {
    let open = page.tasks.filter { $0.task.doneAt == nil }.sorted { $0.task.due < $1.task.due }
    if open.isEmpty { return .nothing }
    let say = frame.say
    let leads = page.file.manager == frame.visitor?.staff.id
    return section(.id("tasks"), .aria("labelledby", "ta")) {
      h2(.id("ta")) { say("case.tasks") }
      ul(.class("people mt2")) {
        for line in open {
          li {
            b { line.what }
            span(.class(line.task.due < page.day ? "due late" : "due")) {
              say.short(line.task.due, from: page.day)
            }
            span(.class("meta")) { line.who }
            if leads || line.task.staff == frame.visitor?.staff.id {
              frame.form(.finishTask(line.task.id), .class("meta")) {
                input(.type("hidden"), .name("_case"), .value(page.file.id.description))
                button(.class("linklike")) {
                  say("task.done")
                  span(.class("sr")) { ": " + line.what }
                }
              }
            }
          }
        }
      }
    }
  }

  /// What was spent in this school year, fund by fund, beside its limit.
  func budget(_ frame: Frame) -> HTML {
    if page.budget.isEmpty { return .nothing }
    let say = frame.say
    return section(.aria("labelledby", "bu")) {
      h2(.id("bu")) { say("case.budget") }
      ul(.class("budget mt2")) { page.budget.map { use in li { fund(use, say) } } }
    }
  }

  private func fund(_ use: BudgetUse, _ say: Speech) -> HTML {
    let won = say.grouped(use.student) + say("unit.won")
    let name = say.name(of: use.fund, in: CodeList.Name(rawValue: "fund"))
    guard let limit = use.studentLimit else {
      return p {
        b { name }
        " " + won
      }
    }
    let left = limit - use.student
    return HTML.several([
      p {
        b { name }
        " " + say("case.budget.used", ["used": won, "limit": say.grouped(limit) + say("unit.won")])
      },
      Bar(used: use.student, limit: limit).html,
      p(.class(left < 0 ? "due late" : "meta")) {
        say(
          left < 0 ? "case.budget.over" : "case.budget.left",
          ["amount": say.grouped(left.magnitude.clamped) + say("unit.won")])
      },
    ])
  }

  /// How much of a limit is used; the numbers stand beside it.
  private struct Bar {
    let used: Int
    let limit: Int

    var html: HTML {
      let share = limit == 0 ? 100.0 : min(100, (Double(used) / Double(limit) * 1000).rounded() / 10)
      return HTML.element(
        "svg", [.class("bar"), .viewBox("0 0 100 4"), .preserveAspectRatio("none"), .aria("hidden", "true")]
      ) {
        HTML.element("rect", [.class("bar-all"), .width(100), .height(4)]) { HTML.nothing }
        HTML.element(
          "rect", [.class(used > limit ? "bar-used over" : "bar-used"), .at("width", share), .height(4)]
        ) { HTML.nothing }
      }
    }
  }
}

extension UInt {
  fileprivate var clamped: Int { Int(clamping: self) }
}

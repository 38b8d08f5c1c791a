import CaseWork
import Foundation
import Gateway
import Markup

/// Where somebody is signed in, and the way to end it there.
struct SessionsPage: Sendable {
  let sessions: [Line]
  var problems: [Problem] = []

  struct Line: Sendable {
    let id: String
    let address: String
    let startedAt: Date
    let seenAt: Date
    let isThis: Bool
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let others = sessions.filter { !$0.isThis }
    return Page(say("sessions.title"), width: .narrow, problems: problems.count) {
      frame.problemSummary(problems, ["password": say("password.once-more")])
      frame.pageHead(say("sessions.title"), lead: say("sessions.lead"))
      list(sessions.filter(\.isThis), frame)
      if !others.isEmpty {
        section(.class("band"), .aria("labelledby", "others")) {
          h2(.id("others")) { say("sessions.others") }
          // One password for whichever of them is ended.
          frame.form(.sessionEnd, .class("form"), .novalidate()) {
            // Enter in the field presses the first button: of several devices none is meant by it.
            if others.count > 1 { button(.type("submit"), .disabled(), .hidden()) { say("sessions.end") } }
            frame.passwordOnceMore(problems)
            list(others, frame)
          }
        }
      }
    }
  }

  private func list(_ lines: [Line], _ frame: Frame) -> HTML {
    let say = frame.say
    return ul(.class("people")) {
      for line in lines {
        li {
          b { line.isThis ? say("sessions.this") : say("sessions.other", ["address": line.address]) }
          if !line.isThis {
            button(.class("btn"), .name("session"), .value(line.id)) {
              say("sessions.end")
              span(.class("sr")) { ": " + line.address }
            }
          }
          span(.class("meta")) {
            say(
              "sessions.when",
              [
                "start": say.moment(line.startedAt), "seen": say.moment(line.seenAt),
                "address": line.address,
              ])
          }
        }
      }
    }
  }
}

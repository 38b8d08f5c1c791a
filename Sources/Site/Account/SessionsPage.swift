import Foundation
import Gateway
import Markup

/// Where somebody is signed in, and the way to end it there.
struct SessionsPage: Sendable {
  let sessions: [Line]

  struct Line: Sendable {
    let id: String
    let address: String
    let startedAt: Date
    let seenAt: Date
    let isThis: Bool
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("sessions.title"), width: .narrow) {
      frame.pageHead(say("sessions.title"), lead: say("sessions.lead"))
      ul(.class("people")) {
        for line in sessions {
          li {
            b { line.isThis ? say("sessions.this") : say("sessions.other", ["address": line.address]) }
            if !line.isThis {
              frame.form(.sessionEnd(line.id)) {
                button(.class("btn")) {
                  say("sessions.end")
                  span(.class("sr")) { ": " + line.address }
                }
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
}

import Gateway
import Hummingbird
import Markup

extension Site {
  func addKeys(to router: Router<PageContext>) {
    router.get(.keys) { request, context in
      let frame = frame(request, context)
      return frame.response(KeysPage().page(frame))
    }
  }
}

/// The list of keys, and the switch for those that are single letters.
struct KeysPage: Sendable {
  private static let keys = [
    ("/", "find"), ("t", "today"), ("c", "cases"), ("n", "note"), ("j k", "rows"), ("Enter", "open"),
    ("Ctrl + Enter", "save"), ("Esc", "close"), ("?", "help"),
  ]

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let isOn = frame.preferences.letterKeys
    return Page(say("keys.title"), width: .narrow) {
      frame.pageHead(say("keys.title"), lead: say("keys.lead"))
      table(.class("table slim")) {
        caption(.class("sr")) { say("keys.title") }
        thead {
          tr {
            th(.scope("col")) { say("keys.key") }
            th(.scope("col")) { say("keys.does") }
          }
        }
        tbody {
          for key in KeysPage.keys {
            tr {
              th(.scope("row")) { kbd { key.0 } }
              td { say("keys.\(key.1)") }
            }
          }
        }
      }
      section(.class("band")) {
        h2 { say("keys.letters") }
        p { say(isOn ? "keys.letters.on" : "keys.letters.off") }
        frame.form(.preferences, .class("mt3")) {
          input(.type("hidden"), .name("next"), .value(Route.keys.address.description))
          button(.class("btn"), .name("keys"), .value(isOn ? "off" : "on")) {
            say(isOn ? "keys.turn-off" : "keys.turn-on")
          }
        }
      }
    }
  }
}

import CaseWork
import Gateway
import Markup

/// The door: two fields, and nothing to guess about accounts.
struct SignInPage: Sendable {
  var name = ""
  var next: String?
  /// Why it did not open.
  var problem: Problem?

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("signin.title"), problems: problem == nil ? 0 : 1, masthead: false) {
      div(.class("door")) {
        div(.class("door-mark")) {
          Icon.mark
          h1(.class("mt3")) { say("frame.brand") }
          p(.class("lead")) { say("frame.tagline") }
        }
        if let problem {
          frame.errorSummary([(text: say(problem), place: "name")])
        }
        frame.form(.signIn, .class("form")) {
          input(.type("hidden"), .name("next"), .value(next))
          div(.class("field")) {
            label(.for("name")) { say("signin.name") }
            input(
              .class("input full"), .id("name"), .name("name"), .value(name), .autocomplete("username"),
              .autocapitalize("none"), .spellcheck(false), .required())
          }
          div(.class("field")) {
            label(.for("password")) { say("signin.password") }
            input(
              .class("input full"), .id("password"), .name("password"), .type("password"),
              .autocomplete("current-password"), .required())
          }
          button(.class("btn primary big full")) { say("signin.act") }
        }
        p(.class("meta")) { say("signin.help") }
        frame.languageSwitch
      }
    }
  }
}

/// The second step: the six digits of the authenticator, or a recovery code.
struct CodePage: Sendable {
  var next: String?
  var problem: Problem?

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("code.title"), problems: problem == nil ? 0 : 1, masthead: false) {
      div(.class("door")) {
        div(.class("door-mark")) {
          Icon.mark
          h1(.class("mt3")) { say("code.title") }
          p(.class("lead")) { say("code.lead") }
        }
        if let problem {
          frame.errorSummary([(text: say(problem), place: "code")])
        }
        frame.form(.secondFactor, .class("form")) {
          input(.type("hidden"), .name("next"), .value(next))
          div(.class("field")) {
            label(.for("code")) { say("code.label") }
            p(.class("hint"), .id("code-h")) { say("code.hint") }
            input(
              .class("input full"), .id("code"), .name("code"), .inputmode("text"),
              .autocomplete("one-time-code"),
              .autocapitalize("none"), .spellcheck(false), .required(), .aria("describedby", "code-h"))
          }
          button(.class("btn primary big full")) { say("signin.act") }
        }
        frame.form(.signOut) { button(.class("btn quiet")) { say("code.leave") } }
      }
    }
  }
}

import CaseWork
import Gateway
import Markup

/// The second step of one's own sign-in, while it is off: secret, code, done.
struct SecondStepSetUpPage: Sendable {
  /// In base 32.
  let secret: String
  /// For the app: `otpauth://…`.
  let address: String
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("second-step.title"), width: .narrow, problems: problems.count) {
      frame.problemSummary(problems, labels(frame))
      frame.pageHead(say("second-step.title"), lead: say("second-step.lead"))
      ol(.class("flow steps-plain")) {
        li {
          h2 { say("second-step.app") }
          p { say("second-step.app.text") }
        }
        li {
          h2 { say("second-step.scan") }
          p { say("second-step.scan.text") }
          if let code = QRCode(address) { QRPicture(code: code).html(label: say("second-step.qr")) }
          p { say("second-step.secret") }
          p { Markup.code(.class("once"), .id("secret")) { grouped } }
        }
        li {
          h2 { say("second-step.code") }
          frame.form(.secondStep, .class("form"), .novalidate()) {
            input(.type("hidden"), .name("secret"), .value(secret))
            CodeEntry(problems: problems).html(frame)
            frame.passwordOnceMore(problems)
            div { button(.class("btn primary")) { say("second-step.act") } }
          }
        }
      }
    }
  }

  /// In fours, so that it can be read off.
  private var grouped: String {
    var text = ""
    for (index, letter) in secret.enumerated() {
      if index > 0, index.isMultiple(of: 4) { text.append(" ") }
      text.append(letter)
    }
    return text
  }
}

private func labels(_ frame: Frame) -> [String: String] {
  ["code": frame.say("code.label"), "password": frame.say("password.once-more")]
}

extension Frame {
  /// One's own password once more, before something that decides who gets in.
  func passwordOnceMore(_ problems: [Problem]) -> HTML {
    entry(
      Entry("password", say("password.once-more")).with {
        $0.type = "password"
        $0.autocomplete = "current-password"
        $0.hint = say("password.once-more.hint")
      }, problems)
  }
}

/// The six digits of the app.
struct CodeEntry: Sendable {
  var hint: String?
  let problems: [Problem]

  func html(_ frame: Frame) -> HTML {
    frame.entry(
      Entry("code", frame.say("code.label")).with {
        $0.autocomplete = "one-time-code"
        $0.inputmode = hint == nil ? "numeric" : nil
        $0.width = "w8"
        $0.hint = hint
      }, problems)
  }
}

/// The same, while it is on.
struct SecondStepPage: Sendable {
  let codesLeft: Int
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("second-step.title"), width: .narrow, problems: problems.count) {
      frame.problemSummary(problems, labels(frame))
      frame.pageHead(say("second-step.title"), lead: say("second-step.on"))
      div(.class(codesLeft < 3 ? "note heed" : "note")) {
        p { say("second-step.codes-left", ["count": String(codesLeft)]) }
        if codesLeft < 3 { p { say("second-step.codes-few") } }
      }
      section(.class("band"), .aria("labelledby", "off")) {
        h2(.id("off")) { say("second-step.off") }
        p { say("second-step.off.text") }
        frame.form(.secondStepOff, .class("form mt4"), .novalidate()) {
          CodeEntry(hint: say("code.hint"), problems: problems).html(frame)
          frame.passwordOnceMore(problems)
          div { button(.class("btn danger")) { say("second-step.off.act") } }
        }
      }
    }
  }
}

/// The recovery codes, shown this once.
struct RecoveryCodesPage: Sendable {
  let codes: [String]

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("recovery.title"), width: .narrow) {
      div(.class("note done"), .role("status")) { p { say("second-step.now-on") } }
      div(.class("mt5")) { frame.pageHead(say("recovery.title"), lead: say("recovery.lead")) }
      ol(.class("recovery"), .id("recovery")) {
        for code in codes { li { Markup.code(.class("once")) { code } } }
      }
      p(.class("mt4")) { say("recovery.text") }
      p(.class("mt4")) { a(.class("btn primary"), .href(Route.home.address)) { say("recovery.on") } }
    }
  }
}

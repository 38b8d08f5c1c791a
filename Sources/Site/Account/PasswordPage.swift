import CaseWork
import Gateway
import Markup

/// A new password: the old one first, unless it was only lent.
struct PasswordPage: Sendable {
  let minimumLength: Int
  /// The present one was set by somebody else and must go.
  let isForced: Bool
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("password.title"), width: .narrow, problems: problems.count) {
      frame.errorSummary(problems.map { (text: say($0), place: $0.field) })
      frame.pageHead(
        say("password.title"), lead: isForced ? say("password.forced") : say("password.lead"))
      frame.form(.password, .class("form")) {
        field("old-password", "current-password", hint: nil, frame)
        field("password", "new-password", hint: say("password.hint", ["count": String(minimumLength)]), frame)
        field("again", "new-password", hint: nil, frame)
        div { button(.class("btn primary")) { say("password.act") } }
      }
    }
  }

  private func field(_ name: String, _ autocomplete: String, hint: String?, _ frame: Frame) -> HTML {
    let problem = problems.first { $0.field == name }
    return div(.class(problem == nil ? "field" : "field bad")) {
      label(.for(name)) { frame.say("password.\(name)") }
      if let hint { p(.class("hint"), .id(name + "-h")) { hint } }
      if let problem { frame.errorLine(frame.say(problem), id: name + "-e") }
      input(
        .class("input full"), .id(name), .name(name), .type("password"), .autocomplete(autocomplete),
        .required(),
        .aria("describedby", problem != nil ? name + "-e" : hint != nil ? name + "-h" : nil))
    }
  }
}

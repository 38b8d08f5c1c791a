import CaseWork
import Gateway
import Hummingbird
import Markup

/// Why no page came, in words: what is missing and where, what can be done now.
struct MishapPage: Sendable {
  let mishap: Mishap
  /// What was sent and is not kept, or may not be.
  var sent: Resending?
  /// Where each missing thing is filled in, by the place the rule names.
  var place: @Sendable (Missing) -> Route? = { _ in nil }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    switch mishap {
    case .refused(.notFound), .signInFirst, .duty: return plain("absent", frame)
    case .refused(.notAllowed): return plain("not-allowed", frame)
    case .refused(.conflict(let conflict)):
      let key = "conflict.\(conflict.rawValue)"
      return plain(say.has("refusal.\(key).title") ? key : "conflict", frame)
    case .refused(.invalid(let problems)): return invalid(problems, frame)
    case .refused(.notYet(let missing)): return notYet(missing, frame)
    case .kind(.ended): return ended(frame)
    case .kind(let kind): return plain(kind.rawValue, frame)
    case .away(let id, let isUnsure): return fault(id, isUnsure ? "unsure" : "away", frame)
    case .full(let id, let isUnsaved): return fault(id, isUnsaved ? "unsaved" : "full", frame)
    case .fault(let id): return fault(id, "fault", frame)
    }
  }

  private func plain(_ key: String, _ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("refusal.\(key).title"), width: .narrow) {
      div(.class("empty")) {
        Icon.mark
        h1 { say("refusal.\(key).title") }
        p { say("refusal.\(key).text") }
        a(.class("btn"), .href(Route.home.address)) { say("refusal.home") }
      }
    }
  }

  private func fault(_ id: String, _ key: String, _ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("refusal.\(key).title"), width: .narrow) {
      div(.class("empty")) {
        Icon.mark
        h1 { say("refusal.\(key).title") }
        p { say("refusal.\(key).text") }
        p(.class("faint")) { say("refusal.fault.id", ["id": id]) }
        if sent == nil { a(.class("btn"), .href(Route.home.address)) { say("refusal.home") } }
      }
      sent?.html(frame) ?? .nothing
    }
  }

  /// Signed in again in another window, so that what was typed stays here to be taken over.
  private func ended(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("refusal.ended.title"), width: .narrow) {
      div(.class("empty")) {
        Icon.mark
        h1 { say("refusal.ended.title") }
        p { say("refusal.ended.text") }
        a(.class("btn primary"), .href(Route.signIn.address), .newWindow()) { say("refusal.ended.act") }
      }
      sent?.texts(frame) ?? .nothing
    }
  }

  private func invalid(_ problems: [Problem], _ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("refusal.invalid.title"), width: .narrow, problems: problems.count) {
      frame.errorSummary(
        problems.map { (text: say($0), place: nil) })
      frame.pageHead(say("refusal.invalid.title"), lead: say("refusal.invalid.text"))
      a(.class("btn"), .href(Route.home.address)) { say("refusal.home") }
    }
  }

  private func notYet(_ missing: [Missing], _ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("refusal.not-yet.title"), width: .narrow) {
      div(.class("note heed"), .role("alert"), .tabindex(-1), .autofocus()) {
        h1(.class("note-title")) { say("refusal.not-yet.title") }
        p {
          say(
            missing.count == 1 ? "refusal.not-yet.one" : "refusal.not-yet.text",
            ["count": String(missing.count)])
        }
        MissingList(missing: missing, place: place).html(frame)
      }
      p(.class("mt4")) { a(.class("btn"), .href(Route.home.address)) { say("refusal.home") } }
    }
  }
}

/// What a step still needs, each line leading to where it is filled in.
struct MissingList: Sendable {
  let missing: [Missing]
  let place: @Sendable (Missing) -> Route?

  func html(_ frame: Frame) -> HTML {
    ul(.class("lines mt3")) {
      for item in missing {
        li(.class("todo")) {
          Icon.todo.html
          span {
            span(.class("sr")) { frame.say("lines.todo") + ": " }
            place(item).map { route in a(.href(route.address)) { words(item, frame.say) } }
              ?? .text(words(item, frame.say))
          }
        }
      }
    }
  }

  private func words(_ item: Missing, _ say: Speech) -> String {
    let text = say("missing.\(item.code)")
    guard let have = item.have, let need = item.need else { return text }
    return say("missing.counted", ["text": text, "have": String(have), "need": String(need)])
  }
}

extension Site {
  /// The answer to a mishap; the same for what is absent and for what may not be seen.
  func answer(to mishap: Mishap, _ context: PageContext) -> Response {
    switch mishap {
    case .signInFirst: return .to(Route.signIn.with("next", context.path == "/" ? nil : context.path))
    case .duty(.secondFactor): return .to(.secondFactor)
    case .duty(.newPassword): return .to(.password)
    case .refused, .kind, .away, .full, .fault: break
    }
    var page = MishapPage(mishap: mishap)
    switch mishap {
    case .away, .full, .fault, .kind(.ended): page.sent = Resending(context)
    case .refused, .kind, .signInFirst, .duty: break
    }
    // A step of a case was refused: what it still needs is filled in on the pages of that case.
    if context.path.hasPrefix("/cases/"),
      let file = context.parameters.get("id").flatMap({ ID<CaseFile>($0) })
    {
      page.place = Site.places(in: file)
    }
    return frame(context).response(page.page(frame(context)), status: mishap.status)
  }
}

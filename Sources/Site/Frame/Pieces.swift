import CaseWork
import Markup

/// The small pieces every page is put together from.
extension Frame {
  func pageHead(_ title: String, lead: String? = nil, eyebrow: String? = nil, act: HTML = .nothing) -> HTML {
    div(.class("page-head")) {
      div {
        if let eyebrow { p(.class("eyebrow")) { eyebrow } }
        h1 { title }
        if let lead { p(.class("lead")) { lead } }
      }
      if !act.isNothing { div(.class("btn-row")) { act } }
    }
  }

  /// Where this page lies; the last is this page itself.
  func crumbs(_ ways: [(String, Route?)]) -> HTML {
    nav(.class("crumbs"), .aria("label", say("frame.crumbs"))) {
      ol {
        for (name, route) in ways {
          li { route.map { route in a(.href(route.address)) { name } } ?? .text(name) }
        }
      }
    }
  }

  func level(_ level: Level) -> HTML {
    span(.class("level lv\(level.rawValue)")) { say("level.\(level.rawValue)") }
  }

  func empty(_ title: String, _ text: String, act: (String, Route)? = nil) -> HTML {
    div(.class("empty")) {
      Icon.mark
      h2 { title }
      p { text }
      if let act { a(.class("btn"), .href(act.1.address)) { act.0 } }
    }
  }

  func errorLine(_ text: String, id: String? = nil) -> HTML {
    p(.class("error"), .id(id)) {
      Icon.warn.html
      span {
        span(.class("sr")) { say("form.error") + ": " }
        text
      }
    }
  }

  /// What is wrong, at the top, each leading to its field.
  func errorSummary(_ lines: [(text: String, place: String?)]) -> HTML {
    if lines.isEmpty { return .nothing }
    return div(
      .class("errors"), .role("alert"), .aria("labelledby", "errors-title"), .tabindex(-1), .id("errors"),
      .autofocus()
    ) {
      h2(.id("errors-title")) {
        say(lines.count == 1 ? "form.errors.one" : "form.errors", ["count": String(lines.count)])
      }
      ul {
        for line in lines {
          li { line.place.map { place in a(.href(.place(place))) { line.text } } ?? .text(line.text) }
        }
      }
    }
  }
}

/// The main part of a page, and beside it, where the window is wide, what goes with it; the main part alone where that is
/// nothing.
///
/// Said here, for a style sheet cannot tell what is empty from what is still on its way: the page would move when it comes.
func split(_ place: String = "", @HTMLBuilder main: () -> HTML, @HTMLBuilder side: () -> HTML) -> HTML {
  let side = side()
  let names = ["split", side.isNothing ? "alone" : "", place].filter { !$0.isEmpty }
  return div(.class(names.joined(separator: " "))) {
    div { main() }
    if !side.isNothing { div(.class("side")) { side } }
  }
}

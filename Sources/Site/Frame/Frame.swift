import CaseWork
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Markup
import NIOCore

/// What every page stands in: the words, who reads, what they chose, what time it is.
struct Frame: Sendable {
  let say: Speech
  let preferences: Preferences
  let visitor: Visitor?
  /// Goes into every form.
  let token: String
  /// An id for each form, so that one sent twice is done once.
  let newFormID: @Sendable () -> UUID
  /// What was asked for, to come back to.
  let path: String
  let now: Date
  let isDemo: Bool
  let assets: Assets
  let idle: Policy.SignIn
  /// The act that brought here, to be confirmed in words.
  let done: String?
  /// What that act wrote, to be looked at again or put right.
  var written: Route?

  var today: Day { Day(inKoreaAt: now) }

  /// A form of ours: it always carries the token, and an id of its own.
  func form(
    _ route: Route, _ attributes: Attribute..., @HTMLBuilder content: () -> HTML
  ) -> HTML {
    .element("form", [.post, .action(route.address)] + attributes) {
      ownFields
      content()
    }
  }

  var ownFields: HTML { ownFields(once: nil) }

  /// - Parameter once: the id of a form that is sent again, so that it is done once at most.
  func ownFields(once: UUID?) -> HTML {
    HTML.several([
      input(.type("hidden"), .name(FormToken.field), .value(token)),
      input(.type("hidden"), .name(FormToken.once), .value((once ?? newFormID()).uuidString.lowercased())),
    ])
  }

  func response(_ page: Page, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status,
      headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: say.language.rawValue],
      body: .init(byteBuffer: ByteBuffer(bytes: html(page).document())))
  }
}

/// One page: what stands between the masthead and the footer.
struct Page: Sendable {
  let title: String
  var place: Place?
  var width = Width.wide
  /// How many things are wrong with what was sent: counted in the title.
  var problems = 0
  var masthead = true
  /// Where a new note is written from here, for those who write notes: of the student at hand, or of several.
  var note = Route.together
  var content: HTML

  init(
    _ title: String, place: Place? = nil, width: Width = .wide, problems: Int = 0, masthead: Bool = true,
    @HTMLBuilder content: () -> HTML
  ) {
    self.title = title
    self.place = place
    self.width = width
    self.problems = problems
    self.masthead = masthead
    self.content = content()
  }

  enum Width: String {
    case wide = "wrap"
    case narrow = "wrap narrow"
    case phone = "wrap phone"
  }
}

extension Frame {
  func html(_ page: Page) -> HTML {
    let theme = preferences.theme
    return Markup.html(
      .lang(say.language.rawValue), .data("theme", theme == .auto ? nil : theme.rawValue),
      .data("letter-keys", preferences.letterKeys ? "on" : "off")
    ) {
      head {
        meta(.charset("utf-8"))
        meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
        meta(.name("color-scheme"), .content("light dark"))
        meta(.name("robots"), .content("noindex"))
        Markup.title { title(of: page) }
        link(.rel("icon"), .href(assets.address(of: "icon.svg")), .type("image/svg+xml"))
        link(.rel("stylesheet"), .href(assets.address(of: "site.css")))
        script(.type("module"), .src(assets.address(of: "site.js")))
      }
      body(
        .data("idle", visitor == nil ? nil : String(idle.idleMinutes)),
        .data("warn", visitor == nil ? nil : String(idle.warnMinutes))
      ) {
        a(.class("skip"), .href(.place("main"))) { say("frame.skip") }
        Icon.sprite
        if isDemo {
          aside(.aria("label", say("frame.demo.label"))) { p(.class("demo-bar")) { say("frame.demo") } }
        }
        if page.masthead { masthead(page) }
        main(.id("main"), .tabindex(-1)) {
          doneNote(page)
          page.masthead ? div(.class(page.width.rawValue)) { page.content } : page.content
        }
        if page.masthead, page.width != .phone { pageFooter }
        if let visitor {
          idleNote(visitor)
          idleCover(visitor)
        }
      }
    }
  }

  private func title(of page: Page) -> String {
    let title = say("frame.title", ["title": page.title])
    return page.problems == 0
      ? title : say("frame.title.problems", ["count": String(page.problems), "title": title])
  }

  private func doneNote(_ page: Page) -> HTML {
    guard let done, say.has("done.\(done)") else { return .nothing }
    return div(.class(page.width.rawValue)) {
      div(.class("note done compact arrival"), .role("status"), .tabindex(-1), .data("arrival", "")) {
        p {
          say("done.\(done)")
          if let written {
            " "
            a(.href(written.address)) { say("done.see") }
          }
        }
      }
    }
  }

  private var pageFooter: HTML {
    footer(.class("footer")) {
      div(.class("wrap")) {
        ul {
          li { a(.href(Route.keys.address)) { say("keys.title") } }
          li { languageSwitch }
        }
        if let visitor {
          p {
            say(
              "frame.trace",
              ["day": say.long(today), "time": say.clock(now), "name": visitor.staff.name])
          }
        }
      }
    }
  }

  /// The other language, as a button that keeps the page.
  var languageSwitch: HTML {
    let other: Language = say.language == .korean ? .english : .korean
    return form(.preferences, .class("language")) {
      input(.type("hidden"), .name("next"), .value(path))
      button(.class("linklike"), .name("language"), .value(other.rawValue), .lang(other.rawValue)) {
        say("frame.language.\(other.rawValue)")
      }
    }
  }

  /// Hidden until nobody has used the page for as long as a session lasts; then everything else is.
  private func idleCover(_ visitor: Visitor) -> HTML {
    div(
      .class("idle-cover"), .id("idle-cover"), .role("dialog"), .aria("labelledby", "idle-cover-title"),
      .tabindex(-1), .data("person", visitor.staff.id.description), .data("title", say("frame.brand")),
      .hidden()
    ) {
      h2(.id("idle-cover-title")) { say("idle.covered") }
      p(.data("covered", "")) { say("idle.covered.text") }
      p(.role("alert"), .data("ended", ""), .hidden()) { say("idle.ended") }
      div(.class("btn-row")) {
        button(.class("btn primary"), .type("button"), .data("show", Route.keys.address.description)) {
          say("idle.show")
        }
        a(.class("btn"), .href(Route.signIn.address), .newWindow()) { say("draft.sign-in") }
      }
    }
  }

  /// Hidden until the module finds that the session is about to end.
  private func idleNote(_ visitor: Visitor) -> HTML {
    div(.class("idle-note"), .id("idle-note"), .hidden()) {
      div(.class("note heed"), .role("alert")) {
        h2 { say("idle.title", ["minutes": String(idle.warnMinutes)]) }
        p { say("idle.text", ["minutes": String(idle.idleMinutes)]) }
        div(.class("btn-row")) {
          button(.class("btn primary"), .type("button"), .data("stay", Route.keys.address.description)) {
            say("idle.stay")
          }
          form(.signOut) { button(.class("btn")) { say("idle.leave") } }
        }
      }
    }
  }
}

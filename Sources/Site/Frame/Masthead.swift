import CaseWork
import Gateway
import Markup

/// The words of the main menu. A place stands here only once its page is there.
enum Place: String, CaseIterable, Sendable {
  case today, cases, inbox, refer, mine

  var route: Route {
    switch self {
    case .today: .today
    case .cases: .cases
    case .inbox: .inbox
    case .refer: .refer
    case .mine: .mine
    }
  }

  /// The places of somebody's work, by what they do in any of their schools.
  static func places(of staff: Staff) -> [Place] {
    let leads: Set<Role> = [.caseManager, .supervisor, .centreStaff, .vicePrincipal, .principal]
    if staff.has(.caseManager) { return [.today, .cases, .inbox] }
    if staff.assignments.contains(where: { leads.contains($0.role) }) { return [.today, .cases] }
    if staff.has(.teacher) || staff.has(.specialistTeacher) { return [.refer, .mine, .today] }
    return []
  }
}

extension Frame {
  func masthead(_ page: Page) -> HTML {
    header(.class("masthead")) {
      div(.class(page.width == .phone ? "wrap phone" : "wrap")) {
        a(.class("brand"), .href(Route.home.address)) {
          Icon.mark
          say("frame.brand")
        }
        if let visitor {
          navigation(visitor, at: page.place)
          div(.class("acts")) { menu(visitor) }
        }
      }
    }
  }

  private func navigation(_ visitor: Visitor, at place: Place?) -> HTML {
    let places = Place.places(of: visitor.staff)
    if places.isEmpty || visitor.duty != nil { return .nothing }
    return HTML.several([
      nav(.class("nav"), .aria("label", say("frame.nav"))) {
        ul {
          for item in places {
            li { a(.href(item.route.address), .current(if: item == place)) { say("nav.\(item.rawValue)") } }
          }
        }
      },
      places.contains(.cases) ? finder : .nothing,
    ])
  }

  private var finder: HTML {
    Markup.form(.class("finder"), .role("search"), .action(Route.cases.address)) {
      label(.class("sr"), .for("find")) { say("finder.label") }
      input(.id("find"), .name("q"), .type("search"), .autocomplete("off"), .keyShortcuts("/"))
      button { say("finder.act") }
    }
  }

  private func menu(_ visitor: Visitor) -> HTML {
    details(.class("menu")) {
      summary { visitor.staff.name }
      div(.class("menu-list")) {
        if visitor.duty == nil {
          a(.href(Route.reads.address)) { say("reads.title") }
          a(.href(Route.sessions.address)) { say("sessions.title") }
          a(.href(Route.password.address)) { say("password.title") }
          a(.href(Route.keys.address)) { say("keys.title") }
        }
        form(.signOut) { button { say("signout.act") } }
        themeSwitch
      }
    }
  }

  private var themeSwitch: HTML {
    form(.preferences, .class("theme"), .aria("label", say("theme.label"))) {
      input(.type("hidden"), .name("next"), .value(path))
      for theme in Preferences.Theme.allCases {
        button(
          .name("theme"), .value(theme.rawValue),
          .aria("pressed", preferences.theme == theme ? "true" : "false")
        ) { say("theme.\(theme.rawValue)") }
      }
    }
  }
}

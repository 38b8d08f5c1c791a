import CaseWork
import Gateway
import Markup

/// The words of the main menu. A place stands here only once its page is there.
enum Place: String, CaseIterable, Sendable {
  case today, cases, students, inbox, refer, mine, resources, rosters, schools, staff, oversight

  var route: Route {
    switch self {
    case .today: .today
    case .cases: .cases
    case .students: .students
    case .inbox: .inbox
    case .refer: .refer
    case .mine: .mine
    case .resources: .resources
    case .rosters: .rosters
    case .schools: .schools
    case .staff: .staff
    case .oversight: .accessLog
    }
  }

  /// The places of somebody's work, by what they do in any of their schools; the first is where they begin.
  static func places(of staff: Staff) -> [Place] {
    var found: [Place] = []
    for role in Role.allCases where staff.has(role) {
      found += places(of: role).filter { !found.contains($0) }
    }
    // Who receives referrals has the inbox instead.
    if staff.has(.caseManager) { found.removeAll { $0 == .refer || $0 == .mine } }
    // Who leads the work of a school begins with today, not with its class lists.
    return found.contains(.cases) ? found.filter { $0 == .today } + found.filter { $0 != .today } : found
  }

  private static func places(of role: Role) -> [Place] {
    switch role {
    case .caseManager: [.today, .cases, .students, .inbox, .resources]
    case .vicePrincipal, .principal: [.today, .cases, .students, .resources]
    case .centreStaff: [.today, .cases, .students, .resources]
    case .supervisor: [.today, .cases, .resources]
    case .specialistTeacher: [.today, .cases, .refer, .mine]
    case .teacher: [.refer, .mine, .today]
    case .administrator: [.rosters, .schools, .staff]
    case .privacyOfficer: [.oversight]
    }
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
          div(.class("acts")) {
            if visitor.duty == nil, visitor.staff.has(.caseManager) { newNote(at: page.note) }
            menu(visitor)
          }
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
            li {
              a(.href(item.route.address), .current(if: isHere(item, place))) { say("nav.\(item.rawValue)") }
            }
          }
        }
      },
      places.contains(.cases) ? finder(in: places.contains(.students) ? .students : .cases) : .nothing,
    ])
  }

  /// Pages below a place belong to it, whether they say so or not.
  private func isHere(_ item: Place, _ place: Place?) -> Bool {
    if let place { return item == place }
    let address = item.route.address.description
    return path == address || path.hasPrefix(address + "/") || path.hasPrefix(address + "?")
  }

  private func finder(in place: Route) -> HTML {
    Markup.form(.class("finder"), .role("search"), .action(place.address)) {
      label(.class("sr"), .for("find")) { say("finder.label") }
      input(.id("find"), .name("q"), .type("search"), .autocomplete("off"), .keyShortcuts("/"))
      button { say("finder.act") }
    }
  }

  /// Writing a note is one press away on every page.
  private func newNote(at route: Route) -> HTML {
    a(.class("btn primary"), .href(route.address), .data("key", "note"), .keyShortcuts("n")) {
      Icon.plus.html
      say("nav.note")
    }
  }

  private func menu(_ visitor: Visitor) -> HTML {
    details(.class("menu")) {
      summary { visitor.staff.name }
      div(.class("menu-list")) {
        if visitor.duty == nil {
          if visitor.staff.has(.caseManager) {
            a(.href(Route.emergency.address)) { say("kind.emergency") }
          }
          if visitor.staff.has(.caseManager) || visitor.staff.has(.principal) {
            a(.href(Route.abuse.address)) { say("abuse.title") }
          }
          a(.href(Route.reads.address)) { say("reads.title") }
          a(.href(Route.sessions.address)) { say("sessions.title") }
          a(.href(Route.password.address)) { say("password.title") }
          a(.href(Route.secondStep.address)) { say("second-step.title") }
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

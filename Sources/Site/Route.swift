import CaseWork
import Gateway
import Hummingbird
import Markup

/// Every address of the site, in one place: its pattern registers the page, its values make the link.
struct Route: Hashable, Sendable {
  let pattern: Pattern
  let values: [String]
  private var query: [Pair] = []
  private var fragment: String?

  private struct Pair: Hashable, Sendable {
    let name: String
    let value: String
  }

  private init(_ pattern: Pattern, _ values: String...) {
    self.pattern = pattern
    self.values = values
  }

  var address: Address {
    var values = values[...]
    let segments = pattern.rawValue.split(separator: "/").map { part in
      part.hasPrefix("{") ? values.popFirst() ?? "" : String(part)
    }
    return Address(segments, query: query.map { ($0.name, $0.value) }, fragment: fragment)
  }

  /// The same route with a query; an empty value is left out.
  func with(_ name: String, _ value: String?) -> Route {
    guard let value, !value.isEmpty else { return self }
    var copy = self
    copy.query.append(Pair(name: name, value: value))
    return copy
  }

  /// A place on that page: a field or a section, by its id.
  func at(_ place: String?) -> Route {
    var copy = self
    copy.fragment = place
    return copy
  }

  /// The page after an act, with the words that say what was done.
  func done(_ code: String) -> Route { with("done", code) }

  enum Pattern: String, CaseIterable, Sendable {
    case home = "/"
    case asset = "/assets/{digest}/{name}"
    case alive = "/healthz"
    case ready = "/readyz"

    case signIn = "/sign-in"
    case secondFactor = "/sign-in/code"
    case signOut = "/sign-out"
    case password = "/account/password"
    case sessions = "/account/sessions"
    case sessionEnd = "/account/sessions/{id}/end"
    case reads = "/account/reads"
    case preferences = "/preferences"
    case keys = "/help/keys"

    // Students, schools, resources, staff

    // Oversight

    // Desk and cases
    case today = "/today"
    case news = "/today/news"
    case cases = "/cases"
    case refer = "/referrals/new"
    case drafts = "/drafts"
    case caseFile = "/cases/{id}"
    case record = "/cases/{id}/records/{record}"
    case writeRecord = "/cases/{id}/write/{kind}"
    case mine = "/referrals/mine"
    case sent = "/referrals/mine/{id}"

    // Acts on a case
  }
}

extension Route {
  static let home = Route(.home)
  static let alive = Route(.alive)
  static let ready = Route(.ready)
  static let signIn = Route(.signIn)
  static let secondFactor = Route(.secondFactor)
  static let signOut = Route(.signOut)
  static let password = Route(.password)
  static let sessions = Route(.sessions)
  static let reads = Route(.reads)
  static let preferences = Route(.preferences)
  static let keys = Route(.keys)
  static let today = Route(.today)
  static let news = Route(.news)
  static let cases = Route(.cases)
  static let refer = Route(.refer)
  static let drafts = Route(.drafts)
  static let mine = Route(.mine)

  static func asset(_ digest: String, _ name: String) -> Route { Route(.asset, digest, name) }
  static func sessionEnd(_ id: String) -> Route { Route(.sessionEnd, id) }
  static func caseFile(_ id: ID<CaseFile>) -> Route { Route(.caseFile, id.description) }
  static func record(_ record: ID<CaseRecord>, in id: ID<CaseFile>) -> Route {
    Route(.record, id.description, record.description)
  }
  static func writeRecord(_ kind: CaseRecord.Kind, in id: ID<CaseFile>) -> Route {
    Route(.writeRecord, id.description, kind.rawValue)
  }
  static func sent(_ id: ID<Referral>) -> Route { Route(.sent, id.description) }
}

extension RouterMethods<PageContext> {
  @discardableResult
  func get(
    _ pattern: Route.Pattern,
    _ handler: @escaping @Sendable (Request, PageContext) async throws -> Response
  ) -> Self {
    get(RouterPath(pattern.rawValue), use: handler)
  }

  @discardableResult
  func post(
    _ pattern: Route.Pattern,
    _ handler: @escaping @Sendable (Request, PageContext) async throws -> Response
  ) -> Self {
    post(RouterPath(pattern.rawValue), use: handler)
  }
}

extension Response {
  /// See the page after an act (303), so that going back does not send the form again.
  static func to(_ route: Route) -> Response { .redirect(to: route.address.description) }
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Repositories

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
    case draftDiscard = "/drafts/discard"
    case caseFile = "/cases/{id}"
    case record = "/cases/{id}/records/{record}"
    case writeRecord = "/cases/{id}/write/{kind}"
    case mine = "/referrals/mine"
    case sent = "/referrals/mine/{id}"

    // Acts on a case
    case correctRecord = "/cases/{id}/records/{record}/correct"
    case approveRecord = "/cases/{id}/records/{record}/approve"
    case handBackRecord = "/cases/{id}/records/{record}/hand-back"
    case selectByRecord = "/cases/{id}/records/{record}/select"
    case consent = "/cases/{id}/consent"
    case askConsent = "/cases/{id}/consent/ask"
    case withdrawConsent = "/cases/{id}/consent/{consent}/withdraw"
    case step = "/cases/{id}/steps/{step}"
    case manage = "/cases/{id}/manage"
    case manageAct = "/cases/{id}/manage/{act}"
    case finishTask = "/tasks/{id}/done"
    case inbox = "/referrals"
    case inboxReferral = "/referrals/{id}"
    case receive = "/referrals/{id}/receive"
    case reply = "/referrals/{id}/reply"
    case emergency = "/emergency"
    case together = "/sessions/new"
    case abuse = "/abuse"
    case newAbuse = "/abuse/new"
    case abuseReport = "/abuse/{id}"
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
  static let draftDiscard = Route(.draftDiscard)
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

  static let inbox = Route(.inbox)
  static let emergency = Route(.emergency)
  static let together = Route(.together)
  static let abuse = Route(.abuse)
  static let newAbuse = Route(.newAbuse)
  static func correctRecord(_ record: ID<CaseRecord>, in id: ID<CaseFile>) -> Route {
    Route(.correctRecord, id.description, record.description)
  }
  static func approveRecord(_ record: ID<CaseRecord>, in id: ID<CaseFile>) -> Route {
    Route(.approveRecord, id.description, record.description)
  }
  static func handBackRecord(_ record: ID<CaseRecord>, in id: ID<CaseFile>) -> Route {
    Route(.handBackRecord, id.description, record.description)
  }
  static func selectByRecord(_ record: ID<CaseRecord>, in id: ID<CaseFile>) -> Route {
    Route(.selectByRecord, id.description, record.description)
  }
  static func consent(_ id: ID<CaseFile>) -> Route { Route(.consent, id.description) }
  static func askConsent(_ id: ID<CaseFile>) -> Route { Route(.askConsent, id.description) }
  static func withdrawConsent(_ consent: ID<Consent>, in id: ID<CaseFile>) -> Route {
    Route(.withdrawConsent, id.description, consent.description)
  }
  static func step(_ step: String, in id: ID<CaseFile>) -> Route { Route(.step, id.description, step) }
  static func manage(_ id: ID<CaseFile>) -> Route { Route(.manage, id.description) }
  static func manage(_ act: ManageAct, _ id: ID<CaseFile>) -> Route {
    Route(.manageAct, id.description, act.rawValue)
  }
  static func finishTask(_ id: ID<CaseTask>) -> Route { Route(.finishTask, id.description) }
  static func inboxReferral(_ id: ID<Referral>) -> Route { Route(.inboxReferral, id.description) }
  static func receive(_ id: ID<Referral>) -> Route { Route(.receive, id.description) }
  static func reply(_ id: ID<Referral>) -> Route { Route(.reply, id.description) }
  static func abuseReport(_ id: ID<AbuseReport>) -> Route { Route(.abuseReport, id.description) }
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

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
    let address = Address(pattern: pattern.rawValue, values: values)
    if query.isEmpty, fragment == nil { return address }
    return address.with(query: query.map { ($0.name, $0.value) }, fragment: fragment)
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
    case sessionEnd = "/account/sessions/end"
    case reads = "/account/reads"
    case preferences = "/preferences"
    case keys = "/help/keys"

    // Students, schools, resources, staff
    case secondStep = "/account/second-step"
    case secondStepOff = "/account/second-step/off"
    case students = "/students"
    case newStudent = "/students/new"
    case student = "/students/{id}"
    case household = "/students/{id}/household"
    case profile = "/students/{id}/profile"
    case newRelative = "/students/{id}/people/new"
    case relative = "/students/{id}/people/{person}"
    case relativeEnd = "/students/{id}/people/{person}/end"
    case categories = "/students/{id}/categories"
    case categoryEnd = "/students/{id}/categories/{code}/end"
    case rosters = "/rosters"
    case roster = "/rosters/{school}/{id}"
    case rosterMapping = "/rosters/{school}/{id}/mapping"
    case rosterRun = "/rosters/{school}/{id}/run"
    case rosterCancel = "/rosters/{school}/{id}/cancel"
    case rosterProblems = "/rosters/{school}/{id}/problems.csv"
    case schools = "/schools"
    case newSchool = "/schools/new"
    case school = "/schools/{id}"
    case schoolPlace = "/schools/{id}/place"
    case schoolYear = "/schools/{id}/years/{year}"
    case resources = "/resources"
    case newResource = "/resources/new"
    case resource = "/resources/{id}"
    case directoryFiles = "/directory"
    case directoryJSON = "/directory/export.json"
    case directoryTables = "/directory/export.zip"
    case directoryImport = "/directory/imports/{id}"
    case directoryImportRun = "/directory/imports/{id}/run"
    case directoryImportCancel = "/directory/imports/{id}/cancel"
    case editResource = "/resources/{id}/edit"
    case verifyResource = "/resources/{id}/verify"
    case newOffer = "/resources/{id}/services/new"
    case editOffer = "/resources/{id}/services/{offer}/edit"
    case staff = "/staff"
    case newStaff = "/staff/new"
    case staffMember = "/staff/{id}"
    case staffRoles = "/staff/{id}/roles"
    case staffEnd = "/staff/{id}/end"
    case staffPassword = "/staff/{id}/password"

    // Oversight
    case accessLog = "/oversight/reads"
    case events = "/oversight/events"
    case chain = "/oversight/chain"

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
    case accessCopy = "/cases/{id}/records/{record}/copy"
    case selectByRecord = "/cases/{id}/records/{record}/select"
    case consent = "/cases/{id}/consent"
    case askConsent = "/cases/{id}/consent/ask"
    case withdrawConsent = "/cases/{id}/consent/{consent}/withdraw"
    case matches = "/cases/{id}/matches"
    case informal = "/cases/{id}/informal"
    case newInformal = "/cases/{id}/informal/new"
    case informalPerson = "/cases/{id}/informal/{person}"
    case informalEnd = "/cases/{id}/informal/{person}/end"
    case unmetNeed = "/cases/{id}/unmet"
    case needMet = "/cases/{id}/unmet/{unmet}/met"
    case gaps = "/gaps"
    case newDevelopment = "/developments/new"
    case development = "/developments/{id}"
    case developmentTalk = "/developments/{id}/talks"
    case developmentEnd = "/developments/{id}/end"
    case step = "/cases/{id}/steps/{step}"
    case manage = "/cases/{id}/manage"
    case manageAct = "/cases/{id}/manage/{act}"
    case finishTask = "/tasks/{id}/done"
    case inbox = "/referrals"
    case inboxReferral = "/referrals/{id}"
    case receive = "/referrals/{id}/receive"
    case reply = "/referrals/{id}/reply"
    case agencyReferrals = "/agency-referrals"
    case agencyReferral = "/agency-referrals/{id}"
    case takeAgencyReferral = "/agency-referrals/{id}/take"
    case declineAgencyReferral = "/agency-referrals/{id}/decline"
    case revokeAgencyReferral = "/agency-referrals/{id}/revoke"
    case emergency = "/emergency"
    case together = "/sessions/new"
    case programmes = "/programmes"
    case newProgramme = "/programmes/new"
    case programme = "/programmes/{id}"
    case editProgramme = "/programmes/{id}/edit"
    case programmeSeats = "/programmes/{id}/seats"
    case moveUpSeat = "/programmes/{id}/seats/{seat}/move-up"
    case leaveSeat = "/programmes/{id}/seats/{seat}/leave"
    case newProgrammeSession = "/programmes/{id}/sessions/new"
    case cancelProgrammeSession = "/programmes/{id}/cancellations"
    case programmeSession = "/programmes/{id}/sessions/{session}"
    case abuse = "/abuse"
    case newAbuse = "/abuse/new"
    case abuseReport = "/abuse/{id}"

    // Linkages
    case linkages = "/cases/{id}/linkages"
    case newLinkage = "/cases/{id}/linkages/new"
    case linkage = "/cases/{id}/linkages/{linkage}"
    case editLinkage = "/cases/{id}/linkages/{linkage}/edit"
    case sendLinkage = "/cases/{id}/linkages/{linkage}/send"
    case linkageAct = "/cases/{id}/linkages/{linkage}/acts/{act}"
    case linkageFile = "/cases/{id}/linkages/{linkage}/files/{file}"
    case month = "/months"
    case monthCSV = "/months.csv"
    case monthXLSX = "/months.xlsx"
    case ledger = "/ledger"
    case ledgerCSV = "/ledger.csv"
    case ledgerXLSX = "/ledger.xlsx"
    case agencyLink = "/l/{token}"
    case agencyCode = "/l/{token}/code"
    case agencyAnswer = "/l/{token}/answer"
    case agencyRefer = "/l/{token}/referral"
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
  static let sessionEnd = Route(.sessionEnd)
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
  static func accessCopy(_ record: ID<CaseRecord>, in id: ID<CaseFile>) -> Route {
    Route(.accessCopy, id.description, record.description)
  }
  static func selectByRecord(_ record: ID<CaseRecord>, in id: ID<CaseFile>) -> Route {
    Route(.selectByRecord, id.description, record.description)
  }
  static func consent(_ id: ID<CaseFile>) -> Route { Route(.consent, id.description) }
  static func askConsent(_ id: ID<CaseFile>) -> Route { Route(.askConsent, id.description) }
  static func withdrawConsent(_ consent: ID<Consent>, in id: ID<CaseFile>) -> Route {
    Route(.withdrawConsent, id.description, consent.description)
  }
  static let gaps = Route(.gaps)
  static let newDevelopment = Route(.newDevelopment)
  static func development(_ id: ID<Development>) -> Route { Route(.development, id.description) }
  static func developmentTalk(_ id: ID<Development>) -> Route { Route(.developmentTalk, id.description) }
  static func developmentEnd(_ id: ID<Development>) -> Route { Route(.developmentEnd, id.description) }
  static func unmetNeed(in id: ID<CaseFile>) -> Route { Route(.unmetNeed, id.description) }
  static func needMet(_ unmet: ID<UnmetNeed>, in id: ID<CaseFile>) -> Route {
    Route(.needMet, id.description, unmet.description)
  }
  static func matches(of id: ID<CaseFile>) -> Route { Route(.matches, id.description) }
  static func informal(of id: ID<CaseFile>) -> Route { Route(.informal, id.description) }
  static func newInformal(in id: ID<CaseFile>) -> Route { Route(.newInformal, id.description) }
  static func informalPerson(_ person: ID<InformalResource>, in id: ID<CaseFile>) -> Route {
    Route(.informalPerson, id.description, person.description)
  }
  static func informalEnd(_ person: ID<InformalResource>, in id: ID<CaseFile>) -> Route {
    Route(.informalEnd, id.description, person.description)
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

// Linkages.
extension Route {
  static let month = Route(.month)
  static let monthCSV = Route(.monthCSV)
  static let monthXLSX = Route(.monthXLSX)
  static let ledger = Route(.ledger)
  static let ledgerCSV = Route(.ledgerCSV)
  static let ledgerXLSX = Route(.ledgerXLSX)

  static func linkages(of id: ID<CaseFile>) -> Route { Route(.linkages, id.description) }
  static func newLinkage(in id: ID<CaseFile>) -> Route { Route(.newLinkage, id.description) }
  static func linkage(_ linkage: ID<Linkage>, in id: ID<CaseFile>) -> Route {
    Route(.linkage, id.description, linkage.description)
  }
  static func editLinkage(_ linkage: ID<Linkage>, in id: ID<CaseFile>) -> Route {
    Route(.editLinkage, id.description, linkage.description)
  }
  static func sendLinkage(_ linkage: ID<Linkage>, in id: ID<CaseFile>) -> Route {
    Route(.sendLinkage, id.description, linkage.description)
  }
  static func linkageAct(_ act: LinkageAct, _ linkage: ID<Linkage>, in id: ID<CaseFile>) -> Route {
    Route(.linkageAct, id.description, linkage.description, act.rawValue)
  }
  static func linkageFile(
    _ file: ID<StoredLinkageFile>, of linkage: ID<Linkage>, in id: ID<CaseFile>
  ) -> Route {
    Route(.linkageFile, id.description, linkage.description, file.description)
  }
  static func agencyLink(_ token: String) -> Route { Route(.agencyLink, token) }
  static func agencyCode(_ token: String) -> Route { Route(.agencyCode, token) }
  static func agencyAnswer(_ token: String) -> Route { Route(.agencyAnswer, token) }
  static func agencyRefer(_ token: String) -> Route { Route(.agencyRefer, token) }

  static let agencyReferrals = Route(.agencyReferrals)
  static func agencyReferral(_ id: ID<AgencyReferral>) -> Route { Route(.agencyReferral, id.description) }
  static func takeAgencyReferral(_ id: ID<AgencyReferral>) -> Route {
    Route(.takeAgencyReferral, id.description)
  }
  static func declineAgencyReferral(_ id: ID<AgencyReferral>) -> Route {
    Route(.declineAgencyReferral, id.description)
  }
  static func revokeAgencyReferral(_ id: ID<AgencyReferral>) -> Route {
    Route(.revokeAgencyReferral, id.description)
  }
}

// Programmes.
extension Route {
  static let programmes = Route(.programmes)
  static let newProgramme = Route(.newProgramme)

  static func programme(_ id: ID<Programme>) -> Route { Route(.programme, id.description) }
  static func editProgramme(_ id: ID<Programme>) -> Route { Route(.editProgramme, id.description) }
  static func programmeSeats(of id: ID<Programme>) -> Route { Route(.programmeSeats, id.description) }
  static func moveUpSeat(_ seat: ID<Seat>, of id: ID<Programme>) -> Route {
    Route(.moveUpSeat, id.description, seat.description)
  }
  static func leaveSeat(_ seat: ID<Seat>, of id: ID<Programme>) -> Route {
    Route(.leaveSeat, id.description, seat.description)
  }
  static func newProgrammeSession(of id: ID<Programme>) -> Route {
    Route(.newProgrammeSession, id.description)
  }
  static func cancelProgrammeSession(of id: ID<Programme>) -> Route {
    Route(.cancelProgrammeSession, id.description)
  }
  static func programmeSession(_ session: ID<ProgrammeSession>, of id: ID<Programme>) -> Route {
    Route(.programmeSession, id.description, session.description)
  }
}

// Students, schools, resources, staff, oversight.
extension Route {
  static let secondStep = Route(.secondStep)
  static let secondStepOff = Route(.secondStepOff)
  static let students = Route(.students)
  static let newStudent = Route(.newStudent)
  static let rosters = Route(.rosters)
  static let schools = Route(.schools)
  static let newSchool = Route(.newSchool)
  static let resources = Route(.resources)
  static let newResource = Route(.newResource)
  static let directoryFiles = Route(.directoryFiles)
  static let directoryJSON = Route(.directoryJSON)
  static let directoryTables = Route(.directoryTables)
  static let staff = Route(.staff)
  static let newStaff = Route(.newStaff)
  static let accessLog = Route(.accessLog)
  static let events = Route(.events)
  static let chain = Route(.chain)

  static func student(_ id: ID<Student>) -> Route { Route(.student, id.description) }
  static func household(of id: ID<Student>) -> Route { Route(.household, id.description) }
  static func profile(of id: ID<Student>) -> Route { Route(.profile, id.description) }
  static func newRelative(of id: ID<Student>) -> Route { Route(.newRelative, id.description) }
  static func relative(_ person: ID<Relative>, of id: ID<Student>) -> Route {
    Route(.relative, id.description, person.description)
  }
  static func relativeEnd(_ person: ID<Relative>, of id: ID<Student>) -> Route {
    Route(.relativeEnd, id.description, person.description)
  }
  static func categories(of id: ID<Student>) -> Route { Route(.categories, id.description) }
  static func categoryEnd(_ code: String, of id: ID<Student>) -> Route {
    Route(.categoryEnd, id.description, code)
  }
  static func roster(_ id: ID<RosterImport>, in school: ID<School>) -> Route { roster(.roster, id, school) }
  static func rosterMapping(_ id: ID<RosterImport>, in school: ID<School>) -> Route {
    roster(.rosterMapping, id, school)
  }
  static func rosterRun(_ id: ID<RosterImport>, in school: ID<School>) -> Route {
    roster(.rosterRun, id, school)
  }
  static func rosterCancel(_ id: ID<RosterImport>, in school: ID<School>) -> Route {
    roster(.rosterCancel, id, school)
  }
  static func rosterProblems(_ id: ID<RosterImport>, in school: ID<School>) -> Route {
    roster(.rosterProblems, id, school)
  }
  private static func roster(
    _ pattern: Pattern, _ id: ID<RosterImport>, _ school: ID<School>
  ) -> Route {
    Route(pattern, school.description, id.description)
  }
  static func school(_ id: ID<School>) -> Route { Route(.school, id.description) }
  static func schoolPlace(_ id: ID<School>) -> Route { Route(.schoolPlace, id.description) }
  static func schoolYear(_ year: Int, of id: ID<School>) -> Route {
    Route(.schoolYear, id.description, String(year))
  }
  static func resource(_ id: ID<Resource>) -> Route { Route(.resource, id.description) }
  static func editResource(_ id: ID<Resource>) -> Route { Route(.editResource, id.description) }
  static func directoryImport(_ id: ID<DirectoryImport>) -> Route { Route(.directoryImport, id.description) }
  static func directoryImportRun(_ id: ID<DirectoryImport>) -> Route {
    Route(.directoryImportRun, id.description)
  }
  static func directoryImportCancel(_ id: ID<DirectoryImport>) -> Route {
    Route(.directoryImportCancel, id.description)
  }
  static func verifyResource(_ id: ID<Resource>) -> Route { Route(.verifyResource, id.description) }
  static func newOffer(of id: ID<Resource>) -> Route { Route(.newOffer, id.description) }
  static func editOffer(_ offer: ID<Offer>, of id: ID<Resource>) -> Route {
    Route(.editOffer, id.description, offer.description)
  }
  static func staffMember(_ id: ID<Staff>) -> Route { Route(.staffMember, id.description) }
  static func staffRoles(of id: ID<Staff>) -> Route { Route(.staffRoles, id.description) }
  static func staffEnd(of id: ID<Staff>) -> Route { Route(.staffEnd, id.description) }
  static func staffPassword(of id: ID<Staff>) -> Route { Route(.staffPassword, id.description) }
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

import CaseWork
import Foundation
public import Gateway
public import Hummingbird
public import Logging
import Markup
public import Operations
import Practice

/// The pages, and all they stand on.
public struct Site: Sendable {
  let office: Office
  let assets: Assets
  let isDemo: Bool
  /// As people type it, where it is known: for addresses that go to somebody outside.
  var origin: String?

  /// - Throws: where the site's own sheets and modules cannot be read.
  public init(_ office: Office, isDemo: Bool = false) throws {
    self.office = office
    self.isDemo = isDemo
    assets = try Assets.bundled()
  }

  /// How the site is reached.
  public struct Door: Sendable {
    /// The proxies whose `X-Forwarded-For` counts.
    public let proxies: [NetworkRange]
    /// As people type it, such as `https://gyeot.example`; `nil` where any name will do.
    public let origin: String?
    /// Whether TLS ends in this program.
    public let endsTLS: Bool

    public init(proxies: [NetworkRange] = [], origin: String? = nil, endsTLS: Bool = false) {
      self.proxies = proxies
      self.origin = origin
      self.endsTLS = endsTLS
    }

    /// Whether every visitor comes over TLS, whoever ends it.
    var isSecure: Bool { endsTLS || origin?.lowercased().hasPrefix("https://") ?? false }
  }

  /// Every page behind every guard.
  ///
  /// - Parameter open: answers before anybody is asked who they are, and sets no cookie.
  public func router(
    logger: Logger, door: Door = Door(), open: (any MiddlewareProtocol<Request, Response, PageContext>)? = nil
  ) -> Router<PageContext> {
    let router = Router(context: PageContext.self, options: .autoGenerateHeadEndpoints)
    let mishaps = MishapPages(logger: logger, faultID: { faultID() }, render: { answer(to: $0, $1) })
    router.addMiddleware {
      ClientAddress(trusting: door.proxies, servesTLS: door.isSecure)
      SecurityHeaders()
      RequestLog(logger)
      // Once for what goes wrong before anybody is known, once behind, where the page may greet them.
      mishaps
    }
    if let open { router.add(middleware: open) }
    router.addMiddleware {
      SessionGuard { secret, _ in try await visitor(of: secret) }
      mishaps
      FormGuard(origin: door.origin) { request, context in try await agencyUpload(request, context) }
      // And where it is known what was sent, so that it can be sent again.
      mishaps
    }
    var site = self
    site.origin = door.origin
    site.addPages(to: router)
    return router
  }

  /// One line a page; each page lives in its own file.
  private func addPages(to router: Router<PageContext>) {
    addHealth(to: router)
    addAssets(to: router)
    addHome(to: router)
    addSignIn(to: router)
    addSecondFactor(to: router)
    addPassword(to: router)
    addSessions(to: router)
    addReads(to: router)
    addDrafts(to: router)
    addRefer(to: router)
    addMyReferrals(to: router)
    // Students, schools, resources, staff, oversight
    addSecondStep(to: router)
    addStudents(to: router)
    addHousehold(to: router)
    addRosters(to: router)
    addSchools(to: router)
    addResources(to: router)
    addDirectoryFiles(to: router)
    addStaff(to: router)
    addOversight(to: router)

    // Desk and cases
    addToday(to: router)
    addCaseload(to: router)
    addMonths(to: router)
    addCase(to: router)
    // Acts on a case
    addReading(to: router)
    addWriting(to: router)
    addInbox(to: router)
    addAgencyReferrals(to: router)
    addConsent(to: router)
    addMatches(to: router)
    addGaps(to: router)
    addInformal(to: router)
    addSteps(to: router)
    addManage(to: router)
    addTogether(to: router)
    addProgrammes(to: router)
    addEmergency(to: router)
    addAbuse(to: router)
    // Linkages
    addLinkages(to: router)
    addAgency(to: router)
    addLedger(to: router)

    // Help
    addPreferences(to: router)
    addKeys(to: router)
  }

  func frame(_ context: PageContext, done: String? = nil) -> Frame {
    Frame(
      say: Speech(
        wordings: office.practice.wordings, lists: office.practice.codes,
        language: context.preferences.language),
      preferences: context.preferences, visitor: context.visitor, token: context.formToken,
      newFormID: office.random, path: context.path,
      now: office.clock(), isDemo: isDemo, assets: assets, idle: office.practice.policy.signIn, done: done)
  }

  /// The frame of a page somebody asked for: says what their last act did.
  func frame(_ request: Request, _ context: PageContext) -> Frame {
    var frame = frame(context, done: request.uri.queryParameters.get("done"))
    if let record = request.uri.queryParameters.get("record").flatMap({ ID<CaseRecord>($0) }),
      let file = try? context.id(of: CaseFile.self)
    {
      frame.written = .record(record, in: file)
    }
    return frame
  }

  /// Short enough to be read out on the telephone: six characters without those that look alike.
  private func faultID() -> String {
    let letters = Array("234679ACDEFHJKMNPRTWXY")
    let bytes = office.random().uuid
    return String(
      [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5].map { letters[Int($0) % letters.count] })
  }
}

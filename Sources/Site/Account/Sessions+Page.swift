import CaseWork
import Gateway
import Hummingbird
import Operations
import Repositories

extension Site {
  func addSessions(to router: Router<PageContext>) {
    router.get(.sessions) { request, context in
      let visitor = try context.signedIn
      let frame = frame(request, context)
      let lines = try await ListSessions(office)(of: visitor.staff).map { session in
        SessionsPage.Line(
          id: session.id.description, address: session.address, startedAt: session.begunAt,
          seenAt: session.seenAt,
          isThis: session.id.description == visitor.session)
      }
      return frame.response(SessionsPage(sessions: lines).page(frame))
    }
    router.post(.sessionEnd) { _, context in
      try await EndSession(office)(try context.id(of: SignInSession.self), by: try context.signedIn.staff)
      return .to(.sessions.done("session-ended"))
    }
  }

  func addReads(to router: Router<PageContext>) {
    router.get(.reads) { request, context in
      let frame = frame(request, context)
      let cursor = request.uri.queryParameters.get("before").flatMap { ID<AccessRow>($0) }
      let rows = try await ReadOwnTrail(office)(of: try context.signedIn.staff, before: cursor, atMost: 100)
      let lines = rows.map {
        ReadsPage.Line(at: $0.at, what: $0.work, count: $0.subjects, address: $0.address)
      }
      let more = rows.count == 100 ? rows.last.map { Route.reads.with("before", $0.id.description) } : nil
      return frame.response(ReadsPage(reads: lines, more: more).page(frame))
    }
  }
}

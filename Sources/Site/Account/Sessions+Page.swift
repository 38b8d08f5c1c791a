import CaseWork
import Gateway
import Hummingbird
import Operations
import Repositories

extension Site {
  func addSessions(to router: Router<PageContext>) {
    router.get(.sessions) { request, context in
      let frame = frame(request, context)
      return frame.response(try await sessionsPage(of: try context.signedIn).page(frame))
    }
    router.post(.sessionEnd) { _, context in
      let visitor = try context.signedIn
      do {
        guard let id = context.form["session"].flatMap({ ID<SignInSession>($0) }) else {
          throw Refusal.notFound
        }
        try await EndSessionElsewhere(office)(
          id, password: context.form["password"] ?? "", by: visitor.staff)
        return .to(.sessions.done("session-ended"))
      } catch Refusal.invalid(let problems) {
        let frame = frame(context)
        let page = try await sessionsPage(of: visitor, problems)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
  }

  private func sessionsPage(of visitor: Visitor, _ problems: [Problem] = []) async throws -> SessionsPage {
    let lines = try await ListSessions(office)(of: visitor.staff).map { session in
      SessionsPage.Line(
        id: session.id.description, address: session.address, startedAt: session.begunAt,
        seenAt: session.seenAt,
        isThis: session.id.description == visitor.session)
    }
    return SessionsPage(sessions: lines, problems: problems)
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

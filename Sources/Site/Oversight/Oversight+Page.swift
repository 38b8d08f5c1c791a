import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Repositories

extension Site {
  func addOversight(to router: Router<PageContext>) {
    router.get(.accessLog) { request, context in
      let asker = try context.asker
      let schools = try await guardedSchools(asker.staff)
      let query = request.uri.queryParameters
      var page = AccessLogPage(schools: schools, wish: .init(query, schools: schools))
      page.colleagues = try await ReadStaff(office).colleagues(in: page.wish.school, of: asker.staff)
      if page.wish.problems.isEmpty {
        page.rows = try await ReadAccessLog(office)(
          of: page.wish.school, student: page.wish.student, staff: page.wish.staff, days: page.wish.days,
          before: query.get("before").flatMap { ID($0) }, atMost: AccessLogPage.size, by: asker)
      }
      let frame = frame(request, context)
      return frame.response(
        page.page(frame), status: page.wish.problems.isEmpty ? .ok : .unprocessableContent)
    }
    router.get(.events) { request, context in
      let asker = try context.asker
      let schools = try await guardedSchools(asker.staff)
      let query = request.uri.queryParameters
      let wanted = query.get("school").flatMap { ID<School>($0) }
      guard let school = schools.first(where: { $0.id == wanted }) ?? schools.first else {
        throw Refusal.notFound
      }
      let rows = try await ReadEvents(office)(
        of: school.id, before: query.get("before").flatMap { ID($0) }, atMost: EventsPage.size, by: asker)
      let frame = frame(request, context)
      return frame.response(EventsPage(rows: rows, school: school, schools: schools).page(frame))
    }
    addChain(to: router)
  }

  private func addChain(to router: Router<PageContext>) {
    router.get(.chain) { request, context in
      let schools = try await verifiable(context)
      let frame = frame(request, context)
      return frame.response(ChainPage(report: nil, schools: schools).page(frame))
    }
    router.post(.chain) { _, context in
      let schools = try await verifiable(context)
      let report = try await VerifyTrail(office)(by: try context.signedIn.staff)
      let frame = frame(context)
      return frame.response(ChainPage(report: report, schools: schools).page(frame))
    }
  }

  /// The schools whose trail somebody watches over; whoever watches over none finds no such page.
  private func guardedSchools(_ staff: Staff) async throws -> [School] {
    let own = Set(staff.schools(as: [.privacyOfficer]))
    guard !own.isEmpty else { throw Refusal.notFound }
    return try await ReadSchools(office)(of: staff).filter { own.contains($0.id) }
  }

  private func verifiable(_ context: PageContext) async throws -> [School] {
    let staff = try context.signedIn.staff
    guard staff.has(.privacyOfficer) || staff.has(.administrator) else { throw Refusal.notFound }
    return try await ReadSchools(office)(of: staff)
  }
}

/// The tabs of the pages of oversight.
struct OversightTabs: Sendable {
  let here: Route.Pattern
  var isOfficer = true

  func html(_ frame: Frame) -> HTML {
    let all: [(Route, String)] = [
      (.accessLog, "access-log"), (.events, "events"), (.ledger, "ledger"), (.chain, "chain"),
    ]
    let shown = isOfficer ? all : Array(all.suffix(1))
    return nav(.class("tabs mb4"), .aria("label", frame.say("oversight.title"))) {
      ul {
        for (route, name) in shown {
          li { a(.href(route.address), .current(if: route.pattern == here)) { frame.say("\(name).title") } }
        }
      }
    }
  }
}

import CaseWork
import Documents
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Operations
import Repositories

extension Site {
  func addRosters(to router: Router<PageContext>) {
    router.get(.rosters) { request, context in
      let frame = frame(request, context)
      return frame.response(try await rostersPage(context).page(frame))
    }
    router.post(.rosters) { _, context in try await receiveRoster(context) }
    router.get(.roster) { request, context in try await showRoster(request, context) }
    router.post(.rosterMapping) { _, context in
      let (id, school) = try rosterID(context)
      var fields: [Int: Roster.Field] = [:]
      for column in 0..<Site.widest {
        fields[column] = context.form["column.\(column)"].flatMap(Roster.Field.init(rawValue:))
      }
      try await ImportRoster(office).correct(id, fields: fields, in: school, by: try context.asker)
      return .to(.roster(id, in: school).at("preview"))
    }
    router.post(.rosterRun) { _, context in try await startRoster(context) }
    router.post(.rosterCancel) { _, context in
      let (id, school) = try rosterID(context)
      try await ImportRoster(office).cancel(id, in: school, by: try context.asker)
      return .to(.roster(id, in: school).done("roster-cancelled"))
    }
    router.get(.rosterProblems) { _, context in try await rosterProblems(context) }
  }

  /// Columns that may be chosen for; no class list has more.
  static let widest = 60

  /// Of a school whose lists the asker brings in; of another there is none.
  private func rosterID(_ context: PageContext) throws -> (ID<RosterImport>, ID<School>) {
    let ids = (try context.id(of: RosterImport.self), try context.id(of: School.self, "school"))
    guard try context.signedIn.staff.importing.contains(ids.1) else { throw Refusal.notFound }
    return ids
  }

  private func rostersPage(_ context: PageContext) async throws -> RostersPage {
    let schools = try await rosterSchools(context)
    let asker = try context.asker
    var latest: [RosterImport] = []
    for school in schools { latest += try await ImportRoster(office).latest(in: school.id, by: asker) }
    return RostersPage(
      schools: schools, year: SchoolYear.year(of: Day(inKoreaAt: office.clock())),
      latest: Array(latest.sorted { $0.begunAt > $1.begunAt }.prefix(10)))
  }

  private func receiveRoster(_ context: PageContext) async throws -> Response {
    let form = context.form
    var page = try await rostersPage(context)
    page.sent = form
    do {
      guard let school = page.schools.first(where: { $0.id.description == form["school"] }) else {
        throw Refusal.invalid([Problem("school", "unknown-code")])
      }
      guard let year = form["year"].flatMap({ Int($0) }), (2000...2100).contains(year) else {
        throw Refusal.invalid([Problem("year", "not-a-year")])
      }
      guard let file = form.files["file"] else { throw Refusal.invalid([Problem("file", "choose-file")]) }
      let sheet = Text.cleaned(form["sheet"] ?? "", keepingLines: false)
      let id = try await ImportRoster(office).receive(
        file.bytes, name: file.name, sheet: sheet.isEmpty ? nil : sheet, in: school.id, year: year,
        by: try context.asker)
      return .to(.roster(id, in: school.id))
    } catch Refusal.invalid(let problems) {
      page.problems = problems
    } catch let problem as TableProblem {
      page.tableProblem = problem
    }
    let frame = frame(context)
    return frame.response(page.page(frame), status: .unprocessableContent)
  }

  private func showRoster(
    _ request: Request, _ context: PageContext, problems: [Problem] = []
  ) async throws -> Response {
    let (id, school) = try rosterID(context)
    let asker = try context.asker
    let act = ImportRoster(office)
    let progress = try await act.progress(id, in: school, by: asker)
    let name = try await ReadSchools(office)(of: asker.staff).first { $0.id == school }?.name ?? ""
    let frame = frame(request, context)
    switch progress.status {
    case .previewed:
      let preview = try await act.preview(of: id, in: school, by: asker)
      let page = RosterPreviewPage(
        id: id, school: school, schoolName: name, preview: preview, problems: problems)
      return frame.response(page.page(frame), status: problems.isEmpty ? .ok : .unprocessableContent)
    case .running:
      var response = frame.response(RosterProgressPage(progress: progress, schoolName: name).page(frame))
      // Without a script: the page asks again by itself.
      response.headers[.refresh] = "2"
      return response
    case .done, .failed, .cancelled:
      let report = try await act.report(id, in: school, by: asker)
      return frame.response(RosterReportPage(report: report, schoolName: name).page(frame))
    }
  }

  private func startRoster(_ context: PageContext) async throws -> Response {
    let (id, school) = try rosterID(context)
    let asker = try context.asker
    do {
      let choice = context.form["choice"].flatMap(ImportRoster.Choice.init(rawValue:)) ?? .allOrNothing
      try await ImportRoster(office).start(id, in: school, choice, by: asker)
      return .to(.roster(id, in: school))
    } catch Refusal.invalid(let problems) {
      let preview = try await ImportRoster(office).preview(of: id, in: school, by: asker)
      let name = try await ReadSchools(office)(of: asker.staff).first { $0.id == school }?.name ?? ""
      let page = RosterPreviewPage(
        id: id, school: school, schoolName: name, preview: preview, problems: problems)
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    }
  }

  /// Every row that was not taken, as a file to work with.
  private func rosterProblems(_ context: PageContext) async throws -> Response {
    let (id, school) = try rosterID(context)
    let asker = try context.asker
    let act = ImportRoster(office)
    let status = try await act.progress(id, in: school, by: asker).status
    let problems =
      status == .previewed
      ? try await act.preview(of: id, in: school, by: asker).problems
      : try await act.report(id, in: school, by: asker).problems
    let say = frame(context).say
    return .file(RosterErrors.file(problems) { say($0) }, "text/csv; charset=utf-8", "roster-problems.csv")
  }
}

extension HTTPField.Name {
  /// Asks the browser to come again; a token of RFC 9110, so it never falls back.
  fileprivate static let refresh = HTTPField.Name("Refresh") ?? .trailer
}

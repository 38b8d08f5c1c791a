import CaseWork
import Gateway
import HTTPTypes
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  /// 제3자 제공대장: on a page, and as files for the office's own papers.
  func addLedger(to router: Router<PageContext>) {
    router.get(.ledger) { request, context in
      var page = try await ledger(request, context)
      if page.problems.isEmpty {
        page.rows = try await rows(of: page, "read-ledger", atMost: 500, context)
      }
      let frame = frame(request, context)
      return frame.response(page.page(frame), status: page.problems.isEmpty ? .ok : .unprocessableContent)
    }
    router.get(.ledgerCSV) { request, context in
      let table = try await ledgerTable(request, context)
      return .csv(table, named: "ledger")
    }
    router.get(.ledgerXLSX) { request, context in
      let table = try await ledgerTable(request, context)
      return .xlsx(table, sheet: frame(context).say("ledger.title"), named: "ledger")
    }
  }

  private func ledgerTable(_ request: Request, _ context: PageContext) async throws -> [[String]] {
    let page = try await ledger(request, context)
    guard page.problems.isEmpty else { throw Refusal.invalid(page.problems) }
    let rows = try await rows(of: page, "export-ledger", atMost: 100_000, context)
    let say = frame(context).say
    return [LedgerPage.columns.map { say("ledger.\($0)") }] + rows.map { LedgerPage.cells(of: $0, say) }
  }

  /// Of the school that was chosen, or of each one's own, one after another.
  private func rows(
    of page: LedgerPage, _ work: String, atMost limit: Int, _ context: PageContext
  ) async throws -> [LedgerRow] {
    var rows: [LedgerRow] = []
    for school in page.school.map({ [$0] }) ?? page.schools {
      rows += try await ReadLedger(office)(
        of: school.id, days: page.days, work: work, atMost: limit, for: try context.asker)
    }
    return rows.sorted { $0.disclosure.at > $1.disclosure.at }
  }

  private func ledger(_ request: Request, _ context: PageContext) async throws -> LedgerPage {
    let asker = try context.asker
    let own = Set(asker.staff.schools(as: [.privacyOfficer, .caseManager]))
    guard !own.isEmpty else { throw Refusal.notFound }
    let schools = try await ReadSchools(office)(of: asker.staff).filter { own.contains($0.id) }
    let query = request.uri.queryParameters
    let wanted = query.get("school").flatMap { ID<School>($0) }
    let school = schools.first { $0.id == wanted }
    if wanted != nil, school == nil { throw Refusal.notFound }
    let today = Day(inKoreaAt: office.clock())
    var page = LedgerPage(school: school, schools: schools, today: today)
    page.from = query.get("from")?.nonEmpty
    page.until = query.get("until")?.nonEmpty
    return page
  }
}

/// What left, row by row, with the eight things the decree asks for.
struct LedgerPage: Sendable {
  /// `nil` for all of one's own.
  let school: School?
  let schools: [School]
  let today: Day
  /// As typed.
  var from: String?
  var until: String?
  var rows: [LedgerRow] = []

  /// 시행령 제15조: file, recipient, purpose, ground, items, day and period, form, measures; then whose and by whom.
  static let columns = [
    "file", "recipient", "purpose", "ground", "items", "when", "form", "measures", "case", "student", "by",
  ]

  var days: ClosedRange<Day> {
    let (first, last) = (firstDay ?? today, lastDay ?? today)
    return min(first, last)...max(first, last)
  }

  private var firstDay: Day? {
    guard let from else { return SchoolYear.firstDay(of: SchoolYear.year(of: today)) }
    return Day(typed: Text.withPlainDigits(from))
  }

  private var lastDay: Day? {
    guard let until else { return today }
    return Day(typed: Text.withPlainDigits(until))
  }

  var problems: [Problem] {
    (firstDay == nil ? [Problem("from", "not-a-day")] : [])
      + (lastDay == nil ? [Problem("until", "not-a-day")] : [])
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let query = [
      ("school", school?.id.description ?? ""), ("from", days.lowerBound.description),
      ("until", days.upperBound.description),
    ]
    func with(_ route: Route) -> Route { query.reduce(route) { $0.with($1.0, $1.1) } }
    return Page(say("ledger.title"), problems: problems.count) {
      if frame.visitor?.staff.has(.privacyOfficer) ?? false { OversightTabs(here: .ledger).html(frame) }
      frame.problemSummary(problems, ["from": say("ledger.from"), "until": say("ledger.until")])
      frame.pageHead(
        say("ledger.title"), lead: say("ledger.lead"),
        act: problems.isEmpty
          ? HTML.several([
            a(.class("btn"), .href(with(.ledgerCSV).address)) { say("ledger.csv") },
            a(.class("btn"), .href(with(.ledgerXLSX).address)) { say("ledger.xlsx") },
          ]) : .nothing)
      Markup.form(.class("form tight mt4"), .action(Route.ledger.address)) {
        div(.class("fields two")) {
          if schools.count > 1 {
            frame.picker(
              "school", say("ledger.school"), schools.map { (value: $0.id.description, words: $0.name) },
              chosen: school?.id.description, empty: say("caseload.school.all"))
          }
          frame.entry(
            Entry("from", say("ledger.from"), from ?? say.typed(days.lowerBound)).with { $0.width = "w8" },
            problems)
          frame.entry(
            Entry("until", say("ledger.until"), until ?? say.typed(days.upperBound)).with { $0.width = "w8" },
            problems)
        }
        div { button(.class("btn")) { say("ledger.find") } }
      }
      if problems.isEmpty { list(frame) }
    }
  }

  private func list(_ frame: Frame) -> HTML {
    let say = frame.say
    if rows.isEmpty { return frame.empty(say("ledger.none"), say("ledger.none.text")) }
    return table(.class("table cards mt5")) {
      caption(.class("sr")) { say("ledger.title") }
      thead {
        tr { for column in LedgerPage.columns.dropFirst() { th(.scope("col")) { say("ledger.\(column)") } } }
      }
      tbody {
        for row in rows {
          tr {
            for (column, text) in zip(LedgerPage.columns, LedgerPage.cells(of: row, say)).dropFirst() {
              column == "recipient"
                ? th(.scope("row")) { text } : td(.data("label", say("ledger.\(column)"))) { span { text } }
            }
          }
        }
      }
    }
  }

  static func cells(of row: LedgerRow, _ say: Speech) -> [String] {
    let disclosure = row.disclosure
    let isTransfer = row.purpose == nil
    let items = CodeList.Name(rawValue: isTransfer ? "transfer-item" : "share-item")
    let ground =
      disclosure.ground == "consent"
      ? say("ledger.ground.consent")
      : [
        say.name(of: disclosure.ground, in: .disclosureGround),
        say.lists[.disclosureGround]?[disclosure.ground]?.hint.map { say($0) } ?? "",
      ].filter { !$0.isEmpty }.joined(separator: ": ")
    let when = [
      say.typed(Day(inKoreaAt: disclosure.at)),
      row.consentUntil.map { say("ledger.until-day", ["day": say.typed($0)]) },
    ].compactMap { $0 }.joined(separator: ", ")
    return [
      say("ledger.file.name"), row.recipient, row.purpose ?? say("ledger.purpose.transfer"), ground,
      disclosure.items.map {
        $0 == Disclosure.message ? say("linkage.preview.message") : say.name(of: $0, in: items)
      }.joined(separator: ", "), when,
      say("ledger.form.\(disclosure.form)"), measures(of: row, say), row.number, row.student, row.by,
    ]
  }

  private static func measures(of row: LedgerRow, _ say: Speech) -> String {
    if let day = row.withdrawnOn { return say("ledger.measures.withdrawn", ["day": say.typed(day)]) }
    if row.state == .rejected { return say("ledger.measures.rejected") }
    // The agency's own page says so; of what left on paper it is not known.
    return row.disclosure.form == "link" ? say("ledger.measures.limits") : "-"
  }
}

import CaseWork
import Gateway
import Hummingbird
import Operations

extension Site {
  /// 월별 실적: on a page, and as files for the reports of the office.
  func addMonths(to router: Router<PageContext>) {
    router.get(.month) { request, context in
      let page = try await month(request, context)
      let frame = frame(request, context)
      return frame.response(MonthReportPage(month: page).page(frame))
    }
    router.get(.monthCSV) { request, context in
      let page = try await month(request, context, work: "export-month")
      return .csv(MonthReportPage(month: page).rows(frame(context).say), named: "month-\(page.month)")
    }
    router.get(.monthXLSX) { request, context in
      let page = try await month(request, context, work: "export-month")
      let say = frame(context).say
      return .xlsx(
        MonthReportPage(month: page).rows(say), sheet: say("month.title"), named: "month-\(page.month)")
    }
  }

  /// A month that does not exist, or is still to come, is this one.
  private func month(
    _ request: Request, _ context: PageContext, work: String = "month"
  ) async throws -> MonthPage {
    let query = request.uri.queryParameters
    let wanted = query.get("school")?.nonEmpty
    let school = wanted.flatMap { ID<School>($0) }
    if wanted != nil, school == nil { throw Refusal.notFound }
    return try await ReadMonth(office)(
      query.get("month").flatMap { Month($0) }, of: school, work: work, by: try context.asker)
  }
}

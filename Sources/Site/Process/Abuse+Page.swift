import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  /// 아동학대 신고 기록: in a compartment of its own. Nothing of it appears on any other page, in a count or in a search.
  func addAbuse(to router: Router<PageContext>) {
    router.get(.abuse) { request, context in
      let asker = try context.asker
      guard mayRead(asker.staff) else { throw Refusal.notFound }
      let reports = try await ReadAbuseReports(office)(for: asker)
      let frame = frame(request, context)
      return frame.response(AbuseListPage(reports: reports, mayReport: mayReport(asker.staff)).page(frame))
    }
    router.get(.newAbuse) { request, context in
      let query = request.uri.queryParameters
      guard mayReport(try context.asker.staff) else { throw Refusal.notFound }
      guard let student = query.get("student").flatMap({ ID<Student>($0) }) else {
        return try await pick(.newAbuse, "abuse", query.get("q") ?? "", request, context)
      }
      var page = try await abuseForm(student, context)
      page.answers = page.form.begun(
        from: Answers(), today: frame(context).today, now: frame(context).say.clock(office.clock()),
        service: nil, minutes: nil)
      let frame = frame(request, context)
      return frame.response(page.page(frame))
    }
    router.post(.newAbuse) { _, context in
      guard let student = context.form["_student"].flatMap({ ID<Student>($0) }) else {
        throw Refusal.notFound
      }
      let asker = try context.asker
      var page = try await abuseForm(student, context)
      let intent = FormIntent(context.form, form: page.form)
      page.answers = intent.answers
      do {
        let school = try await ReadStudent(office)(student, by: asker).school
        let id = try await ReportAbuse(office)(intent.answers, about: student, in: school, by: asker)
        return .to(.abuseReport(id).done("abuse"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
    router.get(.abuseReport) { request, context in
      let report = try await ReadAbuseReports(office)(
        try context.id(of: AbuseReport.self), for: try context.asker)
      guard let form = office.practice.forms["abuse-report"] else { throw Refusal.notFound }
      let frame = frame(request, context)
      if report.isMine, request.uri.queryParameters.get("change") != nil {
        return frame.response(completing(report, form, frame).page(frame))
      }
      return frame.response(AbuseReportReading(report: report, form: form).page(frame))
    }
    router.post(.abuseReport) { _, context in
      let asker = try context.asker
      let id = try context.id(of: AbuseReport.self)
      let report = try await ReadAbuseReports(office)(id, for: asker)
      guard report.isMine, let form = office.practice.forms["abuse-report"] else { throw Refusal.notFound }
      let frame = frame(context)
      let intent = FormIntent(context.form, form: form)
      var page = completing(report, form, frame)
      page.answers = intent.answers
      page.version = intent.version
      do {
        try await ReportAbuse(office)(completing: id, intent.answers, from: intent.version, by: asker)
        return .to(.abuseReport(id).done("abuse"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
      } catch Refusal.conflict(.changedByAnother) {
        page.before = div(.class("note danger mt4"), .role("alert"), .tabindex(-1), .autofocus()) {
          h2 { frame.say("refusal.conflict.changed-by-another.title") }
          p { frame.say("record.conflict.text") }
        }
      }
      return frame.response(page.page(frame), status: .unprocessableContent)
    }
  }

  private func mayRead(_ staff: Staff) -> Bool { may(.readAbuseReport, staff) }
  private func mayReport(_ staff: Staff) -> Bool { may(.reportAbuse, staff) }

  private func may(_ act: Act, _ staff: Staff) -> Bool {
    staff.schools.contains {
      office.practice.permissions.allow(act, as: staff.roles(in: $0), at: nil)
    }
  }

  private func abuseForm(_ id: ID<Student>, _ context: PageContext) async throws -> FormPage {
    guard let form = office.practice.forms["abuse-report"] else { throw Refusal.notFound }
    let asker = try context.asker
    let student = try await ReadStudent(office)(id, by: asker)
    guard
      office.practice.permissions.allow(.reportAbuse, as: asker.staff.roles(in: student.school), at: nil)
    else { throw Refusal.notFound }
    let frame = frame(context)
    var page = FormPage(form: form, action: .newAbuse)
    page.title = "\(student.name) \(frame.say("abuse.record"))"
    page.hidden = [("_student", id.description)]
    page.saves = [.init("save", frame.say("abuse.save"))]
    page.before = DangerCall(text: "abuse.first").html(frame)
    return page
  }

  private func completing(_ report: AbuseReportPage, _ form: Form, _ frame: Frame) -> FormPage {
    var page = FormPage(form: form, action: .abuseReport(report.id))
    page.title = "\(report.student.name) \(frame.say("abuse.record"))"
    page.answers = report.answers
    page.version = report.version
    page.saves = [.init("save", frame.say("abuse.save"))]
    page.before = DangerCall(text: "abuse.first").html(frame)
    return page
  }
}

/// The reports this person may read.
struct AbuseListPage: Sendable {
  let reports: [AbuseReportLine]
  let mayReport: Bool

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("abuse.title"), width: .narrow) {
      frame.pageHead(
        say("abuse.title"), lead: say("abuse.lead"),
        act: mayReport
          ? a(.class("btn primary"), .href(Route.newAbuse.address)) { say("abuse.new") } : .nothing)
      DangerCall(text: "abuse.first").html(frame)
      if reports.isEmpty {
        frame.empty(say("abuse.none"), say("abuse.none.text"))
      } else {
        ul(.class("people mt5")) {
          for report in reports {
            li(.data("row", "")) {
              a(.href(Route.abuseReport(report.id).address)) {
                b { report.student.name }
                " " + (report.student.classLabel ?? "")
              }
              span(.class("meta")) { say.moment(report.madeAt) }
              if report.isMine { span(.class("tag")) { say("abuse.mine") } }
            }
          }
        }
      }
    }
  }
}

/// One report to be read.
struct AbuseReportReading: Sendable {
  let report: AbuseReportPage
  let form: Form

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("abuse.record"), width: .narrow) {
      frame.crumbs([(say("abuse.title"), .abuse), (report.student.name, nil)])
      frame.pageHead(
        "\(report.student.name) \(say("abuse.record"))",
        lead: say("abuse.made", ["when": say.moment(report.madeAt)]),
        act: report.isMine
          ? a(.class("btn"), .href(Route.abuseReport(report.id).with("change", "yes").address)) {
            say("abuse.complete")
          } : .nothing)
      div(.class("note compact mt4")) { p { say("abuse.sealed") } }
      RecordView(frame: frame, form: form, answers: report.answers).html
    }
  }
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations

extension Site {
  func addStaff(to router: Router<PageContext>) {
    router.get(.staff) { request, context in
      let asker = try context.asker
      let schools = try await watchedSchools(asker.staff)
      let wanted = request.uri.queryParameters.get("school").flatMap { ID<School>($0) }
      guard let school = schools.first(where: { $0.id == wanted }) ?? schools.first else {
        throw Refusal.notFound
      }
      let rows = try await ReadStaff(office)(of: school.id, by: asker)
      let frame = frame(request, context)
      return frame.response(
        StaffListPage(rows: rows, school: school, schools: schools, mayAdd: asker.staff.has(.administrator))
          .page(frame))
    }
    router.get(.newStaff) { request, context in
      let frame = frame(request, context)
      return frame.response(NewStaffPage(schools: try await administered(context)).page(frame))
    }
    router.post(.newStaff) { _, context in try await addStaff(context) }
    router.get(.staffMember) { request, context in
      let page = try await memberPage(context)
      let frame = frame(request, context)
      return frame.response(page.page(frame))
    }
    router.post(.staffRoles) { _, context in try await setRoles(context) }
    addStaffEnds(to: router)
  }

  private func addStaffEnds(to router: Router<PageContext>) {
    router.get(.staffEnd) { request, context in
      let frame = frame(request, context)
      return frame.response(StaffEndPage(row: try await managed(context)).page(frame))
    }
    router.post(.staffEnd) { _, context in
      let row = try await managed(context)
      do {
        try await EndStaff(office)(row.id, by: try context.signedIn.staff)
        return .to(.staffMember(row.id).done("staff-ended"))
      } catch Refusal.invalid(let problems) {
        let frame = frame(context)
        return frame.response(
          StaffEndPage(row: row, problems: problems).page(frame), status: .unprocessableContent)
      }
    }
    router.get(.staffPassword) { request, context in
      let frame = frame(request, context)
      return frame.response(StaffPasswordPage(row: try await managed(context)).page(frame))
    }
    router.post(.staffPassword) { _, context in
      let row = try await managed(context)
      let password = try await ResetPassword(office)(
        of: row.id, withSecondStep: context.form["second-step"] == "yes", by: try context.signedIn.staff)
      let frame = frame(context)
      return frame.response(
        FirstPasswordPage(name: row.name, signInName: row.signInName, password: password, member: row.id)
          .page(frame))
    }
  }

  private func addStaff(_ context: PageContext) async throws -> Response {
    var page = NewStaffPage(schools: try await administered(context), sent: context.form)
    let form = context.form
    do {
      let added = try await AddStaff(office)(
        form["name"] ?? "", signInName: form["sign-in-name"] ?? "",
        assignments: page.assignments(from: Day(inKoreaAt: office.clock())), by: try context.signedIn.staff)
      let frame = frame(context)
      return frame.response(
        FirstPasswordPage(
          name: form["name"] ?? "", signInName: form["sign-in-name"] ?? "",
          password: added.firstPassword ?? "",
          member: added.id
        ).page(frame))
    } catch Refusal.invalid(let problems) {
      page.problems = problems
    } catch Refusal.conflict(.alreadyExists) {
      page.problems = [Problem("sign-in-name", "sign-in-name-taken")]
    }
    let frame = frame(context)
    return frame.response(page.page(frame), status: .unprocessableContent)
  }

  private func setRoles(_ context: PageContext) async throws -> Response {
    let row = try await managed(context)
    guard let school = context.form["school"].flatMap({ ID<School>($0) }) else { throw Refusal.notFound }
    do {
      let until = Text.cleaned(context.form["until"] ?? "", keepingLines: false)
      guard until.isEmpty || Day(typed: until) != nil else {
        throw Refusal.invalid([Problem("until", "not-a-day")])
      }
      try await SetRoles(office)(
        Set(context.form[all: "roles"].compactMap(Role.init(rawValue:))), of: row.id, in: school,
        until: Day(typed: until), by: try context.signedIn.staff)
      return .to(.staffMember(row.id).done("roles"))
    } catch Refusal.invalid(let problems) {
      var page = try await memberPage(context)
      page.problems = problems
      page.sent = context.form
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    }
  }

  /// Somebody whose account the asker may change: not oneself, not who has left.
  private func managed(_ context: PageContext) async throws -> StaffRow {
    let asker = try context.asker
    guard asker.staff.has(.administrator) else { throw Refusal.notFound }
    let row = try await ReadStaff(office)(try context.id(of: Staff.self), by: asker)
    guard row.leftAt == nil else { throw Refusal.notFound }
    guard row.id != asker.staff.id else { throw Refusal.notAllowed }
    return row
  }

  private func memberPage(_ context: PageContext) async throws -> StaffMemberPage {
    let asker = try context.asker
    let row = try await ReadStaff(office)(try context.id(of: Staff.self), by: asker)
    let own = Set(asker.staff.schools(as: [.administrator]))
    let schools = try await ReadSchools(office)(of: asker.staff)
    return StaffMemberPage(
      row: row, schools: schools, administered: own, isOneself: row.id == asker.staff.id)
  }

  private func administered(_ context: PageContext) async throws -> [School] {
    let staff = try context.signedIn.staff
    let own = Set(staff.schools(as: [.administrator]))
    guard !own.isEmpty else { throw Refusal.notFound }
    return try await ReadSchools(office)(of: staff).filter { own.contains($0.id) }
  }

  private func watchedSchools(_ staff: Staff) async throws -> [School] {
    let own = Set(staff.schools(as: [.administrator, .privacyOfficer]))
    return try await ReadSchools(office)(of: staff).filter { own.contains($0.id) }
  }
}

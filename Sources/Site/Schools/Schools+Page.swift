import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  func addSchools(to router: Router<PageContext>) {
    router.get(.schools) { request, context in
      let staff = try context.signedIn.staff
      let schools = try await ReadSchools(office)(of: staff)
      let year = SchoolYear.year(of: Day(inKoreaAt: office.clock()))
      var lines: [SchoolsPage.Line] = []
      for school in schools {
        let years = try await ReadSchools(office).years(of: school.id)
        lines.append(.init(school: school, isSet: years.contains { $0.year == year }))
      }
      let frame = frame(request, context)
      return frame.response(
        SchoolsPage(lines: lines, year: year, mayAdd: staff.has(.administrator)).page(frame))
    }
    router.get(.newSchool) { request, context in
      guard try context.signedIn.staff.has(.administrator) else { throw Refusal.notFound }
      let frame = frame(request, context)
      return frame.response(NewSchoolPage().page(frame))
    }
    router.post(.newSchool) { _, context in
      let (form, staff) = (context.form, try context.signedIn.staff)
      guard staff.has(.administrator) else { throw Refusal.notFound }
      do {
        guard let kind = form["kind"].flatMap(School.Kind.init(rawValue:)) else {
          throw Refusal.invalid([Problem("kind", "unknown-code")])
        }
        let school = try await AddSchool(office)(
          form["name"] ?? "", kind, by: staff, form: context.sent)
        return .to(.school(school.id).done("school-added"))
      } catch Refusal.invalid(let problems) {
        let frame = frame(context)
        return frame.response(
          NewSchoolPage(sent: form, problems: problems).page(frame), status: .unprocessableContent)
      }
    }
    router.get(.school) { request, context in
      let school = try await school(context)
      let years = try await ReadSchools(office).years(of: school.id)
      let frame = frame(request, context)
      return frame.response(
        SchoolPage(
          school: school, place: try await ReadSchools(office).place(of: school.id), years: years,
          holidays: office.practice.holidays,
          mayEdit: try context.signedIn.staff.importing.contains(school.id)
        ).page(frame))
    }
    addSchoolYears(to: router)
    addSchoolPlace(to: router)
  }

  private func addSchoolPlace(to router: Router<PageContext>) {
    router.get(.schoolPlace) { request, context in
      let frame = frame(request, context)
      return frame.response(try await placePage(context).page(frame))
    }
    router.post(.schoolPlace) { _, context in
      var page = try await placePage(context)
      page.sent = context.form
      do {
        try await PlaceSchool(office)(try page.typed(), of: page.school.id, by: try context.signedIn.staff)
        return .to(.school(page.school.id).done("school-place"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
  }

  private func placePage(_ context: PageContext) async throws -> SchoolPlacePage {
    let school = try await school(context)
    guard try context.signedIn.staff.importing.contains(school.id) else { throw Refusal.notFound }
    return SchoolPlacePage(school: school, kept: try await ReadSchools(office).place(of: school.id))
  }

  private func addSchoolYears(to router: Router<PageContext>) {
    router.get(.schoolYear) { request, context in
      let frame = frame(request, context)
      return frame.response(try await yearPage(context).page(frame))
    }
    router.post(.schoolYear) { _, context in
      var page = try await yearPage(context)
      page.sent = context.form
      do {
        try await SetSchoolYear(office)(try page.typed(), of: page.school.id, by: try context.signedIn.staff)
        return .to(.school(page.school.id).done("school-year"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
  }

  /// One of the schools the asker works in.
  private func school(_ context: PageContext) async throws -> School {
    let id = try context.id(of: School.self)
    let schools = try await ReadSchools(office)(of: try context.signedIn.staff)
    guard let school = schools.first(where: { $0.id == id }) else { throw Refusal.notFound }
    return school
  }

  private func yearPage(_ context: PageContext) async throws -> SchoolYearPage {
    let school = try await school(context)
    guard try context.signedIn.staff.importing.contains(school.id),
      let year = context.parameters.get("year").flatMap({ Int($0) }), (2000...2100).contains(year)
    else { throw Refusal.notFound }
    let years = try await ReadSchools(office).years(of: school.id)
    return SchoolYearPage(
      school: school, year: year, kept: years.first { $0.year == year }, holidays: office.practice.holidays)
  }
}

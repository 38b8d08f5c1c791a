import CaseWork
import Foundation
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addHousehold(to router: Router<PageContext>) {
    router.get(.household) { request, context in
      let frame = frame(request, context)
      return frame.response(HouseholdView(household: try await household(context)).page(frame))
    }
    addProfile(to: router)
    addRelatives(to: router)
    router.post(.categories) { _, context in try await confirmCategory(context) }
    router.post(.categoryEnd) { _, context in
      let id = try context.id(of: Student.self)
      try await EditHousehold(office)
        .endCategory(
          context.parameters.get("code") ?? "", on: Day(inKoreaAt: office.clock()), of: id,
          by: try context.signedIn.staff)
      return .to(.household(of: id).done("category-ended"))
    }
  }

  func household(_ context: PageContext) async throws -> HouseholdPage {
    try await ReadHousehold(office)(try context.id(of: Student.self), by: try context.asker)
  }

  /// The same, for whoever may change it.
  private func editableHousehold(_ context: PageContext) async throws -> HouseholdPage {
    let household = try await household(context)
    guard household.mayEdit else { throw Refusal.notAllowed }
    return household
  }

  private func addProfile(to router: Router<PageContext>) {
    router.get(.profile) { request, context in
      let frame = frame(request, context)
      return frame.response(ProfilePage(student: try await editableHousehold(context).student).page(frame))
    }
    router.post(.profile) { _, context in
      let id = try context.id(of: Student.self)
      var page = ProfilePage(student: try await editableHousehold(context).student)
      page.sent = context.form
      do {
        try await EditHousehold(office)
          .profile(try page.typed(), of: id, version: page.version, by: try context.signedIn.staff)
        return .to(.household(of: id).done("profile"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      } catch Refusal.conflict(.changedByAnother) {
        page.isConflict = true
        let frame = frame(context)
        return frame.response(page.page(frame), status: .conflict)
      }
    }
  }

  private func addRelatives(to router: Router<PageContext>) {
    router.get(.newRelative) { request, context in
      let frame = frame(request, context)
      return frame.response(
        RelativePage(household: try await editableHousehold(context), relations: relations).page(frame))
    }
    router.post(.newRelative) { _, context in
      let new: ID<Relative> = office.id(at: office.clock())
      return try await saveRelative(context, kept: nil, as: new)
    }
    router.get(.relative) { request, context in
      let (household, kept) = try await relative(context)
      let frame = frame(request, context)
      return frame.response(
        RelativePage(household: household, relations: relations, kept: kept).page(frame))
    }
    router.post(.relative) { _, context in
      let (_, kept) = try await relative(context)
      return try await saveRelative(context, kept: kept, as: kept.relative.id)
    }
    router.get(.relativeEnd) { request, context in
      let (household, kept) = try await relative(context)
      let frame = frame(request, context)
      return frame.response(RelativeEndPage(student: household.student, kept: kept).page(frame))
    }
    router.post(.relativeEnd) { _, context in
      let (household, kept) = try await relative(context)
      try await EditHousehold(office)
        .end(
          kept.relative.id, of: household.student.id, version: context.form.version(),
          by: try context.signedIn.staff)
      return .to(.household(of: household.student.id).done("relative-ended"))
    }
  }

  private var relations: CodeList { office.practice.list("relation") }

  /// Somebody of the household who still belongs to it.
  private func relative(_ context: PageContext) async throws -> (HouseholdPage, KeptRelative) {
    let household = try await editableHousehold(context)
    let id = try context.id(of: Relative.self, "person")
    guard let kept = household.relatives.first(where: { $0.relative.id == id }), kept.endedAt == nil else {
      throw Refusal.notFound
    }
    return (household, kept)
  }

  private func saveRelative(
    _ context: PageContext, kept: KeptRelative?, as id: ID<Relative>
  ) async throws -> Response {
    let staff = try context.signedIn.staff
    var page = RelativePage(household: try await editableHousehold(context), relations: relations, kept: kept)
    let student = page.household.student.id
    page.sent = context.form
    do {
      let typed = try page.typed(id)
      if kept == nil {
        try await EditHousehold(office).add(typed, to: student, by: staff, form: context.sent)
      } else {
        try await EditHousehold(office).change(typed, of: student, version: page.version, by: staff)
      }
      return .to(.household(of: student).done(kept == nil ? "relative-added" : "relative-changed"))
    } catch Refusal.invalid(let problems) {
      page.problems = problems
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    } catch Refusal.conflict(.changedByAnother) {
      page.isConflict = true
      let frame = frame(context)
      return frame.response(page.page(frame), status: .conflict)
    }
  }

  private func confirmCategory(_ context: PageContext) async throws -> Response {
    let id = try context.id(of: Student.self)
    do {
      guard let day = Day(typed: context.form["day"] ?? "") else {
        throw Refusal.invalid([Problem("day", "not-a-day")])
      }
      try await EditHousehold(office)
        .confirm(context.form["code"] ?? "", on: day, of: id, by: try context.signedIn.staff)
      return .to(.household(of: id).done("category"))
    } catch Refusal.invalid(let problems) {
      var page = HouseholdView(household: try await household(context))
      page.problems = problems
      page.sent = context.form
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    }
  }
}

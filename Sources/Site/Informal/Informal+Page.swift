import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations

extension Site {
  func addInformal(to router: Router<PageContext>) {
    router.get(.informal) { request, context in
      let found = try await informal(context)
      let frame = frame(request, context)
      return frame.response(InformalView(found: found).page(frame))
    }
    router.get(.newInformal) { request, context in
      let found = try await changeableInformal(context)
      let frame = frame(request, context)
      // The place among the ties, for a name has no business in an address.
      let tie = request.uri.queryParameters.get("tie", as: Int.self)
      return frame.response(InformalFormPage(found: found, tie: tie).page(frame))
    }
    router.post(.newInformal) { _, context in
      let found = try await changeableInformal(context)
      return try await keep(InformalFormPage(found: found, sent: context.form), context)
    }
    router.get(.informalPerson) { request, context in
      let (found, person) = try await informalPerson(context)
      let frame = frame(request, context)
      return frame.response(InformalFormPage(found: found, kept: person).page(frame))
    }
    router.post(.informalPerson) { _, context in
      let (found, person) = try await informalPerson(context)
      return try await keep(InformalFormPage(found: found, kept: person, sent: context.form), context)
    }
    router.post(.informalEnd) { _, context in try await endInformal(context) }
  }

  private func informal(_ context: PageContext) async throws -> InformalPage {
    try await ReadInformalResources(office)(try context.id(of: CaseFile.self), by: try context.asker)
  }

  /// The same, for whoever may change it.
  private func changeableInformal(_ context: PageContext) async throws -> InformalPage {
    let found = try await informal(context)
    guard !found.hasEnded else { throw Refusal.conflict(.alreadyClosed) }
    guard found.mayChange else { throw Refusal.notAllowed }
    return found
  }

  private func informalPerson(_ context: PageContext) async throws -> (InformalPage, InformalResource) {
    let found = try await changeableInformal(context)
    let id = try context.id(of: InformalResource.self, "person")
    guard let person = found[id]?.now, person.told.ended == nil else { throw Refusal.notFound }
    return (found, person)
  }

  private func keep(_ page: InformalFormPage, _ context: PageContext) async throws -> Response {
    let file = page.found.file.id
    return try await keep(page, context) {
      let saved = try await KeepInformalResource(office)(
        try page.typed { office.id(at: office.clock()) }, in: file, by: try context.asker)
      return .to(Route.informal(of: file).done(saved.version == 1 ? "informal-added" : "informal"))
    }
  }

  private func endInformal(_ context: PageContext) async throws -> Response {
    let (found, person) = try await informalPerson(context)
    let form = context.form
    do {
      try await EndInformalResource(office)(
        person.id, from: form.version(), because: form["reason"] ?? "", words: form["words"],
        in: found.file.id, by: try context.asker)
      return .to(Route.informal(of: found.file.id).done("informal-ended"))
    } catch Refusal.invalid(let problems) {
      var page = InformalFormPage(found: found, kept: person)
      page.ending = form
      page.endProblems = problems
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    }
  }
}

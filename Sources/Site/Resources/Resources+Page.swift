import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations

extension Site {
  func addResources(to router: Router<PageContext>) {
    router.get(.resources) { request, context in
      let asker = try context.asker
      let wish = ResourcesPage.Wish(request.uri.queryParameters)
      let found = try await FindResources(office)(
        kind: wish.kind, need: wish.need, place: wish.place, text: wish.text, by: asker)
      let frame = frame(request, context)
      return frame.response(
        ResourcesPage(found: found, wish: wish, mayKeep: asker.staff.keepsResources).page(frame))
    }
    router.get(.newResource) { request, context in
      guard try context.signedIn.staff.keepsResources else { throw Refusal.notFound }
      let frame = frame(request, context)
      return frame.response(ResourceFormPage().page(frame))
    }
    router.post(.newResource) { _, context in
      guard try context.signedIn.staff.keepsResources else { throw Refusal.notFound }
      return try await keep(
        ResourceFormPage(sent: context.form), office.id(at: office.clock()), context)
    }
    router.get(.resource) { request, context in
      let asker = try context.asker
      let resource = try await FindResources(office)(try context.id(of: Resource.self), by: asker)
      let frame = frame(request, context)
      return frame.response(
        ResourcePage(resource: resource, mayKeep: asker.staff.keepsResources).page(frame))
    }
    router.get(.editResource) { request, context in
      let frame = frame(request, context)
      return frame.response(ResourceFormPage(kept: try await editable(context)).page(frame))
    }
    router.post(.editResource) { _, context in
      let kept = try await editable(context)
      return try await keep(ResourceFormPage(kept: kept, sent: context.form), kept.id, context)
    }
  }

  private func editable(_ context: PageContext) async throws -> Resource {
    let asker = try context.asker
    guard asker.staff.keepsResources else { throw Refusal.notFound }
    return try await FindResources(office)(try context.id(of: Resource.self), by: asker)
  }

  private func keep(
    _ page: ResourceFormPage, _ id: ID<Resource>, _ context: PageContext
  ) async throws -> Response {
    var page = page
    do {
      let saved = try await KeepResource(office)(try page.typed(id), by: try context.asker)
      return .to(.resource(saved.id).done(page.kept == nil ? "resource-added" : "resource"))
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

extension Staff {
  /// Who keeps the directory of resources.
  var keepsResources: Bool { has(.caseManager) || has(.centreStaff) }
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  func addResources(to router: Router<PageContext>) {
    router.get(.resources) { request, context in
      let asker = try context.asker
      let wish = ResourcesPage.Wish(request.uri.queryParameters)
      let found = try await FindOffers(office)(wish.at(office.clock()), after: wish.after, by: asker)
      let frame = frame(request, context)
      return frame.response(
        ResourcesPage(
          found: found, wish: wish, mayKeep: asker.staff.keepsDirectory, maySeeGaps: asker.staff.seesGaps
        ).page(frame))
    }
    router.get(.newResource) { request, context in
      try keeps(context)
      let frame = frame(request, context)
      return frame.response(ResourceFormPage().page(frame))
    }
    router.post(.newResource) { _, context in
      try keeps(context)
      return try await keep(ResourceFormPage(sent: context.form), context)
    }
    router.get(.resource) { request, context in
      let asker = try context.asker
      let card = try await ReadResource(office)(try context.id(of: Resource.self), by: asker)
      let frame = frame(request, context)
      return frame.response(
        ResourcePage(
          card: card, mayKeep: asker.staff.keepsDirectory, mayReceive: office.mayReceive(asker.staff),
          staleAfter: office.practice.policy.resources.staleAfterDays
        ).page(frame))
    }
    router.get(.editResource) { request, context in
      let frame = frame(request, context)
      return frame.response(ResourceFormPage(kept: try await card(context).resource).page(frame))
    }
    router.post(.editResource) { _, context in
      let kept = try await card(context).resource
      return try await keep(ResourceFormPage(kept: kept, sent: context.form), context)
    }
    router.post(.verifyResource) { _, context in
      try keeps(context)
      let id = try context.id(of: Resource.self)
      try await VerifyResource(office)(id, from: context.form.version(), by: try context.asker)
      return .to(.resource(id).done("resource-verified"))
    }
    addOffers(to: router)
  }

  private func addOffers(to router: Router<PageContext>) {
    router.get(.newOffer) { request, context in
      let frame = frame(request, context)
      return frame.response(OfferFormPage(of: try await card(context).resource).page(frame))
    }
    router.post(.newOffer) { _, context in
      let resource = try await card(context).resource
      return try await keep(OfferFormPage(of: resource, sent: context.form), context)
    }
    router.get(.editOffer) { request, context in
      let (resource, offer) = try await offer(context)
      let frame = frame(request, context)
      return frame.response(OfferFormPage(of: resource, kept: offer).page(frame))
    }
    router.post(.editOffer) { _, context in
      let (resource, offer) = try await offer(context)
      return try await keep(OfferFormPage(of: resource, kept: offer, sent: context.form), context)
    }
  }

  /// Forms that change the directory are there for those who keep it.
  private func keeps(_ context: PageContext) throws {
    guard try context.signedIn.staff.keepsDirectory else { throw Refusal.notFound }
  }

  private func card(_ context: PageContext) async throws -> ResourceCard {
    try keeps(context)
    return try await ReadResource(office)(try context.id(of: Resource.self), by: try context.asker)
  }

  private func offer(_ context: PageContext) async throws -> (Resource, Offer) {
    let resource = try await card(context).resource
    let id = try context.id(of: Offer.self, "offer")
    return (resource, try await ReadResource(office).offer(id, of: resource.id, by: try context.asker))
  }

  private func keep(_ page: ResourceFormPage, _ context: PageContext) async throws -> Response {
    try await keep(page, context) {
      let saved = try await KeepResource(office)(
        try page.typed(newID: { office.id(at: office.clock()) }),
        offering: try page.kept == nil ? [page.firstOffer(newID: { office.id(at: office.clock()) })] : [],
        by: try context.asker)
      return .to(.resource(saved.id).done(page.kept == nil ? "resource-added" : "resource"))
    }
  }

  private func keep(_ page: OfferFormPage, _ context: PageContext) async throws -> Response {
    try await keep(page, context) {
      try await KeepOffer(office)(
        try page.typed(newID: { office.id(at: office.clock()) }), by: try context.asker)
      return .to(.resource(page.resource.id).done(page.kept == nil ? "offer-added" : "offer"))
    }
  }
}

extension ResourceFormPage {
  /// What was typed, on the card that was shown or on a new one; its version is the one the form was made from.
  func typed(newID: () -> ID<Resource>) throws -> Resource {
    let base = kept ?? Resource(id: newID(), name: "", kind: "", formality: "", place: "", description: "")
    var problems: [Problem] = []
    if kept == nil {
      do {
        _ = try first.typed(into: Offer(id: ID(base.id.value), of: base.id, name: ""))
      } catch Refusal.invalid(let found) {
        problems = found
      }
    }
    do {
      var typed = try form.typed(into: base)
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      typed.version = try form.version(of: kept?.version)
      return typed
    } catch Refusal.invalid(let found) where found != problems {
      throw Refusal.invalid(found + problems)
    }
  }

  func firstOffer(newID: () -> ID<Offer>) throws -> Offer {
    let resource = try form.typed(
      into: Resource(id: ID(newID().value), name: "", kind: "", formality: "", place: "", description: ""))
    var offer = try first.typed(into: Offer(id: newID(), of: resource.id, name: resource.name))
    offer.description = resource.description
    offer.verifiedOn = resource.verifiedOn
    return offer
  }
}

extension OfferFormPage {
  func typed(newID: () -> ID<Offer>) throws -> Offer {
    var typed = try form.typed(into: kept ?? Offer(id: newID(), of: resource.id, name: ""))
    typed.version = try form.version(of: kept?.version)
    return typed
  }
}

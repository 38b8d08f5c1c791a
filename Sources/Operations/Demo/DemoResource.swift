import CaseWork
import Practice

/// A resource of the demo world, and what it offers, out of its piece of the script.
struct DemoResource {
  private let entry: DemoValue

  init(_ entry: DemoValue) {
    self.entry = entry
  }

  func resource(id: ID<Resource>) -> Resource {
    var resource = Resource(
      id: id, name: entry["name"]?.text ?? "", kind: entry["kind"]?.text ?? "",
      formality: entry["formality"]?.text ?? "", place: entry["place"]?.text ?? "",
      phone: entry["phone"]?.text, contactPerson: entry["contact"]?.text,
      description: entry["text"]?.text ?? "", verifiedOn: entry["verified"]?.day)
    resource.isPublic = entry["public"]?.isYes ?? false
    let agreed = entry["agreed"]?.list.compactMap(\.day) ?? []
    if let from = agreed.first { resource.agreement = Resource.Agreement(from: from, until: agreed.last) }
    return resource
  }

  func offers(of resource: Resource, newID: () -> ID<Offer>) -> [Offer] {
    (entry["offers"]?.list ?? []).map { offer($0, of: resource, id: newID()) }
  }

  private func offer(_ told: DemoValue, of resource: Resource, id: ID<Offer>) -> Offer {
    var offer = Offer(
      id: id, of: resource.id, name: told["name"]?.text ?? resource.name, needs: told["needs"]?.texts ?? [])
    offer.description = told["text"]?.text ?? ""
    offer.fields = told["fields"]?.texts ?? []
    offer.forms = told["forms"]?.texts ?? []
    let ages = told["ages"]?.list.compactMap(\.number) ?? []
    (offer.minimumAge, offer.maximumAge) = (ages.first, ages.last)
    offer.grades = told["grades"]?.list.compactMap(\.number) ?? []
    offer.categories = told["categories"]?.texts ?? []
    offer.eligibility = told["eligibility"]?.text
    offer.areas = told["areas"]?.texts ?? []
    offer.cost = told["cost"]?.text
    offer.costText = told["cost-text"]?.text
    if let free = told["free"]?.number {
      offer.capacity = Offer.Capacity(free: free, of: told["places"]?.number, on: told["places-on"]?.day)
    }
    offer.waitingDays = told["waiting"]?.number
    if let hours = OpeningHours(lines: told["hours"]?.texts ?? []) { offer.hours = hours }
    offer.application = told["application"]?.text
    offer.documents = told["documents"]?.texts ?? []
    offer.languages = told["languages"]?.texts ?? []
    offer.verifiedOn = resource.verifiedOn
    return offer
  }
}

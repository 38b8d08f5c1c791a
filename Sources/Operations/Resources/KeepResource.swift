public import CaseWork
import Practice
import Repositories
import Store

/// Adds a resource (사회자원) to the directory, or changes it.
public struct KeepResource: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Saves `resource`; version 0 makes a new one, another is the version that was read.
  ///
  /// - Parameter offers: what a new one offers; there is always something, or nothing could be found by it.
  @discardableResult
  public func callAsFunction(
    _ resource: Resource, offering offers: [Offer] = [], by asker: Asker
  ) async throws -> Resource {
    try await office.act(by: asker) { desk in
      let school = try desk.schoolOfKeeper()
      let problems = desk.problems(of: resource)
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      let saved = resource.version == 0 ? try desk.add(resource, offers) : try desk.change(resource)
      try desk.note(
        resource.version == 0 ? "add-resource" : "change-resource", "resource", saved.id.description,
        in: school)
      return saved
    }
  }
}

/// Adds what a resource offers, or changes it.
public struct KeepOffer: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Saves `offer`; version 0 makes a new one, another is the version that was read.
  @discardableResult
  public func callAsFunction(_ offer: Offer, by asker: Asker) async throws -> Offer {
    try await office.act(by: asker) { desk in
      let school = try desk.schoolOfKeeper()
      let problems = desk.problems(of: offer)
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      let resource = try desk.open(try desk.session.resources.find(offer.resource))
      var saved = offer
      if offer.version == 0 {
        saved = try desk.add(offer, to: resource)
      } else {
        let old = try desk.open(try desk.session.offers.find(offer.id))
        saved.version += 1
        try desk.session.offers.update(saved, of: resource, sealed: try desk.seal(saved), at: desk.instant)
        try desk.noteChanges(from: old.entry, to: saved.entry, of: resource.id)
      }
      try desk.note(
        offer.version == 0 ? "add-offer" : "change-offer", "resource", resource.id.description, in: school)
      return saved
    }
  }
}

extension Desk {
  func problems(of resource: Resource) -> [Problem] {
    var problems: [Problem] = []
    if resource.name.isEmpty { problems.append(Problem("name", "required")) }
    if !isCode(resource.kind, .organisation) { problems.append(Problem("kind", "unknown-code")) }
    if NationalID.isFound(in: resource.description) { problems.append(Problem("description", "national-id")) }
    if let agreement = resource.agreement, let until = agreement.until, until < agreement.from {
      problems.append(Problem("agreed-until", "ends-before-start"))
    }
    return problems
  }

  func problems(of offer: Offer) -> [Problem] {
    var problems: [Problem] = []
    if offer.name.isEmpty { problems.append(Problem("name", "required")) }
    if !offer.needs.allSatisfy({ isCode($0, .need) }) { problems.append(Problem("needs", "unknown-code")) }
    if NationalID.isFound(in: offer.description) { problems.append(Problem("description", "national-id")) }
    if let youngest = offer.minimumAge, let oldest = offer.maximumAge, oldest < youngest {
      problems.append(Problem("maximum-age", "ends-before-start"))
    }
    if let capacity = offer.capacity, let most = capacity.of, most < capacity.free {
      problems.append(Problem("places", "too-few"))
    }
    return problems
  }

  private func isCode(_ code: String, _ list: DirectoryTerm.List) -> Bool {
    list.codes.flatMap { practice.codes[$0]?[code] } != nil
  }

  func add(_ resource: Resource, _ offers: [Offer]) throws -> Resource {
    var saved = resource
    saved.version = 1
    let offers = offers.isEmpty ? [Offer(id: newID(), of: saved.id, name: saved.name)] : offers
    try session.resources.insert(saved, sealed: try seal(saved), at: instant)
    try noteChanges(from: nil, to: saved.entry, of: saved.id)
    for offer in offers { _ = try add(offer, to: saved) }
    return saved
  }

  func add(_ offer: Offer, to resource: Resource) throws -> Offer {
    var saved = offer
    saved.resource = resource.id
    saved.version = 1
    try session.offers.insert(saved, of: resource, sealed: try seal(saved), at: instant)
    try noteChanges(from: nil, to: saved.entry, of: resource.id)
    return saved
  }

  /// Saves a changed resource, and what its offers say again of it.
  func change(_ resource: Resource) throws -> Resource {
    let old = try open(try session.resources.find(resource.id))
    var saved = resource
    saved.version += 1
    let offers = try session.offers.all(of: saved.id, atMost: .max).map { try open($0) }
    try session.resources.update(saved, sealed: try seal(saved), at: instant)
    try noteChanges(from: old.entry, to: saved.entry, of: saved.id)
    for var offer in offers {
      offer.version += 1
      try session.offers.update(offer, of: saved, sealed: try seal(offer), at: instant)
    }
    return saved
  }
}

extension Resource {
  /// The same under another id.
  public func with(id: ID<Resource>) -> Resource {
    Resource(
      DirectoryEntry(.organization, id: id.value, fields: entry.fields, parts: entry.parts),
      isPublic: isPublic, verifiedBy: verifiedBy, version: version)
  }
}

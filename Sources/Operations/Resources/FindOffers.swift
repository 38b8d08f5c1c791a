public import CaseWork
public import Repositories
import Store

/// The directory; everybody who works with the program may look.
public struct FindOffers: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// A page of what is offered, in the order of the alphabet, behind `after`.
  public func callAsFunction(
    _ wish: OfferWish, after: ID<Offer>? = nil, atMost limit: Int = 50, by asker: Asker
  ) async throws -> OfferPage {
    try await office.look("resources", by: asker) { desk in
      let lines = try desk.session.offers.lines(wish, after: after, atMost: limit + 1)
      return Looked(OfferPage(lines: Array(lines.prefix(limit)), isLast: lines.count <= limit), at: [])
    }
  }
}

public struct OfferPage: Hashable, Sendable {
  public let lines: [OfferLine]
  public let isLast: Bool
}

/// One resource: its card, what it offers, where, and what was changed.
public struct ReadResource: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<Resource>, by asker: Asker) async throws -> ResourceCard {
    try await office.look("resource", by: asker) { desk in
      Looked(try desk.card(of: id), at: [])
    }
  }

  /// The first of the directory in the order of the alphabet, for choosing.
  ///
  /// - Parameter chosen: one that is among them, however far behind it stands.
  public func names(by asker: Asker, with chosen: ID<Resource>? = nil) async throws -> [ResourceName] {
    try await office.look("resources", by: asker) { desk in
      let first = try desk.session.resources.names(atMost: Picks.resourcesOffered)
      guard let chosen, !first.contains(where: { $0.id == chosen }) else { return Looked(first, at: []) }
      return Looked(first + (try desk.session.resources.names(of: [chosen])), at: [])
    }
  }

  /// Some by their ids.
  public func names(of ids: [ID<Resource>], by asker: Asker) async throws -> [ResourceName] {
    try await office.look("resources", by: asker) { desk in
      Looked(try desk.session.resources.names(of: ids), at: [])
    }
  }

  /// Those found by letters of what they are called or do, in the order of the alphabet.
  public func names(finding text: String, by asker: Asker) async throws -> [ResourceName] {
    try await office.look("resources", by: asker) { desk in
      var wish = OfferWish()
      wish.text = text
      let lines = try desk.session.offers.lines(wish, atMost: Picks.resourcesOffered)
      var seen: Set<ID<Resource>> = []
      let ids = lines.map(\.resource).filter { seen.insert($0).inserted }
      let names = Dictionary(
        try desk.session.resources.names(of: ids).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }
      )
      return Looked(ids.compactMap { names[$0] }, at: [])
    }
  }

  /// One of the things a resource offers, for changing it.
  public func offer(_ id: ID<Offer>, of resource: ID<Resource>, by asker: Asker) async throws -> Offer {
    try await office.look("resource", by: asker) { desk in
      let offer = try desk.open(try desk.session.offers.find(id))
      guard offer.resource == resource else { throw Refusal.notFound }
      return Looked(offer, at: [])
    }
  }
}

public struct ResourceCard: Hashable, Sendable {
  public let resource: Resource
  public let offers: [Offer]
  /// Whether there are more offers, or more places, than are shown.
  public let hasMore: Bool
  public let locations: [DirectoryEntry]
  /// Newest first.
  public let changes: [DirectoryChange]
  public let names: [ID<Staff>: String]
}

extension Desk {
  private static let offersShown = 50
  private static let locationsShown = 20

  fileprivate func card(of id: ID<Resource>) throws -> ResourceCard {
    let resource = try open(try session.resources.find(id))
    let offers = try session.offers.all(of: id, atMost: Self.offersShown + 1)
    let locations = try session.locations.all(of: id, atMost: Self.locationsShown + 1)
    let changes = try session.directoryChanges(of: id, atMost: 20)
    return ResourceCard(
      resource: resource, offers: try offers.prefix(Self.offersShown).map { try open($0) },
      hasMore: offers.count > Self.offersShown || locations.count > Self.locationsShown,
      locations: try locations.prefix(Self.locationsShown).map { try open($0, .location, "location") },
      changes: changes,
      names: try staffNames(changes.map(\.by) + [resource.verifiedBy].compactMap(\.self)))
  }
}

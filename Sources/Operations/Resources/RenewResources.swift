import CaseWork
import Foundation
import Repositories
import Store
import Vault

/// Writes the resources of the time before the directory took the standard's shape anew, each with one offer.
public struct RenewResources: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Some in a transaction, until none is left; where several programs do it at once, each is written once.
  ///
  /// - Returns: how many were written.
  @discardableResult
  public func callAsFunction() async throws -> Int {
    let (office, instant) = (office, office.clock())
    var written = 0
    while true {
      let some = try await office.database.write { session in
        let nobody = Staff(
          id: ID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))), name: "", assignments: [])
        let desk = Desk(
          office: office, session: session, asker: Asker(staff: nobody, address: "", route: ""),
          instant: instant, sealer: session.keys(office.vault))
        let old = try session.resources.old(atMost: 100)
        for stored in old { try desk.renew(stored) }
        return old.count
      }
      written += some
      if some == 0 { break }
    }
    try await office.database.write { session in
      try session.publicDirectory.keepMissingTerms()
      try session.directoryTerms.keepMissingLetters()
    }
    try await inParts { try $0.locations.keepMissingPostcodes(atMost: 500) }
    try await office.database.write { try $0.publicDirectory.keepMissingPlaces() }
    try await inParts { try $0.offers.keepMissingTraits(atMost: 500) }
    try await inParts { try $0.offers.keepMissingFits(atMost: 500) }
    return written
  }

  /// Some rows in a transaction, until none is left.
  private func inParts(_ fill: @escaping @Sendable (any Session) throws -> Int) async throws {
    while try await office.database.write({ try fill($0) }) > 0 {}
  }
}

extension Desk {
  fileprivate func renew(_ stored: StoredResource) throws {
    let needs = try sealer.open(
      json: ResourceOfBefore.self, stored.sealed, of: .office,
      at: Binding(table: "resource", record: stored.id.description, version: stored.version)
    ).needs
    var resource = try open(stored)
    resource.version += 1
    try session.resources.update(resource, sealed: try seal(resource), at: instant)
    var offer = Offer(id: newID(), of: resource.id, name: resource.name, needs: needs)
    offer.description = resource.description
    offer.verifiedOn = resource.verifiedOn
    offer.version = 1
    try session.offers.insert(offer, of: resource, sealed: try seal(offer), at: instant)
  }
}

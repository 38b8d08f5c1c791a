public import CaseWork
import Repositories
import Store

/// Somebody made sure, today, that what the directory says of a resource still holds.
public struct VerifyResource: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter version: the one that was read, so that nobody confirms what somebody else has just changed.
  @discardableResult
  public func callAsFunction(_ id: ID<Resource>, from version: Int, by asker: Asker) async throws -> Resource
  {
    try await office.act(by: asker) { desk in
      let school = try desk.schoolOfKeeper()
      var resource = try desk.open(try desk.session.resources.find(id))
      guard resource.version == version else { throw Refusal.conflict(.changedByAnother) }
      resource.verifiedOn = desk.day
      resource.verifiedBy = desk.staff.id
      resource.version += 1
      let offers = try desk.session.offers.all(of: id, atMost: .max).map { try desk.open($0) }
      try desk.session.resources.update(
        resource, sealed: try desk.seal(resource),
        at: desk.instant)
      for var offer in offers where offer.status != .defunct {
        offer.verifiedOn = desk.day
        offer.version += 1
        try desk.session.offers.update(
          offer, of: resource, sealed: try desk.seal(offer), at: desk.instant)
      }
      try desk.session.add([
        DirectoryChange(
          id: desk.newID(), resource: id, subjectKind: "organization", subject: id.description,
          field: "verified", before: nil, after: desk.day.description, by: desk.staff.id, at: desk.instant)
      ])
      try desk.note("verify-resource", "resource", id.description, in: school)
      return resource
    }
  }
}

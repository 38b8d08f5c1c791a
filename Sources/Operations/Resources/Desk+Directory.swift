import CaseWork
import Foundation
import Repositories
import Store
import Vault

// The directory belongs to no school, so what lies sealed in it lies under the office's key.
extension Desk {
  func seal(_ resource: Resource) throws -> [UInt8] {
    try seal(resource.entry, "resource", version: resource.version)
  }

  func seal(_ offer: Offer) throws -> [UInt8] { try seal(offer.entry, "offer", version: offer.version) }

  func seal(_ entry: DirectoryEntry, _ table: String, version: Int) throws -> [UInt8] {
    try sealer.seal(
      Array(entry.document().utf8), for: .office,
      at: Binding(table: table, record: entry.key, version: version))
  }

  func open(_ stored: StoredResource) throws -> Resource {
    let place = Binding(table: "resource", record: stored.id.description, version: stored.version)
    guard !stored.isOld else {
      return try sealer.open(json: ResourceOfBefore.self, stored.sealed, of: .office, at: place)
        .resource(version: stored.version)
    }
    return Resource(
      try open(stored.sealed, .organization, at: place), isPublic: stored.isPublic,
      verifiedBy: stored.verifiedBy, version: stored.version)
  }

  func open(_ stored: StoredOffer) throws -> Offer {
    let place = Binding(table: "offer", record: stored.id.description, version: stored.version)
    return Offer(try open(stored.sealed, .service, at: place), version: stored.version)
  }

  func open(
    _ stored: StoredDirectoryEntry, _ kind: DirectoryEntry.Kind, _ table: String
  ) throws -> DirectoryEntry {
    try open(
      stored.sealed, kind, at: Binding(table: table, record: stored.id, version: stored.version))
  }

  private func open(
    _ sealed: [UInt8], _ kind: DirectoryEntry.Kind, at place: Binding
  ) throws -> DirectoryEntry {
    let document = String(decoding: try sealer.open(sealed, of: .office, at: place), as: UTF8.self)
    guard let entry = DirectoryEntry(kind, document: document) else { throw VaultProblem.damaged(place) }
    return entry
  }

  /// The school in whose name the directory is changed: the first in which the asker leads cases.
  func schoolOfKeeper() throws -> ID<School> {
    guard let school = staff.schools(as: [.caseManager, .centreStaff]).first else { throw Refusal.notAllowed }
    return school
  }

  /// Notes field by field what becomes of an object; of people to ask for only that they changed.
  func noteChanges(
    from old: DirectoryEntry?, to new: DirectoryEntry, of resource: ID<Resource>
  ) throws {
    try session.add(
      new.changes(since: old).map { change in
        DirectoryChange(
          id: newID(), resource: resource, subjectKind: new.kind.rawValue,
          subject: new.key, field: change.field, before: change.before,
          after: change.after, by: staff.id, at: instant)
      })
  }
}

extension DirectoryEntry {
  struct Change: Hashable {
    let field: String
    let before: String?
    let after: String?
  }

  /// What is said differently than in `old`, a line a field, a list as one line.
  func changes(since old: DirectoryEntry?) -> [Change] {
    guard let old else { return [Change(field: "added", before: nil, after: self["name"])] }
    let plain = kind.fields.map(\.name).filter { !Self.unsaid.contains($0) }.compactMap { name -> Change? in
      old[name] == self[name] ? nil : Change(field: name, before: old[name], after: self[name])
    }
    let lists = kind.parts.map(\.name).compactMap { name -> Change? in
      guard old[part: name] != self[part: name] else { return nil }
      guard name != "contacts" else { return Change(field: name, before: nil, after: nil) }
      return Change(field: name, before: old.spoken(name), after: spoken(name))
    }
    return plain + lists
  }

  /// Set with every change.
  private static let unsaid: Set<String> = ["last_modified"]

  /// A list in one line: what stands first in each of its objects.
  private func spoken(_ part: String) -> String? {
    let lines = self[part: part].map { entry in
      let words = entry.kind.fields.filter {
        $0.type != .uuid && !["link_entity", "link_type"].contains($0.name)
      }
      return words.compactMap { entry[$0.name] }.prefix(3).joined(separator: " ")
    }
    return lines.isEmpty ? nil : lines.joined(separator: ", ")
  }
}

/// A resource as it was kept before the directory took the standard's shape.
struct ResourceOfBefore: Codable {
  let id: ID<Resource>
  let name: String
  let kind: String
  let needs: [String]
  let formality: String
  let place: String
  let phone: String?
  let contactPerson: String?
  let description: String
  let verifiedOn: Day?

  func resource(version: Int) -> Resource {
    var resource = Resource(
      id: id, name: name, kind: kind, formality: formality, place: place, phone: phone,
      contactPerson: contactPerson, description: description, verifiedOn: verifiedOn)
    resource.version = version
    return resource
  }
}

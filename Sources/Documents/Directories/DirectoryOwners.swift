import CaseWork
import Foundation

/// Whose a part is.
struct DirectoryOwner: Hashable {
  let kind: DirectoryEntry.Kind
  let id: UUID
}

extension DirectoryEntry.Kind {
  /// The fields by which a row of a table says whose it is. Within its owner a part needs none of them.
  var ownerFields: [(field: String, owner: DirectoryEntry.Kind)] {
    guard !standsAlone else { return [] }
    return Self.owners.filter { owner in fields.contains { $0.name == owner.field } }
  }

  private static let owners: [(field: String, owner: DirectoryEntry.Kind)] = [
    ("organization_id", .organization), ("service_id", .service), ("location_id", .location),
    ("service_at_location_id", .serviceAtLocation), ("contact_id", .contact), ("phone_id", .phone),
  ]

  /// Words of a taxonomy and the history of changes may belong to anything: an id, and the name of a kind.
  var openOwner: (id: String, kind: String)? {
    switch self {
    case .attribute: ("link_id", "link_entity")
    case .metadata: ("resource_id", "resource_type")
    default: nil
    }
  }

  /// The list in which an object of this kind keeps parts of `kind`.
  func list(of kind: DirectoryEntry.Kind) -> String? {
    parts.first { $0.isList && $0.kind == kind }?.name
  }

  /// What the field `name` of this kind names; `nil` where it names nothing, or what another field says.
  func target(of name: String) -> DirectoryEntry.Kind? {
    switch name {
    case "parent_organization_id": .organization
    case "program_id": .program
    case "taxonomy_id": .taxonomy
    case "taxonomy_term_id": .taxonomyTerm
    case "parent_id": self == .taxonomyTerm ? .taxonomyTerm : nil
    case "unit_id": .unit
    default: Self.owners.first { $0.field == name }?.owner
    }
  }
}

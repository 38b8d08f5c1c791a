import CaseWork
import Foundation

/// The id another directory goes by, where it is no UUID.
enum GivenID {
  /// Keeps it where the standard has a place for such: with an organization's identifiers, and with a place. `false`
  /// for everything else.
  static func keep(_ given: String, in entry: inout DirectoryEntry, identity: DirectoryIdentity) -> Bool {
    switch entry.kind {
    case .organization:
      guard !entry[part: "organization_identifiers"].contains(where: { $0["identifier"] == given }) else {
        return true
      }
      var fields: [String: DirectoryEntry.Value] = [
        "identifier_type": .text(type), "identifier": .text(given),
      ]
      if !identity.source.isEmpty { fields["identifier_scheme"] = .text(identity.source) }
      entry[part: "organization_identifiers"].append(
        DirectoryEntry(
          .organizationIdentifier, id: identity.made(type, [entry.id.uuidString, given]), fields: fields))
      return true
    case .location where entry["external_identifier"] == nil:
      entry["external_identifier"] = given
      entry["external_identifier_type"] = identity.source.isEmpty ? type : identity.source
      return true
    default: return false
    }
  }

  private static let type = "local id"
}

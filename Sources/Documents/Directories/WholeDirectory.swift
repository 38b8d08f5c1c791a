public import CaseWork
import Foundation

/// A directory whose objects are shown with all that belongs to them, as the standard's JSON has them.
public struct WholeDirectory: Sendable {
  public let directory: Directory
  private let entries: [DirectoryOwner: DirectoryEntry]
  private let programs: [String: [DirectoryEntry]]
  private let locations: [String: [DirectoryEntry]]
  private let servicePlaces: [String: [DirectoryEntry]]

  public init(_ directory: Directory) {
    self.directory = directory
    var entries: [DirectoryOwner: DirectoryEntry] = [:]
    for kind in Directory.kinds {
      for entry in directory[kind] { entries[DirectoryOwner(kind: kind, id: entry.id)] = entry }
    }
    self.entries = entries
    programs = Dictionary(grouping: directory.programs) { $0["organization_id"] ?? "" }
    locations = Dictionary(grouping: directory.locations) { $0["organization_id"] ?? "" }
    servicePlaces = Dictionary(grouping: directory.serviceAtLocations) { $0["service_id"] ?? "" }
  }

  /// An organization with its places and programmes, a service with its organization, programme and places, a service
  /// at a location with that location, a term with its taxonomy; and the words of taxonomies wherever they are used.
  public func whole(_ entry: DirectoryEntry) -> DirectoryEntry {
    var whole = worded(entry)
    let id = entry.id.uuidString.lowercased()
    switch entry.kind {
    case .organization:
      whole[part: "programs"] = (programs[id] ?? []).map(worded)
      whole[part: "locations"] = (locations[id] ?? []).map(worded)
    case .service:
      whole[part: "organization"] = named("organization_id", .organization, by: entry).map(worded)
      whole[part: "program"] = named("program_id", .program, by: entry).map(worded)
      whole[part: "service_at_locations"] = (servicePlaces[id] ?? []).map(self.whole)
    case .serviceAtLocation:
      whole[part: "location"] = named("location_id", .location, by: entry).map(worded)
    case .taxonomyTerm:
      whole[part: "taxonomy_detail"] = named("taxonomy_id", .taxonomy, by: entry).map(worded)
    default: break
    }
    return whole
  }

  /// Puts the terms back that its attributes name, and those of its parts.
  private func worded(_ entry: DirectoryEntry) -> DirectoryEntry {
    var worded = entry
    for (name, below) in entry.parts { worded[part: name] = below.map(self.worded) }
    if entry.kind == .attribute {
      worded[part: "taxonomy_term"] = named("taxonomy_term_id", .taxonomyTerm, by: entry).map(whole)
    }
    return worded
  }

  private func named(
    _ field: String, _ kind: DirectoryEntry.Kind, by entry: DirectoryEntry
  ) -> [DirectoryEntry] {
    guard let id = entry[field].flatMap(UUID.init(uuidString:)),
      let named = entries[DirectoryOwner(kind: kind, id: id)]
    else { return [] }
    return [named]
  }

  /// What lies in no other whole object.
  func loose(_ kind: DirectoryEntry.Kind) -> [DirectoryEntry] {
    switch kind {
    case .program, .location:
      directory[kind].filter { named("organization_id", .organization, by: $0).isEmpty }
    case .serviceAtLocation: directory[kind].filter { named("service_id", .service, by: $0).isEmpty }
    default: directory[kind]
    }
  }
}

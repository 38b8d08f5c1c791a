import CaseWork
import Documents
import Foundation
import Practice
import Repositories
import Store

/// Takes a directory into ours: what is new is added, what differs is changed, what is the same stays.
struct DirectoryTaking {
  private let desk: Desk
  private let words: OwnWords

  init(_ desk: Desk) {
    self.desk = desk
    words = OwnWords(desk.practice.codes)
  }

  private static let atOnce = 200

  func take(_ given: Directory) throws -> DirectoryImport.Outcome {
    var directory = given
    directory.organizations = given.organizations.map { words.coded($0, by: given.taxonomyTerms) }
    directory.services = given.services.map { words.coded($0, by: given.taxonomyTerms) }
    var outcome = DirectoryImport.Outcome()
    for entry in directory.taxonomies where !isOurs(entry) { try desk.session.directoryTerms.keep(entry) }
    for entry in directory.taxonomyTerms where !isOurs(entry) { try desk.session.directoryTerms.keep(entry) }
    let resources = try takeResources(directory, &outcome)
    let offers = try takeOffers(directory.services, of: resources, &outcome)
    let locations = try takeLocations(directory.locations, of: resources, &outcome)
    try takePlaces(directory.serviceAtLocations, offers: offers, locations: locations, &outcome)
    return outcome
  }

  /// Our own codes are not brought in from outside.
  private func isOurs(_ entry: DirectoryEntry) -> Bool {
    DirectoryTerm(id: entry.id) != nil
      || DirectoryTerm.List.allCases.contains { DirectoryTerm.taxonomy($0) == entry.id }
  }

  // MARK: who helps

  /// Every resource the directory speaks of, as it is now.
  private func takeResources(
    _ directory: Directory, _ outcome: inout DirectoryImport.Outcome
  ) throws -> [ID<Resource>: Resource] {
    let programs = Dictionary(grouping: directory.programs) { $0["organization_id"] ?? "" }
    let named =
      (directory.services + directory.locations).compactMap {
        $0["organization_id"].flatMap { ID<Resource>($0) }
      }
    var known = try existing(directory.organizations.map { ID($0.id) } + named)
    for entry in directory.organizations {
      var entry = entry
      let own = programs[entry.key] ?? []
      if !own.isEmpty { entry[part: "programs"] = own }
      let id: ID<Resource> = ID(entry.id)
      guard let old = known[id] else {
        known[id] = try add(entry)
        outcome.added += 1
        continue
      }
      let changed = Resource(
        entry.keepingOurs(of: old.entry), isPublic: old.isPublic, verifiedBy: old.verifiedBy,
        version: old.version)
      if changed.entry.inOrder == old.entry.inOrder {
        outcome.same += 1
      } else {
        known[id] = try desk.change(changed)
        outcome.changed += 1
      }
    }
    let told = Set(directory.organizations.map { ID<Resource>($0.id) })
    for service in directory.services {
      // A service whose organization is not told is found all the same, by its own name.
      guard let id = service["organization_id"].flatMap({ ID<Resource>($0) }), known[id] == nil,
        !told.contains(id)
      else { continue }
      var entry = DirectoryEntry(.organization, id: id.value)
      entry["name"] = service["name"]
      known[id] = try add(entry)
      outcome.added += 1
    }
    return known
  }

  private func add(_ entry: DirectoryEntry) throws -> Resource {
    let resource = Resource(entry, version: 1)
    try desk.session.resources.insert(
      resource, sealed: try desk.seal(resource), at: desk.instant)
    try desk.noteChanges(from: nil, to: entry, of: resource.id)
    return resource
  }

  private func existing(_ ids: [ID<Resource>]) throws -> [ID<Resource>: Resource] {
    try inParts(Array(Set(ids)).sorted()) { try desk.session.resources.some($0) }
      .reduce(into: [:]) { $0[$1.id] = try desk.open($1) }
  }

  // MARK: with what

  private func takeOffers(
    _ services: [DirectoryEntry], of resources: [ID<Resource>: Resource],
    _ outcome: inout DirectoryImport.Outcome
  ) throws -> Set<ID<Offer>> {
    var known = try inParts(services.map { ID<Offer>($0.id) }) { try desk.session.offers.some($0) }
      .reduce(into: [ID<Offer>: Offer]()) { $0[$1.id] = try desk.open($1) }
    for entry in services {
      let resource = entry["organization_id"].flatMap { ID<Resource>($0) }.flatMap { resources[$0] }
      // One that names no organization at all cannot be asked of anybody.
      guard let resource else {
        outcome.refused += 1
        continue
      }
      let old = known[ID(entry.id)]
      let offer = Offer(old.map { entry.keepingOurs(of: $0.entry) } ?? entry, version: old?.version ?? 0)
      known[offer.id] = offer
      guard let old else {
        _ = try desk.add(offer, to: resource)
        outcome.added += 1
        continue
      }
      if offer.entry.inOrder == old.entry.inOrder {
        outcome.same += 1
      } else {
        var changed = offer
        changed.version += 1
        try desk.session.offers.update(
          changed, of: resource, sealed: try desk.seal(changed), at: desk.instant)
        try desk.noteChanges(from: old.entry, to: changed.entry, of: resource.id)
        outcome.changed += 1
      }
    }
    return Set(known.keys)
  }

  // MARK: and where

  private func takeLocations(
    _ entries: [DirectoryEntry], of resources: [ID<Resource>: Resource],
    _ outcome: inout DirectoryImport.Outcome
  ) throws -> Set<String> {
    let known = try inParts(entries.map(\.key)) { try desk.session.locations.some($0) }
      .reduce(into: [String: StoredDirectoryEntry]()) { $0[$1.id] = $1 }
    for entry in entries {
      try keep(entry, known[entry.key], "location", &outcome) { version, sealed in
        let resource = entry["organization_id"].flatMap { ID<Resource>($0) }.flatMap { resources[$0]?.id }
        try desk.session.locations.keep(entry, of: resource, version: version, sealed: sealed)
      }
    }
    return Set(entries.map(\.key))
  }

  private func takePlaces(
    _ entries: [DirectoryEntry], offers: Set<ID<Offer>>, locations: Set<String>,
    _ outcome: inout DirectoryImport.Outcome
  ) throws {
    let known = try inParts(entries.map(\.key)) { try desk.session.locations.offered($0) }
      .reduce(into: [String: StoredDirectoryEntry]()) { $0[$1.id] = $1 }
    for entry in entries {
      guard let offer = entry["service_id"].flatMap({ ID<Offer>($0) }), offers.contains(offer),
        let location = entry["location_id"], locations.contains(location)
      else {
        outcome.refused += 1
        continue
      }
      try keep(entry, known[entry.key], "offer_location", &outcome) { version, sealed in
        try desk.session.locations.keep(entry, of: offer, at: location, version: version, sealed: sealed)
      }
    }
  }

  /// Writes an object where it is new or differs from what is kept.
  private func keep(
    _ entry: DirectoryEntry, _ stored: StoredDirectoryEntry?, _ table: String,
    _ outcome: inout DirectoryImport.Outcome, _ write: (Int, [UInt8]) throws -> Void
  ) throws {
    let version = (stored?.version ?? 0) + 1
    if let stored, try desk.open(stored, entry.kind, table).inOrder == entry.inOrder {
      outcome.same += 1
      return
    }
    try write(version, try desk.seal(entry, table, version: version))
    if stored == nil { outcome.added += 1 } else { outcome.changed += 1 }
  }

  private func inParts<Key, Found>(_ keys: [Key], _ find: ([Key]) throws -> [Found]) throws -> [Found] {
    try stride(from: 0, to: keys.count, by: Self.atOnce).flatMap { start in
      try find(Array(keys[start..<min(keys.count, start + Self.atOnce)]))
    }
  }
}

extension DirectoryEntry {
  /// With what this office has told of it by its own codes, where the other directory tells nothing.
  func keepingOurs(of old: DirectoryEntry) -> DirectoryEntry {
    var kept = self
    for list in DirectoryTerm.List.allCases where codes(list).isEmpty {
      for code in old.codes(list) {
        if let value = old.value(list, code) {
          kept.set(value, at: code, in: list)
        } else {
          kept.set(kept.codes(list) + [code], in: list)
        }
      }
    }
    return kept
  }
}

/// The names of our codes, by which words of another directory are understood.
struct OwnWords {
  private let terms: [String: [DirectoryTerm]]

  init(_ lists: [CodeList.Name: CodeList]) {
    var terms: [String: [DirectoryTerm]] = [:]
    for list in [DirectoryTerm.List.organisation, .need, .field] {
      for code in list.codes.flatMap({ lists[$0]?.codes }) ?? [] {
        for name in [code.words(.korean), code.words(.english), code.value] {
          terms[name.lowercased(), default: []].append(DirectoryTerm(list, code.value))
        }
      }
    }
    self.terms = terms
  }

  /// With our codes for what its attributes say in the same words, where it has none of ours yet.
  func coded(_ entry: DirectoryEntry, by given: [DirectoryEntry]) -> DirectoryEntry {
    let foreign = given.filter { DirectoryTerm(id: $0.id) == nil }
    let names = Dictionary(foreign.map { ($0.key, $0["name"] ?? "") }) { first, _ in first }
    let said = entry[part: "attributes"].compactMap { $0["taxonomy_term_id"].flatMap { names[$0] } }
    let found = said.flatMap { terms[$0.lowercased()] ?? [] }
    var coded = entry
    for list in [DirectoryTerm.List.organisation, .need, .field] where entry.codes(list).isEmpty {
      if entry.kind == .organization, list != .organisation { continue }
      if entry.kind == .service, list == .organisation { continue }
      let codes = found.filter { $0.list == list }.map(\.code)
      if !codes.isEmpty { coded.set(codes, in: list) }
    }
    return coded
  }
}

import CaseWork
import Foundation

/// Reads the JSON of the standard: whole objects with all that belongs to them, taken apart into the directory's lists.
struct DirectoryJSON {
  typealias Kind = DirectoryEntry.Kind

  private var draft: DirectoryDraft
  /// Whole objects as they came, because the same place comes again with every service given there.
  private var seen: [DirectoryOwner: DirectoryEntry] = [:]
  private var line: Int?
  /// Stands for an id that was not given until what the object says is known.
  private static let noID = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

  init(options: DirectoryOptions) {
    draft = DirectoryDraft(options: options)
  }

  mutating func reading(of bytes: [UInt8]) throws(TableProblem) -> DirectoryReading {
    let text = try Self.text(bytes, limits: draft.options.limits)
    if let value = Self.value(text) {
      guard take(document: value) else { throw TableProblem(.notATable) }
    } else {
      try take(lines: text)
    }
    return draft.reading(.json)
  }

  private static func text(_ bytes: [UInt8], limits: TableLimits) throws(TableProblem) -> [UInt8] {
    guard bytes.count <= limits.bytes else { throw TableProblem(.tooLarge) }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard String(validating: text, as: UTF8.self) != nil else { throw TableProblem(.notText) }
    let size = size(of: text)
    guard size.depth <= limits.depth, size.values <= limits.cells else { throw TableProblem(.tooLarge) }
    return text
  }

  /// How deep lists and objects lie in one another and about how many values there are, counted before anything follows
  /// them down.
  private static func size(of text: [UInt8]) -> (depth: Int, values: Int) {
    var (depth, deepest, values, isText, isEscaped) = (0, 0, 0, false, false)
    for byte in text {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
      } else if byte == UInt8(ascii: "\"") {
        isText = true
      } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
        depth += 1
        values += 1
        deepest = max(deepest, depth)
      } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
        depth -= 1
      } else if byte == UInt8(ascii: ",") {
        values += 1
      }
    }
    return (deepest, values)
  }

  private static func value(_ text: [UInt8]) -> Any? {
    try? JSONSerialization.jsonObject(with: Data(text))
  }

  /// Newline-delimited JSON: a line that is none is refused alone.
  private mutating func take(lines text: [UInt8]) throws(TableProblem) {
    var isAny = false
    for (index, bytes) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where bytes.contains(where: { $0 > 0x20 }) {
      line = index + 1
      if let object = Self.value(Array(bytes)) as? [String: Any], let kind = Self.kind(of: object) {
        isAny = true
        take(kind, object, at: "")
      } else {
        // A first line that is no object is the first line of something else.
        guard isAny else { throw TableProblem(.damaged) }
        draft.countRead("line")
        draft.note(.unreadable, at: .init(table: "line", row: line))
      }
    }
    guard isAny else { throw TableProblem(.empty) }
  }

  /// A list of objects, a page of them, our own whole directory, or one object; whether it was any of these.
  private mutating func take(document value: Any) -> Bool {
    if let list = value as? [Any] {
      return take(list: list, of: nil, at: "")
    }
    guard let object = value as? [String: Any] else { return false }
    if let contents = object["contents"] as? [Any] {
      return take(list: contents, of: nil, at: "contents")
    }
    if object["id"] == nil, object["name"] == nil {
      let lists = Self.lists.filter { object[$0.name] is [Any] }
      for (name, kind) in lists {
        if let list = object[name] as? [Any] { _ = take(list: list, of: kind, at: name) }
      }
      for name in object.keys where !lists.contains(where: { $0.name == name }) {
        draft.countUnmapped(name, in: "document")
      }
      return !lists.isEmpty
    }
    guard let kind = Self.kind(of: object) else { return false }
    take(kind, object, at: "")
    return true
  }

  static let lists: [(name: String, kind: Kind)] = [
    ("taxonomies", .taxonomy), ("taxonomy_terms", .taxonomyTerm), ("organizations", .organization),
    ("programs", .program), ("locations", .location), ("services", .service),
    ("service_at_locations", .serviceAtLocation),
  ]

  private mutating func take(list: [Any], of kind: Kind?, at path: String) -> Bool {
    var isAny = list.isEmpty
    for (index, item) in list.enumerated() {
      let here = "\(path)[\(index)]"
      if let object = item as? [String: Any], let kind = kind ?? Self.kind(of: object) {
        isAny = true
        take(kind, object, at: here)
      } else {
        draft.countRead("item")
        draft.note(.unreadable, at: .init(table: "item", row: line, path: here))
      }
    }
    return isAny
  }

  /// What an object is that does not say so, by the fields only one kind has.
  static func kind(of object: [String: Any]) -> Kind? {
    func has(_ names: String...) -> Bool { names.contains { object[$0] != nil } }
    if has("status", "service_at_locations", "capacities", "eligibility_description", "application_process") {
      return .service
    }
    if has("location_type", "addresses", "latitude") { return .location }
    if !has("name"), has("location", "location_id", "service", "service_id") { return .serviceAtLocation }
    if !has("name") { return nil }
    if has("organization", "program_id", "fees_description", "schedules", "service_areas", "cost_options") {
      return .service
    }
    if has("taxonomy_detail", "taxonomy_id", "term_uri", "code", "taxonomy", "parent_id") {
      return .taxonomyTerm
    }
    if has("version") { return .taxonomy }
    return has("organization_id") ? .service : .organization
  }

  /// One whole object from the top of the document.
  @discardableResult
  private mutating func take(
    _ kind: Kind, _ object: [String: Any], at path: String, owner: DirectoryOwner? = nil
  ) -> UUID? {
    var object = object
    var below: [(Kind, [String: Any], String)] = []
    if kind == .organization, let services = object["services"] as? [Any] {
      for (index, service) in services.enumerated() {
        guard let service = service as? [String: Any] else { continue }
        below.append((.service, service, "\(path).services[\(index)]"))
      }
      object["services"] = nil
    }
    if kind == .serviceAtLocation, let service = object["service"] as? [String: Any] {
      below.append((.service, service, path + ".service"))
      object["service"] = nil
    }
    var unknown: [String] = []
    var given: [String: String] = [:]
    let identity = draft.identity
    let entry = DirectoryEntry(
      kind, json: object, at: path,
      makeID: { kind, id, path in
        guard let id, !id.isEmpty else { return Self.noID }
        given[path] = id
        return identity.id(kind.rawValue, given: id)
      }, unknown: { unknown.append($0) })
    for path in unknown { draft.countUnmapped(Self.withoutIndices(path), in: kind.rawValue) }
    guard let id = settle(entry, at: path, under: owner, given: given) else { return nil }
    for (kind, object, path) in below {
      let service = take(kind, object, at: path, owner: DirectoryOwner(kind: entry.kind, id: id))
      guard entry.kind == .serviceAtLocation, let service else { continue }
      draft.update(.serviceAtLocation, id) { $0["service_id"] = service.uuidString.lowercased() }
    }
    return id
  }

  /// `[3].phones[0].fax` as `phones[].fax`.
  private static func withoutIndices(_ path: String) -> String {
    let bare = path.replacing(/\[[0-9]+\]/, with: "[]")
    return String(bare.drop { "[].".contains($0) }).replacing(/^contents\[\]\./, with: "")
  }

  /// Puts an object with a list of its own into that list; its id, or `nil` where it is refused.
  private mutating func settle(
    _ object: DirectoryEntry, at path: String, under owner: DirectoryOwner?, given: [String: String]
  ) -> UUID? {
    var raw = object
    if raw.id == Self.noID {
      raw.id = draft.identity.made(raw.kind.rawValue, [owner?.id.uuidString ?? "", raw.document()])
    }
    let key = DirectoryOwner(kind: raw.kind, id: raw.id)
    if seen[key] == raw, owner == nil || owner?.kind == .serviceAtLocation { return raw.id }
    let isNew = !draft.holds(raw.kind, raw.id)
    if isNew { draft.countRead(raw.kind.rawValue) }
    guard var entry = settled(raw, at: path, under: owner, given: given, counts: isNew) else { return nil }
    seen[key] = raw
    if isNew { draft.countTaken(raw.kind.rawValue) }
    keep(given[path], of: &entry)
    draft.put(entry, at: place(of: raw.kind, path))
    return entry.id
  }

  private func place(of kind: Kind, _ path: String) -> DirectoryProblem.Place {
    DirectoryProblem.Place(
      table: kind.rawValue, row: line, path: path.hasPrefix(".") ? String(path.dropFirst()) : path)
  }

  /// An object as the directory keeps it: checked, without what its owner says, its whole parts in lists of their own.
  private mutating func settled(
    _ raw: DirectoryEntry, at path: String, under owner: DirectoryOwner?, given: [String: String],
    counts: Bool
  ) -> DirectoryEntry? {
    let kind = raw.kind
    let place = place(of: kind, path)
    guard var fields = draft.fields(kind, from: raw.fields, at: place) else { return nil }
    if !kind.standsAlone { takeOwners(kind, from: &fields, owner: owner, at: place) }
    if let owner, kind.standsAlone { name(owner, in: &fields, of: kind) }
    let id =
      raw.id == Self.noID
      ? draft.made(kind.rawValue, [owner?.id.uuidString ?? "", raw.document()]) : raw.id
    var entry = DirectoryEntry(kind, id: id, fields: fields)
    let here = DirectoryOwner(kind: kind, id: id)
    for part in kind.parts {
      var inner: [DirectoryEntry] = []
      for (index, below) in raw[part: part.name].enumerated() {
        let path = part.isList ? "\(path).\(part.name)[\(index)]" : "\(path).\(part.name)"
        if part.kind.standsAlone {
          // What names this one is told so; what this one names is named.
          let owner = part.isList ? here : nil
          guard let id = settle(below, at: path, under: owner, given: given) else { continue }
          if !part.isList { entry[Self.naming(part.kind)] = id.uuidString.lowercased() }
        } else {
          if counts { draft.countRead(part.kind.rawValue) }
          guard let below = settled(below, at: path, under: here, given: given, counts: counts) else {
            continue
          }
          if counts { draft.countTaken(part.kind.rawValue) }
          inner.append(below)
        }
      }
      entry[part: part.name] = inner
    }
    if kind == .serviceCapacity, entry[part: "unit"].isEmpty {
      draft.note(.missing, at: place, field: "unit")
      return nil
    }
    if kind == .service { nameOrganization(of: entry) }
    return entry
  }

  private static func naming(_ kind: Kind) -> String { kind.rawValue + "_id" }

  /// A programme within a service is one of the service's organization.
  private mutating func nameOrganization(of service: DirectoryEntry) {
    guard let organization = service["organization_id"],
      let program = service["program_id"].flatMap(UUID.init(uuidString:))
    else { return }
    draft.update(.program, program) { entry in
      if entry["organization_id"] == nil { entry["organization_id"] = organization }
    }
  }

  private mutating func takeOwners(
    _ kind: Kind, from fields: inout [String: DirectoryEntry.Value], owner: DirectoryOwner?,
    at place: DirectoryProblem.Place
  ) {
    var names = kind.ownerFields.map(\.field)
    if let open = kind.openOwner {
      names.append(open.id)
      fields[open.kind] = nil
    }
    if kind == .serviceCapacity { names.append("unit_id") }
    for name in names {
      guard case .text(let text)? = fields.removeValue(forKey: name), name != "unit_id" else { continue }
      if UUID(uuidString: text) != owner?.id { draft.note(.differs, at: place, field: name) }
    }
  }

  private func name(
    _ owner: DirectoryOwner, in fields: inout [String: DirectoryEntry.Value], of kind: Kind
  ) {
    let name = Self.naming(owner.kind)
    guard kind.fields.contains(where: { $0.name == name }) else { return }
    fields[name] = .text(owner.id.uuidString.lowercased())
  }

  /// The id that was given, where it is no UUID and the standard has a place for it.
  private mutating func keep(_ given: String?, of entry: inout DirectoryEntry) {
    guard let given, UUID(uuidString: given) == nil else { return }
    if !GivenID.keep(given, in: &entry, identity: draft.identity) {
      draft.countUnmapped("id", in: entry.kind.rawValue)
    }
  }
}

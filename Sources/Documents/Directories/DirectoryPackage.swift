import CaseWork
import Foundation

/// Reads the tabular form: rows that name their owners, put back into the objects they belong to.
struct DirectoryPackage {
  typealias Kind = DirectoryEntry.Kind

  private struct Row {
    var entry: DirectoryEntry
    let place: DirectoryProblem.Place
    var owners: [DirectoryOwner] = []
    /// An owner of which only the id is said, and not what it is.
    var bareOwner: UUID?
    /// Whether a row of a file stands for this one, which counts it.
    var isMain = true
  }

  private var draft: DirectoryDraft
  private var isOlder = false
  private var rows: [Kind: [Row]] = [:]
  private var known: Set<DirectoryOwner> = []
  private var kinds: [UUID: Kind] = [:]
  /// The parts of every object, by its list.
  private var parts: [DirectoryOwner: [Kind: [Row]]] = [:]
  private var units: [UUID: DirectoryEntry] = [:]
  /// The ids that are no UUIDs.
  private var given: [DirectoryOwner: String] = [:]

  init(options: DirectoryOptions) {
    draft = DirectoryDraft(options: options)
  }

  mutating func reading(
    of files: [(name: String, bytes: [UInt8])]
  ) throws(TableProblem) -> DirectoryReading {
    var tables: [(name: String, table: Table)] = []
    for file in files {
      if let table = try table(file.name, file.bytes) { tables.append((file.name, table)) }
    }
    guard tables.contains(where: { Self.isKnown($0.name) }) || !draft.counts.isEmpty else {
      throw TableProblem(.notATable)
    }
    isOlder = tables.contains { OlderTable.isOne($0.name, header: Self.header($0.table)) }
    // What belongs to the row of another table is read before it.
    let eligibility = tables.filter { DirectoryTable.base($0.name) == "eligibility" }
    var conditions: [String: String] = [:]
    for table in eligibility { readConditions(table.name, table.table, into: &conditions) }
    for (name, table) in tables where DirectoryTable.base(name) != "eligibility" {
      read(name, table, conditions: conditions)
    }
    join()
    return draft.reading(isOlder ? .olderTables : .tables)
  }

  /// One file as a table; `nil` where it holds none, which is noted.
  private mutating func table(_ name: String, _ bytes: [UInt8]) throws(TableProblem) -> Table? {
    do throws(TableProblem) {
      return try TableFile.read(bytes, name: name, limits: draft.options.limits)
    } catch {
      if error.code == .tooLarge { throw error }
      if error.code != .empty {
        let place = DirectoryProblem.Place(table: DirectoryTable.base(name), row: error.row)
        draft.countRead(place.table)
        draft.note(.unreadable, at: place)
      }
      return nil
    }
  }

  private static func isKnown(_ name: String) -> Bool {
    DirectoryTable.kind(named: name) != nil || OlderTable.isOne(name, header: [])
  }

  private static func header(_ table: Table) -> [String] {
    (table.rows.first?.cells ?? []).map { $0.trimmed.lowercased().replacing(" ", with: "_") }
  }

  /// The rows as cells by the names of their columns.
  private static func cells(_ table: Table) -> some Sequence<(row: Int, cells: [String: String])> {
    let header = header(table)
    return table.rows.dropFirst().lazy.map { row in
      var cells: [String: String] = [:]
      for (name, cell) in zip(header, row.cells) where !cell.isEmpty && cells[name] == nil {
        cells[name] = cell
      }
      return (row.number, cells)
    }
  }

  private mutating func readConditions(
    _ name: String, _ table: Table, into conditions: inout [String: String]
  ) {
    let base = DirectoryTable.base(name)
    for (row, cells) in Self.cells(table) {
      draft.countRead(base)
      guard let service = cells["service_id"], let text = cells["eligibility"] ?? cells["description"] else {
        draft.note(.empty, at: .init(table: base, row: row))
        continue
      }
      draft.countTaken(base)
      conditions[service] = conditions[service].map { $0 + "\n" + text } ?? text
    }
  }

  private mutating func read(_ name: String, _ table: Table, conditions: [String: String]) {
    let base = DirectoryTable.base(name)
    for (number, given) in Self.cells(table) {
      let place = DirectoryProblem.Place(table: base, row: number)
      var cells = given
      if base == "services" || base == "service", let id = cells["id"], let text = conditions[id] {
        cells["eligibility_description"] = cells["eligibility_description"].map { $0 + "\n" + text } ?? text
      }
      let objects = OlderTable.objects(of: base, cells, isOlder: isOlder, identity: draft.identity)
      guard let first = objects.first else {
        for column in cells.keys { draft.countUnmapped(column, in: base) }
        continue
      }
      draft.countRead(base)
      guard let id = take(first, id: nil, at: place) else { continue }
      for object in objects.dropFirst() { _ = take(object, id: id, at: place) }
    }
  }

  /// One object of a row; `owner` is the id of the object for which the row stands, where this is another.
  private mutating func take(
    _ object: OlderTable.Object, id owner: UUID?, at place: DirectoryProblem.Place
  ) -> UUID? {
    let kind = object.kind
    var cells = object.cells
    if let owner, let field = object.ownerField { cells[field] = owner.uuidString.lowercased() }
    var given: [String: DirectoryEntry.Value] = [:]
    let names = Set(kind.fields.map(\.name))
    for (name, cell) in cells where name != "id" {
      if names.contains(name) {
        given[name] = .text(cell)
      } else {
        draft.countUnmapped(name, in: place.table)
      }
    }
    guard !given.isEmpty || cells["id"] != nil else {
      draft.note(.empty, at: place)
      return nil
    }
    guard var fields = draft.fields(kind, from: given, at: place) else { return nil }
    let id =
      cells["id"].map { draft.identity.id(object.space, given: $0.trimmed) }
      ?? draft.made(object.space, cells.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    let (owners, bareOwner) = takeOwners(kind, from: &fields)
    var row = Row(
      entry: DirectoryEntry(kind, id: id, fields: fields), place: place, owners: owners,
      bareOwner: bareOwner, isMain: object.isMain)
    if kind.standsAlone || kind == .unit {
      guard known.insert(DirectoryOwner(kind: kind, id: id)).inserted else {
        draft.note(.duplicate, at: place, field: "id")
        return nil
      }
    } else if !known.insert(DirectoryOwner(kind: kind, id: id)).inserted {
      // Nobody else is named by it, so that the row need not be lost.
      draft.note(.corrected, at: place, field: "id")
      let other = draft.made(object.space, cells.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
      row.entry.id = other
      known.insert(DirectoryOwner(kind: kind, id: other))
    }
    if row.isMain, kind.standsAlone || kind == .unit { draft.countTaken(place.table) }
    if object.space == OlderTable.regularSchedule, fields["opens_at"] == nil, fields["closes_at"] == nil {
      draft.note(.noHours, at: place)
    }
    if kind == .unit { units[id] = row.entry }
    if kinds[row.entry.id] == nil { kinds[row.entry.id] = kind }
    rows[kind, default: []].append(row)
    if let given = cells["id"]?.trimmed, UUID(uuidString: given) == nil {
      if kind.standsAlone {
        self.given[DirectoryOwner(kind: kind, id: row.entry.id)] = given
      } else {
        draft.countUnmapped("id", in: place.table)
      }
    }
    return row.entry.id
  }

  /// Takes out of `fields` whose the row is.
  private func takeOwners(
    _ kind: Kind, from fields: inout [String: DirectoryEntry.Value]
  ) -> (owners: [DirectoryOwner], bare: UUID?) {
    func take(_ field: String) -> String? {
      if case .text(let text)? = fields.removeValue(forKey: field) { text } else { nil }
    }
    var owners = kind.ownerFields.compactMap { field, owner in
      take(field).flatMap(UUID.init(uuidString:)).map { DirectoryOwner(kind: owner, id: $0) }
    }
    guard let open = kind.openOwner else { return (owners, nil) }
    let owner = take(open.kind).flatMap(DirectoryTable.kind)
    guard let id = take(open.id).flatMap(UUID.init(uuidString:)) else { return (owners, nil) }
    guard let owner else { return (owners, id) }
    owners.append(DirectoryOwner(kind: owner, id: id))
    return (owners, nil)
  }

  /// Puts every part under its owners, and the whole objects into the directory.
  private mutating func join() {
    var used: Set<UUID> = []
    for kind in Self.order {
      for row in rows[kind] ?? [] { join(row, used: &used) }
    }
    for row in rows[.unit] ?? [] where !used.contains(row.entry.id) {
      draft.note(.unused, at: row.place)
      for field in row.entry.fields.keys { draft.countUnmapped(field, in: row.place.table) }
    }
    for kind in Directory.kinds {
      for row in rows[kind] ?? [] {
        var entry = whole(row.entry)
        let key = DirectoryOwner(kind: kind, id: entry.id)
        if let given = given.removeValue(forKey: key),
          !GivenID.keep(given, in: &entry, identity: draft.identity)
        {
          draft.countUnmapped("id", in: row.place.table)
        }
        draft.put(entry, at: row.place)
      }
    }
  }

  /// Whoever may own parts comes before them, so that a part of what is refused is refused as well.
  private static let order: [Kind] = {
    let last: [Kind] = [.phone, .language, .attribute, .metadata]
    return DirectoryTable.files.map(\.kind).filter { !$0.standsAlone && $0 != .unit && !last.contains($0) }
      + last
  }()

  private mutating func join(_ given: Row, used: inout Set<UUID>) {
    var row = given
    let kind = row.entry.kind
    if kind == .serviceCapacity {
      let id = row.entry["unit_id"].flatMap(UUID.init(uuidString:))
      guard let unit = id.flatMap({ units[$0] }) else {
        draft.note(.missing, at: row.place, field: "unit")
        known.remove(DirectoryOwner(kind: kind, id: row.entry.id))
        return
      }
      used.insert(unit.id)
      row.entry["unit_id"] = nil
      row.entry[part: "unit"] = [unit]
    }
    var isTaken = false
    var isDangling = false
    let bare = row.bareOwner.map { DirectoryOwner(kind: kinds[$0] ?? kind, id: $0) }
    for owner in row.owners + [bare].compactMap(\.self) {
      if known.contains(owner), owner.kind.list(of: kind) != nil {
        parts[owner, default: [:]][kind, default: []].append(row)
        isTaken = true
      } else {
        isDangling = true
      }
    }
    if isTaken {
      if row.isMain { draft.countTaken(row.place.table) }
      if isDangling { draft.note(.dangling, at: row.place) }
    } else {
      known.remove(DirectoryOwner(kind: kind, id: row.entry.id))
      draft.note(.noOwner, at: row.place)
    }
  }

  /// An object with its parts, and theirs. Kinds lie in one another in one direction only, so that this ends.
  private func whole(_ entry: DirectoryEntry) -> DirectoryEntry {
    var entry = entry
    for part in entry.kind.parts where !part.kind.standsAlone {
      if part.isList {
        let below = parts[DirectoryOwner(kind: entry.kind, id: entry.id)]?[part.kind] ?? []
        entry[part: part.name] = below.map { whole($0.entry) }
      } else {
        entry[part: part.name] = entry[part: part.name].map(whole)
      }
    }
    return entry
  }
}

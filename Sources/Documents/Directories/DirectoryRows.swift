import CaseWork
import Foundation

/// The objects of a directory as rows of the standard's tables.
///
/// One part of several objects (a telephone of a service and of a place) is one row that names them all. Where the
/// columns do not reach, it is written again under an id of its own, for an id stands only once in a table.
struct DirectoryRows {
  typealias Kind = DirectoryEntry.Kind

  private struct Row {
    let entry: DirectoryEntry
    let id: UUID
    var owners: [String: String]
  }

  private var rows: [Kind: [Row]] = [:]
  private var positions: [DirectoryOwner: Int] = [:]
  private let identity = DirectoryIdentity(source: "copy")

  mutating func add(_ entry: DirectoryEntry) {
    _ = add(entry, owners: [:])
  }

  /// The id under which the row stands.
  private mutating func add(_ entry: DirectoryEntry, owners: [String: String]) -> UUID {
    var id = entry.id
    if let position = positions[DirectoryOwner(kind: entry.kind, id: id)],
      let row = rows[entry.kind]?[position]
    {
      let isFree = owners.allSatisfy { row.owners[$0.key] == nil || row.owners[$0.key] == $0.value }
      if row.entry == entry, isFree, entry.kind.openOwner == nil || row.owners == owners {
        rows[entry.kind]?[position].owners.merge(owners) { first, _ in first }
        return id
      }
      let words = owners.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
      id = identity.made(entry.kind.rawValue, [entry.id.uuidString, entry.document()] + words)
      guard positions[DirectoryOwner(kind: entry.kind, id: id)] == nil else { return id }
    }
    positions[DirectoryOwner(kind: entry.kind, id: id)] = rows[entry.kind, default: []].count
    rows[entry.kind, default: []].append(Row(entry: entry, id: id, owners: owners))
    var units: [String: String] = [:]
    for part in entry.kind.parts {
      for below in entry[part: part.name] {
        if part.kind == .unit {
          units["unit_id"] = add(below, owners: [:]).uuidString.lowercased()
        } else if part.isList, !part.kind.standsAlone {
          _ = add(below, owners: Self.owners(of: part.kind, in: entry.kind, id))
        }
      }
    }
    if !units.isEmpty, let position = positions[DirectoryOwner(kind: entry.kind, id: id)] {
      rows[entry.kind]?[position].owners.merge(units) { _, new in new }
    }
    return id
  }

  private static func owners(of part: Kind, in owner: Kind, _ id: UUID) -> [String: String] {
    let written = id.uuidString.lowercased()
    if let open = part.openOwner { return [open.id: written, open.kind: owner.rawValue] }
    let field = part.ownerFields.first { $0.owner == owner }?.field
    return field.map { [$0: written] } ?? [:]
  }

  /// The table of `kind` (RFC 4180), its header whole. Nothing is put before a cell that a spreadsheet would take for a
  /// formula: the file is for programs, and must say what it says.
  func table(of kind: Kind) -> [UInt8] {
    var bytes = Self.line(["id"] + kind.fields.map(\.name))
    for row in rows[kind] ?? [] {
      let cells = kind.fields.map { field in row.owners[field.name] ?? row.entry[field.name] ?? "" }
      bytes += Self.line([row.id.uuidString.lowercased()] + cells)
    }
    return bytes
  }

  private static func line(_ cells: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += written(cell.withoutControls)
    }
    return bytes + [0x0D, 0x0A]
  }

  private static func written(_ cell: String) -> [UInt8] {
    let isPlain = cell.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0)
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
    guard !isPlain else { return Array(cell.utf8) }
    return Array(("\"" + cell.replacing("\"", with: "\"\"") + "\"").utf8)
  }
}

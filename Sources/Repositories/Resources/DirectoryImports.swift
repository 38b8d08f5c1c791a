public import CaseWork
public import Foundation
public import Store

/// A directory that is brought in, or was.
public struct DirectoryImport: Hashable, Sendable {
  public let id: ID<DirectoryImport>
  public let staff: ID<Staff>
  public let begunAt: Date
  public let finishedAt: Date?
  public let outcome: Outcome

  /// How many objects were new, changed, the same as before, and left out.
  public struct Outcome: Hashable, Sendable {
    public var added = 0
    public var changed = 0
    public var same = 0
    public var refused = 0

    public init() {}
  }
}

/// The imports of directories, each seen by whoever brings it in.
public struct DirectoryImports {
  let session: any Session
  let staff: ID<Staff>

  public func add(_ id: ID<DirectoryImport>, sealed: [UInt8], at instant: Date) throws {
    try session.execute(
      """
      INSERT INTO directory_import (id, staff_id, begun_at, finished_at, sealed, added, changed, same, refused)
      VALUES (\(id), \(staff), \(instant), NULL, \(sealed), 0, 0, 0, 0)
      """)
  }

  public func find(_ id: ID<DirectoryImport>) throws -> (entry: DirectoryImport, sealed: [UInt8]?) {
    let found = try session.row(
      """
      SELECT id, staff_id, begun_at, finished_at, added, changed, same, refused, sealed
      FROM directory_import
      WHERE id = \(id) AND staff_id = \(staff)
      """
    ) { row in
      var outcome = DirectoryImport.Outcome()
      outcome.added = try row.get(4)
      outcome.changed = try row.get(5)
      outcome.same = try row.get(6)
      outcome.refused = try row.get(7)
      let entry = DirectoryImport(
        id: try row.get(0), staff: try row.get(1), begunAt: try row.get(2), finishedAt: try row.optional(3),
        outcome: outcome)
      return (entry: entry, sealed: try row.optional(8, as: [UInt8].self))
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Throws the file away and keeps what came of it; `false` where somebody was quicker.
  public func finish(
    _ id: ID<DirectoryImport>, _ outcome: DirectoryImport.Outcome, at instant: Date
  ) throws -> Bool {
    try session.execute(
      """
      UPDATE directory_import
      SET sealed = NULL, finished_at = \(instant), added = \(outcome.added), changed = \(outcome.changed),
        same = \(outcome.same), refused = \(outcome.refused)
      WHERE id = \(id) AND staff_id = \(staff) AND finished_at IS NULL
      """) == 1
  }
}

/// The terms of other directories.
public struct DirectoryTerms {
  let session: any Session

  /// Adds a taxonomy or a term, or writes it anew.
  public func keep(_ entry: DirectoryEntry) throws {
    if entry.kind == .taxonomy {
      try session.execute(
        """
        INSERT INTO directory_taxonomy (id, document) VALUES (\(entry.key), \(entry.document()))
        ON CONFLICT (id) DO UPDATE SET document = excluded.document
        """)
    } else {
      try session.execute(
        """
        INSERT INTO directory_term (id, taxonomy_id, document, parent_id)
        VALUES (\(entry.key), \(entry["taxonomy_id"]), \(entry.document()), \(entry.parent))
        ON CONFLICT (id) DO UPDATE
        SET taxonomy_id = excluded.taxonomy_id, document = excluded.document, parent_id = excluded.parent_id
        """)
    }
    try keepLetters(of: entry)
  }

  /// The letters of what is told of it, instead of those kept before.
  private func keepLetters(of entry: DirectoryEntry) throws {
    let kind = entry.kind.rawValue
    try session.execute("DELETE FROM directory_letters WHERE kind = \(kind) AND id = \(entry.key)")
    let letters = ["code", "name", "description"].compactMap { entry[$0] }.reduce(into: Set<String>()) {
      $0.formUnion(SearchTerms.kept(for: String($1.prefix(500))))
    }
    try session.insert(
      letters.sorted().map { [.text(kind), .text($0), .text(entry.key)] },
      "directory_letters (kind, code, id)")
  }

  /// Keeps the letters and parents of what was written before they were kept.
  public func keepMissingLetters() throws {
    for entry in try all(.taxonomy) + all(.taxonomyTerm) {
      let parent: SQL = entry.kind == .taxonomy ? "''" : "t.parent_id"
      let table: SQL = entry.kind == .taxonomy ? "directory_taxonomy" : "directory_term"
      let isKept = try session.row(
        """
        SELECT 1 FROM \(table) t
        WHERE t.id = \(entry.key) AND \(parent) IS NOT NULL
          AND EXISTS (SELECT 1 FROM directory_letters w WHERE w.kind = \(entry.kind.rawValue) AND w.id = t.id)
        """
      ) { try $0.get(0, as: Int.self) }
      if isKept == nil { try keep(entry) }
    }
  }

  public func all(_ kind: DirectoryEntry.Kind) throws -> [DirectoryEntry] {
    let table: SQL = kind == .taxonomy ? "directory_taxonomy" : "directory_term"
    return try session.rows("SELECT document FROM \(table) ORDER BY id") {
      try DirectoryEntry(kind, document: $0.get(0))
    }.compactMap(\.self)
  }
}

extension DirectoryEntry {
  /// The id of the term above, '' for none.
  fileprivate var parent: String { self["parent_id"]?.lowercased() ?? "" }
}

extension Session {
  public func directoryImports(of staff: ID<Staff>) -> DirectoryImports {
    DirectoryImports(session: self, staff: staff)
  }

  public var directoryTerms: DirectoryTerms { DirectoryTerms(session: self) }

  /// Every object of the directory that lies sealed, by its id: for handing the whole directory out.
  public func forEachDirectoryObject(
    _ table: DirectoryTable, _ body: (StoredDirectoryEntry) throws -> Void
  ) throws {
    try forEach("SELECT id, version, sealed FROM \(table.name) ORDER BY id") {
      try body(StoredDirectoryEntry(row: $0))
    }
  }
}

/// The tables of the directory whose objects lie sealed.
public enum DirectoryTable: String, Sendable {
  case resource, offer, location
  case offerLocation = "offer_location"

  var name: SQL { SQL(stringLiteral: rawValue) }

  public var kind: DirectoryEntry.Kind {
    switch self {
    case .resource: .organization
    case .offer: .service
    case .location: .location
    case .offerLocation: .serviceAtLocation
    }
  }
}

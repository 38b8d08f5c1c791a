public import CaseWork
public import Foundation
public import Store
public import Vault

/// How far the import of a class list is.
public struct RosterImport: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, Codable {
    case previewed, running, done, failed, cancelled
  }

  public let id: ID<RosterImport>
  public let school: ID<School>
  public let by: ID<Staff>
  public let begunAt: Date
  public var finishedAt: Date?
  public var status: Status
  /// Rows of the list, and how many of them have been gone through.
  public let total: Int
  public var done: Int
  public var added: Int
  public var changed: Int
  public var refused: Int

  public init(
    id: ID<RosterImport>, school: ID<School>, by: ID<Staff>, begunAt: Date, total: Int, refused: Int
  ) {
    self.id = id
    self.school = school
    self.by = by
    self.begunAt = begunAt
    status = .previewed
    self.total = total
    done = 0
    added = 0
    changed = 0
    self.refused = refused
  }
}

extension RosterImport.Status: SQLValue {}

extension Session {
  /// An import that was asked for and has not ended, of any school.
  public func runningRosterImport() throws -> (id: ID<RosterImport>, school: ID<School>)? {
    try row("SELECT id, school_id FROM roster_import WHERE status = 'running' ORDER BY id LIMIT 1") { row in
      (try row.get(0, as: ID<RosterImport>.self), try row.get(1, as: ID<School>.self))
    }
  }

  public func rosterImports(of school: ID<School>, _ vault: Vault) -> RosterImports {
    RosterImports(session: self, sealer: keys(vault), school: school)
  }
}

/// Imports of one school; what was uploaded lies sealed under the school's key until it is done with.
public struct RosterImports {
  let session: any Session
  let sealer: Sealer
  let school: ID<School>

  public func insert(_ entry: RosterImport, upload: [UInt8]) throws {
    try session.execute(
      """
      INSERT INTO roster_import
        (school_id, id, staff_id, begun_at, finished_at, status, total, done, added, changed, refused, sealed)
      VALUES
        (\(school), \(entry.id), \(entry.by), \(entry.begunAt), NULL, \(entry.status), \(entry.total), 0, 0, 0,
         \(entry.refused), \(sealer.seal(upload, for: .school(school), at: place(entry.id))))
      """)
  }

  public func find(_ id: ID<RosterImport>) throws -> RosterImport {
    let found = try session.row(
      """
      SELECT staff_id, begun_at, finished_at, status, total, done, added, changed, refused
      FROM roster_import
      WHERE school_id = \(school) AND id = \(id)
      """
    ) { row in
      var entry = RosterImport(
        id: id, school: school, by: try row.get(0), begunAt: try row.get(1), total: try row.get(4),
        refused: try row.get(8))
      entry.finishedAt = try row.optional(2)
      entry.status = try row.get(3)
      entry.done = try row.get(5)
      entry.added = try row.get(6)
      entry.changed = try row.get(7)
      return entry
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// The imports of the school, the newest first.
  public func latest(atMost limit: Int) throws -> [RosterImport] {
    let ids = try session.rows(
      "SELECT id FROM roster_import WHERE school_id = \(school) ORDER BY id DESC LIMIT \(limit)"
    ) { try $0.get(0, as: ID<RosterImport>.self) }
    return try ids.map(find)
  }

  /// What was uploaded, and after the import what came of it; `nil` where nothing was kept.
  public func upload(of id: ID<RosterImport>) throws -> [UInt8]? {
    let sealed = try session.row(
      "SELECT sealed FROM roster_import WHERE school_id = \(school) AND id = \(id)"
    ) { try $0.optional(0, as: [UInt8].self) }
    guard let sealed = sealed ?? nil else { return nil }
    return try sealer.open(sealed, of: .school(school), at: place(id))
  }

  /// Puts another reading of the same file in its place, before the import begins or as it begins.
  public func replace(upload: [UInt8], of entry: RosterImport) throws {
    let changed = try session.execute(
      """
      UPDATE roster_import
      SET sealed = \(sealer.seal(upload, for: .school(school), at: place(entry.id))), status = \(entry.status),
        refused = \(entry.refused)
      WHERE school_id = \(school) AND id = \(entry.id) AND status = 'previewed'
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  /// Saves progress made since `entry` had gone through `before` rows; two programs never run one import twice.
  ///
  /// - Parameter outcome: what is kept in place of the uploaded rows once the import has ended.
  public func advance(_ entry: RosterImport, from before: Int, outcome: [UInt8]? = nil) throws {
    let kept = try outcome.map { try sealer.seal($0, for: .school(school), at: place(entry.id)) }
    let emptied: SQL = entry.status == .running ? "" : ", sealed = \(kept)"
    let changed = try session.execute(
      """
      UPDATE roster_import
      SET status = \(entry.status), finished_at = \(entry.finishedAt), done = \(entry.done), added = \(entry.added),
        changed = \(entry.changed), refused = \(entry.refused)\(emptied)
      WHERE school_id = \(school) AND id = \(entry.id) AND done = \(before) AND status IN ('previewed', 'running')
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  private func place(_ id: ID<RosterImport>) -> Binding {
    Binding(table: "roster_import", record: id.description, version: 1)
  }
}

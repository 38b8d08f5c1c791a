public import Foundation
internal import Store

extension TrailChain {
  /// One link as it is stored, with the digest its row has now.
  public struct Link {
    public let school: String
    public let number: Int
    public let kind: String
    public let row: String
    public let hash: [UInt8]
    /// `nil` where the row is gone.
    public let digest: [UInt8]?
    public let at: Date?
  }

  /// Every link, school by school, in order.
  public func forEachLink(_ body: (Link) throws -> Void) throws {
    try session.forEach(
      """
      SELECT l.school_id, l.row_kind, l.row_id, l.number, l.hash, \(TrailChain.columns)
      FROM chain_link l
      LEFT JOIN event e ON l.row_kind = 'event' AND e.id = l.row_id
      LEFT JOIN access_row a ON l.row_kind = 'access' AND a.id = l.row_id
      ORDER BY l.school_id, l.number
      """
    ) { row in
      let kind: String = try row.get(1)
      try body(
        Link(
          school: try row.get(0), number: try row.get(3), kind: kind, row: try row.get(2),
          hash: try row.get(4),
          digest: try TrailChain.digest(of: row, kind: kind, from: 5),
          at: try TrailChain.instant(of: row, kind: kind, from: 5)))
    }
  }

  public func heads() throws -> [String: Head] {
    let heads = try session.rows("SELECT school_id, number, hash, seal FROM chain_head") { row in
      (
        try row.get(0, as: String.self),
        Head(number: try row.get(1), hash: try row.get(2), seal: try row.get(3))
      )
    }
    return Dictionary(heads) { first, _ in first }
  }

  /// How many rows wait for their link, by school.
  public func waiting() throws -> [String: Int] {
    let counts = try session.rows("SELECT school_id, COUNT(*) FROM chain_pending GROUP BY school_id") { row in
      (try row.get(0, as: String.self), try row.get(1, as: Int.self))
    }
    return Dictionary(counts) { first, _ in first }
  }

  /// Rows that are neither linked nor waiting: put in past the program.
  public func strangers(atMost limit: Int) throws -> [(school: String, kind: String, row: String)] {
    try ["event", "access"].flatMap { kind in
      let table: SQL = kind == "event" ? "event" : "access_row"
      return try session.rows(
        """
        SELECT r.school_id, r.id
        FROM \(table) r
        WHERE NOT EXISTS (SELECT 1 FROM chain_link l WHERE l.row_kind = \(kind) AND l.row_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM chain_pending p WHERE p.row_kind = \(kind) AND p.row_id = r.id)
        LIMIT \(limit)
        """
      ) { (school: try $0.get(0, as: String.self), kind: kind, row: try $0.get(1, as: String.self)) }
    }
  }

  /// Waiting rows that are gone.
  public func lostWaiting(atMost limit: Int) throws -> [(school: String, kind: String, row: String)] {
    try session.rows(
      """
      SELECT p.school_id, p.row_kind, p.row_id
      FROM chain_pending p
      LEFT JOIN event e ON p.row_kind = 'event' AND e.id = p.row_id
      LEFT JOIN access_row a ON p.row_kind = 'access' AND a.id = p.row_id
      WHERE e.id IS NULL AND a.id IS NULL
      LIMIT \(limit)
      """
    ) { (school: try $0.get(0, as: String.self), kind: try $0.get(1, as: String.self), row: try $0.get(2)) }
  }
}

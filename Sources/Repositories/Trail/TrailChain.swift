public import Foundation
public import Store
internal import Vault

extension Session {
  public var trailChain: TrailChain { TrailChain(session: self) }
}

/// The chain of hashes over events and access rows, one a school, and the rows that are not linked yet.
public struct TrailChain {
  let session: any Session

  /// One row that waits for its link.
  public struct Pending {
    public let school: String
    public let kind: String
    public let row: String
    /// `nil` where the row is gone before it is linked.
    public let digest: [UInt8]?
    /// `nil` for what waits since before there were seals.
    public let seal: [UInt8]?
  }

  /// The last link of a school, sealed so that a cut tail is found.
  public struct Head: Hashable, Sendable {
    public let number: Int
    public let hash: [UInt8]
    public let seal: [UInt8]

    public init(number: Int, hash: [UInt8], seal: [UInt8]) {
      self.number = number
      self.hash = hash
      self.seal = seal
    }

    /// What the seal is made over.
    public static func sealed(school: String, number: Int, hash: [UInt8]) -> [UInt8] {
      Chain.digest(of: [school, String(number), hash.map { String($0) }.joined(separator: ",")])
    }
  }

  public var hasPending: Bool {
    get throws {
      try session.row("SELECT 1 FROM chain_pending LIMIT 1") { try $0.get(0, as: Int.self) } != nil
    }
  }

  /// Makes `holder` the one who does `duty` until `end`, unless another is; says whether it is.
  ///
  /// A lease that ends a minute later than any could that is given now was given before the clock was set back, and is
  /// over: nobody waits for the hour to come again.
  public func takeLease(of duty: String, for holder: String, at instant: Date, until end: Date) throws -> Bool
  {
    try session.execute(
      """
      INSERT INTO lease (name, holder, until_at)
      VALUES (\(duty), \(holder), \(end))
      ON CONFLICT (name) DO UPDATE
      SET holder = excluded.holder, until_at = excluded.until_at
      WHERE lease.holder = excluded.holder OR lease.until_at < \(instant)
        OR lease.until_at > \(end.addingTimeInterval(60))
      """
    ) == 1
  }

  /// The oldest rows that wait, each with its digest: in the order in which transactions saw each other.
  public func pending(atMost limit: Int) throws -> [Pending] {
    try session.rows(
      """
      SELECT p.school_id, p.row_kind, p.row_id, p.seal, \(TrailChain.columns)
      FROM chain_pending p
      LEFT JOIN event e ON p.row_kind = 'event' AND e.id = p.row_id
      LEFT JOIN access_row a ON p.row_kind = 'access' AND a.id = p.row_id
      ORDER BY \(order)
      LIMIT \(limit)
      """
    ) { row in
      let kind: String = try row.get(1)
      return Pending(
        school: try row.get(0), kind: kind, row: try row.get(2),
        digest: try TrailChain.digest(of: row, kind: kind, from: 4), seal: try row.optional(3))
    }
  }

  /// The last links of some schools, in one statement.
  public func heads(of schools: some Sequence<String>) throws -> [String: Head] {
    var heads: [String: Head] = [:]
    try session.forEach(
      "SELECT school_id, number, hash, seal FROM chain_head WHERE school_id IN \(SQL.list(Array(schools)))"
    ) {
      heads[try $0.get(0)] = Head(number: try $0.get(1), hash: try $0.get(2), seal: try $0.get(3))
    }
    return heads
  }

  /// One link: of which row, its number in the chain of its school, and what it hashes to.
  public struct NewLink {
    let pending: Pending
    let number: Int
    let hash: [UInt8]

    public init(of pending: Pending, number: Int, hash: [UInt8]) {
      self.pending = pending
      self.number = number
      self.hash = hash
    }
  }

  /// Adds links, and takes their rows off the waiting ones.
  public func add(_ links: [NewLink]) throws {
    for part in links.parts(of: 100) {
      let rows = part.map { link -> SQL in
        "(\(link.pending.school), \(link.number), \(link.pending.kind), \(link.pending.row), \(link.hash))"
      }
      try session.execute(
        "INSERT INTO chain_link (school_id, number, row_kind, row_id, hash) VALUES \(rows.joined(by: ", "))")
      for (kind, linked) in Dictionary(grouping: part, by: \.pending.kind) {
        try session.execute(
          "DELETE FROM chain_pending WHERE row_kind = \(kind) AND row_id IN \(SQL.list(linked.map(\.pending.row)))"
        )
      }
    }
  }

  /// Sets the last links of some schools.
  public func set(_ heads: [String: Head]) throws {
    for part in heads.sorted(by: { $0.key < $1.key }).parts(of: 100) {
      let rows = part.map { school, head -> SQL in
        "(\(school), \(head.number), \(head.hash), \(head.seal))"
      }
      try session.execute(
        """
        INSERT INTO chain_head (school_id, number, hash, seal)
        VALUES \(rows.joined(by: ", "))
        ON CONFLICT (school_id) DO UPDATE
        SET number = excluded.number, hash = excluded.hash, seal = excluded.seal
        """
      )
    }
  }

  /// The columns that a digest takes in, of `e` and of `a`; `digest(of:)` reads them by position.
  static var columns: SQL {
    """
    e.id, e.school_id, e.staff_id, e.at, e.act, e.subject_kind, e.subject_id, e.case_id, e.detail,
    a.id, a.school_id, a.staff_id, a.at, a.address, a.student_id, a.work, a.route, a.subjects, e.row_digests
    """
  }

  /// `nil` where the row is gone.
  static func digest(of row: borrowing Row, kind: String, from start: Int) throws -> [UInt8]? {
    let first = kind == "event" ? start : start + 9
    guard try row.optional(first, as: String.self) != nil else { return nil }
    let numbers: Set<Int> = kind == "event" ? [3] : [3, 8]
    var columns: [String?] = [kind]
    for index in 0..<9 {
      columns.append(
        numbers.contains(index)
          ? try row.optional(first + index, as: Int.self).map { String($0) }
          : try row.optional(first + index, as: String.self))
    }
    if kind == "event", let rows = try row.optional(start + 18, as: String.self) { columns.append(rows) }
    return Chain.digest(of: columns)
  }

  static func instant(of row: borrowing Row, kind: String, from start: Int) throws -> Date? {
    try row.optional(kind == "event" ? start + 3 : start + 12)
  }
}

internal import CaseWork
internal import Foundation
internal import Store
public import Vault

extension TrailChain {
  /// What the seals of waiting rows are made for.
  static let waiting = "chain-pending"

  /// Puts rows up to be linked, with a seal each where the key is at hand.
  func wait(for events: [Event], _ reads: [AccessRow], seal: (([UInt8]) -> [UInt8])? = nil) throws {
    let all =
      events.map { ("event", $0.id.description, trailSchool($0.school), $0.digest) }
      + reads.map { ("access", $0.id.description, trailSchool($0.school), $0.digest) }
    for part in all.parts(of: 200) {
      let rows = part.map { kind, id, school, digest -> SQL in
        "(\(kind), \(id), \(school), \(transaction), \(seal?(digest)))"
      }
      try session.execute(
        """
        INSERT INTO chain_pending (row_kind, row_id, school_id, number, seal)
        VALUES \(rows.joined(by: ", "))
        """)
    }
  }

  /// Waiting rows in the order in which their transactions saw each other: where two have changed one row, the later
  /// stands later.
  ///
  /// Under PostgreSQL's snapshots a transaction that changes a row has begun after the one before it on that row has ended;
  /// SQLite lets one in at a time.
  var order: SQL {
    switch session.dialect {
    case .sqlite: "p.rowid"
    case .postgres: "p.number, p.row_id"
    }
  }

  private var transaction: SQL {
    switch session.dialect {
    case .sqlite: "NULL"
    case .postgres: "txid_current()"
    }
  }

  /// Those of `pending` that the program itself put up.
  public func pending(atMost limit: Int, sealedWith key: SealingKey) throws -> [Pending] {
    let isOld = try !session.anchors.isAnyComplete()
    return try pending(atMost: limit).filter { $0.isOwn(key, isOld: isOld) }
  }

  /// Waiting rows that somebody else put up, or that are not any more what the program put up.
  public func foreignWaiting(sealedWith key: SealingKey, atMost limit: Int) throws -> [Pending] {
    let isOld = try !session.anchors.isAnyComplete()
    return Array(try pending(atMost: .max).filter { !$0.isOwn(key, isOld: isOld) }.prefix(limit))
  }
}

extension TrailChain.Pending {
  /// Rows without a seal are taken only as long as nothing has one.
  fileprivate func isOwn(_ key: SealingKey, isOld: Bool) -> Bool {
    guard let digest else { return true }
    return seal.map { key.isCode($0, of: digest, purpose: TrailChain.waiting) } ?? isOld
  }
}

extension Event {
  /// The same as of the stored row.
  var digest: [UInt8] {
    let columns: [String?] = [
      "event", id.description, trailSchool(school), trailStaff(staff), at.milliseconds, act, subjectKind,
      subject, caseFile?.description, detail,
    ]
    return Chain.digest(of: columns + (rowDigests.map { [$0] } ?? []))
  }
}

extension AccessRow {
  /// The same as of the stored row.
  var digest: [UInt8] {
    Chain.digest(of: [
      "access", id.description, trailSchool(school), staff.description, at.milliseconds, address,
      student?.description, work, route, String(subjects),
    ])
  }
}

extension Date {
  fileprivate var milliseconds: String { String(Int64((timeIntervalSince1970 * 1000).rounded())) }
}

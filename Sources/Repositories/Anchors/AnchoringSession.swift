internal import CaseWork
internal import Foundation
internal import Store
internal import Vault

/// A session that keeps the rows of the trail until its end, because only then they can say what else has changed.
protocol TrailKeeping {
  func keep(_ event: Event)
  func keep(_ rows: [AccessRow])
}

/// One transaction that looks at each changed row as it is changed, and leaves what it saw in the trail.
final class AnchoringSession: Session, TrailKeeping {
  private let base: any Session
  private let vault: Vault
  private let clock: @Sendable () -> Date
  private let makeID: @Sendable (Date) -> ID<Event>
  private var kept = Kept()

  private struct Kept {
    var rows = AnchoredRows()
    var events: [Event] = []
    var reads: [AccessRow] = []
    /// The schools of which a student, a class or a key was changed.
    var changedStudents: Set<String> = []
    var isEmpty: Bool { rows.isEmpty && events.isEmpty && reads.isEmpty }
  }

  init(
    _ base: any Session, vault: Vault, clock: @escaping @Sendable () -> Date,
    makeID: @escaping @Sendable (Date) -> ID<Event>
  ) {
    self.base = base
    self.vault = vault
    self.clock = clock
    self.makeID = makeID
  }

  var dialect: Dialect { base.dialect }

  func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
    if let change = RowChange(sql) { throw UnseenChange(table: change.table.name) }
    try base.forEach(sql, body)
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    guard let change = RowChange(sql) else { return try base.execute(sql) }
    var count = 0
    try base.forEach(change.returning(sql)) { row in
      count += 1
      let anchor = try change.table.anchor(of: row)
      kept.rows.note(anchor, by: change)
      if StudentStamps.tables.contains(change.table.name) { kept.changedStudents.insert(anchor.chain) }
    }
    return count
  }

  func script(_ text: String) throws { try base.script(text) }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    let before = kept
    do {
      return try base.savepoint(body)
    } catch {
      kept = before
      throw error
    }
  }

  func keep(_ event: Event) { kept.events.append(event) }
  func keep(_ rows: [AccessRow]) { kept.reads += rows }

  /// Writes what was kept; the last thing the transaction does.
  func leaveTrail() throws {
    guard !kept.isEmpty else { return }
    // First, because making the key is a change as well.
    let key = try keys(vault).knownKey(for: .office)
    let instant = kept.events.last?.at ?? kept.reads.last?.at ?? clock()
    kept.rows.leave(in: &kept.events) { chain, act in
      Event(
        id: makeID(instant), school: ID(chain), staff: nil, at: instant, act: act, subjectKind: "rows",
        subject: chain)
    }
    try StudentStamps(session: base).renew(kept.changedStudents.sorted())
    try base.events.insert(kept.events)
    try base.accessRows.insert(kept.reads)
    try base.trailChain.wait(for: kept.events, kept.reads) { key.code(of: $0, purpose: TrailChain.waiting) }
  }
}

/// A statement that changes rows and asks for some in return: what it changes would be in no trail.
struct UnseenChange: Error, Hashable {
  let table: String
}

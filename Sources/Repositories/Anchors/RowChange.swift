internal import Store
internal import Synchronization

/// A statement that changes rows of an anchored table.
struct RowChange: Sendable {
  enum Verb: String, Sendable { case insert = "INSERT", update = "UPDATE", delete = "DELETE" }

  let verb: Verb
  let table: AnchoredTable

  /// `nil` for a statement that changes nothing of which the trail takes note.
  init?(_ sql: SQL) {
    // Most statements read, and are let pass by their first letter.
    guard let first = sql.template.utf8.first(where: { $0 > 0x20 }), "IUD".utf8.contains(first) else {
      return nil
    }
    let text = sql.template
    let known = RowChange.looked.withLock { $0[text] }
    guard let change = known ?? RowChange.look(at: text) else { return nil }
    self = change
  }

  /// Reads a statement for the first time, and remembers what it is.
  private static func look(at text: String) -> RowChange? {
    let change = RowChange(reading: text)
    looked.withLock { looked in
      if looked.count >= mostLooked { looked = [:] }
      looked[text] = .some(change)
    }
    return change
  }

  /// What statements turned out to be; there are few texts, and each comes again and again.
  private static let looked = Mutex<[String: RowChange?]>([:])
  private static let mostLooked = 2_000

  private init?(reading text: String) {
    var words = text.prefix(80).split { $0.isWhitespace || $0 == "(" }[...]
    guard let verb = words.popFirst().flatMap({ Verb(rawValue: String($0)) }) else { return nil }
    if verb != .update { words.removeFirst() }
    guard let table = words.first.flatMap({ AnchoredTable.all[String($0)] }) else { return nil }
    if verb == .update, RowChange.isPassing(text, table) { return nil }
    self.verb = verb
    self.table = table
  }

  /// The statement, saying as well what the rows look like now.
  func returning(_ sql: SQL) -> SQL { "\(sql) RETURNING \(table.list)" }

  /// Whether it sets only what the digest leaves out.
  private static func isPassing(_ text: String, _ table: AnchoredTable) -> Bool {
    guard !table.passing.isEmpty else { return false }
    guard let set = text.firstRange(of: "SET "), let end = text.ranges(of: "WHERE ").last
    else { return false }
    let assigned = text[set.upperBound..<max(set.upperBound, end.lowerBound)].matches(of: /(\w+) =/).map(
      \.output.1)
    return !assigned.isEmpty && assigned.allSatisfy { table.passing.contains(String($0)) }
  }
}

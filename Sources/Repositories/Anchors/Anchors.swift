internal import CaseWork
public import Store

extension Session {
  public var anchors: Anchors { Anchors(session: self) }
}

/// What the trail knows of rows, and the rows themselves, to be compared.
public struct Anchors {
  let session: any Session

  /// Tables of which the trail knows nothing; see `AnchoredTable.others`.
  public static let tablesOutside = AnchoredTable.others

  /// The columns of each table of which the trail knows, those that it leaves out among them.
  public static let columns: [String: [String]] = AnchoredTable.all.mapValues { $0.columns + $0.passing }

  /// The office and every school there is.
  public func chains() throws -> [String] {
    try session.rows("SELECT id FROM school ORDER BY id") { try $0.get(0) } + ["office"]
  }

  public func hasOffice() throws -> Bool { try session.row("SELECT 1 FROM office", { _ in true }) ?? false }

  /// Whether the chain knows all the rows that belong to it.
  public func isComplete(_ chain: String) throws -> Bool {
    try session.row(
      "SELECT 1 FROM event WHERE school_id = \(chain) AND act = 'take-stock' LIMIT 1", { _ in true }) ?? false
  }

  /// Whether any chain is: only a store from before has none.
  public func isAnyComplete() throws -> Bool {
    try session.row("SELECT 1 FROM event WHERE act = 'take-stock' LIMIT 1", { _ in true }) ?? false
  }

  /// The digest of each row as the trail knows it last.
  public func known(in chain: String) throws -> [String: String] {
    var known: [String: String] = [:]
    func note(_ row: borrowing Row) throws {
      for line in try row.get(0, as: String.self).split(separator: "\n") {
        guard let space = line.lastIndex(of: " ") else { continue }
        known[String(line[..<space])] = String(line[line.index(after: space)...])
      }
    }
    try session.forEach(
      """
      SELECT e.row_digests
      FROM chain_link l
      JOIN event e ON e.id = l.row_id
      WHERE l.school_id = \(chain) AND l.row_kind = 'event' AND e.row_digests IS NOT NULL
      ORDER BY l.number
      """, note)
    try session.forEach(
      """
      SELECT e.row_digests
      FROM chain_pending p
      JOIN event e ON e.id = p.row_id
      WHERE p.school_id = \(chain) AND p.row_kind = 'event' AND e.row_digests IS NOT NULL
      ORDER BY \(session.trailChain.order)
      """, note)
    return known
  }

  /// Every row of the chain as it is stored.
  public func forEachRow(of chain: String, _ body: (Anchor) throws -> Void) throws {
    for table in AnchoredTable.all.values.sorted(by: { $0.name < $1.name })
    where !table.isOfOffice || chain == "office" {
      let name = SQL(stringLiteral: table.name)
      let ofChain: SQL = table.isOfOffice ? "1 = 1" : "\(name).school_id = \(chain)"
      try session.forEach("SELECT \(table.list) FROM \(name) WHERE \(ofChain)") { row in
        try body(try table.anchor(of: row))
      }
    }
  }
}

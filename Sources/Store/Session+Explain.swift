extension Session {
  /// The engine's plan for a statement, one step a line: for tests that a page's query uses its index.
  public func explain(_ sql: SQL) throws -> String {
    switch dialect {
    case .sqlite: try rows("EXPLAIN QUERY PLAN \(sql)") { try $0.get(3) }.joined(separator: "\n")
    case .postgres: try rows("EXPLAIN \(sql)") { try $0.get(0) }.joined(separator: "\n")
    }
  }
}

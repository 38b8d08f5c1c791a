/// One step of the schema: numbered SQL, never edited once released.
public struct Migration: Hashable, Sendable {
  /// From 1, without gaps.
  public let number: Int
  public let name: String
  /// Statements separated by semicolons; `{bytes}` stands for the engine's type of bytes, `{clustered}` for
  /// what makes a table lie in the order of its key.
  public let sql: String

  public init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }

  /// FNV-1a over the text: tells a slip of the hand, not a forger, who could write the table anyway.
  var digest: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in sql.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  func script(for dialect: Dialect) -> String {
    sql.replacing("{bytes}", with: dialect.bytesType)
      .replacing("{clustered}", with: dialect.clusteredTable)
  }
}

/// Why a store's schema cannot be brought to what the program knows.
public enum SchemaProblem: Error, Hashable {
  /// The store was made by a newer program.
  case newer(found: Int, known: Int)
  /// A migration was edited after it had been applied.
  case changed(number: Int, name: String)
  /// The program's own migrations are not numbered 1, 2, 3 …
  case disordered(number: Int)
}

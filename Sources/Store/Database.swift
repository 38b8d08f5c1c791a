/// A place that keeps records.
///
/// The body of a transaction is synchronous on purpose: nothing can suspend while a connection and its locks are held.
/// On PostgreSQL a `write` body may run again after a serialization failure, so it must do nothing but SQL and pure work.
public protocol Database: Sendable {
  var dialect: Dialect { get }

  /// Runs `body` in a read-only snapshot: what one page needs, some milliseconds at most.
  func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T

  /// Runs `body` in a read-only snapshot that may last: one that goes through a whole store stands in no page's way.
  func survey<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T

  /// Runs `body` in one transaction; durable when this returns, without trace when it throws.
  @discardableResult
  func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T

  /// Closes every connection; no transaction may be under way.
  func close() async throws
}

extension Database {
  public func survey<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await read(body)
  }
}

/// One open transaction.
///
/// Not `Sendable`: it cannot leave the closure it came in.
public protocol Session {
  var dialect: Dialect { get }

  /// Calls `body` with each row in turn; a row is valid only inside the call.
  func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws

  /// Runs a statement that returns no rows, and says how many rows it changed.
  @discardableResult
  func execute(_ sql: SQL) throws -> Int

  /// Runs several statements separated by semicolons, without values: migrations only.
  func script(_ text: String) throws

  /// Runs `body` so that its failure undoes `body` alone, and the transaction may go on.
  ///
  /// Without it a failed statement dooms the whole transaction, on both engines, even if the error is caught.
  func savepoint<T>(_ body: () throws -> T) throws -> T
}

extension Session {
  /// All rows, each made into a `T` by reading columns in order.
  @inlinable
  public func rows<T>(_ sql: SQL, _ make: (borrowing Row) throws -> T) throws -> [T] {
    var all: [T] = []
    try forEach(sql) { all.append(try make($0)) }
    return all
  }

  /// The first row, if there is one.
  @inlinable
  public func row<T>(_ sql: SQL, _ make: (borrowing Row) throws -> T) throws -> T? {
    var first: T?
    try forEach(sql) { if first == nil { first = try make($0) } }
    return first
  }
}

/// What an engine said, without any value: code and primary message only.
public struct StoreFault: Error, Hashable {
  public enum Kind: Hashable, Sendable {
    /// A UNIQUE or PRIMARY KEY constraint.
    case alreadyExists
    /// Another constraint.
    case constraint
    /// The engine cannot be reached, or was lost.
    case unavailable
    /// No room, or the file cannot be written.
    case full
    case other
  }

  public let kind: Kind
  /// SQLSTATE, or SQLite's extended result code.
  public let code: String
  public let message: String

  public init(kind: Kind, code: String, message: String) {
    self.kind = kind
    self.code = code
    self.message = message
  }
}

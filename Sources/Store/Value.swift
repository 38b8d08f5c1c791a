public import Foundation

/// What both engines store: text, whole numbers, bytes, nothing.
public enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
}

extension Value {
  /// Itself; refuses text with a NUL, which one engine cannot store and the other would cut off.
  public func checked() throws -> Value {
    if case .text(let text) = self, text.utf8.contains(0) {
      throw StoreFault(kind: .constraint, code: "22021", message: "text holds a NUL")
    }
    return self
  }
}

/// A type that can be bound to a statement and read from a column.
public protocol SQLValue {
  var sqlValue: Value { get }
  init?(sqlValue: Value)
  /// Straight from the engine's memory, for what can be read without making a `Value` first.
  init?(column: borrowing Column)
}

extension SQLValue {
  @inlinable
  public init?(column: borrowing Column) {
    self.init(sqlValue: column.value)
  }
}

extension Value: SQLValue {
  public var sqlValue: Value { self }
  public init?(sqlValue: Value) { self = sqlValue }
}

extension String: SQLValue {
  public var sqlValue: Value { .text(self) }
  public init?(sqlValue: Value) {
    guard case .text(let text) = sqlValue else { return nil }
    self = text
  }
}

extension Int: SQLValue {
  public var sqlValue: Value { .integer(Int64(self)) }
  public init?(sqlValue: Value) {
    guard case .integer(let number) = sqlValue else { return nil }
    self = Int(number)
  }
  public init?(column: borrowing Column) {
    guard let number = column.integer else { return nil }
    self = Int(number)
  }
}

/// Stored as 0 or 1, for SQLite has no booleans.
extension Bool: SQLValue {
  public var sqlValue: Value { .integer(self ? 1 : 0) }
  public init?(sqlValue: Value) {
    guard case .integer(let number) = sqlValue else { return nil }
    self = number != 0
  }
}

extension [UInt8]: SQLValue {
  public var sqlValue: Value { .bytes(self) }
  public init?(sqlValue: Value) {
    guard case .bytes(let bytes) = sqlValue else { return nil }
    self = bytes
  }
}

/// Whole milliseconds since 1970, so that both engines sort and compare alike.
extension Date: SQLValue {
  public var sqlValue: Value { .integer(Int64((timeIntervalSince1970 * 1000).rounded())) }
  public init?(sqlValue: Value) {
    guard case .integer(let milliseconds) = sqlValue else { return nil }
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }
}

extension SQLValue where Self: RawRepresentable, RawValue == String {
  public var sqlValue: Value { .text(rawValue) }
  public init?(sqlValue: Value) {
    guard case .text(let text) = sqlValue else { return nil }
    self.init(rawValue: text)
  }
}

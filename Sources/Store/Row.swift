/// A row under the cursor, read by position: `row[0]`.
///
/// Reading by position straight from the engine's own memory is what keeps a list fast; there is no dictionary behind
/// it, and a value that is not a text makes none.
public struct Row: ~Copyable {
  @usableFromInline let columns: any Columns

  public init(_ columns: any Columns) {
    self.columns = columns
  }

  /// The column at `index`, from 0.
  @inlinable
  public func get<T: SQLValue>(_ index: Int, as type: T.Type = T.self) throws -> T {
    guard let value = T(column: try columns.column(index)) else { throw UnreadableColumn(index: index) }
    return value
  }

  /// The column at `index`, or `nil` where it is NULL.
  @inlinable
  public func optional<T: SQLValue>(_ index: Int, as type: T.Type = T.self) throws -> T? {
    let column = try columns.column(index)
    if column.isNull { return nil }
    guard let value = T(column: column) else { throw UnreadableColumn(index: index) }
    return value
  }
}

/// What an engine has under its cursor.
public protocol Columns: AnyObject {
  /// - Throws: `UnreadableColumn` where there are not so many.
  func column(_ index: Int) throws -> Column
}

/// One column of the row under the cursor, in the engine's own memory.
///
/// `@safe` because it is neither copied nor kept: it lives for the one call that reads it, while the row is there.
@safe public struct Column: ~Copyable {
  @safe private enum Content {
    case null
    case integer(Int64)
    case text(UnsafeRawBufferPointer)
    case bytes(UnsafeRawBufferPointer)
    case made(Value)
  }

  private let content: Content

  private init(content: Content) {
    self.content = content
  }

  public static var null: Column { Column(content: .null) }
  public static func integer(_ number: Int64) -> Column { Column(content: .integer(number)) }
  /// A value that the engine does not hold in such a form.
  public static func made(_ value: Value) -> Column { Column(content: .made(value)) }

  /// UTF-8 in the engine's memory, valid as long as its row is.
  @unsafe public static func text(_ bytes: UnsafeRawBufferPointer) -> Column {
    unsafe Column(content: .text(bytes))
  }
  @unsafe public static func bytes(_ bytes: UnsafeRawBufferPointer) -> Column {
    unsafe Column(content: .bytes(bytes))
  }

  public var isNull: Bool {
    switch content {
    case .null, .made(.null): true
    case .integer, .text, .bytes, .made: false
    }
  }

  /// The value as one of its own.
  public var value: Value {
    switch content {
    case .null: .null
    case .integer(let number): .integer(number)
    case .text(let bytes): unsafe .text(String(decoding: bytes, as: UTF8.self))
    case .bytes(let bytes): unsafe .bytes([UInt8](bytes))
    case .made(let value): value
    }
  }

  public var integer: Int64? {
    switch content {
    case .integer(let number), .made(.integer(let number)): number
    case .null, .text, .bytes, .made: nil
    }
  }

  /// What `body` makes of the UTF-8 of a text; `nil` where it is none.
  public func withText<T>(_ body: (Span<UInt8>) -> T?) -> T? {
    switch content {
    case .text(let bytes): unsafe body(Span(_unsafeBytes: bytes))
    case .made(.text(let text)): body(text.utf8.span)
    case .null, .integer, .bytes, .made: nil
    }
  }
}

/// A column that holds something else than was asked for: a fault of the program, never of the user.
public struct UnreadableColumn: Error, Hashable {
  public let index: Int

  public init(index: Int) {
    self.index = index
  }
}

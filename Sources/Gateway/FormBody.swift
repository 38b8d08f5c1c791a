/// A decoded form: every text by name, in the order sent, and the files.
public struct FormBody: Sendable {
  public var values: [String: [String]]
  public var files: [String: File]

  public init(values: [String: [String]] = [:], files: [String: File] = [:]) {
    self.values = values
    self.files = files
  }

  public subscript(_ name: String) -> String? { values[name]?.first }
  public subscript(all name: String) -> [String] { values[name] ?? [] }

  /// The first name that begins with `prefix`, without it: which of several buttons was pressed.
  public func name(after prefix: String) -> String? {
    values.keys.filter { $0.hasPrefix(prefix) }.min().map { String($0.dropFirst(prefix.count)) }
  }

  public struct File: Sendable {
    /// As the sender called it; never used as a path.
    public let name: String
    public let type: String
    public let bytes: [UInt8]

    public init(name: String, type: String, bytes: [UInt8]) {
      self.name = name
      self.type = type
      self.bytes = bytes
    }
  }

  /// How much a form may hold.
  public struct Limits: Sendable {
    public let bytes: Int
    public let uploadBytes: Int
    public let fields: Int

    public init(bytes: Int = 1 << 20, uploadBytes: Int = 24 << 20, fields: Int = 4000) {
      self.bytes = bytes
      self.uploadBytes = uploadBytes
      self.fields = fields
    }
  }
}

/// A form that cannot be read: cut off, too many fields, not text.
struct UnreadableForm: Error {}

extension FormBody {
  /// What was typed, with one kind of line end. Bytes that are not UTF-8 (overlong forms and halves of pairs included)
  /// are no text, and neither is NUL, which no keyboard writes and PostgreSQL does not keep.
  static func text(_ bytes: [UInt8]) throws -> String {
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw UnreadableForm()
    }
    return bytes.contains(0x0D) ? text.replacing("\r\n", with: "\n") : text
  }
}

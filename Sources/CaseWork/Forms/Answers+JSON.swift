/// Reads answers as they are sealed, `{"path":["text",…],…}`: every entry of a case's timeline is one, and a decoder for
/// all JSON takes ten times as long (docs/speed.md).
extension Answers {
  /// - Returns: `nil` for anything but an object of lists of texts (RFC 8259).
  public init?(json bytes: [UInt8]) {
    var scanner = JSONScanner(bytes)
    guard let values = scanner.lists(), scanner.isAtEnd else { return nil }
    self.init(values)
  }
}

/// The little of JSON that answers are made of.
private struct JSONScanner {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { mutating get { next == nil } }

  mutating func lists() -> [String: [String]]? {
    var values: [String: [String]] = [:]
    guard take("{") else { return nil }
    if take("}") { return values }
    repeat {
      guard let path = text(), take(":"), let texts = list() else { return nil }
      values[path] = texts
    } while take(",")
    return take("}") ? values : nil
  }

  private mutating func list() -> [String]? {
    var texts: [String] = []
    guard take("[") else { return nil }
    if take("]") { return texts }
    repeat {
      guard let text = text() else { return nil }
      texts.append(text)
    } while take(",")
    return take("]") ? texts : nil
  }

  private mutating func text() -> String? {
    guard take("\"") else { return nil }
    let start = place
    // Most texts hold nothing that is written otherwise.
    while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
      place += 1
    }
    guard place < bytes.count else { return nil }
    if bytes[place] == UInt8(ascii: "\"") {
      defer { place += 1 }
      return String(validating: bytes[start..<place], as: UTF8.self)
    }
    var scalars = Array(bytes[start..<place])
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: scalars, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escaped() else { return nil }
        scalars += escaped
      default: scalars.append(byte)
      }
    }
    return nil
  }

  /// What stands behind a backslash, in UTF-8.
  private mutating func escaped() -> [UInt8]? {
    guard place < bytes.count else { return nil }
    defer { place += 1 }
    switch bytes[place] {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [bytes[place]]
    case UInt8(ascii: "u"): return scalar()
    default: return nil
    }
  }

  /// `u0041`, or two of them where the letter lies beyond the first 65,536; ends on the last digit.
  private mutating func scalar() -> [UInt8]? {
    guard let first = unit() else { return nil }
    var code = first
    if (0xD800..<0xDC00).contains(first) {
      guard place + 2 < bytes.count, bytes[place + 1] == UInt8(ascii: "\\"),
        bytes[place + 2] == UInt8(ascii: "u")
      else { return nil }
      place += 2
      guard let second = unit(), (0xDC00..<0xE000).contains(second) else { return nil }
      code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    return Unicode.Scalar(code).map { Array(String(Character($0)).utf8) }
  }

  private mutating func unit() -> UInt32? {
    guard place + 4 < bytes.count else { return nil }
    var code: UInt32 = 0
    for _ in 0..<4 {
      place += 1
      guard let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else { return nil }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: mark) else { return false }
    place += 1
    return true
  }

  /// The next byte that is no space.
  private var next: UInt8? {
    mutating get {
      while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
      return place < bytes.count ? bytes[place] : nil
    }
  }
}

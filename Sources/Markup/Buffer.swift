/// Where a page is written: bytes, in order.
struct Buffer {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  mutating func write(_ html: HTML) {
    bytes += html.written
  }

  mutating func write(_ text: StaticString) {
    // The bytes are the program's own, and are only read inside the call.
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
    bytes.append(UInt8(ascii: "<"))
    write(name)
    for attribute in attributes { write(attribute) }
    bytes.append(UInt8(ascii: ">"))
  }

  mutating func close(_ name: StaticString) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(UInt8(ascii: "/"))
    write(name)
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func write(_ attribute: Attribute) {
    switch attribute.value {
    case .absent: return
    case .present: writeName(of: attribute)
    case .text(let text):
      writeName(of: attribute)
      bytes.append(UInt8(ascii: "="))
      bytes.append(UInt8(ascii: "\""))
      escape(text)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private mutating func writeName(of attribute: Attribute) {
    bytes.append(UInt8(ascii: " "))
    write(attribute.prefix)
    write(attribute.name)
  }

  /// One escaping for text and attributes alike: five characters, and those HTML cannot hold.
  mutating func escape(_ text: String) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    // Hardly any text holds one of them, so they are looked for where they lie by now.
    var index = start
    while index < bytes.count, !Buffer.needsEscape(bytes[index]) { index += 1 }
    guard index < bytes.count else { return }
    let rest = Array(bytes[index...])
    bytes.removeLast(rest.count)
    for byte in rest { escape(byte) }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "&"): write("&amp;")
    case UInt8(ascii: "<"): write("&lt;")
    case UInt8(ascii: ">"): write("&gt;")
    case UInt8(ascii: "\""): write("&quot;")
    case UInt8(ascii: "'"): write("&#39;")
    case 0x09, 0x0A, 0x0D: bytes.append(byte)
    case 0..<0x20, 0x7F: write("\u{FFFD}")
    default: bytes.append(byte)
    }
  }

  /// How the five are written; `&` the last, for it stands in all of them.
  static let escapes: [(written: String, mark: String)] = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
  ]

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    if byte > 0x3E, byte != 0x7F { return false }
    return switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F: true
    default: false
    }
  }
}

/// Where a link or a form leads: inside this site, to a place on the page, or to a telephone. Nothing else can be
/// written, so that no text of a user becomes `javascript:` or another site.
public struct Address: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  private init(text: String) {
    description = text
  }

  /// A path with the values put where it has `{name}`.
  public init(pattern: String, values: [String]) {
    var values = values[...]
    var text = ""
    text.reserveCapacity(pattern.utf8.count + 40)
    var rest = pattern[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
      let close = rest.utf8[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      text += rest[..<open]
      text += Address.encoded(values.popFirst() ?? "")
      rest = rest[rest.utf8.index(after: close)...]
    }
    description = text + rest
  }

  /// The same with a query and a place on the page.
  public func with(query: [(String, String)], fragment: String?) -> Address {
    var text = description
    for (index, pair) in query.enumerated() {
      text += (index == 0 ? "?" : "&") + Address.encoded(pair.0) + "=" + Address.encoded(pair.1)
    }
    if let fragment { text += "#" + Address.encoded(fragment) }
    return Address(text: text)
  }

  /// A place on the same page.
  public static func place(_ id: String) -> Address { Address(text: "#" + encoded(id)) }

  /// A number to call.
  public static func telephone(_ number: String) -> Address {
    Address(text: "tel:" + number.filter { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == "+") })
  }

  /// An address that came back from a form, if it is a path of this site; a way back, never a way out.
  public init?(returning text: String) {
    guard text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"), text.utf8.count < 512,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") })
    else { return nil }
    self.init(text: text)
  }

  /// RFC 3986 unreserved characters stay, and `:`, which is allowed in a path and a query.
  private static func encoded(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isPlain(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}

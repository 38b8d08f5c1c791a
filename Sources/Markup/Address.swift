/// Where a link or a form leads: inside this site, to a place on the page, or to a telephone. Nothing else can be
/// written, so that no text of a user becomes `javascript:` or another site.
public struct Address: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// A path of this site from its segments, each encoded; with a query, where there is one.
  public init(_ segments: [String], query: [(String, String)] = [], fragment: String? = nil) {
    var text = ""
    for segment in segments { text += "/" + Address.encoded(segment) }
    if text.isEmpty { text = "/" }
    for (index, pair) in query.enumerated() {
      text += (index == 0 ? "?" : "&") + Address.encoded(pair.0) + "=" + Address.encoded(pair.1)
    }
    if let fragment { text += "#" + Address.encoded(fragment) }
    description = text
  }

  private init(text: String) {
    description = text
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
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: ":"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

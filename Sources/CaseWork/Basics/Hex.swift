extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  public var hex: String {
    var text: [UInt8] = []
    text.reserveCapacity(underestimatedCount * 2)
    for byte in self {
      text.append(UInt8(hexDigitOf: byte >> 4))
      text.append(UInt8(hexDigitOf: byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Reads two hexadecimal digits a byte; `nil` for anything else.
  public init?(hex text: String) {
    let values = text.utf8.compactMap(\.hexValue)
    guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
    self = stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}

extension UInt8 {
  /// What the hexadecimal digit that this byte writes is worth; `nil` where it writes none.
  var hexValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The byte that writes a value below 16.
  init(hexDigitOf value: UInt8) {
    self = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

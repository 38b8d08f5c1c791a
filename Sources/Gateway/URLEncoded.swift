extension FormBody {
  /// Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1), and refuses what is not UTF-8.
  public init(urlEncoded bytes: some Sequence<UInt8>, fields limit: Int = 4000) throws {
    var values: [String: [String]] = [:]
    var count = 0
    var name: [UInt8]?
    var current: [UInt8] = []
    var pending: [UInt8] = []

    func finish() throws {
      current += pending
      pending = []
      if let known = name {
        values[try FormBody.text(known), default: []].append(try FormBody.text(current))
      } else if !current.isEmpty {
        values[try FormBody.text(current), default: []].append("")
      }
      count += 1
      guard count <= limit else { throw UnreadableForm() }
      name = nil
      current = []
    }

    for byte in bytes {
      if !pending.isEmpty {
        pending.append(byte)
        guard pending.count == 3 else { continue }
        guard let high = FormBody.hex(pending[1]), let low = FormBody.hex(pending[2]) else {
          throw UnreadableForm()
        }
        current.append(high << 4 | low)
        pending = []
        continue
      }
      switch byte {
      case UInt8(ascii: "&"): try finish()
      case UInt8(ascii: "=") where name == nil:
        name = current
        current = []
      case UInt8(ascii: "+"): current.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"): pending = [byte]
      default: current.append(byte)
      }
    }
    guard pending.isEmpty else { throw UnreadableForm() }
    if name != nil || !current.isEmpty { try finish() }
    self.init(values: values)
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// Writes comma-separated values that Excel opens in Hangul and no cell of which it runs.
///
/// UTF-8 with a byte order mark, every cell quoted, CRLF. A cell that a spreadsheet would take for a formula
/// (OWASP, CSV injection) gets an apostrophe in front; plain numbers and phone numbers stay as they are.
public struct CSVWriter: Sendable {
  public private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  public init() {}

  public mutating func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      bytes.append(0x22)
      for byte in Self.safe(cell).utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
    bytes.append(contentsOf: [0x0D, 0x0A])
  }

  /// `cell` as it may be shown by a spreadsheet.
  public static func safe(_ cell: String) -> String {
    let start = cell.unicodeScalars.drop { $0 == " " || $0 == "\u{A0}" || $0 == "\u{3000}" }
    guard let first = start.first, dangerous.contains(first), !isNumber(cell), !isPhone(cell) else {
      return cell
    }
    return "'" + cell
  }

  private static let dangerous: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]

  private static func isNumber(_ cell: String) -> Bool {
    cell.wholeMatch(of: /[+-]?[0-9]+(\.[0-9]+)?/) != nil
  }

  /// An international number: `+82 10-0000-1234`.
  private static func isPhone(_ cell: String) -> Bool {
    cell.wholeMatch(of: /\+[0-9]{1,3}([ -][0-9]{1,4}){2,4}/) != nil
  }
}

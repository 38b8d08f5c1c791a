import Foundation

/// Text out of bytes: a byte order mark decides; else strictly UTF-8; else CP949; else it is no text.
struct DecodedText {
  let text: String
  let format: Table.Format

  init(_ bytes: [UInt8]) throws(TableProblem) {
    let read: (String, Table.Format)? =
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        String(validating: bytes.dropFirst(3), as: UTF8.self).map { ($0, .utf8) }
      } else if bytes.starts(with: [0xFF, 0xFE]) {
        Self.utf16(bytes.dropFirst(2), isBigEndian: false).map { ($0, .utf16) }
      } else if bytes.starts(with: [0xFE, 0xFF]) {
        Self.utf16(bytes.dropFirst(2), isBigEndian: true).map { ($0, .utf16) }
      } else if let text = String(validating: bytes, as: UTF8.self) {
        (text, .utf8)
      } else {
        String(data: Data(bytes), encoding: Self.cp949).map { ($0, .cp949) }
      }
    guard let read, !read.0.unicodeScalars.contains(where: Self.isForeign) else {
      throw TableProblem(.notText)
    }
    (text, format) = read
  }

  /// Windows code page 949 with all 11,172 syllables; Foundation's EUC-KR knows only 2,350 and refuses the others.
  private static let cp949 = String.Encoding(rawValue: 0x8000_0422)

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index -> UInt16 in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    return String(validating: units, as: UTF16.self)
  }

  /// Control characters, and the private characters by which Foundation passes on bytes that CP949 does not have.
  private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F..<0xA0, 0xE000...0xF8FF: true
    default: false
    }
  }
}

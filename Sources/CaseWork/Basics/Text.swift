import Foundation

/// What is done to every text that comes in, before anything else reads it.
public enum Text {
  /// Composed (NFC), without control, zero-width and direction characters, trimmed. Lines are joined by a space unless
  /// they are kept; then line ends are `\n`.
  public static func cleaned(_ text: String, keepingLines: Bool) -> String {
    // Codes, days and numbers: nothing to compose, nothing to drop.
    if text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return text }
    var scalars = String.UnicodeScalarView()
    var composed = text.precomposedStringWithCanonicalMapping
    if composed.utf8.contains(0x0D) {
      composed = composed.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }
    for scalar in composed.unicodeScalars {
      if scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}" {
        scalars.append(keepingLines ? "\n" : " ")
      } else if scalar == "\t" || scalar == "\u{A0}" {
        scalars.append(" ")
      } else if !isDropped(scalar) {
        scalars.append(scalar)
      }
    }
    return String(scalars).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Full-width digits (０–９) and marks (：．，－) as plain ones.
  public static func withPlainDigits(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let plain = (0xFF0B...0xFF1A).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : nil
      scalars.append(plain ?? scalar)
    }
    return String(scalars)
  }

  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069,
      0xFEFF:
      true
    case 0xE000...0xF8FF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}

/// Finds what looks like a resident or foreigner registration number (주민등록번호, 외국인등록번호) in free text.
///
/// Such numbers may not be kept even with consent (개인정보 보호법 제24조의2①), so a text that holds one is refused
/// before it is saved. Numbers given since October 2020 carry no check digit, so none is asked for: six digits that are a
/// day, then 1–8 and six more, together or parted by spaces, dots or dashes.
public enum NationalID {
  public static func isFound(in text: String) -> Bool {
    let signs = text.unicodeScalars.map(Sign.init)
    return signs.indices.contains { start in
      guard case .digit = signs[start] else { return false }
      if start > 0, case .digit = signs[start - 1] { return false }
      return matches(signs[start...], inPairs: true) || matches(signs[start...], inPairs: false)
    }
  }

  private enum Sign {
    case digit(Int), separator, other

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x30...0x39: self = .digit(Int(scalar.value) - 0x30)
      case 0xFF10...0xFF19: self = .digit(Int(scalar.value) - 0xFF10)
      case 0x20, 0x09, 0xA0, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E, 0xB7, 0x2010...0x2015, 0x2212, 0x30FB, 0x318D,
        0xFF0D, 0xFF0E,
        0x3000, 0x2009, 0x200B:
        self = .separator
      default: self = .other
      }
    }
  }

  /// `inPairs`: `90.01.01-1234567` and everything closer; otherwise every digit stands apart.
  private static func matches(_ signs: ArraySlice<Sign>, inPairs: Bool) -> Bool {
    var digits: [Int] = []
    var gap = 0
    for sign in signs {
      switch sign {
      case .separator: gap += 1
      case .other: return digits.count == 13 && isNumber(digits)
      case .digit(let digit):
        if digits.count == 13 { return gap > 0 && isNumber(digits) }
        guard isGap(gap, before: digits.count, inPairs: inPairs) else { return false }
        digits.append(digit)
        gap = 0
      }
    }
    return digits.count == 13 && isNumber(digits)
  }

  private static func isGap(_ gap: Int, before position: Int, inPairs: Bool) -> Bool {
    switch position {
    case 0: gap == 0
    case 6: gap <= 3
    case 2, 4: inPairs ? gap <= 1 : (1...2).contains(gap)
    case 1, 3, 5: inPairs ? gap == 0 : (1...2).contains(gap)
    default: gap <= (inPairs ? 1 : 2)
    }
  }

  private static func isNumber(_ digits: [Int]) -> Bool {
    (1...12).contains(digits[2] * 10 + digits[3]) && (1...31).contains(digits[4] * 10 + digits[5])
      && (1...8).contains(digits[6])
  }
}

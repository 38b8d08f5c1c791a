/// Random letters and digits for somebody to read off and type: those of Crockford's base 32, of which none looks like
/// another; 20 bits a group of four.
public enum TypedSecret {
  static let group = 4
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// `K7QM-2FXA-PT4C` for three groups.
  public static func random(groups: Int) -> String {
    // A letter takes five bits of a random byte; the other three are thrown away.
    grouped([UInt8].random(count: groups * group).map { alphabet[Int($0 & 31)] })
  }

  /// The same for what is taken as it is typed, letter by letter: small letters and digits, without 0 and 1, which look like
  /// letters.
  public static func password(groups: Int) -> String {
    grouped(Array([UInt8].random(count: groups * group).base32.lowercased().prefix(groups * group)))
  }

  private static func grouped(_ letters: [Character]) -> String {
    stride(from: 0, to: letters.count, by: group).map { String(letters[$0..<$0 + group]) }.joined(
      separator: "-")
  }

  /// What was meant by capital letters and digits as they were typed.
  static func read(_ letters: String) -> String {
    String(letters.map { $0 == "O" ? "0" : $0 == "I" || $0 == "L" ? "1" : $0 })
  }
}

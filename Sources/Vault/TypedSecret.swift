/// Random letters and digits for somebody to read off and type: those of Crockford's base 32, of which none looks like
/// another; 20 bits a group of four.
public enum TypedSecret {
  static let group = 4
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// `K7QM-2FXA-PT4C` for three groups.
  public static func random(groups: Int) -> String {
    // A letter takes five bits of a random byte; the other three are thrown away.
    let letters = [UInt8].random(count: groups * group).map { alphabet[Int($0 & 31)] }
    return stride(from: 0, to: letters.count, by: group).map { String(letters[$0..<$0 + group]) }
      .joined(separator: "-")
  }

  /// What was meant by capital letters and digits as they were typed.
  static func read(_ letters: String) -> String {
    String(letters.map { $0 == "O" ? "0" : $0 == "I" || $0 == "L" ? "1" : $0 })
  }
}

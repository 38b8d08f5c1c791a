/// How the cells of a workbook are shown, as far as it changes what they say: days, times, leading zeros.
struct CellStyles {
  enum Shown: Hashable {
    case number
    case day, time
    /// A number filled with zeros to so many digits: `00000`.
    case padded(Int)
  }

  private var shown: [Shown] = []

  init() {}

  init(_ bytes: [UInt8], limits: TableLimits) throws(TableProblem) {
    let found = Found()
    try XMLWalk.over(
      bytes, limits: limits,
      begin: { name, attributes throws(TableProblem) in
        switch name {
        case "numFmt":
          if let id = attributes["numFmtId"].flatMap({ Int($0) }) {
            found.codes[id] = attributes["formatCode"]
          }
        case "cellXfs": found.isInFormats = true
        case "xf":
          guard found.isInFormats else { return }
          guard found.formats.count < 70_000 else { throw TableProblem(.tooLarge) }
          found.formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
        default: break
        }
      },
      end: { name throws(TableProblem) in if name == "cellXfs" { found.isInFormats = false } })
    shown = found.formats.map { format in
      found.codes[format].map(Self.shown(by:)) ?? Self.shown(byBuiltIn: format)
    }
  }

  subscript(style: Int?) -> Shown {
    style.flatMap { shown.indices.contains($0) ? shown[$0] : nil } ?? .number
  }

  private final class Found {
    var codes: [Int: String] = [:]
    var formats: [Int] = []
    var isInFormats = false
  }

  /// ECMA-376 §18.8.30, with the numbers of the East Asian languages.
  private static func shown(byBuiltIn format: Int) -> Shown {
    switch format {
    case 14...17, 22, 27...31, 34...36, 50...58: .day
    case 18...21, 32, 33, 45...47: .time
    default: .number
    }
  }

  static func shown(by code: String) -> Shown {
    var letters: Set<Character> = []
    var bare = ""
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for character in code {
      if isEscaped {
        isEscaped = false
      } else if character == "\"" {
        isQuoted.toggle()
      } else if isQuoted {
        continue
      } else if character == "\\" || character == "_" || character == "*" {
        isEscaped = true
      } else if character == "[" {
        isBracketed = true
      } else if character == "]" {
        isBracketed = false
      } else if !isBracketed {
        letters.insert(Character(character.lowercased()))
        bare.append(character)
      }
    }
    if !letters.isDisjoint(with: ["y", "d", "e"]), !bare.contains("0"), !bare.lowercased().contains("general")
    {
      return .day
    }
    if !letters.isDisjoint(with: ["h", "s"]), !letters.contains("#"), !bare.lowercased().contains("general") {
      return .time
    }
    let zeros = bare.prefix { $0 != ";" }
    // A number has fifteen digits; more zeros than twice as many are there to fill the memory.
    return (2...30).contains(zeros.count) && zeros.allSatisfy { $0 == "0" } ? .padded(zeros.count) : .number
  }
}

/// The texts of a workbook that cells point to.
struct SharedStrings {
  private var texts: [String] = []

  init() {}

  init(_ bytes: [UInt8], limits: TableLimits) throws(TableProblem) {
    let collected = Collected()
    try XMLWalk.over(
      bytes, limits: limits,
      begin: { name, _ throws(TableProblem) in
        switch name {
        case "si": collected.text = ""
        case "t": collected.isText = collected.phonetic == 0
        case "rPh": collected.phonetic += 1
        default: break
        }
      },
      text: { if collected.isText { collected.text += $0 } },
      end: { name throws(TableProblem) in
        switch name {
        case "si":
          guard collected.texts.count < limits.cells, collected.text.utf8.count <= limits.cellBytes else {
            throw TableProblem(.tooLarge)
          }
          collected.texts.append(collected.text.unescapedCell)
        case "t": collected.isText = false
        case "rPh": collected.phonetic -= 1
        default: break
        }
      })
    texts = collected.texts
  }

  subscript(index: Int) -> String? {
    texts.indices.contains(index) ? texts[index] : nil
  }

  private final class Collected {
    var texts: [String] = []
    var text = ""
    var isText = false
    var phonetic = 0
  }
}

extension String {
  /// With `_x000D_` and its like read back as the characters they stand for (ECMA-376 §22.9.2.19), and trimmed.
  var unescapedCell: String {
    guard utf8.contains(0x5F), contains("_x") else { return trimmed }
    return replacing(/_x([0-9A-Fa-f]{4})_/) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(match.0)
    }.trimmed
  }
}

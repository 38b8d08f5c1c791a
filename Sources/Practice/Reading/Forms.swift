internal import CaseWork

/// Forms: one file each in `forms/`, named after the form.
enum Forms {
  static func read(from files: PracticeFiles, lists: [CodeList.Name: CodeList]) -> [String: Form] {
    var forms: [String: Form] = [:]
    for (name, piece) in files.pieces(in: "forms") {
      if !names.contains(name) { piece.problem("there is no form “\(name)” in the program") }
      forms[name] = Reader(lists: lists).form(name, piece)
    }
    for name in names where forms[name] == nil {
      files.log.add(PracticeProblem(file: "forms/\(name).yaml", line: nil, reason: "is missing"))
    }
    return forms
  }

  /// One for each kind of record, and those that are no record of a case.
  private static let names =
    CaseRecord.Kind.allCases.map(\.rawValue) + ["referral", "agency-referral", "abuse-report"]

  private struct Reader {
    let lists: [CodeList.Name: CodeList]

    func form(_ name: String, _ piece: Piece) -> Form {
      piece.allow("number", "version", "ko", "en", "lead-ko", "lead-en", "sections")
      let sections = piece.need("sections")?.list.map(section) ?? []
      var seen: Set<String> = []
      for field in sections.flatMap(\.fields) where !seen.insert(field.id).inserted {
        piece.problem("the field “\(field.id)” is there twice")
      }
      return Form(
        id: name, number: piece.need("number")?.text ?? "", version: piece.need("version")?.number ?? 0,
        title: piece.needWords(), lead: piece.words("lead-"), sections: sections)
    }

    private func section(_ piece: Piece) -> Form.Section {
      piece.allow("id", "ko", "en", "hint-ko", "hint-en", "folded", "fields")
      return Form.Section(
        id: piece.need("id")?.text ?? "", title: piece.words(), hint: piece.words("hint-"),
        isFolded: piece["folded"]?.flag ?? false, fields: piece.need("fields")?.list.map(field) ?? [])
    }

    private func field(_ piece: Piece) -> Field {
      piece.allow(
        "id", "kind", "ko", "en", "hint-ko", "hint-en", "need", "preset", "list", "style", "range", "rows",
        "fields")
      let kind = kind(piece)
      return Field(
        id: piece.need("id")?.text ?? "", kind: kind, label: piece.needWords(), hint: piece.words("hint-"),
        need: piece["need"]?.code(Field.Need.self) ?? .optional,
        preset: piece["preset"].map { preset($0, of: kind) })
    }

    /// A name by which the program fills something in, or one code of the field's list.
    private func preset(_ piece: Piece, of kind: Field.Kind) -> String {
      let preset = piece.text
      switch kind {
      case .choice(let list, _), .choices(let list, _):
        if lists[list]?[preset] != nil { return preset }
      default: break
      }
      if !["today", "now", "me", "usual-minutes", "usual-service"].contains(preset) {
        piece.problem("“\(preset)” is neither filled in by the program nor in the list")
      }
      return preset
    }

    private func kind(_ piece: Piece) -> Field.Kind {
      let name = piece.need("kind")?.text ?? ""
      let more = Self.moreKeys[name] ?? []
      for key in ["list", "style", "range", "rows", "fields"] where !more.contains(key) {
        piece[key]?.problem("the key “\(key)” does not belong to a field of this kind")
      }
      switch name {
      case "line": return .line
      case "text": return .text
      case "quote": return .quote
      case "choice": return .choice(list(piece), style: style(piece))
      case "choices": return .choices(list(piece), style: style(piece))
      case "scale": return .scale(piece.need("range")?.range ?? 0...0)
      case "number": return .number(piece["range"]?.range ?? 0...1_000_000)
      case "minutes": return .minutes
      case "won": return .won
      case "day": return .day
      case "time": return .time
      case "flag": return .flag
      case "staff": return .staff
      case "resource": return .resource
      case "relative": return .relative
      case "informal": return .informal
      case "goals": return .goals
      case "group": return group(piece)
      default:
        piece.problem("“\(name)” is no kind of field")
        return .line
      }
    }

    private static let moreKeys = [
      "choice": ["list", "style"], "choices": ["list", "style"], "scale": ["range"], "number": ["range"],
      "group": ["rows", "fields"],
    ]

    private func group(_ piece: Piece) -> Field.Kind {
      let fields = piece.need("fields")?.list.map(field) ?? []
      var seen: Set<String> = []
      for field in fields where !seen.insert(field.id).inserted {
        piece.problem("the field “\(field.id)” is there twice")
      }
      return .group(fields, piece["rows"]?.range ?? 0...30)
    }

    private func list(_ piece: Piece) -> CodeList.Name {
      let name = CodeList.Name(rawValue: piece.need("list")?.text ?? "")
      if lists[name] == nil { piece.problem("there is no list “\(name.rawValue)”") }
      return name
    }

    private func style(_ piece: Piece) -> Field.ChoiceStyle {
      piece["style"]?.code(Field.ChoiceStyle.self) ?? .tiles
    }
  }
}

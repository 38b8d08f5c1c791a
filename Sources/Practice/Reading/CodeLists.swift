internal import CaseWork

/// Code lists: `name: [[code, ko, en], [code, ko, en, parent], {code: …, ko: …, en: …, hint-ko: …}]`.
enum CodeLists {
  static func read(from files: PracticeFiles) -> [CodeList.Name: CodeList] {
    var lists: [CodeList.Name: CodeList] = [:]
    for (_, file) in files.pieces(in: "codes") {
      for (key, piece) in file.parts {
        let name = CodeList.Name(rawValue: key)
        if lists[name] != nil { piece.problem("the list “\(key)” is there twice") }
        lists[name] = CodeList(name: name, codes: codes(piece))
      }
    }
    return lists
  }

  private static func codes(_ piece: Piece) -> [CodeList.Code] {
    var seen: Set<String> = []
    return piece.list.compactMap { entry in
      guard let code = code(entry) else { return nil }
      if !seen.insert(code.value).inserted { entry.problem("the code “\(code.value)” is there twice") }
      return code
    }
  }

  private static func code(_ piece: Piece) -> CodeList.Code? {
    if piece.isNamed {
      piece.allow("code", "ko", "en", "hint-ko", "hint-en", "parent", "valid-to")
      return CodeList.Code(
        value: piece.need("code")?.text ?? "", words: piece.needWords(), hint: piece.words("hint-"),
        parent: piece["parent"]?.text, validTo: piece["valid-to"].flatMap { Day($0.text) })
    }
    let parts = piece.list.map(\.text)
    guard parts.count == 3 || parts.count == 4 else {
      piece.problem("a code is [code, Korean, English] or [code, Korean, English, parent]")
      return nil
    }
    return CodeList.Code(
      value: parts[0], words: Words(ko: parts[1], en: parts[2]), parent: parts.count == 4 ? parts[3] : nil)
  }
}

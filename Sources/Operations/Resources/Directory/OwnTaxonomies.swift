import CaseWork
import Foundation
import Practice

/// Our code lists as taxonomies: the Korean name, and the English one as what is told of it.
struct OwnTaxonomies: Sendable {
  let taxonomies: [DirectoryEntry]
  let terms: [DirectoryEntry]

  init(_ practice: Practice) {
    taxonomies = DirectoryTerm.List.allCases.map { list in
      var taxonomy = DirectoryEntry(.taxonomy, id: DirectoryTerm.taxonomy(list))
      taxonomy["name"] = practice.wordings("directory.\(list)", .korean)
      taxonomy["description"] = practice.wordings("directory.\(list)", .english)
      return taxonomy
    }
    terms = DirectoryTerm.List.allCases.flatMap { list in
      let name = list.codes ?? CodeList.Name(rawValue: list == .grade ? "grade" : "")
      let codes =
        practice.codes[name]?.codes.map { ($0.value, $0.words, $0.parent) } ?? Self.facts(list, practice)
      let known = Set(codes.map(\.0))
      return codes.filter { $0.0.utf8.count <= 12 }.map { code, words, parent in
        var term = DirectoryEntry(.taxonomyTerm, id: DirectoryTerm(list, code).id)
        term["code"] = code
        term["name"] = words(.korean)
        term["description"] = words(.english)
        term["language"] = "ko"
        term["taxonomy"] = practice.wordings("directory.\(list)", .korean)
        term["taxonomy_id"] = DirectoryTerm.taxonomy(list).uuidString.lowercased()
        if let parent, known.contains(parent) {
          term["parent_id"] = DirectoryTerm(list, parent).id.uuidString.lowercased()
        }
        return term
      }
    }
  }

  /// Terms that carry a value on the object they stand at.
  private static func facts(
    _ list: DirectoryTerm.List, _ practice: Practice
  ) -> [(String, Words, String?)] {
    ["days", "on", "from", "until"].compactMap { code in
      let key = "directory.\(list).\(code)"
      guard practice.wordings.has(key) else { return nil }
      return (
        code, Words(ko: practice.wordings(key, .korean), en: practice.wordings(key, .english)), nil
      )
    }
  }

  func taxonomies(_ text: String?) -> [DirectoryEntry] { taxonomies.filter { isTold(text, by: $0) } }

  func terms(_ wish: DirectoryWish) -> [DirectoryEntry] {
    terms.filter { term in
      isTold(wish.text, by: term) && (wish.taxonomy.map { $0 == term["taxonomy_id"] } ?? true)
        && (wish.parent.map { $0 == term["parent_id"] } ?? true)
        && (!wish.onlyTop || term["parent_id"] == nil)
    }
  }

  private func isTold(_ text: String?, by entry: DirectoryEntry) -> Bool {
    guard let text = text?.lowercased() else { return true }
    return ["name", "description", "code"].contains { entry[$0]?.lowercased().contains(text) ?? false }
  }
}

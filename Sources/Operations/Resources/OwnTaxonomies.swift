import CaseWork
import Foundation

/// The code lists of the practice as taxonomies of the directory, so that others can read what our codes mean.
struct OwnTaxonomies {
  let taxonomies: [DirectoryEntry]
  let terms: [DirectoryEntry]

  init(_ lists: [CodeList.Name: CodeList]) {
    taxonomies = DirectoryTerm.List.allCases.map { list in
      var entry = DirectoryEntry(.taxonomy, id: DirectoryTerm.taxonomy(list))
      entry["name"] = "gyeot \(list)"
      entry["description"] = list.codes.map { "Codes of the list \($0.rawValue)" } ?? "Facts: \(list)"
      entry["version"] = "1"
      return entry
    }
    terms = DirectoryTerm.List.allCases.flatMap { list -> [DirectoryEntry] in
      let codes = list.codes.flatMap { lists[$0]?.codes }
      return codes.map { $0.map { Self.term(list, $0.value, $0.words) } }
        ?? Self.facts(list).map { Self.term(list, $0, Words(ko: $0, en: $0)) }
    }
  }

  /// The terms of lists that carry a value of their own.
  private static func facts(_ list: DirectoryTerm.List) -> [String] {
    switch list {
    case .grade: (1...12).map(String.init)
    case .waiting: ["days"]
    case .verified: ["on"]
    case .agreement: ["from", "until"]
    case .need, .organisation, .field, .form, .formality, .place, .category, .cost, .gender: []
    }
  }

  private static func term(_ list: DirectoryTerm.List, _ code: String, _ words: Words) -> DirectoryEntry {
    var entry = DirectoryEntry(.taxonomyTerm, id: DirectoryTerm(list, code).id)
    entry["code"] = code
    entry["name"] = words(.korean)
    entry["description"] = words(.english)
    entry["language"] = "ko"
    entry["taxonomy"] = "gyeot \(list)"
    entry["taxonomy_id"] = DirectoryTerm.taxonomy(list).uuidString.lowercased()
    return entry
  }
}

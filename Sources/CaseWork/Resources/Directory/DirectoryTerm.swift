public import Foundation

/// A code of ours as a term of a taxonomy, so that a directory carries it in the standard's own way.
public struct DirectoryTerm: Hashable, Sendable {
  /// The taxonomies we bring along; numbers are never used again for another.
  public enum List: UInt8, Hashable, Sendable, CaseIterable {
    case need = 1
    case organisation, field, form, formality, place, category, grade, cost, gender
    /// With a value: days of waiting, the day of the last check, the days of an agreement, how much of a secret it is.
    case waiting, verified, agreement

    /// The list of codes its terms come from; `nil` where it is a fact with a value of its own.
    public var codes: CodeList.Name? {
      let name: String? =
        switch self {
        case .need: "need-area"
        case .organisation: "organisation"
        case .field: "resource-field"
        case .form: "resource-form"
        case .formality: "resource-formality"
        case .place: "resource-place"
        case .category: "welfare-category"
        case .cost: "resource-cost"
        case .gender: "sex"
        case .grade, .waiting, .verified, .agreement: nil
        }
      return name.map(CodeList.Name.init(rawValue:))
    }
  }

  public let list: List
  /// At most twelve ASCII characters.
  public let code: String

  public init(_ list: List, _ code: String) {
    self.list = list
    self.code = code
  }

  /// Where the code stands in its id: everywhere but at the version and the variant (RFC 9562, version 8).
  private static let places = [2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15]

  /// The same in every directory of ours; the code can be read out of it again.
  public var id: UUID {
    var bytes = [UInt8](repeating: 0, count: 16)
    (bytes[0], bytes[1], bytes[6], bytes[8]) = (0xC9, list.rawValue, 0x80, 0x80)
    for (place, byte) in zip(Self.places, code.utf8) { bytes[place] = byte }
    return UUID(bytes: bytes)
  }

  /// The id of the taxonomy of a list.
  public static func taxonomy(_ list: List) -> UUID { DirectoryTerm(list, "").id }

  /// The list whose taxonomy this is; `nil` for one that is not ours.
  public static func list(ofTaxonomy id: UUID) -> List? { List.allCases.first { taxonomy($0) == id } }

  /// `nil` for a term, or a taxonomy, that is not ours.
  public init?(id: UUID) {
    let bytes = id.bytes
    guard bytes[0] == 0xC9, bytes[6] == 0x80, bytes[8] == 0x80, let list = List(rawValue: bytes[1]) else {
      return nil
    }
    let code = Self.places.map { bytes[$0] }.prefix { $0 != 0 }
    guard !code.isEmpty else { return nil }
    self.init(list, String(decoding: code, as: UTF8.self))
  }
}

extension UUID {
  init(bytes b: [UInt8]) {
    self.init(
      uuid: (
        b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
      ))
  }

  var bytes: [UInt8] {
    let b = uuid
    return [b.0, b.1, b.2, b.3, b.4, b.5, b.6, b.7, b.8, b.9, b.10, b.11, b.12, b.13, b.14, b.15]
  }

  /// An id that follows from two others, the same each time.
  func joined(with other: UUID) -> UUID {
    var joined = zip(bytes, other.bytes).map { $0 ^ $1 }
    joined[6] = joined[6] & 0x0F | 0x80
    joined[8] = joined[8] & 0x3F | 0x80
    return UUID(bytes: joined)
  }
}

extension DirectoryEntry {
  /// Our codes on this object, in the order in which they were put.
  public func codes(_ list: DirectoryTerm.List) -> [String] { terms(list).map(\.term.code) }

  /// What stands at our only term of a list, such as the days of waiting.
  public func value(_ list: DirectoryTerm.List, _ code: String) -> String? {
    terms(list).first { $0.term.code == code }?.attribute["value"]
  }

  /// Puts these codes of a list in the place of all it had.
  public mutating func set(_ codes: [String], in list: DirectoryTerm.List) {
    set(codes.map { ($0, nil) }, in: list)
  }

  public mutating func set(_ value: String?, at code: String, in list: DirectoryTerm.List) {
    let others = terms(list).filter { $0.term.code != code }.map { ($0.term.code, $0.attribute["value"]) }
    set(others + (value.map { [(code, $0)] } ?? []), in: list)
  }

  private mutating func set(_ pairs: [(code: String, value: String?)], in list: DirectoryTerm.List) {
    let kept = self[part: "attributes"].filter { attribute in
      attribute.ownTerm.map { $0.list != list } ?? true
    }
    self[part: "attributes"] =
      kept
      + pairs.map { pair in
        let term = DirectoryTerm(list, pair.code)
        var attribute = DirectoryEntry(.attribute, id: id.joined(with: term.id))
        attribute["taxonomy_term_id"] = term.id.uuidString.lowercased()
        attribute["label"] = pair.code
        attribute["value"] = pair.value
        return attribute
      }
  }

  private func terms(_ list: DirectoryTerm.List) -> [(term: DirectoryTerm, attribute: DirectoryEntry)] {
    self[part: "attributes"].compactMap { attribute in
      guard let term = attribute.ownTerm, term.list == list else { return nil }
      return (term, attribute)
    }
  }

  /// The term of ours an attribute names; `nil` for one of another directory.
  private var ownTerm: DirectoryTerm? {
    self["taxonomy_term_id"].flatMap(UUID.init(uuidString:)).flatMap(DirectoryTerm.init(id:))
  }
}

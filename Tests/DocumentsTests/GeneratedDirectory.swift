import CaseWork
import Documents
import Foundation

/// A directory by chance, the same for the same seed: all kinds of objects, all fields, odd words.
struct GeneratedDirectory {
  private var chance: Chance
  private(set) var directory = Directory()
  /// Whether everything that the tables demand is there.
  private let isStrict: Bool

  init(seed: UInt64, isStrict: Bool = false) {
    chance = Chance(state: seed)
    self.isStrict = isStrict
    fill()
  }

  private mutating func fill() {
    directory.taxonomies = list(.taxonomy, isStrict ? 1...2 : 0...2) { _, _ in }
    directory.taxonomyTerms = list(.taxonomyTerm, isStrict ? 1...4 : 0...4) { own, entry in
      own.link(&entry, "taxonomy_id", .taxonomy)
    }
    directory.organizations = list(.organization, isStrict ? 1...3 : 0...3) { _, _ in }
    directory.programs = list(.program, 0...2) { own, entry in
      own.link(&entry, "organization_id", .organization, always: true)
    }
    directory.locations = list(.location, 0...4) { own, entry in
      own.link(&entry, "organization_id", .organization)
    }
    directory.services = list(.service, 0...5) { own, entry in
      own.link(&entry, "organization_id", .organization, always: own.isStrict)
      own.link(&entry, "program_id", .program)
    }
    if isStrict, directory.services.isEmpty || directory.locations.isEmpty { return }
    directory.serviceAtLocations = list(.serviceAtLocation, 0...5) { own, entry in
      own.link(&entry, "service_id", .service, always: own.isStrict)
      own.link(&entry, "location_id", .location, always: true)
    }
    share()
  }

  /// One telephone of a service and of a place.
  private mutating func share() {
    guard !directory.services.isEmpty, !directory.locations.isEmpty, chance.below(2) == 0,
      let phone = directory.services[0][part: "phones"].first
    else { return }
    directory.locations[0][part: "phones"].append(phone)
  }

  private mutating func list(
    _ kind: DirectoryEntry.Kind, _ counts: ClosedRange<Int>,
    links: (inout GeneratedDirectory, inout DirectoryEntry) -> Void
  ) -> [DirectoryEntry] {
    let count = counts.lowerBound + chance.below(counts.count)
    return (0..<count).map { _ in
      var entry = object(kind, depth: 0)
      for field in kind.fields where field.type == .uuid { entry[field.name] = nil }
      links(&self, &entry)
      return entry
    }
  }

  private mutating func link(
    _ entry: inout DirectoryEntry, _ field: String, _ kind: DirectoryEntry.Kind, always: Bool = false
  ) {
    let targets = directory[kind]
    if let target = targets.randomElement(using: &chance), always || chance.below(3) > 0 {
      entry[field] = target.id.uuidString.lowercased()
    } else if always || (!isStrict && chance.below(4) == 0) {
      // Of another directory.
      entry[field] = id().uuidString.lowercased()
    }
  }

  private mutating func object(_ kind: DirectoryEntry.Kind, depth: Int) -> DirectoryEntry {
    var entry = DirectoryEntry(kind, id: id())
    // What lies within another says neither whose it is nor of what kind that is.
    for field in kind.fields
    where field.type != .uuid && !["link_entity", "resource_type"].contains(field.name) {
      let isNeeded = field.isRequired && (isStrict || field.name != "city" && field.name != "previous_value")
      guard isNeeded || chance.below(2) == 0 else { continue }
      if field.type == .number {
        entry[number: field.name] = [0, 7, -3, 37.5665, 126.978, 0.1, 1e21, 12_345_678].randomElement(
          using: &chance)
      } else {
        entry[field.name] = text(field.type)
      }
    }
    for part in kind.parts where !Directory.kinds.contains(part.kind) {
      let isNeeded = part.kind == .unit
      guard isNeeded || (depth < 3 && chance.below(depth == 0 ? 3 : 5) == 0) else { continue }
      let count = part.isList ? 1 + chance.below(3) : 1
      entry[part: part.name] = (0..<count).map { _ in object(part.kind, depth: depth + 1) }
    }
    if kind == .attribute {
      link(&entry, "taxonomy_term_id", .taxonomyTerm, always: isStrict)
    }
    return entry
  }

  private mutating func text(_ type: DirectoryEntry.FieldType) -> String {
    let choices: [String] =
      switch type {
      case .uri:
        [
          "https://example.org/%ED%95%9C?q=1,2#a", "http://a.b:8080", "mailto:a@b.kr", "urn:uuid:x",
          "tel:+82-2-1",
        ]
      case .email: ["a@b.kr", "o'neil+x@sub.example.org"]
      case .day: ["2026-01-31", "1999-12-01"]
      case .instant: ["2026-01-31T09:00:00+09:00", "2023-03-15T10:30:45.123Z"]
      case .oneOf(let words): words
      case .text, .number, .uuid: []
      }
    if !choices.isEmpty { return choices[chance.below(choices.count)] }
    var text = ""
    for _ in 0...chance.below(4) { text += Self.oddWords[chance.below(Self.oddWords.count)] }
    return text
  }

  private static let oddWords = [
    "초등학생", "쉼표, 하나", "\"따옴표\"", "줄\n바꿈", "되돌림\r\n", "🙂👩‍👩‍👧", "\u{202E}거꾸로\u{202C}", "00123", "=1+1",
    " 앞뒤 ", "\u{1100}\u{1161}", "a;b\tc", "'", "\u{200B}", "@x", "-5", "null", "{}", "\\", "<b>&amp;",
  ]

  private mutating func id() -> UUID {
    var bytes: [UInt8] = []
    for _ in 0..<16 { bytes.append(UInt8(chance.below(256))) }
    return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }
}

/// SplitMix64.
struct Chance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}

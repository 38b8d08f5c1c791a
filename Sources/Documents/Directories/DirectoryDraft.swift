import CaseWork
import Foundation

/// A directory while it is read: what was taken so far, and what is said of the rest.
struct DirectoryDraft {
  typealias Kind = DirectoryEntry.Kind

  let options: DirectoryOptions
  let identity: DirectoryIdentity
  private(set) var counts: [String: DirectoryReading.Count] = [:]
  private var lists: [Kind: [DirectoryEntry]] = [:]
  private var positions: [DirectoryOwner: Int] = [:]
  private var places: [DirectoryOwner: DirectoryProblem.Place] = [:]
  private var problems: [DirectoryProblem] = []
  private var unlisted = 0
  private var unmapped: [Column: Int] = [:]
  private var repetitions: [UUID: Int] = [:]

  private struct Column: Hashable {
    let table: String
    let field: String
  }

  init(options: DirectoryOptions) {
    self.options = options
    identity = DirectoryIdentity(source: options.source)
  }

  mutating func note(
    _ code: DirectoryProblem.Code, at place: DirectoryProblem.Place, field: String? = nil
  ) {
    if problems.count < 10_000 {
      problems.append(DirectoryProblem(code, at: place, field: field))
    } else {
      unlisted += 1
    }
  }

  mutating func countUnmapped(_ field: String, in table: String, by count: Int = 1) {
    unmapped[Column(table: table, field: field), default: 0] += count
  }

  mutating func countRead(_ table: String, by count: Int = 1) {
    counts[table, default: .init()].read += count
  }
  mutating func countTaken(_ table: String) { counts[table, default: .init()].taken += 1 }

  /// The id of something that came without one, from what it says; the second of two alike gets another than the first.
  mutating func made(_ space: String, _ words: [String]) -> UUID {
    let id = identity.made(space, words)
    let times = repetitions[id, default: 0] + 1
    repetitions[id] = times
    return times == 1 ? id : identity.made(space, words + [String(times)])
  }

  func holds(_ kind: Kind, _ id: UUID) -> Bool { positions[DirectoryOwner(kind: kind, id: id)] != nil }

  func entry(_ kind: Kind, _ id: UUID) -> DirectoryEntry? {
    positions[DirectoryOwner(kind: kind, id: id)].flatMap { lists[kind]?[$0] }
  }

  /// Puts an object into the list of its kind; what was there under its id is filled up from it.
  mutating func put(_ entry: DirectoryEntry, at place: DirectoryProblem.Place) {
    let key = DirectoryOwner(kind: entry.kind, id: entry.id)
    guard let position = positions[key], var held = lists[entry.kind]?[position] else {
      positions[key] = lists[entry.kind, default: []].count
      places[key] = place
      lists[entry.kind, default: []].append(entry)
      return
    }
    for (name, value) in entry.fields where held.fields[name] != value {
      if held.fields[name] == nil {
        held.set(name, value)
      } else {
        note(.differs, at: place, field: name)
      }
    }
    for (name, below) in entry.parts where held[part: name] != below {
      if held[part: name].isEmpty {
        held[part: name] = below
      } else {
        note(.differs, at: place, field: name)
      }
    }
    lists[entry.kind]?[position] = held
  }

  /// Changes an object that is there.
  mutating func update(_ kind: Kind, _ id: UUID, _ change: (inout DirectoryEntry) -> Void) {
    guard let position = positions[DirectoryOwner(kind: kind, id: id)] else { return }
    change(&lists[kind, default: []][position])
  }

  /// What was read, once everything was.
  mutating func reading(_ form: DirectoryReading.Form) -> DirectoryReading {
    noteDangling()
    var directory = Directory()
    for kind in Directory.kinds { directory[kind] = lists[kind] ?? [] }
    return DirectoryReading(
      form: form, directory: directory, counts: counts, problems: problems, unlisted: unlisted,
      unmapped: unmapped.map { .init(table: $0.key.table, field: $0.key.field, count: $0.value) }
        .sorted { ($0.table, $0.field) < ($1.table, $1.field) })
  }

  private mutating func noteDangling() {
    for kind in Directory.kinds {
      for entry in lists[kind] ?? [] {
        for field in kind.fields where field.type == .uuid {
          guard let target = kind.target(of: field.name),
            let id = entry[field.name].flatMap(UUID.init(uuidString:)), !holds(target, id),
            let place = places[DirectoryOwner(kind: kind, id: entry.id)]
          else { continue }
          note(.dangling, at: place, field: field.name)
        }
      }
    }
  }
}

extension DirectoryEntry {
  mutating func set(_ field: String, _ value: Value) {
    switch value {
    case .text(let text): self[field] = text
    case .number(let number): self[number: field] = number
    }
  }
}

internal import CaseWork
internal import Synchronization

/// Students as lists show them, opened once and kept in memory for as long as the store says that they are the same.
///
/// A school has a stamp in the store (`StudentStamps`) that is another after every act that changed its students, their
/// classes or their keys. It is read in the transaction that asks, so that what is taken from here is what that
/// transaction would read, whichever program has changed it.
public final class RememberedStudents: Sendable {
  /// A student in one year; a student whom the school does not have is remembered as well.
  private struct Place: Hashable {
    let student: ID<Student>
    let year: Int
  }

  private struct Shelf {
    let stamp: String
    let since: ContinuousClock.Instant
    var students: [Place: FoundStudent?] = [:]
  }

  private let capacity: Int
  private let lifetime: Duration
  private let now: @Sendable () -> ContinuousClock.Instant
  private let shelves = Mutex<[ID<School>: Shelf]>([:])

  /// - Parameters:
  ///   - capacity: how many are remembered at most.
  ///   - lifetime: how long, so that no name lies opened in memory for longer than its key (`Vault`).
  ///   - now: what counts the lifetime.
  public init(
    capacity: Int = 16_384, lifetime: Duration = .seconds(60),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.capacity = capacity
    self.lifetime = lifetime
    self.now = now
  }

  /// How many are remembered now.
  public var count: Int { shelves.withLock { $0.values.reduce(0) { $0 + $1.students.count } } }

  /// Those known under the schools' present stamps, and who must be read.
  func take(
    _ ids: [ID<Student>], year: Int, under stamps: [ID<School>: String]
  ) -> (found: [FoundStudent], missing: [ID<Student>]) {
    let instant = now()
    return shelves.withLock { shelves in
      let known = stamps.compactMap { school, stamp -> Shelf? in
        guard let shelf = shelves[school], shelf.stamp == stamp, instant - shelf.since < lifetime else {
          return nil
        }
        return shelf
      }
      guard known.count == stamps.count else { return ([], ids) }
      var (found, missing): ([FoundStudent], [ID<Student>]) = ([], [])
      for id in ids {
        let here = known.compactMap { $0.students[Place(student: id, year: year)] }
        if here.count == known.count { found += here.compactMap(\.self) } else { missing.append(id) }
      }
      return (found, missing)
    }
  }

  /// Keeps what was read of `ids` under the stamps of their schools.
  func keep(_ found: [FoundStudent], of ids: [ID<Student>], year: Int, under stamps: [ID<School>: String]) {
    let instant = now()
    let bySchool = Dictionary(grouping: found, by: \.school)
    shelves.withLock { shelves in
      makeRoom(for: ids.count * stamps.count, in: &shelves)
      for (school, stamp) in stamps {
        var shelf = shelves[school] ?? Shelf(stamp: stamp, since: instant)
        if shelf.stamp != stamp || instant - shelf.since >= lifetime {
          shelf = Shelf(stamp: stamp, since: instant)
        }
        shelves[school] = nil
        for id in ids { shelf.students[Place(student: id, year: year)] = .some(nil) }
        for student in bySchool[school] ?? [] {
          shelf.students[Place(student: student.id, year: year)] = student
        }
        shelves[school] = shelf
      }
    }
  }

  /// Empties the shelves filled longest ago; all that are too old, whatever room there is.
  private func makeRoom(for count: Int, in shelves: inout [ID<School>: Shelf]) {
    let instant = now()
    shelves = shelves.filter { instant - $0.value.since < lifetime }
    var total = shelves.values.reduce(count) { $0 + $1.students.count }
    guard total > capacity else { return }
    for (school, shelf) in shelves.sorted(by: { $0.value.since < $1.value.since }) where total > capacity {
      shelves[school] = nil
      total -= shelf.students.count
    }
  }
}

/// What a region lacks: needs for which nothing was found, agencies that declined, and waits that were long.
///
/// Resources are developed (개발) from it. It counts events and students apart, as every count of the house does.
public struct GapReport: Sendable {
  /// One event: a need was not met, a link was declined, or an answer took long.
  public struct Event: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case unmet, declined, waited }

    public let kind: Kind
    public let need: String
    public let reason: String?
    public let grade: Int?
    public let area: String?
    public let student: ID<Student>

    public init(
      _ kind: Kind, need: String, reason: String? = nil, grade: Int? = nil, area: String? = nil,
      student: ID<Student>
    ) {
      self.kind = kind
      self.need = need
      self.reason = reason
      self.grade = grade
      self.area = area
      self.student = student
    }
  }

  /// The four bands of grades a report tells apart.
  public enum Band: String, Hashable, Sendable, CaseIterable {
    case lower, upper, middle, high

    public init?(grade: Int?) {
      switch grade {
      case (1...3)?: self = .lower
      case (4...6)?: self = .upper
      case (7...9)?: self = .middle
      case (10...12)?: self = .high
      default: return nil
      }
    }
  }

  public struct Line: Sendable {
    public let need: String
    public let events: [Event.Kind: SmallCount]
    public let students: SmallCount
    public let reasons: [(code: String, count: SmallCount)]
    public let bands: [(band: Band, count: SmallCount)]
    public let areas: [(area: String, count: SmallCount)]
  }

  /// The need with the most events first; equal ones in the order of their codes.
  public let lines: [Line]

  /// - Parameter isOwn: whether the asker leads these cases, and may see small numbers.
  public init(_ events: [Event], isOwn: Bool) {
    func count(_ number: Int) -> SmallCount { SmallCount(number, isOwn: isOwn) }
    func tally<Key: Hashable>(_ keys: [Key]) -> [(key: Key, number: Int)] {
      Dictionary(grouping: keys) { $0 }.map { (key: $0.key, number: $0.value.count) }
    }
    lines = Dictionary(grouping: events, by: \.need)
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { need, events in
        Line(
          need: need,
          events: Dictionary(
            uniqueKeysWithValues: Event.Kind.allCases.map { kind in
              (kind, count(events.count { $0.kind == kind }))
            }),
          students: count(Set(events.map(\.student)).count),
          reasons: tally(events.compactMap(\.reason)).sorted { ($1.number, $0.key) < ($0.number, $1.key) }
            .map { (code: $0.key, count: count($0.number)) },
          bands: Band.allCases.compactMap { band in
            let number = events.count { Band(grade: $0.grade) == band }
            return number == 0 ? nil : (band: band, count: count(number))
          },
          areas: tally(events.compactMap(\.area)).sorted { ($1.number, $0.key) < ($0.number, $1.key) }
            .map { (area: $0.key, count: count($0.number)) })
      }
  }
}

/// Somebody around one student who can help (비공식 자원): a friend, kin, a neighbour, a volunteer.
///
/// It is no card of the directory: it belongs to this student alone, lies sealed under the student's key, and is neither
/// searched nor handed out.
public struct InformalResource: Hashable, Sendable {
  public let id: ID<InformalResource>
  public var told: Told
  /// 0 until it is kept.
  public var version: Int

  public init(id: ID<InformalResource>, _ told: Told, version: Int = 0) {
    self.id = id
    self.told = told
    self.version = version
  }

  /// What is told of the person, all of it sealed.
  public struct Told: Hashable, Sendable, Codable {
    public var name = ""
    /// `friend`, `kin`, `neighbour`, `volunteer`, `other`.
    public var kind = ""
    /// In words: 할머니 친구, 같은 동 이웃.
    public var relation: String?
    /// How and when to reach the person.
    public var reach: String?
    /// Need areas the person can help with (N01 … N15).
    public var needs: [String] = []
    /// What exactly.
    public var gives = ""
    /// How often, in words that a `Rhythm` may read.
    public var often: String?
    public var from: Day?
    public var until: Day?
    /// Whether the student agrees that the person is asked: `yes`, `no`, `not-asked`.
    public var agreed = "not-asked"
    /// When somebody last made sure that it still holds.
    public var checkedOn: Day?
    public var ended: Ended?

    public init() {}
  }

  public struct Ended: Hashable, Sendable, Codable {
    public let on: Day
    /// A code of the list `informal-end`.
    public let reason: String
    public let words: String?

    public init(on day: Day, reason: String, words: String? = nil) {
      on = day
      self.reason = reason
      self.words = words
    }
  }

  /// Whether the person helps on a day, or may be asked to.
  public func isThere(on day: Day) -> Bool {
    told.ended == nil && (told.until.map { day <= $0 } ?? true)
  }
}

extension InformalResource {
  /// What is wrong with what is told, field by field; codes are looked up by the caller.
  public var problems: [Problem] {
    var problems: [Problem] = []
    if told.name.isEmpty { problems.append(Problem("name", "required")) }
    if told.gives.isEmpty { problems.append(Problem("gives", "required")) }
    if let from = told.from, let until = told.until, until < from {
      problems.append(Problem("until", "ends-before-start"))
    }
    for (field, text) in [
      ("gives", told.gives), ("reach", told.reach ?? ""), ("relation", told.relation ?? ""),
    ]
    where NationalID.isFound(in: text) { problems.append(Problem(field, "national-id")) }
    return problems
  }
}

/// Somebody around the student who might serve a need, and why.
public struct InformalMatch: Hashable, Sendable {
  public let person: InformalResource
  public let reasons: [ResourceMatch.Reason]

  /// Whether the student does not mind and the person is there.
  public var isEligible: Bool { !reasons.contains { $0.weight == .against } }

  init(_ person: InformalResource, _ policy: ResourcePolicy, on day: Day) {
    self.person = person
    let told = person.told
    var reasons: [ResourceMatch.Reason] = [.init("gives", .fits, ["text": .text(told.gives)])]
    if let often = told.often { reasons.append(.init("gives-often", .fits, ["text": .text(often)])) }
    switch told.agreed {
    case "yes": reasons.append(.init("student-agrees", .fits))
    case "no": reasons.append(.init("student-minds", .against))
    default: reasons.append(.init("student-not-asked", .heed))
    }
    if let from = told.from, day < from { reasons.append(.init("from-later", .heed, ["day": .day(from)])) }
    if let until = told.until { reasons.append(.init("only-until", .heed, ["day": .day(until)])) }
    if let checked = told.checkedOn {
      let days = checked.days(until: day)
      if days > policy.staleAfterDays {
        reasons.append(.init("checked-long-ago", .heed, ["months": .number(max(1, days / 30))]))
      }
    } else {
      reasons.append(.init("never-checked", .heed))
    }
    self.reasons = reasons
  }

  /// Those who can help with a need and are there, whom the student agrees to first, then by name.
  public static func some(
    of people: [InformalResource], for need: String, _ policy: ResourcePolicy, on day: Day
  ) -> [InformalMatch] {
    func rank(_ match: InformalMatch) -> Int {
      match.isEligible ? (match.person.told.agreed == "yes" ? 0 : 1) : 2
    }
    return people.filter { $0.isThere(on: day) && $0.told.needs.contains(need) }
      .map { InformalMatch($0, policy, on: day) }
      .sorted {
        (rank($0), $0.person.told.name, $0.person.id) < (rank($1), $1.person.told.name, $1.person.id)
      }
  }
}

extension Surroundings {
  /// Ties whom one might ask for help: none that is a conflict, broken, or harms.
  public var helpingTies: [Tie] { ties.filter { !["RL4", "RL5", "RL7"].contains($0.relation ?? "") } }
}

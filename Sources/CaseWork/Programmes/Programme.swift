/// 집단 프로그램: what a school does with several students at once, from its first to its last day.
///
/// Its name and topics say nothing of anybody and lie in the clear.
public struct Programme: Hashable, Sendable {
  public let id: ID<Programme>
  public let school: ID<School>
  public var name: String
  /// SV code of the service that each session gives.
  public var service: String
  /// SL code: the kind of support by law (학생맞춤통합지원법 제11조①).
  public var legalKind: String?
  /// Who gives it, where it is not the school itself.
  public var resource: ID<Resource>?
  /// N codes.
  public var needs: [String]
  public var first: Day
  public var last: Day
  /// Weekday and time in words: `수요일 14:30`.
  public var rhythm: String
  public var place: String
  /// How many may take part at once.
  public var places: Int
  public var fund: String?
  /// Won for each student, for planning; what was paid is told by the records.
  public var cost: Int?
  public var leader: ID<Staff>
  public var version: Int

  public init(
    id: ID<Programme>, school: ID<School>, name: String, service: String, legalKind: String? = nil,
    resource: ID<Resource>? = nil, needs: [String] = [], first: Day, last: Day, rhythm: String = "",
    place: String = "", places: Int, fund: String? = nil, cost: Int? = nil, leader: ID<Staff>,
    version: Int = 0
  ) {
    self.id = id
    self.school = school
    self.name = name
    self.service = service
    self.legalKind = legalKind
    self.resource = resource
    self.needs = needs
    self.first = first
    self.last = last
    self.rhythm = rhythm
    self.place = place
    self.places = places
    self.fund = fund
    self.cost = cost
    self.leader = leader
    self.version = version
  }

  /// The most students that fit in one sweep.
  public static let mostPlaces = 200

  /// What is wrong with the programme itself, besides codes that no list knows.
  public var problems: [Problem] {
    var problems: [Problem] = []
    if name.isEmpty { problems.append(Problem("name", "required")) }
    if service.isEmpty { problems.append(Problem("service", "choose-one")) }
    if last < first { problems.append(Problem("last", "ends-before-start")) }
    if !(1...Programme.mostPlaces).contains(places) {
      problems.append(Problem("places", "out-of-range", "1–\(Programme.mostPlaces)"))
    }
    if let cost, cost > 0, fund == nil { problems.append(Problem("fund", "choose-one")) }
    for (field, text) in [("name", name), ("rhythm", rhythm), ("place", place)]
    where NationalID.isFound(in: text) {
      problems.append(Problem(field, "national-id"))
    }
    return problems
  }

  /// Whether a session may be held on `day`, seen from `today`.
  public func problem(ofSessionOn day: Day, today: Day) -> Problem? {
    if day > today { return Problem("day", "in-the-future") }
    if day < first { return Problem("day", "before-programme") }
    return day > last ? Problem("day", "after-programme") : nil
  }
}

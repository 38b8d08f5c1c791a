/// The people and agencies around a student as an assessment saw them (생태도), and the resources that are there.
public struct Surroundings: Hashable, Sendable {
  public let day: Day
  public let ties: [Tie]
  public let resources: [ResourceSeen]

  public init(day: Day, ties: [Tie], resources: [ResourceSeen]) {
    self.day = day
    self.ties = ties
    self.resources = resources
  }

  public init(_ answers: Answers, on day: Day) {
    self.init(
      day: day, ties: answers.rows("ties").compactMap(Tie.init),
      resources: answers.rows("resources").compactMap(ResourceSeen.init))
  }

  /// One tie between the student and somebody.
  public struct Tie: Hashable, Sendable {
    public let name: String
    /// RL1 … RL8.
    public let relation: String?
    /// EF0 … EF3: which way strength flows, seen from the student.
    public let flow: String?
    /// 1 … 3.
    public let strength: Int?
    public let note: String?

    public init(name: String, relation: String?, flow: String?, strength: Int? = nil, note: String? = nil) {
      self.name = name
      self.relation = relation
      self.flow = flow
      self.strength = strength
      self.note = note
    }

    init?(_ row: Answers) {
      guard let name = row["name"] else { return nil }
      self.init(
        name: name, relation: row["relation-line"], flow: row["flow"], strength: row.number("strength"),
        note: row["note"])
    }
  }

  /// A resource the assessment names.
  public struct ResourceSeen: Hashable, Sendable {
    public let name: String
    /// `school`, `community`.
    public let place: String?
    /// `in-use`, `possible`, `wanted`.
    public let use: String?

    public init(name: String, place: String?, use: String?) {
      self.name = name
      self.place = place
      self.use = use
    }

    init?(_ row: Answers) {
      guard let name = row["name"] else { return nil }
      self.init(name: name, place: row["place"], use: row["use"])
    }
  }
}

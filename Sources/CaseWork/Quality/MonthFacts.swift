/// What a store knows of one month of one school, from which its report is counted. Nobody is named in it.
public struct MonthFacts: Sendable {
  /// A case that was open at some time of the month; those that were not selected are none.
  public struct Case: Hashable, Sendable {
    public let student: ID<Student>
    /// As it is now: levels are not counted back.
    public let level: Level?
    public let openedOn: Day
    public let closedOn: Day?
    public let closureReason: String?

    public init(
      student: ID<Student>, level: Level?, openedOn: Day, closedOn: Day? = nil, closureReason: String? = nil
    ) {
      self.student = student
      self.level = level
      self.openedOn = openedOn
      self.closedOn = closedOn
      self.closureReason = closureReason
    }
  }

  /// One service given, with whom it was given to.
  public struct Service: Hashable, Sendable {
    public let student: ID<Student>
    public let service: String
    public let legalKind: String?
    public let method: String
    public let minutes: Int
    public let people: Int
    public let amount: Int
    public let fund: String?

    public init(
      student: ID<Student>, service: String, legalKind: String? = nil, method: String, minutes: Int = 0,
      people: Int = 1, amount: Int = 0, fund: String? = nil
    ) {
      self.student = student
      self.service = service
      self.legalKind = legalKind
      self.method = method
      self.minutes = minutes
      self.people = people
      self.amount = amount
      self.fund = fund
    }
  }

  /// A link that was sent in the month.
  public struct Link: Hashable, Sendable {
    /// The kind of institution, a code of `organisation`.
    public let kind: String
    public let state: Linkage.State
    public let acceptedOn: Day?

    public init(kind: String, state: Linkage.State, acceptedOn: Day?) {
      self.kind = kind
      self.state = state
      self.acceptedOn = acceptedOn
    }
  }

  /// What one group programme came to.
  public struct ProgrammeHeld: Hashable, Sendable {
    public let programme: ID<Programme>
    public let name: String
    /// 회.
    public let sessions: Int
    public let cancelled: Int
    public let minutes: Int
    /// 연인원.
    public let visits: Int
    /// 명.
    public let students: Int

    public init(
      programme: ID<Programme>, name: String, sessions: Int, cancelled: Int, minutes: Int, visits: Int,
      students: Int
    ) {
      self.programme = programme
      self.name = name
      self.sessions = sessions
      self.cancelled = cancelled
      self.minutes = minutes
      self.visits = visits
      self.students = students
    }
  }

  public var cases: [Case] = []
  /// Referrals that came, and how many of them were urgent.
  public var referred = 0
  public var urgent = 0
  public var services: [Service] = []
  public var records: [(kind: CaseRecord.Kind, count: Int, students: Int)] = []
  public var linkages: [Link] = []
  public var programmes: [ProgrammeHeld] = []

  public init() {}
}

extension Policy {
  /// One line of 상담과 방문 in the monthly report: which services, and contacts in which way, count in it.
  public struct Talk: Hashable, Sendable {
    /// Also the key of its words, under `month.talk.`.
    public let id: String
    /// SV codes.
    public let services: Set<String>
    /// M codes.
    public let methods: Set<String>

    public init(id: String, services: Set<String>, methods: Set<String> = []) {
      self.id = id
      self.services = services
      self.methods = methods
    }

    func counts(_ given: MonthFacts.Service) -> Bool {
      services.contains(given.service) || methods.contains(given.method)
    }
  }
}

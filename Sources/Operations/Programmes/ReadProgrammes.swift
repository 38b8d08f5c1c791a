public import CaseWork
import Practice
public import Repositories
import Store

/// The programmes of one's schools, the ones that end last in front.
public struct ReadProgrammes: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// At most so many are listed.
  public static let mostListed = 100

  public func callAsFunction(for asker: Asker) async throws -> ProgrammeLedger {
    try await office.look("read-programmes", by: asker) { desk in
      let programmes = try desk.programmes()
      let listed = try programmes.newest(atMost: ReadProgrammes.mostListed)
      let counts = try programmes.counts(of: listed)
      return Looked(
        ProgrammeLedger(
          lines: listed.map {
            ProgrammeLedger.Line(programme: $0, counts: counts[$0.id] ?? ProgrammeCounts())
          },
          schools: try desk.session.schools.some(Set(programmes.schools)),
          leaders: try desk.staffNames(listed.map(\.leader))),
        at: [])
    }
  }
}

public struct ProgrammeLedger: Hashable, Sendable {
  public let lines: [Line]
  /// Those in which this person may begin one.
  public let schools: [School]
  public let leaders: [ID<Staff>: String]

  public struct Line: Hashable, Sendable {
    public let programme: Programme
    public let counts: ProgrammeCounts
  }
}

/// What a programme's form can choose from.
public struct ReadProgrammePicks: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(for asker: Asker) async throws -> ProgrammePicks {
    try await office.look("read-programmes", by: asker) { desk in
      let schools = try desk.programmes().schools
      var leaders: [ID<Staff>] = []
      for school in schools {
        leaders += try desk.session.holders(of: .caseManager, in: school, on: desk.day)
          .filter { !leaders.contains($0) }
      }
      let names = try desk.staffNames(leaders)
      return Looked(
        ProgrammePicks(
          schools: try desk.session.schools.some(Set(schools)),
          leaders: leaders.map { ProgrammePicks.Leader(id: $0, name: names[$0] ?? "") }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) },
          resources: try desk.session.resources.names(atMost: Picks.resourcesOffered)),
        at: [])
    }
  }
}

public struct ProgrammePicks: Hashable, Sendable {
  public let schools: [School]
  public let leaders: [Leader]
  public let resources: [ResourceName]

  public struct Leader: Hashable, Sendable {
    public let id: ID<Staff>
    public let name: String
  }
}

/// One programme: its sessions, its seats with the names that the asker may see, who was there when, and what it came to.
public struct ReadProgramme: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter held: the session of which the remarks are read as well.
  public func callAsFunction(
    _ id: ID<Programme>, remarksOf held: ID<ProgrammeSession>? = nil, for asker: Asker
  ) async throws -> ProgrammeCard {
    try await office.look("read-programme", by: asker) { desk in
      let programme = try desk.programmes().find(id)
      var page = try desk.card(of: programme)
      if let held {
        let seats = page.seats.filter(\.isWritable).map(\.seat)
        page.remarks = try desk.remarks(of: held, about: seats, in: programme)
      }
      let seen = page.seats.compactMap { line in
        line.student.map { Subject($0.id, page.programme.school) }
      }
      return Looked(page, at: seen)
    }
  }
}

public struct ProgrammeCard: Hashable, Sendable {
  public let programme: Programme
  public let school: String
  public let leader: String
  /// Who gives it, where it is not the school.
  public let resource: String?
  public let sessions: [ProgrammeSession]
  /// In the order in which they asked.
  public let seats: [SeatLine]
  public let attendance: [Attendance]
  public let totals: ProgrammeTotals
  public let day: Day
  /// What was said of those who were not there, of the session that was asked for; only of whom this person may write.
  public internal(set) var remarks: [ID<Seat>: String] = [:]

  public var list: SeatList { SeatList(seats.map(\.seat), places: programme.places) }
  public var nextNumber: Int { sessions.nextNumber }

  public func attendance(of held: ID<ProgrammeSession>) -> [ID<Seat>: Attendance] {
    Dictionary(
      attendance.filter { $0.session == held }.map { ($0.seat, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whose attendance this person may take on `day`.
  public func sweep(on day: Day) -> [SeatLine] {
    seats.filter { $0.isWritable && $0.seat.isEnrolled(on: day) }
  }

  public struct SeatLine: Hashable, Sendable {
    public let seat: Seat
    /// `nil` for a student of a colleague's case.
    public let student: StudentLine?
    /// Whether this person writes the contacts of the case.
    public let isWritable: Bool
    /// Whether this person may take them off the list.
    public let isLed: Bool
    /// Of the sessions for which attendance was taken; `nil` while there is none.
    public let rate: Int?
    /// Why they left.
    public let remark: String?
  }
}

extension Desk {
  fileprivate func card(of programme: Programme) throws -> ProgrammeCard {
    let seats = try session.seats(of: programme).all()
    let sessions = session.programmeSessions(of: programme)
    let (held, attendance) = (try sessions.all(), try sessions.attendance())
    let seen = try session.caseFiles(seenBy: staff, on: day).find(seats.map(\.caseFile))
      .filter { practice.permissions.allow(.seeCase, as: $0.value.roles, at: $0.value.file.stage) }
    let names = try lines(of: seen.values.map { Subject($0.file.student, $0.file.school) })
    let remarks = try session.seats(of: programme).remarks()
    let marks = Dictionary(grouping: attendance, by: \.seat)
    let lines = try seats.map { seat in
      let file = seen[seat.caseFile]?.file
      let mayWrite = seen[seat.caseFile].map {
        practice.permissions.allow(.recordContact, as: $0.roles, at: $0.file.stage)
      }
      let student = file.map { names[Subject($0.student, $0.school)] ?? .unknown($0.student) }
      let isLed = seen[seat.caseFile].map(leads) ?? false
      return ProgrammeCard.SeatLine(
        seat: seat, student: student, isWritable: mayWrite ?? false, isLed: isLed,
        rate: ProgrammeTotals.rate(of: (marks[seat.id] ?? []).map(\.mark)),
        remark: try isLed
          ? remarks[seat.id].map { sealed in
            try open(
              String.self, sealed, "programme_seat", seat.id.description, seat.version,
              of: Subject(seat.student, programme.school))
          } : nil)
    }
    return ProgrammeCard(
      programme: programme, school: try session.schools.some([programme.school]).first?.name ?? "",
      leader: try staffNames([programme.leader])[programme.leader] ?? "",
      resource: try programme.resource.flatMap { try session.resources.names(of: [$0]).first?.name },
      sessions: held, seats: lines, attendance: attendance,
      totals: ProgrammeTotals(sessions: held, attendance: attendance, seats: seats), day: day)
  }
}

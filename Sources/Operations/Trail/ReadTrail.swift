public import CaseWork
public import Repositories
internal import Store

/// A row of the access log with the names behind its ids.
public struct AccessLogRow: Hashable, Sendable {
  public let row: AccessRow
  public let staffName: String
  /// Whose data it was, where it was one student's and the name is still known.
  public let studentName: String?
}

/// A row of the events with the name behind its id.
public struct EventLogRow: Hashable, Sendable {
  public let event: Event
  public let staffName: String
}

/// The access log of a school for its privacy officer, a page at a time, the newest first.
public struct ReadAccessLog: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    of school: ID<School>, student: ID<Student>? = nil, staff: ID<Staff>? = nil,
    days: ClosedRange<Day>? = nil,
    before cursor: ID<AccessRow>? = nil, atMost limit: Int = 100, by asker: Asker
  ) async throws -> [AccessLogRow] {
    try asker.requirePrivacyOfficer(of: school)
    let vault = office.vault
    let rows = try await office.database.read { session in
      let rows = session.accessRows
      let page = try rows.of(
        school, student: student, staff: staff, days: days, before: cursor, atMost: limit)
      let names = try session.staffMembers(vault).names(of: page.map(\.staff))
      let students = try session.students(of: [school], vault)
        .names(of: Array(Set(page.compactMap(\.student))))
      return page.map { row in
        AccessLogRow(
          row: row, staffName: names[row.staff] ?? "", studentName: row.student.flatMap { students[$0]?.name }
        )
      }
    }
    try await office.recordAccess(
      by: asker, work: "read-access-log", student: student, school: school, subjects: rows.count)
    return rows
  }
}

/// The events of a school for its privacy officer, a page at a time, the newest first.
public struct ReadEvents: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    of school: ID<School>, before cursor: ID<Event>? = nil, atMost limit: Int = 100, by asker: Asker
  ) async throws -> [EventLogRow] {
    try asker.requirePrivacyOfficer(of: school)
    let vault = office.vault
    let rows = try await office.database.read { session in
      let events = try session.events.of(school, before: cursor, atMost: limit)
      let names = try session.staffMembers(vault).names(of: events.compactMap(\.staff))
      return events.map { event in
        EventLogRow(event: event, staffName: event.staff.flatMap { names[$0] } ?? "")
      }
    }
    try await office.recordAccess(by: asker, work: "read-events", school: school, subjects: rows.count)
    return rows
  }
}

/// What oneself has read and done (내 열람 기록): one's own rows, so no row is left of looking at them.
public struct ReadOwnTrail: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    of staff: Staff, before cursor: ID<AccessRow>? = nil, atMost limit: Int = 100
  ) async throws -> [AccessRow] {
    try await office.database.read { try $0.accessRows.by(staff.id, before: cursor, atMost: limit) }
  }

  public func events(
    of staff: Staff, before cursor: ID<Event>? = nil, atMost limit: Int = 100
  ) async throws -> [Event] {
    try await office.database.read { try $0.events.by(staff.id, before: cursor, atMost: limit) }
  }
}

extension Asker {
  func requirePrivacyOfficer(of school: ID<School>) throws {
    let roles = staff.roles(in: school)
    guard !roles.isEmpty else { throw Refusal.notFound }
    guard roles.contains(.privacyOfficer) else { throw Refusal.notAllowed }
  }
}

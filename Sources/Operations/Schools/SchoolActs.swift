public import CaseWork
internal import Foundation
internal import Repositories
internal import Store

/// Adds a school to the office.
public struct AddSchool: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - staff: an administrator; `nil` while the office is being set up and nobody can sign in yet.
  ///   - form: what was sent, so that it is done once.
  public func callAsFunction(
    _ name: String, _ kind: School.Kind, by staff: Staff?, form: SentForm? = nil
  ) async throws -> School {
    guard staff?.has(.administrator) ?? true else { throw Refusal.notAllowed }
    let cleaned = Text.cleaned(name, keepingLines: false)
    guard !cleaned.isEmpty else { throw Refusal.invalid([Problem("name", "required")]) }
    guard cleaned.count <= 100 else { throw Refusal.invalid([Problem("name", "too-long", "100")]) }
    let instant = office.clock()
    let school = School(id: office.id(at: instant), name: cleaned, kind: kind)
    let event: ID<Event> = office.id(at: instant)
    let office = office
    try await office.database.write { session in
      if let staff { try form?.take(by: staff.id, at: instant, in: session) }
      try session.schools.insert(school)
      try session.events.append(
        Event(
          id: event, school: school.id, staff: staff?.id, at: instant, act: "add-school",
          subjectKind: "school",
          subject: school.id.description))
      // Whoever adds a school administers it, or nobody could give anyone a role there.
      if let staff {
        let role = Assignment(school: school.id, role: .administrator, from: Day(inKoreaAt: instant))
        try session.staffMembers(office.vault)
          .grant(role, to: staff.id, id: office.id(at: instant), by: staff.id, at: instant)
        try office.noteRole(
          "grant-role", .administrator, of: staff.id, in: school.id, by: staff, at: instant, session)
      }
    }
    return school
  }
}

/// Sets the terms and vacations of one school year.
public struct SetSchoolYear: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ year: SchoolYear, of school: ID<School>, by staff: Staff?) async throws {
    if let staff { try StudentRights.require(StudentRights.importing, in: school, of: staff) }
    let days = SchoolYear.firstDay(of: year.year)...SchoolYear.lastDay(of: year.year)
    guard days.contains(year.firstTermEnds) else {
      throw Refusal.invalid([Problem("first-term-ends", "outside-the-year")])
    }
    for (index, holiday) in year.breaks.enumerated()
    where !days.contains(holiday.lowerBound) || !days.contains(holiday.upperBound) {
      throw Refusal.invalid([Problem("breaks.\(index)", "outside-the-year")])
    }
    try await office.change(school, noting: "set-school-year", String(year.year), by: staff) {
      try $0.schools.set(year, of: school)
    }
  }
}

/// Says where a school lies, so that what is near can be told from what is far.
public struct PlaceSchool: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ place: SchoolPlace, of school: ID<School>, by staff: Staff?) async throws {
    if let staff { try StudentRights.require(StudentRights.importing, in: school, of: staff) }
    if let area = place.area, area.count > 100 {
      throw Refusal.invalid([Problem("area", "too-long", "100")])
    }
    try await office.change(school, noting: "place-school", by: staff) {
      try $0.schools.set(place, of: school)
    }
  }
}

extension Office {
  /// Changes what is known of a school that is there, and leaves a row of it.
  fileprivate func change(
    _ school: ID<School>, noting act: String, _ detail: String = "", by staff: Staff?,
    _ change: @escaping @Sendable (any Session) throws -> Void
  ) async throws {
    let instant = clock()
    let event: ID<Event> = id(at: instant)
    try await database.write { session in
      guard try session.schools.find(school) != nil else { throw Refusal.notFound }
      try change(session)
      try session.events.append(
        Event(
          id: event, school: school, staff: staff?.id, at: instant, act: act, subjectKind: "school",
          subject: school.description, detail: detail))
    }
  }
}

/// Schools, their years and calendars: nothing personal, so no access row.
public struct ReadSchools: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// The schools a person works in.
  public func callAsFunction(of staff: Staff) async throws -> [School] {
    try await office.database.read { try $0.schools.some(staff.schools) }
  }

  public func years(of school: ID<School>) async throws -> [SchoolYear] {
    try await office.database.read { try $0.schools.years(of: school) }
  }

  public func place(of school: ID<School>) async throws -> SchoolPlace {
    try await office.database.read { try $0.schools.place(of: school) }
  }

  public func calendar(of school: ID<School>, holidays: Set<Day>) async throws -> SchoolCalendar {
    try await office.database.read { try $0.schools.calendar(of: school, holidays: holidays) }
  }
}

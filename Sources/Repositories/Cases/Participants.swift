public import CaseWork
public import Store

/// Somebody besides the case manager who may see a case, in which capacity and how long.
public struct Participant: Hashable, Sendable {
  public let staff: ID<Staff>
  public let capacity: Capacity
  public let from: Day
  /// The last day; `nil` while open-ended.
  public let until: Day?

  public init(staff: ID<Staff>, capacity: Capacity, from: Day, until: Day?) {
    self.staff = staff
    self.capacity = capacity
    self.from = from
    self.until = until
  }

  public enum Capacity: String, Hashable, Sendable, Codable, CaseIterable {
    /// A second case manager.
    case manager
    /// Instead of the case manager, for a time.
    case cover
    case specialist, supervisor, centre

    /// The role in which a person of this capacity meets the case.
    public var role: Role {
      switch self {
      case .manager, .cover: .caseManager
      case .specialist: .specialistTeacher
      case .supervisor: .supervisor
      case .centre: .centreStaff
      }
    }
  }
}

public struct Participants {
  let session: any Session
  let file: CaseFile

  public func all() throws -> [Participant] {
    try session.rows(
      """
      SELECT staff_id, capacity, from_day, until_day
      FROM case_participant
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY from_day, staff_id
      """
    ) {
      Participant(
        staff: try $0.get(0), capacity: try $0.get(1), from: try $0.get(2), until: try $0.optional(3))
    }
  }

  public func add(_ participant: Participant) throws {
    try session.execute(
      """
      INSERT INTO case_participant (school_id, case_id, staff_id, capacity, from_day, until_day)
      VALUES (
        \(file.school), \(file.id), \(participant.staff), \(participant.capacity), \(participant.from),
        \(participant.until))
      ON CONFLICT (school_id, case_id, staff_id, capacity, from_day)
      DO UPDATE SET until_day = excluded.until_day
      """
    )
  }

  /// Ends a participation with `day` as its last day.
  public func end(_ staff: ID<Staff>, on day: Day) throws {
    try session.execute(
      """
      UPDATE case_participant
      SET until_day = \(day)
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND staff_id = \(staff)
        AND (until_day IS NULL OR until_day > \(day))
      """
    )
  }
}

extension Session {
  public func participants(of file: CaseFile) -> Participants { Participants(session: self, file: file) }
}

extension Participant.Capacity: SQLValue {}

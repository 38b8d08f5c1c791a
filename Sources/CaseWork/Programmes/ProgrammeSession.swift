/// 회기: one meeting of a programme, held or called off.
public struct ProgrammeSession: Hashable, Sendable {
  public let id: ID<ProgrammeSession>
  public let programme: ID<Programme>
  /// Counted from 1, also those that were called off.
  public let number: Int
  public let day: Day
  public let minutes: Int
  public let topic: String
  /// Why it was called off; `nil` for one that was held.
  public let cancelled: String?
  public let by: ID<Staff>
  public let version: Int

  public init(
    id: ID<ProgrammeSession>, programme: ID<Programme>, number: Int, day: Day, minutes: Int = 0,
    topic: String = "", cancelled: String? = nil, by: ID<Staff>, version: Int = 1
  ) {
    self.id = id
    self.programme = programme
    self.number = number
    self.day = day
    self.minutes = minutes
    self.topic = topic
    self.cancelled = cancelled
    self.by = by
    self.version = version
  }

  public var isHeld: Bool { cancelled == nil }
}

extension [ProgrammeSession] {
  /// The number of the one that comes after these, which stand in their order.
  public var nextNumber: Int { (last?.number ?? 0) + 1 }
}

/// Whether one student was there.
public struct Attendance: Hashable, Sendable {
  public let session: ID<ProgrammeSession>
  public let seat: ID<Seat>
  public let mark: Mark
  /// The contact that tells of the service, for whoever was there.
  public let record: ID<CaseRecord>?
  public let version: Int

  public init(
    session: ID<ProgrammeSession>, seat: ID<Seat>, mark: Mark, record: ID<CaseRecord>? = nil, version: Int = 1
  ) {
    self.session = session
    self.seat = seat
    self.mark = mark
    self.record = record
    self.version = version
  }

  public enum Mark: String, Hashable, Sendable, CaseIterable {
    case present, late, absent, excused

    /// Whether a service was received: who came late was there as well.
    public var isThere: Bool { self == .present || self == .late }
  }
}

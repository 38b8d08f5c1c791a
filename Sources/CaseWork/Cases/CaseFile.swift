/// One episode of help for one student (사례, 회차): where it stands, not what is in it.
///
/// Everything here is a code, a day or an id and lies in the clear; what is told about the student lies sealed in the
/// records of the case.
public struct CaseFile: Hashable, Sendable {
  public let id: ID<CaseFile>
  public let school: ID<School>
  public let student: ID<Student>
  /// The number people say: `26-014`, counted per school and school year.
  public let number: String
  /// 1 for the first episode of this student in this school, 2 after a re-entry, …
  public let episode: Int
  /// The episode before this one.
  public let previous: ID<CaseFile>?
  public let referral: ID<Referral>?
  /// Cases of one household that are led together (형제 묶음).
  public var family: ID<Household>?
  public let openedOn: Day
  public var stage: Stage
  public var standing: Standing
  public var level: Level?
  /// The case manager responsible (주사례관리자).
  public var manager: ID<Staff>
  /// Clocks stand still from this day on: consent refused, or suspended.
  public var heldSince: Day?
  public var closure: Closure?
  public var version: Int

  public init(
    id: ID<CaseFile>, school: ID<School>, student: ID<Student>, number: String, episode: Int,
    previous: ID<CaseFile>? = nil, referral: ID<Referral>?, family: ID<Household>? = nil, openedOn: Day,
    stage: Stage = .intake, standing: Standing = .open, level: Level? = nil, manager: ID<Staff>,
    heldSince: Day? = nil,
    closure: Closure? = nil, version: Int = 1
  ) {
    self.id = id
    self.school = school
    self.student = student
    self.number = number
    self.episode = episode
    self.previous = previous
    self.referral = referral
    self.family = family
    self.openedOn = openedOn
    self.stage = stage
    self.standing = standing
    self.level = level
    self.manager = manager
    self.heldSince = heldSince
    self.closure = closure
    self.version = version
  }

  public var isClosed: Bool { closure != nil }

  /// That a case ended: when, by whom, and for which reasons (TR codes, one main and up to two more).
  public struct Closure: Hashable, Sendable {
    public let day: Day
    public let by: ID<Staff>
    public let reason: String
    public let moreReasons: [String]

    public init(day: Day, by: ID<Staff>, reason: String, moreReasons: [String] = []) {
      self.day = day
      self.by = by
      self.reason = reason
      self.moreReasons = moreReasons
    }
  }
}

/// A household whose members' cases are led together. Only its identity is used.
public enum Household {}

/// The eight stages of the process (사례관리과정), in order.
public enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
  case intake, assessment, planning, service, monitoring, reassessment, evaluation
  case followUp = "follow-up"
}

/// Whether the case moves, waits, or has ended.
public enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
  case open
  /// Consent to take part was refused or withdrawn: status only, clocks held, nothing assessed (법 제11조③).
  case refused
  /// 일시중단: vacation, long absence, hospital.
  case suspended
  /// Not selected: information, simple linkage, or turned down with a reason.
  case notSelected = "not-selected"
  /// Closed; follow-up may be due.
  case closed
  /// Every follow-up done; kept until its retention ends.
  case ended

  /// Those in which there is still something to do, or to wait for.
  public static let active: Set<Standing> = [.open, .refused, .suspended]
}

/// How much help, how often looked at (LV-1 … LV-4).
public enum Level: Int, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case watch = 1
  case general = 2
  case intensive = 3
  case urgent = 4

  public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
}

/// One step from one stage or standing to another. Rows are only ever added.
public struct Transition: Hashable, Sendable {
  public let id: ID<Transition>
  public let caseFile: ID<CaseFile>
  public let from: Stage?
  public let to: Stage
  public let standing: Standing
  /// A code (`gate-passed`, `override`, `consent-refused`, AJ and TR codes).
  public let reason: String
  public let by: ID<Staff>
  public let at: Day

  public init(
    id: ID<Transition>, caseFile: ID<CaseFile>, from: Stage?, to: Stage, standing: Standing, reason: String,
    by: ID<Staff>, at: Day
  ) {
    self.id = id
    self.caseFile = caseFile
    self.from = from
    self.to = to
    self.standing = standing
    self.reason = reason
    self.by = by
    self.at = at
  }
}

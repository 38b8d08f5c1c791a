/// The process as data (`Practice/workflow.yaml`): which steps there are, what each needs, who is told.
public struct Workflow: Hashable, Sendable {
  public let steps: [Step]

  public init(steps: [Step]) {
    self.steps = steps
  }

  /// One step from some stages to another, behind its gate.
  public struct Step: Hashable, Sendable {
    /// `to-assessment`, `to-planning`, …
    public let id: String
    public let from: [Stage]
    public let to: Stage
    public let act: Act
    public let needs: [Requirement]
    /// May be taken early with a reason, which is logged.
    public let isOverridable: Bool
    /// The step that is named as "next" on the case page when several lead on from a stage.
    public let isMain: Bool

    public init(
      id: String, from: [Stage], to: Stage, act: Act, needs: [Requirement], isOverridable: Bool, isMain: Bool
    ) {
      self.id = id
      self.from = from
      self.to = to
      self.act = act
      self.needs = needs
      self.isOverridable = isOverridable
      self.isMain = isMain
    }
  }

  /// One thing a step needs; `missing` is the wording's key, `place` where it is filled in.
  public struct Requirement: Hashable, Sendable {
    public let rule: Rule
    public let missing: String
    public let place: String

    public init(rule: Rule, missing: String, place: String) {
      self.rule = rule
      self.missing = missing
      self.place = place
    }
  }

  /// The kinds of rule there are; the files say which apply.
  public indirect enum Rule: Hashable, Sendable {
    /// So many records of the kind exist, the newest of them approved if asked, and not too old.
    case record(CaseRecord.Kind, approved: Bool, atLeast: Int, since: Since? = nil)
    /// The newest record of the kind has the mark at least so often, and is not too old.
    case mark(CaseRecord.Kind, String, atLeast: Int, since: Since? = nil)
    /// Everybody whose consent the purpose needs has said yes, today.
    case consent(Consent.Purpose)
    case level
    /// The mark, added up over all records of the kind that are not too old, comes to so much: closure announced twice.
    case total(CaseRecord.Kind, String, atLeast: Int, since: Since? = nil)
    /// One of several is enough: consent, or an emergency that is completed afterwards.
    case any([Rule])
  }

  /// From when a record counts for a gate. Where a case comes back to a stage, what opened its gate the last time must not
  /// open it again. A record counts from when it was begun; where approval is asked, from when it was approved.
  public enum Since: Hashable, Sendable {
    /// Since the case last came into the stage where it stands.
    case stage
    /// Since the newest record of the kind was approved: of this plan, not of the one before.
    case approval(of: CaseRecord.Kind)
  }
}

/// Which role may do which act at which stage (`Practice/roles.yaml`).
public struct Permissions: Hashable, Sendable {
  /// `nil` as stage: the act does not belong to a stage (referring, receiving).
  public struct Key: Hashable, Sendable {
    public let role: Role
    public let act: Act
    public let stage: Stage?

    public init(role: Role, act: Act, stage: Stage?) {
      self.role = role
      self.act = act
      self.stage = stage
    }
  }

  public let allowed: Set<Key>
  /// The kinds of record a role may read where it may read records at all.
  public let readable: [Role: Set<CaseRecord.Kind>]

  public init(allowed: Set<Key>, readable: [Role: Set<CaseRecord.Kind>]) {
    self.allowed = allowed
    self.readable = readable
  }

  /// Whether one of `roles` may do `act` at `stage`.
  public func allow(_ act: Act, as roles: Set<Role>, at stage: Stage?) -> Bool {
    roles.contains { allowed.contains(Key(role: $0, act: act, stage: stage)) }
  }

  public func readable(by roles: Set<Role>) -> Set<CaseRecord.Kind> {
    roles.reduce(into: []) { $0.formUnion(readable[$1] ?? []) }
  }
}

/// Numbers an office may set (`Practice/policy.yaml`): clocks, rhythms, limits.
public struct Policy: Hashable, Sendable {
  public let clocks: [Clock]
  /// Days between two monitorings, by level.
  public let monitoringEvery: [Level: Int]
  /// Days between two reassessments, by level.
  public let reassessEvery: [Level: Int]
  /// Months after the closure.
  public let followUpMonths: [Int]
  public let caseloadWarnings: CaseloadWarnings
  /// Hundredths, so that weights stay whole: 300 is 3.0.
  public let workloadWeights: [Level: Int]
  public let budgets: [Budget]
  public let signIn: SignIn
  /// School days within which a contact is written down.
  public let recordWithinSchoolDays: Int
  /// Years a case record is kept after its end.
  public let retentionYears: Int
  /// Conversations announcing the closure that must come before it.
  public let closureNotices: Int
  public let resources: ResourcePolicy
  public let linkages: Linkages
  /// The lines of 상담과 방문 in the monthly report.
  public let talks: [Talk]

  public init(
    clocks: [Clock], monitoringEvery: [Level: Int], reassessEvery: [Level: Int], followUpMonths: [Int],
    caseloadWarnings: CaseloadWarnings, workloadWeights: [Level: Int], budgets: [Budget], signIn: SignIn,
    recordWithinSchoolDays: Int, retentionYears: Int, closureNotices: Int, resources: ResourcePolicy,
    linkages: Linkages = Linkages(), talks: [Talk] = []
  ) {
    self.clocks = clocks
    self.monitoringEvery = monitoringEvery
    self.reassessEvery = reassessEvery
    self.followUpMonths = followUpMonths
    self.caseloadWarnings = caseloadWarnings
    self.workloadWeights = workloadWeights
    self.budgets = budgets
    self.signIn = signIn
    self.recordWithinSchoolDays = recordWithinSchoolDays
    self.retentionYears = retentionYears
    self.closureNotices = closureNotices
    self.resources = resources
    self.linkages = linkages
    self.talks = talks
  }

  /// A deadline: so many days after something, until something else is there.
  public struct Clock: Hashable, Sendable {
    public enum Start: Hashable, Sendable {
      case opened
      case referred
      case record(CaseRecord.Kind)
    }
    public enum Calendar: String, Hashable, Sendable, Codable {
      /// 역일; the first day does not count (민법 제157조).
      case civil
      /// 수업일: days with lessons.
      case school
    }

    /// `assessment`, `selection`, `plan`, `first-contact`, …: also the wording's key under `due.`.
    public let id: String
    public let start: Start
    public let days: Int
    /// Other limits for some levels.
    public let daysByLevel: [Level: Int]
    public let calendar: Calendar
    /// The clock stops when a record of this kind is there (approved, where asked).
    public let until: CaseRecord.Kind
    public let untilApproved: Bool
    /// Runs on while the case is held and after it has ended: a time set by law.
    public let isAlways: Bool

    public init(
      id: String, start: Start, days: Int, daysByLevel: [Level: Int], calendar: Calendar,
      until: CaseRecord.Kind, untilApproved: Bool, isAlways: Bool = false
    ) {
      self.id = id
      self.start = start
      self.days = days
      self.daysByLevel = daysByLevel
      self.calendar = calendar
      self.until = until
      self.untilApproved = untilApproved
      self.isAlways = isAlways
    }
  }

  public struct CaseloadWarnings: Hashable, Sendable {
    public let urgentAndIntensive: Int
    public let active: Int
    public let known: Int

    public init(urgentAndIntensive: Int, active: Int, known: Int) {
      self.urgentAndIntensive = urgentAndIntensive
      self.active = active
      self.known = known
    }
  }

  /// A limit of one fund, in won, per student (or household) and school year.
  public struct Budget: Hashable, Sendable {
    public let fund: String
    public let perStudent: Int?
    public let perHousehold: Int?
    /// What may not be paid from it, as codes of `expense-kind`.
    public let excluded: [String]

    public init(fund: String, perStudent: Int?, perHousehold: Int?, excluded: [String]) {
      self.fund = fund
      self.perStudent = perStudent
      self.perHousehold = perHousehold
      self.excluded = excluded
    }
  }

  public struct SignIn: Hashable, Sendable {
    public let failuresUntilLock: Int
    public let lockMinutes: Int
    public let idleMinutes: Int
    /// A session ends then even while it is used.
    public let sessionHours: Int
    public let warnMinutes: Int
    public let minimumPasswordLength: Int
    /// So many failures from one network address within so many minutes, and it waits. A whole school may share one
    /// address, so it is far above the limit of one account.
    public let addressFailures: Int
    public let addressMinutes: Int

    public init(
      failuresUntilLock: Int, lockMinutes: Int, idleMinutes: Int, sessionHours: Int, warnMinutes: Int,
      minimumPasswordLength: Int,
      addressFailures: Int, addressMinutes: Int
    ) {
      self.addressFailures = addressFailures
      self.addressMinutes = addressMinutes
      self.failuresUntilLock = failuresUntilLock
      self.lockMinutes = lockMinutes
      self.idleMinutes = idleMinutes
      self.sessionHours = sessionHours
      self.warnMinutes = warnMinutes
      self.minimumPasswordLength = minimumPasswordLength
    }
  }
}

/// One thing that is due in a case: shown on Today and in the caseload, kept in the clear.
public struct Due: Hashable, Sendable {
  /// The clock's id, or `monitoring`, `reassessment`, `follow-up`, `consent-ends`, `emergency-completion`.
  public let kind: String
  public let day: Day
  public let calendar: Policy.Clock.Calendar
  /// The number in a series, for the third follow-up.
  public let number: Int?

  public init(kind: String, day: Day, calendar: Policy.Clock.Calendar = .civil, number: Int? = nil) {
    self.kind = kind
    self.day = day
    self.calendar = calendar
    self.number = number
  }
}

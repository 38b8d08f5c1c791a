public import Foundation

/// All that the rules need to know of a case to say what is missing, what is due and what comes next.
///
/// Counts and codes only: it is read without opening a sealed value, so that lists and gates stay cheap.
public struct CaseFacts: Hashable, Sendable {
  public let file: CaseFile
  /// The newest record of each kind.
  public let latest: [CaseRecord.Kind: RecordFact]
  /// How many records of each kind there are.
  public let counts: [CaseRecord.Kind: Int]
  /// The answers that count today, newest first.
  public let consents: [Consent]
  /// The day on which the student turns 14, where the birth day is known; decides who consents (제22조의2).
  public let turnsFourteenOn: Day?
  public let referredOn: Day?
  /// What is scheduled for after the closure, in order.
  public let followUps: [FollowUp]
  /// What some gate adds up over all records of a kind: how often a closure was announced.
  public let tallies: [Tally]
  /// Every step the case has taken, the oldest first.
  public let transitions: [Transition]
  /// When the present stay in the stage began; `nil` where that is not known, and then nothing is too old.
  public let stageSince: Date?
  /// The times the case stood still and went on again: the first and the last day held. They push deadlines back.
  public let holds: [ClosedRange<Day>]

  public init(
    file: CaseFile, latest: [CaseRecord.Kind: RecordFact], counts: [CaseRecord.Kind: Int],
    consents: [Consent],
    turnsFourteenOn: Day?, referredOn: Day?, followUps: [FollowUp] = [],
    tallies: [Tally] = [], transitions: [Transition] = [], stageSince: Date? = nil,
    holds: [ClosedRange<Day>] = []
  ) {
    self.file = file
    self.latest = latest
    self.counts = counts
    self.consents = consents
    self.turnsFourteenOn = turnsFourteenOn
    self.referredOn = referredOn
    self.followUps = followUps
    self.tallies = tallies
    self.transitions = transitions
    self.stageSince = stageSince
    self.holds = holds
  }

  /// What lies in the clear of a record.
  public struct RecordFact: Hashable, Sendable {
    public let id: ID<CaseRecord>
    public let series: Int
    public let day: Day
    /// `nil` while it is not approved.
    public let approvedAt: Date?
    public let version: Int
    public let marks: Marks

    public init(id: ID<CaseRecord>, series: Int, day: Day, approvedAt: Date?, version: Int, marks: Marks) {
      self.id = id
      self.series = series
      self.day = day
      self.approvedAt = approvedAt
      self.version = version
      self.marks = marks
    }

    public var isApproved: Bool { approvedAt != nil }
  }

  /// One mark of one record, for sums over many.
  public struct Tally: Hashable, Sendable {
    public let record: ID<CaseRecord>
    public let kind: CaseRecord.Kind
    public let mark: String
    public let count: Int

    public init(record: ID<CaseRecord>, kind: CaseRecord.Kind, mark: String, count: Int) {
      self.record = record
      self.kind = kind
      self.mark = mark
      self.count = count
    }
  }

  /// One planned look after the closure (사후관리).
  public struct FollowUp: Hashable, Sendable, Codable {
    public let number: Int
    public let due: Day
    public let doneOn: Day?

    public init(number: Int, due: Day, doneOn: Day? = nil) {
      self.number = number
      self.due = due
      self.doneOn = doneOn
    }
  }
}

/// What a record counts for, in the clear: `strengths` 2, `needs` 3, `risk` 21, `level` 3, `voice-guardian` 1.
///
/// Codes and numbers only, never words; made from the answers by `Marks.init(of:answers:)` and kept beside the sealed
/// record, so that gates, clocks and figures never open it.
public struct Marks: Hashable, Sendable, Codable {
  public let values: [String: Int]

  public init(_ values: [String: Int] = [:]) {
    self.values = values
  }

  public subscript(_ name: String) -> Int { values[name] ?? 0 }

  public init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: Int].self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }
}

public import CaseWork
public import Store

/// What is counted of a record, in the clear, rewritten whenever the record is.
public struct Counted: Hashable, Sendable {
  public var services: [ServiceGiven] = []
  /// Of the plan of version `plan`.
  public var ratings: [GoalRating] = []
  public var plan = 0
  public var scores: [InstrumentScore] = []
  public var needs: [NeedSeen] = []

  public init() {}
}

/// The counted rows of one case.
public struct CountedRows {
  let session: any Session
  let file: CaseFile

  public func replace(of record: CaseRecord, by counted: Counted) throws {
    if record.version > 1 { try remove(record.id) }
    try session.count([CountedRecord(record: record, file: file, counted: counted)])
  }

  /// What was rated in each monitoring and evaluation, but for one of them, oldest first.
  public func rated(besides record: ID<CaseRecord>? = nil) throws -> [RatedDay] {
    let rows: [(record: ID<CaseRecord>, day: Day, plan: Int, rating: GoalRating)] = try session.rows(
      """
      SELECT record_id, day, plan, goal, rating, weight
      FROM goal_rating
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY day, record_id, goal
      """
    ) { row in
      (
        record: try row.get(0), day: try row.get(1), plan: try row.get(2),
        rating: GoalRating(goal: try row.get(3), rating: try row.get(4), weight: try row.get(5))
      )
    }
    var days: [RatedDay] = []
    var last: ID<CaseRecord>?
    for row in rows where row.record != record {
      let before = row.record == last ? days.removeLast().ratings : []
      days.append(RatedDay(day: row.day, plan: row.plan, ratings: before + [row.rating]))
      last = row.record
    }
    return days
  }

  /// Everything given in the case, oldest first.
  public func services() throws -> [ServiceGiven] {
    let rows = try session.rows(
      """
      SELECT position, service, legal_kind, method, minutes, people, amount, fund, resource_id, goals, day, record_id
      FROM service_given
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      """
    ) { row in
      let given = ServiceGiven(
        position: try row.get(0), service: try row.get(1), legalKind: try row.optional(2),
        method: try row.get(3), minutes: try row.get(4), people: try row.get(5), amount: try row.get(6),
        fund: try row.optional(7), resource: try row.optional(8),
        goals: try codes(row.get(9)).compactMap { Int($0) })
      return (
        day: try row.get(10, as: Day.self), record: try row.get(11, as: ID<CaseRecord>.self), given: given
      )
    }
    // Here, because for an order by days SQLite goes through the services of the whole school.
    return rows.sorted { ($0.day, $0.record, $0.given.position) < ($1.day, $1.record, $1.given.position) }
      .map(\.given)
  }

  public func scores() throws -> [(day: Day, record: ID<CaseRecord>, score: InstrumentScore)] {
    try session.rows(
      """
      SELECT day, record_id, instrument, respondent, scale, score
      FROM instrument_score
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY instrument, day, record_id
      """
    ) { row in
      (
        day: try row.get(0), record: try row.get(1),
        score: InstrumentScore(
          instrument: try row.get(2), respondent: try row.get(3), scale: try row.get(4), score: try row.get(5)
        )
      )
    }
  }

  /// The needs of the newest record that tells of any, in the order of their priority.
  public func needs() throws -> [NeedSeen] {
    try session.rows(
      """
      SELECT n.area, n.severity, n.will, n.priority
      FROM need_seen n
      WHERE n.school_id = \(file.school) AND n.case_id = \(file.id) AND n.record_id = (
        SELECT record_id FROM need_seen
        WHERE school_id = \(file.school) AND case_id = \(file.id)
        ORDER BY day DESC, record_id DESC
        LIMIT 1
      )
      ORDER BY n.priority, n.area
      """
    ) { row in
      NeedSeen(
        area: try row.get(0), severity: try row.get(1), will: try row.optional(2), priority: try row.get(3))
    }
  }

  private func remove(_ record: ID<CaseRecord>) throws {
    let scope: SQL = "school_id = \(file.school) AND case_id = \(file.id) AND record_id = \(record)"
    try session.execute("DELETE FROM service_given WHERE \(scope)")
    try session.execute("DELETE FROM goal_rating WHERE \(scope)")
    try session.execute("DELETE FROM instrument_score WHERE \(scope)")
    try session.execute("DELETE FROM need_seen WHERE \(scope)")
  }
}

/// A record, its case, and what is counted of it.
public struct CountedRecord {
  let record: CaseRecord
  let file: CaseFile
  let counted: Counted

  public init(record: CaseRecord, file: CaseFile, counted: Counted) {
    self.record = record
    self.file = file
    self.counted = counted
  }

  fileprivate var services: [SQL] {
    counted.services.map { service in
      """
      (
        \(file.school), \(file.id), \(record.id), \(service.position), \(file.student), \(record.day), \(service.service),
        \(service.legalKind), \(service.method), \(service.minutes), \(service.people), \(service.amount),
        \(service.fund), \(service.resource), \(text(service.goals.map(String.init))))
      """
    }
  }

  fileprivate var ratings: [SQL] {
    counted.ratings.map { rating in
      """
      (
        \(file.school), \(file.id), \(record.id), \(counted.plan), \(rating.goal), \(record.day), \(rating.rating),
        \(rating.weight))
      """
    }
  }

  fileprivate var scores: [SQL] {
    counted.scores.map { score in
      """
      (
        \(file.school), \(file.id), \(record.id), \(score.instrument), \(score.respondent), \(record.day),
        \(score.scale), \(score.score))
      """
    }
  }

  fileprivate var needs: [SQL] {
    counted.needs.map { need in
      """
      (
        \(file.school), \(file.id), \(record.id), \(need.area), \(record.day), \(need.severity), \(need.will),
        \(need.priority))
      """
    }
  }
}

extension Session {
  public func counted(of file: CaseFile) -> CountedRows { CountedRows(session: self, file: file) }

  /// Adds what is counted of new records.
  public func count(_ records: [CountedRecord]) throws {
    try count(
      records.flatMap(\.services),
      """
      service_given (
        school_id, case_id, record_id, position, student_id, day, service, legal_kind, method, minutes, people,
        amount, fund, resource_id, goals)
      """)
    try count(
      records.flatMap(\.ratings),
      "goal_rating (school_id, case_id, record_id, plan, goal, day, rating, weight)")
    try count(
      records.flatMap(\.scores),
      "instrument_score (school_id, case_id, record_id, instrument, respondent, day, scale, score)")
    try count(
      records.flatMap(\.needs),
      "need_seen (school_id, case_id, record_id, area, day, severity, will, priority)")
  }

  private func count(_ rows: [SQL], _ table: SQL) throws {
    for part in rows.parts(of: 50) {
      try execute("INSERT INTO \(table) VALUES \(part.joined(by: ", "))")
    }
  }
}

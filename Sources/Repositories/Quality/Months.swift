public import CaseWork
public import Store

/// What is counted of one month of one school. Every statement begins with the school and its month.
public struct Months {
  let session: any Session
  let school: ID<School>
  let days: ClosedRange<Day>

  public func facts() throws -> MonthFacts {
    var facts = MonthFacts()
    facts.cases = try cases()
    (facts.referred, facts.urgent) = try referrals()
    facts.services = try services()
    facts.records = try records()
    facts.linkages = try linkages()
    facts.programmes = try programmes()
    return facts
  }

  private func cases() throws -> [MonthFacts.Case] {
    try session.rows(selectCases) { row in
      MonthFacts.Case(
        student: try row.get(0), level: try row.optional(1, as: Int.self).flatMap(Level.init(rawValue:)),
        openedOn: try row.get(2), closedOn: try row.optional(3), closureReason: try row.optional(4))
    }
  }

  private var selectCases: SQL {
    """
    SELECT student_id, level, opened_on, closed_on, closure_reason
    FROM case_file
    WHERE school_id = \(school) AND standing <> 'not-selected' AND opened_on <= \(days.upperBound)
      AND (closed_on IS NULL OR closed_on >= \(days.lowerBound))
    """
  }

  private func referrals() throws -> (Int, Int) {
    try session.row(selectReferrals) { (try $0.get(0), try $0.get(1)) } ?? (0, 0)
  }

  private var selectReferrals: SQL {
    """
    SELECT COUNT(*), CAST(COALESCE(SUM(is_urgent), 0) AS bigint)
    FROM referral
    WHERE school_id = \(school) AND status IN \(SQL.list(Referral.Status.allCases))
      AND at >= \(days.lowerBound.startInKorea) AND at < \(days.upperBound.adding(days: 1).startInKorea)
    """
  }

  private func services() throws -> [MonthFacts.Service] {
    try session.rows(selectServices) { row in
      MonthFacts.Service(
        student: try row.get(0), service: try row.get(1), legalKind: try row.optional(2),
        method: try row.get(3), minutes: try row.get(4), people: try row.get(5), amount: try row.get(6),
        fund: try row.optional(7))
    }
  }

  private var selectServices: SQL {
    """
    SELECT student_id, service, legal_kind, method, minutes, people, amount, fund
    FROM service_given
    WHERE school_id = \(school) AND day BETWEEN \(days.lowerBound) AND \(days.upperBound)
    """
  }

  private func records() throws -> [(kind: CaseRecord.Kind, count: Int, students: Int)] {
    try session.rows(selectRecords) { (kind: try $0.get(0), count: try $0.get(1), students: try $0.get(2)) }
  }

  private var selectRecords: SQL {
    """
    SELECT kind, COUNT(*), COUNT(DISTINCT student_id)
    FROM case_record
    WHERE school_id = \(school) AND kind IN \(SQL.list(CaseRecord.Kind.counted))
      AND day BETWEEN \(days.lowerBound) AND \(days.upperBound)
    GROUP BY kind
    """
  }

  private func linkages() throws -> [MonthFacts.Link] {
    try session.rows(selectLinkages) {
      MonthFacts.Link(kind: try $0.get(0), state: try $0.get(1), acceptedOn: try $0.optional(2))
    }
  }

  private var selectLinkages: SQL {
    """
    SELECT r.kind, l.state, l.accepted_on
    FROM linkage l
    JOIN resource r ON r.id = l.resource_id
    WHERE l.school_id = \(school) AND l.state <> 'entered-in-error'
      AND l.sent_at >= \(days.lowerBound.startInKorea) AND l.sent_at < \(days.upperBound.adding(days: 1).startInKorea)
    """
  }

  private func programmes() throws -> [MonthFacts.ProgrammeHeld] {
    var visited: [ID<Programme>: (visits: Int, students: Int)] = [:]
    try session.forEach(selectVisits) {
      visited[try $0.get(0)] = (visits: try $0.get(1), students: try $0.get(2))
    }
    return try session.rows(selectSessions) { row in
      let programme: ID<Programme> = try row.get(0)
      let (visits, students) = visited[programme] ?? (0, 0)
      return MonthFacts.ProgrammeHeld(
        programme: programme, name: try row.get(1), sessions: try row.get(2), cancelled: try row.get(3),
        minutes: try row.get(4), visits: visits, students: students)
    }
  }

  private var selectSessions: SQL {
    """
    SELECT p.id, p.name, CAST(SUM(CASE WHEN s.cancelled IS NULL THEN 1 ELSE 0 END) AS bigint),
      CAST(SUM(CASE WHEN s.cancelled IS NULL THEN 0 ELSE 1 END) AS bigint), CAST(SUM(s.minutes) AS bigint)
    FROM programme_session s
    JOIN programme p ON p.school_id = s.school_id AND p.id = s.programme_id
    WHERE s.school_id = \(school) AND s.day BETWEEN \(days.lowerBound) AND \(days.upperBound)
    GROUP BY p.id, p.name
    ORDER BY p.name, p.id
    """
  }

  /// SQLite keeps to the order of a CROSS JOIN: the sessions of those days, and not all attendance of the school.
  private var selectVisits: SQL {
    """
    SELECT a.programme_id, COUNT(*), COUNT(DISTINCT e.student_id)
    FROM programme_session s
    CROSS JOIN programme_attendance a
    JOIN programme_seat e ON e.school_id = a.school_id AND e.programme_id = a.programme_id AND e.id = a.seat_id
    WHERE s.school_id = \(school) AND s.day BETWEEN \(days.lowerBound) AND \(days.upperBound)
      AND s.cancelled IS NULL AND a.mark IN ('present', 'late')
      AND a.school_id = s.school_id AND a.programme_id = s.programme_id AND a.session_id = s.id
    GROUP BY a.programme_id
    """
  }
}

extension CaseRecord.Kind {
  /// What a monthly report counts; what belongs to the compartment of abuse is not among it.
  fileprivate static let counted: [CaseRecord.Kind] = [
    .intake, .assessment, .conference, .plan, .contact, .monitoring, .reassessment, .evaluation, .followUp,
  ]
}

extension Session {
  public func month(_ days: ClosedRange<Day>, of school: ID<School>) -> Months {
    Months(session: self, school: school, days: days)
  }
}

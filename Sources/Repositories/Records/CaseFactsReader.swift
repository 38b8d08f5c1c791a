public import CaseWork
public import Store

/// Reads, without opening anything, what the rules need to know of cases: in the same few statements for one as for many.
public struct CaseFactsReader {
  let session: any Session
  let files: [CaseFile]

  /// The facts of each case; the students' birth days lie sealed and are given by who has opened them.
  /// `totalling` are the marks that some gate wants added up over all records of a kind.
  public func callAsFunction(
    turnsFourteenOn: [ID<CaseFile>: Day], totalling: [(kind: CaseRecord.Kind, mark: String)] = []
  ) throws -> [ID<CaseFile>: CaseFacts] {
    guard !files.isEmpty else { return [:] }
    let latest = try latest()
    let transitions = try transitions()
    let consents = try consents()
    let referred = try referredOn()
    let followUps = try followUps()
    let kinds = Set(latest.values.flatMap(\.keys))
    let tallies = try tallies(totalling.filter { kinds.contains($0.kind) })
    return Dictionary(
      files.map { file in
        let steps = transitions[file.id] ?? []
        let facts = CaseFacts(
          file: file, latest: latest[file.id] ?? [:],
          // Nothing is ever deleted and series count from 1, so the newest of a kind says how many there are.
          counts: (latest[file.id] ?? [:]).mapValues(\.series),
          consents: Consent.counting(consents[file.id] ?? []),
          turnsFourteenOn: turnsFourteenOn[file.id], referredOn: file.referral.flatMap { referred[$0] },
          followUps: followUps[file.id] ?? [], tallies: tallies[file.id] ?? [],
          transitions: steps,
          stageSince: steps.last { $0.to == file.stage && $0.from != file.stage }?.id.madeAt,
          holds: holds(steps))
        return (file.id, facts)
      }, uniquingKeysWith: { $1 })
  }

  private func latest() throws -> [ID<CaseFile>: [CaseRecord.Kind: CaseFacts.RecordFact]] {
    var latest: [ID<CaseFile>: [CaseRecord.Kind: CaseFacts.RecordFact]] = [:]
    try session.forEach(
      """
      SELECT r.case_id, r.kind, r.id, r.series, r.day, r.approved_at, r.version, r.marks
      FROM (
        SELECT school_id, case_id, kind, MAX(series) AS series
        FROM case_record
        WHERE \(theirs)
        GROUP BY school_id, case_id, kind
      ) newest
      JOIN case_record r
        ON r.school_id = newest.school_id AND r.case_id = newest.case_id AND r.kind = newest.kind
        AND r.series = newest.series
      """
    ) {
      latest[try $0.get(0), default: [:]][try $0.get(1)] = CaseFacts.RecordFact(
        id: try $0.get(2), series: try $0.get(3), day: try $0.get(4), approvedAt: try $0.optional(5),
        version: try $0.get(6), marks: try Marks(json: $0.get(7)))
    }
    return latest
  }

  private func transitions() throws -> [ID<CaseFile>: [Transition]] {
    let all = try session.rows(
      "SELECT \(Transition.columns) FROM case_transition WHERE \(theirs) ORDER BY id", Transition.init(row:))
    return Dictionary(grouping: all, by: \.caseFile)
  }

  private func consents() throws -> [ID<CaseFile>: [Consent]] {
    let all = try session.rows(
      "SELECT \(Consent.columns) FROM consent c WHERE \(theirs) ORDER BY c.day DESC, c.id DESC",
      Consent.init(row:))
    return Dictionary(grouping: all, by: \.caseFile)
  }

  private func followUps() throws -> [ID<CaseFile>: [CaseFacts.FollowUp]] {
    var all: [ID<CaseFile>: [CaseFacts.FollowUp]] = [:]
    try session.forEach(
      "SELECT case_id, number, due_day, done_on FROM follow_up WHERE \(theirs) ORDER BY number"
    ) {
      all[try $0.get(0), default: []].append(
        CaseFacts.FollowUp(number: try $0.get(1), due: try $0.get(2), doneOn: try $0.optional(3)))
    }
    return all
  }

  private func referredOn() throws -> [ID<Referral>: Day] {
    let referrals = files.compactMap(\.referral)
    guard !referrals.isEmpty else { return [:] }
    var days: [ID<Referral>: Day] = [:]
    try session.forEach(
      "SELECT id, at FROM referral WHERE school_id IN \(SQL.schools(of: files)) AND id IN \(SQL.list(referrals))"
    ) { days[try $0.get(0)] = Day(inKoreaAt: try $0.get(1)) }
    return days
  }

  private func tallies(
    _ asked: [(kind: CaseRecord.Kind, mark: String)]
  ) throws -> [ID<CaseFile>: [CaseFacts.Tally]] {
    var tallies: [ID<CaseFile>: [CaseFacts.Tally]] = [:]
    for (kind, mark) in asked {
      // Put together in the statement: SQLite makes a statement anew whenever a pattern that is bound has changed.
      try session.forEach(
        """
        SELECT case_id, id, marks FROM case_record
        WHERE \(theirs) AND kind = \(kind) AND marks LIKE \("%\"") || \(mark) || \("\":%")
        """
      ) {
        tallies[try $0.get(0), default: []].append(
          CaseFacts.Tally(
            record: try $0.get(1), kind: kind, mark: mark, count: try Marks(json: $0.get(2))[mark]))
      }
    }
    return tallies
  }

  /// The condition under which a row belongs to one of the cases.
  private var theirs: SQL { SQL.ofCases(files) }

  /// The closed spans in which the case stood still, from its transitions.
  private func holds(_ transitions: [Transition]) -> [ClosedRange<Day>] {
    var holds: [ClosedRange<Day>] = []
    var since: Day?
    for transition in transitions {
      let isHeld = transition.standing == .refused || transition.standing == .suspended
      if isHeld {
        since = since ?? transition.at
      } else if let first = since {
        if first <= transition.at { holds.append(first...transition.at) }
        since = nil
      }
    }
    return holds
  }
}

extension SQL {
  /// The condition under which a row of a table with `school_id` and `case_id` belongs to one of some cases.
  static func ofCases(_ files: [CaseFile]) -> SQL {
    "school_id IN \(schools(of: files)) AND case_id IN \(list(files.map(\.id)))"
  }

  static func schools(of files: [CaseFile]) -> SQL { list(Set(files.map(\.school)).sorted()) }
}

extension Session {
  public func facts(of files: [CaseFile]) -> CaseFactsReader { CaseFactsReader(session: self, files: files) }
}

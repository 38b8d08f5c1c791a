public import CaseWork
public import Store

/// Reads, without opening anything, what the rules need to know of a case.
public struct CaseFactsReader {
  let session: any Session
  let file: CaseFile

  /// The facts of the case; the student's birth day lies sealed and is given by who has opened it.
  /// `totalling` are the marks that some gate wants added up over all records of a kind.
  public func callAsFunction(
    turnsFourteenOn: Day?, totalling: [(kind: CaseRecord.Kind, mark: String)] = []
  ) throws -> CaseFacts {
    var latest: [CaseRecord.Kind: CaseFacts.RecordFact] = [:]
    var counts: [CaseRecord.Kind: Int] = [:]
    // Nothing is ever deleted and series count from 1, so the newest of a kind says how many there are.
    try session.forEach(
      """
      SELECT r.kind, r.id, r.series, r.day, r.approved_at, r.version, r.marks
      FROM (
        SELECT kind, MAX(series) AS series
        FROM case_record
        WHERE school_id = \(file.school) AND case_id = \(file.id)
        GROUP BY kind
      ) newest
      JOIN case_record r
        ON r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind = newest.kind
        AND r.series = newest.series
      """
    ) {
      let kind: CaseRecord.Kind = try $0.get(0)
      let series: Int = try $0.get(2)
      counts[kind] = series
      latest[kind] = CaseFacts.RecordFact(
        id: try $0.get(1), series: series, day: try $0.get(3), approvedAt: try $0.optional(4),
        version: try $0.get(5),
        marks: try Marks(json: $0.get(6)))
    }
    let transitions = try session.transitions(of: file).all()
    return CaseFacts(
      file: file, latest: latest, counts: counts, consents: try session.consents(of: file).current(),
      turnsFourteenOn: turnsFourteenOn, referredOn: try referredOn(),
      followUps: try session.followUps(of: file).all(), tallies: try tallies(totalling, counts),
      stageSince: transitions.last { $0.to == file.stage && $0.from != file.stage }?.id.madeAt,
      holds: holds(transitions))
  }

  private func tallies(
    _ asked: [(kind: CaseRecord.Kind, mark: String)], _ counts: [CaseRecord.Kind: Int]
  ) throws -> [CaseFacts.Tally] {
    var tallies: [CaseFacts.Tally] = []
    for (kind, mark) in asked where (counts[kind] ?? 0) > 0 {
      try session.forEach(
        """
        SELECT id, marks FROM case_record
        WHERE school_id = \(file.school) AND case_id = \(file.id) AND kind = \(kind)
          AND marks LIKE \("%\"" + mark + "\":%")
        """
      ) {
        tallies.append(
          CaseFacts.Tally(
            record: try $0.get(0), kind: kind, mark: mark, count: try Marks(json: $0.get(1))[mark]))
      }
    }
    return tallies
  }

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

  private func referredOn() throws -> Day? {
    guard let referral = file.referral else { return nil }
    return try session.row(
      "SELECT at FROM referral WHERE school_id = \(file.school) AND id = \(referral)"
    ) { Day(inKoreaAt: try $0.get(0)) }
  }
}

extension Session {
  public func facts(of file: CaseFile) -> CaseFactsReader { CaseFactsReader(session: self, file: file) }
}

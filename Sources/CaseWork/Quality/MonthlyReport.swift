/// What a school's case management came to in one month (월별 실적), counted from what was written anyway.
///
/// Counts of acts (건), of students (명), of everybody each time (연인원) and of minutes are kept apart: adding one to the
/// other is the error most often found in such reports.
public struct MonthlyReport: Sendable {
  /// 건, 명, 연인원, 시간, 금액 of one line.
  public struct Figure: Hashable, Sendable {
    public let count: Int
    /// Each counted once.
    public let students: Int
    /// Everybody each time.
    public let people: Int
    public let minutes: Int
    /// In won.
    public let amount: Int
  }

  public struct Line: Hashable, Sendable {
    /// The code of what is counted; `nil` for the sum.
    public let code: String?
    /// `nil` where there are too few to be shown.
    public let figure: Figure?
  }

  /// The cases of one level, or of all.
  public struct CaseLine: Hashable, Sendable {
    /// `nil` for those that have none yet, and for the sum.
    public let level: Level?
    /// 이월: open since an earlier month.
    public let carried: SmallCount
    /// 신규.
    public let opened: SmallCount
    /// 종결.
    public let closed: SmallCount
    /// 활성: open at the end of the month.
    public let active: SmallCount
  }

  public struct RecordLine: Hashable, Sendable {
    public let kind: CaseRecord.Kind
    public let count: SmallCount
    public let students: SmallCount
  }

  /// Links to one kind of institution that were sent in the month, and what has become of them.
  public struct LinkageLine: Hashable, Sendable {
    /// A code of `organisation`; `nil` for the sum.
    public let kind: String?
    public let sent: SmallCount
    public let accepted: SmallCount
    public let declined: SmallCount
    public let completed: SmallCount
  }

  /// What one group programme came to in the month.
  public struct ProgrammeLine: Hashable, Sendable {
    public let held: MonthFacts.ProgrammeHeld
    /// 연인원.
    public let visits: SmallCount
    /// 명.
    public let students: SmallCount
  }

  public let byLevel: [CaseLine]
  public let cases: CaseLine
  /// Students with a case at any time of the month.
  public let students: SmallCount
  /// TR codes of those that closed.
  public let closures: [(reason: String, count: SmallCount)]
  /// From the opening to the closure, on average; `nil` where none closed, or too few.
  public let meanDays: Int?
  public let referred: SmallCount
  public let urgent: SmallCount
  /// 상담과 방문, by the lines of the policy. One contact may stand in two of them: a talk at a visit.
  public let talks: [Line]
  /// By SV code, then the sum.
  public let services: [Line]
  /// By SL code (학생맞춤통합지원법 제11조①).
  public let legalKinds: [Line]
  /// Money and goods, by fund, then the sum.
  public let funds: [Line]
  public let records: [RecordLine]
  public let linkages: [LinkageLine]
  public let programmes: [ProgrammeLine]

  /// - Parameters:
  ///   - month: of `facts`.
  ///   - talks: which services and methods count as which talk.
  ///   - isOwn: whether the asker answers for these cases, and may see numbers under five.
  public init(_ facts: MonthFacts, in month: Month, talks lines: [Policy.Talk], isOwn: Bool) {
    func small(_ number: Int) -> SmallCount { SmallCount(number, isOwn: isOwn) }
    let days = month.days
    func line(_ level: Level?, _ cases: [MonthFacts.Case]) -> CaseLine {
      CaseLine(
        level: level, carried: small(cases.count { $0.openedOn < days.lowerBound }),
        opened: small(cases.count { days.contains($0.openedOn) }),
        closed: small(cases.count { $0.closedOn.map(days.contains) ?? false }),
        active: small(cases.count { $0.closedOn.map { $0 > days.upperBound } ?? true }))
    }
    let levels: [Level?] = Level.allCases.reversed() + [nil]
    byLevel = levels.compactMap { level in
      let cases = facts.cases.filter { $0.level == level }
      return cases.isEmpty ? nil : line(level, cases)
    }
    cases = line(nil, facts.cases)
    students = small(Set(facts.cases.map(\.student)).count)

    let closed = facts.cases.filter { $0.closedOn.map(days.contains) ?? false }
    closures = Dictionary(grouping: closed, by: { $0.closureReason ?? "" }).sorted { $0.key < $1.key }
      .map { (reason: $0, count: small($1.count)) }
    let lengths = closed.compactMap { file in file.closedOn.map { file.openedOn.days(until: $0) } }
    meanDays =
      small(lengths.count).shown == nil || lengths.isEmpty
      ? nil : (lengths.reduce(0, +) * 2 + lengths.count) / (lengths.count * 2)

    referred = small(facts.referred)
    urgent = small(facts.urgent)
    talks = lines.map { talk in
      Line(talk.id, of: facts.services.filter(talk.counts), isOwn: isOwn)
    }
    services = Line.byCode(facts.services, \.service, isOwn: isOwn)
    legalKinds = Line.byCode(facts.services, \.legalKind, isOwn: isOwn)
    funds = Line.byCode(facts.services.filter { $0.amount > 0 }, \.fund, isOwn: isOwn)
    records = facts.records.map {
      RecordLine(kind: $0.kind, count: small($0.count), students: small($0.students))
    }
    linkages = LinkageLine.byKind(facts.linkages, isOwn: isOwn)
    programmes = facts.programmes.map {
      ProgrammeLine(held: $0, visits: small($0.visits), students: small($0.students))
    }
  }
}

extension MonthlyReport.Line {
  fileprivate init(_ code: String?, of given: [MonthFacts.Service], isOwn: Bool) {
    self.init(
      code: code,
      figure: SmallCount(given.count, isOwn: isOwn) == .few
        ? nil
        : MonthlyReport.Figure(
          count: given.count, students: Set(given.map(\.student)).count,
          people: given.reduce(0) { $0 + $1.people }, minutes: given.reduce(0) { $0 + $1.minutes },
          amount: given.reduce(0) { $0 + $1.amount }))
  }

  /// A line for each code, then the sum of them; the sum stays hidden where it would tell the one line that is.
  fileprivate static func byCode(
    _ given: [MonthFacts.Service], _ code: (MonthFacts.Service) -> String?, isOwn: Bool
  ) -> [MonthlyReport.Line] {
    let groups = Dictionary(grouping: given.filter { code($0) != nil }, by: { code($0) ?? "" })
    guard !groups.isEmpty else { return [] }
    let lines = groups.sorted { $0.key < $1.key }.map {
      MonthlyReport.Line($0.key, of: $0.value, isOwn: isOwn)
    }
    let tellsHidden = lines.count { $0.figure == nil } == 1
    let sum = MonthlyReport.Line(nil, of: groups.values.flatMap(\.self), isOwn: isOwn)
    return lines + [tellsHidden ? MonthlyReport.Line(code: nil, figure: nil) : sum]
  }
}

extension MonthlyReport.LinkageLine {
  private init(_ kind: String?, _ links: [MonthFacts.Link], isOwn: Bool) {
    func small(_ number: Int) -> SmallCount { SmallCount(number, isOwn: isOwn) }
    self.init(
      kind: kind, sent: small(links.count), accepted: small(links.count { $0.acceptedOn != nil }),
      declined: small(links.count { $0.state == .rejected }),
      completed: small(links.count { $0.state == .completed }))
  }

  fileprivate static func byKind(_ links: [MonthFacts.Link], isOwn: Bool) -> [Self] {
    guard !links.isEmpty else { return [] }
    return Dictionary(grouping: links, by: \.kind).sorted { $0.key < $1.key }
      .map { Self($0.key, $0.value, isOwn: isOwn) } + [Self(nil, links, isOwn: isOwn)]
  }
}

internal import CaseWork

extension Policy {
  init(_ piece: Piece) {
    piece.allow(
      "clocks", "monitoring-every", "reassess-every", "follow-up-months", "caseload-warnings",
      "workload-weights",
      "budgets", "sign-in", "record-within-school-days", "retention-years", "closure-notices",
      "resources", "linkage", "talks")
    let warnings = piece.need("caseload-warnings")
    let signIn = piece.need("sign-in")
    warnings?.allow("urgent-and-intensive", "active", "known")
    signIn?.allow(
      "failures-until-lock", "lock-minutes", "idle-minutes", "session-hours", "warn-minutes",
      "minimum-password-length",
      "address-failures", "address-minutes")
    self.init(
      clocks: piece.need("clocks")?.list.compactMap { Clock($0) } ?? [],
      monitoringEvery: Self.levels(piece.need("monitoring-every")),
      reassessEvery: Self.levels(piece.need("reassess-every")),
      followUpMonths: piece.need("follow-up-months")?.list.map(\.number) ?? [],
      caseloadWarnings: CaseloadWarnings(
        urgentAndIntensive: warnings?.need("urgent-and-intensive")?.number ?? 0,
        active: warnings?.need("active")?.number ?? 0, known: warnings?.need("known")?.number ?? 0),
      workloadWeights: Self.levels(piece.need("workload-weights")),
      budgets: piece.need("budgets")?.list.map { Budget($0) } ?? [],
      signIn: SignIn(
        failuresUntilLock: signIn?.need("failures-until-lock")?.number ?? 0,
        lockMinutes: signIn?.need("lock-minutes")?.number ?? 0,
        idleMinutes: signIn?.need("idle-minutes")?.number ?? 0,
        sessionHours: signIn?.need("session-hours")?.number ?? 0,
        warnMinutes: signIn?.need("warn-minutes")?.number ?? 0,
        minimumPasswordLength: signIn?.need("minimum-password-length")?.number ?? 0,
        addressFailures: signIn?.need("address-failures")?.number ?? 0,
        addressMinutes: signIn?.need("address-minutes")?.number ?? 0),
      recordWithinSchoolDays: piece.need("record-within-school-days")?.number ?? 0,
      retentionYears: piece.need("retention-years")?.number ?? 0,
      closureNotices: piece.need("closure-notices")?.number ?? 0,
      resources: ResourcePolicy(piece.need("resources")),
      linkages: piece.need("linkage").map { Linkages($0) } ?? Linkages(),
      talks: piece.need("talks")?.list.map { Talk($0) } ?? [])
  }

  /// `{1: 90, 2: 30, 3: 14, 4: 7}` by level.
  fileprivate static func levels(_ piece: Piece?) -> [Level: Int] {
    var numbers: [Level: Int] = [:]
    for (key, part) in piece?.parts ?? [] {
      guard let level = Int(key).flatMap(Level.init(rawValue:)) else {
        part.problem("“\(key)” is no level")
        continue
      }
      numbers[level] = part.number
    }
    return numbers
  }
}

extension Policy.Clock {
  init?(_ piece: Piece) {
    piece.allow("id", "from", "days", "by-level", "calendar", "until", "approved", "always")
    guard let start = piece.need("from")?.clockStart,
      let until = piece.need("until")?.code(CaseRecord.Kind.self),
      let calendar = piece.need("calendar")?.code(Calendar.self)
    else { return nil }
    self.init(
      id: piece.need("id")?.text ?? "", start: start, days: piece.need("days")?.number ?? 0,
      daysByLevel: piece["by-level"].map { Policy.levels($0) } ?? [:], calendar: calendar, until: until,
      untilApproved: piece["approved"]?.flag ?? false, isAlways: piece["always"]?.flag ?? false)
  }
}

extension Policy.Linkages {
  init(_ piece: Piece) {
    piece.allow(
      "reply-days", "reply-calendar", "escalate-days", "ask-after-acceptance", "ask-after-end", "link-days",
      "code-failures", "answer-minutes")
    func number(_ key: String) -> Int {
      guard let part = piece.need(key) else { return 1 }
      if part.number < 1 { part.problem("a number above 0 is expected here") }
      return part.number
    }
    self.init(
      replyDays: number("reply-days"),
      replyCalendar: piece.need("reply-calendar")?.code(Policy.Clock.Calendar.self) ?? .school,
      escalateDays: number("escalate-days"), askAfterAcceptance: number("ask-after-acceptance"),
      askAfterEnd: number("ask-after-end"), linkDays: number("link-days"),
      codeFailures: number("code-failures"), answerMinutes: number("answer-minutes"))
  }
}

extension Policy.Talk {
  init(_ piece: Piece) {
    piece.allow("id", "services", "methods")
    self.init(
      id: piece.need("id")?.text ?? "", services: Set(piece["services"]?.list.map(\.text) ?? []),
      methods: Set(piece["methods"]?.list.map(\.text) ?? []))
  }
}

extension Policy.Budget {
  init(_ piece: Piece) {
    piece.allow("fund", "per-student", "per-household", "excluded")
    self.init(
      fund: piece.need("fund")?.text ?? "", perStudent: piece["per-student"]?.number,
      perHousehold: piece["per-household"]?.number, excluded: piece["excluded"]?.list.map(\.text) ?? [])
  }
}

extension Piece {
  fileprivate var clockStart: Policy.Clock.Start? {
    switch text {
    case "opened": return .opened
    case "referred": return .referred
    default: return code(CaseRecord.Kind.self).map { .record($0) }
    }
  }
}

extension ResourcePolicy {
  fileprivate init(_ piece: Piece?) {
    piece?.allow("stale-after-days", "long-wait-days", "coordination", "weights")
    let limits = piece?.need("coordination")
    limits?.allow("severity", "appointments-a-week")
    if let severity = limits?.need("severity"), !(1...4).contains(severity.number) {
      severity.problem("a severity from 1 to 4 is expected here")
    }
    for part in [piece?.need("long-wait-days"), limits?.need("appointments-a-week")].compactMap(\.self)
    where part.number < 1 { part.problem("a number above 0 is expected here") }
    let weights = piece?.need("weights")
    weights?.allow("need", "area", "places", "waiting", "cost", "language", "experience", "freshness")
    let weight = { (name: String) in weights?.need(name)?.number ?? 0 }
    self.init(
      staleAfterDays: piece?.need("stale-after-days")?.number ?? 0,
      longWaitDays: piece?["long-wait-days"]?.number ?? 0,
      coordination: Coordination.Limits(
        severity: limits?["severity"]?.number ?? 0,
        appointmentsAWeek: limits?["appointments-a-week"]?.number ?? 0),
      weights: ResourceWeights(
        need: weight("need"), area: weight("area"), places: weight("places"), waiting: weight("waiting"),
        cost: weight("cost"), language: weight("language"), experience: weight("experience"),
        freshness: weight("freshness")))
  }
}

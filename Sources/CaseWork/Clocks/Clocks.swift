/// What is due in a case, and when.
public enum Clocks {
  /// Days before its end on which a consent is shown as ending.
  public static let consentNotice = 30
  /// Within so many days what was left out in an emergency is made up (24–48 hours).
  public static let emergencyDays = 2

  /// Everything due, the earliest first. But for what the law sets a time for, nothing is due while a case is held or once
  /// it has ended; a closed case has its follow-ups only.
  public static func dues(
    _ facts: CaseFacts, policy: Policy, calendar: SchoolCalendar, on day: Day
  ) -> [Due] {
    let always = policy.clocks.filter(\.isAlways).compactMap { due($0, facts, calendar) }
    switch facts.file.standing {
    case .refused, .suspended, .notSelected, .ended: return sorted(always)
    case .closed: return sorted(always + followUps(facts))
    case .open:
      return sorted(
        always + policy.clocks.filter { !$0.isAlways }.compactMap { due($0, facts, calendar) }
          + [monitoring(facts, policy), reassessment(facts, policy), emergency(facts, on: day)].compactMap(
            \.self)
          + consentEnd(facts, on: day))
    }
  }

  private static func due(_ clock: Policy.Clock, _ facts: CaseFacts, _ calendar: SchoolCalendar) -> Due? {
    guard let start = start(of: clock, facts), !isStopped(clock, facts, since: start) else { return nil }
    let deadline = calendar.deadline(clock.days(at: facts.file.level), clock.calendar, after: start)
    return Due(
      kind: clock.id, day: clock.isAlways ? deadline : pushed(deadline, from: start, facts),
      calendar: clock.calendar)
  }

  private static func start(of clock: Policy.Clock, _ facts: CaseFacts) -> Day? {
    switch clock.start {
    case .opened: facts.file.openedOn
    case .referred: facts.referredOn
    case .record(let kind): facts.latest[kind]?.day
    }
  }

  private static func isStopped(_ clock: Policy.Clock, _ facts: CaseFacts, since start: Day) -> Bool {
    guard let fact = facts.latest[clock.until] else { return false }
    switch clock.start {
    case .opened, .referred:
      // A second plan is begun only after the first was approved, so its draft does not start the clock again.
      return !clock.untilApproved || fact.isApproved || fact.series > 1
    case .record:
      return start <= fact.day && (!clock.untilApproved || fact.isApproved)
    }
  }

  private static func monitoring(_ facts: CaseFacts, _ policy: Policy) -> Due? {
    guard isServed(facts), let plan = facts.latest[.plan], let rhythm = rhythm(facts, plan, policy) else {
      return nil
    }
    let last = max(plan.day, facts.latest[.monitoring]?.day ?? plan.day)
    return Due(kind: "monitoring", day: pushed(last.adding(days: rhythm), from: last, facts))
  }

  /// The level's rhythm, or the plan's own where that is closer.
  private static func rhythm(_ facts: CaseFacts, _ plan: CaseFacts.RecordFact, _ policy: Policy) -> Int? {
    let agreed = plan.marks["monitoring-every"]
    let byLevel = facts.file.level.flatMap { policy.monitoringEvery[$0] }
    return [byLevel, agreed > 0 ? agreed : nil].compactMap(\.self).min()
  }

  /// By the level's rhythm from the last one that was finished; one that was begun is due since its day. It stays due while
  /// the case stands in the reassessment.
  private static func reassessment(_ facts: CaseFacts, _ policy: Policy) -> Due? {
    guard isServed(facts) || facts.file.stage == .reassessment else { return nil }
    if let begun = facts.latest[.reassessment], !begun.isApproved {
      return Due(kind: "reassessment", day: begun.day)
    }
    guard let rhythm = facts.file.level.flatMap({ policy.reassessEvery[$0] }),
      let last = [facts.latest[.assessment]?.day, facts.latest[.reassessment]?.day].compactMap(\.self).max()
    else { return nil }
    return Due(kind: "reassessment", day: pushed(last.adding(days: rhythm), from: last, facts))
  }

  private static func isServed(_ facts: CaseFacts) -> Bool {
    facts.file.stage == .service || facts.file.stage == .monitoring
  }

  /// Until intake, assessment and consent to take part are made up.
  private static func emergency(_ facts: CaseFacts, on day: Day) -> Due? {
    guard let emergency = facts.latest[.emergency] else { return nil }
    let isMadeUp =
      facts.latest[.intake] != nil && facts.latest[.assessment] != nil
      && facts.consent(for: .participation, on: day).parties.allSatisfy {
        $0.status == .yes || $0.status == .expired
      }
    return isMadeUp ? nil : Due(kind: "emergency-completion", day: emergency.day.adding(days: emergencyDays))
  }

  /// The first end among the consents the case stands on, once it is near or past.
  private static func consentEnd(_ facts: CaseFacts, on day: Day) -> [Due] {
    let ends = facts.consentStates(on: day).flatMap(\.parties).compactMap { party -> Day? in
      guard party.status == .yes || party.status == .expired, let consent = party.consent,
        day.days(until: consent.until) <= consentNotice
      else { return nil }
      return consent.until
    }
    return ends.min().map { [Due(kind: "consent-ends", day: $0)] } ?? []
  }

  private static func followUps(_ facts: CaseFacts) -> [Due] {
    sorted(
      facts.followUps.filter { $0.doneOn == nil }.map {
        Due(kind: "follow-up", day: $0.due, number: $0.number)
      })
  }

  /// `deadline` later by the days after `start` on which the case stood still.
  private static func pushed(_ deadline: Day, from start: Day, _ facts: CaseFacts) -> Day {
    let held = facts.holds.reduce(0) { sum, hold in
      let first = max(hold.lowerBound, start.adding(days: 1))
      return sum + max(0, first.days(until: hold.upperBound) + 1)
    }
    return deadline.adding(days: held)
  }

  private static func sorted(_ dues: [Due]) -> [Due] {
    dues.sorted { ($0.day, $0.kind, $0.number ?? 0) < ($1.day, $1.kind, $1.number ?? 0) }
  }
}

extension Policy {
  /// The looks after the closure, as planned on the day of it.
  public func followUps(after closure: Day) -> [CaseFacts.FollowUp] {
    followUpMonths.sorted().enumerated().map { index, months in
      CaseFacts.FollowUp(number: index + 1, due: closure.adding(months: months))
    }
  }
}

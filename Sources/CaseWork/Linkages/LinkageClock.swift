extension Policy {
  /// How linkages are followed (`Practice/policy.yaml`, `linkage`).
  public struct Linkages: Hashable, Sendable {
    /// Days within which an agency is asked to answer, and in which days they count.
    public let replyDays: Int
    public let replyCalendar: Clock.Calendar
    /// Days of the same kind after the deadline, and the supervisor is told.
    public let escalateDays: Int
    /// Civil days after the acceptance, and after the end, on which the student is asked.
    public let askAfterAcceptance: Int
    public let askAfterEnd: Int
    /// Civil days for which an agency's link is good.
    public let linkDays: Int
    /// Wrong codes after which a link is locked.
    public let codeFailures: Int
    /// Minutes for which a right code lets somebody answer.
    public let answerMinutes: Int

    public init(
      replyDays: Int = 7, replyCalendar: Clock.Calendar = .school, escalateDays: Int = 3,
      askAfterAcceptance: Int = 14, askAfterEnd: Int = 3, linkDays: Int = 30, codeFailures: Int = 5,
      answerMinutes: Int = 60
    ) {
      self.replyDays = replyDays
      self.replyCalendar = replyCalendar
      self.escalateDays = escalateDays
      self.askAfterAcceptance = askAfterAcceptance
      self.askAfterEnd = askAfterEnd
      self.linkDays = linkDays
      self.codeFailures = codeFailures
      self.answerMinutes = answerMinutes
    }
  }
}

/// What is due in the linkages of a case.
public enum LinkageClock {
  /// The answer of the agency, the escalation once it is late, and asking the student whether it helped. While a case is
  /// held nothing is due.
  public static func dues(
    _ linkages: [Linkage], of file: CaseFile, policy: Policy.Linkages, calendar: SchoolCalendar, on day: Day
  ) -> [Due] {
    guard file.standing == .open || file.standing == .closed else { return [] }
    let dues = linkages.flatMap { linkage in
      [
        reply(linkage, policy), escalation(linkage, policy, calendar, on: day), question(linkage, policy),
      ].compactMap(\.self)
    }
    return dues.sorted { ($0.day, $0.kind, $0.number ?? 0) < ($1.day, $1.kind, $1.number ?? 0) }
  }

  /// The day from which the supervisor is told.
  public static func escalationDay(
    of linkage: Linkage, policy: Policy.Linkages, calendar: SchoolCalendar
  ) -> Day? {
    guard linkage.state == .requested, let replyBy = linkage.replyBy else { return nil }
    return calendar.deadline(policy.escalateDays, policy.replyCalendar, after: replyBy)
  }

  private static func reply(_ linkage: Linkage, _ policy: Policy.Linkages) -> Due? {
    guard linkage.state == .requested || linkage.state == .onHold, let replyBy = linkage.replyBy else {
      return nil
    }
    return Due(
      kind: "linkage-reply", day: replyBy, calendar: policy.replyCalendar, number: linkage.number)
  }

  private static func escalation(
    _ linkage: Linkage, _ policy: Policy.Linkages, _ calendar: SchoolCalendar, on today: Day
  ) -> Due? {
    guard let day = escalationDay(of: linkage, policy: policy, calendar: calendar), day <= today else {
      return nil
    }
    return Due(
      kind: "linkage-escalation", day: day, calendar: policy.replyCalendar, number: linkage.number)
  }

  private static func question(_ linkage: Linkage, _ policy: Policy.Linkages) -> Due? {
    guard linkage.help == nil else { return nil }
    let day: Day? =
      switch linkage.state {
      case .accepted, .inProgress: linkage.acceptedOn?.adding(days: policy.askAfterAcceptance)
      case .completed: linkage.endedOn?.adding(days: policy.askAfterEnd)
      case .draft, .requested, .rejected, .cancelled, .onHold, .failed, .enteredInError: nil
      }
    return day.map { Due(kind: "linkage-answer", day: $0, number: linkage.number) }
  }
}

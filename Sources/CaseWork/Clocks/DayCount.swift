/// So many days in the unit of the clock that counts them: 역일 or 수업일.
public struct DayCount: Hashable, Sendable {
  /// Negative where a deadline has passed.
  public let count: Int
  public let calendar: Policy.Clock.Calendar

  public init(_ count: Int, _ calendar: Policy.Clock.Calendar) {
    self.count = count
    self.calendar = calendar
  }
}

extension SchoolCalendar {
  /// The days until `due` in its own unit, negative when late. Where no school day lies between, on a weekend or in a
  /// vacation, the count is in civil days, for "0 school days late" tells nobody anything.
  public func left(until due: Day, from today: Day, in calendar: Policy.Clock.Calendar) -> DayCount {
    let civil = DayCount(today.days(until: due), .civil)
    switch calendar {
    case .civil: return civil
    case .school:
      let count = schoolDays(from: today, to: due)
      return count == 0 && civil.count != 0 ? civil : DayCount(count, .school)
    }
  }
}

extension Policy {
  /// Within how many days a thing of this kind is due, for a case of this level; `nil` where no number was set.
  public func limit(of kind: String, at level: Level?) -> DayCount? {
    if let clock = clocks.first(where: { $0.id == kind }) {
      return DayCount(clock.days(at: level), clock.calendar)
    }
    switch kind {
    case "monitoring": return level.flatMap { monitoringEvery[$0] }.map { DayCount($0, .civil) }
    case "reassessment": return level.flatMap { reassessEvery[$0] }.map { DayCount($0, .civil) }
    case "linkage-reply": return DayCount(linkages.replyDays, linkages.replyCalendar)
    case "linkage-escalation": return DayCount(linkages.escalateDays, linkages.replyCalendar)
    case "emergency-completion": return DayCount(Clocks.emergencyDays, .civil)
    default: return nil
    }
  }

  /// In which days a thing of this kind is counted.
  public func calendar(of kind: String) -> Clock.Calendar {
    if kind == "linkage-reply" || kind == "linkage-escalation" { return linkages.replyCalendar }
    return clocks.first { $0.id == kind }?.calendar ?? .civil
  }
}

extension Policy.Clock {
  public func days(at level: Level?) -> Int { level.flatMap { daysByLevel[$0] } ?? days }
}

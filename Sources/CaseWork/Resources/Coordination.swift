/// Who gives what to whom and how often, over a plan: and where that is too much, twice, or nothing at all.
public struct Coordination: Hashable, Sendable {
  /// What counts as a need that must be met, and as too many appointments.
  public struct Limits: Hashable, Sendable {
    /// From this severity (0–4) on, a need without a service is a gap.
    public let severity: Int
    public let appointmentsAWeek: Int

    public init(severity: Int, appointmentsAWeek: Int) {
      self.severity = severity
      self.appointmentsAWeek = appointmentsAWeek
    }
  }

  public enum Warning: Hashable, Sendable {
    /// The same service from two givers: their places in `lines`.
    case twice(service: String, lines: [Int])
    /// A need of the newest assessment that no action of the plan serves.
    case gap(need: String)
    /// Appointments a week that others give, more than the limit.
    case overload(aWeek: Int, limit: Int)
    /// The same service, to brothers or sisters, from different resources.
    case apart(service: String, line: Int, other: ID<Resource>)
  }

  /// Actions somebody else gives or does; those that have ended are left out.
  public let lines: [Plan.Action]
  public let warnings: [Warning]

  /// - Parameters:
  ///   - needs: of the newest assessment.
  ///   - siblings: what the plans of the cases of the same household give.
  public init(
    of plan: Plan, needs: [NeedSeen], siblings: [Plan.Action] = [], limits: Limits, on day: Day
  ) {
    lines = plan.actions.filter { $0.until.map { day <= $0 } ?? true }
    let lines = lines
    warnings =
      Self.twice(lines) + Self.gaps(plan, lines, needs, limits) + Self.overload(lines, limits)
      + Self.apart(lines, siblings.filter { $0.until.map { day <= $0 } ?? true })
  }

  /// Two givers are told apart by the resource, or else by who they are.
  private static func twice(_ lines: [Plan.Action]) -> [Warning] {
    var places: [String: [Int]] = [:]
    for (index, line) in lines.enumerated() where line.service != nil && isAppointment(line) {
      places[line.service ?? "", default: []].append(index)
    }
    return places.sorted { $0.key < $1.key }.compactMap { service, indices in
      let givers = Set(
        indices.map {
          lines[$0].resource?.description ?? lines[$0].person?.description ?? lines[$0].who ?? ""
        })
      return givers.count > 1 ? .twice(service: service, lines: indices) : nil
    }
  }

  private static func gaps(
    _ plan: Plan, _ lines: [Plan.Action], _ needs: [NeedSeen], _ limits: Limits
  ) -> [Warning] {
    let served = Set(lines.compactMap { $0.goal.flatMap { plan[goal: $0]?.need } })
    return needs.filter { $0.severity >= limits.severity && !served.contains($0.area) }
      .map { .gap(need: $0.area) }
  }

  private static func overload(_ lines: [Plan.Action], _ limits: Limits) -> [Warning] {
    let month = lines.filter(isAppointment).compactMap { $0.often.flatMap(Rhythm.init)?.inFourWeeks }.reduce(
      0, +)
    let week = (month + 3) / 4
    return week > limits.appointmentsAWeek ? [.overload(aWeek: week, limit: limits.appointmentsAWeek)] : []
  }

  private static func apart(_ lines: [Plan.Action], _ siblings: [Plan.Action]) -> [Warning] {
    lines.enumerated().compactMap { index, line in
      guard let service = line.service, let resource = line.resource else { return nil }
      let others = siblings.filter { $0.service == service }.compactMap(\.resource)
      guard let other = others.first, !others.contains(resource) else { return nil }
      return .apart(service: service, line: index, other: other)
    }
  }

  /// What the student goes to or is visited for: not what the student, the guardian or the class teacher does at home and
  /// in class.
  private static func isAppointment(_ line: Plan.Action) -> Bool {
    line.resource != nil || line.person != nil || ["agency", "school", "manager"].contains(line.part ?? "")
  }
}

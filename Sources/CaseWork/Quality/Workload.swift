/// How much one case manager carries. It warns and never blocks, and is no measure of a person.
public struct Workload: Hashable, Sendable {
  public struct Warning: Hashable, Sendable {
    /// `urgent-and-intensive`, `active`, `known`.
    public let code: String
    public let have: Int
    public let limit: Int
  }

  public let byLevel: [Level: Int]
  /// Open cases without a level yet.
  public let unlevelled: Int
  /// Open and held cases.
  public let active: Int
  /// Every student on the list.
  public let known: Int
  /// In hundredths: 640 is 6.4.
  public let weight: Int
  public let warnings: [Warning]

  /// - Parameters:
  ///   - levels: one for each active case.
  ///   - known: students on the list, cases or not.
  public init(levels: [Level?], known: Int, policy: Policy) {
    byLevel = levels.compactMap(\.self).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    unlevelled = levels.filter { $0 == nil }.count
    active = levels.count
    self.known = known
    weight = byLevel.reduce(0) { $0 + $1.value * (policy.workloadWeights[$1.key] ?? 0) }
    let limits = policy.caseloadWarnings
    let heavy = (byLevel[.urgent] ?? 0) + (byLevel[.intensive] ?? 0)
    warnings = [
      Warning(code: "urgent-and-intensive", have: heavy, limit: limits.urgentAndIntensive),
      Warning(code: "active", have: active, limit: limits.active),
      Warning(code: "known", have: known, limit: limits.known),
    ].filter { $0.have > $0.limit }
  }
}

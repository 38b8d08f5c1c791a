/// Two assessments of one student side by side: what weighs more, less, is new or gone.
public struct AssessmentComparison: Hashable, Sendable {
  public struct Need: Hashable, Sendable {
    public let area: String
    /// 0–4; `nil` where the area was not named then.
    public let before: Int?
    public let after: Int?

    /// Positive is worse; a need not named counts as 0.
    public var change: Int { (after ?? 0) - (before ?? 0) }
  }

  public struct Domain: Hashable, Sendable {
    public let domain: String
    public let before: Int?
    public let after: Int?
  }

  public let needs: [Need]
  public let domains: [Domain]
  public let riskBefore: Int
  public let riskAfter: Int
  public let levelBefore: Level?
  public let levelAfter: Level?
  public let redFlagsGone: [String]
  public let redFlagsNew: [String]
  /// Everything else that was rewritten, word by word.
  public let difference: Difference

  public init(from before: Answers, to after: Answers, form: Form? = nil) {
    let (old, new) = (NeedSeen.rows(of: before), NeedSeen.rows(of: after))
    let areas = Set((old + new).map(\.area)).sorted()
    needs = areas.map { area in
      Need(
        area: area, before: old.first { $0.area == area }?.severity,
        after: new.first { $0.area == area }?.severity)
    }
    let (oldRisk, newRisk) = (Risk(before), Risk(after))
    domains = Risk.domains.map { Domain(domain: $0, before: oldRisk.scores[$0], after: newRisk.scores[$0]) }
    riskBefore = oldRisk.sum
    riskAfter = newRisk.sum
    levelBefore = before.number("level").flatMap(Level.init)
    levelAfter = after.number("level").flatMap(Level.init)
    redFlagsGone = oldRisk.redFlags.filter { !newRisk.redFlags.contains($0) }
    redFlagsNew = newRisk.redFlags.filter { !oldRisk.redFlags.contains($0) }
    difference = Difference(from: before, to: after, form: form)
  }
}

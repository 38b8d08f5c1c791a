/// Whether a school may let a student have counselling or treatment without the guardian's consent (긴급지원).
///
/// 초·중등교육법 제18조의5, 시행령 제31조의5 (recommendations) and 제31조의6 (requirements): three recommendations not
/// followed without good reason, or one where life is in danger; the opinion of three experts, one of them a
/// psychiatrist; the committee; and word to the guardian at once when it ends.
public struct EmergencySupport: Hashable, Sendable {
  public let recommendationsNotFollowed: Int
  public let isLifeInDanger: Bool
  public let experts: Int
  public let psychiatrists: Int
  public let isCommitteeHeard: Bool
  /// The same problem as before: experts and committee may be left out.
  public let isRepeated: Bool

  public init(
    recommendationsNotFollowed: Int, isLifeInDanger: Bool, experts: Int, psychiatrists: Int,
    isCommitteeHeard: Bool,
    isRepeated: Bool = false
  ) {
    self.recommendationsNotFollowed = recommendationsNotFollowed
    self.isLifeInDanger = isLifeInDanger
    self.experts = experts
    self.psychiatrists = psychiatrists
    self.isCommitteeHeard = isCommitteeHeard
    self.isRepeated = isRepeated
  }

  /// Nothing where it may be begun.
  public var missing: [Missing] {
    let needed = isLifeInDanger ? 1 : 3
    var missing: [Missing] = []
    if recommendationsNotFollowed < needed {
      missing.append(
        Missing("recommendations", at: "recommendation", have: recommendationsNotFollowed, need: needed))
    }
    guard !isRepeated else { return missing }
    if experts < 3 {
      missing.append(Missing("experts", at: "emergency-support#experts", have: experts, need: 3))
    }
    if psychiatrists < 1 {
      missing.append(Missing("psychiatrist", at: "emergency-support#experts", have: psychiatrists, need: 1))
    }
    if !isCommitteeHeard { missing.append(Missing("committee", at: "emergency-support#committee")) }
    return missing
  }
}

/// What an office sets for its directory of resources (`Practice/policy.yaml`).
public struct ResourcePolicy: Hashable, Sendable {
  /// Days after which what nobody has checked counts as old.
  public let staleAfterDays: Int
  /// Days after which an answer of an agency counts as a long wait.
  public let longWaitDays: Int
  /// What a coordination warns of.
  public let coordination: Coordination.Limits
  public let weights: ResourceWeights

  public init(
    staleAfterDays: Int, longWaitDays: Int, coordination: Coordination.Limits, weights: ResourceWeights
  ) {
    self.staleAfterDays = staleAfterDays
    self.longWaitDays = longWaitDays
    self.coordination = coordination
    self.weights = weights
  }
}

/// How much each reason counts when resources are ranked; only their proportions matter.
public struct ResourceWeights: Hashable, Sendable {
  public let need: Int
  public let area: Int
  public let places: Int
  public let waiting: Int
  public let cost: Int
  public let language: Int
  public let experience: Int
  public let freshness: Int

  public init(
    need: Int, area: Int, places: Int, waiting: Int, cost: Int, language: Int, experience: Int, freshness: Int
  ) {
    self.need = need
    self.area = area
    self.places = places
    self.waiting = waiting
    self.cost = cost
    self.language = language
    self.experience = experience
    self.freshness = freshness
  }
}

/// How far the goals of a plan were reached, as one number: the T score of goal attainment scaling.
///
/// T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²) with ρ = 0.3 (Kiresuk & Sherman 1968; the formula of the erratum to
/// Turner-Stokes 2009). 50 means "as expected". It hides a goal that was missed and depends on how many goals there are:
/// show it beside the goals, never to rank cases.
public struct AttainmentScore: Hashable, Sendable, Comparable {
  /// Ten times T, rounded half away from zero, so that it stays whole: 551 is 55.1.
  public let tenths: Int

  public init(tenths: Int) {
    self.tenths = tenths
  }

  /// `nil` where nothing was rated or every weight is 0.
  public init?(_ ratings: [GoalRating]) {
    let weighted = ratings.reduce(0) { $0 + $1.weight * $1.rating }
    let squares = ratings.reduce(0) { $0 + $1.weight * $1.weight }
    let sum = ratings.reduce(0) { $0 + $1.weight }
    guard squares > 0 else { return nil }
    let spread = (0.7 * Double(squares) + 0.3 * Double(sum * sum)).squareRoot()
    tenths = Int((500 + 100 * Double(weighted) / spread).rounded(.toNearestOrAwayFromZero))
  }

  public static func < (a: AttainmentScore, b: AttainmentScore) -> Bool { a.tenths < b.tenths }
}

extension AttainmentScore: CustomStringConvertible {
  /// `55.1`.
  public var description: String { "\(tenths / 10).\(tenths % 10)" }
}

extension Plan {
  /// T before any help: from the baselines of the goals that have one.
  public var baselineScore: AttainmentScore? {
    AttainmentScore(
      goals.compactMap { goal in
        goal.baseline.map { GoalRating(goal: goal.number, rating: $0, weight: goal.weight) }
      })
  }
}

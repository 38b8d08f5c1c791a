/// The approved versions of a case's plan, and the course of its goals through them.
///
/// A rating says "level +1 of this goal", and what +1 means stands in the plan it was made by. So a rating belongs to its
/// version of the plan, not to a number alone: goal 1 of the next version may be quite another goal. A goal that the next
/// version takes over unchanged, wherever it stands there, carries its course on; one whose words, measure, levels or
/// baseline were changed starts anew, for its old ratings were measured with another ladder and would show a rise or fall
/// that nobody saw. Weight and the student's words may change without that, since they do not change what is measured.
public struct PlanHistory: Hashable, Sendable {
  public struct Version: Hashable, Sendable {
    /// 1 for the first plan (1판).
    public let number: Int
    public let plan: Plan

    public init(number: Int, plan: Plan) {
      self.number = number
      self.plan = plan
    }
  }

  /// Oldest first.
  public let versions: [Version]

  public init(_ versions: [Version]) {
    self.versions = versions.sorted { $0.number < $1.number }
  }

  /// The plan that holds; an empty one where none was approved yet.
  public var current: Plan { versions.last?.plan ?? Plan(Answers()) }
  /// 0 where none was approved yet.
  public var number: Int { versions.last?.number ?? 0 }

  /// The way of each goal of the plan that holds, from its baseline through all ratings that were made of it.
  public func courses(_ rated: [RatedDay]) -> [GoalCourse] {
    let ordered = rated.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
      .map(\.element)
    return current.goals.map { goal in
      let names = names(of: goal)
      return GoalCourse(
        goal: goal.number, weight: goal.weight, baseline: goal.baseline,
        since: names.keys.min() ?? number,
        points: ordered.flatMap { day in
          day.ratings.filter { $0.goal == names[day.plan] }.map {
            GoalCourse.Point(day: day.day, rating: $0.rating)
          }
        })
    }
  }

  /// Under which number a goal of the plan that holds stands in each version, back to the one in which it began.
  private func names(of goal: Plan.Goal) -> [Int: Int] {
    var names: [Int: Int] = [:]
    for version in versions.reversed() {
      let same = version.plan.goals.filter { $0.measuresTheSame(as: goal) }
      // Of two equal goals the one in the same place.
      guard let same = same.first(where: { $0.number == goal.number }) ?? same.first else { break }
      names[version.number] = same.number
    }
    return names
  }
}

extension Plan.Goal {
  /// Whether a rating of one means the same for the other: need, words, measure, levels and baseline are equal.
  public func measuresTheSame(as other: Plan.Goal) -> Bool {
    need == other.need && title == other.title && measure == other.measure && unit == other.unit
      && ladder == other.ladder && baseline == other.baseline
  }
}

/// The ratings of one monitoring or evaluation.
public struct RatedDay: Hashable, Sendable {
  public let day: Day
  /// The version of the plan whose goals were rated.
  public let plan: Int
  public let ratings: [GoalRating]

  public init(day: Day, plan: Int, ratings: [GoalRating]) {
    self.day = day
    self.plan = plan
    self.ratings = ratings
  }
}

/// One goal from its baseline to its last rating.
public struct GoalCourse: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public let day: Day
    public let rating: Int
  }

  public let goal: Int
  public let weight: Int
  public let baseline: Int?
  /// The version of the plan in which it began.
  public let since: Int
  public let points: [Point]

  public var last: Int? { points.last?.rating }
  /// Levels gained since the baseline.
  public var change: Int? { baseline.flatMap { start in last.map { $0 - start } } }
  /// Expected or better.
  public var isReached: Bool { last.map { $0 >= 0 } ?? false }
}

/// How far one goal was reached on a day (table `goal_rating`).
public struct GoalRating: Hashable, Sendable {
  /// The goal's number in the plan, from 1.
  public let goal: Int
  /// −2 … +2.
  public let rating: Int
  /// 1–5.
  public let weight: Int

  public init(goal: Int, rating: Int, weight: Int) {
    self.goal = goal
    self.rating = rating
    self.weight = weight
  }

  /// The ratings of a monitoring or evaluation; each goal once, goals the plan does not have left out.
  public static func rows(of answers: Answers, plan: Plan) -> [GoalRating] {
    var seen: Set<Int> = []
    return answers.rows("ratings").compactMap { row in
      guard let number = row.number("goal"), let rating = row.number("rating"), (-2...2).contains(rating),
        let goal = plan[goal: number], seen.insert(number).inserted
      else { return nil }
      return GoalRating(goal: number, rating: rating, weight: min(5, max(1, goal.weight)))
    }
  }

  /// What is wrong with the ratings beyond their single fields: a goal twice, or one the plan does not have.
  public static func problems(in answers: Answers, plan: Plan) -> [Problem] {
    var seen: Set<Int> = []
    return zip(answers.indices(of: "ratings"), answers.rows("ratings")).compactMap { index, row in
      guard let number = row.number("goal") else { return nil }
      guard plan[goal: number] != nil else {
        return Problem("ratings.\(index).goal", "no-such-goal", String(number))
      }
      return seen.insert(number).inserted ? nil : Problem("ratings.\(index).goal", "twice", String(number))
    }
  }
}

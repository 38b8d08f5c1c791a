/// A case in figures at its evaluation: goals before and after, services, attendance, satisfaction.
public struct EvaluationSummary: Hashable, Sendable {
  public struct Change: Hashable, Sendable {
    public let before: Int?
    public let after: Int?
  }

  public let scoreBefore: AttainmentScore?
  public let scoreAfter: AttainmentScore?
  public let courses: [GoalCourse]
  public let services: [ServiceTotal]
  public let total: ServiceTotal
  public let absences: Change
  public let lateness: Change
  /// 1–5 by `student`, `guardian`, `teacher`; who was not asked is absent.
  public let satisfaction: [String: Int]

  /// - Parameters:
  ///   - rated: every monitoring, without this evaluation.
  ///   - evaluation: the answers of the evaluation and its day; its ratings are the last.
  public init(
    plans: PlanHistory, rated: [RatedDay], evaluation: Answers, on day: Day, given: [ServiceGiven]
  ) {
    let last = GoalRating.rows(of: evaluation, plan: plans.current)
    scoreBefore = plans.current.baselineScore
    courses = plans.courses(rated + [RatedDay(day: day, plan: plans.number, ratings: last)])
    scoreAfter = AttainmentScore(
      courses.compactMap { course in
        course.last.map { GoalRating(goal: course.goal, rating: $0, weight: course.weight) }
      })
    services = ServiceTotal.byService(given)
    total = ServiceTotal(service: nil, of: given)
    absences = Change(before: evaluation.number("absent-before"), after: evaluation.number("absent-after"))
    lateness = Change(before: evaluation.number("late-before"), after: evaluation.number("late-after"))
    satisfaction = ["student", "guardian", "teacher"].reduce(into: [:]) {
      $0[$1] = evaluation.number("satisfaction-" + $1)
    }
  }

  public var reached: Int { courses.filter(\.isReached).count }
}

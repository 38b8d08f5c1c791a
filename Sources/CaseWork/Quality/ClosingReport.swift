/// The text of a closing report (F17 종결보고서), assembled by rule from what is known: wording keys and what fills them,
/// never prose in code.
public struct ClosingReport: Hashable, Sendable {
  public enum Fill: Hashable, Sendable {
    case text(String)
    case number(Int)
    case day(Day)
    case code(CodeList.Name, String)
  }

  public struct Line: Hashable, Sendable {
    /// The wording's key.
    public let key: String
    public let fill: [String: Fill]

    public init(_ key: String, _ fill: [String: Fill] = [:]) {
      self.key = key
      self.fill = fill
    }

    /// The sentence itself.
    public func text(_ wordings: Wordings, _ lists: [CodeList.Name: CodeList], _ language: Language) -> String
    {
      wordings(
        key, language,
        fill.mapValues { fill in
          switch fill {
          case .text(let text): text
          case .number(let number): String(number)
          case .day(let day): day.description
          case .code(let list, let code): lists[list]?[code]?.words(language) ?? code
          }
        })
    }
  }

  public let lines: [Line]

  /// - Parameter reason: a code of `closure-reason`; its line is left out where nobody chose one yet.
  public init(file: CaseFile, plan: Plan, summary: EvaluationSummary, reason: String?, on day: Day) {
    var lines = [
      Line(
        "closing.period",
        ["from": .day(file.openedOn), "until": .day(day), "days": .number(file.openedOn.days(until: day))])
    ]
    if let reason { lines.append(Line("closing.reason", ["reason": .code(.closureReason, reason)])) }
    if let before = summary.scoreBefore, let after = summary.scoreAfter {
      lines.append(
        Line("closing.score", ["before": .text(before.description), "after": .text(after.description)]))
    }
    lines.append(
      Line("closing.goals", ["reached": .number(summary.reached), "count": .number(summary.courses.count)]))
    lines += summary.courses.compactMap { ClosingReport.line($0, plan) }
    lines.append(
      Line(
        "closing.services",
        [
          "count": .number(summary.total.count), "people": .number(summary.total.people),
          "minutes": .number(summary.total.minutes), "amount": .number(summary.total.amount),
        ]))
    lines += summary.services.compactMap { total in
      total.service.map {
        Line(
          "closing.service",
          ["service": .code(.service, $0), "count": .number(total.count), "minutes": .number(total.minutes)])
      }
    }
    lines += ClosingReport.change("closing.absences", summary.absences)
    lines += ClosingReport.change("closing.lateness", summary.lateness)
    self.lines = lines
  }

  private static func line(_ course: GoalCourse, _ plan: Plan) -> Line? {
    guard let goal = plan[goal: course.goal] else { return nil }
    guard let last = course.last else {
      return Line("closing.goal-unrated", ["number": .number(goal.number), "goal": .text(goal.title)])
    }
    return Line(
      course.isReached ? "closing.goal-reached" : "closing.goal-missed",
      [
        "number": .number(goal.number), "goal": .text(goal.title), "before": .text(signed(course.baseline)),
        "after": .text(signed(last)), "level": .text(goal.ladder.text(of: last) ?? ""),
      ])
  }

  private static func signed(_ rating: Int?) -> String {
    rating.map { $0 > 0 ? "+\($0)" : $0 < 0 ? "−\(-$0)" : "0" } ?? "–"
  }

  private static func change(_ key: String, _ change: EvaluationSummary.Change) -> [Line] {
    guard let before = change.before, let after = change.after else { return [] }
    return [Line(key, ["before": .number(before), "after": .number(after)])]
  }
}

extension CodeList.Name {
  public static let closureReason = CodeList.Name(rawValue: "closure-reason")
  public static let service = CodeList.Name(rawValue: "service")
}

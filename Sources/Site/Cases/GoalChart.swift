import CaseWork
import Markup

/// The course of one goal on the five levels of its ladder: every rating a dot, time running to the right.
///
/// The picture says nothing that its name does not say: the levels and days are read out, and a table holds them too.
struct GoalChart: Sendable {
  let course: GoalCourse
  /// The day the plan was made, where the baseline belongs.
  let start: Day?
  let name: String
  let say: Speech

  private static let (left, right, top, step) = (40.0, 262.0, 14.0, 20.0)

  var html: HTML {
    HTML.element("svg", [.class("chart"), .viewBox("0 0 276 122"), .role("img"), .aria("label", told)]) {
      for level in (-2...2).reversed() { line(of: level) }
      if points.count > 1 {
        HTML.element(
          "polyline", [.class("g-path"), .points(points.map { "\($0.x),\($0.y)" }.joined(separator: " "))]
        ) {
          HTML.nothing
        }
      }
      for (index, point) in points.enumerated() {
        HTML.element(
          "circle",
          [
            .class(index == points.count - 1 ? "g-dot last" : "g-dot"), .at("cx", point.x),
            .at("cy", point.y),
            .at("r", 4.5),
          ]
        ) { HTML.nothing }
      }
      if let first = labels.first { text(first, at: GoalChart.left - 6, "g-text") }
      if labels.count > 1, let last = labels.last { text(last, at: GoalChart.right + 8, "g-text g-end") }
    }
  }

  /// `주 3일 이상 학교에 온다: 시작 −2, 5. 13. −2, …`
  var told: String {
    let baseline = course.baseline.map { say("case.chart.start") + " " + CaseView.signed($0) }
    let rated = course.points.map { day(of: $0.day) + " " + CaseView.signed($0.rating) }
    return name + ": " + ([baseline].compactMap { $0 } + rated).joined(separator: ", ")
  }

  private struct Dot {
    let x: Double
    let y: Double
  }

  /// Ratings by their days; the baseline at the left edge, a step before the first where its day is not known to be earlier.
  private var points: [Dot] {
    guard let first = course.points.first?.day, let last = course.points.last?.day else {
      return course.baseline.map { [Dot(x: GoalChart.left, y: height($0))] } ?? []
    }
    let step = max(14, first.days(until: last) / max(1, course.points.count))
    let origin =
      course.baseline == nil ? first : start.flatMap { $0 < first ? $0 : nil } ?? first.adding(days: -step)
    let span = Double(max(1, origin.days(until: last)))
    let rated = course.points.map { point in
      let share = Double(origin.days(until: point.day)) / span
      return Dot(
        x: tenth(GoalChart.left + share * (GoalChart.right - GoalChart.left)), y: height(point.rating))
    }
    return (course.baseline.map { [Dot(x: GoalChart.left, y: height($0))] } ?? []) + rated
  }

  private var labels: [String] {
    let first = course.baseline == nil ? course.points.first.map { day(of: $0.day) } : say("case.chart.start")
    return [first, course.points.last.map { day(of: $0.day) }].compactMap { $0 }
  }

  private func day(of day: Day) -> String {
    say("case.chart.day", ["month": String(day.month), "day": String(day.day)])
  }

  private func height(_ level: Int) -> Double { GoalChart.top + Double(2 - level) * GoalChart.step }
  private func tenth(_ number: Double) -> Double { (number * 10).rounded() / 10 }

  private func line(of level: Int) -> HTML {
    HTML.several([
      HTML.element(
        "line",
        [
          .class(level == 0 ? "g-zero" : "g-grid"), .at("x1", GoalChart.left - 6),
          .at("x2", GoalChart.right + 8),
          .at("y1", height(level)), .at("y2", height(level)),
        ]
      ) { HTML.nothing },
      HTML.element(
        "text", [.class("g-text g-end"), .at("x", GoalChart.left - 12), .at("y", height(level) + 4.5)]
      ) { CaseView.signed(level) },
    ])
  }

  private func text(_ words: String, at x: Double, _ className: String) -> HTML {
    HTML.element("text", [.class(className), .at("x", x), .at("y", 117.0)]) { words }
  }
}

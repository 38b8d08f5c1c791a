/// One need as an assessment saw it (table `need_seen`): its area and numbers, not what was told.
public struct NeedSeen: Hashable, Sendable {
  /// N01 … N15.
  public let area: String
  /// 0–4.
  public let severity: Int
  /// How much the student wants it changed, 0–4.
  public let will: Int?
  /// 1 is first.
  public let priority: Int

  public init(area: String, severity: Int, will: Int?, priority: Int) {
    self.area = area
    self.severity = severity
    self.will = will
    self.priority = priority
  }

  /// Each area once, the more severe of two; in the order of their priority.
  public static func rows(of answers: Answers) -> [NeedSeen] {
    var needs: [String: NeedSeen] = [:]
    for (index, row) in answers.rows("needs").enumerated() {
      guard let area = row["area"] else { continue }
      let need = NeedSeen(
        area: area, severity: min(4, max(0, row.number("severity") ?? 0)),
        will: row.number("will").map { min(4, max(0, $0)) }, priority: row.number("priority") ?? index + 1)
      if let other = needs[area], other.severity >= need.severity { continue }
      needs[area] = need
    }
    return needs.values.sorted { ($0.priority, $0.area) < ($1.priority, $1.area) }
  }
}

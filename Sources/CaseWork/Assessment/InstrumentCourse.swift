/// One scale of an instrument through a case: the first score, and the last where it was asked again.
///
/// A score tells of one respondent; two respondents are two courses and are never averaged.
public struct InstrumentCourse: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public let day: Day
    public let score: Int
  }

  public let instrument: String
  public let respondent: String
  /// `total`, or the id of a subscale.
  public let scale: String
  /// Oldest first; never empty.
  public let points: [Point]

  public var first: Point { points[0] }
  /// `nil` while it was scored only once.
  public var last: Point? { points.count > 1 ? points.last : nil }
  /// Points gained since the first time; `nil` while it was scored only once.
  public var change: Int? { last.map { $0.score - first.score } }

  /// A course for each scale and respondent, in the order of their names, totals before subscales.
  public static func courses(_ scores: [(day: Day, score: InstrumentScore)]) -> [InstrumentCourse] {
    let ordered = scores.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
    let grouped = Dictionary(grouping: ordered.map(\.element)) {
      [$0.score.instrument, $0.score.respondent, $0.score.scale == "total" ? "" : $0.score.scale]
    }
    return grouped.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { _, scores in
      guard let one = scores.first?.score else { return nil }
      return InstrumentCourse(
        instrument: one.instrument, respondent: one.respondent, scale: one.scale,
        points: scores.map { Point(day: $0.day, score: $0.score.score) })
    }
  }
}

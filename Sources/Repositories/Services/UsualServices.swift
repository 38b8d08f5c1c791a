public import CaseWork
public import Store

extension Session {
  /// Which services a school gave most often in `days`, the most frequent first, with the minutes they mostly took.
  public func usualServices(
    in school: ID<School>, from days: ClosedRange<Day>
  ) throws -> [(service: String, minutes: Int)] {
    var counts: [String: [Int: Int]] = [:]
    try forEach(
      """
      SELECT g.service, g.minutes, COUNT(*)
      FROM (
        SELECT service, minutes
        FROM service_given
        WHERE school_id = \(school) AND day BETWEEN \(days.lowerBound) AND \(days.upperBound)
        ORDER BY day DESC
        LIMIT 500
      ) g
      GROUP BY g.service, g.minutes
      """
    ) { row in
      counts[try row.get(0), default: [:]][try row.get(1)] = try row.get(2)
    }
    return
      counts
      .map { service, byMinutes in
        (
          service: service, count: byMinutes.values.reduce(0, +),
          minutes: byMinutes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        )
      }
      .sorted { ($1.count, $0.service) < ($0.count, $1.service) }
      .map { (service: $0.service, minutes: $0.minutes) }
  }
}

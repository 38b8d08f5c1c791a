/// When a service is open in an ordinary week.
///
/// Read from schedules of RFC 5545 that recur weekly on days; whatever else a schedule may say counts as not told.
public struct OpeningHours: Hashable, Sendable {
  public struct Span: Hashable, Sendable {
    /// 0 is Sunday, 6 is Saturday.
    public let weekday: Int
    /// Minutes since midnight.
    public let opens: Int
    public let closes: Int

    public init(weekday: Int, opens: Int, closes: Int) {
      self.weekday = weekday
      self.opens = opens
      self.closes = closes
    }
  }

  public let spans: [Span]

  public init(_ spans: [Span]) {
    self.spans = spans.sorted { ($0.weekday, $0.opens) < ($1.weekday, $1.opens) }
  }

  static let days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]

  /// From an entry's schedules.
  public init(of entry: DirectoryEntry) {
    self.init(entry[part: "schedules"].flatMap(Self.spans))
  }

  /// What one schedule tells of an ordinary week; none where it is no plain week.
  static func spans(of schedule: DirectoryEntry) -> [Span] {
    guard schedule["freq"] == "WEEKLY", (schedule[number: "interval"] ?? 1) == 1,
      let opens = schedule["opens_at"].flatMap(minutes), let closes = schedule["closes_at"].flatMap(minutes),
      opens < closes
    else { return [] }
    return (schedule["byday"] ?? "").split(separator: ",").compactMap { day in
      days.firstIndex(of: String(day)).map { Span(weekday: $0, opens: opens, closes: closes) }
    }
  }

  /// Days with the same hours together, from Monday on.
  var groups: [(opens: Int, closes: Int, days: [Int])] {
    var groups: [(opens: Int, closes: Int, days: [Int])] = []
    for span in spans.sorted(by: { (($0.weekday + 6) % 7, $0.opens) < (($1.weekday + 6) % 7, $1.opens) }) {
      if let index = groups.firstIndex(where: { $0.opens == span.opens && $0.closes == span.closes }) {
        groups[index].days.append(span.weekday)
      } else {
        groups.append((span.opens, span.closes, [span.weekday]))
      }
    }
    return groups
  }

  public func isOpen(weekday: Int, minute: Int) -> Bool {
    spans.contains { $0.weekday == weekday && $0.opens <= minute && minute < $0.closes }
  }

  /// `9:00`, `09:00:00`, with or without a zone, as minutes since midnight; 24:00 is the end of the day.
  public static func minutes(_ text: String) -> Int? {
    let parts = text.split(whereSeparator: { ":Z+".contains($0) }).prefix(2).compactMap { Int($0) }
    guard parts.count == 2, (0...24).contains(parts[0]), (0...59).contains(parts[1]) else { return nil }
    let minutes = parts[0] * 60 + parts[1]
    return minutes <= 1440 ? minutes : nil
  }
}

extension Offer {
  public var hours: OpeningHours {
    get { OpeningHours(of: entry) }
    set { setSchedules(newValue) }
  }

  /// One schedule for all days with the same hours; schedules that are no plain weeks stay.
  private mutating func setSchedules(_ hours: OpeningHours) {
    let others = entry[part: "schedules"].filter { OpeningHours.spans(of: $0).isEmpty }
    let weekly = hours.groups.map { group in
      let days = group.days.map { OpeningHours.days[$0] }.joined(separator: ",")
      var schedule = DirectoryEntry(
        .schedule, id: entry.id.joined(with: DirectoryTerm.name(of: "\(days)\(group.opens)\(group.closes)")))
      schedule["freq"] = "WEEKLY"
      schedule["byday"] = days
      schedule["opens_at"] = OpeningHours.clock(group.opens)
      schedule["closes_at"] = OpeningHours.clock(group.closes)
      return schedule
    }
    setPart("schedules", others + weekly)
  }

  private mutating func setPart(_ name: String, _ entries: [DirectoryEntry]) {
    var changed = entry
    changed[part: name] = entries
    self = Offer(changed, version: version)
  }
}

extension OpeningHours {
  public static func clock(_ minutes: Int) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60)
    return (hours < 10 ? "0" : "") + "\(hours):" + (rest < 10 ? "0" : "") + "\(rest)"
  }
}

extension OpeningHours {
  private static let korean: [Character] = Array("일월화수목금토")

  /// As a person types it, a line for each span of hours: `월-금 09:00-18:00`, `토 9:00~13:00`, `MO-FR 09:00-18:00`.
  ///
  /// - Returns: `nil` where a line says anything else.
  public init?(lines: [String]) {
    var spans: [Span] = []
    for line in lines {
      let words = ["~", "–", " - "].reduce(line) { $0.replacing($1, with: "-") }
        .split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let days = Self.weekdays(String(words[0])) else { return nil }
      let clock = words[1].split(separator: "-").compactMap { Self.minutes(String($0)) }
      guard clock.count == 2, clock[0] < clock[1] else { return nil }
      spans += days.map { Span(weekday: $0, opens: clock[0], closes: clock[1]) }
    }
    self.init(spans)
  }

  /// The same lines again, days with the same hours together.
  public var lines: [String] {
    groups.map { "\(Self.spoken($0.days)) \(Self.clock($0.opens))-\(Self.clock($0.closes))" }
  }

  /// `월-금`, `월,수,금`: three days in a row or more are joined.
  private static func spoken(_ days: [Int]) -> String {
    let places = days.map { ($0 + 6) % 7 }.sorted()
    var runs: [ClosedRange<Int>] = []
    for place in places {
      if let last = runs.last, last.upperBound + 1 == place {
        runs[runs.count - 1] = last.lowerBound...place
      } else {
        runs.append(place...place)
      }
    }
    let name = { (place: Int) in String(korean[(place + 1) % 7]) }
    return runs.flatMap { run in
      run.count > 2
        ? [name(run.lowerBound) + "-" + name(run.upperBound)] : run.map(name)
    }.joined(separator: ",")
  }

  private static func weekdays(_ text: String) -> [Int]? {
    var found: [Int] = []
    for part in text.uppercased().split(separator: ",") {
      let ends = part.split(separator: "-").map { weekday(String($0)) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else { return nil }
      // Counted from Monday, so that 토-일 is two days.
      let (from, to) = ((first + 6) % 7, (last + 6) % 7)
      guard from <= to else { return nil }
      found += (from...to).map { ($0 + 1) % 7 }
    }
    return found.isEmpty ? nil : found
  }

  private static func weekday(_ text: String) -> Int? {
    if let index = days.firstIndex(of: text) { return index }
    let name = text.hasSuffix("요일") ? String(text.dropLast(2)) : text
    return name.count == 1 ? name.first.flatMap { korean.firstIndex(of: $0) } : nil
  }
}

public import CaseWork
public import Store

extension Session {
  public var schools: Schools { Schools(session: self) }
}

/// Schools and their years: nothing personal, so anybody who works here may look.
public struct Schools {
  let session: any Session

  public func all() throws -> [School] {
    try session.rows("SELECT id, name, kind FROM school ORDER BY name, id", school)
  }

  /// Some schools, in the order of their names.
  public func some(_ ids: some Collection<ID<School>>) throws -> [School] {
    guard !ids.isEmpty else { return [] }
    return try session.rows(
      "SELECT id, name, kind FROM school WHERE id IN \(SQL.list(Set(ids).sorted())) ORDER BY name, id", school
    )
  }

  /// The same, but nothing where there is only one: what lies in one school need not say in which.
  public func several(_ ids: Set<ID<School>>) throws -> [School] { ids.count > 1 ? try some(ids) : [] }

  public func find(_ id: ID<School>) throws -> School? {
    try session.row("SELECT id, name, kind FROM school WHERE id = \(id)", school)
  }

  public func insert(_ school: School) throws {
    try session.execute(
      """
      INSERT INTO school (id, name, kind, version)
      VALUES (\(school.id), \(school.name), \(school.kind), 1)
      """)
  }

  public func place(of school: ID<School>) throws -> SchoolPlace {
    try session.row("SELECT area, latitude, longitude FROM school WHERE id = \(school)") { row in
      SchoolPlace(area: try row.optional(0), point: GeoPoint(try row.optional(1), try row.optional(2)))
    } ?? SchoolPlace(area: nil)
  }

  public func set(_ place: SchoolPlace, of school: ID<School>) throws {
    let (latitude, longitude) = place.point?.millionths ?? (nil, nil)
    try session.execute(
      """
      UPDATE school
      SET area = \(place.area), latitude = \(latitude), longitude = \(longitude), version = version + 1
      WHERE id = \(school)
      """)
  }

  public func years(of school: ID<School>) throws -> [SchoolYear] {
    try session.rows(
      """
      SELECT year, first_term_ends, breaks
      FROM school_year
      WHERE school_id = \(school)
      ORDER BY year
      """
    ) { row in
      SchoolYear(
        year: try row.get(0), firstTermEnds: try row.get(1),
        breaks: Self.breaks(try row.get(2, as: String.self)))
    }
  }

  /// Sets a year that is not there yet, or replaces what it said.
  public func set(_ year: SchoolYear, of school: ID<School>) throws {
    let breaks = year.breaks.map { "\($0.lowerBound)..\($0.upperBound)" }.joined(separator: ",")
    try session.execute(
      """
      INSERT INTO school_year (school_id, year, first_term_ends, breaks, version)
      VALUES (\(school), \(year.year), \(year.firstTermEnds), \(breaks), 1)
      ON CONFLICT (school_id, year) DO UPDATE
      SET first_term_ends = excluded.first_term_ends, breaks = excluded.breaks, version = school_year.version + 1
      """)
  }

  /// Which days are school days there, over all years it has set.
  public func calendar(of school: ID<School>, holidays: Set<Day>) throws -> SchoolCalendar {
    SchoolCalendar(years: try years(of: school), holidays: holidays)
  }

  /// The same for several schools, in one statement.
  public func calendars(
    of schools: some Sequence<ID<School>>, holidays: Set<Day>
  ) throws -> [ID<School>: SchoolCalendar] {
    let schools = Set(schools).sorted()
    guard !schools.isEmpty else { return [:] }
    var breaks: [ID<School>: [ClosedRange<Day>]] = [:]
    try session.forEach(
      "SELECT school_id, breaks FROM school_year WHERE school_id IN \(SQL.list(schools)) ORDER BY school_id, year"
    ) { breaks[try $0.get(0), default: []] += Self.breaks(try $0.get(1, as: String.self)) }
    return schools.reduce(into: [:]) {
      $0[$1] = SchoolCalendar(holidays: holidays, breaks: breaks[$1] ?? [])
    }
  }

  private func school(_ row: borrowing Row) throws -> School {
    School(id: try row.get(0), name: try row.get(1), kind: try row.get(2))
  }

  private static func breaks(_ text: String) -> [ClosedRange<Day>] {
    text.split(separator: ",").compactMap { part in
      let days = part.split(separator: ".", omittingEmptySubsequences: true).compactMap { Day(String($0)) }
      return days.count == 2 && days[0] <= days[1] ? days[0]...days[1] : nil
    }
  }
}

extension GeoPoint {
  /// Millionths of a degree, as the columns hold them; `nil` where one is missing.
  init?(_ latitude: Int?, _ longitude: Int?) {
    guard let latitude, let longitude else { return nil }
    self.init(latitude: Double(latitude) / 1_000_000, longitude: Double(longitude) / 1_000_000)
  }

  var millionths: (latitude: Int?, longitude: Int?) {
    (Int((latitude * 1_000_000).rounded()), Int((longitude * 1_000_000).rounded()))
  }
}

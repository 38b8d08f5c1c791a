/// Which column of a class list holds what: suggested from its headers, corrected by the person who imports it.
public struct RosterMapping: Hashable, Sendable, Codable {
  /// The number of the row that holds the headers; what comes before it is a title.
  public let headerRow: Int
  public let headers: [String]
  /// By column, from 0. Columns that are not here are not read.
  public var fields: [Int: Roster.Field]
  /// Columns of resident registration numbers: refused whole, whatever a person maps.
  public let refused: Set<Int>

  public init(headerRow: Int, headers: [String], fields: [Int: Roster.Field], refused: Set<Int>) {
    self.headerRow = headerRow
    self.headers = headers
    self.fields = fields
    self.refused = refused
  }

  /// The mapping that the headers suggest: the row among the first that names most columns is the header.
  ///
  /// - Parameter rows: number and cells of every row.
  public init(suggestedFor rows: [(number: Int, cells: [String])], by roster: Roster) {
    let known = rows.prefix(20).map { row in
      (row: row, count: row.cells.filter { roster.field(of: $0) != nil || roster.isRefused($0) }.count)
    }
    let best = known.max { $0.count < $1.count || ($0.count == $1.count && $0.row.number > $1.row.number) }
    guard let best, best.count > 0 else {
      self.init(
        headerRow: 0, headers: [], fields: [:], refused: Self.refused(in: rows[...], headers: [], by: roster))
      return
    }
    let headers = best.row.cells
    let refused = Self.refused(
      in: rows.drop { $0.number <= best.row.number }, headers: headers, by: roster)
    var fields: [Int: Roster.Field] = [:]
    for (column, header) in headers.enumerated() where !refused.contains(column) {
      if let field = roster.field(of: header), !fields.values.contains(field) { fields[column] = field }
    }
    self.init(headerRow: best.row.number, headers: headers, fields: fields, refused: refused)
  }

  public func column(of field: Roster.Field) -> Int? { fields.first { $0.value == field }?.key }
  public func has(_ field: Roster.Field) -> Bool { column(of: field) != nil }

  /// What keeps this mapping from being used.
  public var problems: [Problem] {
    var problems: [Problem] = []
    if !has(.name) { problems.append(Problem("name", "column-needed")) }
    if !has(.gradeClass), !has(.grade) { problems.append(Problem("grade", "column-needed")) }
    if !has(.gradeClass), !has(.className) { problems.append(Problem("class", "column-needed")) }
    // Without a number of the school's own, a student is known again by name and birthday.
    if !has(.number), !has(.birthDay) { problems.append(Problem("number", "number-or-birth-day-needed")) }
    for (field, count) in Dictionary(grouping: fields.values, by: \.self).mapValues(\.count) where count > 1 {
      problems.append(Problem(field.rawValue, "column-twice"))
    }
    for column in fields.keys.sorted() where refused.contains(column) {
      problems.append(Problem("column.\(column)", "national-id-column"))
    }
    return problems
  }

  /// Columns named so, or where most filled cells look so, even half hidden by stars.
  private static func refused(
    in rows: ArraySlice<(number: Int, cells: [String])>, headers: [String], by roster: Roster
  ) -> Set<Int> {
    var refused = Set(headers.indices.filter { roster.isRefused(headers[$0]) })
    var filled: [Int: Int] = [:]
    var alike: [Int: Int] = [:]
    for row in rows.prefix(500) {
      for (column, cell) in row.cells.enumerated() where !cell.isEmpty {
        filled[column, default: 0] += 1
        if RosterMapping.isNationalID(cell) { alike[column, default: 0] += 1 }
      }
    }
    for (column, count) in alike where count * 2 > filled[column, default: 0] { refused.insert(column) }
    return refused
  }

  /// A resident number in whole, or with its end hidden: `140302-3******`.
  static func isNationalID(_ cell: String) -> Bool {
    guard cell.utf8.count >= 13 else { return false }
    // Phone numbers fill whole columns and have eleven digits: they are let through before anything costly.
    let digits = cell.utf8.count { (0x30...0x39).contains($0) }
    let isPlain = cell.utf8.allSatisfy {
      (0x20..<0x7F).contains($0) && $0 != 0x2A && $0 != 0x78 && $0 != 0x58
    }
    guard digits >= 13 || !isPlain else { return false }
    return NationalID.isFound(in: cell) || cell.contains(/[0-9]{6}\s?[-–]\s?[1-8][*●○xX＊]{2,6}/)
  }
}

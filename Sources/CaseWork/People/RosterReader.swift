/// Turns rows of a class list into students, and tells what is wrong with the others.
public struct RosterReader: Sendable {
  private let roster: Roster
  private let columns: [Roster.Field: Int]
  private let year: Int
  private let kind: School.Kind
  /// Codes by folded spelling.
  private let sexes: [String: String]
  private let relations: [String: String]
  /// The row in which each key was first seen.
  private var seen: [String: Int] = [:]

  /// - Parameters:
  ///   - roster: how class lists name things.
  ///   - mapping: which column holds what; must have no problems.
  ///   - year: the school year the list is of.
  ///   - kind: of the school, for its grades.
  public init(_ roster: Roster, mapping: RosterMapping, year: Int, kind: School.Kind) throws(Refusal) {
    guard mapping.problems.isEmpty else { throw .invalid(mapping.problems) }
    self.roster = roster
    columns = Dictionary(mapping.fields.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.year = year
    self.kind = kind
    sexes = Self.codes(roster.sexes)
    relations = Self.codes(roster.relations)
  }

  /// The student of a row. Rows must come in order: of two with one key the second is refused.
  public mutating func read(row: Int, cells: [String]) throws(RosterProblem) -> RosterRow {
    let texts = Texts(row: row, cells: cells, columns: columns)
    for field in Roster.Field.allCases where texts.isNationalID(field) {
      throw RosterProblem(row: row, field: field, code: .nationalID)
    }
    let name = try texts.required(.name, atMost: 40)
    let birthDay = try birthDay(texts)
    let (grade, className) = try gradeAndClass(texts)
    let seat = try seat(texts)
    let enrolment = Enrolment(year: year, grade: grade, className: className, seat: seat)
    let number = try number(texts, enrolment: enrolment)
    let key = columns[.number] == nil ? "\(name)/\(birthDay?.description ?? "")" : number
    if let first = seen[key] {
      throw RosterProblem(row: row, field: .number, code: .duplicateNumber, detail: String(first))
    }
    let student = RosterRow(
      row: row, key: key,
      profile: Student.Profile(
        name: name, birthDay: birthDay, number: number, sex: try sex(texts),
        phone: try texts.optional(.phone, atMost: 40),
        address: try texts.optional(.address, atMost: 200),
        language: try texts.optional(.language, atMost: 40)),
      enrolment: enrolment, guardian: try guardian(texts))
    seen[key] = row
    return student
  }

  private func number(_ texts: Texts, enrolment: Enrolment) throws(RosterProblem) -> String {
    guard columns[.number] != nil else {
      return enrolment.classLabel + (enrolment.seat.map { "-\($0)" } ?? "")
    }
    return try texts.required(.number, atMost: 40)
  }

  private func birthDay(_ texts: Texts) throws(RosterProblem) -> Day? {
    guard let text = try texts.optional(.birthDay, atMost: 40) else {
      if columns[.number] == nil { throw texts.problem(.birthDay, .required) }
      return nil
    }
    guard let day = Self.day(text, year: year) else { throw texts.problem(.birthDay, .notADay) }
    guard (4...25).contains(year - day.year) else { throw texts.problem(.birthDay, .impossibleBirthDay) }
    return day
  }

  /// A day as typed, also `140302`, `14.03.02` and with a time behind it.
  private static func day(_ text: String, year: Int) -> Day? {
    if let day = Day(typed: text) { return day }
    let groups = text.split { !("0"..."9").contains($0) }.map(String.init)
    if groups.count > 3, groups[0].count == 4 { return Day(typed: groups.prefix(3).joined(separator: "-")) }
    let digits =
      groups.count == 3 && groups[0].count == 2 && groups[1...].allSatisfy { $0.count <= 2 }
      ? groups.map { $0.count == 1 ? "0" + $0 : $0 }.joined() : groups.count == 1 ? groups[0] : ""
    guard digits.count == 6, let number = Int(digits) else { return nil }
    let short = number / 10_000
    return Day(short + (short <= year % 100 ? 2000 : 1900), number / 100 % 100, number % 100)
  }

  private func gradeAndClass(_ texts: Texts) throws(RosterProblem) -> (Int, String) {
    if columns[.gradeClass] != nil {
      let text = try texts.required(.gradeClass, atMost: 20)
      let bare = removing(roster.classMarks, from: text)
      let parts = bare.split { !$0.isLetter && !$0.isNumber }.flatMap { split(String($0)) }
      guard parts.count == 2 else { throw texts.problem(.gradeClass, .unknownClass) }
      return (
        try grade(parts[0], texts, .gradeClass), try className(parts[1], texts, .gradeClass, grade: nil)
      )
    }
    let grade = try grade(texts.required(.grade, atMost: 20), texts, .grade)
    return (grade, try className(texts.required(.className, atMost: 20), texts, .className, grade: grade))
  }

  /// `2학년3` as 2 and 3.
  private func split(_ part: String) -> [String] {
    for mark in roster.gradeMarks {
      let halves = part.split(separator: mark, omittingEmptySubsequences: true).map(String.init)
      if halves.count > 1 { return halves }
    }
    return [part]
  }

  private func grade(_ text: String, _ texts: Texts, _ field: Roster.Field) throws(RosterProblem) -> Int {
    let last =
      switch kind {
      case .elementary: 6
      case .middle, .high: 3
      case .special, .centre: 12
      }
    guard let grade = Int(removing(roster.gradeMarks, from: text)), (1...last).contains(grade) else {
      throw texts.problem(field, .impossibleGrade, String(last))
    }
    return grade
  }

  /// A number without leading zeros, or the name of a class; `2-3` where the grade is 2.
  private func className(
    _ text: String, _ texts: Texts, _ field: Roster.Field, grade: Int?
  ) throws(RosterProblem) -> String {
    var bare = removing(roster.classMarks, from: text)
    let halves = bare.split(separator: "-", omittingEmptySubsequences: false)
    if let grade, halves.count == 2, Int(halves[0]) == grade, Int(halves[1]) != nil {
      bare = String(halves[1])
    }
    if let number = Int(bare) {
      guard (1...99).contains(number) else { throw texts.problem(field, .unknownClass) }
      return String(number)
    }
    guard (1...10).contains(bare.count), bare.allSatisfy(\.isLetter) else {
      throw texts.problem(field, .unknownClass)
    }
    return bare
  }

  private func seat(_ texts: Texts) throws(RosterProblem) -> Int? {
    guard let text = try texts.optional(.seat, atMost: 20) else { return nil }
    guard let seat = Int(text.prefix { $0.isNumber }), (1...999).contains(seat) else {
      throw texts.problem(.seat, .unknownSeat)
    }
    return seat
  }

  private func sex(_ texts: Texts) throws(RosterProblem) -> String? {
    guard let text = try texts.optional(.sex, atMost: 20) else { return nil }
    guard let sex = sexes[Roster.folded(text)] else { throw texts.problem(.sex, .unknownSex) }
    return sex
  }

  private func guardian(_ texts: Texts) throws(RosterProblem) -> RosterRow.Guardian? {
    let phone = try texts.optional(.guardianPhone, atMost: 40)
    let relation = try texts.optional(.guardianRelation, atMost: 20)
    guard let name = try texts.optional(.guardianName, atMost: 40) else { return nil }
    return RosterRow.Guardian(
      relation: relation.flatMap { relations[Roster.folded($0)] } ?? roster.otherRelation,
      name: name,
      phone: phone)
  }

  private static func codes(_ spellings: [String: [String]]) -> [String: String] {
    let pairs = spellings.flatMap { code, texts in texts.map { (Roster.folded($0), code) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private func removing(_ marks: [String], from text: String) -> String {
    var bare = text.filter { !$0.isWhitespace }
    for mark in marks {
      if bare.count > mark.count, bare.hasSuffix(mark) { bare.removeLast(mark.count) }
      if bare.count > mark.count, bare.hasPrefix(mark), bare.dropFirst(mark.count).allSatisfy(\.isNumber) {
        bare.removeFirst(mark.count)
      }
    }
    return bare
  }
}

/// The cells of one row by what they hold, cleaned.
private struct Texts {
  let row: Int
  let cells: [String]
  let columns: [Roster.Field: Int]

  private func raw(_ field: Roster.Field) -> String {
    guard let column = columns[field], cells.indices.contains(column) else { return "" }
    return cells[column]
  }

  func isNationalID(_ field: Roster.Field) -> Bool {
    RosterMapping.isNationalID(raw(field)) || raw(field) == RosterRedaction.mark
  }

  func optional(_ field: Roster.Field, atMost limit: Int) throws(RosterProblem) -> String? {
    let cell = raw(field)
    // Half of all cells are plain letters and digits, and cleaning costs more than reading.
    let isPlain = cell.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    let text = isPlain ? cell : Text.withPlainDigits(Text.cleaned(cell, keepingLines: false))
    guard text.count <= limit else { throw problem(field, .tooLong, String(limit)) }
    return text.isEmpty ? nil : text
  }

  func required(_ field: Roster.Field, atMost limit: Int) throws(RosterProblem) -> String {
    guard let text = try optional(field, atMost: limit) else { throw problem(field, .required) }
    return text
  }

  func problem(_ field: Roster.Field, _ code: RosterProblem.Code, _ detail: String? = nil) -> RosterProblem {
    RosterProblem(row: row, field: field, code: code, detail: detail)
  }
}

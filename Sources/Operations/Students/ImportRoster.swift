public import CaseWork
public import Documents
internal import Foundation
internal import Practice
public import Repositories
internal import Store

/// What an import would do, before it does it.
public struct RosterPreview: Hashable, Sendable {
  /// `nil` while the mapping has problems.
  public let id: ID<RosterImport>?
  public let format: Table.Format
  public let sheet: String?
  public let sheets: [String]
  public let mapping: RosterMapping
  public let mappingProblems: [Problem]
  /// The first rows as they were understood.
  public let sample: [RosterRow]
  public let total: Int
  public let problems: [RosterProblem]
}

/// What an import did.
public struct RosterReport: Hashable, Sendable {
  public let progress: RosterImport
  public let problems: [RosterProblem]
  /// Enrolled this year but not in the list: reported, never removed.
  public let missing: [ID<Student>]
}

/// Brings a class list in: first a preview, then the import, in batches that a crash or a second click cannot double.
public struct ImportRoster: Sendable {
  /// What happens with a list some rows of which cannot be taken.
  public enum Choice: String, Hashable, Sendable, Codable {
    case allOrNothing = "all-or-nothing"
    case goodRowsOnly = "good-rows-only"
  }

  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Reads a file and says what would happen.
  ///
  /// - Parameters:
  ///   - name: of the file, only to say better what is wrong with it.
  ///   - mapping: as the person corrected it; suggested where it is `nil`.
  ///   - year: the school year the list is of.
  /// - Throws: `TableProblem` where the file cannot be read.
  public func preview(
    _ bytes: [UInt8], name: String, sheet: String? = nil, mapping corrected: [Int: Roster.Field]? = nil,
    in school: ID<School>, year: Int, by asker: Asker
  ) async throws -> RosterPreview {
    try StudentRights.require(StudentRights.importing, in: school, of: asker.staff)
    let kind = try await kind(of: school)
    let table = try TableFile.read(bytes, name: name, sheet: sheet)
    var mapping = RosterMapping(
      suggestedFor: table.rows.map { ($0.number, $0.cells) }, by: office.practice.roster)
    if let corrected { mapping.fields = corrected }
    let upload = RosterUpload(
      head: .init(year: year, mapping: mapping),
      rows: table.rows.filter { $0.number > mapping.headerRow }.map {
        Table.Row(number: $0.number, cells: RosterRedaction.redacted($0.cells, refused: mapping.refused))
      })
    guard mapping.problems.isEmpty else {
      return RosterPreview(
        id: nil, format: table.format, sheet: table.sheet, sheets: table.sheets, mapping: mapping,
        mappingProblems: mapping.problems, sample: [], total: upload.rows.count, problems: [])
    }
    let read = try read(upload, kind: kind)
    let problems = try await read.problems + others(read.rows, in: school, year: year)
    let instant = office.clock()
    let entry = RosterImport(
      id: office.id(at: instant), school: school, by: asker.staff.id, begunAt: instant,
      total: upload.rows.count,
      refused: problems.count)
    let (vault, kept) = (office.vault, try upload.bytes)
    try await office.database.write { session in
      try session.rosterImports(of: school, vault).insert(entry, upload: kept)
    }
    try await office.recordAccess(
      by: asker, work: "preview-roster", school: school, subjects: upload.rows.count)
    return RosterPreview(
      id: entry.id, format: table.format, sheet: table.sheet, sheets: table.sheets, mapping: mapping,
      mappingProblems: [], sample: Array(read.rows.prefix(10)), total: upload.rows.count,
      problems: problems.sorted { $0.row < $1.row })
  }

  /// Imports what was previewed, or goes on where an interrupted import stopped.
  public func run(
    _ id: ID<RosterImport>, in school: ID<School>, _ choice: Choice, by asker: Asker
  ) async throws -> RosterReport {
    try StudentRights.require(StudentRights.importing, in: school, of: asker.staff)
    let (kind, vault) = (try await kind(of: school), office.vault)
    let (found, bytes) = try await office.database.read { session in
      let imports = session.rosterImports(of: school, vault)
      return (try imports.find(id), try imports.upload(of: id))
    }
    guard let bytes, found.status == .previewed || found.status == .running else {
      throw Refusal.conflict(.alreadyClosed)
    }
    let upload = try RosterUpload(bytes: bytes)
    let read = try read(upload, kind: kind)
    let others = try await others(read.rows, in: school, year: upload.head.year)
    let problems = (read.problems + others).sorted { $0.row < $1.row }
    guard problems.isEmpty || choice == .goodRowsOnly else {
      throw Refusal.invalid([Problem("rows", "roster-has-problems", String(problems.count))])
    }
    let refused = Set(problems.map(\.row))
    let rows = read.rows.filter { !refused.contains($0.row) }
    var entry = found
    entry.refused = problems.count
    entry.status = .running
    for start in stride(from: min(entry.done, rows.count), to: rows.count, by: Self.batch) {
      entry = try await run(rows[start..<min(start + Self.batch, rows.count)], of: entry)
    }
    return try await finish(
      entry, keys: rows.map(\.key) + upload.numbers, problems: problems, year: upload.head.year, by: asker)
  }

  /// How far it is; for the page that waits.
  public func progress(
    _ id: ID<RosterImport>, in school: ID<School>, by asker: Asker
  ) async throws -> RosterImport {
    try StudentRights.require(StudentRights.importing, in: school, of: asker.staff)
    let vault = office.vault
    return try await office.database.read { try $0.rosterImports(of: school, vault).find(id) }
  }

  /// Gives up an import that has not begun, and forgets what was uploaded.
  public func cancel(_ id: ID<RosterImport>, in school: ID<School>, by asker: Asker) async throws {
    try StudentRights.require(StudentRights.importing, in: school, of: asker.staff)
    let (vault, instant) = (office.vault, office.clock())
    try await office.database.write { session in
      let imports = session.rosterImports(of: school, vault)
      var entry = try imports.find(id)
      guard entry.status == .previewed else { throw Refusal.conflict(.alreadyClosed) }
      entry.status = .cancelled
      entry.finishedAt = instant
      try imports.advance(entry, from: entry.done)
    }
  }

  private static let batch = 1000

  private func kind(of school: ID<School>) async throws -> School.Kind {
    guard let found = try await office.database.read({ try $0.schools.find(school) }) else {
      throw Refusal.notFound
    }
    return found.kind
  }

  private func read(
    _ upload: RosterUpload, kind: School.Kind
  ) throws -> (rows: [RosterRow], problems: [RosterProblem]) {
    var reader = try RosterReader(
      office.practice.roster, mapping: upload.head.mapping, year: upload.head.year, kind: kind)
    var rows: [RosterRow] = []
    var problems: [RosterProblem] = []
    for row in upload.rows {
      do throws(RosterProblem) {
        rows.append(try reader.read(row: row.number, cells: row.cells))
      } catch {
        problems.append(error)
      }
    }
    return (rows, problems)
  }

  /// Rows whose number the school knows as that of another child.
  private func others(_ rows: [RosterRow], in school: ID<School>, year: Int) async throws -> [RosterProblem] {
    let vault = office.vault
    var problems: [RosterProblem] = []
    for start in stride(from: 0, to: rows.count, by: Self.batch) {
      let part = Array(rows[start..<min(start + Self.batch, rows.count)])
      problems += try await office.database.read { session in
        let known = try session.students(of: [school], vault).existing(
          part.map(\.key), in: school, year: year)
        return part.compactMap { row in
          guard let other = known[row.key]?.student.profile, row.isAnother(than: other) else { return nil }
          return RosterProblem(row: row.row, field: .number, code: .numberOfAnother)
        }
      }
    }
    return problems
  }

  private func run(_ rows: ArraySlice<RosterRow>, of before: RosterImport) async throws -> RosterImport {
    let instant = office.clock()
    let (school, vault) = (before.school, office.vault)
    let steps = rows.map { row in
      Step(row: row, student: office.id(at: instant), relative: office.id(at: instant))
    }
    return try await office.database.write { session in
      let students = session.students(of: [school], vault)
      let known = try students.existing(
        steps.map(\.row.key), in: school, year: rows.first?.enrolment.year ?? 0)
      var entry = before
      entry.done += steps.count
      var new: [(student: Student, key: String, enrolment: Enrolment?)] = []
      var classes: [(ID<Student>, ID<School>, Enrolment)] = []
      for step in steps {
        guard let kept = known[step.row.key] else {
          new.append(
            (
              Student(id: step.student, school: school, version: 1, profile: step.row.profile), step.row.key,
              step.row.enrolment
            ))
          continue
        }
        guard !step.row.isAnother(than: kept.student.profile) else { continue }
        var student = kept.student
        student.profile = step.row.merged(into: kept.student.profile)
        let isNewProfile = student.profile != kept.student.profile
        let isNewClass = kept.enrolment != step.row.enrolment
        if isNewProfile { try students.update(student) }
        if isNewClass { classes.append((student.id, school, step.row.enrolment)) }
        if isNewProfile || isNewClass { entry.changed += 1 }
      }
      try students.insert(new)
      try students.set(classes)
      try students.insert(
        steps.filter { known[$0.row.key] == nil }.compactMap { step in
          step.row.guardian.map {
            (Relative(id: step.relative, relation: $0.relation, name: $0.name, phone: $0.phone), step.student)
          }
        }, in: school)
      entry.added += new.count
      try session.rosterImports(of: school, vault).advance(entry, from: before.done)
      return entry
    }
  }

  private struct Step: Sendable {
    let row: RosterRow
    let student: ID<Student>
    let relative: ID<Relative>
  }

  private func finish(
    _ before: RosterImport, keys: [String], problems: [RosterProblem], year: Int, by asker: Asker
  ) async throws -> RosterReport {
    let instant = office.clock()
    let event: ID<Event> = office.id(at: instant)
    let vault = office.vault
    let report = try await office.database.write { session in
      var entry = before
      entry.status = .done
      entry.finishedAt = instant
      try session.rosterImports(of: before.school, vault).advance(entry, from: before.done)
      let missing =
        keys.isEmpty
        ? []
        : try session.students(of: [before.school], vault).enrolled(
          in: before.school, year: year, butNot: keys)
      try session.events.append(
        Event(
          id: event, school: before.school, staff: asker.staff.id, at: instant, act: "import-roster",
          subjectKind: "roster-import", subject: before.id.description,
          detail: "added=\(entry.added) changed=\(entry.changed) refused=\(entry.refused)"))
      return RosterReport(progress: entry, problems: problems, missing: missing)
    }
    try await office.recordAccess(
      by: asker, work: "import-roster", school: before.school, subjects: before.done)
    return report
  }
}

extension RosterRow {
  /// Neither name nor birthday agree: the number was given to another child, and updating would mix two lives.
  fileprivate func isAnother(than kept: Student.Profile) -> Bool {
    guard profile.name != kept.name else { return false }
    guard let birthDay = profile.birthDay, let keptDay = kept.birthDay else { return true }
    return birthDay != keptDay
  }

  /// What the list says over what was known; what the list has no column for stays.
  fileprivate func merged(into kept: Student.Profile) -> Student.Profile {
    Student.Profile(
      name: profile.name, birthDay: profile.birthDay ?? kept.birthDay, number: profile.number,
      sex: profile.sex ?? kept.sex, phone: profile.phone ?? kept.phone,
      address: profile.address ?? kept.address,
      language: profile.language ?? kept.language)
  }
}

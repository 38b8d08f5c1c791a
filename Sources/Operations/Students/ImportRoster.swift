public import CaseWork
public import Documents
internal import Foundation
internal import Practice
public import Repositories
internal import Store

/// What an import would do, before it does it.
public struct RosterPreview: Hashable, Sendable {
  /// `nil` while the mapping has problems and nothing was kept.
  public let id: ID<RosterImport>?
  public let year: Int
  public let format: Table.Format
  public let sheet: String?
  public let sheets: [String]
  public let mapping: RosterMapping
  public let mappingProblems: [Problem]
  /// The first rows as they were understood.
  public let sample: [RosterRow]
  public let total: Int
  public let problems: [RosterProblem]
  /// The first rows as they stand in the file, for choosing columns.
  public let cells: [[String]]
  /// What would become of the rows that can be taken.
  public let counts: Counts

  public struct Counts: Hashable, Sendable {
    public var new: Int
    public var changed: Int
    public var unchanged: Int

    public init(new: Int = 0, changed: Int = 0, unchanged: Int = 0) {
      self.new = new
      self.changed = changed
      self.unchanged = unchanged
    }
  }

  public init(
    id: ID<RosterImport>?, year: Int, format: Table.Format, sheet: String?, sheets: [String],
    mapping: RosterMapping,
    mappingProblems: [Problem], sample: [RosterRow], total: Int, problems: [RosterProblem], cells: [[String]],
    counts: Counts
  ) {
    self.id = id
    self.year = year
    self.format = format
    self.sheet = sheet
    self.sheets = sheets
    self.mapping = mapping
    self.mappingProblems = mappingProblems
    self.sample = sample
    self.total = total
    self.problems = problems
    self.cells = cells
    self.counts = counts
  }
}

/// What an import did.
public struct RosterReport: Hashable, Sendable {
  public let progress: RosterImport
  public let problems: [RosterProblem]
  /// Enrolled this year but not in the list: reported, never removed.
  public let missing: [ID<Student>]

  public init(progress: RosterImport, problems: [RosterProblem], missing: [ID<Student>]) {
    self.progress = progress
    self.problems = problems
    self.missing = missing
  }
}

/// What is kept of an import that has ended: never what a cell said.
struct RosterOutcome: Codable, Sendable {
  let problems: [RosterProblem]
  let missing: [ID<Student>]
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
    var upload = try upload(bytes, name: name, sheet: sheet, year: year)
    if let corrected { upload.head.mapping.fields = corrected }
    guard upload.head.mapping.problems.isEmpty else { return unmapped(upload, as: nil) }
    let found = try await look(at: upload, in: school)
    let id = try await keep(upload, refused: found.problems.count, in: school, by: asker)
    return preview(of: found, in: upload, as: id)
  }

  /// Takes a file in and keeps it until it is imported or given up, also where its columns cannot be told yet.
  ///
  /// - Throws: `TableProblem` where the file cannot be read.
  public func receive(
    _ bytes: [UInt8], name: String, sheet: String? = nil, in school: ID<School>, year: Int, by asker: Asker
  ) async throws -> ID<RosterImport> {
    try StudentRights.require(StudentRights.importing, in: school, of: asker.staff)
    let upload = try upload(bytes, name: name, sheet: sheet, year: year)
    return try await keep(upload, refused: 0, in: school, by: asker)
  }

  /// What would happen with a file that was taken in.
  public func preview(
    of id: ID<RosterImport>, in school: ID<School>, by asker: Asker
  ) async throws -> RosterPreview {
    let (_, upload) = try await waiting(id, in: school, of: asker.staff)
    try await office.recordAccess(
      by: asker, work: "preview-roster", school: school, subjects: upload.rows.count)
    guard upload.head.mapping.problems.isEmpty else { return unmapped(upload, as: id) }
    return preview(of: try await look(at: upload, in: school), in: upload, as: id)
  }

  /// Corrects which column holds what.
  public func correct(
    _ id: ID<RosterImport>, fields: [Int: Roster.Field], in school: ID<School>, by asker: Asker
  ) async throws {
    var (entry, upload) = try await waiting(id, in: school, of: asker.staff)
    upload.head.mapping.fields = fields
    entry.refused = 0
    try await replace(entry, with: upload, in: school)
  }

  /// Asks for the import; whoever runs the imports of the office takes it from here, and goes on after a crash.
  public func start(
    _ id: ID<RosterImport>, in school: ID<School>, _ choice: Choice, by asker: Asker
  ) async throws {
    var (entry, upload) = try await waiting(id, in: school, of: asker.staff)
    guard upload.head.mapping.problems.isEmpty else { throw Refusal.invalid(upload.head.mapping.problems) }
    let problems = try await look(at: upload, in: school).problems
    guard problems.isEmpty || choice == .goodRowsOnly else {
      throw Refusal.invalid([Problem("choice", "roster-has-problems", String(problems.count))])
    }
    entry.status = .running
    entry.refused = problems.count
    upload.head.wish = .init(
      choice: choice, staff: asker.staff.id, address: asker.address, route: asker.route)
    try await replace(entry, with: upload, in: school)
  }

  /// What came of an import that has ended.
  public func report(
    _ id: ID<RosterImport>, in school: ID<School>, by asker: Asker
  ) async throws -> RosterReport {
    try StudentRights.require(StudentRights.importing, in: school, of: asker.staff)
    let vault = office.vault
    let (entry, bytes) = try await office.database.read { session in
      let imports = session.rosterImports(of: school, vault)
      return (try imports.find(id), try imports.upload(of: id))
    }
    guard entry.status != .previewed, entry.status != .running else { throw Refusal.notFound }
    let outcome = try bytes.map { try JSONDecoder().decode(RosterOutcome.self, from: Data($0)) }
    return RosterReport(progress: entry, problems: outcome?.problems ?? [], missing: outcome?.missing ?? [])
  }

  /// The last imports of a school, the newest first.
  public func latest(in school: ID<School>, by asker: Asker) async throws -> [RosterImport] {
    try StudentRights.require(StudentRights.importing, in: school, of: asker.staff)
    let vault = office.vault
    return try await office.database.read { try $0.rosterImports(of: school, vault).latest(atMost: 10) }
  }

  private func upload(_ bytes: [UInt8], name: String, sheet: String?, year: Int) throws -> RosterUpload {
    let table = try TableFile.read(bytes, name: name, sheet: sheet)
    let mapping = RosterMapping(
      suggestedFor: table.rows.map { ($0.number, $0.cells) }, by: office.practice.roster)
    return RosterUpload(
      head: .init(
        year: year, mapping: mapping, format: table.format, sheet: table.sheet, sheets: table.sheets),
      rows: table.rows.filter { $0.number > mapping.headerRow }.map {
        Table.Row(number: $0.number, cells: RosterRedaction.redacted($0.cells, refused: mapping.refused))
      })
  }

  /// An import that has not begun, with its rows.
  private func waiting(
    _ id: ID<RosterImport>, in school: ID<School>, of staff: Staff
  ) async throws -> (RosterImport, RosterUpload) {
    try StudentRights.require(StudentRights.importing, in: school, of: staff)
    let vault = office.vault
    let (entry, bytes) = try await office.database.read { session in
      let imports = session.rosterImports(of: school, vault)
      return (try imports.find(id), try imports.upload(of: id))
    }
    guard let bytes, entry.status == .previewed else { throw Refusal.conflict(.alreadyAnswered) }
    return (entry, try RosterUpload(bytes: bytes))
  }

  private func replace(
    _ entry: RosterImport, with upload: RosterUpload, in school: ID<School>
  ) async throws {
    let (vault, kept) = (office.vault, try upload.bytes)
    try await office.database.write { session in
      try session.rosterImports(of: school, vault).replace(upload: kept, of: entry)
    }
  }

  private typealias Found = (rows: [RosterRow], problems: [RosterProblem], counts: RosterPreview.Counts)

  private func look(at upload: RosterUpload, in school: ID<School>) async throws -> Found {
    let read = try read(upload, kind: try await kind(of: school))
    let (others, counts) = try await others(read.rows, in: school, year: upload.head.year)
    return (read.rows, (read.problems + others).sorted { $0.row < $1.row }, counts)
  }

  private func unmapped(_ upload: RosterUpload, as id: ID<RosterImport>?) -> RosterPreview {
    preview(of: ([], [], .init()), in: upload, as: id)
  }

  private func preview(of found: Found, in upload: RosterUpload, as id: ID<RosterImport>?) -> RosterPreview {
    let head = upload.head
    return RosterPreview(
      id: id, year: head.year, format: head.format, sheet: head.sheet, sheets: head.sheets,
      mapping: head.mapping,
      mappingProblems: head.mapping.problems, sample: Array(found.rows.prefix(10)), total: upload.rows.count,
      problems: found.problems, cells: upload.rows.prefix(3).map(\.cells), counts: found.counts)
  }

  private func keep(
    _ upload: RosterUpload, refused: Int, in school: ID<School>, by asker: Asker
  ) async throws -> ID<RosterImport> {
    guard try await office.database.read({ try $0.schools.find(school) }) != nil else {
      throw Refusal.notFound
    }
    let instant = office.clock()
    let entry = RosterImport(
      id: office.id(at: instant), school: school, by: asker.staff.id, begunAt: instant,
      total: upload.rows.count, refused: refused)
    let (vault, kept) = (office.vault, try upload.bytes)
    try await office.database.write { session in
      try session.rosterImports(of: school, vault).insert(entry, upload: kept)
    }
    try await office.recordAccess(
      by: asker, work: "preview-roster", school: school, subjects: upload.rows.count)
    return entry.id
  }

  /// Imports what was previewed, or goes on where an interrupted import stopped.
  ///
  /// - Parameter holder: the program that runs it under a lease, where several might.
  public func run(
    _ id: ID<RosterImport>, in school: ID<School>, _ choice: Choice, by asker: Asker, holder: String? = nil
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
    let others = try await others(read.rows, in: school, year: upload.head.year).problems
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
      entry = try await run(
        rows[start..<min(start + Self.batch, rows.count)], of: entry, year: upload.head.year, holder: holder)
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

  /// Gives up an import and forgets what was uploaded; the rows that went in before stay.
  public func cancel(_ id: ID<RosterImport>, in school: ID<School>, by asker: Asker) async throws {
    try StudentRights.require(StudentRights.importing, in: school, of: asker.staff)
    let (vault, instant) = (office.vault, office.clock())
    try await office.database.write { session in
      let imports = session.rosterImports(of: school, vault)
      var entry = try imports.find(id)
      guard entry.status == .previewed || entry.status == .running else {
        throw Refusal.conflict(.alreadyAnswered)
      }
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
  private func others(
    _ rows: [RosterRow], in school: ID<School>, year: Int
  ) async throws -> (problems: [RosterProblem], counts: RosterPreview.Counts) {
    let vault = office.vault
    var problems: [RosterProblem] = []
    var counts = RosterPreview.Counts()
    for start in stride(from: 0, to: rows.count, by: Self.batch) {
      let part = Array(rows[start..<min(start + Self.batch, rows.count)])
      let known = try await office.database.survey { session in
        try session.students(of: [school], vault).existing(part.map(\.key), in: school, year: year)
      }
      for row in part {
        guard let kept = known[row.key] else {
          counts.new += 1
          continue
        }
        if row.isAnother(than: kept.student.profile) {
          problems.append(RosterProblem(row: row.row, field: .number, code: .numberOfAnother))
        } else if row.merged(into: kept.student.profile) == kept.student.profile,
          kept.enrolment == row.enrolment
        {
          counts.unchanged += 1
        } else {
          counts.changed += 1
        }
      }
    }
    return (problems, counts)
  }

  private func run(
    _ rows: ArraySlice<RosterRow>, of before: RosterImport, year: Int, holder: String?
  ) async throws -> RosterImport {
    let instant = office.clock()
    let (school, vault) = (before.school, office.vault)
    let steps = rows.map { row in
      Step(row: row, student: office.id(at: instant), relative: office.id(at: instant))
    }
    return try await office.database.write { session in
      if let holder {
        guard try RunRosters.takeLease(for: holder, at: instant, in: session) else {
          throw Refusal.conflict(.changedByAnother)
        }
      }
      let students = session.students(of: [school], vault)
      let known = try students.existing(steps.map(\.row.key), in: school, year: year)
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
      let missing =
        keys.isEmpty
        ? []
        : try session.students(of: [before.school], vault).enrolled(
          in: before.school, year: year, butNot: keys)
      let outcome = try JSONEncoder().encode(RosterOutcome(problems: problems, missing: missing))
      try session.rosterImports(of: before.school, vault)
        .advance(entry, from: before.done, outcome: Array(outcome))
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

public import CaseWork
public import Foundation
public import Store

/// A record as it lies in the store: everything in the clear, and what was written, still sealed.
public struct StoredRecord: Sendable {
  /// With empty answers.
  public let header: CaseRecord
  public let student: ID<Student>
  public let askedAt: Date?
  public let marks: Marks
  public let sealed: [UInt8]

  public init(header: CaseRecord, student: ID<Student>, askedAt: Date?, marks: Marks, sealed: [UInt8]) {
    self.header = header
    self.student = student
    self.askedAt = askedAt
    self.marks = marks
    self.sealed = sealed
  }
}

/// What a record said at one of its versions, sealed.
public struct StoredVersion: Sendable {
  public let version: Int
  public let author: ID<Staff>
  public let writtenAt: Date
  public let sealed: [UInt8]
}

/// The dated records of one case that its reader has found.
public struct CaseRecords {
  let session: any Session
  let file: CaseFile

  public func find(_ id: ID<CaseRecord>) throws -> StoredRecord {
    let record = try session.row(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.id = \(id)
      """,
      StoredRecord.init(row:)
    )
    guard let record else { throw Refusal.notFound }
    return record
  }

  /// The newest record of a kind.
  public func latest(_ kind: CaseRecord.Kind) throws -> StoredRecord? {
    try session.row(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind = \(kind)
      ORDER BY r.series DESC
      LIMIT 1
      """,
      StoredRecord.init(row:)
    )
  }

  /// The newest record of any of `kinds`, by the day it is about.
  public func latest(of kinds: [CaseRecord.Kind]) throws -> StoredRecord? {
    try session.row(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind IN \(SQL.list(kinds))
      ORDER BY r.day DESC, r.id DESC
      LIMIT 1
      """,
      StoredRecord.init(row:)
    )
  }

  /// The newest approved record of a kind: the plan that holds.
  public func latestApproved(_ kind: CaseRecord.Kind) throws -> StoredRecord? {
    try session.row(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind = \(kind)
        AND r.approved_at IS NOT NULL
      ORDER BY r.series DESC
      LIMIT 1
      """,
      StoredRecord.init(row:)
    )
  }

  /// The approved plans, oldest first.
  public func approvedPlans() throws -> [StoredRecord] {
    try session.rows(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind = \(CaseRecord.Kind.plan)
        AND r.approved_at IS NOT NULL
      ORDER BY r.series
      """,
      StoredRecord.init(row:)
    )
  }

  /// The plan that held at `instant`.
  public func plan(at instant: Date) throws -> StoredRecord? {
    try session.row(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind = \(CaseRecord.Kind.plan)
        AND r.approved_at <= \(instant)
      ORDER BY r.series DESC
      LIMIT 1
      """,
      StoredRecord.init(row:)
    )
  }

  public func record(_ kind: CaseRecord.Kind, series: Int) throws -> StoredRecord? {
    try session.row(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind = \(kind) AND r.series = \(series)
      """,
      StoredRecord.init(row:)
    )
  }

  /// All records of a kind, oldest first.
  public func all(_ kind: CaseRecord.Kind) throws -> [StoredRecord] {
    try session.rows(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind = \(kind)
      ORDER BY r.series
      """,
      StoredRecord.init(row:)
    )
  }

  /// All records of some kinds, in the order in which they were begun.
  public func all(_ kinds: [CaseRecord.Kind]) throws -> [StoredRecord] {
    try session.rows(
      """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) AND r.kind IN \(SQL.list(kinds))
      ORDER BY r.id
      """,
      StoredRecord.init(row:)
    )
  }

  /// Puts `old` among the past versions and `record` in its place, `record.version` being the next one.
  public func replace(_ old: StoredRecord, by record: CaseRecord, marks: Marks, sealed: [UInt8]) throws {
    try session.execute(
      """
      INSERT INTO case_record_version (school_id, case_id, record_id, version, author_id, written_at, marks, sealed)
      SELECT school_id, case_id, id, version, author_id, written_at, marks, sealed
      FROM case_record
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND id = \(record.id)
        AND version = \(old.header.version)
      """
    )
    let changed = try session.execute(
      """
      UPDATE case_record
      SET day = \(record.day), author_id = \(record.author), written_at = \(record.writtenAt), asked_at = NULL,
        form_version = \(record.form.version), marks = \(marks.json), sealed = \(sealed), version = \(record.version)
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND id = \(record.id)
        AND version = \(old.header.version) AND approved_at IS NULL
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  public func ask(approvalOf id: ID<CaseRecord>, version: Int, at instant: Date) throws {
    let changed = try session.execute(
      """
      UPDATE case_record
      SET asked_at = \(instant)
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND id = \(id) AND version = \(version)
        AND approved_at IS NULL
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  public func approve(_ id: ID<CaseRecord>, version: Int, by staff: ID<Staff>, at instant: Date) throws {
    let changed = try session.execute(
      """
      UPDATE case_record
      SET approved_by = \(staff), approved_at = \(instant)
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND id = \(id) AND version = \(version)
        AND approved_at IS NULL
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  /// Sends a record back to its author, unapproved.
  public func handBack(_ id: ID<CaseRecord>, version: Int) throws {
    let changed = try session.execute(
      """
      UPDATE case_record
      SET asked_at = NULL
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND id = \(id) AND version = \(version)
        AND approved_at IS NULL AND asked_at IS NOT NULL
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  /// The versions before the present one, oldest first.
  public func versions(of id: ID<CaseRecord>) throws -> [StoredVersion] {
    try session.rows(
      """
      SELECT version, author_id, written_at, sealed
      FROM case_record_version
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND record_id = \(id)
      ORDER BY version
      """
    ) {
      StoredVersion(
        version: try $0.get(0), author: try $0.get(1), writtenAt: try $0.get(2), sealed: try $0.get(3))
    }
  }
}

extension Session {
  public func records(of file: CaseFile) -> CaseRecords { CaseRecords(session: self, file: file) }
}

extension StoredRecord {
  static let columns: SQL = """
    r.id, r.school_id, r.case_id, r.kind, r.series, r.day, r.author_id, r.written_at, r.approved_by, r.approved_at,
    r.follows_id, r.form_id, r.form_version, r.version, r.student_id, r.asked_at, r.marks, r.sealed
    """

  init(row: borrowing Row) throws {
    let approvedBy: ID<Staff>? = try row.optional(8)
    let approvedAt: Date? = try row.optional(9)
    var approval: CaseRecord.Approval?
    if let approvedBy, let approvedAt { approval = CaseRecord.Approval(by: approvedBy, at: approvedAt) }
    header = CaseRecord(
      id: try row.get(0), school: try row.get(1), caseFile: try row.get(2), kind: try row.get(3),
      series: try row.get(4), day: try row.get(5), author: try row.get(6), writtenAt: try row.get(7),
      approval: approval, follows: try row.optional(10),
      form: CaseRecord.FormVersion(id: try row.get(11), version: try row.get(12)), answers: Answers(),
      version: try row.get(13))
    student = try row.get(14)
    askedAt = try row.optional(15)
    marks = try Marks(json: row.get(16))
    sealed = try row.get(17)
  }
}

extension Marks {
  /// As one column holds them: JSON with sorted keys.
  var json: String {
    "{" + values.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
  }

  /// Only what `json` writes: every record of every list is read with its marks, and a decoder for all JSON takes as
  /// long as the rest of the row.
  init(json: String) throws {
    var values: [String: Int] = [:]
    for pair in json.dropFirst().dropLast().split(separator: ",") {
      let parts = pair.split(separator: ":")
      guard parts.count == 2, parts[0].first == "\"", parts[0].last == "\"", let number = Int(parts[1]) else {
        throw UnreadableMarks()
      }
      values[String(parts[0].dropFirst().dropLast())] = number
    }
    self.init(values)
  }

  struct UnreadableMarks: Error {}
}

/// A record as it is put into the store.
public struct NewRecord {
  let record: CaseRecord
  let file: CaseFile
  let marks: Marks
  let sealed: [UInt8]

  public init(_ record: CaseRecord, in file: CaseFile, marks: Marks, sealed: [UInt8]) {
    self.record = record
    self.file = file
    self.marks = marks
    self.sealed = sealed
  }
}

extension Session {
  /// The number of the next record of a kind in each of some cases, from 1.
  public func nextSeries(of kind: CaseRecord.Kind, in files: [CaseFile]) throws -> [ID<CaseFile>: Int] {
    var next = Dictionary(files.map { ($0.id, 1) }, uniquingKeysWith: { $1 })
    try forEach(
      """
      SELECT case_id, MAX(series) FROM case_record
      WHERE \(SQL.ofCases(files)) AND kind = \(kind)
      GROUP BY case_id
      """
    ) { next[try $0.get(0)] = try $0.get(1, as: Int.self) + 1 }
    return next
  }

  public func nextSeries(of kind: CaseRecord.Kind, in file: CaseFile) throws -> Int {
    try nextSeries(of: kind, in: [file])[file.id] ?? 1
  }

  public func insert(_ records: [NewRecord]) throws {
    let rows = records.map { new -> SQL in
      let (record, file) = (new.record, new.file)
      return """
        (
          \(file.school), \(file.id), \(record.id), \(file.student), \(record.kind), \(record.series), \(record.day),
          \(record.author), \(record.writtenAt), \(record.follows), \(record.form.id), \(record.form.version),
          \(new.marks.json), \(new.sealed), \(record.version))
        """
    }
    for part in rows.parts(of: 50) {
      try execute(
        """
        INSERT INTO case_record (
          school_id, case_id, id, student_id, kind, series, day, author_id, written_at, follows_id, form_id,
          form_version, marks, sealed, version)
        VALUES \(part.joined(by: ", "))
        """
      )
    }
  }
}

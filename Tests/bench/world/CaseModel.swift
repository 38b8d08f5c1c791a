import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Vault

/// One case with everything that belongs to it, row by row, so that it can be written again for others.
struct CaseModel: Sendable {
  /// A table in the order in which rows may be written, and where what is sealed in it opens.
  struct Table: Sendable {
    let name: String
    let key: String
    /// The column of the record to which a sealed value is bound, and that of its version.
    var record = "id"
    var version: String?
  }

  struct Rows: Sendable {
    let table: Table
    let columns: [String]
    let rows: [[Value]]
    /// What lies sealed in a row, opened.
    let plain: [[UInt8]?]
  }

  static let tables: [Table] = [
    Table(name: "referral", key: "student_id"),
    Table(name: "case_file", key: "id"),
    Table(name: "case_transition", key: "case_id"),
    Table(name: "case_record", key: "case_id", version: "version"),
    Table(name: "service_given", key: "case_id"),
    Table(name: "goal_rating", key: "case_id"),
    Table(name: "instrument_score", key: "case_id"),
    Table(name: "need_seen", key: "case_id"),
    Table(name: "consent", key: "case_id"),
    Table(name: "due", key: "case_id"),
    Table(name: "task", key: "case_id"),
    Table(name: "event", key: "case_id"),
  ]

  let file: CaseFile
  let rows: [Rows]

  /// A case in service with ten contacts and a monitoring, by the acts of those who would do it.
  init(_ world: World) async throws {
    let begun = try await world.servedCase(.harin)
    for _ in 0..<10 {
      world.watch.turn(to: world.today.adding(days: 6))
      try await RecordContact(world.office)(
        Filled.contact(world.today, facts: CaseModel.facts), in: begun.id, by: world.asker(.caseManager))
    }
    try await RecordMonitoring(world.office)(
      Filled.monitoring(world.today, [0, 0]), in: begun.id, by: world.asker(.caseManager))
    let (file, vault) = (begun, world.office.vault)
    self.file = file
    rows = try await world.database.read { session in
      try CaseModel.tables.map { table in
        let id = table.key == "student_id" ? file.student.description : file.id.description
        return try CaseModel.read(table, id, of: file, session, session.keys(vault))
      }
    }
  }

  private static let facts =
    "아침에 교실 앞에서 만나 함께 등교했습니다. 밤늦게까지 깨어 있었다고 했고, 어머니 근무가 바뀌었다고 했습니다. 급식을 남기지 않았습니다."

  private static func read(
    _ table: Table, _ id: String, of file: CaseFile, _ session: any Session, _ sealer: Sealer
  ) throws -> Rows {
    let columns = try columns(of: table.name, session)
    let list = SQL(stringLiteral: columns.joined(separator: ", "))
    let source = SQL(stringLiteral: "FROM \(table.name) WHERE \(table.key) =")
    let rows = try session.rows("SELECT \(list) \(source) \(id)") { row in
      try columns.indices.map { try row.get($0, as: Value.self) }
    }
    let plain = try rows.map { row -> [UInt8]? in
      guard let index = columns.firstIndex(of: "sealed"), case .bytes(let sealed) = row[index] else {
        return nil
      }
      return try sealer.open(
        sealed, of: .student(file.student, file.school), at: place(of: row, columns, table))
    }
    return Rows(table: table, columns: columns, rows: rows, plain: plain)
  }

  static func place(of row: [Value], _ columns: [String], _ table: Table) -> Binding {
    var (record, version) = ("", 1)
    if let index = columns.firstIndex(of: table.record), case .text(let id) = row[index] { record = id }
    if let name = table.version, let index = columns.firstIndex(of: name),
      case .integer(let number) = row[index]
    {
      version = Int(number)
    }
    return Binding(table: table.name, record: record, version: version)
  }

  private static func columns(of table: String, _ session: any Session) throws -> [String] {
    let question: SQL =
      switch session.dialect {
      case .sqlite: "SELECT name FROM pragma_table_info(\(table)) ORDER BY cid"
      case .postgres:
        """
        SELECT column_name::text FROM information_schema.columns WHERE table_name = \(table) ORDER BY ordinal_position
        """
      }
    return try session.rows(question) { try $0.get(0) }
  }
}

import CaseWork
import Foundation
import Repositories
import Store
import Vault

/// Writes the model's rows again for other students, many in one statement.
struct Copies {
  private let model: CaseModel
  private let session: any Session
  private let sealer: Sealer
  private var waiting: [[[Value]]]

  init(_ model: CaseModel, session: any Session, sealer: Sealer) {
    self.model = model
    self.session = session
    self.sealer = sealer
    waiting = Array(repeating: [], count: model.rows.count)
  }

  /// - Parameter days: the day on which the earliest thing is due, as a day's ordinal; the others keep their distance.
  mutating func add(
    for student: ID<Student>, in school: ID<School>, by manager: ID<Staff>, number: Int, days: Int
  ) throws {
    var others: [String: String] = [
      model.file.student.description: student.description, model.file.school.description: school.description,
      model.file.manager.description: manager.description,
      model.file.number: "\(model.file.number.prefix(5))\(String(format: "%04d", number + 1))",
    ]
    for rows in model.rows {
      guard let index = rows.columns.firstIndex(of: "id") else { continue }
      for row in rows.rows { if case .text(let id) = row[index] { others[id] = UUID7.like(id) } }
    }
    let shift = days - (firstDue?.ordinal ?? days)
    for (place, rows) in model.rows.enumerated() {
      for (row, plain) in zip(rows.rows, rows.plain) {
        var copy = row.map { value -> Value in
          if case .text(let text) = value, let other = others[text] { return .text(other) }
          return value
        }
        if rows.table.name == "due" { copy.shift("day", rows.columns, by: shift) }
        if rows.table.name == "case_file" {
          copy.shift("next_due_on", rows.columns, by: shift)
          copy.set("level", rows.columns, .integer(Int64(number % 3 + 1)))
        }
        if let plain {
          copy.set(
            "sealed", rows.columns,
            .bytes(
              try sealer.seal(
                plain, for: .student(student, school), at: CaseModel.place(of: copy, rows.columns, rows.table)
              )))
        }
        waiting[place].append(copy)
      }
    }
    if waiting[0].count >= 50 { try finish() }
  }

  mutating func finish() throws {
    for (rows, copies) in zip(model.rows, waiting) {
      let into = SQL(
        stringLiteral: "INSERT INTO \(rows.table.name) (\(rows.columns.joined(separator: ", "))) VALUES")
      for start in stride(from: 0, to: copies.count, by: 50) {
        let part = copies[start..<min(start + 50, copies.count)].map { row -> SQL in
          "(\(row.map { value -> SQL in "\(value)" }.joined(by: ", ")))"
        }
        try session.execute("\(into) \(part.joined(by: ", "))")
      }
    }
    waiting = Array(repeating: [], count: model.rows.count)
  }

  private var firstDue: Day? {
    let rows = model.rows.first { $0.table.name == "case_file" }
    guard let rows, let index = rows.columns.firstIndex(of: "next_due_on"), let row = rows.rows.first,
      case .text(let day) = row[index]
    else { return nil }
    return Day(day)
  }
}

extension [Value] {
  fileprivate mutating func set(_ column: String, _ columns: [String], _ value: Value) {
    if let index = columns.firstIndex(of: column) { self[index] = value }
  }

  fileprivate mutating func shift(_ column: String, _ columns: [String], by days: Int) {
    guard let index = columns.firstIndex(of: column), case .text(let text) = self[index], let day = Day(text)
    else { return }
    self[index] = .text(day.adding(days: days).description)
  }
}

extension UUID7 {
  /// Another id of the same instant.
  static func like(_ id: String) -> String {
    let random = UUID().uuidString.lowercased()
    return String(id.prefix(13)) + "-7" + random.dropFirst(15)
  }
}

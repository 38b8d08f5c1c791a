import CaseWork
import Foundation
import Repositories
import Store
import Vault

// What is told of a student lies under the student's key, at its table, record and version.
extension Desk {
  func seal(
    _ value: some Encodable, _ table: String, _ record: String, _ version: Int, of student: ID<Student>,
    in school: ID<School>
  ) throws -> [UInt8] {
    try sealer.seal(
      json: value, for: .student(student, school), at: Binding(table: table, record: record, version: version)
    )
  }

  func seal(
    _ value: some Encodable, _ table: String, _ record: String, _ version: Int, of file: CaseFile
  ) throws -> [UInt8] {
    try seal(value, table, record, version, of: file.student, in: file.school)
  }

  func open<T: Decodable>(
    _ type: T.Type, _ sealed: [UInt8], _ table: String, _ record: String, _ version: Int, of subject: Subject
  ) throws -> T {
    try sealer.open(
      json: type, sealed, of: .student(subject.student, subject.school),
      at: Binding(table: table, record: record, version: version))
  }

  func open<T: Decodable>(
    _ type: T.Type, _ sealed: [UInt8], _ table: String, _ record: String, _ version: Int, of file: CaseFile
  ) throws -> T {
    try open(type, sealed, table, record, version, of: Subject(file.student, file.school))
  }

  func seal(_ answers: Answers, of referral: Referral) throws -> [UInt8] {
    try seal(answers, "referral", referral.id.description, 1, of: referral.student, in: referral.school)
  }

  func open(_ referral: StoredReferral) throws -> Answers {
    let header = referral.header
    return try open(
      Answers.self, referral.sealed, "referral", header.id.description, 1,
      of: Subject(header.student, header.school))
  }

  func seal(_ record: CaseRecord, of file: CaseFile) throws -> [UInt8] {
    try seal(record.answers, "case_record", record.id.description, record.version, of: file)
  }

  /// Opened once in a transaction, however many parts of a page show it.
  func opened(_ stored: StoredRecord, of file: CaseFile) throws -> CaseRecord {
    var record = stored.header
    let place = Binding(table: "case_record", record: record.id.description, version: record.version)
    if let answers = touched.opened[place] {
      record.answers = answers
      return record
    }
    let bytes = try sealer.open(stored.sealed, of: .student(file.student, file.school), at: place)
    guard let answers = Answers(json: bytes) else { throw VaultProblem.damaged(place) }
    touched.opened[place] = answers
    record.answers = answers
    return record
  }

  func sealInCompartment(
    _ answers: Answers, _ id: ID<AbuseReport>, _ version: Int, of subject: Subject
  ) throws -> [UInt8] {
    try sealer.seal(
      json: answers, for: .compartment(subject.student, subject.school),
      at: Binding(table: "abuse_report", record: id.description, version: version))
  }

  func openInCompartment(
    _ sealed: [UInt8], _ id: ID<AbuseReport>, _ version: Int, of subject: Subject
  ) throws -> Answers {
    try sealer.open(
      json: Answers.self, sealed, of: .compartment(subject.student, subject.school),
      at: Binding(table: "abuse_report", record: id.description, version: version))
  }
}

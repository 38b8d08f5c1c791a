public import CaseWork
public import Foundation
public import Repositories
internal import Store
internal import Vault

/// Keeps what somebody has begun to write, so that nothing typed is lost.
public struct SaveDraft: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Saves over whatever is there; with nothing answered, the draft goes.
  ///
  /// Its `place` is the form and what it is about: `contact/<case id>`, `referral/<student id>`. What is about a student
  /// lies under that student's key, what is about a report of abuse under the key of its compartment; the rest, about
  /// nobody yet, under the office's.
  @discardableResult
  public func callAsFunction(_ answers: Answers, at place: String, by staff: Staff) async throws -> Draft? {
    guard !place.isEmpty, place.utf8.count <= 200 else {
      throw Refusal.invalid([Problem("place", "too-long")])
    }
    let office = office
    return try await office.database.write { session in
      let drafts = session.drafts(of: staff.id, office.vault)
      guard !answers.isEmpty else {
        try drafts.discard(place)
        return nil
      }
      let instant = office.clock()
      let owner = try session.owner(ofDraftAt: place, by: staff, on: Day(inKoreaAt: instant))
      do {
        return try drafts.save(answers, at: place, of: owner, at: instant)
      } catch VaultProblem.shredded(_) {
        throw Refusal.notFound
      }
    }
  }
}

/// One's own drafts.
public struct ReadDrafts: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(at place: String, of staff: Staff) async throws -> Draft? {
    let vault = office.vault
    return try await office.database.read { try $0.drafts(of: staff.id, vault).find(place) }
  }

  /// Where there is a draft, the newest first.
  public func places(of staff: Staff) async throws -> [(place: String, savedAt: Date)] {
    let vault = office.vault
    return try await office.database.read { try $0.drafts(of: staff.id, vault).places() }
  }
}

public struct DiscardDraft: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(at place: String, of staff: Staff) async throws {
    let vault = office.vault
    try await office.database.write { try $0.drafts(of: staff.id, vault).discard(place) }
  }

  /// Throws away everybody's drafts that nobody has touched for so many days: nobody waits for them any more.
  @discardableResult
  public func untouched(forDays days: Int) async throws -> Int {
    let earliest = office.clock().addingTimeInterval(-Double(days) * 86_400)
    return try await office.database.write { try $0.discardDrafts(savedBefore: earliest) }
  }
}

extension Session {
  /// Whose key a draft lies under, by the ids in its place: a case this person sees, or a student of their schools.
  fileprivate func owner(ofDraftAt place: String, by staff: Staff, on day: Day) throws -> KeyOwner {
    let parts = place.split(separator: "/").map(String.init)
    let isCompartment = parts.first == "abuse-report"
    for part in parts.dropFirst() {
      guard let subject = try subject(of: part, by: staff, on: day) else { continue }
      return isCompartment
        ? .compartment(subject.student, subject.school) : .student(subject.student, subject.school)
    }
    return .office
  }

  private func subject(of part: String, by staff: Staff, on day: Day) throws -> Subject? {
    guard let file = ID<CaseFile>(part) else { return nil }
    if let found = try caseFiles(seenBy: staff, on: day).some([file])[file] {
      return Subject(found.student, found.school)
    }
    let student = file.as(Student.self)
    return try staff.schools.first { try isStudent(student, of: $0) }.map { Subject(student, $0) }
  }
}

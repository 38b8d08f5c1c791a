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
  /// Its `place` is the form and what it is about: `contact/<case id>`, `referral/new`.
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
      return try drafts.save(answers, at: place, at: office.clock())
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

  /// Throws away everybody's drafts that nobody has touched for so many days: they are told of under the office's key and
  /// would outlive a student's.
  @discardableResult
  public func untouched(forDays days: Int) async throws -> Int {
    let earliest = office.clock().addingTimeInterval(-Double(days) * 86_400)
    return try await office.database.write { try $0.discardDrafts(savedBefore: earliest) }
  }
}

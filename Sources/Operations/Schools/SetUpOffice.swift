internal import CaseWork
internal import Foundation
internal import Repositories
internal import Store

/// Begins an empty store: the office, its first school or centre, and the first administrator.
public struct SetUpOffice: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Whether there is an office in the store already.
  public func isDone() async throws -> Bool { try await name() != nil }

  public func name() async throws -> String? {
    try await office.database.read { session in
      try session.row("SELECT name FROM office") { try $0.get(0, as: String.self) }
    }
  }

  /// Names the office; once only.
  public func callAsFunction(_ name: String) async throws {
    let cleaned = Text.cleaned(name, keepingLines: false)
    guard !cleaned.isEmpty else { throw Refusal.invalid([Problem("office", "required")]) }
    let instant = office.clock()
    let event: ID<Event> = office.id(at: instant)
    try await office.database.write { session in
      guard try session.row("SELECT 1 FROM office", { _ in true }) == nil else {
        throw Refusal.conflict(.alreadyExists)
      }
      try session.execute("INSERT INTO office (id, name, made_at) VALUES ('office', \(cleaned), \(instant))")
      try session.events.append(
        Event(
          id: event, school: nil, staff: nil, at: instant, act: "set-up-office", subjectKind: "office",
          subject: "office"))
    }
  }
}

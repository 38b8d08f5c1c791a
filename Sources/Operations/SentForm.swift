internal import CaseWork
public import Foundation
internal import Repositories
internal import Store

/// A form as it came in: every page gives each of its forms an id of its own, and what a form leads to is done once.
public struct SentForm: Hashable, Sendable {
  public let id: UUID
  let request: String

  /// - Parameters:
  ///   - id: as the form carries it.
  ///   - request: tells this sending from another of the same form.
  public init(id: UUID, request: String) {
    self.id = id
    self.request = request
  }

  /// Keeps the form with what its act does, in the same transaction.
  ///
  /// - Throws: `SentBefore`.
  func take(by staff: ID<Staff>, at instant: Date, in session: any Session) throws {
    let forms = session.sentForms(of: staff)
    guard try forms.take(id, in: request, at: instant) else { throw SentBefore() }
    // Now and then, at no cost to the other acts: ids are random.
    if id.uuid.15 == 0 { try forms.forget(sentBefore: instant.addingTimeInterval(-30 * 86_400)) }
  }
}

/// The same form was sent before, and what it asks for is done.
public struct SentBefore: Error, Hashable, Sendable {}

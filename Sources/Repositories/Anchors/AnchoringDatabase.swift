public import CaseWork
public import Foundation
public import Store
public import Vault

/// A store that notes in the trail what every changed row looks like, whoever changes it through here.
public struct AnchoringDatabase: Database {
  private let base: any Database
  private let vault: Vault
  private let clock: @Sendable () -> Date
  private let makeID: @Sendable (Date) -> ID<Event>

  /// - Parameters:
  ///   - base: the store itself.
  ///   - vault: holds the office key, which seals what waits for its link.
  ///   - clock: for changes that no act tells of.
  ///   - makeID: a new id that sorts by its instant.
  public init(
    _ base: any Database, vault: Vault, clock: @escaping @Sendable () -> Date,
    makeID: @escaping @Sendable (Date) -> ID<Event>
  ) {
    // Once is enough: a second would see the statements of the first.
    self.base = (base as? AnchoringDatabase)?.base ?? base
    self.vault = vault
    self.clock = clock
    self.makeID = makeID
  }

  public var dialect: Dialect { base.dialect }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await base.read(body)
  }

  public func survey<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await base.survey(body)
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
    try await base.write { [vault, clock, makeID] base in
      let session = AnchoringSession(base, vault: vault, clock: clock, makeID: makeID)
      let result = try body(session)
      try session.leaveTrail()
      return result
    }
  }

  public func close() async throws { try await base.close() }
}

internal import CaseWork
internal import Foundation
internal import Repositories
internal import Store

/// Runs the imports of class lists that were asked for, one after the other, in whichever of several programs holds the
/// lease; one that a crash interrupted goes on where it stopped.
public struct RunRosters: Sendable {
  private let office: Office
  private let holder: String

  /// Its `holder` tells this program from others on the same store.
  public init(_ office: Office, holder: String) {
    self.office = office
    self.holder = holder
  }

  /// Runs one import.
  ///
  /// - Returns: whether there was one to run.
  @discardableResult
  public func callAsFunction() async throws -> Bool {
    guard let (id, school) = try await office.database.read({ try $0.runningRosterImport() }) else {
      return false
    }
    let (office, holder) = (office, holder)
    let isOurs = try await office.database.write { session in
      try RunRosters.takeLease(for: holder, at: office.clock(), in: session)
    }
    guard isOurs else { return false }
    do {
      let (choice, asker) = try await wish(id, in: school)
      _ = try await ImportRoster(office).run(id, in: school, choice, by: asker, holder: holder)
    } catch Refusal.conflict(_) {
      // Given up meanwhile, or another program has the lease.
    } catch is Refusal {
      try await fail(id, in: school)
    }
    return true
  }

  /// Held for longer than a batch takes, so that a program that died is soon replaced.
  static func takeLease(for holder: String, at instant: Date, in session: any Session) throws -> Bool {
    try session.trailChain
      .takeLease(of: "rosters", for: holder, at: instant, until: instant.addingTimeInterval(20))
  }

  private func wish(
    _ id: ID<RosterImport>, in school: ID<School>
  ) async throws -> (ImportRoster.Choice, Asker) {
    let office = office
    let day = Day(inKoreaAt: office.clock())
    return try await office.database.read { session in
      guard let bytes = try session.rosterImports(of: school, office.vault).upload(of: id),
        let wish = try RosterUpload(bytes: bytes).head.wish,
        let staff = try session.staffMembers(office.vault).find(wish.staff, on: day)
      else { throw Refusal.notFound }
      return (wish.choice, Asker(staff: staff, address: wish.address, route: wish.route))
    }
  }

  private func fail(_ id: ID<RosterImport>, in school: ID<School>) async throws {
    let (vault, instant) = (office.vault, office.clock())
    try await office.database.write { session in
      let imports = session.rosterImports(of: school, vault)
      var entry = try imports.find(id)
      entry.status = .failed
      entry.finishedAt = instant
      try imports.advance(entry, from: entry.done)
    }
  }
}

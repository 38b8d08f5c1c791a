public import CaseWork
public import Operations
import Repositories
import Store
import Vault

/// What commands need to know before they can ask: they name people and schools as people do.
extension Office {
  /// - Throws: `Refusal.notFound` where no school, or more than one, bears the name.
  public func school(named name: String) async throws -> School {
    let found = try await database.read { try $0.schools.all() }.filter { $0.name == name }
    guard found.count == 1 else { throw Refusal.notFound }
    return found[0]
  }

  public func staff(signingInAs name: String) async throws -> Staff {
    let (vault, today) = (vault, Day(inKoreaAt: clock()))
    let staff = try await database.read { session in
      let members = session.staffMembers(vault)
      return try members.id(signingInAs: name).flatMap { try members.find($0, on: today) }
    }
    guard let staff else { throw Refusal.notFound }
    return staff
  }

  /// Somebody at the terminal of the machine: their readings are logged with the command in the place of a page.
  public func asker(signingInAs name: String, route: String) async throws -> Asker {
    Asker(staff: try await staff(signingInAs: name), address: "local", route: route)
  }

  /// Opens the office's own key, so that a wrong root key is told at the start and not at the first page.
  public func checkRootKey() async throws {
    let vault = vault
    _ = try await database.read { session in
      do {
        return try session.keys(vault).storedKey(for: .office)
      } catch VaultProblem.wrongKey {
        throw StartProblem.wrongRootKey
      }
    }
  }
}

import CaseWork
import Documents
import Foundation
import Practice
import Repositories
import Store
import Vault

/// The whole directory as a file that other programs read: Open Referral HSDS 3.1, with whom to ask for.
public struct ExportDirectory: Sendable {
  private let office: Office

  public enum Form: String, Sendable { case json, tables }

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ form: Form, by asker: Asker) async throws -> [UInt8] {
    try await office.act(by: asker) { desk in
      try desk.note(
        "hand-out-directory", "directory", desk.staff.id.description, in: try desk.schoolOfKeeper(),
        detail: form.rawValue)
    }
    let office = office
    let directory = try await office.database.survey { session in
      try Self.directory(session, session.keys(office.vault), office.practice)
    }
    switch form {
    case .json: return DirectoryFile.json(of: directory)
    case .tables: return try DirectoryFile.package(of: directory)
    }
  }

  /// Everything that is kept, and our own code lists as taxonomies.
  static func directory(
    _ session: any Session, _ sealer: Sealer, _ practice: Practice
  ) throws -> Directory {
    var directory = Directory()
    for table in [DirectoryTable.resource, .offer, .location, .offerLocation] {
      try session.forEachDirectoryObject(table) { stored in
        let place = Binding(table: table.rawValue, record: stored.id, version: stored.version)
        let text = String(decoding: try sealer.open(stored.sealed, of: .office, at: place), as: UTF8.self)
        guard var entry = DirectoryEntry(table.kind, document: text) else {
          throw VaultProblem.damaged(place)
        }
        directory.programs += entry[part: "programs"]
        entry[part: "programs"] = []
        directory[table.kind].append(entry)
      }
    }
    let own = OwnTaxonomies(practice)
    directory.taxonomies = own.taxonomies + (try session.directoryTerms.all(.taxonomy))
    directory.taxonomyTerms = own.terms + (try session.directoryTerms.all(.taxonomyTerm))
    return directory
  }
}

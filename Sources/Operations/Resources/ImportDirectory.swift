public import CaseWork
public import Documents
import Foundation
public import Repositories
import Store
import Vault

/// Brings a directory of resources in: Open Referral HSDS as JSON or tables, or one table with Korean headings.
///
/// First it is read and shown, then taken, all of it or what can be taken; the same directory again changes what has
/// changed and doubles nothing.
public struct ImportDirectory: Sendable {
  private let office: Office

  public enum Choice: String, Sendable { case allOrNothing = "all", whatCan = "some" }

  public init(_ office: Office) {
    self.office = office
  }

  /// Keeps the file, once it could be read.
  ///
  /// - Throws: `TableProblem` for a file that is no directory.
  public func receive(_ bytes: [UInt8], name: String, by asker: Asker) async throws -> ID<DirectoryImport> {
    guard asker.staff.keepsDirectory else { throw Refusal.notAllowed }
    let today = Day(inKoreaAt: office.clock())
    _ = try DirectoryUpload(name: name, bytes: bytes).reading(on: today)
    return try await office.act(by: asker) { desk in
      let id: ID<DirectoryImport> = desk.newID()
      let sealed = try desk.sealer.seal(
        DirectoryUpload(name: name, bytes: bytes).whole, for: .office, at: DirectoryUpload.place(id))
      try desk.session.directoryImports(of: desk.staff.id).add(id, sealed: sealed, at: desk.instant)
      try desk.note("bring-directory", "directory", id.description, in: try desk.schoolOfKeeper())
      return id
    }
  }

  /// What the file holds and what would come of it; after it was taken, what came of it.
  public func preview(_ id: ID<DirectoryImport>, by asker: Asker) async throws -> DirectoryPreview {
    try await office.look("directory-import", by: asker) { desk in
      let (entry, sealed) = try desk.session.directoryImports(of: desk.staff.id).find(id)
      let reading = try sealed.map { try desk.opened($0, of: id).reading(on: desk.day) }
      return Looked(DirectoryPreview(entry: entry, reading: reading), at: [])
    }
  }

  /// - Throws: `Refusal.invalid` where all or nothing was asked for, and something cannot be taken.
  @discardableResult
  public func run(
    _ id: ID<DirectoryImport>, _ choice: Choice, by asker: Asker
  ) async throws -> DirectoryImport.Outcome {
    try await office.act(by: asker) { desk in
      let school = try desk.schoolOfKeeper()
      let imports = desk.session.directoryImports(of: desk.staff.id)
      let (_, sealed) = try imports.find(id)
      guard let sealed else { throw Refusal.conflict(.alreadyAnswered) }
      let reading = try desk.opened(sealed, of: id).reading(on: desk.day)
      var outcome = try DirectoryTaking(desk).take(reading.directory)
      outcome.refused += reading.refused
      guard choice == .whatCan || outcome.refused == 0 else {
        throw Refusal.invalid([Problem("choice", "directory-has-problems", String(outcome.refused))])
      }
      guard try imports.finish(id, outcome, at: desk.instant) else {
        throw Refusal.conflict(.alreadyAnswered)
      }
      try desk.note(
        "take-directory", "directory", id.description, in: school,
        detail: "added \(outcome.added) changed \(outcome.changed) refused \(outcome.refused)")
      return outcome
    }
  }

  /// Throws the file away.
  public func cancel(_ id: ID<DirectoryImport>, by asker: Asker) async throws {
    try await office.act(by: asker) { desk in
      let school = try desk.schoolOfKeeper()
      let imports = desk.session.directoryImports(of: desk.staff.id)
      _ = try imports.find(id)
      _ = try imports.finish(id, .init(), at: desk.instant)
      try desk.note("drop-directory", "directory", id.description, in: school)
    }
  }
}

public struct DirectoryPreview: Hashable, Sendable {
  public let entry: DirectoryImport
  /// `nil` once it was taken or thrown away.
  public let reading: DirectoryReading?
}

/// The file as it lies sealed: its name, a line's end, its bytes.
struct DirectoryUpload {
  let name: String
  let bytes: [UInt8]

  init(name: String, bytes: [UInt8]) {
    self.name = name.filter { !$0.isNewline }
    self.bytes = bytes
  }

  init(whole: [UInt8]) {
    let name = whole.prefix { $0 != 0x0A }
    self.init(name: String(decoding: name, as: UTF8.self), bytes: Array(whole.dropFirst(name.count + 1)))
  }

  var whole: [UInt8] { Array(name.utf8) + [0x0A] + bytes }

  func reading(on day: Day) throws -> DirectoryReading {
    try DirectoryFile.read(bytes, name: name, options: DirectoryOptions(today: day))
  }

  static func place(_ id: ID<DirectoryImport>) -> Binding {
    Binding(table: "directory_import", record: id.description, version: 1)
  }
}

extension Desk {
  fileprivate func opened(_ sealed: [UInt8], of id: ID<DirectoryImport>) throws -> DirectoryUpload {
    DirectoryUpload(
      whole: try sealer.open(sealed, of: .office, at: DirectoryUpload.place(id)))
  }
}

extension Staff {
  /// Who keeps the directory of resources.
  public var keepsDirectory: Bool { has(.caseManager) || has(.centreStaff) }
}

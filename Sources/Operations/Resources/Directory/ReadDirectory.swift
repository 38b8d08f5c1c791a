public import CaseWork
public import Foundation
import Repositories
import Store

/// What is asked of a list of the public directory; all of it must hold.
public struct DirectoryWish: Hashable, Sendable {
  public var text: String?
  /// Ids in small letters.
  public var term: String?
  public var taxonomy: String?
  public var organization: String?
  public var parent: String?
  public var onlyTop = false
  public var changedAfter: Date?
  /// Of places: as their postcode begins, or all of it.
  public var postcode: String?
  /// Of places: within so many kilometres of those with the postcode.
  public var proximity: Double?

  public init() {}
}

/// How much of each object is told.
public enum DirectoryForm: Hashable, Sendable {
  /// Its own fields and the objects it has one of.
  case plain
  /// Its id and when it was changed.
  case minimal
  /// With everything that belongs to it.
  case full(withServices: Bool)
}

/// Objects of the public directory, each as JSON.
public struct DirectoryPage: Sendable {
  public let total: Int
  public let items: [String]
}

/// Objects behind others, for going through a list to its end.
public struct DirectoryPart: Sendable {
  public let items: [String]
  /// Behind what the next part begins; `nil` at the end.
  public let last: String?
}

/// Reads what was published of the directory of help, for anybody.
///
/// It asks nobody who they are and leaves no row in the access log, because it reads nothing of a person: only documents
/// without contacts, of resources somebody has published. The sealed part of a resource is never opened here.
public struct ReadDirectory: Sendable {
  private let office: Office
  private let own: OwnTaxonomies

  public init(_ office: Office) {
    self.office = office
    own = OwnTaxonomies(office.practice)
  }

  /// - Parameter number: of the page, from 1.
  public func page(
    _ kind: DirectoryEntry.Kind, _ wish: DirectoryWish, _ form: DirectoryForm, number: Int, size: Int
  ) async throws -> DirectoryPage {
    let own = own
    return try await office.database.read { session in
      try PublicReading(session.publicDirectory, own).page(
        kind, wish, form, offset: (number - 1) * size, size: size)
    }
  }

  /// The next objects behind `last`, from the beginning where that is `nil`.
  public func part(
    _ kind: DirectoryEntry.Kind, _ wish: DirectoryWish, _ form: DirectoryForm, after last: String?,
    atMost limit: Int
  ) async throws -> DirectoryPart {
    let own = own
    return try await office.database.read { session in
      try PublicReading(session.publicDirectory, own).part(kind, wish, form, after: last, atMost: limit)
    }
  }

  /// One object with everything that belongs to it.
  ///
  /// - Throws: `Refusal.notFound`, also for what is not public.
  public func one(
    _ kind: DirectoryEntry.Kind, _ id: UUID, withServices: Bool = false
  ) async throws -> String {
    let own = own
    return try await office.database.read { session in
      let reading = PublicReading(session.publicDirectory, own)
      let found = try reading.some(kind, [id.uuidString.lowercased()], .full(withServices: withServices))
      guard let first = found.first else { throw Refusal.notFound }
      return first
    }
  }
}

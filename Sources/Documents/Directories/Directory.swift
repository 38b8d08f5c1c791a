public import CaseWork

/// A directory of help in the shape of Open Referral HSDS 3.1: who helps, with what, and where.
///
/// The large objects stand in flat lists and name each other by their `…_id` fields, as rows of tables do; whatever
/// belongs to one object alone (phones, opening hours, what to bring) stays inside it and does not repeat whose it is.
/// The order of the lists means nothing.
public struct Directory: Hashable, Sendable {
  public var organizations: [DirectoryEntry] = []
  public var programs: [DirectoryEntry] = []
  public var services: [DirectoryEntry] = []
  public var locations: [DirectoryEntry] = []
  /// Which service is given where.
  public var serviceAtLocations: [DirectoryEntry] = []
  public var taxonomies: [DirectoryEntry] = []
  public var taxonomyTerms: [DirectoryEntry] = []

  public init() {}

  /// The kinds that have a list of their own, the named before those who name them.
  public static let kinds: [DirectoryEntry.Kind] = [
    .taxonomy, .taxonomyTerm, .organization, .program, .location, .service, .serviceAtLocation,
  ]

  /// The list of `kind`; of a kind that lies within others, none.
  public subscript(kind: DirectoryEntry.Kind) -> [DirectoryEntry] {
    get { Self.list(of: kind).map { self[keyPath: $0] } ?? [] }
    set {
      if let list = Self.list(of: kind) { self[keyPath: list] = newValue }
    }
  }

  public var isEmpty: Bool { Self.kinds.allSatisfy { self[$0].isEmpty } }

  private static func list(
    of kind: DirectoryEntry.Kind
  ) -> WritableKeyPath<Directory, [DirectoryEntry]>? {
    switch kind {
    case .organization: \.organizations
    case .program: \.programs
    case .service: \.services
    case .location: \.locations
    case .serviceAtLocation: \.serviceAtLocations
    case .taxonomy: \.taxonomies
    case .taxonomyTerm: \.taxonomyTerms
    case .attribute, .metadata, .unit, .url, .phone, .address, .schedule, .contact, .language, .accessibility,
      .funding, .costOption, .requiredDocument, .serviceArea, .serviceCapacity, .organizationIdentifier:
      nil
    }
  }
}

extension DirectoryEntry.Kind {
  /// Whether a directory keeps these in a list of their own.
  var standsAlone: Bool { Directory.kinds.contains(self) }
}

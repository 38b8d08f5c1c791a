public import Foundation

/// One object of a directory of help, in the shape of Open Referral HSDS 3.1: plain fields, and the objects below it.
///
/// A directory is kept in the standard's own shape, so that whatever another directory says of its services arrives and
/// leaves again as it was; `Resource` and `Offer` read from it what the program goes by.
public struct DirectoryEntry: Hashable, Sendable {
  public let kind: Kind
  public var id: UUID
  /// By the standard's names; what is not said is not here.
  public private(set) var fields: [String: Value]
  /// The objects below, by the name of the list (or of the one object) they stand in; never an empty list.
  public private(set) var parts: [String: [DirectoryEntry]]

  public init(
    _ kind: Kind, id: UUID, fields: [String: Value] = [:], parts: [String: [DirectoryEntry]] = [:]
  ) {
    self.kind = kind
    self.id = id
    self.fields = fields
    self.parts = parts.filter { !$0.value.isEmpty }
  }

  /// The id as text, in small letters.
  public var key: String { id.uuidString.lowercased() }

  public enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
  }

  /// A field's text; a number as it is written.
  public subscript(_ field: String) -> String? {
    get {
      switch fields[field] {
      case .text(let text)?: text
      case .number(let number)?: DirectoryEntry.written(number)
      case nil: nil
      }
    }
    set { fields[field] = newValue.flatMap { $0.isEmpty ? nil : .text($0) } }
  }

  public subscript(number field: String) -> Double? {
    get { if case .number(let number)? = fields[field] { number } else { nil } }
    set { fields[field] = newValue.map(Value.number) }
  }

  public subscript(part name: String) -> [DirectoryEntry] {
    get { parts[name] ?? [] }
    set { parts[name] = newValue.isEmpty ? nil : newValue }
  }

  /// The same with every list in the order of its ids: two that differ in the order alone say the same.
  public var inOrder: DirectoryEntry {
    DirectoryEntry(
      kind, id: id, fields: fields,
      parts: parts.mapValues { list in list.map(\.inOrder).sorted { $0.key < $1.key } })
  }

  /// A whole number without a fraction, any other as short as it can be told from its neighbours.
  public static func written(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }
}

extension DirectoryEntry {
  /// The objects of HSDS 3.1, by their names in the standard.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case organization, service, location, program, taxonomy, attribute, metadata, unit, url
    case phone, address, schedule, contact, language, accessibility, funding
    case serviceAtLocation = "service_at_location"
    case taxonomyTerm = "taxonomy_term"
    case costOption = "cost_option"
    case requiredDocument = "required_document"
    case serviceArea = "service_area"
    case serviceCapacity = "service_capacity"
    case organizationIdentifier = "organization_identifier"
  }

  /// What one field may hold.
  public enum FieldType: Hashable, Sendable {
    case text, number, uuid, uri, email, day, instant
    case oneOf([String])
  }

  public struct Field: Hashable, Sendable {
    public let name: String
    public let type: FieldType
    public let isRequired: Bool

    /// Whether the standard takes an empty text for it; a day is only a text to its JSON.
    public var mayBeEmpty: Bool { type == .text || type == .day }
  }

  /// A place for objects below: a list of them, or one.
  public struct Part: Hashable, Sendable {
    public let name: String
    public let kind: Kind
    public let isList: Bool
  }
}

extension DirectoryEntry.Kind {
  /// The plain fields, without `id`, in the order of the standard.
  public var fields: [DirectoryEntry.Field] { DirectoryEntry.shapes[self]?.fields ?? [] }
  /// The places for objects below, in the order of the standard.
  public var parts: [DirectoryEntry.Part] { DirectoryEntry.shapes[self]?.parts ?? [] }
}

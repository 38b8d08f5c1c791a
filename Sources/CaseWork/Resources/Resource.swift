import Foundation

/// A social resource (사회자원, F21): an institution, a group or a person that helps, and how to reach them.
///
/// What it offers stands in its `Offer`s. It is read from, and written into, the entry of the directory: the organization
/// of Open Referral HSDS 3.1, with what the standard has no field for as terms of our own taxonomies.
public struct Resource: Hashable, Sendable {
  public private(set) var entry: DirectoryEntry
  /// Whether it may be read by anybody, at the public directory.
  public var isPublic: Bool
  public var verifiedBy: ID<Staff>?
  public var version: Int

  public init(_ entry: DirectoryEntry, isPublic: Bool = false, verifiedBy: ID<Staff>? = nil, version: Int = 1)
  {
    self.entry = entry
    self.isPublic = isPublic
    self.verifiedBy = verifiedBy
    self.version = version
  }

  /// A new one, version 0 until it is kept.
  public init(
    id: ID<Resource>, name: String, kind: String, formality: String, place: String, phone: String? = nil,
    contactPerson: String? = nil, description: String, verifiedOn: Day? = nil
  ) {
    self.init(DirectoryEntry(.organization, id: id.value), version: 0)
    self.name = name
    self.kind = kind
    self.formality = formality
    self.place = place
    self.phone = phone
    self.contactPerson = contactPerson
    self.description = description
    self.verifiedOn = verifiedOn
  }

  public var id: ID<Resource> { ID(entry.id) }
}

extension Resource {
  public var name: String {
    get { entry["name"] ?? "" }
    set { entry["name"] = newValue }
  }

  public var alternateName: String? {
    get { entry["alternate_name"] }
    set { entry["alternate_name"] = newValue }
  }

  public var description: String {
    get { entry["description"] ?? "" }
    set { entry["description"] = newValue }
  }

  public var email: String? {
    get { entry["email"] }
    set { entry["email"] = newValue }
  }

  public var website: String? {
    get { entry["website"] }
    set { entry["website"] = newValue }
  }

  /// ORG-01 … ORG-53; empty where another directory has not told.
  public var kind: String {
    get { entry.codes(.organisation).first ?? "" }
    set { entry.set([newValue].filter { !$0.isEmpty }, in: .organisation) }
  }

  /// `formal`, `informal`, `semi-formal`.
  public var formality: String {
    get { entry.codes(.formality).first ?? "formal" }
    set { entry.set([newValue].filter { !$0.isEmpty }, in: .formality) }
  }

  /// `school`, `community`.
  public var place: String {
    get { entry.codes(.place).first ?? "community" }
    set { entry.set([newValue].filter { !$0.isEmpty }, in: .place) }
  }

  /// The first telephone number.
  public var phone: String? {
    get { entry[part: "phones"].first?["number"] }
    set { entry.setFirst("phones", .phone, "number", to: newValue) }
  }

  /// Whom to ask for: a person of the agency, so it lies sealed and is in no public directory.
  public var contactPerson: String? {
    get { entry[part: "contacts"].first?["name"] }
    set { entry.setFirst("contacts", .contact, "name", to: newValue) }
  }

  /// When somebody last made sure that all of this holds.
  public var verifiedOn: Day? {
    get { entry.value(.verified, "on").flatMap { Day($0) } }
    set { entry.set(newValue?.description, at: "on", in: .verified) }
  }

  /// An agreement (협약, MOU) and the days on which it begins and ends.
  public var agreement: Agreement? {
    get {
      guard let from = entry.value(.agreement, "from").flatMap({ Day($0) }) else { return nil }
      return Agreement(from: from, until: entry.value(.agreement, "until").flatMap { Day($0) })
    }
    set {
      entry.set(newValue?.from.description, at: "from", in: .agreement)
      entry.set(newValue?.until?.description, at: "until", in: .agreement)
    }
  }

  public struct Agreement: Hashable, Sendable {
    public let from: Day
    /// `nil`: until one of the two ends it.
    public let until: Day?

    public init(from: Day, until: Day?) {
      self.from = from
      self.until = until
    }
  }

  /// Days after which what nobody has checked counts as old, `days` a setting of the office.
  public func isStale(after days: Int, on day: Day) -> Bool {
    verifiedOn.map { $0.adding(days: days) < day } ?? true
  }
}

extension DirectoryEntry {
  /// Sets one field of the first object of a list, which comes into being, or goes, with it.
  mutating func setFirst(_ part: String, _ kind: Kind, _ field: String, to text: String?) {
    var all = self[part: part]
    guard let text, !text.isEmpty else {
      if !all.isEmpty { all.removeFirst() }
      self[part: part] = all
      return
    }
    if all.isEmpty { all.append(DirectoryEntry(kind, id: id.joined(with: DirectoryTerm.name(of: part)))) }
    all[0][field] = text
    self[part: part] = all
  }

  /// The same without the people one may ask for, at any depth: what a public directory may show.
  public var withoutContacts: DirectoryEntry {
    DirectoryEntry(
      kind, id: id, fields: fields,
      parts: parts.filter { $0.key != "contacts" }.mapValues { $0.map(\.withoutContacts) })
  }

  /// Whether somebody is named in it.
  public var hasContacts: Bool {
    parts.contains { name, entries in name == "contacts" || entries.contains(where: \.hasContacts) }
  }
}

extension DirectoryTerm {
  /// An id for the first object of a list of some name: with the owner's it makes one that is the same each time.
  static func name(of part: String) -> UUID {
    var bytes = [UInt8](repeating: 0, count: 16)
    for (place, byte) in part.utf8.enumerated() { bytes[place % 16] ^= byte &+ UInt8(place) }
    return UUID(bytes: bytes)
  }
}

/// A social resource (사회자원) of the directory: who helps with what, and how to reach them.
public struct Resource: Hashable, Sendable, Codable {
  public let id: ID<Resource>
  public var name: String
  /// ORG-01 … ORG-53.
  public var kind: String
  /// Need areas it serves (N01 … N15).
  public var needs: [String]
  /// `formal`, `informal`, `semi-formal`.
  public var formality: String
  /// `school`, `community`.
  public var place: String
  public var phone: String?
  public var contactPerson: String?
  public var description: String
  public var verifiedOn: Day?
  public var version: Int

  public init(
    id: ID<Resource>, name: String, kind: String, needs: [String], formality: String, place: String,
    phone: String? = nil, contactPerson: String? = nil, description: String, verifiedOn: Day? = nil,
    version: Int = 1
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.needs = needs
    self.formality = formality
    self.place = place
    self.phone = phone
    self.contactPerson = contactPerson
    self.description = description
    self.verifiedOn = verifiedOn
    self.version = version
  }
}

/// What matching weighs of an offer and its resource, read from one short text instead of two documents.
public struct OfferFit: Hashable, Sendable {
  public let offer: ID<Offer>
  public let resource: ID<Resource>
  public let name: String
  public let resourceName: String
  /// ORG-01 …
  public let kind: String
  public let formality: String
  public let status: Offer.Status
  public let needs: [String]
  public let minimumAge: Int?
  public let maximumAge: Int?
  public let grades: [Int]
  public let categories: [String]
  public let gender: String?
  public let eligibility: String?
  public let areas: [String]
  public let capacity: Offer.Capacity?
  public let waitingDays: Int?
  public let cost: String?
  public let languages: [String]
  /// Of the offer, or else of the resource.
  public let verifiedOn: Day?

  public init(_ offer: Offer, of resource: Resource) {
    self.offer = offer.id
    self.resource = resource.id
    name = offer.name
    resourceName = resource.name
    kind = resource.kind
    formality = resource.formality
    status = offer.status
    needs = offer.needs
    minimumAge = offer.minimumAge
    maximumAge = offer.maximumAge
    grades = offer.grades
    categories = offer.categories
    gender = offer.gender
    eligibility = offer.eligibility.map { String($0.prefix(300)) }
    areas = offer.areas
    capacity = offer.capacity
    waitingDays = offer.waitingDays
    cost = offer.cost
    languages = offer.languages
    verifiedOn = offer.verifiedOn ?? resource.verifiedOn
  }
}

// Its text: fields with one control character between them, the parts of a list with another. Quick to read, for two
// hundred are read for a page.
extension OfferFit {
  private static let field: Character = "\u{1F}"
  private static let part: Character = "\u{1E}"
  private static let fields = 22

  public var text: String {
    let fields: [[String]] = [
      [offer.description], [resource.description], [name], [resourceName], [kind], [formality],
      [status.rawValue], needs, told(minimumAge), told(maximumAge), grades.map(String.init), categories,
      told(gender), told(eligibility), areas, told(capacity?.free), told(capacity?.of), told(capacity?.on),
      told(waitingDays), told(cost), languages, told(verifiedOn),
    ]
    return fields.map { parts in parts.map(Self.plain).joined(separator: String(Self.part)) }
      .joined(separator: String(Self.field))
  }

  private func told<Told: LosslessStringConvertible>(_ value: Told?) -> [String] {
    value.map { [$0.description] } ?? []
  }

  private func told(_ day: Day?) -> [String] { day.map { [$0.description] } ?? [] }

  /// Nothing that would be taken for an end.
  private static func plain(_ text: String) -> String {
    text.contains(where: { $0 == field || $0 == part }) ? text.filter { $0 != field && $0 != part } : text
  }

  /// Reads what `text` has written; `nil` for anything else.
  public init?(text: String) {
    let fields = text.utf8.split(separator: 0x1F, omittingEmptySubsequences: false)
    guard fields.count == Self.fields else { return nil }
    func word(_ place: Int) -> String? {
      fields[place].isEmpty ? nil : String(Substring(fields[place]))
    }
    func words(_ place: Int) -> [String] {
      fields[place].isEmpty ? [] : fields[place].split(separator: 0x1E).map { String(Substring($0)) }
    }
    func number(_ place: Int) -> Int? { word(place).flatMap { Int($0) } }
    func day(_ place: Int) -> Day? { word(place).flatMap { Day($0) } }
    guard let offer = word(0).flatMap({ ID<Offer>($0) }),
      let resource = word(1).flatMap({ ID<Resource>($0) }),
      let status = word(6).flatMap(Offer.Status.init(rawValue:))
    else { return nil }
    self.offer = offer
    self.resource = resource
    name = word(2) ?? ""
    resourceName = word(3) ?? ""
    kind = word(4) ?? ""
    formality = word(5) ?? ""
    self.status = status
    needs = words(7)
    minimumAge = number(8)
    maximumAge = number(9)
    grades = words(10).compactMap { Int($0) }
    categories = words(11)
    gender = word(12)
    eligibility = word(13)
    areas = words(14)
    capacity = number(15).map { Offer.Capacity(free: $0, of: number(16), on: day(17)) }
    waitingDays = number(18)
    cost = word(19)
    languages = words(20)
    verifiedOn = day(21)
  }
}

/// A list of codes of the field (domain §3): immutable codes, names that may change, an end date instead of deletion.
public struct CodeList: Hashable, Sendable {
  public struct Name: Hashable, Sendable, RawRepresentable, Codable {
    public let rawValue: String

    public init(rawValue: String) {
      self.rawValue = rawValue
    }
  }

  public struct Code: Hashable, Sendable {
    public let value: String
    public let words: Words
    /// A few words more, where the name alone does not tell.
    public let hint: Words?
    /// The code it stands under: `N03` for `P0301`.
    public let parent: String?
    /// The last day on which it may be chosen; older records keep it.
    public let validTo: Day?

    public init(value: String, words: Words, hint: Words? = nil, parent: String? = nil, validTo: Day? = nil) {
      self.value = value
      self.words = words
      self.hint = hint
      self.parent = parent
      self.validTo = validTo
    }
  }

  public let name: Name
  public let codes: [Code]
  private let byValue: [String: Int]

  public init(name: Name, codes: [Code]) {
    self.name = name
    self.codes = codes
    byValue = Dictionary(codes.enumerated().map { ($1.value, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public subscript(_ value: String) -> Code? { byValue[value].map { codes[$0] } }

  public func choosable(on day: Day) -> [Code] {
    codes.filter { $0.validTo.map { day <= $0 } ?? true }
  }
}

/// An instrument of assessment (척도) as data: items by id, subscales, missing rules, cut-offs, licence.
public struct Instrument: Hashable, Sendable {
  public enum Licence: String, Hashable, Sendable, Codable {
    /// Wording may be embedded.
    case embedded = "A"
    /// Only after permission or a check of the official Korean version; until then scores only.
    case checkFirst = "B"
    /// Scores only, never the wording.
    case scoreOnly = "C"
  }

  public let id: String
  public let version: Int
  public let title: Words
  public let licence: Licence
  /// What must always stand beside it: "선별 도구, 진단이 아니에요", "검증되지 않음".
  public let caution: Words
  public let respondents: [String]
  public let items: [Item]
  public let subscales: [Subscale]
  /// Unanswered items count as 0 up to this many; more make the form invalid.
  public let missingAllowed: Int
  public let total: ClosedRange<Int>
  public let bands: [BandSet]

  public init(
    id: String, version: Int, title: Words, licence: Licence, caution: Words, respondents: [String],
    items: [Item],
    subscales: [Subscale], missingAllowed: Int, total: ClosedRange<Int>, bands: [BandSet]
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.licence = licence
    self.caution = caution
    self.respondents = respondents
    self.items = items
    self.subscales = subscales
    self.missingAllowed = missingAllowed
    self.total = total
    self.bands = bands
  }

  public struct Item: Hashable, Sendable {
    public let id: String
    /// Only where the licence allows it.
    public let words: Words?
    public let range: ClosedRange<Int>
    public let isReversed: Bool
    /// An answer from this value on asks "is the student safe now?" before anything is saved.
    public let riskFrom: Int?

    public init(id: String, words: Words?, range: ClosedRange<Int>, isReversed: Bool, riskFrom: Int?) {
      self.id = id
      self.words = words
      self.range = range
      self.isReversed = isReversed
      self.riskFrom = riskFrom
    }
  }

  public struct Subscale: Hashable, Sendable {
    public let id: String
    public let title: Words
    public let items: [String]
    /// At or above: look closer.
    public let cutOff: Int?

    public init(id: String, title: Words, items: [String], cutOff: Int?) {
      self.id = id
      self.title = title
      self.items = items
      self.cutOff = cutOff
    }
  }

  /// The bands of the total for one norm (country, age, respondent).
  public struct BandSet: Hashable, Sendable {
    public let norm: String
    public let bands: [Band]

    public init(norm: String, bands: [Band]) {
      self.norm = norm
      self.bands = bands
    }
  }

  public struct Band: Hashable, Sendable {
    public let from: Int
    public let id: String
    public let words: Words

    public init(from: Int, id: String, words: Words) {
      self.from = from
      self.id = id
      self.words = words
    }
  }
}

/// For whom a resource is looked for: what the case knows of the student, no more.
public struct ResourceWish: Hashable, Sendable {
  /// The need area it should serve.
  public let need: String
  /// In full years; `nil` where it is not known.
  public var age: Int?
  /// Counted through from 1 (초1) to 12 (고3).
  public var grade: Int?
  public var categories: Set<String>
  /// `female`, `male`.
  public var gender: String?
  /// Where the school lies, as 다솜구 or 가상시 다솜구.
  public var area: String?
  /// Another language than Korean the family needs, as its ISO 639 code.
  public var language: String?
  /// The day it is looked for.
  public let day: Day

  public init(
    need: String, age: Int? = nil, grade: Int? = nil, categories: Set<String> = [], gender: String? = nil,
    area: String? = nil, language: String? = nil, on day: Day
  ) {
    self.need = need
    self.age = age
    self.grade = grade
    self.categories = categories
    self.gender = gender
    self.area = area
    self.language = language
    self.day = day
  }
}

/// What came of the links of this office to one resource.
public struct ResourceExperience: Hashable, Sendable {
  public let asked: Int
  public let accepted: Int
  /// Days until the answer, in the middle of all.
  public let medianWait: Int?
  /// Students who were asked whether it helped, and those who said that it did.
  public let answered: Int
  public let helped: Int

  public init(asked: Int, accepted: Int, medianWait: Int?, answered: Int, helped: Int) {
    self.asked = asked
    self.accepted = accepted
    self.medianWait = medianWait
    self.answered = answered
    self.helped = helped
  }

  /// Fewer say nothing about a resource, and might tell of a student.
  public static let fewest = 5
}

/// One offer that might be asked, with what is known of it.
public struct ResourceCandidate: Hashable, Sendable {
  public let fit: OfferFit
  public let experience: ResourceExperience?
  /// Kilometres from the school, where both places are known.
  public let distance: Double?

  public init(_ fit: OfferFit, experience: ResourceExperience? = nil, distance: Double? = nil) {
    self.fit = fit
    self.experience = experience
    self.distance = distance
  }
}

/// A candidate with its place among the others, and why it has it.
public struct ResourceMatch: Hashable, Sendable {
  public let candidate: ResourceCandidate
  /// 0 … 100; only for putting them in order, never shown.
  public let score: Int
  public let reasons: [Reason]

  /// Whether nothing stands against it for this student.
  public var isEligible: Bool { !reasons.contains { $0.weight == .against } }

  /// One reason, in words of the wordings `match.<code>`.
  public struct Reason: Hashable, Sendable {
    public enum Weight: Hashable, Sendable {
      /// Speaks for it; is worth a look; rules it out.
      case fits, heed, against
    }

    public let code: String
    public let weight: Weight
    public let values: [String: Value]

    public init(_ code: String, _ weight: Weight, _ values: [String: Value] = [:]) {
      self.code = code
      self.weight = weight
      self.values = values
    }
  }

  /// What fills the words of a reason: a number, a day, grades to be named, codes of a list.
  public enum Value: Hashable, Sendable {
    case number(Int)
    case text(String)
    case day(Day)
    case grades([Int])
    case codes([String], CodeList.Name)
  }
}

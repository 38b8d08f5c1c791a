/// The risk scale of an assessment (F06 위기도): ten domains of 0–4, red flags, and the level they suggest.
///
/// An own draft that is not validated (domain §5.4). It only suggests: a person decides the level, and says why when
/// deciding otherwise (개인정보 보호법 제37조의2).
public struct Risk: Hashable, Sendable {
  public static let domains = [
    "safety", "living", "protection", "emotion", "behaviour", "attendance", "learning", "peers", "health",
    "economy",
  ]

  /// What was scored, by domain; a domain nobody scored is absent.
  public let scores: [String: Int]
  /// RF-01 … RF-09.
  public let redFlags: [String]
  /// Needs whose severity is 3 or more.
  public let severeNeeds: Int

  public init(scores: [String: Int], redFlags: [String], severeNeeds: Int) {
    self.scores = scores
    self.redFlags = redFlags
    self.severeNeeds = severeNeeds
  }

  public init(_ answers: Answers) {
    var scores: [String: Int] = [:]
    for domain in Risk.domains { scores[domain] = answers.number("risk-" + domain) }
    self.init(
      scores: scores, redFlags: answers[all: "red-flags"],
      severeNeeds: answers.rows("needs").filter { ($0.number("severity") ?? 0) >= 3 }.count)
  }

  public var sum: Int { scores.values.reduce(0, +) }
  public var isComplete: Bool { scores.count == Risk.domains.count }

  /// The level by the bands of the pack's own draft.
  public var suggested: Level { suggested(by: Risk.draftBands) }

  /// The level `bands` suggest, whose ids are levels' numbers (`1` … `4`, also `LV-3`). A red flag, or three needs of
  /// severity 3, makes it intensive at least.
  public func suggested(by bands: Instrument.BandSet) -> Level {
    let band = bands.bands.filter { $0.from <= sum }.max { $0.from < $1.from }
    let byScore = band.flatMap { $0.id.last?.wholeNumberValue }.flatMap(Level.init) ?? .watch
    return redFlags.isEmpty && severeNeeds < 3 ? byScore : max(byScore, .intensive)
  }

  /// 0–5 watch, 6–14 general, 15–24 intensive, 25–40 urgent.
  private static let draftBands = Instrument.BandSet(
    norm: "draft",
    bands: zip([0, 6, 15, 25], Level.allCases).map { from, level in
      Instrument.Band(from: from, id: "LV-\(level.rawValue)", words: Words(ko: "", en: ""))
    })

  /// What is wrong with the decision on the level: unscored domains, no level, no reason for another than suggested.
  public static func problems(in answers: Answers, bands: Instrument.BandSet? = nil) -> [Problem] {
    let risk = Risk(answers)
    var problems = domains.filter { risk.scores[$0] == nil }.map { Problem("risk-" + $0, "required") }
    guard let level = answers.number("level").flatMap(Level.init) else {
      return problems + [Problem("level", "required")]
    }
    let suggested = bands.map(risk.suggested(by:)) ?? risk.suggested
    if risk.isComplete, level != suggested, answers["level-why"] == nil {
      problems.append(Problem("level-why", "reason-for-other-level", String(suggested.rawValue)))
    }
    return problems
  }
}

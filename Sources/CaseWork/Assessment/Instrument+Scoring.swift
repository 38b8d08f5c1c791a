extension Instrument {
  /// What the answers to an instrument come to. Cut-offs are data; the result suggests and never diagnoses.
  public struct Scoring: Hashable, Sendable {
    /// `nil` where the form is invalid: too much was left out, or an answer lies outside its range.
    public let total: Int?
    public let subscales: [String: Int]
    public let band: Band?
    /// Subscales at or above their cut-off.
    public let overCutOff: [String]
    /// Items left out.
    public let unanswered: [String]
    /// Items whose answer asks whether the student is safe now.
    public let riskItems: [String]
    public let problems: [Problem]

    public var isValid: Bool { total != nil }
    public var asksForSafety: Bool { !riskItems.isEmpty }
  }

  /// Scores answers by item id. Left-out items count as 0 up to the number allowed; reversed items are turned round.
  ///
  /// - Parameter norm: which bands apply (country, age, respondent); the first set where the name is not known.
  public func scored(_ answers: [String: Int], norm: String? = nil) -> Scoring {
    let unanswered = items.map(\.id).filter { answers[$0] == nil }
    var problems = items.compactMap { item in
      answers[item.id].flatMap { item.range.contains($0) ? nil : Problem("item-" + item.id, "out-of-range") }
    }
    if unanswered.count > missingAllowed {
      problems.append(Problem("items", "too-many-unanswered", String(missingAllowed)))
    }
    let risky = items.filter { item in item.riskFrom.map { (answers[item.id] ?? .min) >= $0 } ?? false }.map(
      \.id)
    guard problems.isEmpty, !items.isEmpty else {
      return Scoring(
        total: nil, subscales: [:], band: nil, overCutOff: [], unanswered: unanswered, riskItems: risky,
        problems: problems)
    }
    let values = Dictionary(
      items.map { ($0.id, $0.value(of: answers[$0.id])) }, uniquingKeysWith: { first, _ in first })
    let sums = Dictionary(
      subscales.map { ($0.id, $0.items.reduce(0) { $0 + (values[$1] ?? 0) }) },
      uniquingKeysWith: { first, _ in first })
    let total = values.values.reduce(0, +)
    return Scoring(
      total: total, subscales: sums, band: band(of: total, norm: norm), overCutOff: overCutOff(sums),
      unanswered: unanswered, riskItems: risky, problems: [])
  }

  /// Scores a score record: by its items where enough were filled in, else by the numbers that were copied (a risk item
  /// may stand beside a copied total).
  public func scored(_ answers: Answers, norm: String? = nil) -> Scoring {
    var byItem: [String: Int] = [:]
    for item in items { byItem[item.id] = answers.number("item-" + item.id) }
    guard byItem.count < items.count - missingAllowed else { return scored(byItem, norm: norm) }
    let sums = subscales.reduce(into: [:]) { $0[$1.id] = answers.number("sub-" + $1.id) }
    let given = answers.number("total")
    let isInRange = given.map(total.contains) ?? false
    let code = given == nil ? "required" : "out-of-range"
    return Scoring(
      total: isInRange ? given : nil, subscales: sums,
      band: isInRange ? given.flatMap { band(of: $0, norm: norm) } : nil,
      overCutOff: overCutOff(sums), unanswered: [], riskItems: [],
      problems: isInRange ? [] : [Problem("total", code, "\(total.lowerBound)–\(total.upperBound)")])
  }

  public func band(of total: Int, norm: String? = nil) -> Band? {
    let set = bands.first { $0.norm == norm } ?? bands.first
    return set?.bands.filter { $0.from <= total }.max { $0.from < $1.from }
  }

  private func overCutOff(_ sums: [String: Int]) -> [String] {
    subscales.filter { scale in scale.cutOff.map { (sums[scale.id] ?? .min) >= $0 } ?? false }.map(\.id)
  }
}

extension Instrument.Item {
  func value(of answer: Int?) -> Int {
    guard let answer else { return 0 }
    return isReversed ? range.lowerBound + range.upperBound - answer : answer
  }
}

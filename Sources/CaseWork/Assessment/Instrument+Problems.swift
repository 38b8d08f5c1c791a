extension Instrument {
  /// What is wrong with a score that was written down: a total or a subscale beyond what the items can give, a sum that
  /// does not fit, a risk item left out, or one that was answered with danger without asking whether the student is safe
  /// now. Such an answer is asked after before anything is saved.
  ///
  /// Paths: `total`, `sub-<subscale>`, `item-<item>`, `safe-now`.
  public func problems(in answers: Answers) -> [Problem] {
    var problems: [Problem] = []
    if let written = answers.number("total"), !total.contains(written) {
      problems.append(Problem("total", "out-of-range", "\(total.lowerBound)–\(total.upperBound)"))
    }
    problems += subscaleProblems(in: answers)
    for item in items {
      guard let risk = item.riskFrom else { continue }
      guard let value = answers.number("item-\(item.id)") else {
        problems.append(Problem("item-\(item.id)", "risk-item"))
        continue
      }
      if value >= risk, answers["safe-now"] == nil { problems.append(Problem("safe-now", "ask-safe-now")) }
    }
    return problems
  }

  /// Whether an answer to a risk item says danger (PHQ-9, item 9 from 1 on).
  public func isRisky(_ answers: Answers) -> Bool {
    items.contains { item in
      item.riskFrom.map { risk in answers.number("item-\(item.id)").map { $0 >= risk } ?? false } ?? false
    }
  }

  private func subscaleProblems(in answers: Answers) -> [Problem] {
    let written = answers.paths.filter { $0.hasPrefix("sub-") }
    var problems = written.filter { path in !subscales.contains { "sub-\($0.id)" == path } }
      .map { Problem($0, "not-of-instrument") }
    var sum = 0
    for subscale in subscales {
      guard let value = answers.number("sub-\(subscale.id)") else { continue }
      let most = items.filter { subscale.items.contains($0.id) }.reduce(0) { $0 + $1.range.upperBound }
      if !(0...most).contains(value) {
        problems.append(Problem("sub-\(subscale.id)", "out-of-range", "0–\(most)"))
      }
      sum += value
    }
    let isWhole = Set(subscales.flatMap(\.items)).count == items.count && written.count == subscales.count
    if !subscales.isEmpty, isWhole, problems.isEmpty, let total = answers.number("total"), total != sum {
      problems.append(Problem("total", "sum-differs", String(sum)))
    }
    return problems
  }
}

/// One score of one scale (table `instrument_score`).
public struct InstrumentScore: Hashable, Sendable {
  public let instrument: String
  public let respondent: String
  /// `total`, or the id of a subscale.
  public let scale: String
  public let score: Int

  public init(instrument: String, respondent: String, scale: String, score: Int) {
    self.instrument = instrument
    self.respondent = respondent
    self.scale = scale
    self.score = score
  }

  /// The total and the subscales of a score record.
  public static func rows(of answers: Answers) -> [InstrumentScore] {
    guard let instrument = answers["instrument"], let respondent = answers["respondent"] else { return [] }
    let subscales = answers.paths.filter { $0.hasPrefix("sub-") }.map { (String($0.dropFirst(4)), $0) }
    return ([("total", "total")] + subscales).compactMap { scale, path in
      answers.number(path).map {
        InstrumentScore(instrument: instrument, respondent: respondent, scale: scale, score: $0)
      }
    }
  }
}

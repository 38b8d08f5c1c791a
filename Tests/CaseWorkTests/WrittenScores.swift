import CaseWork
import Practice
import Testing

@Suite struct `A score that is written down` {
  private func problems(_ instrument: String, _ answers: [String: String]) throws -> [Problem] {
    let practice = try Practice.bundled()
    let instrument = try #require(practice.instruments[instrument])
    return instrument.problems(in: Answers(answers.mapValues { [$0] }))
  }

  @Test func `asks whether the student is safe where the risk item says danger`() throws {
    #expect(try problems("phq-9", ["total": "12", "item-9": "0"]).isEmpty)
    #expect(try problems("phq-9", ["total": "12"]) == [Problem("item-9", "risk-item")])
    #expect(try problems("phq-9", ["total": "12", "item-9": "1"]) == [Problem("safe-now", "ask-safe-now")])
    #expect(try problems("phq-9", ["total": "12", "item-9": "2", "safe-now": "yes"]).isEmpty)
  }

  @Test func `stays within what the items can give`() throws {
    #expect(
      try problems("phq-9", ["total": "28", "item-9": "0"]) == [Problem("total", "out-of-range", "0–27")])
    #expect(
      try problems("psc-17", ["total": "22", "sub-attention": "11"])
        == [Problem("sub-attention", "out-of-range", "0–10")])
    #expect(
      try problems("phq-9", ["total": "2", "item-9": "0", "sub-attention": "1"])
        == [Problem("sub-attention", "not-of-instrument")])
  }

  @Test func `adds up`() throws {
    let parts = ["sub-internalizing": "3", "sub-attention": "9", "sub-externalizing": "10"]
    #expect(try problems("psc-17", parts.merging(["total": "22"]) { $1 }).isEmpty)
    #expect(
      try problems("psc-17", parts.merging(["total": "21"]) { $1 }) == [Problem("total", "sum-differs", "22")]
    )
    #expect(try problems("psc-17", ["total": "21", "sub-attention": "9"]).isEmpty)
  }
}

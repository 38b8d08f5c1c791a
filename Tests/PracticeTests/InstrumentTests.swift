import CaseWork
import Practice
import Testing

@Suite struct InstrumentTests {
  @Test func `no instrument but the office's own carries the wording of its items`() throws {
    for instrument in try Practice.bundled().instruments.values where instrument.licence != .embedded {
      #expect(instrument.items.allSatisfy { $0.words == nil }, "\(instrument.id)")
    }
  }

  @Test func `the risk scale falls into the four levels`() throws {
    let scale = try #require(try Practice.bundled().instruments["office-risk"])
    #expect(scale.items.count == 10)
    let bands = [0, 5, 6, 14, 15, 24, 25, 40].map { scale.band(of: $0)?.id }
    #expect(bands == ["LV-1", "LV-1", "LV-2", "LV-2", "LV-3", "LV-3", "LV-4", "LV-4"])
  }

  @Test func `the ninth item of PHQ-9 asks for safety from 1 on`() throws {
    let phq = try #require(try Practice.bundled().instruments["phq-9"])
    let answers = Dictionary(uniqueKeysWithValues: (1...9).map { (String($0), $0 == 9 ? 1 : 0) })
    #expect(phq.scored(answers).riskItems == ["9"])
    #expect(
      [4, 5, 10, 15, 20].map { phq.band(of: $0)?.id } == [
        "minimal", "mild", "moderate", "moderately-severe", "severe",
      ])
  }

  @Test func `PSC-17 is scored by item, with three left out at most`() throws {
    let psc = try #require(try Practice.bundled().instruments["psc-17"])
    var answers = Dictionary(uniqueKeysWithValues: (1...17).map { (String($0), 1) })
    #expect(psc.scored(answers).subscales == ["internalizing": 5, "attention": 5, "externalizing": 7])
    #expect(psc.scored(answers).overCutOff == ["internalizing", "externalizing"])
    for item in 1...3 { answers[String(item)] = nil }
    #expect(psc.scored(answers).total == 14)
    answers["4"] = nil
    #expect(psc.scored(answers).total == nil)
  }
}

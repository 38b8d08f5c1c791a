import CaseWork
import Testing

@Suite struct Ladders {
  /// Texts for all levels and the spans given, −2 first.
  private func ladder(_ spans: [(Int?, Int?)]) -> Ladder {
    Ladder(
      steps: zip(Ladder.names, spans).enumerated().map { index, pair in
        Ladder.Step(level: index - 2, name: pair.0, text: "수준", from: pair.1.0, to: pair.1.1)
      })
  }

  private func codes(_ spans: [(Int?, Int?)]) -> [String] {
    ladder(spans).flaws.map { "\($0.field) \($0.code)" }
  }

  @Test func `breakfast in days a week and lateness in times a month are whole`() {
    let breakfast = ladder([(0, 1), (2, 4), (5, 5), (6, 6), (7, 7)])
    #expect(breakfast.flaws.isEmpty)
    #expect((0...7).map { breakfast.level(of: $0) } == [-2, -2, -1, -1, -1, 0, 1, 2])
    let lateness = ladder([(8, nil), (4, 7), (2, 3), (1, 1), (nil, 0)])
    #expect(lateness.flaws.isEmpty)
    #expect([99, 8, 7, 3, 1, 0].map { lateness.level(of: $0) } == [-2, -2, -1, 0, 1, 2])
  }

  @Test func `a gap, an overlap and a reversed span are named at their field`() {
    #expect(codes([(0, 1), (3, 4), (5, 5), (6, 6), (7, 7)]) == ["m1-from ladder-gap"])
    #expect(codes([(0, 2), (2, 4), (5, 5), (6, 6), (7, 7)]) == ["m1-from ladder-overlap"])
    #expect(codes([(1, 0), (2, 4), (5, 5), (6, 6), (7, 7)]) == ["m2-to ladder-reversed"])
    #expect(codes([(8, nil), (3, 6), (2, 2), (1, 1), (nil, 0)]) == ["m1-to ladder-gap"])
    #expect(codes([(0, 1), (2, nil), (5, 5), (6, 6), (7, 7)]) == ["z0-from ladder-number"])
    #expect(codes([(0, 1), (nil, nil), (5, 5), (6, 6), (7, 7)]) == ["m1-from ladder-number"])
    #expect(codes([(5, 5), (5, 5), (5, 5), (5, 5), (5, 5)]) == ["z0-from ladder-direction"])
  }

  @Test func `a goal in words needs all five texts and no numbers`() {
    let words = Answers(["m2": ["전혀"], "m1": ["조금"], "z0": ["기대만큼"], "p1": ["더"], "p2": ["훨씬"]])
    #expect(Ladder(words).flaws.isEmpty)
    #expect(!Ladder(words).isNumeric)
    var short = words
    short["p1"] = nil
    #expect(Ladder(short).flaws.map(\.field) == ["p1"])
  }

  @Test func `whatever ladder is taken, every count between its ends has exactly one level`() {
    var seed: UInt64 = 1
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    var whole = 0
    for _ in 0..<4000 {
      var next = random(4)
      var spans: [(Int?, Int?)] = (0..<5).map { _ in
        let from = next, to = from + random(4)
        next = to + 1 + (random(12) == 0 ? random(3) - 1 : 0)
        return (from, to)
      }
      if random(2) == 0 { spans.reverse() }
      let it = ladder(spans)
      let bounds = spans.compactMap(\.0) + spans.compactMap(\.1)
      let range = (bounds.min() ?? 0)...(bounds.max() ?? 0)
      let holding = range.map { count in spans.filter { ($0.0 ?? 0) <= count && count <= ($0.1 ?? 0) }.count }
      #expect(it.flaws.isEmpty == holding.allSatisfy { $0 == 1 })
      if it.flaws.isEmpty {
        whole += 1
        #expect(range.allSatisfy { it.level(of: $0) != nil })
      }
    }
    #expect(whole > 500)
  }
}

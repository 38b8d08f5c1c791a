import CaseWork
import Foundation
import Testing

@Suite struct ResourceMatches {
  private static let today = Day("2026-11-26") ?? Day(ordinal: 0)
  private static let policy = ResourcePolicy(
    staleAfterDays: 180, longWaitDays: 30, coordination: .init(severity: 2, appointmentsAWeek: 5),
    weights: ResourceWeights(
      need: 25, area: 15, places: 15, waiting: 15, cost: 10, language: 5, experience: 10, freshness: 5))

  private func candidate(
    _ name: String = "곳", checked: String? = "2026-10-01", experience: ResourceExperience? = nil,
    distance: Double? = nil, _ change: (inout Offer) -> Void = { _ in }
  ) -> ResourceCandidate {
    let resource = Resource(
      id: ID(UUID()), name: name, kind: "ORG-07", formality: "formal", place: "community", description: "")
    var offer = Offer(id: ID(UUID()), of: resource.id, name: name, needs: ["N03"])
    offer.verifiedOn = checked.flatMap { Day($0) }
    change(&offer)
    // Through the text in which the store keeps it.
    let fit = OfferFit(offer, of: resource)
    return ResourceCandidate(
      OfferFit(text: fit.text) ?? fit, experience: experience, distance: distance)
  }

  private func wish(_ change: (inout ResourceWish) -> Void = { _ in }) -> ResourceWish {
    var wish = ResourceWish(
      need: "N03", age: 14, grade: 8, categories: ["WC-01a"], gender: "male", area: "가상시 다솜구 다솜1동",
      on: Self.today)
    change(&wish)
    return wish
  }

  private func reasons(
    _ change: @escaping (inout Offer) -> Void, for wish: ResourceWish? = nil
  ) -> [String: ResourceMatch.Reason.Weight] {
    let match = ResourceMatching(Self.policy).ranked([candidate("곳", change)], for: wish ?? self.wish())[0]
    return Dictionary(match.reasons.map { ($0.code, $0.weight) }) { first, _ in first }
  }

  static let conditions:
    [(
      name: String, change: @Sendable (inout Offer) -> Void, code: String, weight: ResourceMatch.Reason.Weight
    )] = [
      ("too young", { $0.minimumAge = 15 }, "too-young", .against),
      ("just old enough", { $0.minimumAge = 14 }, "ages", .fits),
      ("too old", { $0.maximumAge = 13 }, "too-old", .against),
      ("just young enough", { $0.maximumAge = 14 }, "ages", .fits),
      ("another grade", { $0.grades = [1, 2, 3] }, "other-grades", .against),
      ("the grade", { $0.grades = [7, 8, 9] }, "grades", .fits),
      ("another group", { $0.categories = ["WC-04"] }, "other-category", .against),
      ("the group above", { $0.categories = ["WC-01"] }, "category", .fits),
      ("the other gender", { $0.gender = "female" }, "other-gender", .against),
      ("another area", { $0.areas = ["다른구"] }, "other-area", .against),
      ("the area", { $0.areas = ["다솜구"] }, "serves-area", .fits),
      ("not running", { $0.status = .temporarilyClosed }, "not-running", .against),
      ("conditions in words", { $0.eligibility = "중위소득 60%" }, "conditions", .heed),
      ("free", { $0.cost = "free" }, "free", .fits),
      ("paid", { $0.cost = "paid" }, "cost-paid", .heed),
      ("no place", { $0.capacity = .init(free: 0, of: 10, on: Day("2026-11-01")) }, "no-place", .heed),
      ("places", { $0.capacity = .init(free: 2, of: 10, on: Day("2026-11-01")) }, "places-on", .fits),
      ("a long wait", { $0.waitingDays = 61 }, "waiting", .heed),
      ("a short wait", { $0.waitingDays = 7 }, "waiting", .fits),
      ("never checked", { $0.verifiedOn = nil }, "never-checked", .heed),
      ("checked long ago", { $0.verifiedOn = Day("2026-04-01") }, "checked-long-ago", .heed),
    ]

  @Test(arguments: conditions.map(\.name))
  func `each reason is told, and only conditions rule out`(_ name: String) throws {
    let row = try #require(Self.conditions.first { $0.name == name })
    #expect(reasons(row.change)[row.code] == row.weight)
    let match = ResourceMatching(Self.policy).ranked([candidate("곳", row.change)], for: wish())[0]
    #expect(match.isEligible == (row.weight != .against))
  }

  @Test func `what is not known of the student rules nothing out`() {
    let unknown = ResourceWish(need: "N03", on: Self.today)
    for change: (inout Offer) -> Void in [
      { $0.minimumAge = 30 }, { $0.grades = [1] }, { $0.gender = "female" }, { $0.areas = ["다른구"] },
    ] {
      #expect(!reasons(change, for: unknown).values.contains(.against))
    }
  }

  @Test func `a group that was asked for and is not known is ruled out, for its proof is missing`() {
    let match = ResourceMatching(Self.policy).ranked(
      [candidate("곳") { $0.categories = ["WC-03"] }], for: ResourceWish(need: "N03", on: Self.today))[0]
    #expect(!match.isEligible)
  }

  @Test func `those that fit stand first, then the better, then the alphabet`() {
    let order = ResourceMatching(Self.policy).ranked(
      [
        candidate("하하"), candidate("가가"),
        candidate("나나") { $0.grades = [1] },
        candidate("다다") {
          $0.cost = "free"
          $0.waitingDays = 3
        },
        candidate("라라") { $0.needs = ["N05", "N03"] },
      ], for: wish()
    ).map(\.candidate.fit.resourceName)
    #expect(order == ["다다", "가가", "하하", "라라", "나나"])
  }

  @Test func `the office's own experience counts before what the agency tells, from five links on`() {
    let few = ResourceExperience(asked: 4, accepted: 4, medianWait: 1, answered: 4, helped: 4)
    let many = ResourceExperience(asked: 9, accepted: 8, medianWait: 6, answered: 6, helped: 5)
    let bad = ResourceExperience(asked: 9, accepted: 1, medianWait: 50, answered: 6, helped: 1)
    func match(_ experience: ResourceExperience?) -> ResourceMatch {
      ResourceMatching(Self.policy).ranked(
        [candidate("곳", experience: experience) { $0.waitingDays = 20 }], for: wish())[0]
    }
    #expect(match(few).score == match(nil).score)
    #expect(!match(few).reasons.contains { $0.code == "experience" || $0.code == "waited" })
    #expect(match(many).score > match(nil).score && match(bad).score < match(nil).score)
    #expect(
      match(many).reasons.contains(
        ResourceMatch.Reason("waited", .fits, ["days": .number(6)])))
  }

  @Test func `near goes before far`() {
    let order = ResourceMatching(Self.policy).ranked(
      [candidate("먼 곳", distance: 25), candidate("옆", distance: 0.4), candidate("건너", distance: 8)],
      for: wish()
    ).map(\.candidate.fit.resourceName)
    #expect(order == ["옆", "건너", "먼 곳"])
  }

  @Test func `no weight at all divides by nothing`() {
    let none = ResourcePolicy(
      staleAfterDays: 0, longWaitDays: 30, coordination: .init(severity: 2, appointmentsAWeek: 5),
      weights: ResourceWeights(
        need: 0, area: 0, places: 0, waiting: 0, cost: 0, language: 0, experience: 0, freshness: 0))
    #expect(ResourceMatching(none).ranked([candidate()], for: wish())[0].score == 0)
  }
}

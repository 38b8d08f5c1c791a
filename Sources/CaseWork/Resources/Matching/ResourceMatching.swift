/// Puts what might help a student in order, and says why.
///
/// Conditions of an offer are hard: who does not meet one is not ruled out of sight, but stands apart with the reason.
/// Everything else counts by the weights of the office. What is not known counts half, so that a card nobody filled in is
/// neither punished nor preferred.
public struct ResourceMatching: Sendable {
  public let policy: ResourcePolicy

  public init(_ policy: ResourcePolicy) {
    self.policy = policy
  }

  /// Those that fit first, the best of them at the top; equal ones in the order of the alphabet.
  public func ranked(_ candidates: [ResourceCandidate], for wish: ResourceWish) -> [ResourceMatch] {
    candidates.map { match($0, for: wish) }.sorted { one, other in
      if one.isEligible != other.isEligible { return one.isEligible }
      if one.score != other.score { return one.score > other.score }
      let (a, b) = (one.candidate.fit, other.candidate.fit)
      return (a.resourceName, a.name, a.offer) < (b.resourceName, b.name, b.offer)
    }
  }

  func match(_ candidate: ResourceCandidate, for wish: ResourceWish) -> ResourceMatch {
    let against = conditions(of: candidate.fit, for: wish)
    let weights = policy.weights
    let parts: [(weight: Int, part: Part)] = [
      (weights.need, need(candidate, wish)), (weights.area, area(candidate, wish)),
      (weights.places, places(candidate, wish)), (weights.waiting, waiting(candidate)),
      (weights.cost, cost(candidate)), (weights.language, language(candidate, wish)),
      (weights.experience, experience(candidate)), (weights.freshness, freshness(candidate, wish)),
    ]
    let all = max(1, parts.map(\.weight).reduce(0, +))
    let score = parts.map { $0.weight * $0.part.value }.reduce(0, +) / all
    return ResourceMatch(
      candidate: candidate, score: score, reasons: against + parts.compactMap(\.part.reason))
  }

  /// How well one thing fits, from 0 to 100, and what is said of it.
  private struct Part {
    let value: Int
    var reason: ResourceMatch.Reason?

    init(_ value: Int, _ reason: ResourceMatch.Reason? = nil) {
      self.value = value
      self.reason = reason
    }

    static let unknown = Part(50)
  }

  // MARK: conditions

  private func conditions(of offer: OfferFit, for wish: ResourceWish) -> [ResourceMatch.Reason] {
    var reasons: [ResourceMatch.Reason] = []
    if offer.status != .active {
      reasons.append(.init("not-running", .against))
    }
    if let age = wish.age, let youngest = offer.minimumAge, age < youngest {
      reasons.append(.init("too-young", .against, ["age": .number(youngest)]))
    }
    if let age = wish.age, let oldest = offer.maximumAge, age > oldest {
      reasons.append(.init("too-old", .against, ["age": .number(oldest)]))
    }
    if !offer.grades.isEmpty {
      let fits = wish.grade.map { offer.grades.contains($0) } ?? true
      reasons.append(
        .init(fits ? "grades" : "other-grades", fits ? .fits : .against, ["grades": .grades(offer.grades)]))
    } else if wish.age != nil, reasons.isEmpty, offer.minimumAge != nil || offer.maximumAge != nil {
      reasons.append(.init("ages", .fits, ages(offer)))
    }
    if !offer.categories.isEmpty {
      let fits = offer.categories.contains { code in wish.categories.contains { $0.hasPrefix(code) } }
      reasons.append(
        .init(
          fits ? "category" : "other-category", fits ? .fits : .against,
          ["codes": .codes(offer.categories, CodeList.Name(rawValue: "welfare-category"))]))
    }
    if let gender = offer.gender, let own = wish.gender, gender != own {
      reasons.append(
        .init("other-gender", .against, ["codes": .codes([gender], CodeList.Name(rawValue: "sex"))]))
    }
    if offer.eligibility != nil {
      reasons.append(.init("conditions", .heed, ["text": .text(offer.eligibility ?? "")]))
    }
    return reasons
  }

  private func ages(_ offer: OfferFit) -> [String: ResourceMatch.Value] {
    var values: [String: ResourceMatch.Value] = [:]
    values["from"] = offer.minimumAge.map { .number($0) }
    values["to"] = offer.maximumAge.map { .number($0) }
    return values
  }

  // MARK: what counts

  /// What a service names first is what it is for.
  private func need(_ candidate: ResourceCandidate, _ wish: ResourceWish) -> Part {
    guard let place = candidate.fit.needs.firstIndex(of: wish.need) else { return Part(0) }
    return Part(place == 0 ? 100 : 70)
  }

  private func area(_ candidate: ResourceCandidate, _ wish: ResourceWish) -> Part {
    let areas = candidate.fit.areas
    if let distance = candidate.distance {
      let value = distance <= 3 ? 100 : distance <= 10 ? 60 : 20
      let code = distance <= 3 ? "near" : "far"
      return Part(
        value,
        .init(code, value == 20 ? .heed : .fits, ["kilometres": .number(max(1, Int(distance.rounded())))]))
    }
    guard !areas.isEmpty else { return Part(60) }
    guard let area = wish.area else { return .unknown }
    let serves = areas.contains { Self.covers($0, area) }
    return serves
      ? Part(100, .init("serves-area", .fits, ["area": .text(areas.joined(separator: ", "))]))
      : Part(0, .init("other-area", .against, ["area": .text(areas.joined(separator: ", "))]))
  }

  /// 다솜구 covers 가상시 다솜구 and 다솜구 다솜1동: the words of one stand in the other.
  static func covers(_ served: String, _ area: String) -> Bool {
    let (a, b) = (Set(served.split(separator: " ")), Set(area.split(separator: " ")))
    return !a.isEmpty && !b.isEmpty && (a.isSubset(of: b) || b.isSubset(of: a))
  }

  private func places(_ candidate: ResourceCandidate, _ wish: ResourceWish) -> Part {
    guard let capacity = candidate.fit.capacity else { return .unknown }
    guard capacity.free > 0 else { return Part(0, .init("no-place", .heed)) }
    guard let told = capacity.on else {
      return Part(80, .init("places", .fits, ["count": .number(capacity.free)]))
    }
    let isOld = told.adding(days: policy.staleAfterDays) < wish.day
    return isOld
      ? .unknown
      : Part(100, .init("places-on", .fits, ["count": .number(capacity.free), "day": .day(told)]))
  }

  /// The office's own experience counts before what the agency tells.
  private func waiting(_ candidate: ResourceCandidate) -> Part {
    let own = candidate.experience.flatMap {
      $0.asked >= ResourceExperience.fewest ? $0.medianWait : nil
    }
    guard let days = own ?? candidate.fit.waitingDays else { return .unknown }
    let value = days <= 7 ? 100 : days <= 30 ? 60 : days <= 60 ? 30 : 0
    return Part(
      value,
      .init(own == nil ? "waiting" : "waited", value >= 60 ? .fits : .heed, ["days": .number(days)]))
  }

  private func cost(_ candidate: ResourceCandidate) -> Part {
    switch candidate.fit.cost {
    case "free": Part(100, .init("free", .fits))
    case "by-income": Part(70, .init("cost-by-income", .heed))
    case "partly": Part(60, .init("cost-partly", .heed))
    case "paid": Part(20, .init("cost-paid", .heed))
    default: .unknown
    }
  }

  private func language(_ candidate: ResourceCandidate, _ wish: ResourceWish) -> Part {
    guard let wanted = wish.language, wanted != "ko" else { return Part(100) }
    let spoken = candidate.fit.languages
    guard !spoken.isEmpty else { return .unknown }
    return spoken.contains(wanted)
      ? Part(100, .init("language", .fits, ["language": .text(wanted)]))
      : Part(0, .init("other-language", .heed, ["language": .text(wanted)]))
  }

  private func experience(_ candidate: ResourceCandidate) -> Part {
    guard let own = candidate.experience, own.asked >= ResourceExperience.fewest else { return .unknown }
    let accepted = own.accepted * 100 / own.asked
    let helped = own.answered >= ResourceExperience.fewest ? own.helped * 100 / own.answered : accepted
    let value = (accepted + helped) / 2
    return Part(
      value,
      .init(
        "experience", accepted >= 50 ? .fits : .heed,
        ["asked": .number(own.asked), "accepted": .number(own.accepted)]))
  }

  private func freshness(_ candidate: ResourceCandidate, _ wish: ResourceWish) -> Part {
    guard let day = candidate.fit.verifiedOn else {
      return Part(0, .init("never-checked", .heed))
    }
    let days = day.days(until: wish.day)
    if days <= policy.staleAfterDays { return Part(100) }
    return Part(
      days <= 2 * policy.staleAfterDays ? 50 : 0,
      .init("checked-long-ago", .heed, ["months": .number(max(1, days / 30))]))
  }
}

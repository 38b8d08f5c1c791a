import Foundation

/// One line of a gate: a thing a step needs, and whether it is there.
public struct GateLine: Hashable, Sendable {
  /// The wording's key under `missing.`.
  public let code: String
  /// The form and field where it is filled in.
  public let place: String
  public let isDone: Bool
  public let have: Int?
  public let need: Int?

  public init(code: String, place: String, isDone: Bool, have: Int? = nil, need: Int? = nil) {
    self.code = code
    self.place = place
    self.isDone = isDone
    self.have = have
    self.need = need
  }
}

extension Workflow {
  public subscript(id: String) -> Step? { steps.first { $0.id == id } }

  /// The steps that lead on from where the case stands, the main one first; none while it is held or has ended.
  public func nextSteps(_ facts: CaseFacts) -> [Step] {
    guard facts.file.standing == .open else { return [] }
    let steps = steps.filter { $0.from.contains(facts.file.stage) }
    return steps.filter(\.isMain) + steps.filter { !$0.isMain }
  }

  /// Every line of the step's gate, done and missing, in the order of the files.
  public func gate(of step: Step, _ facts: CaseFacts, on day: Day) -> [GateLine] {
    step.needs.flatMap { lines($0.rule, $0, facts, on: day) }
  }

  /// What the step still needs.
  public func missing(for step: Step, _ facts: CaseFacts, on day: Day) -> [Missing] {
    gate(of: step, facts, on: day).filter { !$0.isDone }.map {
      Missing($0.code, at: $0.place, have: $0.have, need: $0.need)
    }
  }

  private func lines(_ rule: Rule, _ needed: Requirement, _ facts: CaseFacts, on day: Day) -> [GateLine] {
    switch rule {
    case .record(let kind, let approved, let atLeast, let since):
      let newest = facts.newest(kind, approved: approved, since: since)
      let have = newest == nil ? 0 : facts.counts[kind] ?? 1
      return [line(needed, have >= atLeast, have: have, need: atLeast)]
    case .mark(let kind, let mark, let atLeast, let since):
      let have = facts.newest(kind, since: since)?.marks[mark] ?? 0
      return [line(needed, have >= atLeast, have: have, need: atLeast)]
    case .total(let kind, let mark, let atLeast, let since):
      let first = facts.instant(of: since)
      let have = facts.tallies.reduce(0) { sum, tally in
        let counts =
          tally.kind == kind && tally.mark == mark && (first.map { $0 <= tally.record.madeAt } ?? true)
        return counts ? sum + tally.count : sum
      }
      return [line(needed, have >= atLeast, have: have, need: atLeast)]
    case .consent(let purpose):
      return facts.consent(for: purpose, on: day).parties.map { party in
        GateLine(
          code: "\(needed.missing)-\(party.party.rawValue)", place: needed.place, isDone: party.status == .yes
        )
      }
    case .level:
      return [GateLine(code: needed.missing, place: needed.place, isDone: facts.file.level != nil)]
    case .any(let rules):
      let gates = rules.map { lines($0, needed, facts, on: day) }
      return gates.first { $0.allSatisfy(\.isDone) } ?? gates.first ?? []
    }
  }

  private func line(_ needed: Requirement, _ isDone: Bool, have: Int, need: Int) -> GateLine {
    GateLine(
      code: needed.missing, place: needed.place, isDone: isDone, have: need > 1 ? have : nil,
      need: need > 1 ? need : nil)
  }
}

extension CaseFacts {
  /// The newest record of a kind, if it counts: approved where asked, and not older than `since`.
  public func newest(
    _ kind: CaseRecord.Kind, approved: Bool = false, since: Workflow.Since? = nil
  ) -> RecordFact? {
    guard let fact = latest[kind], !approved || fact.isApproved else { return nil }
    guard let first = instant(of: since) else { return fact }
    return first <= (approved ? fact.approvedAt ?? fact.id.madeAt : fact.id.madeAt) ? fact : nil
  }

  func instant(of since: Workflow.Since?) -> Date? {
    switch since {
    case .stage: stageSince
    case .approval(let kind): latest[kind]?.approvedAt
    case nil: nil
    }
  }
}

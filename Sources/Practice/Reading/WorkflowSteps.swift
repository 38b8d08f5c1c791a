internal import CaseWork

extension Workflow {
  init(_ piece: Piece) {
    piece.allow("steps")
    self.init(steps: piece.need("steps")?.list.compactMap { Step($0) } ?? [])
  }
}

extension Workflow.Step {
  init?(_ piece: Piece) {
    piece.allow("id", "from", "to", "act", "needs", "overridable", "main")
    guard let to = piece.need("to")?.code(Stage.self), let act = piece.need("act")?.code(Act.self) else {
      return nil
    }
    self.init(
      id: piece.need("id")?.text ?? "",
      from: piece.need("from")?.list.compactMap { $0.code(Stage.self) } ?? [],
      to: to, act: act, needs: piece["needs"]?.list.compactMap { Workflow.Requirement($0) } ?? [],
      isOverridable: piece["overridable"]?.flag ?? false, isMain: piece["main"]?.flag ?? false)
  }
}

extension Workflow.Requirement {
  init?(_ piece: Piece) {
    piece.allow("rule", "of", "approved", "mark", "at-least", "purpose", "than", "rules", "missing", "place")
    guard let rule = Workflow.Rule(piece) else { return nil }
    self.init(rule: rule, missing: piece.need("missing")?.text ?? "", place: piece.need("place")?.text ?? "")
  }
}

extension Workflow.Rule {
  init?(_ piece: Piece) {
    let kind = piece["of"]?.code(CaseRecord.Kind.self)
    let least = piece["at-least"]?.number ?? 1
    switch piece.need("rule")?.text {
    case "record":
      guard let kind else { return nil }
      self = .record(kind, approved: piece["approved"]?.flag ?? false, atLeast: least)
    case "mark":
      guard let kind, let mark = piece.need("mark")?.text else { return nil }
      self = .mark(kind, mark, atLeast: least)
    case "consent":
      guard let purpose = piece.need("purpose")?.code(Consent.Purpose.self) else { return nil }
      self = .consent(purpose)
    case "level":
      self = .level
    case "newer":
      guard let kind, let other = piece.need("than")?.code(CaseRecord.Kind.self) else { return nil }
      self = .newer(kind, than: other)
    case "total":
      guard let kind, let mark = piece.need("mark")?.text else { return nil }
      self = .total(kind, mark, atLeast: least)
    case "any":
      self = .any(piece.need("rules")?.list.compactMap { Workflow.Rule($0) } ?? [])
    default:
      piece.problem("a rule is record, mark, total, consent, level, newer or any")
      return nil
    }
  }
}

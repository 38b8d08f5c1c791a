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
    piece.allow("rule", "of", "approved", "mark", "at-least", "since", "purpose", "rules", "missing", "place")
    guard let rule = Workflow.Rule(piece) else { return nil }
    self.init(rule: rule, missing: piece.need("missing")?.text ?? "", place: piece.need("place")?.text ?? "")
  }
}

extension Workflow.Rule {
  init?(_ piece: Piece) {
    let kind = piece["of"]?.code(CaseRecord.Kind.self)
    let least = piece["at-least"]?.number ?? 1
    let since = piece["since"].flatMap { Workflow.Since($0) }
    switch piece.need("rule")?.text {
    case "record":
      guard let kind else { return nil }
      self = .record(kind, approved: piece["approved"]?.flag ?? false, atLeast: least, since: since)
    case "mark":
      guard let kind, let mark = piece.need("mark")?.text else { return nil }
      self = .mark(kind, mark, atLeast: least, since: since)
    case "consent":
      guard let purpose = piece.need("purpose")?.code(Consent.Purpose.self) else { return nil }
      self = .consent(purpose)
    case "level":
      self = .level
    case "total":
      guard let kind, let mark = piece.need("mark")?.text else { return nil }
      self = .total(kind, mark, atLeast: least, since: since)
    case "any":
      self = .any(piece.need("rules")?.list.compactMap { Workflow.Rule($0) } ?? [])
    default:
      piece.problem("a rule is record, mark, total, consent, level or any")
      return nil
    }
  }
}

extension Workflow.Since {
  /// `stage`, or the kind of record whose approval counts.
  init?(_ piece: Piece) {
    if piece.text == "stage" {
      self = .stage
    } else if let kind = piece.code(CaseRecord.Kind.self) {
      self = .approval(of: kind)
    } else {
      return nil
    }
  }
}

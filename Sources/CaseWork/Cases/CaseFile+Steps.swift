extension CaseFile {
  /// A case as it stands after something was done, and the row that tells of it.
  public struct Change: Hashable, Sendable {
    public let file: CaseFile
    public let transition: Transition

    public init(file: CaseFile, transition: Transition) {
      self.file = file
      self.transition = transition
    }
  }

  /// Who does it, when, and the id of the row it leaves.
  public struct Doing: Hashable, Sendable {
    public let by: ID<Staff>
    public let on: Day
    public let transition: ID<Transition>

    public init(by: ID<Staff>, on: Day, transition: ID<Transition>) {
      self.by = by
      self.on = on
      self.transition = transition
    }
  }

  /// What the intake decides.
  public enum IntakeDecision: String, Hashable, Sendable, Codable, CaseIterable {
    case caseManagement = "case-management"
    case simpleLinkage = "simple-linkage"
    case information
    case notSelected = "not-selected"
  }

  /// The first row of a case that was just opened.
  public func opening(_ doing: Doing) -> Transition {
    Transition(
      id: doing.transition, caseFile: id, from: nil, to: stage, standing: standing, reason: "opened",
      by: doing.by,
      at: doing.on)
  }

  /// Decides the intake. Only case management goes on; everything else ends the case with a reason.
  public func deciding(
    _ decision: IntakeDecision, reason: String?, level: Level? = nil, _ doing: Doing
  ) throws(Refusal) -> Change {
    try mustBeOpen()
    guard stage == .intake else { throw .conflict(.alreadyAnswered) }
    if decision != .caseManagement, reason?.isEmpty ?? true {
      throw .invalid([Problem("decision-reason", "required")])
    }
    return change(doing, because: decision.rawValue) { file in
      if decision != .caseManagement { file.standing = .notSelected }
      file.level = level ?? file.level
    }
  }

  /// Turned down by a conference: helped without a case, or not selected.
  public func turnedDown(_ decision: IntakeDecision, _ doing: Doing) throws(Refusal) -> Change {
    try mustBeOpen()
    return change(doing, because: decision.rawValue) { $0.standing = .notSelected }
  }

  /// Takes a step whose gate is passed, or may be passed over with a reason.
  public func taking(
    _ step: Workflow.Step, missing: [Missing], overriding reason: String? = nil, _ doing: Doing
  ) throws(Refusal) -> Change {
    try mustBeOpen()
    guard step.from.contains(stage) else { throw .invalid([Problem("step", "wrong-stage", step.id)]) }
    let isOverridden = step.isOverridable && !(reason?.isEmpty ?? true)
    guard missing.isEmpty || isOverridden else { throw .notYet(missing) }
    return change(doing, because: missing.isEmpty ? "gate-passed" : "override") { $0.stage = step.to }
  }

  /// Changes the level; only a person does.
  public func changing(to level: Level, _ doing: Doing) throws(Refusal) -> Change {
    try mustBeOpen()
    return change(doing, because: "level-\(level.rawValue)") { $0.level = level }
  }

  /// Hands the case to another case manager; a held case as well, but not a closed one.
  public func assigned(to manager: ID<Staff>, _ doing: Doing) throws(Refusal) -> Change {
    guard standing != .ended, standing != .notSelected else { throw .conflict(.alreadyClosed) }
    return change(doing, because: "assigned") { $0.manager = manager }
  }

  /// Only an open case moves.
  func mustBeOpen() throws(Refusal) {
    switch standing {
    case .open: return
    case .refused, .suspended: throw .conflict(.held)
    case .notSelected, .closed, .ended: throw .conflict(.alreadyClosed)
    }
  }

  func change(_ doing: Doing, because reason: String, _ body: (inout CaseFile) -> Void) -> Change {
    var file = self
    body(&file)
    return Change(
      file: file,
      transition: Transition(
        id: doing.transition, caseFile: id, from: stage, to: file.stage, standing: file.standing,
        reason: reason,
        by: doing.by, at: doing.on))
  }
}

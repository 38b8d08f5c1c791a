public import CaseWork
public import Operations

// A case along its way, each part through its act; the days are those of `World.watch`.
extension World {
  /// A referral by the teacher.
  @discardableResult
  public func refer(_ child: Child) async throws -> ID<Referral> {
    try await SendReferral(office)(Filled.referral, for: student(child), in: school.id, by: asker(.teacher))
  }

  /// A case that was just received by the case manager.
  public func openCase(_ child: Child) async throws -> CaseFile {
    try await ReceiveReferral(office)(try await refer(child), by: asker(.caseManager))
  }

  public func agreement(
    _ purposes: [Consent.Purpose] = [.participation, .collection, .sensitive],
    parties: [Consent.Party] = [.student, .guardian], _ answer: Consent.Answer = .yes, items: [String] = []
  ) -> [AnswerConsent.Given] {
    purposes.flatMap { purpose in
      parties.map { party in
        AnswerConsent.Given(
          purpose, party, answer, method: "paper", guardianConfirmation: "signature",
          wording: Consent.WordingVersion(id: purpose.rawValue, version: 1), items: items)
      }
    }
  }

  /// Intake decided and consent given: the case is at `assessment`.
  public func assessableCase(_ child: Child) async throws -> CaseFile {
    let file = try await openCase(child)
    let intake = try await WriteRecord(office)(
      .intake, Filled.intake(today), in: file.id, by: asker(.caseManager))
    try await DecideIntake(office)(intake.id, from: intake.version, in: file.id, by: asker(.caseManager))
    try await AnswerConsent(office)(agreement(), in: file.id, by: asker(.caseManager))
    return try await TakeStep(office)("to-assessment", in: file.id, by: asker(.caseManager))
  }

  /// Assessed and selected: at `planning`.
  public func plannableCase(_ child: Child) async throws -> CaseFile {
    let file = try await assessableCase(child)
    try await WriteRecord(office)(
      .assessment, Filled.assessment(today), in: file.id, finishing: true, by: asker(.caseManager))
    let minutes = try await WriteRecord(office)(
      .conference, Filled.conference(today, tasksFor: id(.homeroom)), in: file.id, by: asker(.caseManager))
    return try await SelectCase(office)(
      minutes.id, from: minutes.version, in: file.id, by: asker(.vicePrincipal))
  }

  /// The plan is approved: at `service`.
  public func servedCase(_ child: Child) async throws -> CaseFile {
    let file = try await plannableCase(child)
    let plan = try await WriteRecord(office)(
      .plan, Filled.plan(today), in: file.id, finishing: true, by: asker(.caseManager))
    return try await ApprovePlan(office)(plan.id, from: plan.version, in: file.id, by: asker(.principal))
  }

  /// Announced twice, evaluated and closed.
  public func closedCase(_ child: Child) async throws -> CaseFile {
    try await closed(try await servedCase(child))
  }

  /// The same of a case that is served.
  public func closed(_ file: CaseFile) async throws -> CaseFile {
    let manager = asker(.caseManager)
    for _ in 0..<2 {
      watch.turn(to: today.adding(days: 7))
      try await RecordContact(office)(Filled.contact(today, notice: true), in: file.id, by: manager)
    }
    watch.turn(to: today.adding(days: 14))
    try await RecordMonitoring(office)(
      Filled.monitoring(today, [0, 0], adjustments: ["AJ7"]), in: file.id, by: manager)
    try await Evaluate(office)(Filled.evaluation(today, [1, 0]), in: file.id, by: manager)
    return try await CloseCase(office)(Filled.closure(today), in: file.id, by: manager).file
  }
}

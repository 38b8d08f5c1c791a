public import CaseWork
import Repositories
import Store

/// F03: what student and guardian answered, each purpose on its own, as many as were asked in one sitting.
public struct AnswerConsent: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// One answer to one question.
  public struct Given: Hashable, Sendable {
    public let purpose: Consent.Purpose
    public let party: Consent.Party
    public let relative: ID<Relative>?
    public let answer: Consent.Answer
    /// `nil`: the day of the act.
    public let day: Day?
    /// `nil`: the end of the school year.
    public let until: Day?
    /// `paper`, `phone`, `text`, `mail`, `web`, `in-person`.
    public let method: String
    /// How the legal guardian was confirmed, for a student under 14 (시행령 제17조의2①).
    public let guardianConfirmation: String?
    public let wording: Consent.WordingVersion
    public let recipient: ID<Resource>?
    public let items: [String]
    public let note: String?

    public init(
      _ purpose: Consent.Purpose, _ party: Consent.Party, _ answer: Consent.Answer,
      day: Day? = nil, until: Day? = nil, method: String, relative: ID<Relative>? = nil,
      guardianConfirmation: String? = nil, wording: Consent.WordingVersion, recipient: ID<Resource>? = nil,
      items: [String] = [], note: String? = nil
    ) {
      self.purpose = purpose
      self.party = party
      self.relative = relative
      self.answer = answer
      self.day = day
      self.until = until
      self.method = method
      self.guardianConfirmation = guardianConfirmation
      self.wording = wording
      self.recipient = recipient
      self.items = items
      self.note = note
    }
  }

  @discardableResult
  public func callAsFunction(_ given: [Given], in id: ID<CaseFile>, by asker: Asker) async throws -> CaseFile
  {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .recordConsent)
      guard !file.hasEnded else { throw Refusal.conflict(.alreadyClosed) }
      guard !given.isEmpty else { throw Refusal.invalid([Problem("answers", "required")]) }
      let birthDay = try desk.birthDay(of: file.student, in: file.school)
      let problems = given.enumerated().flatMap { index, answer in
        answer.problems(at: "answers.\(index)", birthDay: birthDay, today: desk.day)
      }
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      for answer in given { try desk.add(answer, to: file) }
      return try desk.settleParticipation(of: file)
    }
  }
}

extension AnswerConsent.Given {
  func problems(at path: String, birthDay: Day?, today: Day) -> [Problem] {
    var problems: [Problem] = []
    let day = day ?? today
    if day > today { problems.append(Problem(path + ".day", "in-the-future")) }
    if let until, until < day { problems.append(Problem(path + ".until", "ends-before-start")) }
    let isUnder14 = birthDay.map { $0.age(on: day) < 14 } ?? false
    if party == .guardian, answer == .yes, isUnder14, purpose != .participation,
      guardianConfirmation?.isEmpty ?? true
    {
      problems.append(Problem(path + ".guardian-confirmation", "required"))
    }
    if purpose == .share, answer == .yes {
      if recipient == nil, note?.isEmpty ?? true { problems.append(Problem(path + ".recipient", "required")) }
      if items.isEmpty { problems.append(Problem(path + ".items", "required")) }
    }
    if purpose == .transfer, answer == .yes, items.isEmpty {
      problems.append(Problem(path + ".items", "required"))
    }
    if let note, NationalID.isFound(in: note) { problems.append(Problem(path + ".note", "national-id")) }
    return problems
  }
}

extension Desk {
  func add(_ given: AnswerConsent.Given, to file: CaseFile) throws {
    let day = given.day ?? self.day
    let note = given.note.map { Text.cleaned($0, keepingLines: true) }.flatMap { $0.isEmpty ? nil : $0 }
    let consent = Consent(
      id: newID(), school: file.school, caseFile: file.id, purpose: given.purpose, party: given.party,
      relative: given.relative, answer: given.answer, day: day,
      until: given.until ?? SchoolYear.lastDay(of: SchoolYear.year(of: day)), method: given.method,
      guardianConfirmation: given.guardianConfirmation, wording: given.wording, recipient: given.recipient,
      items: given.items, recordedBy: staff.id, recordedAt: instant)
    try session.consents(of: file).add(
      consent, sealed: try note.map { try seal($0, "consent", consent.id.description, 1, of: file) })
    try self.note(
      "record-consent", "consent", consent.id.description, in: file.school, caseFile: file.id,
      detail: "\(given.purpose.rawValue) \(given.party.rawValue) \(given.answer.rawValue)")
  }

  /// Holds the case where taking part was refused or withdrawn, lets it go on once everybody agreed.
  func settleParticipation(of file: CaseFile) throws -> CaseFile {
    let participation = try facts(of: file).consent(for: .participation, on: day)
    let saved = try file.answering(participation, doing).map { try apply($0) } ?? file
    try settle(saved)
    return saved
  }
}

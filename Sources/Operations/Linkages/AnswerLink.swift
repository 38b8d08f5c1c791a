public import CaseWork
import Foundation
import Practice
import Repositories
import Store
import Vault

/// What an agency answers.
public struct AgencyAnswer: Hashable, Sendable {
  public enum Choice: String, Hashable, Sendable, CaseIterable {
    // To a request.
    case accept, part, wait, decline, wrong
    // Of one that was accepted.
    case begun, completed, failed, stopped
  }

  public var choice: Choice?
  /// A code of `linkage-reason`.
  public var reason: String?
  public var reply: LinkageContents.Reply
  /// As it was typed; read here, so that it can be named.
  public var waitUntil: String
  public var file: SentFile?

  public struct SentFile: Hashable, Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  public init(
    _ choice: Choice?, reason: String? = nil, reply: LinkageContents.Reply = .init(), waitUntil: String = "",
    file: SentFile? = nil
  ) {
    self.choice = choice
    self.reason = reason
    self.reply = reply
    self.waitUntil = waitUntil
    self.file = file
  }
}

/// What an agency has after it has answered.
public struct AgencyReceipt: Hashable, Sendable {
  /// As it may be seen now: after an acceptance with full name and contacts, where they were sent.
  public let form: AgencyForm
  public let choice: AgencyAnswer.Choice
  /// The address for what comes next, with the code of before; shown this once.
  public let nextToken: String?
  public let nextUntil: Day?
}

/// An agency answers: its address is used up, the linkage moves, whoever asked is told.
public struct AnswerLink: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `ClosedLink`; `Refusal.notAllowed` without a proof that holds; `.invalid` naming the field.
  public func callAsFunction(
    _ answer: AgencyAnswer, at token: String, proof: String?, from address: String
  ) async throws -> AgencyReceipt {
    try await AgencyDoor(office).enter(token, from: address) { desk, door in
      guard try desk.isProven(proof, door) else { throw Refusal.notAllowed }
      return try desk.answer(answer, door)
    }
  }
}

extension Desk {
  fileprivate func answer(_ answer: AgencyAnswer, _ door: StoredAgencyLink) throws -> AgencyReceipt {
    guard case .linkage(let id) = door.link.subject else { throw ClosedLink.unknown }
    let (stored, file) = try session.linkage(id, in: door.link.school)
    var contents = try open(stored, of: file)
    let (choice, reason, reply) = try checked(answer, door.link.purpose)
    var next = stored.linkage
    if choice == .accept || choice == .part { next.isPartial = choice == .part }
    if choice == .wait, let until = reply.waitUntil { next.replyBy = until }
    contents.reply = contents.reply?.followed(by: reply) ?? reply
    try session.agencyLinks.use(door.link, at: instant)
    try add(.answered, at: door)
    let target = choice.state
    let moved: Linkage
    if target == next.state {
      // Said again what is so already: kept, but no move.
      moved = try update(next, contents, of: file)
      try add(
        Linkage.Step(
          id: newID(), linkage: next.id, by: nil, party: .target, way: .link, at: instant, from: next.state,
          to: next.state, reason: reason), words: reply.words, of: file)
    } else {
      moved = try move(
        next, contents, to: target, by: .target, because: reason, way: .link, staff: nil, words: reply.words,
        of: file)
    }
    try keep(answer.file, of: moved, in: file)
    try noteNobody("agency-answer", of: moved, detail: "\(moved.state.rawValue) \(reason ?? "")")
    for staff in Set([moved.by, file.manager]) {
      try notify(staff, .linkageAnswered, in: file.school, caseFile: file.id)
    }
    try settle(file)
    var key: (text: String, expiresAt: Date)?
    if moved.state.isOpen {
      key = try makeLink(
        for: door.link.subject, purpose: moved.acceptedOn == nil ? .reply : .outcome,
        codeToken: door.codeToken,
        in: moved.school)
    }
    return AgencyReceipt(
      form: try form(moved, contents, of: file, purpose: door.link.purpose), choice: choice,
      nextToken: key?.text, nextUntil: key.map { Day(inKoreaAt: $0.expiresAt) })
  }

  private func checked(
    _ answer: AgencyAnswer, _ purpose: AgencyLink.Purpose
  ) throws -> (AgencyAnswer.Choice, reason: String?, LinkageContents.Reply) {
    guard let choice = answer.choice, choice.purpose == purpose else {
      throw Refusal.invalid([Problem("choice", "choose")])
    }
    var problems: [Problem] = []
    var reply = answer.reply
    let reason: String? =
      switch choice {
      case .wrong: "wrong-recipient"
      case .wait: answer.reason?.isEmpty == false ? answer.reason : "capacity"
      case .decline, .failed, .stopped: answer.reason
      case .accept, .part, .begun, .completed: nil
      }
    if choice.state.needsReason, practice.list("linkage-reason")[reason ?? ""] == nil {
      problems.append(Problem("reason", "choose"))
    }
    reply.waitUntil = nil
    if choice == .wait {
      let until = Day(typed: Text.withPlainDigits(answer.waitUntil))
      if let until, until > day, until <= day.adding(days: 366) {
        reply.waitUntil = until
      } else {
        problems.append(Problem("wait-until", answer.waitUntil.isEmpty ? "required" : "not-a-day"))
      }
    }
    if choice == .accept || choice == .part, Text.cleaned(reply.contact, keepingLines: false).isEmpty {
      problems.append(Problem("contact", "required"))
    }
    if choice == .part, Text.cleaned(reply.part, keepingLines: false).isEmpty {
      problems.append(Problem("part", "required"))
    }
    if let file = answer.file {
      if file.bytes.count > AgencyFile.largest {
        problems.append(Problem("file", "file-too-large"))
      } else if AgencyFile(file.bytes) == nil {
        problems.append(Problem("file", "file-kind"))
      }
    }
    do {
      reply = try checked(reply)
    } catch {
      if case Refusal.invalid(let found)? = error as? Refusal { problems += found }
    }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    return (choice, reason, reply)
  }

  private func keep(_ file: AgencyAnswer.SentFile?, of linkage: Linkage, in caseFile: CaseFile) throws {
    guard let file, let kind = AgencyFile(file.bytes) else { return }
    let id: ID<StoredLinkageFile> = newID()
    let name = String(Text.cleaned(file.name, keepingLines: false).prefix(120))
    try session.files(of: linkage).add(
      StoredLinkageFile(
        id: id, kind: kind, size: file.bytes.count, at: instant,
        sealedName: try seal(name, "linkage_file", "\(id).name", 1, of: caseFile)),
      sealed: try sealer.seal(
        file.bytes, for: .student(caseFile.student, caseFile.school),
        at: Binding(table: "linkage_file", record: id.description, version: 1)))
  }
}

extension AgencyAnswer.Choice {
  /// Which kind of link it answers.
  public var purpose: AgencyLink.Purpose {
    switch self {
    case .accept, .part, .wait, .decline, .wrong: .reply
    case .begun, .completed, .failed, .stopped: .outcome
    }
  }

  /// Where it moves the linkage.
  public var state: Linkage.State {
    switch self {
    case .accept, .part: .accepted
    case .wait: .onHold
    case .decline, .wrong: .rejected
    case .begun: .inProgress
    case .completed: .completed
    case .failed: .failed
    case .stopped: .cancelled
    }
  }
}

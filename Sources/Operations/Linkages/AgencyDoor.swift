public import CaseWork
public import Foundation
import Practice
import Repositories
import Store
import Vault

/// Why an agency's address leads nowhere; nothing else is told.
public enum ClosedLink: String, Error, Hashable, Sendable, CaseIterable {
  case unknown, used, revoked, expired, locked
}

/// The proof that the code was typed: bound to one link and good for a while.
public struct AgencyProof: Hashable, Sendable {
  /// For a cookie.
  public let text: String
  public let until: Date
}

/// What an agency sees.
public enum AgencyView: Hashable, Sendable {
  /// The code is asked for first.
  case code(failuresLeft: Int)
  case form(AgencyForm)
  /// A student may be referred.
  case referral(AgencyReferralForm)
  /// A student was referred.
  case status(AgencyReferralStatus)
}

/// The items that were sent, and what may be answered.
public struct AgencyForm: Hashable, Sendable {
  public let purpose: AgencyLink.Purpose
  public let school: String
  /// Who asks.
  public let sender: String
  public let recipient: String
  public let kind: Linkage.Kind
  public let isJoint: Bool
  public let message: String
  /// Before the acceptance without full name and contacts.
  public let items: [LinkageContents.Sent]
  /// Whether something is held back until then.
  public let isHidden: Bool
  public let ground: String
  public let replyBy: Day?
  public let state: Linkage.State
  public let reasons: CodeList
}

/// An agency's door: no account, an address of 256 random bits and a code told by telephone.
public struct AgencyDoor: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// What stands behind an address: the question for the code, or, with the proof that it was typed, what was sent. Looks
  /// leave rows, if not each of very many.
  ///
  /// - Throws: `ClosedLink`; `TooManyAttempts` where too much has failed from the address.
  public func open(_ token: String, proof: String?, from address: String) async throws -> AgencyView {
    try await enter(token, from: address, isLook: true) { desk, door in
      guard try desk.isProven(proof, door) else {
        try desk.add(.asked, at: door)
        return AgencyView.code(
          failuresLeft: max(0, desk.practice.policy.linkages.codeFailures - door.link.failures))
      }
      try desk.add(.opened, at: door)
      switch door.link.subject {
      case .linkage(let id): return .form(try desk.form(id, door))
      case .referral(let id): return try desk.referralView(id, door)
      }
    }
  }

  /// Checks the code. Wrong ones are counted, and one too many locks the link.
  ///
  /// - Throws: `Refusal.invalid` with `wrong-code` and how many tries are left; `ClosedLink`; `TooManyAttempts`.
  public func confirm(_ code: String, at token: String, from address: String) async throws -> AgencyProof {
    let office = office
    let confirmed = try await enter(token, from: address, isLook: true) { desk, door -> Confirmed in
      let given = try desk.sealer.token(
        AgencyCode.text(AgencyCode.cleaned(code), of: door.link.subject), purpose: AgencyCode.purpose,
        of: door.keyOwner)
      guard Array(given.utf8).isSame(as: Array(door.codeToken.utf8)) else {
        let failures = door.link.failures + 1
        let left = max(0, desk.practice.policy.linkages.codeFailures - failures)
        let isLocked = left == 0
        try desk.session.agencyLinks.setFailures(
          failures, lockedAt: isLocked ? desk.instant : nil, of: door.link)
        try desk.add(.wrongCode, at: door)
        try office.countFailure(from: AgencyDoor.counted(address), at: desk.instant, in: desk.session)
        if isLocked { try desk.noteLink("agency-link-locked", door) }
        return .wrong(left: left)
      }
      return .right(try desk.prove(door))
    }
    switch confirmed {
    case .right(let proof): return proof
    case .wrong(let left): throw Refusal.invalid([Problem("code", "wrong-code", String(left))])
    }
  }

  private enum Confirmed: Sendable {
    case right(AgencyProof)
    case wrong(left: Int)
  }

  /// Whether somebody with this proof may send a file: known from the head of a request, before its body is read.
  public func admitsFile(_ token: String, proof: String?) async throws -> Bool {
    guard let proof, let token = SessionToken(token) else { return false }
    let office = office
    let instant = office.clock()
    return try await office.database.read { session in
      guard let door = try session.agencyLinks.find(tokenHash: token.hash),
        door.link.status(at: instant) == .good
      else { return false }
      return try Desk.ofNobody(office, session, at: instant).isProven(proof, door)
    }
  }

  /// Runs `body` behind the door: in one transaction, if the address leads somewhere and the link is good.
  ///
  /// - Parameter isLook: whether nothing is to be sent.
  func enter<T: Sendable>(
    _ token: String, from address: String, isLook: Bool = false,
    _ body: @escaping @Sendable (Desk, StoredAgencyLink) throws -> T
  ) async throws -> T {
    let office = office
    try await office.admit(AgencyDoor.counted(address), at: office.clock())
    let token = SessionToken(token)
    let outcome = try await office.database.write { session -> Entered<T> in
      let instant = office.time
      let desk = Desk.ofNobody(office, session, at: instant, from: address)
      guard let token, let door = try session.agencyLinks.find(tokenHash: token.hash) else {
        try office.countFailure(from: AgencyDoor.counted(address), at: office.clock(), in: session)
        return .closed(.unknown)
      }
      let status = door.link.status(at: office.clock(), isLook: isLook)
      if let closed = ClosedLink(status) {
        try desk.add(status.outcome, at: door)
        return .closed(closed)
      }
      return .entered(try body(desk, door))
    }
    switch outcome {
    case .entered(let value): return value
    case .closed(let why): throw why
    }
  }

  private enum Entered<T: Sendable>: Sendable {
    case entered(T)
    case closed(ClosedLink)
  }

  /// Counted apart from sign-ins, so that an agency's wrong codes hold back nobody of a school.
  static func counted(_ address: String) -> String { address.isEmpty ? "" : "link \(address)" }
}

extension StoredAgencyLink {
  /// Whose key the code and the proof are made with.
  var keyOwner: KeyOwner { .student(holder, link.school) }
}

extension ClosedLink {
  init?(_ status: AgencyLink.Status) {
    switch status {
    case .good: return nil
    case .used: self = .used
    case .revoked: self = .revoked
    case .expired: self = .expired
    case .locked: self = .locked
    }
  }
}

extension Desk {
  func add(_ outcome: AgencyLink.Opening.Outcome, at door: StoredAgencyLink) throws {
    try session.agencyLinks.add(
      AgencyLink.Opening(at: instant, address: asker.address, outcome: outcome), id: newID(), of: door.link)
  }

  func noteLink(_ act: String, _ door: StoredAgencyLink) throws {
    try session.events.append(
      Event(
        id: newID(), school: door.link.school, staff: nil, at: instant, act: act,
        subjectKind: door.link.subject.kind,
        subject: door.link.subject.id))
  }

  fileprivate func prove(_ door: StoredAgencyLink) throws -> AgencyProof {
    let until = office.clock().addingTimeInterval(Double(practice.policy.linkages.answerMinutes) * 60)
    let seconds = Int(until.timeIntervalSince1970)
    return AgencyProof(text: "\(seconds)-\(try proof(of: door, until: seconds))", until: until)
  }

  func isProven(_ text: String?, _ door: StoredAgencyLink) throws -> Bool {
    guard let parts = text?.split(separator: "-"), parts.count == 2, let seconds = Int(parts[0]),
      Date(timeIntervalSince1970: Double(seconds)) > office.clock()
    else { return false }
    return Array(parts[1].utf8).isSame(as: Array(try proof(of: door, until: seconds).utf8))
  }

  private func proof(of door: StoredAgencyLink, until seconds: Int) throws -> String {
    try sealer.token("\(door.link.id) \(seconds)", purpose: "agency-proof", of: door.keyOwner)
  }

  /// What an agency may see now.
  func form(_ linkage: ID<Linkage>, _ door: StoredAgencyLink) throws -> AgencyForm {
    let (stored, file) = try session.linkage(linkage, in: door.link.school)
    return try form(stored.linkage, try open(stored, of: file), of: file, purpose: door.link.purpose)
  }

  func form(
    _ linkage: Linkage, _ contents: LinkageContents, of file: CaseFile, purpose: AgencyLink.Purpose
  ) throws -> AgencyForm {
    let isAccepted = linkage.acceptedOn != nil
    let items = contents.sent.compactMap { sent -> LinkageContents.Sent? in
      guard !isAccepted, SharedItem.afterAcceptance.contains(sent.item) else { return sent }
      guard sent.item == "name" else { return nil }
      return LinkageContents.Sent(item: sent.item, text: SharedItem.hidden(sent.text))
    }
    return AgencyForm(
      purpose: purpose, school: try session.schools.find(file.school)?.name ?? "",
      sender: try staffNames([linkage.by])[linkage.by] ?? "",
      recipient: try resourceNames([linkage.recipient])[linkage.recipient] ?? "", kind: linkage.kind,
      isJoint: linkage.isJoint, message: contents.message, items: items,
      isHidden: !isAccepted && contents.sent.contains { SharedItem.afterAcceptance.contains($0.item) },
      ground: linkage.ground ?? "", replyBy: linkage.replyBy, state: linkage.state,
      reasons: practice.list("linkage-reason"))
  }
}

public import CaseWork
import Foundation
import Repositories
import Store

/// The staff's side of a linkage: cancel it, hold it, say it was a mistake; or write down what the agency said by telephone,
/// on paper or when they met.
public struct MoveLinkage: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - party: `.target` for what the agency said.
  ///   - reason: a code of `linkage-reason`, where the state needs one.
  ///   - reply: what the agency said, where it said something; an acceptance with a `part` is one in part.
  @discardableResult
  public func callAsFunction(
    _ linkage: ID<Linkage>, from version: Int, to state: Linkage.State, as party: Linkage.Party = .requester,
    way: Linkage.Way = .page, because reason: String? = nil, reply: LinkageContents.Reply? = nil,
    words: String = "", in id: ID<CaseFile>, by asker: Asker
  ) async throws -> Linkage {
    try await office.act(by: asker) { desk in
      let (file, old, told) = try desk.linkage(linkage, from: version, in: id)
      // It goes out by being sent, not by being moved.
      guard state != .requested, way != .link else { throw Refusal.conflict(.alreadyAnswered) }
      let reason = try desk.checkedReason(reason, needed: state.needsReason)
      let words = try desk.checked(words, field: "words", keepingLines: true)
      var contents = told
      var next = old
      if party == .target {
        if let reply = try reply.map({ try desk.checked($0) }) {
          contents.reply = contents.reply?.followed(by: reply) ?? reply
        }
        // What they can do is said where it is not all of it.
        if state == .accepted {
          next.isPartial = reply.map { !Text.cleaned($0.part, keepingLines: false).isEmpty } ?? false
        }
        if state == .onHold, let until = reply?.waitUntil { next.replyBy = until }
        // They have answered, so the way in is used up; another is made where it is needed.
        try desk.session.agencyLinks.revokeAll(of: .linkage(old.id), in: old.school, at: desk.instant)
      }
      let moved = try desk.move(
        next, contents, to: state, by: party, because: reason, way: way, staff: desk.staff.id, words: words,
        of: file)
      try desk.note("move-linkage", of: moved, detail: "\(state.rawValue) \(reason ?? "")")
      try desk.settle(file)
      return moved
    }
  }
}

extension Desk {
  /// An agency's words, each bounded and cleaned.
  func checked(_ reply: LinkageContents.Reply) throws -> LinkageContents.Reply {
    var checked = reply
    checked.meeting = try self.checked(reply.meeting, field: "meeting", keepingLines: false)
    checked.contact = try self.checked(reply.contact, field: "contact", keepingLines: false)
    checked.words = try self.checked(reply.words, field: "words", keepingLines: true)
    checked.part = try self.checked(reply.part, field: "part", keepingLines: false)
    return checked
  }
}

/// Writes down that the agency was reminded, and gives it a little longer.
public struct RemindLinkage: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ linkage: ID<Linkage>, from version: Int, way: Linkage.Way = .phone, words: String = "",
    in id: ID<CaseFile>, by asker: Asker
  ) async throws -> Linkage {
    try await office.act(by: asker) { desk in
      let (file, old, contents) = try desk.linkage(linkage, from: version, in: id)
      guard old.state == .requested || old.state == .onHold else { throw Refusal.conflict(.alreadyAnswered) }
      let words = try desk.checked(words, field: "words", keepingLines: true)
      var next = old
      next.reminders += 1
      next.remindedAt = desk.instant
      let saved = try desk.update(next, contents, of: file)
      try desk.add(
        Linkage.Step(
          id: desk.newID(), linkage: old.id, by: desk.staff.id, party: .requester, way: way, at: desk.instant,
          from: old.state, to: old.state, reason: "reminded"), words: words, of: file)
      try desk.note("remind-linkage", of: saved)
      try desk.settle(file)
      return saved
    }
  }
}

/// Makes another way in where the first was lost, has run out or was locked; the one before is closed.
public struct RenewLink: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ linkage: ID<Linkage>, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SentLinkage {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .linkResources)
      let stored = try desk.session.linkages(of: file).find(linkage)
      guard stored.linkage.state.isOpen, stored.linkage.withdrawnOn == nil else {
        throw Refusal.conflict(.alreadyAnswered)
      }
      let key = try desk.makeKey(
        for: stored.linkage, purpose: stored.linkage.acceptedOn == nil ? .reply : .outcome, of: file)
      try desk.note("renew-link", of: stored.linkage)
      return SentLinkage(linkage: stored.linkage, key: key)
    }
  }
}

/// Closes the way in.
public struct RevokeLink: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ linkage: ID<Linkage>, in id: ID<CaseFile>, by asker: Asker) async throws {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .linkResources)
      let stored = try desk.session.linkages(of: file).find(linkage)
      try desk.session.agencyLinks.revokeAll(of: .linkage(linkage), in: file.school, at: desk.instant)
      try desk.note("revoke-link", of: stored.linkage)
    }
  }
}

/// The student says whether help was got, and whether it helped.
public struct AnswerHelp: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ linkage: ID<Linkage>, from version: Int, got: Linkage.Help.Got?, score: Int?, words: String = "",
    in id: ID<CaseFile>, by asker: Asker
  ) async throws -> Linkage {
    try await office.act(by: asker) { desk in
      let (file, old, told) = try desk.linkage(linkage, from: version, in: id)
      guard old.sentAt != nil, old.state != .enteredInError else { throw Refusal.conflict(.alreadyAnswered) }
      var problems: [Problem] = []
      if got == nil { problems.append(Problem("got", "choose")) }
      if let score, !(0...10).contains(score) { problems.append(Problem("score", "out-of-range")) }
      if score == nil, got == .yes || got == .partly { problems.append(Problem("score", "choose")) }
      guard problems.isEmpty, let got else { throw Refusal.invalid(problems) }
      let words = try desk.checked(words, field: "words", keepingLines: true)
      var (next, contents) = (old, told)
      next.help = Linkage.Help(got: got, score: got == .no ? nil : score, at: desk.instant)
      contents.helpWords = words.isEmpty ? nil : words
      let saved = try desk.update(next, contents, of: file)
      try desk.add(
        Linkage.Step(
          id: desk.newID(), linkage: old.id, by: desk.staff.id, party: .requester, way: .page,
          at: desk.instant, from: old.state, to: old.state, reason: "helped-\(got.rawValue)"),
        words: words, of: file)
      try desk.note("answer-help", of: saved, detail: got.rawValue)
      try desk.settle(file)
      return saved
    }
  }
}

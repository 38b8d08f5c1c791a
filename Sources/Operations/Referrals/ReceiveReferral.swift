public import CaseWork
import Repositories
import Store

/// A case manager takes a referral up: a case begins, or the one that is open goes on, and the referrer is told.
public struct ReceiveReferral: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(_ id: ID<Referral>, by asker: Asker) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let stored = try desk.session.referrals(seenBy: desk.staff).find(id)
      var referral = stored.header
      try desk.permit(.receiveReferral, in: referral.school)
      guard referral.status == .sent else { throw Refusal.conflict(.alreadyAnswered) }
      let file =
        try desk.openCase(of: referral)
        ?? desk.openEpisode(of: referral.student, in: referral.school, referral: referral.id)
      referral.status = .received
      referral.caseFile = file.id
      referral.handler = desk.staff.id
      try desk.session.referrals(seenBy: desk.staff).update(referral)
      try desk.reply(to: referral, kind: .receipt)
      try desk.note("receive-referral", "referral", id.description, in: referral.school, caseFile: file.id)
      try desk.notify(file.manager, .referred, in: file.school, caseFile: file.id)
      try desk.settle(file)
      return file
    }
  }
}

extension Desk {
  /// The case that is under way already, where this person sees it: what is referred goes on there.
  fileprivate func openCase(of referral: Referral) throws -> CaseFile? {
    let open = try session.openCases(of: [(referral.student, referral.school)])[referral.student]
    do {
      return try open.map { try see($0).file }
    } catch Refusal.notFound {
      throw Refusal.conflict(.alreadyExists)
    }
  }

  /// A new episode, led by the one who acts. Refused while another episode of the student is under way.
  func openEpisode(
    of student: ID<Student>, in school: ID<School>, referral: ID<Referral>?
  ) throws -> CaseFile {
    let store = session.caseFileStore
    let number = try store.nextNumber(in: school, on: day)
    let opened: CaseFile.Change
    if let last = try store.latestEpisode(of: student, in: school) {
      opened = try last.reopened(as: newID(), number: number, referral: referral, manager: staff.id, doing)
    } else {
      let file = CaseFile(
        id: newID(), school: school, student: student, number: number, episode: 1, referral: referral,
        openedOn: day,
        manager: staff.id)
      opened = CaseFile.Change(file: file, transition: file.opening(doing))
    }
    try store.insert(opened.file)
    try session.transitions(of: opened.file).add(opened.transition, sealed: nil)
    try note("open-case", of: opened.file, detail: opened.transition.reason)
    return opened.file
  }

  /// Adds a reply and tells the referrer. Without words of its own the page says what `kind` says.
  func reply(
    to referral: Referral, kind: Referral.Reply.Kind, text: String = "", request: String? = nil
  ) throws {
    let id: ID<Referral.Reply> = newID()
    try session.referrals(seenBy: staff).addReply(
      id, to: referral, kind: kind, at: instant,
      sealed: try seal(
        ReplyWords(text: text, request: request), "referral_reply", id.description, 1, of: referral.student,
        in: referral.school))
    // An agency sees no more than how far it has come, at its address.
    guard referral.agency == nil else { return }
    try notify(referral.by, .replied, in: referral.school, referral: referral.id)
  }

  /// Tells the referrer what became of the case, if somebody referred it.
  func tellReferrer(
    of file: CaseFile, _ status: Referral.Status, kind: Referral.Reply.Kind, text: String = ""
  ) throws {
    guard var referral = try session.referral(of: file)?.header else { return }
    referral.status = status
    try session.referrals(seenBy: staff).update(referral)
    try reply(to: referral, kind: kind, text: text)
  }
}

extension CaseFile {
  /// Whether a new episode may follow: nothing of this one is under way but the looks after its closure.
  var hasEnded: Bool {
    switch standing {
    case .closed, .ended, .notSelected: true
    case .open, .refused, .suspended: false
    }
  }
}

/// The sealed part of a reply.
struct ReplyWords: Codable {
  let text: String
  let request: String?
}

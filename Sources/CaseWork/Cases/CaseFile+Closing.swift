extension CaseFile {
  /// Closes the case for a main reason and up to two more (TR codes). Also a held case may be closed.
  public func closed(
    because reason: String, and more: [String] = [], _ doing: Doing
  ) throws(Refusal) -> Change {
    guard standing != .closed, standing != .ended, standing != .notSelected else {
      throw .conflict(.alreadyClosed)
    }
    guard !reason.isEmpty else { throw .invalid([Problem("reason", "required")]) }
    guard more.count <= 2 else { throw .invalid([Problem("more-reasons", "too-many", "2")]) }
    guard !more.contains(reason) else { throw .invalid([Problem("more-reasons", "twice", reason)]) }
    guard openedOn <= doing.on else { throw .invalid([Problem("day", "before-opening")]) }
    return change(doing, because: reason) { file in
      file.closure = Closure(day: doing.on, by: doing.by, reason: reason, moreReasons: more)
      file.standing = .closed
      file.stage = .followUp
      file.heldSince = nil
    }
  }

  /// Moved to another school (TR-03): closed there and then.
  public func transferred(_ doing: Doing) throws(Refusal) -> Change {
    try closed(because: "TR-03", doing)
  }

  /// Every follow-up is done.
  public func ended(_ followUps: [CaseFacts.FollowUp], _ doing: Doing) throws(Refusal) -> Change {
    guard standing == .closed else { throw .conflict(.alreadyClosed) }
    let open = followUps.filter { $0.doneOn == nil }
    guard open.isEmpty else {
      let done = followUps.count - open.count
      throw .notYet([Missing("follow-ups", at: "follow-up", have: done, need: followUps.count)])
    }
    return change(doing, because: "follow-up-done") { $0.standing = .ended }
  }

  /// A new episode of the same student; the old one stays as it is, and consent is asked anew.
  public func reopened(
    as id: ID<CaseFile>, number: String, referral: ID<Referral>?, manager: ID<Staff>, _ doing: Doing
  ) throws(Refusal) -> Change {
    guard standing == .closed || standing == .ended || standing == .notSelected else {
      throw .conflict(.alreadyExists)
    }
    let file = CaseFile(
      id: id, school: school, student: student, number: number, episode: episode + 1, previous: self.id,
      referral: referral, family: family, openedOn: doing.on, manager: manager)
    return Change(
      file: file,
      transition: Transition(
        id: doing.transition, caseFile: id, from: nil, to: .intake, standing: .open, reason: "reopened",
        by: doing.by,
        at: doing.on))
  }
}

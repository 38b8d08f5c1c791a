extension CaseFile {
  /// Consent to take part was refused or withdrawn: the case waits, its clocks stand still, and nothing but the refusal is
  /// written down (학생맞춤통합지원법 제11조③).
  public func refused(_ doing: Doing) throws(Refusal) -> Change {
    guard standing == .open || standing == .suspended else {
      throw .conflict(standing == .refused ? .alreadyAnswered : .alreadyClosed)
    }
    return change(doing, because: "consent-refused") { file in
      file.standing = .refused
      file.heldSince = file.heldSince ?? doing.on
    }
  }

  /// Everybody agreed after all.
  public func reconsented(_ doing: Doing) throws(Refusal) -> Change {
    guard standing == .refused else { throw .conflict(.alreadyAnswered) }
    return change(doing, because: "consent-given") { file in
      file.standing = .open
      file.heldSince = nil
    }
  }

  /// 일시중단: vacation, long absence, hospital.
  public func suspended(because reason: String, _ doing: Doing) throws(Refusal) -> Change {
    try mustBeOpen()
    return change(doing, because: reason) { file in
      file.standing = .suspended
      file.heldSince = doing.on
    }
  }

  public func resumed(_ doing: Doing) throws(Refusal) -> Change {
    guard standing == .suspended else { throw .conflict(standing == .refused ? .held : .alreadyAnswered) }
    return change(doing, because: "resumed") { file in
      file.standing = .open
      file.heldSince = nil
    }
  }

  /// The change that an answer about taking part brings: a refusal holds the case, agreement of all lets it go on; `nil`
  /// where nothing changes.
  public func answering(_ participation: ConsentState, _ doing: Doing) throws(Refusal) -> Change? {
    switch standing {
    case .open, .suspended: participation.isRefused ? try refused(doing) : nil
    case .refused: participation.isGiven ? try reconsented(doing) : nil
    case .notSelected, .closed, .ended: nil
    }
  }

  /// Whether a record of `kind` may be written as the case stands. While consent is refused, only what belongs to the
  /// recommendation of counselling (초·중등교육법 시행령 제31조의5), an emergency, and the closure. Whoever asks to read is
  /// answered at any time.
  public func mayTake(_ kind: CaseRecord.Kind) -> Bool {
    if kind == .accessRequest { return true }
    let isUrgent = kind == .recommendation || kind == .emergency || kind == .emergencySupport
    return switch standing {
    case .open: kind != .followUp
    case .suspended: kind == .contact || isUrgent || kind == .closure
    case .refused: isUrgent || kind == .closure
    case .closed: kind == .followUp || kind == .transfer
    case .notSelected, .ended: false
    }
  }
}

public import CaseWork

extension CaseRecord.Kind {
  /// Whether it is written in one go; the others are saved as they grow, and finished once.
  public var isWrittenAtOnce: Bool {
    switch self {
    case .contact, .score, .monitoring, .followUp, .transfer, .recommendation: true
    case .intake, .assessment, .reassessment, .conference, .plan, .evaluation, .closure, .emergency,
      .emergencySupport, .accessRequest:
      false
    }
  }

  /// Whether finishing it hands it to somebody else for approval.
  var isApprovedByAnother: Bool { self == .plan }

  /// Whether its author closes it by finishing it.
  var isApprovedByAuthor: Bool { !isApprovedByAnother && !isWrittenAtOnce }

  /// Whether it is settled once written: something follows from it that cannot be taken back by a correction.
  var isSettledAtOnce: Bool { self == .followUp || self == .transfer }
}

import CaseWork

extension CaseRecord.Kind {
  /// The act of writing such a record.
  var act: Act {
    switch self {
    case .intake: .recordIntake
    case .assessment, .score: .assess
    case .reassessment: .reassess
    case .conference: .holdConference
    case .plan: .writePlan
    case .contact: .recordContact
    case .monitoring: .monitor
    case .evaluation: .evaluate
    case .closure: .close
    case .followUp: .recordFollowUp
    case .transfer: .transferOut
    case .recommendation: .recommend
    case .emergency: .startEmergency
    }
  }

  /// Whether it is written in one go; the others are saved as they grow, and finished once.
  var isWrittenAtOnce: Bool {
    switch self {
    case .contact, .score, .monitoring, .followUp, .transfer, .recommendation: true
    case .intake, .assessment, .reassessment, .conference, .plan, .evaluation, .closure, .emergency: false
    }
  }

  /// Whether finishing it hands it to somebody else for approval.
  var isApprovedByAnother: Bool { self == .plan }

  /// Whether its author closes it by finishing it.
  var isApprovedByAuthor: Bool { !isApprovedByAnother && !isWrittenAtOnce }

  /// Whether it is settled once written: something follows from it that cannot be taken back by a correction.
  var isSettledAtOnce: Bool { self == .followUp || self == .transfer }
}

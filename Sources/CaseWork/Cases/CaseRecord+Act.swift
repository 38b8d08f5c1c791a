extension CaseRecord.Kind {
  /// The act of writing such a record.
  public var act: Act {
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
    case .emergencySupport: .supportInEmergency
    case .accessRequest: .answerAccess
    }
  }
}

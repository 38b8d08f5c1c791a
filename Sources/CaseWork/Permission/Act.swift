/// Everything that can be done to a case, by name: the rows of the table of permitted acts.
///
/// `Practice/roles.yaml` says which role may do which act at which stage; tests assert the whole table.
public enum Act: String, Hashable, Sendable, Codable, CaseIterable {
  // Before there is a case.
  case refer
  case receiveReferral = "receive-referral"
  case replyToReferral = "reply-to-referral"
  case startEmergency = "start-emergency"

  // Of a school, not of one case.
  /// Group programmes: planning them, seats, sessions.
  case runProgrammes = "run-programmes"

  // Reading.
  /// That the case is there: name, class, level, stage, clocks.
  case seeCase = "see-case"
  /// What is written in it.
  case readRecords = "read-records"
  /// Contacts and household.
  case readHousehold = "read-household"

  // Writing.
  case recordIntake = "record-intake"
  case recordConsent = "record-consent"
  case assess
  case holdConference = "hold-conference"
  case select
  case writePlan = "write-plan"
  case approvePlan = "approve-plan"
  case recordContact = "record-contact"
  case monitor
  case reassess
  case evaluate
  case close
  case recordFollowUp = "record-follow-up"
  case reopen
  case transferOut = "transfer-out"
  case recommend
  /// Counselling or treatment without the guardian's consent.
  case supportInEmergency = "support-in-emergency"
  /// Requests to read the record.
  case answerAccess = "answer-access-request"
  case changeLevel = "change-level"
  case assign
  case suspend
  case editHousehold = "edit-household"
  /// Cases of one household led together.
  case linkFamily = "link-family"
  /// To ask agencies for help, and to follow what becomes of it (연계).
  case linkResources = "link-resources"

  // The compartment of its own (아동학대처벌법).
  case reportAbuse = "report-abuse"
  case readAbuseReport = "read-abuse-report"
}

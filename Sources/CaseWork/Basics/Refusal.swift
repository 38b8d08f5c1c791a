/// An answer of "no" that the asker can understand and act on; everything else that goes wrong is a fault.
///
/// It carries codes, never prose: the words live in the wordings files under `refusal.<code>`.
public enum Refusal: Error, Hashable, Sendable {
  /// It does not exist, or the asker may not know that it does.
  case notFound
  /// The asker may see it, but this act is not theirs.
  case notAllowed
  case conflict(Conflict)
  /// What was typed cannot be taken; each problem names its field.
  case invalid([Problem])
  /// The next step needs something first; each problem names what is missing and where it is filled in.
  case notYet([Missing])
}

/// Why two things cannot both stand.
public enum Conflict: String, Hashable, Sendable {
  case changedByAnother = "changed-by-another"
  case alreadyApproved = "already-approved"
  case alreadyClosed = "already-closed"
  case alreadyExists = "already-exists"
  case alreadyAnswered = "already-answered"
  case held
}

/// One thing wrong with what was typed.
public struct Problem: Hashable, Sendable, Codable {
  /// The field's path in the form, such as `goals.0.expected`.
  public let field: String
  /// The wording's key under `problem.`, such as `required`, `not-a-day`, `national-id`.
  public let code: String
  /// What the wording may need: a limit, a name of a level.
  public let detail: String?

  public init(_ field: String, _ code: String, _ detail: String? = nil) {
    self.field = field
    self.code = code
    self.detail = detail
  }
}

/// One thing a step still needs, and where it is filled in.
public struct Missing: Hashable, Sendable, Codable {
  /// The wording's key under `missing.`, such as `consent-guardian`.
  public let code: String
  /// The form and field where it is filled in, such as `assessment#strengths`.
  public let place: String
  /// How much there is and how much is needed, where it is counted.
  public let have: Int?
  public let need: Int?

  public init(_ code: String, at place: String, have: Int? = nil, need: Int? = nil) {
    self.code = code
    self.place = place
    self.have = have
    self.need = need
  }
}

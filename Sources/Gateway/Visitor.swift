public import CaseWork
public import Foundation

/// Who is signed in, by which session.
public struct Visitor: Sendable {
  public let staff: Staff
  /// The session's own id, as its row has it; not the secret in the cookie.
  public let session: String
  /// Goes into every form of this session and must come back with it.
  public let formToken: String
  /// What has to be done before anything else.
  public let duty: Duty?
  public let signedInAt: Date

  public init(staff: Staff, session: String, formToken: String, duty: Duty? = nil, signedInAt: Date) {
    self.staff = staff
    self.session = session
    self.formToken = formToken
    self.duty = duty
    self.signedInAt = signedInAt
  }

  public enum Duty: String, Sendable {
    case newPassword, secondFactor
  }
}

/// Raised where somebody must be signed in and nobody is.
public struct NotSignedIn: Error, Sendable {
  public init() {}
}

/// Raised where something else has to be done first: a code, a new password.
struct DutyFirst: Error {
  let duty: Visitor.Duty
}

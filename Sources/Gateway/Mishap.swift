public import CaseWork
public import HTTPTypes

/// Why no page came of a request, as the person who asked may know it.
public enum Mishap: Sendable {
  case refused(Refusal)
  case signInFirst
  case duty(Visitor.Duty)
  case kind(Kind)
  /// Something of ours went wrong; the id stands in the log beside what it was.
  case fault(id: String)

  public enum Kind: String, Error, Sendable {
    /// A form that does not come from this session's own page.
    case forged
    case tooLarge = "too-large"
    case unreadable
  }

  public var status: HTTPResponse.Status {
    switch self {
    case .refused(.notFound): .notFound
    case .refused(.notAllowed): .forbidden
    case .refused(.conflict): .conflict
    case .refused(.invalid), .refused(.notYet): .unprocessableContent
    case .signInFirst, .duty: .seeOther
    case .kind(.forged): .forbidden
    case .kind(.tooLarge): .contentTooLarge
    case .kind(.unreadable): .badRequest
    case .fault: .internalServerError
    }
  }
}

public import CaseWork
public import HTTPTypes

/// Why no page came of a request, as the person who asked may know it.
public enum Mishap: Sendable {
  case refused(Refusal)
  case signInFirst
  case duty(Visitor.Duty)
  case kind(Kind)
  /// The store cannot be reached; after something was sent it is not known whether that is kept.
  case away(id: String, isUnsure: Bool)
  /// The store takes nothing more: what was sent is not kept, and no reading can be logged.
  case full(id: String, isUnsaved: Bool)
  /// Something of ours went wrong; the id stands in the log beside what it was.
  case fault(id: String)

  public enum Kind: String, Error, Sendable {
    /// A form that does not come from this session's own page.
    case forged
    case tooLarge = "too-large"
    case unreadable
    /// A form of a session that has run out meanwhile: its words are given back.
    case ended
    /// What the form asks for is done already.
    case sentBefore = "sent-before"
  }

  /// Why somebody got no further who is signed in: it is not theirs, not there, or not from our page.
  var refusedAccess: String? {
    switch self {
    case .refused(.notFound): "not-found"
    case .refused(.notAllowed): "not-allowed"
    case .kind(.forged): Kind.forged.rawValue
    default: nil
    }
  }

  public var status: HTTPResponse.Status {
    switch self {
    case .refused(.notFound): .notFound
    case .refused(.notAllowed): .forbidden
    case .refused(.conflict): .conflict
    case .refused(.invalid), .refused(.notYet): .unprocessableContent
    case .signInFirst, .duty: .seeOther
    case .kind(.forged), .kind(.ended): .forbidden
    case .kind(.tooLarge): .contentTooLarge
    case .kind(.unreadable): .badRequest
    case .kind(.sentBefore): .conflict
    case .away: .serviceUnavailable
    case .full: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
    case .fault: .internalServerError
    }
  }
}

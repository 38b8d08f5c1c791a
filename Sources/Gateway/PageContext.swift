public import CaseWork
import Foundation
public import Hummingbird
import NIOCore
public import Operations

/// What is known of one request: where it came from, who asks, in which language, with which form.
public struct PageContext: RequestContext {
  public var coreContext: CoreRequestContextStorage
  /// The peer's address, or the client's, where the peer is a trusted proxy.
  public internal(set) var address: String
  public internal(set) var isSecure = false
  public internal(set) var visitor: Visitor?
  /// The token for forms that are sent before anybody is signed in.
  public internal(set) var doorToken = ""
  public internal(set) var form = FormBody()
  /// The form's own id, with which it is done only once.
  public internal(set) var sent: SentForm?
  /// What the forms of a session carried that has ended since.
  public internal(set) var formerToken: String?
  /// Why it is not known whose session this is: what was sent is read, and goes no further.
  public internal(set) var outage: (any Error)?
  public internal(set) var preferences = Preferences()
  /// The path and query that were asked for.
  public internal(set) var path = "/"

  public init(source: Source) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? ""
  }

  /// The secret of the session's cookie, for the acts that end it or put another in its place.
  public internal(set) var secret: String?

  /// Who is signed in and has nothing to do first; anybody else is sent to do it.
  public var signedIn: Visitor {
    get throws {
      guard let visitor else { throw NotSignedIn() }
      if let duty = visitor.duty { throw DutyFirst(duty: duty) }
      return visitor
    }
  }

  /// Who asks, from where, for what: for the access log.
  public var asker: Asker {
    get throws { Asker(staff: try signedIn.staff, address: address, route: endpointPath ?? "", form: sent) }
  }

  /// Whether the address itself is a key, as that of an agency is: it must not be told to any other site.
  var isUnnamed: Bool { path.hasPrefix("/l/") }

  public var formToken: String { visitor?.formToken ?? doorToken }

  /// The id in the path; a path with anything else leads nowhere.
  public func id<Record>(of record: Record.Type, _ name: String = "id") throws -> ID<Record> {
    guard let id = parameters.get(name).flatMap({ ID<Record>($0) }) else { throw Refusal.notFound }
    return id
  }
}

/// What a person has chosen for the screen, kept in cookies.
public struct Preferences: Hashable, Sendable {
  public var language: Language
  public var theme: Theme
  /// Single-letter shortcuts (KWCAG 2.2 문자 단축키).
  public var letterKeys: Bool

  public init(language: Language = .korean, theme: Theme = .auto, letterKeys: Bool = true) {
    self.language = language
    self.theme = theme
    self.letterKeys = letterKeys
  }

  public enum Theme: String, Hashable, Sendable, CaseIterable {
    case auto, light, dark
  }
}

/// A resource that is looked for, asked or built up (자원 개발), because cases lacked it.
public struct Development: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable {
    case planned, talking, agreed
    case givenUp = "given-up"

    public var isOver: Bool { self == .agreed || self == .givenUp }
  }

  public let id: ID<Development>
  public let school: ID<School>
  public let leader: ID<Staff>
  /// N01 … N15.
  public let need: String
  public var title: String
  public var state: State
  public let begunOn: Day
  public var dueOn: Day?
  public var endedOn: Day?
  /// The resource it led to.
  public var resource: ID<Resource>?
  public var version: Int

  public init(
    id: ID<Development>, school: ID<School>, leader: ID<Staff>, need: String, title: String,
    state: State = .planned, begunOn: Day, dueOn: Day? = nil, endedOn: Day? = nil,
    resource: ID<Resource>? = nil,
    version: Int = 1
  ) {
    self.id = id
    self.school = school
    self.leader = leader
    self.need = need
    self.title = title
    self.state = state
    self.begunOn = begunOn
    self.dueOn = dueOn
    self.endedOn = endedOn
    self.resource = resource
    self.version = version
  }

  /// After somebody was spoken to: what was planned is under way.
  public func talked() throws(Refusal) -> Development {
    guard !state.isOver else { throw .conflict(.alreadyClosed) }
    var next = self
    next.state = .talking
    return next
  }

  /// Ended with a resource, or without one.
  ///
  /// - Throws: where it has ended already, and where it is said to be agreed without saying what came of it.
  public func ended(_ state: State, with resource: ID<Resource>?, on day: Day) throws(Refusal) -> Development
  {
    guard !self.state.isOver else { throw .conflict(.alreadyClosed) }
    guard state.isOver else { throw .invalid([Problem("state", "unknown-code")]) }
    guard state == .givenUp || resource != nil else { throw .invalid([Problem("resource", "required")]) }
    var next = self
    next.state = state
    next.endedOn = day
    next.resource = state == .agreed ? resource : nil
    return next
  }

  /// Somebody was spoken to: who and what came of it.
  public struct Contact: Hashable, Sendable, Codable {
    public let who: String
    public let text: String

    public init(who: String, text: String) {
      self.who = who
      self.text = text
    }
  }
}

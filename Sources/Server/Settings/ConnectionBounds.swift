/// How many connections there may be, and how long each may keep the program waiting.
public struct ConnectionBounds: Hashable, Sendable {
  /// Whoever comes beyond it waits in the system's queue until another has gone.
  public var limit: Int
  /// Seconds from connecting to the end of the first request's head, a handshake of TLS included.
  public var head: Int
  /// Seconds from the end of the head to the end of the body.
  public var body: Int
  /// Seconds in which an answer that has begun must be taken.
  public var answer: Int
  /// Seconds from an answer to the end of the next request's head.
  public var idle: Int

  public init(limit: Int = 5000, head: Int = 15, body: Int = 120, answer: Int = 120, idle: Int = 60) {
    self.limit = limit
    self.head = head
    self.body = body
    self.answer = answer
    self.idle = idle
  }

  init(_ values: SettingValues) throws {
    let standard = ConnectionBounds()
    limit = try values.number(.connectionsLimit, in: 1...100_000) ?? standard.limit
    head = try values.number(.headSeconds, in: 1...3600) ?? standard.head
    body = try values.number(.bodySeconds, in: 1...3600) ?? standard.body
    answer = try values.number(.answerSeconds, in: 1...3600) ?? standard.answer
    idle = try values.number(.idleSeconds, in: 1...3600) ?? standard.idle
  }
}

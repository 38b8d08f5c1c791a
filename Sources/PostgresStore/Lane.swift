import Dispatch
import Foundation
import Store

enum Transaction: Sendable {
  case read, write

  var begin: String {
    switch self {
    case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case .write: "BEGIN ISOLATION LEVEL SERIALIZABLE"
    }
  }
}

/// One connection, made when first needed and again when lost, and the queue that alone may touch it.
///
/// `@unchecked` because libpq allows one thread at a time, which `queue` ensures.
final class Lane: @unchecked Sendable {
  private let queue: DispatchQueue
  private let url: String
  private let statementSeconds: Int
  private let outage: Outage
  private var connection: Connection?

  init(url: String, statementSeconds: Int, number: Int, outage: Outage) {
    queue = DispatchQueue(label: "postgres-\(number)")
    self.url = url
    self.statementSeconds = statementSeconds
    self.outage = outage
  }

  /// Connects, and refuses a database that would store or sort text otherwise than SQLite does.
  func start() throws {
    try queue.sync { try connected().checkText() }
  }

  func run<T: Sendable>(
    _ transaction: Transaction, _ body: @escaping @Sendable (any Session) throws -> T
  ) async -> Result<T, any Error> {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: Result { try self.repeated(transaction, body) }) }
    }
  }

  func close() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.connection = nil
        continuation.resume()
      }
    }
  }

  private func repeated<T>(_ transaction: Transaction, _ body: (any Session) throws -> T) throws -> T {
    var patience = Patience(outage)
    while true {
      do {
        return try once(transaction, body)
      } catch let interruption as Interruption {
        guard let pause = patience.pause(after: interruption) else { throw interruption.fault }
        Thread.sleep(forTimeInterval: pause)
      }
    }
  }

  private func once<T>(_ transaction: Transaction, _ body: (any Session) throws -> T) throws -> T {
    let connection = try reached()
    let session = PostgresSession(connection)
    let result: T
    do {
      connection.begin(with: transaction.begin)
      result = try body(session)
      if let fault = session.fault { throw fault }
    } catch {
      abandon(connection, after: transaction)
      throw session.fault.flatMap { Interruption($0, of: transaction, isLost: connection.isLost) } ?? error
    }
    if transaction == .read {
      connection.end()
      return result
    }
    do {
      try connection.commit()
    } catch let fault as StoreFault {
      abandon(connection, after: transaction)
      throw unfinished(transaction, fault, isLost: connection.isLost)
    }
    return result
  }

  /// What a failed COMMIT means: once it was sent on a connection that is lost, nobody knows whether it was done.
  private func unfinished(_ transaction: Transaction, _ fault: StoreFault, isLost: Bool) -> any Error {
    if isLost, transaction == .write { return StoreFault.unknownOutcome }
    return Interruption(fault, of: transaction, isLost: isLost) ?? fault
  }

  /// The connection; that there is none to be had now may pass.
  private func reached() throws -> Connection {
    if let connection, !connection.isLost { return connection }
    guard outage.mayTry else { throw StoreFault.away }
    do {
      let fresh = try connected()
      outage.ended()
      return fresh
    } catch let fault as StoreFault where fault.kind == .unavailable {
      throw Interruption(lost: fault)
    }
  }

  private func connected() throws -> Connection {
    if let connection, !connection.isLost { return connection }
    connection = nil
    let fresh = try Connection(url: url, statementSeconds: statementSeconds)
    connection = fresh
    return fresh
  }

  private func abandon(_ connection: Connection, after transaction: Transaction) {
    let isElsewhere = connection.isReadOnlyServer && transaction == .write
    if isElsewhere || connection.isLost || !connection.rollback() { self.connection = nil }
  }
}

/// A failure after which the same body may be run again: nothing of it has been kept.
private struct Interruption: Error {
  let fault: StoreFault
  let isLost: Bool

  init(lost fault: StoreFault) {
    self.fault = fault
    isLost = true
  }

  init?(_ fault: StoreFault, of transaction: Transaction, isLost: Bool) {
    // What a read refuses to write, it would refuse again.
    let isLost = isLost || fault.isReadOnlyServer && transaction == .write
    guard isLost || fault.isSerialization || fault.isDuplicate && transaction == .write else { return nil }
    self.fault = fault
    self.isLost = isLost
  }
}

/// How often, and after which pause, a transaction is tried again.
private struct Patience {
  private let outage: Outage
  private var conflicts = 0
  private var duplicates = 0
  private var losses = 0
  private var firstLoss: ContinuousClock.Instant?
  private var firstConflict: ContinuousClock.Instant?

  init(_ outage: Outage) {
    self.outage = outage
  }

  /// Seconds, at random so that two that collided do not collide again; `nil` when it is enough.
  mutating func pause(after interruption: Interruption) -> Double? {
    if interruption.isLost {
      losses += 1
      let first = firstLoss ?? .now
      firstLoss = first
      // Most connections are lost one at a time, and the next is had at once.
      guard outage.isWorthWaiting(), .now - first < outage.patience else { return nil }
      return Double.random(in: 0...min(1, 0.02 * Double(1 << min(losses, 6))))
    }
    if interruption.fault.isDuplicate {
      duplicates += 1
      guard duplicates <= 4 else { return nil }
    }
    conflicts += 1
    let first = firstConflict ?? .now
    firstConflict = first
    // By the clock and not by the count: of those that collide one always gets on, but with many at one case, or a
    // machine that is busy with other things, it takes long until each has been that one.
    guard .now - first < .seconds(15) else { return nil }
    return Double.random(in: 0...min(0.1, 0.002 * Double(1 << min(conflicts, 6))))
  }
}

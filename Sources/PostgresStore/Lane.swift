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
  private var connection: Connection?

  init(url: String, statementSeconds: Int, number: Int) {
    queue = DispatchQueue(label: "postgres-\(number)")
    self.url = url
    self.statementSeconds = statementSeconds
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
    var patience = Patience()
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
    let connection = try connected()
    let session = PostgresSession(connection)
    let result: T
    do {
      try session.begin(transaction)
      result = try body(session)
      if let fault = session.fault { throw fault }
    } catch {
      abandon(connection, after: transaction)
      throw session.fault.flatMap { Interruption($0, of: transaction, isLost: connection.isLost) } ?? error
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

  init?(_ fault: StoreFault, of transaction: Transaction, isLost: Bool) {
    // What a read refuses to write, it would refuse again.
    let isLost = isLost || fault.isReadOnlyServer && transaction == .write
    guard isLost || fault.isSerialization else { return nil }
    self.fault = fault
    self.isLost = isLost
  }
}

/// How often, and after which pause, a transaction is tried again.
private struct Patience {
  private var conflicts = 0
  private var losses = 0

  /// Seconds, at random so that two that collided do not collide again; `nil` when it is enough.
  mutating func pause(after interruption: Interruption) -> Double? {
    if interruption.isLost {
      losses += 1
      return losses > 4 ? nil : Double.random(in: 0...0.02) * Double(1 << (2 * losses))
    }
    conflicts += 1
    return conflicts > 24 ? nil : Double.random(in: 0...min(0.1, 0.002 * Double(1 << min(conflicts, 6))))
  }
}

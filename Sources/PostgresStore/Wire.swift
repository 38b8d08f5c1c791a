internal import CLibPQ
import Glibc

/// Waits for what a server answers, but no longer than it is there: a machine that hangs or is cut off closes nothing.
struct Wire {
  private let pointer: OpaquePointer
  private let limit: Duration
  /// After so much silence it is asked whether the server is there at all.
  private let silence = Duration.seconds(5)

  /// - Parameter seconds: how long one command may take at most.
  init(_ pointer: OpaquePointer, seconds: Int) {
    self.pointer = pointer
    limit = .seconds(seconds)
    PQsetnonblocking(pointer, 1)
  }

  /// The last result of a command, as `PQexec` returns it; `nil` where none will come.
  func answer(to isSent: Int32) -> OpaquePointer? {
    let end = ContinuousClock.now + limit
    guard isSent == 1, isFlushed(before: end) else { return nil }
    var last: OpaquePointer?
    while true {
      guard isComplete(before: end) else {
        PQclear(last)
        return nil
      }
      guard let next = PQgetResult(pointer) else { return last }
      PQclear(last)
      last = next
    }
  }

  /// What each of several commands is answered with that go out together, up to the one that ended the connection; `nil`
  /// where no answer will come.
  func answers(to commands: [() -> Int32]) -> [OpaquePointer]? {
    let end = ContinuousClock.now + limit
    guard PQenterPipelineMode(pointer) == 1, commands.allSatisfy({ $0() == 1 }), PQpipelineSync(pointer) == 1,
      isFlushed(before: end)
    else { return nil }
    var answers: [OpaquePointer] = []
    while ContinuousClock.now < end, isComplete(before: end) {
      // Nothing stands between the answers of two commands, and behind a lost connection.
      guard let next = PQgetResult(pointer) else {
        if PQstatus(pointer) == CONNECTION_OK { continue }
        return answers.isEmpty ? nil : answers
      }
      guard PQresultStatus(next) == PGRES_PIPELINE_SYNC else {
        answers.append(next)
        continue
      }
      PQclear(next)
      guard PQexitPipelineMode(pointer) == 1 else { break }
      return answers
    }
    for answer in answers { PQclear(answer) }
    return nil
  }

  private func isFlushed(before end: ContinuousClock.Instant) -> Bool {
    while true {
      let left = PQflush(pointer)
      if left <= 0 { return left == 0 }
      // What the server says meanwhile is taken in, or both might wait for each other.
      guard isReady(for: POLLIN | POLLOUT, before: end), PQconsumeInput(pointer) == 1 else { return false }
    }
  }

  /// Whether a result can be taken without waiting; that of a connection that ended says so.
  private func isComplete(before end: ContinuousClock.Instant) -> Bool {
    while PQisBusy(pointer) == 1 {
      guard isReady(for: POLLIN, before: end) else { return false }
      if PQconsumeInput(pointer) == 0 { return true }
    }
    return true
  }

  private func isReady(for events: Int32, before end: ContinuousClock.Instant) -> Bool {
    var entry = pollfd(fd: PQsocket(pointer), events: Int16(events), revents: 0)
    while true {
      let left = min(silence, end - .now)
      guard left > .zero else { return false }
      let count = poll(&entry, 1, Int32((left / .milliseconds(1)).rounded(.up)))
      if count > 0 { return true }
      guard count == 0 ? isServerThere : errno == EINTR else { return false }
    }
  }

  private var isServerThere: Bool {
    guard let host = PQhost(pointer), let port = PQport(pointer) else { return true }
    let settings = [
      ("host", String(cString: host)), ("port", String(cString: port)), ("connect_timeout", "3"),
    ]
    return withParameters(settings) { PQpingParams($0, $1, 0) } != PQPING_NO_RESPONSE
  }
}

/// Settings as libpq takes them.
func withParameters<T>(
  _ settings: [(String, String)],
  _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
  let keywords = settings.map { strdup($0.0) }
  let values = settings.map { strdup($0.1) }
  defer { for copy in keywords + values { free(copy) } }
  return body(keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil])
}

internal import CLibPQ
import Foundation
import Store

/// One libpq connection and the statements it has prepared.
final class Connection {
  private let pointer: OpaquePointer
  private let wire: Wire
  private let warning = Warning()
  private var prepared: [StatementKey: String] = [:]
  private var made = 0
  /// Something was refused because it writes: after a write, a sign that another host is the primary now.
  private(set) var isReadOnlyServer = false
  /// An answer never came: the server hangs or is cut off.
  private var isGivenUp = false
  /// What begins the transaction, as long as nothing was asked in it: it goes out with the first statement.
  private var beginning: String?
  /// The end of a transaction that has read was sent, and is not answered yet.
  private var isEnding = false

  init(url: String, statementSeconds: Int) throws {
    // Before `dbname`, so that the string may say otherwise.
    let settings: [(String, String)] = [
      ("connect_timeout", "3"), ("fallback_application_name", "gyeot"), ("keepalives_idle", "10"),
      ("keepalives_interval", "3"), ("keepalives_count", "3"), ("tcp_user_timeout", "10000"), ("dbname", url),
    ]
    pointer = try Connection.connect(settings)
    // The server breaks a statement off by itself, if it can; COMMIT may also wait for a standby.
    wire = Wire(pointer, seconds: statementSeconds + 5)
    // Never printed, because notices may quote values; only that there was a warning is kept.
    PQsetNoticeReceiver(
      pointer,
      { kept, notice in
        guard let kept, let state = PQresultErrorField(notice, Int32(UInt8(ascii: "C"))) else { return }
        if String(cString: state) == "01000" {
          Unmanaged<Warning>.fromOpaque(kept).takeUnretainedValue().came = true
        }
      }, Unmanaged.passUnretained(warning).toOpaque())
    guard !isLost else {
      throw StoreFault(kind: .unavailable, code: "08001", message: "cannot connect")
    }
    try command(
      """
      SET client_encoding = 'UTF8'; SET client_min_messages = warning; SET bytea_output = 'hex';
      SET statement_timeout = '\(statementSeconds)s'; SET idle_in_transaction_session_timeout = '300s'
      """)
  }

  deinit {
    PQfinish(pointer)
  }

  var isLost: Bool { isGivenUp || PQstatus(pointer) != CONNECTION_OK }

  /// Begins a transaction with this statement, sent together with the first of the transaction: one way to the server and
  /// back less.
  func begin(with statement: String) {
    settle()
    beginning = statement
  }

  /// Runs statements without values; their rows are dropped.
  func command(_ text: String) throws {
    if let begin = takeBeginning() { PQclear(try checked(exec(begin))) }
    PQclear(try checked(exec(text)))
  }

  /// Runs one statement with values, prepared on first use; the caller clears the result.
  func run(_ text: String, _ values: BoundValues) throws -> OpaquePointer {
    let name = try statement(StatementKey(text: text, types: values.types))
    let send = { [pointer] in
      values.withPointers { pointers in
        PQsendQueryPrepared(pointer, name, Int32(values.count), pointers, values.lengths, values.formats, 1)
      }
    }
    guard let begin = takeBeginning() else { return try checked(answer(to: send())) }
    let sendBegin = { [pointer] in PQsendQueryParams(pointer, begin, 0, nil, nil, nil, nil, 0) }
    guard let answers = wire.answers(to: [sendBegin, send]) else {
      isGivenUp = true
      throw StoreFault.lost
    }
    let results = answers.map { answer in Result { try checked(answer) } }
    guard results.count == 2, case .success(let begun) = results[0], case .success(let result) = results[1]
    else {
      for case .success(let left) in results { PQclear(left) }
      // Where the first failed, the other was not tried.
      for case .failure(let fault) in results { throw fault }
      throw StoreFault.lost
    }
    PQclear(begun)
    return result
  }

  /// Ends a transaction that has only read. Nobody waits for the answer, which is taken before the next one begins.
  func end() {
    if takeBeginning() != nil { return }
    isEnding = PQsendQuery(pointer, "COMMIT") == 1
    if isEnding { PQflush(pointer) } else { isGivenUp = true }
  }

  /// A transaction that wrote is done when this returns.
  func commit() throws {
    if takeBeginning() != nil { return }
    warning.came = false
    let result = try checked(exec("COMMIT"))
    defer { PQclear(result) }
    // The server answers COMMIT of a failed transaction with ROLLBACK, and without an error.
    guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
      throw StoreFault(kind: .other, code: "25P02", message: "the transaction was rolled back")
    }
    // "The transaction has already committed locally, but might not have been replicated to the standby."
    if warning.came { throw StoreFault.unknownOutcome }
  }

  /// Whether the connection is clean again.
  func rollback() -> Bool {
    beginning = nil
    if PQtransactionStatus(pointer) == PQTRANS_IDLE { return true }
    PQclear(exec("ROLLBACK"))
    return !isLost && PQtransactionStatus(pointer) == PQTRANS_IDLE
  }

  func checkText() throws {
    let question = "SELECT 'Z' < 'a' AND '~' < '가', current_setting('server_encoding')"
    let result = try checked(exec(question))
    defer { PQclear(result) }
    let answers = (0..<2).map { String(cString: PQgetvalue(result, 0, $0)) }
    guard answers == ["t", "UTF8"] else {
      throw StoreFault(
        kind: .unavailable, code: "22021",
        message: "the database must be made with ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0")
    }
  }

  private func takeBeginning() -> String? {
    defer { beginning = nil }
    return beginning
  }

  private func settle() {
    guard isEnding else { return }
    isEnding = false
    PQclear(answer(to: 1))
  }

  private static func connect(_ settings: [(String, String)]) throws -> OpaquePointer {
    let pointer = withParameters(settings) { PQconnectdbParams($0, $1, 1) }
    guard let pointer else { throw StoreFault(kind: .unavailable, code: "08001", message: "no memory") }
    return pointer
  }

  private func statement(_ key: StatementKey) throws -> String {
    if let name = prepared[key] { return name }
    if prepared.count >= 512 {
      try command("DEALLOCATE ALL")
      prepared = [:]
    }
    made += 1
    let name = "s\(made)"
    let isSent = PQsendPrepare(pointer, name, key.text, Int32(key.types.count), key.types)
    PQclear(try checked(answer(to: isSent)))
    prepared[key] = name
    return name
  }

  private func exec(_ text: String) -> OpaquePointer? {
    answer(to: PQsendQuery(pointer, text))
  }

  private func answer(to isSent: Int32) -> OpaquePointer? {
    let result = wire.answer(to: isSent)
    if result == nil { isGivenUp = true }
    return result
  }

  private func checked(_ result: OpaquePointer?) throws -> OpaquePointer {
    let status = PQresultStatus(result)
    if let result, status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK { return result }
    defer { PQclear(result) }
    guard let state = field("C", of: result) else { throw StoreFault.lost }
    let fault = StoreFault(state: state, message: field("M", of: result) ?? "")
    if fault.isReadOnlyServer { isReadOnlyServer = true }
    throw fault
  }

  private func field(_ code: Unicode.Scalar, of result: OpaquePointer?) -> String? {
    PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
  }
}

/// A box, which outlives the connection that writes into it.
private final class Warning {
  var came = false
}

private struct StatementKey: Hashable {
  let text: String
  let types: [Oid]
}

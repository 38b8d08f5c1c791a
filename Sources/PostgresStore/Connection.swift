internal import CLibPQ
import Foundation
import Store

/// One libpq connection and the statements it has prepared.
final class Connection {
  private let pointer: OpaquePointer
  private var prepared: [StatementKey: String] = [:]
  private var made = 0
  /// Something was refused because it writes: after a write, a sign that another host is the primary now.
  private(set) var isReadOnlyServer = false

  init(url: String, statementSeconds: Int) throws {
    // Before `dbname`, so that the string may say otherwise.
    let settings: [(String, String)] = [
      ("connect_timeout", "5"), ("fallback_application_name", "gyeot"), ("keepalives_idle", "30"),
      ("tcp_user_timeout", "15000"), ("dbname", url),
    ]
    pointer = try Connection.connect(settings)
    // Silent, because notices may quote values.
    PQsetNoticeProcessor(pointer, { _, _ in }, nil)
    guard !isLost else {
      throw StoreFault(kind: .unavailable, code: "08001", message: "cannot connect")
    }
    try command(
      """
      SET client_encoding = 'UTF8'; SET client_min_messages = error; SET bytea_output = 'hex';
      SET statement_timeout = '\(statementSeconds)s'; SET idle_in_transaction_session_timeout = '300s'
      """)
  }

  deinit {
    PQfinish(pointer)
  }

  var isLost: Bool { PQstatus(pointer) != CONNECTION_OK }

  /// Runs statements without values; their rows are dropped.
  func command(_ text: String) throws {
    PQclear(try checked(PQexec(pointer, text)))
  }

  /// Runs one statement with values, prepared on first use; the caller clears the result.
  func run(_ text: String, _ values: BoundValues) throws -> OpaquePointer {
    let name = try statement(StatementKey(text: text, types: values.types))
    let result = values.withPointers { pointers in
      PQexecPrepared(pointer, name, Int32(values.count), pointers, values.lengths, values.formats, 1)
    }
    return try checked(result)
  }

  func commit() throws {
    let result = try checked(PQexec(pointer, "COMMIT"))
    defer { PQclear(result) }
    // The server answers COMMIT of a failed transaction with ROLLBACK, and without an error.
    guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
      throw StoreFault(kind: .other, code: "25P02", message: "the transaction was rolled back")
    }
  }

  /// Whether the connection is clean again.
  func rollback() -> Bool {
    if PQtransactionStatus(pointer) == PQTRANS_IDLE { return true }
    PQclear(PQexec(pointer, "ROLLBACK"))
    return PQtransactionStatus(pointer) == PQTRANS_IDLE
  }

  func checkText() throws {
    let question = "SELECT 'Z' < 'a' AND '~' < '가', current_setting('server_encoding')"
    let result = try checked(PQexec(pointer, question))
    defer { PQclear(result) }
    let answers = (0..<2).map { String(cString: PQgetvalue(result, 0, $0)) }
    guard answers == ["t", "UTF8"] else {
      throw StoreFault(
        kind: .unavailable, code: "22021",
        message: "the database must be made with ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0")
    }
  }

  private static func connect(_ settings: [(String, String)]) throws -> OpaquePointer {
    let keywords = settings.map { strdup($0.0) }
    let values = settings.map { strdup($0.1) }
    defer { for copy in keywords + values { free(copy) } }
    let pointer = PQconnectdbParams(
      keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
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
    PQclear(try checked(PQprepare(pointer, name, key.text, Int32(key.types.count), key.types)))
    prepared[key] = name
    return name
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

private struct StatementKey: Hashable {
  let text: String
  let types: [Oid]
}

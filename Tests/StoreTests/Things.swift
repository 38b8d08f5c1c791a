import Store
import TestSupport

struct Halt: Error {}

extension Engine {
  /// A fresh store with one table, `thing (id, number, content)`.
  func withThings() async throws -> any Database {
    let database = try await fresh()
    try await database.makeThings()
    return database
  }
}

extension Database {
  func makeThings() async throws {
    try await write { session in
      try session.script(
        """
        CREATE TABLE thing (
          id text PRIMARY KEY CHECK (id <> 'forbidden'),
          number bigint,
          content \(session.dialect.bytesType)
        );
        CREATE TABLE part (thing_id text NOT NULL REFERENCES thing (id));
        CREATE INDEX thing_by_number ON thing (number);
        """)
    }
  }

  func things() async throws -> [String: Int] {
    try await read { session in
      let pairs = try session.rows("SELECT id, number FROM thing") { row in
        (try row.get(0) as String, try row.get(1) as Int)
      }
      return Dictionary(uniqueKeysWithValues: pairs)
    }
  }
}

extension Session {
  func insert(_ id: String, _ number: Int) throws {
    try execute("INSERT INTO thing (id, number) VALUES (\(id), \(number))")
  }

  func count() throws -> Int {
    try row("SELECT COUNT(*) FROM thing") { try $0.get(0) } ?? 0
  }
}

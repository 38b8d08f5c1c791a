import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Testing
import Vault

@Suite struct `What lies on the disk` {
  @Test(arguments: Engine.available)
  func `tells nothing of anybody in the demo, in no disguise`(_ engine: Engine) async throws {
    let demo = try await DemoStore.loaded(on: engine)
    let secrets = try await Secrets(of: demo)
    // So many that a gatherer which finds none is noticed.
    #expect(secrets.people.count > 280)
    #expect(secrets.sentences.count > 1000)
    #expect(secrets.phones.count > 40)
    let search = Search(secrets.all)
    for (table, found) in try await Self.values(of: demo.office.database, search) {
      #expect(found.isEmpty, "\(table): \(found.prefix(5))")
    }
    // The name of a school is no secret: found in the same bytes, it shows that they are the store's.
    let open = Search(["달무리초(가상)"])
    var seen = 0
    for file in try await demo.files() {
      // PostgreSQL takes files of its own away while we look.
      guard let bytes = try? Data(contentsOf: file, options: .alwaysMapped) else { continue }
      let found = bytes.withUnsafeBytes {
        search.spelled(in: $0, atLeast: 8).union(search.compressed(in: $0))
      }
      #expect(found.isEmpty, "\(file.lastPathComponent): \(found.prefix(5))")
      seen += bytes.withUnsafeBytes { open.spelled(in: $0) }.count
    }
    #expect(seen > 0)
    if let dump = try demo.dump() {
      let found = dump.withUnsafeBytes { search.spelled(in: $0, atLeast: 8) }
      #expect(dump.withUnsafeBytes { open.spelled(in: $0) }.count == 1)
      #expect(found.isEmpty, "pg_dump: \(found.prefix(5))")
    }
  }

  /// The same search over a store that tells: were it blind for one disguise, this would not find it.
  @Test(arguments: Engine.available)
  func `is searched by a search that finds every disguise`(_ engine: Engine) async throws {
    let sentence = "외할머니 무릎이 아파서 아침을 못 먹었어요."
    let database = try await engine.migrated()
    let search = Search(["박하린", sentence])
    for disguise in Disguise.allCases {
      for start in ["", "a", "ab"] {
        let told = disguise.disguised(start + sentence)
        try await database.write { session in
          try session.execute("DELETE FROM lease")
          try session.execute("DELETE FROM chain_head")
          try session.execute(
            """
            INSERT INTO chain_head (school_id, number, hash, seal)
            VALUES ('office', 1, \(told), \(Array("nothing".utf8)))
            """)
        }
        let found = try await Self.values(of: database, search)
        #expect(
          found["chain_head"]?.contains(Search.Find(text: sentence, disguise: disguise)) == true,
          "\(disguise)")
        #expect(found["office"]?.isEmpty == true)
      }
    }
    try await database.write { session in
      try session.execute("DELETE FROM chain_head")
      try session.execute("INSERT INTO office (id, name, made_at) VALUES ('office', \(sentence), 1)")
    }
    #expect(try await Self.values(of: database, search)["office"]?.isEmpty == false)
    try await database.close()
  }

  /// Every value of every table, searched for itself: a file may cut a long one in two.
  private static func values(
    of database: any Database, _ search: Search
  ) async throws -> [String: Set<Search.Find>] {
    let tables = TableDump.tables(of: try Schema.migrations)
    var found: [String: Set<Search.Find>] = [:]
    for table in tables {
      let values = try await database.read { session in
        let dump = TableDump(session)
        var values: [[UInt8]] = []
        try dump.forEach(of: table, try dump.columns(of: table)) { row in
          for value in row {
            switch value {
            case .text(let text): values.append(Array(text.utf8))
            case .bytes(let bytes): values.append(bytes)
            case .integer, .null: break
            }
          }
        }
        return values
      }
      found[table] = values.reduce(into: []) { $0.formUnion(search.everything(in: $1)) }
    }
    return found
  }
}

/// What nobody may learn from the disk: taken from the script and from the loaded world, not from a list of our own.
private struct Secrets {
  /// Full names of students, of those around them, and of the staff.
  var people: Set<String> = []
  var phones: Set<String> = []
  var birthDays: Set<String> = []
  /// Pieces of whatever was said or written.
  var sentences: Set<String> = []

  var all: Set<String> { people.union(phones).union(birthDays).union(sentences) }

  init(of demo: DemoStore) async throws {
    for demoCase in demo.script.cases { gather(demoCase.value) }
    for step in demo.script.programmes.flatMap(\.steps) {
      for name in Self.saidOfStudents { step.value[name].map { gather($0) } }
    }
    for member in demo.script.world["staff"]?.list ?? [] { add(person: member["name"]?.text) }
    let vault = demo.office.vault
    let profiles = try await demo.office.database.read { session in
      let schools = try session.schools.all().map(\.id)
      let students = session.students(of: schools, vault)
      let ids = try session.rows("SELECT id FROM student") { try $0.get(0, as: ID<Student>.self) }
      return try ids.map { id in
        let student = try students.find(id)
        return (student.profile, try students.relatives(of: student).map(\.relative))
      }
    }
    for (profile, relatives) in profiles {
      add(person: profile.name)
      add(phone: profile.phone)
      profile.birthDay.map { _ = birthDays.insert($0.description) }
      profile.address.map { _ = sentences.insert($0) }
      for relative in relatives {
        add(person: relative.name)
        add(phone: relative.phone)
      }
    }
    // Names of schools and of the office are no secret and stand in the clear, and so does what the directory of
    // resources tells to everybody, and what a programme is called and does.
    let open =
      [demo.script.world["office"]?.text ?? ""]
      + (demo.script.world["schools"]?.list ?? []).compactMap { $0["name"]?.text }
      + demo.script.resources.flatMap { Self.texts(in: $0) }
      + demo.script.programmes.flatMap { Self.texts(in: $0.value, without: Self.saidOfStudents) }
    sentences = sentences.filter { piece in !open.contains { $0.contains(piece) } }
    people = people.filter { name in !open.contains { $0.contains(name) } }
  }

  /// Of a session or a seat of a programme.
  private static let saidOfStudents = ["text", "lines", "why"]

  private static func texts(in value: DemoValue, without closed: [String] = ["contact"]) -> [String] {
    switch value {
    case .text(let text): [text]
    case .list(let values): values.flatMap { texts(in: $0, without: closed) }
    case .parts(let parts):
      parts.filter { !closed.contains($0.name) }.flatMap { texts(in: $0.value, without: closed) }
    }
  }

  private mutating func gather(_ value: DemoValue, named name: String = "") {
    switch value {
    case .text(let text):
      switch name {
      case "name": add(person: text)
      case "phone": add(phone: text)
      default: add(sentence: text)
      }
    case .list(let values): for value in values { gather(value, named: name) }
    case .parts(let parts): for part in parts { gather(part.value, named: part.name) }
    }
  }

  private mutating func add(person name: String?) {
    guard let name, name.utf8.count >= Search.shortest else { return }
    people.insert(name)
  }

  private mutating func add(phone: String?) {
    guard let phone, phone.count >= 9 else { return }
    phones.insert(phone)
    phones.insert(phone.filter(\.isNumber))
  }

  /// Eight letters at a time, so that a part of a sentence tells as much as the whole.
  private mutating func add(sentence text: String) {
    guard text.unicodeScalars.contains(where: { (0xAC00...0xD7A3).contains($0.value) }) else { return }
    let letters = Array(text)
    for start in stride(from: 0, to: letters.count, by: 8) where letters.count - start >= 6 {
      sentences.insert(String(letters[start..<min(start + 8, letters.count)]))
    }
  }
}

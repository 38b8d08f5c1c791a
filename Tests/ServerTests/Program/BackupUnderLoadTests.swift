import CaseWork
import Foundation
import Glibc
import Operations
import Repositories
import Store
import Synchronization
import TestSupport
import Testing
import Vault

@Suite(.serialized) struct `A backup is taken while people write` {
  private static let writes = Length.isLong ? 1500 : 120

  /// From each engine to the other; the long form to itself as well.
  private static var pairs: [(Engine, Engine)] {
    Engine.available.flatMap { from in
      Engine.available.filter { Length.isLong || Engine.available.count == 1 || $0 != from }.map {
        (from, $0)
      }
    }
  }

  @Test(arguments: pairs)
  func `restored elsewhere, it opens, verifies, and has every act up to its moment`(
    _ from: Engine, _ to: Engine
  ) async throws {
    let source = try ProgramPlace(from, "backup-\(from)-\(to)")
    let world = try await source.settle()
    let files = [try await world.servedCase(.harin), try await world.servedCase(.narae)]
    // And the program serves, and links the trail.
    let server = try source.serve()
    let log = WriteLog()
    let writing = Task {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for file in files {
          group.addTask {
            while !log.isFull {
              let text = log.ask()
              let saved = try await RecordContact(world.office)(
                Filled.contact(world.today, facts: text), in: file.id, by: world.asker(.caseManager))
              log.acknowledge(text, as: saved.id)
            }
          }
        }
        try await group.waitForAll()
      }
    }
    // Some is written, and some of it linked.
    var links = 0
    while log.acknowledged.count < Self.writes / 3 || links == 0 {
      try await Task.sleep(for: .milliseconds(50))
      links = try await world.database.read { session in
        try session.row("SELECT COUNT(*) FROM chain_link") { try $0.get(0, as: Int.self) } ?? 0
      }
    }
    let archive = Scratch.file("gyeot")
    let before = log.acknowledged
    let done = try Program.run(["backup", archive.path] + source.options)
    let asked = log.asked
    #expect(done.status == 0, "\(done.output)")
    // It went on meanwhile and after that.
    while log.acknowledged.count < Self.writes { try await Task.sleep(for: .milliseconds(10)) }
    log.stop()
    try await writing.value
    server.send(SIGTERM)
    #expect(server.waitUntilEnd() == 0)
    #expect(log.acknowledged.count > before.count)

    let target = try ProgramPlace(to, "restored-\(from)-\(to)", root: source.root)
    let restored = try Program.run(["restore", archive.path] + target.options)
    #expect(restored.status == 0, "\(restored.output)")
    let verified = try Program.run(["audit", "verify"] + target.options)
    #expect(verified.status == 0, "\(verified.output)")

    let (old, new) = (try await StoreContents(of: world.database), try await Self.contents(of: target))
    for table in ["event", "access_row", "chain_link", "case_record", "service_given", "referral", "staff"] {
      let (then, now) = (try #require(new.tables[table]), try #require(old.tables[table]))
      #expect(!then.isEmpty, "\(table)")
      #expect(then.isSubset(of: now), "\(table) has rows that the store it was made from has not")
    }
    let texts = try await Self.texts(in: target, world)
    for (text, id) in before { #expect(texts[text] == id, "acknowledged before the backup: \(text)") }
    #expect(Set(texts.keys).isSubset(of: asked))
    #expect(texts.count < log.acknowledged.count)
    try await openAsPerson(target, try #require(files.first), before)
    try await world.database.close()
  }

  /// Somebody signs in where it was restored and reads what was written.
  private func openAsPerson(
    _ place: ProgramPlace, _ file: CaseFile, _ written: [String: ID<CaseRecord>]
  ) async throws {
    let server = try place.serve()
    let visit = Visit(port: server.port)
    let (name, password) = World.signIn(of: .caseManager)
    try visit.signIn(name, password)
    let pages = try written.prefix(40).map { text, id in
      (text, try visit.get("/cases/\(file.id)/records/\(id)"))
    }
    let seen = pages.filter { $0.1.status == 200 && $0.1.body.contains($0.0) }
    // Those of the other case are not found under this one.
    #expect(!seen.isEmpty)
    #expect(pages.allSatisfy { $0.1.status == 404 || $0.1.body.contains($0.0) })
    server.send(SIGTERM)
    #expect(server.waitUntilEnd() == 0)
  }

  private static func contents(of place: ProgramPlace) async throws -> StoreContents {
    let database = try place.open()
    let contents = try await StoreContents(of: database)
    try await database.close()
    return contents
  }

  /// What the contacts say, opened, with their ids.
  private static func texts(
    in place: ProgramPlace, _ world: World
  ) async throws -> [String: ID<CaseRecord>] {
    let database = try place.open()
    let vault = world.office.vault
    let texts = try await database.read { session in
      let keys = session.keys(vault)
      return try session.rows(
        "SELECT id, school_id, student_id, sealed FROM case_record WHERE kind = 'contact'"
      ) { row in
        let id = try row.get(0, as: ID<CaseRecord>.self)
        let answers = try keys.open(
          json: Answers.self, try row.get(3), of: .student(try row.get(2), try row.get(1)),
          at: Binding(table: "case_record", record: id.description, version: 1))
        return (answers["facts"] ?? "", id)
      }
    }
    try await database.close()
    #expect(Set(texts.map(\.0)).count == texts.count, "a note is there twice")
    return Dictionary(texts) { first, _ in first }
  }
}

/// What was asked for and what was acknowledged, and by which record.
private final class WriteLog: Sendable {
  private struct Entries {
    var asked: Set<String> = []
    var acknowledged: [String: ID<CaseRecord>] = [:]
    var isFull = false
  }

  private let entries = Mutex(Entries())

  var asked: Set<String> { entries.withLock { $0.asked } }
  var acknowledged: [String: ID<CaseRecord>] { entries.withLock { $0.acknowledged } }
  var isFull: Bool { entries.withLock { $0.isFull } }

  func stop() { entries.withLock { $0.isFull = true } }

  func ask() -> String {
    entries.withLock { entries in
      let text = "\(entries.asked.count + 1)번째 만남"
      entries.asked.insert(text)
      return text
    }
  }

  func acknowledge(_ text: String, as id: ID<CaseRecord>) {
    entries.withLock { $0.acknowledged[text] = id }
  }
}

import CaseWork
import Foundation
import Glibc
import Operations
import PostgresStore
import Practice
import Repositories
import SQLiteStore
import Store
import Synchronization
import TestSupport
import Testing
import Vault

@Suite(.serialized) struct `The program is killed while people write` {
  private static let writes = Length.isLong ? 20_000 : 1200
  private static let leastKills = Length.isLong ? 200 : 12
  /// Acknowledged acts from one kill to the next: so few that chance alone does not leave out too many.
  private static let between = Length.isLong ? 30...110 : 25...90

  @Test(arguments: Engine.available)
  func `every acknowledged write is there once, none by half, and the trail is whole`(
    _ engine: Engine
  ) async throws {
    var chance = Chance()
    let seed = chance.seed
    let place = try ProgramPlace(engine, "crash")
    let world = try await place.settle()
    let ledger = Ledger(writes: Self.writes)
    var server = try place.serve()
    ledger.moved(to: server.port)
    let scribes = try await Scribe.all(in: world, ledger)
    let writing = Task { await Scribe.run(scribes) }

    var (kills, outages) = (0, 0)
    var next = chance.next(in: Self.between)
    while await ledger.reaches(next) {
      try await Task.sleep(for: .milliseconds(chance.next(in: 0...40)))
      // The database dies in each of the ways it may, under a server that lives on and together with it.
      switch place.postgres == nil ? 0 : (kills + outages) % 12 {
      case 3, 7:
        try place.postgres?.kill(outages.isMultiple(of: 2) ? SIGQUIT : SIGKILL)
        try await Task.sleep(for: .milliseconds(chance.next(in: 0...400)))
        try place.postgres?.start()
        outages += 1
      case let turn:
        if turn == 11 { try place.postgres?.kill(SIGQUIT) }
        server.send(SIGKILL)
        #expect(server.waitUntilEnd() == 128 + SIGKILL)
        if turn == 11 { try place.postgres?.start() }
        kills += 1
        server = try place.serve()
        ledger.moved(to: server.port)
      }
      // While others write on, from another program.
      let kept = ledger.drafts
      for draft in kept {
        let now = try await ReadDrafts(world.office)(at: draft.place, of: world.member(.homeroom))
        let number = now?.answers["facts"].flatMap { Int($0) } ?? 0
        #expect(number >= draft.kept, "seed \(seed), kill \(kills): \(draft.place)")
      }
      next += chance.next(in: Self.between)
    }
    await writing.value
    // The store itself goes away under a server that stays, and comes back.
    if let postgres = place.postgres { try await comeBack(postgres, server, world, ledger) }
    server.send(SIGTERM)
    #expect(server.waitUntilEnd() == 0)
    print(
      "killed \(kills) times, the database \(outages) times, in \(ledger.count) acknowledged writes on \(engine); GYEOT_TEST_SEED=\(seed)"
    )

    #expect(ledger.surprises.isEmpty, "seed \(seed): \(ledger.surprises)")
    #expect(ledger.count >= Self.writes)
    #expect(kills >= Self.leastKills)
    #expect(place.postgres == nil || outages >= Self.leastKills / 6)
    try await check(ledger, in: world, "seed \(seed)")
    let verified = try Program.run(["audit", "verify"] + place.options)
    #expect(verified.status == 0, "seed \(seed): \(verified.output)")
    #expect(!verified.output.contains("BROKEN"))
    try await world.database.close()
  }

  /// Whoever writes while the database is away is told so, and goes on without a restart of the program once it is back.
  private func comeBack(
    _ postgres: PrivatePostgres, _ server: Program.Server, _ world: World, _ ledger: Ledger
  ) async throws {
    let scribe = try await Scribe(.draft("referral/\(world.student(.harin))"), .homeroom, in: world, ledger)
    try postgres.kill(SIGQUIT)
    #expect(throws: (any Error).self) { try scribe.write() }
    try postgres.start()
    // The program looks for it about once a second.
    let end = ContinuousClock.now + .seconds(10)
    while (try? scribe.write()) == nil, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(100))
    }
    try scribe.write()
    #expect(server.port == ledger.port)
  }

  private func check(_ ledger: Ledger, in world: World, _ seed: String) async throws {
    let (vault, asked) = (world.office.vault, ledger.asked)
    let contacts = try await world.database.read { session in
      try Found.contacts(in: session, session.keys(vault))
    }
    let referrals = try await world.database.read { session in
      try Found.referrals(in: session, session.keys(vault))
    }
    for (found, acknowledged) in [(contacts, ledger.contacts), (referrals, ledger.referrals)] {
      // Besides those of the cases that were there before.
      let texts = Dictionary(grouping: found.filter { $0.text.contains("번째") }, by: \.text)
      let twice = texts.filter { $0.value.count > 1 }.keys.sorted()
      #expect(twice.isEmpty, "\(seed): written twice: \(twice)")
      let missing = acknowledged.filter { entry in texts[entry.text]?.first?.id != entry.id }
      #expect(missing.isEmpty, "\(seed): not there, or something else: \(missing.map(\.text))")
      let strange = texts.keys.filter { !asked.contains($0) }
      #expect(strange.isEmpty, "\(seed): nobody wrote \(strange)")
      #expect(acknowledged.count > ledger.count / 20)
    }
    for (what, query) in Self.halves {
      let count = try await world.database.read { session in
        try session.row(query) { try $0.get(0, as: Int.self) } ?? -1
      }
      #expect(count == 0, "\(seed): \(what)")
    }
    guard world.database.dialect == .sqlite else { return }
    let state = try await world.database.read { session in
      try session.row("SELECT * FROM pragma_integrity_check(1)") { try $0.get(0, as: String.self) }
    }
    #expect(state == "ok")
  }

  /// Each counts what one transaction must have written together with what it did not, or did twice.
  private static let halves: [(String, SQL)] = [
    (
      "contacts without what was given",
      """
      SELECT COUNT(*) FROM case_record r
      WHERE r.kind = 'contact' AND NOT EXISTS (
        SELECT 1 FROM service_given g
        WHERE g.school_id = r.school_id AND g.case_id = r.case_id AND g.record_id = r.id)
      """
    ),
    (
      "services without their contact",
      """
      SELECT COUNT(*) FROM service_given g
      WHERE NOT EXISTS (
        SELECT 1 FROM case_record r
        WHERE r.school_id = g.school_id AND r.case_id = g.case_id AND r.id = g.record_id)
      """
    ),
    (
      "contacts without their event",
      """
      SELECT COUNT(*) FROM case_record r
      WHERE r.kind = 'contact' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject_id = r.id)
      """
    ),
    (
      "acts with two events",
      """
      SELECT COUNT(*) FROM (
        SELECT 1 FROM event WHERE subject_kind IN ('record', 'referral')
        GROUP BY act, subject_kind, subject_id HAVING COUNT(*) > 1) twice
      """
    ),
    (
      "referrals without their event",
      "SELECT COUNT(*) FROM referral r WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.subject_id = r.id)"
    ),
    (
      "events of referrals that are not there",
      """
      SELECT COUNT(*) FROM event e
      WHERE e.act = 'refer' AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.id = e.subject_id)
      """
    ),
    (
      "events neither linked nor waiting",
      """
      SELECT COUNT(*) FROM event e
      WHERE NOT EXISTS (SELECT 1 FROM chain_link l WHERE l.row_kind = 'event' AND l.row_id = e.id)
        AND NOT EXISTS (SELECT 1 FROM chain_pending p WHERE p.row_kind = 'event' AND p.row_id = e.id)
      """
    ),
  ]
}

/// What the store holds in the end, opened.
private enum Found {
  static func contacts(in session: any Session, _ keys: Sealer) throws -> [Ledger.Entry] {
    try session.rows(
      "SELECT id, school_id, student_id, sealed FROM case_record WHERE kind = 'contact' AND version = 1"
    ) { try entry($0, in: "case_record", keys) }
  }

  static func referrals(in session: any Session, _ keys: Sealer) throws -> [Ledger.Entry] {
    try session.rows("SELECT id, school_id, student_id, sealed FROM referral WHERE version = 1") {
      try entry($0, in: "referral", keys)
    }
  }

  private static func entry(_ row: borrowing Row, in table: String, _ keys: Sealer) throws -> Ledger.Entry {
    let id = try row.get(0, as: String.self)
    let owner = KeyOwner.student(try row.get(2), try row.get(1))
    let answers = try keys.open(
      json: Answers.self, try row.get(3), of: owner, at: Binding(table: table, record: id, version: 1))
    return Ledger.Entry(id: id, text: answers["facts"] ?? "")
  }
}

/// What was asked for and what was acknowledged; shared by all who write.
private final class Ledger: Sendable {
  struct Entry {
    let id: String
    let text: String
  }

  private struct Entries {
    var port = 0
    var count = 0
    var given = 0
    var asked: Set<String> = []
    var contacts: [Entry] = []
    var referrals: [Entry] = []
    var drafts: [String: Int] = [:]
    var surprises: [String] = []
  }

  private let writes: Int
  private let entries = Mutex(Entries())

  init(writes: Int) {
    self.writes = writes
  }

  var port: Int { entries.withLock { $0.port } }
  var count: Int { entries.withLock { $0.count } }
  var asked: Set<String> { entries.withLock { $0.asked } }
  var contacts: [Entry] { entries.withLock { $0.contacts } }
  var referrals: [Entry] { entries.withLock { $0.referrals } }
  var surprises: [String] { entries.withLock { $0.surprises } }
  var drafts: [(place: String, kept: Int)] {
    entries.withLock { $0.drafts.map { (place: $0.key, kept: $0.value) } }
  }
  var isFull: Bool { count >= writes }

  func moved(to port: Int) { entries.withLock { $0.port = port } }

  /// A number that no other write has.
  func nextNumber() -> Int {
    entries.withLock { entries in
      entries.given += 1
      return entries.given
    }
  }

  func ask(_ text: String) { entries.withLock { _ = $0.asked.insert(text) } }
  func acknowledge(contact: Entry) { note { $0.contacts.append(contact) } }
  func acknowledge(referral: Entry) { note { $0.referrals.append(referral) } }
  func acknowledge(_ number: Int, at place: String) { note { $0.drafts[place] = number } }
  func wonder(_ what: String) { entries.withLock { $0.surprises.append(what) } }

  /// Waits until so many are acknowledged; `false` where that is more than will be.
  func reaches(_ count: Int) async -> Bool {
    while self.count < count {
      if count >= writes { return false }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return true
  }

  private func note(_ change: (inout Entries) -> Void) {
    entries.withLock { entries in
      entries.count += 1
      change(&entries)
    }
  }
}

/// Somebody who writes the same kind of thing again and again, in a browser of their own.
///
/// `@unchecked` because only the thread that `run` starts for it uses it.
private final class Scribe: @unchecked Sendable {
  enum Work {
    case contact(CaseFile)
    case referral(ID<Student>)
    case draft(String)
  }

  private let work: Work
  private let visit: Visit
  private let ledger: Ledger
  private let day: String

  init(_ work: Work, _ person: World.Person, in world: World, _ ledger: Ledger) async throws {
    self.work = work
    self.ledger = ledger
    visit = Visit(port: ledger.port)
    day = Day(inKoreaAt: Date()).description
    let (name, password) = World.signIn(of: person)
    try visit.signIn(name, password)
  }

  static func all(in world: World, _ ledger: Ledger) async throws -> [Scribe] {
    let (first, second) = (try await world.servedCase(.harin), try await world.servedCase(.narae))
    return [
      try await Scribe(.contact(first), .caseManager, in: world, ledger),
      try await Scribe(.contact(second), .caseManager, in: world, ledger),
      try await Scribe(.referral(world.student(.garam)), .teacher, in: world, ledger),
      try await Scribe(.draft("referral/\(world.student(.noeul))"), .homeroom, in: world, ledger),
    ]
  }

  /// All at once, each on a thread of its own, until the ledger is full.
  static func run(_ scribes: [Scribe]) async {
    await withTaskGroup(of: Void.self) { group in
      for scribe in scribes {
        group.addTask {
          await withCheckedContinuation { continuation in
            Thread.detachNewThread {
              scribe.writeUntilFull()
              continuation.resume()
            }
          }
        }
      }
    }
  }

  private func writeUntilFull() {
    let end = Date().addingTimeInterval(Length.isLong ? 7200 : 600)
    while !ledger.isFull, Date() < end {
      do {
        try write()
      } catch {
        // What was under way is asked for no more: nobody knows whether it was done.
        Thread.sleep(forTimeInterval: 0.01)
        visit.move(to: ledger.port)
      }
    }
  }

  /// One write; throws where it was not acknowledged.
  func write() throws {
    let number = ledger.nextNumber()
    switch work {
    case .contact(let file):
      let text = "\(number)번째 만남"
      ledger.ask(text)
      let answer = try visit.post(
        "/cases/\(file.id)/write/contact",
        [
          ("_version", "0"), ("day", day), ("minutes", "20"), ("service", "D16"), ("method", "M01"),
          ("facts", text), ("risk-check", "safe"), ("_save", "save"),
        ])
      ledger.acknowledge(contact: .init(id: try acknowledged(answer), text: text))
    case .referral(let student):
      let text = "\(number)번째 의뢰"
      ledger.ask(text)
      let answer = try visit.post(
        "/referrals/new",
        [
          ("_version", "0"), ("_student", student.description), ("needs", "N02"), ("facts", text),
          ("measures", "전화했습니다."), ("urgency", "normal"), ("family-knows", "not-yet"), ("_save", "send"),
        ])
      ledger.acknowledge(referral: .init(id: try acknowledged(answer), text: text))
    case .draft(let place):
      let answer = try visit.post(
        "/drafts", [("_version", "0"), ("_place", place), ("facts", String(number))])
      guard answer.status == 200 else { throw unexpected(answer) }
      ledger.acknowledge(number, at: place)
    }
  }

  /// The id at the end of the address one is sent to.
  private func acknowledged(_ answer: Visit.Answer) throws -> String {
    guard answer.status == 303, let location = answer.location, !location.contains("sign-in") else {
      throw unexpected(answer)
    }
    // After a contact the way leads back to the case, and names the record that was written.
    if let record = location.split(separator: "?").last?.split(separator: "&").first(where: {
      $0.hasPrefix("record=")
    }) {
      return String(record.dropFirst("record=".count))
    }
    return location.prefix { $0 != "?" }.split(separator: "/").last.map(String.init) ?? ""
  }

  /// A store that is away is a fault; anything else an office would wonder about.
  private func unexpected(_ answer: Visit.Answer) -> any Error {
    if answer.status < 500 { ledger.wonder("\(answer.status) \(answer.body.prefix(400))") }
    return ProgramFailed(program: "gyeot", output: "\(answer.status)")
  }
}

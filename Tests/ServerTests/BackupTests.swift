import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Server
import Store
import TestSupport
import Testing
import Vault

@Suite struct BackupTests {
  private let root = RootKey.random()

  /// A small office with everything an archive can hold: text, numbers, bytes, nothing.
  private func office(_ engine: Engine) async throws -> any Database {
    let database = try await engine.migrated()
    let office = Office(
      database: database, vault: Vault(root: root), practice: try Practice.bundled(), clock: { Date() },
      random: { UUID() }, passwords: Passwords(rounds: 1 << 14))
    try await SetUpOffice(office)("다솜구(가상)")
    for name in ["달무리초(가상)", "별내음중(가상)"] {
      let school = try await AddSchool(office)(name, .middle, by: nil)
      try await AddStaff(office)(
        "설아람", signInName: name,
        assignments: [
          Assignment(school: school.id, role: .administrator, from: SchoolYear.firstDay(of: 2026))
        ], by: nil)
    }
    return database
  }

  private func everything(_ database: any Database) async throws -> [String: Set<[Value]>] {
    let tables = TableDump.tables(of: try Schema.migrations)
    return try await database.read { session in
      let dump = TableDump(session)
      var all: [String: Set<[Value]>] = [:]
      for table in tables {
        var rows: Set<[Value]> = []
        try dump.forEach(of: table, try dump.columns(of: table)) { rows.insert($0) }
        all[table] = rows
      }
      return all
    }
  }

  private func archive(of database: any Database) async throws -> URL {
    let url = Scratch.file("gyeot")
    try await BackUp(database, root: root, clock: { Date() })(to: url)
    return url
  }

  private static var pairs: [(Engine, Engine)] {
    Engine.available.flatMap { from in Engine.available.map { (from, $0) } }
  }

  @Test(arguments: pairs) func `what was backed up from one engine is all there in the other`(
    _ from: Engine, _ to: Engine
  ) async throws {
    let source = try await office(from)
    let url = try await archive(of: source)
    let target = try await to.fresh()
    let contents = try await Restore(target)(from: ArchiveReader(url, root: root))
    #expect(contents.rows["staff"] == 2)
    #expect(try await everything(target) == everything(source))
    try await source.close()
    try await target.close()
  }

  @Test(arguments: Engine.available) func `a store that has something in it is replaced as a whole`(
    _ engine: Engine
  ) async throws {
    let (source, target) = (try await office(engine), try await office(engine))
    let url = try await archive(of: source)
    _ = try await Restore(target)(from: ArchiveReader(url, root: root))
    #expect(try await everything(target) == everything(source))
    try await source.close()
    try await target.close()
  }

  @Test func `every table of the schema is in the order of its references`() async throws {
    let database = try await Engine.sqlite.migrated()
    let tables = TableDump.tables(of: try Schema.migrations)
    let present = try await database.read { try TableDump($0).present() }
    #expect(present == Set(tables))
    #expect(tables.count == present.count)
    try await database.close()
  }

  @Test func `no name and no word of an archive can be read without the key`() async throws {
    let database = try await office(.sqlite)
    let bytes = try Data(contentsOf: try await archive(of: database))
    for word in ["설아람", "다솜구", "administrator", "sign_in_token"] {
      #expect(bytes.range(of: Data(word.utf8)) == nil)
    }
    try await database.close()
  }

  @Test(arguments: Engine.available)
  func `a damaged, cut, swapped or foreign archive is refused and the old data stay`(
    _ engine: Engine
  ) async throws {
    let (source, target) = (try await office(engine), try await office(engine))
    let before = try await everything(target)
    let whole = try Data(contentsOf: try await archive(of: source))
    var broken: [Data] = []
    for offset in [whole.count / 2, whole.count - 3, 40, 2] {
      var copy = whole
      copy[offset] ^= 1
      broken.append(copy)
    }
    broken.append(whole.prefix(whole.count - 60))
    broken.append(whole.prefix(whole.count / 2))
    broken.append(whole + Data([0]))
    for data in broken {
      let url = Scratch.file("gyeot")
      try data.write(to: url)
      await #expect(throws: (any Error).self) {
        try await Restore(target)(from: ArchiveReader(url, root: root))
      }
    }
    let url = Scratch.file("gyeot")
    try whole.write(to: url)
    #expect(throws: ArchiveProblem.self) { try ArchiveReader(url, root: .random()) }
    #expect(try await everything(target) == before)
    try await source.close()
    try await target.close()
  }

  @Test func `whichever bit is turned and wherever it is cut, an archive is refused with a reason`()
    async throws
  {
    let source = try await office(.sqlite)
    let whole = try Data(contentsOf: try await archive(of: source))
    var chance = Chance()
    let tries = Length.isLong ? 4000 : 250
    // All of the head, which is not sealed, and the rest by chance.
    let positions = Array(0..<260) + (0..<tries).map { _ in chance.next(in: 260...(whole.count - 1)) }
    let url = Scratch.file("gyeot")
    for position in positions {
      var turned = whole
      turned[position] ^= 1 << UInt8(chance.next(in: 0...7))
      try turned.write(to: url)
      #expect(throws: ArchiveProblem.self, "seed \(chance.seed): a bit of byte \(position)") {
        try ArchiveReader(url, root: root).verify()
      }
    }
    for _ in 0..<(tries / 2) {
      let length = chance.next(in: 0...(whole.count - 1))
      try whole.prefix(length).write(to: url)
      #expect(throws: ArchiveProblem.self, "seed \(chance.seed): cut after \(length)") {
        try ArchiveReader(url, root: root).verify()
      }
    }
    try whole.write(to: url)
    #expect(try ArchiveReader(url, root: root).verify().rows["staff"] == 2)
    try await source.close()
  }

  @Test func `a file is replaced by rename, and only while nobody serves it`() async throws {
    let source = try await office(.sqlite)
    let url = try await archive(of: source)
    let path = Scratch.file("sqlite").path
    let settings = try await Settings(flags: [.databaseURL: path])
    do {
      let lock = try StoreLock(path, for: .serving)
      await #expect(throws: StartProblem.storeInUse(path)) {
        try await RestoreStore(settings)(from: url, root: root)
      }
      withExtendedLifetime(lock) {}
    }
    try await RestoreStore(settings)(from: url, root: root)
    let restored = try settings.openDatabase()
    #expect(try await everything(restored) == everything(source))
    try await restored.close()
    try await source.close()
  }

  @Test func `an archive of a newer schema is refused`() async throws {
    let source = try await office(.sqlite)
    let known = try Schema.migrations.count
    try await source.write { session in
      try session.execute(
        "INSERT INTO schema_migration (number, name, digest, applied_at) VALUES (\(known + 1), 'x', 'x', 0)")
    }
    let url = try await archive(of: source)
    let target = try await Engine.sqlite.fresh()
    await #expect(throws: ArchiveProblem.newerSchema(archive: known + 1, known: known)) {
      try await Restore(target)(from: ArchiveReader(url, root: root))
    }
    try await source.close()
    try await target.close()
  }
}

import CaseWork
import Documents
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing

/// Rosters that `bin/make-roster` writes.
private enum MadeRoster {
  struct Told: Decodable {
    let rows: Int
    let good: Int
    let broken: [String: Int]
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let formats: [String] = {
    let all = ["utf-8", "utf-8-bom", "utf-16", "cp949", "xlsx"]
    if (try? python(["-c", "import openpyxl"]))?.status == 0 { return all }
    print("SKIPPED: rosters as XLSX need Python with openpyxl; bin/setup installs it")
    return all.filter { $0 != "xlsx" }
  }()

  static func make(
    rows: Int, broken: Double = 0, format: String, more: [String] = []
  ) throws -> ([UInt8], Told) {
    let path = Scratch.file("roster")
    defer { try? FileManager.default.removeItem(at: path) }
    let run = try python(
      [
        root.appending(path: "bin/make-roster").path, "--rows", String(rows), "--broken", String(broken),
        "--format", format, "--output", path.path,
      ] + more)
    try #require(run.status == 0)
    return (
      [UInt8](try Data(contentsOf: path)), try JSONDecoder().decode(Told.self, from: Data(run.output.utf8))
    )
  }

  private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    // The one that bin/test makes, with openpyxl; otherwise Debian's.
    process.executableURL = URL(
      filePath: ProcessInfo.processInfo.environment["GYEOT_TEST_PYTHON"] ?? "/usr/bin/python3")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.start()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}

struct `Importing a class list` {
  private static let cases = Engine.available.flatMap { engine in MadeRoster.formats.map { (engine, $0) } }

  @Test(arguments: cases)
  func `good rows come in from every format, broken ones are named`(
    _ engine: Engine, _ format: String
  ) async throws {
    let world = try await RosterWorld(engine)
    let (bytes, told) = try MadeRoster.make(
      rows: 600, broken: 0.07, format: format, more: ["--shuffled", "--seed", "5"])
    let importing = world.importing
    let preview = try await importing.preview(
      bytes, name: "명렬표", in: world.own.id, year: RosterWorld.year, by: world.manager)
    let id = try #require(preview.id)
    #expect(preview.total == 600)
    let codes: [String: RosterProblem.Code] = [
      "missing-name": .required, "not-a-day": .notADay, "bad-grade": .impossibleGrade,
      "duplicate-number": .duplicateNumber, "national-id": .nationalID, "too-long": .tooLong,
      "bad-class": .unknownClass,
    ]
    for (kind, count) in told.broken {
      #expect(preview.problems.filter { $0.code == codes[kind] }.count == count, "\(kind)")
    }
    #expect(preview.problems.count == told.rows - told.good)

    await #expect(throws: Refusal.self) {
      try await importing.run(id, in: world.own.id, .allOrNothing, by: world.manager)
    }
    #expect(try await world.count("SELECT COUNT(*) FROM student") == 0)

    let report = try await importing.run(id, in: world.own.id, .goodRowsOnly, by: world.manager)
    #expect(report.progress.added == told.good)
    #expect(report.progress.status == .done)
    #expect(report.missing.isEmpty)
    #expect(try await world.count("SELECT COUNT(*) FROM student") == told.good)
    #expect(try await world.count("SELECT COUNT(*) FROM enrolment WHERE year = 2026") == told.good)
    #expect(try await world.count("SELECT COUNT(*) FROM relative") == told.good)
    // The uploaded rows are gone; what stays says row, column and why.
    let kept = try await importing.report(id, in: world.own.id, by: world.manager)
    #expect(kept == report)
    #expect(
      try await world.count("SELECT MAX(LENGTH(sealed)) FROM roster_import")
        < 200 * report.problems.count + 400)
  }

  @Test(arguments: Engine.available)
  func `the same list again changes nothing, a corrected one only what differs`(_ engine: Engine) async throws
  {
    let world = try await RosterWorld(engine)
    let rows = ["2,3,1,A1,김하늘,2018-05-01", "2,3,2,A2,이바다,2018-06-01", "2,3,3,A3,박나무,2018-07-01"]
    #expect(try await world.bring(rows).progress.added == 3)
    let again = try await world.bring(rows)
    #expect(again.progress.added == 0)
    #expect(again.progress.changed == 0)

    let changed = try await world.bring(["2,4,1,A1,김하늘,2018-05-01", "2,3,2,A2,이바닷,2018-06-01"])
    #expect(changed.progress.added == 0)
    #expect(changed.progress.changed == 2)
    #expect(changed.missing.count == 1)
    #expect(try await world.count("SELECT COUNT(*) FROM student") == 3)
    #expect(try await world.names("바닷") == ["이바닷"])
    #expect(try await world.names("바다") == [])
    #expect(try await world.names("2-4") == ["김하늘"])
    #expect(try await world.names("박나무") == ["박나무"])
    #expect(try await world.count("SELECT COUNT(*) FROM student WHERE version = 1") == 2)
  }

  @Test(arguments: Engine.available)
  func `a number that was given to another child is refused and mixes no two lives`(
    _ engine: Engine
  ) async throws {
    let world = try await RosterWorld(engine)
    try await world.bring(["2,3,1,20301,김하늘,2018-05-01"])
    let report = try await world.bring(["2,3,1,20301,오새벽,2018-09-09", "2,3,2,20302,이바다,2018-06-01"])
    #expect(report.problems.map(\.code) == [.numberOfAnother])
    #expect(report.progress.added == 1)
    #expect(report.missing.isEmpty)
    #expect(try await world.names("하늘") == ["김하늘"])
    #expect(try await world.names("새벽") == [])
  }

  @Test(arguments: Engine.available)
  func `without a number, name and birthday tell children apart`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let headers = "학년,반,번호,이름,생년월일"
    let rows = ["2,3,1,김하늘,2018-05-01", "2,4,1,김하늘,2018-08-08", "2,5,1,김하늘,2018-05-01"]
    let report = try await world.bring(rows, headers: headers)
    #expect(report.progress.added == 2)
    #expect(report.problems.map(\.code) == [.duplicateNumber])
    let hits = try await FindStudents(world.office)("김하늘", by: world.manager).hits
    #expect(hits.map { $0.student.birthDay?.description } == ["2018-05-01", "2018-08-08"])
    #expect(hits.map { $0.student.enrolment?.classLabel } == ["2-3", "2-4"])
  }

  @Test(arguments: Engine.available)
  func `a column of resident numbers is refused whole and kept nowhere`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let text = """
      학번,성명,학년,반,생년월일,주민등록번호,비고
      A1,김하늘,2,3,2018-05-01,180231-3000000,180231-3******
      A2,이바다,2,3,2018-06-01,180231-4000000,180231-4******
      """
    let importing = world.importing
    let preview = try await importing.preview(
      Array(text.utf8), name: "a.csv", in: world.own.id, year: 2026, by: world.manager)
    #expect(preview.mapping.refused == [5, 6])
    #expect(preview.id != nil)
    let forced = try await importing.preview(
      Array(text.utf8), name: "a.csv", mapping: [0: .number, 1: .name, 2: .grade, 3: .className, 5: .phone],
      in: world.own.id, year: 2026, by: world.manager)
    #expect(forced.id == nil)
    #expect(forced.mappingProblems == [Problem("column.5", "national-id-column")])
    let vault = world.office.vault
    let (id, school) = (try #require(preview.id), world.own.id)
    let kept = try await world.office.database.read { try $0.rosterImports(of: school, vault).upload(of: id) }
    #expect(!String(decoding: try #require(kept), as: UTF8.self).contains("180231"))
  }

  @Test(arguments: Engine.available)
  func `only who keeps the school's lists imports, and only into that school`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    let bytes = Array("학번,성명,학년,반\nA1,김하늘,2,3".utf8)
    let importing = world.importing
    await #expect(throws: Refusal.notAllowed) {
      try await importing.preview(bytes, name: "a.csv", in: world.own.id, year: 2026, by: world.teacher)
    }
    await #expect(throws: Refusal.notFound) {
      try await importing.preview(bytes, name: "a.csv", in: world.own.id, year: 2026, by: world.stranger)
    }
    let preview = try await importing.preview(
      bytes, name: "a.csv", in: world.own.id, year: 2026, by: world.administrator)
    let id = try #require(preview.id)
    await #expect(throws: Refusal.notFound) {
      try await importing.run(id, in: world.other.id, .goodRowsOnly, by: world.stranger)
    }
    try await importing.cancel(id, in: world.own.id, by: world.administrator)
    await #expect(throws: Refusal.conflict(.alreadyClosed)) {
      try await importing.run(id, in: world.own.id, .goodRowsOnly, by: world.administrator)
    }
  }

  @Test(arguments: Engine.available)
  func `nothing of a child lies readable in the store`(_ engine: Engine) async throws {
    let world = try await RosterWorld(engine)
    try await world.bring(["2,3,1,고유번호77,김하늘,2018-05-01"])
    for column in ["display", "profile"] as [SQL] {
      let stored = try await world.office.database.read { session in
        try session.rows("SELECT \(column) FROM student") { try $0.get(0, as: [UInt8].self) }
      }
      for text in ["하늘", "고유번호77", "2018-05-01"] {
        #expect(!String(decoding: stored.joined(), as: UTF8.self).contains(text))
      }
    }
    #expect(try await world.count("SELECT COUNT(*) FROM search_token WHERE token LIKE '%하늘%'") == 0)
    #expect(try await world.count("SELECT COUNT(*) FROM access_row WHERE work = 'import-roster'") == 1)
  }

  /// How fast the release build does it, `bin/bench` tells.
  @Test(arguments: Engine.available)
  func `a long list with one row in a hundred broken comes in once, and each bad row is named`(
    _ engine: Engine
  ) async throws {
    let rows = ProcessInfo.processInfo.environment["GYEOT_TEST_LONG"] == nil ? 2000 : 50_000
    let (bytes, told) = try MadeRoster.make(rows: rows, broken: 0.01, format: "cp949")
    let world = try await RosterWorld(engine)
    let importing = world.importing
    for added in [told.good, 0] {
      let preview = try await importing.preview(
        bytes, name: "a.csv", in: world.own.id, year: 2026, by: world.manager)
      #expect(preview.total == rows)
      #expect(preview.problems.count == rows - told.good)
      // The heading is row 1 of the file; each of the broken rows is told once, with its number.
      #expect(Set(preview.problems.map(\.row)).count == rows - told.good)
      #expect(preview.problems.allSatisfy { (2...rows + 1).contains($0.row) })
      let report = try await importing.run(
        try #require(preview.id), in: world.own.id, .goodRowsOnly, by: world.manager)
      #expect(report.progress.added == added)
      #expect(report.progress.changed == 0)
      #expect(report.progress.refused == rows - told.good)
      #expect(try await world.count("SELECT COUNT(*) FROM student") == told.good)
      #expect(try await world.count("SELECT COUNT(*) FROM relative") == told.good)
      #expect(
        try await world.count("SELECT COUNT(*) FROM sealing_key WHERE owner_kind = 'student'") == told.good)
    }
  }
}

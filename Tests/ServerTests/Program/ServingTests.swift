import CaseWork
import Foundation
import Glibc
import Operations
import Repositories
import Store
import TestSupport
import Testing

@Suite(.serialized) struct `The program as it serves` {
  @Test(arguments: Engine.available)
  func `asked to stop, it answers what is under way, links the trail and loses nothing`(
    _ engine: Engine
  ) async throws {
    let place = try ProgramPlace(engine, "drain")
    let world = try await place.settle()
    let server = try place.serve()
    let (slow, idle) = (Visit(port: server.port), Visit(port: server.port))
    let (name, password) = World.signIn(of: .teacher)
    try slow.signIn(name, password)
    try idle.signIn(name, password)
    let rest = try slow.beginPost("/referrals/new", Self.referral(world.student(.garam)))
    server.send(SIGTERM)
    // The door is closed to whoever comes now.
    var isClosed = false
    for _ in 0..<200 where !isClosed {
      isClosed = (try? Visit(port: server.port).get("/healthz")) == nil
      if !isClosed { try await Task.sleep(for: .milliseconds(10)) }
    }
    #expect(isClosed)
    let answer = try slow.finishPost(rest)
    #expect(answer.status == 303)
    #expect(answer.location?.contains("/referrals/mine/") == true)
    #expect(server.waitUntilEnd() == 0)
    let counts = try await world.database.read { session in
      try ["referral", "chain_pending"].map { table in
        try session.row(SQL(stringLiteral: "SELECT COUNT(*) FROM \(table)")) { try $0.get(0, as: Int.self) }
      }
    }
    #expect(counts == [1, 0])
    let verified = try Program.run(["audit", "verify"] + place.options)
    #expect(verified.status == 0, "\(verified.output)")
    try await world.database.close()
  }

  @Test func `reached under another name, forms come from there and cookies keep to TLS`() async throws {
    let place = try ProgramPlace(.sqlite, "origin")
    let world = try await place.settle()
    let server = try place.serve(["GYEOT_PUBLIC_ORIGIN": "https://gyeot.example"])
    let visit = Visit(port: server.port)
    visit.extraHeaders = [("Origin", "https://gyeot.example")]
    let (name, password) = World.signIn(of: .teacher)
    try visit.signIn(name, password)
    #expect(visit.cookies["__Host-gyeot"] != nil && visit.cookies["gyeot"] == nil)
    let form = Self.referral(world.student(.garam))
    #expect(try visit.post("/referrals/new", form).status == 303)
    for origin in ["https://evil.example", "http://gyeot.example", "http://127.0.0.1:\(server.port)"] {
      visit.extraHeaders = [("Origin", origin)]
      #expect(try visit.post("/referrals/new", form).status == 403, "\(origin)")
    }
    server.send(SIGTERM)
    #expect(server.waitUntilEnd() == 0)
    try await world.database.close()
  }

  @Test(.enabled(if: Engine.available.contains(.postgres), "PostgreSQL is not installed"))
  func `the demo loads into PostgreSQL, and is there again at the second start`() async throws {
    let postgres = try PrivatePostgres("demo-program", .quick)
    let folder = Scratch.folder.appending(path: "demo-program")
    let command = ["demo", "--data", folder.path, "--database", postgres.url(of: "postgres")]
    var server = try Program.Server(command)
    #expect(server.greeting.contains("the demo world is loaded"))
    let signIns = server.greeting.matches(of: /(?m)^  (\S.*?)  (\S+)  (\S+)$/)
    #expect(signIns.count >= 9)
    for signIn in signIns {
      let visit = Visit(port: server.port)
      try visit.signIn(String(signIn.output.2), String(signIn.output.3))
      #expect(try visit.get("/").status < 400, "\(signIn.output.2)")
    }
    server.send(SIGTERM)
    #expect(server.waitUntilEnd() == 0)

    let begun = ContinuousClock.now
    server = try Program.Server(command)
    // Far from a second load; bin/bench tells the release build's figure.
    #expect(ContinuousClock.now - begun < .seconds(10))
    #expect(!server.greeting.contains("loaded"))
    let visit = Visit(port: server.port)
    try visit.signIn("yedam", try #require(signIns.first.map { String($0.output.3) }))
    #expect(try visit.get("/cases").body.contains("이도윤"))
    server.send(SIGTERM)
    #expect(server.waitUntilEnd() == 0)
  }

  @Test func `a demo whose loading was cut off begins anew, and touches no store that is not its own`()
    async throws
  {
    let folder = Scratch.folder.appending(path: "demo-cut")
    let command = ["demo", "--data", folder.path]
    let cut = Task.detached { try Program.Server(command) }
    let store = folder.appending(path: "gyeot.sqlite").path
    while !FileManager.default.fileExists(atPath: store + "-wal") {
      try await Task.sleep(for: .milliseconds(20))
    }
    try await Task.sleep(for: .milliseconds(1500))
    let pid = try String(contentsOfFile: folder.appending(path: "loading").path, encoding: .utf8)
    kill(try #require(pid_t(pid)), SIGKILL)
    await #expect(throws: (any Error).self) { try await cut.value }
    let server = try Program.Server(command)
    #expect(server.greeting.contains("the demo world is loaded"))
    server.send(SIGTERM)
    #expect(server.waitUntilEnd() == 0)

    // Somebody's real store, under the name the demo would take.
    let place = try ProgramPlace(.sqlite, "real")
    try await place.settle().database.close()
    let real = URL(filePath: place.options[1]).deletingLastPathComponent().appending(path: "real-office")
    try FileManager.default.createDirectory(at: real, withIntermediateDirectories: true)
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: place.options[1] + suffix) {
      try FileManager.default.copyItem(
        atPath: place.options[1] + suffix, toPath: real.appending(path: "gyeot.sqlite").path + suffix)
    }
    let bytes = try Data(contentsOf: real.appending(path: "gyeot.sqlite"))
    let refused = try Program.run(["demo", "--data", real.path, "--port", "0"])
    #expect(refused.status != 0)
    #expect(try Data(contentsOf: real.appending(path: "gyeot.sqlite")).count >= bytes.count)
    #expect(refused.output.contains("is not a demo"))
  }

  private static func referral(_ student: ID<Student>) -> [(String, String)] {
    [
      ("_version", "0"), ("_student", student.description), ("needs", "N02"), ("facts", "3월에 아홉 번 지각했습니다."),
      ("measures", "아침에 전화했습니다."), ("urgency", "normal"), ("family-knows", "not-yet"), ("_save", "send"),
    ]
  }
}

import CaseWork
import Foundation
import Glibc
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

@Suite(.serialized) struct `A store is restored` {
  private static let kills = Length.isLong ? 60 : 4

  @Test(arguments: Engine.available)
  func `cut off by kill -9 at any moment, it is the old or the new one and never something between`(
    _ engine: Engine
  ) async throws {
    let name = "restore-\(engine)"
    let stage = try await Stage(engine, name)
    var chance = Chance()
    let begun = ContinuousClock.now
    #expect(try Program.run(["restore", stage.new.path] + stage.place.options).status == 0)
    var span = Int((ContinuousClock.now - begun) / .milliseconds(1))
    #expect(try await stage.contents() == stage.newContents)
    try stage.putBackOld()

    var (olds, news, cut) = (0, 0, 0)
    for kill in 0..<(Self.kills * 10) where cut < Self.kills {
      let run = try Program.Run(["restore", stage.new.path] + stage.place.options)
      try await Task.sleep(for: .milliseconds(chance.next(in: 0...span)))
      // One that had ended says that the machine was busier when the span was measured.
      if run.kill() == 128 + SIGKILL { cut += 1 } else { span = max(1, span * 4 / 5) }
      let found = try await stage.contents()
      let isNew = found == stage.newContents
      #expect(
        isNew || found == stage.oldContents,
        "seed \(chance.seed), kill \(kill): differs from the old one in \(found.differences(from: stage.oldContents)), from the new one in \(found.differences(from: stage.newContents))"
      )
      if isNew { news += 1 } else { olds += 1 }
      if isNew { try stage.putBackOld() }
    }
    print("restore killed \(cut) times on \(engine): \(olds) times the old store, \(news) times the new")
    #expect(cut == Self.kills && olds > 0)
    // Whatever lies about of those that were cut off is in nobody's way.
    #expect(try Program.run(["restore", stage.new.path] + stage.place.options).status == 0)
    #expect(try await stage.contents() == stage.newContents)
    let verified = try Program.run(["audit", "verify"] + stage.place.options)
    #expect(verified.status == 0, "\(verified.output)")
  }

  @Test(arguments: Engine.available)
  func `a cut, turned or foreign archive is refused with its reason, and nothing has changed`(
    _ engine: Engine
  ) async throws {
    let stage = try await Stage(engine, "refuse-\(engine)")
    let whole = try Data(contentsOf: stage.new)
    var turned = whole
    turned[whole.count / 3] ^= 16
    let foreign = Scratch.file("key")
    try RootKey.random().write(to: foreign)
    let database = Array(stage.place.options.prefix(2))
    for (data, options, reason) in [
      (whole.prefix(whole.count - 1), stage.place.options, "cut off"),
      (whole.prefix(whole.count / 2), stage.place.options, "cut off"),
      (turned, stage.place.options, "damaged"),
      (whole, database + ["--key-file", foreign.path], "root key"),
      (Data("PK".utf8) + whole, stage.place.options, "not a backup"),
    ] {
      let file = Scratch.file("gyeot")
      try data.write(to: file)
      for check in [["--check"], []] {
        let refused = try Program.run(["restore", file.path] + check + options)
        #expect(refused.status != 0)
        #expect(refused.output.contains(reason), "\(refused.output)")
        #expect(try await stage.contents() == stage.oldContents)
      }
    }
  }
}

/// A store with something in it, and two archives: of itself, and of another office's larger store under the same key.
private struct Stage {
  let place: ProgramPlace
  let old: URL
  let new: URL
  let oldContents: StoreContents
  let newContents: StoreContents

  init(_ engine: Engine, _ name: String) async throws {
    place = try ProgramPlace(engine, name)
    let world = try await place.settle()
    old = try await Self.archive(of: world.database, place.root)
    oldContents = try await StoreContents(of: world.database)
    try await world.database.close()

    let other = try ProgramPlace(.sqlite, name + "-other", root: place.root)
    let larger = try await other.settle()
    let file = try await larger.servedCase(.harin)
    for number in 0..<150 {
      try await RecordContact(larger.office)(
        Filled.contact(larger.today, facts: "\(number)번째 만남"), in: file.id, by: larger.asker(.caseManager))
    }
    new = try await Self.archive(of: larger.database, place.root)
    newContents = try await StoreContents(of: larger.database)
    try await larger.database.close()
  }

  func contents() async throws -> StoreContents {
    let database = try place.open()
    let contents = try await StoreContents(of: database)
    try await database.close()
    return contents
  }

  func putBackOld() throws {
    let done = try Program.run(["restore", old.path] + place.options)
    guard done.status == 0 else { throw ProgramFailed(program: "gyeot restore", output: done.output) }
  }

  private static func archive(of database: any Database, _ root: RootKey) async throws -> URL {
    let url = Scratch.file("gyeot")
    try await BackUp(database, root: root, clock: { Date() })(to: url)
    return url
  }
}

import CaseWork
import Documents
import Foundation
import Testing

struct `A directory that is written and read` {
  private static let seeds: [UInt64] = Array(0..<300)

  @Test func `is the same in JSON, three hundred times`() throws {
    var kinds: Set<DirectoryEntry.Kind> = []
    for seed in Self.seeds {
      let directory = GeneratedDirectory(seed: seed).directory
      for kind in Directory.kinds where !directory[kind].isEmpty { kinds.insert(kind) }
      let reading = try DirectoryFile.read(DirectoryFile.json(of: directory), name: "a.json")
      #expect(reading.refused == 0, "seed \(seed)")
      #expect(reading.unmapped == [], "seed \(seed)")
      guard Contents(reading.directory) == Contents(directory) else {
        Issue.record("seed \(seed): \(difference(reading.directory, directory))")
        return
      }
    }
    #expect(kinds == Set(Directory.kinds))
  }

  @Test func `is the same in tables, three hundred times`() throws {
    for seed in Self.seeds {
      let directory = GeneratedDirectory(seed: seed).directory
      let reading = try DirectoryFile.read(try DirectoryFile.package(of: directory), name: "a.zip")
      #expect(reading.refused == 0, "seed \(seed)")
      #expect(reading.unmapped == [], "seed \(seed)")
      #expect(reading.form == .tables)
      guard Contents(reading.directory) == Contents(directory) else {
        Issue.record("seed \(seed): \(difference(reading.directory, directory))")
        return
      }
    }
  }

  @Test func `is the same in JSON after the tables`() throws {
    for seed in Self.seeds.prefix(40) {
      let directory = GeneratedDirectory(seed: seed).directory
      let tables = try DirectoryFile.read(try DirectoryFile.package(of: directory), name: "a.zip").directory
      let json = try DirectoryFile.read(DirectoryFile.json(of: tables), name: "a.json").directory
      #expect(Contents(json) == Contents(directory), "seed \(seed)")
    }
  }

  @Test func `gives the same bytes twice`() throws {
    let directory = GeneratedDirectory(seed: 5).directory
    #expect(try DirectoryFile.package(of: directory) == DirectoryFile.package(of: directory))
    #expect(DirectoryFile.json(of: directory) == DirectoryFile.json(of: directory))
  }

  @Test func `comes line by line as well`() throws {
    let generated = Self.seeds.lazy.map { GeneratedDirectory(seed: $0).directory }
    let directory = try #require(generated.first { $0.services.count > 2 })
    let reading = try DirectoryFile.read(DirectoryFile.lines(of: .service, in: directory), name: "a.ndjson")
    #expect(reading.refused == 0)
    #expect(Contents(reading.directory).entries[.service] == Contents(directory).entries[.service])
  }

  @Test func `one telephone of two services is two rows, and both keep it`() throws {
    var directory = Directory()
    let phone = DirectoryEntry(.phone, id: UUID(), fields: ["number": .text("02-000-0000")])
    directory.services = ["가", "나"].map { name in
      DirectoryEntry(
        .service, id: UUID(), fields: ["name": .text(name), "status": .text("active")],
        parts: ["phones": [phone]])
    }
    let read = try DirectoryFile.read(try DirectoryFile.package(of: directory), name: "a.zip").directory
    #expect(
      read.services.map { $0[part: "phones"].map { $0["number"] } } == [["02-000-0000"], ["02-000-0000"]])
    #expect(Set(read.services.flatMap { $0[part: "phones"].map(\.id) }).count == 2)
  }

  @Test func `an empty one is one`() throws {
    let reading = try DirectoryFile.read(DirectoryFile.json(of: Directory()), name: "a.json")
    #expect(reading.directory.isEmpty && reading.whole != nil)
    #expect(
      try DirectoryFile.read(try DirectoryFile.package(of: Directory()), name: "a.zip").directory.isEmpty)
  }

  private func difference(_ one: Directory, _ other: Directory) -> String {
    for kind in Directory.kinds {
      let (ones, others) = (Contents(one).entries[kind] ?? [:], Contents(other).entries[kind] ?? [:])
      for id in Set(ones.keys).union(others.keys) where ones[id] != others[id] {
        return "\(kind)\n\(ones[id]?.document() ?? "none")\n\(others[id]?.document() ?? "none")"
      }
    }
    return "none"
  }
}

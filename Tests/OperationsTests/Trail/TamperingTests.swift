import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

/// Somebody who can write the store but has no key.
@Suite struct `What was changed past the program` {
  @Test(arguments: Engine.available)
  func `is found by verifying, each kind of it`(_ engine: Engine) async throws {
    let tampered = try await TamperedWorld(engine)
    #expect(try await tampered.findings().isEmpty)
    let kinds =
      try await tampered.trailKinds() + tampered.sealedKinds() + tampered.caseKinds() + tampered.officeKinds()
    #expect(kinds.count >= 85)
    for kind in kinds {
      do {
        try await tampered.forge(kind.statements)
      } catch {
        Issue.record("\(kind.name): \(error)")
      }
      // Whatever lies about waits for the notary, who must not take it for the program's own.
      while try await LinkTrail(tampered.office, holder: "a")() > 0 {}
      let found = try await tampered.findings()
      #expect(kind.finds.isSubset(of: found), "\(kind.name): found \(found.sorted())")
      try await tampered.putBack()
    }
    #expect(try await tampered.findings().isEmpty)
  }

  @Test(arguments: Engine.available)
  func `in sealed values opens nowhere else`(_ engine: Engine) async throws {
    let tampered = try await TamperedWorld(engine)
    let manager = tampered.world.asker(.caseManager)
    let (file, contact) = (tampered.file.id, tampered.contact)
    for kind in try await tampered.sealedKinds() where kind.isRefusedOnReading {
      try await tampered.forge(kind.statements)
      tampered.office.vault.forgetAll()
      await #expect(throws: VaultProblem.self, "\(kind.name)") {
        _ = try await ReadRecord(tampered.office)(contact, in: file, for: manager)
        _ = try await ReadStudent(tampered.office)(tampered.file.student, by: manager)
      }
      try await tampered.putBack()
    }
    _ = try await ReadRecord(tampered.office)(contact, in: file, for: manager)
    _ = try await ReadStudent(tampered.office)(tampered.file.student, by: manager)
  }

  /// A table that nobody thought of would be one in which everything can be changed.
  @Test(arguments: Engine.available)
  func `has no table or column left to hide in`(_ engine: Engine) async throws {
    let tampered = try await TamperedWorld(engine)
    let columns = try await tampered.world.database.read { session in
      try TableDump(session).present().sorted().map { ($0, try TableDump(session).columns(of: $0)) }
    }
    for (table, columns) in columns {
      let known = Anchors.columns[table]
      #expect(known != nil || Anchors.tablesOutside.contains(table), "\(table)")
      if let known { #expect(Set(known) == Set(columns), "\(table)") }
    }
  }
}

@Suite struct `A store from before the trail knew its rows` {
  @Test(arguments: Engine.available)
  func `is whole, takes stock once, and from then on hides nothing`(_ engine: Engine) async throws {
    let tampered = try await TamperedWorld(engine)
    try await tampered.world.database.write { session in
      // As an older program left it: nothing known of rows, what waits without a seal.
      for table in ["chain_link", "chain_head", "chain_pending"] {
        try session.execute(SQL(stringLiteral: "DELETE FROM \(table)"))
      }
      try session.execute("DELETE FROM event WHERE act IN ('anchor', 'take-stock')")
      try session.execute("UPDATE event SET row_digests = NULL WHERE row_digests IS NOT NULL")
      for (table, kind): (SQL, String) in [("event", "event"), ("access_row", "access")] {
        try session.execute(
          "INSERT INTO chain_pending (row_kind, row_id, school_id) SELECT \(kind), id, school_id FROM \(table)"
        )
      }
    }
    let link = LinkTrail(tampered.office, holder: "a")
    while try await link() > 0 {}
    #expect(try await tampered.findings().isEmpty)
    let forged: SQL = "UPDATE case_file SET stage = 'planning' WHERE id = \(tampered.file.id)"
    let mended: SQL = "UPDATE case_file SET stage = 'service' WHERE id = \(tampered.file.id)"
    try await tampered.forge([forged])
    #expect(try await tampered.findings().isEmpty)
    try await tampered.forge([mended])

    try await TakeStock(tampered.office)()
    while try await link() > 0 {}
    #expect(try await tampered.findings().isEmpty)
    try await tampered.forge([forged])
    // Taking stock again would take the forgery for the truth.
    try await TakeStock(tampered.office)()
    while try await link() > 0 {}
    #expect(try await tampered.findings() == ["changed case_file"])
  }
}

/// One kind of change, and what verifying must say.
struct Tampering {
  let name: String
  let statements: [SQL]
  let finds: Set<String>
  var isRefusedOnReading = false

  init(_ name: String, _ finds: Set<String>, _ statements: SQL...) {
    self.name = name
    self.statements = statements
    self.finds = finds
  }

  var refusedOnReading: Tampering {
    var copy = self
    copy.isRefusedOnReading = true
    return copy
  }
}

import CaseWork
import Documents
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing

/// Directories that come in and go out, as far as they lie in the store.
@Suite struct DirectoryFileTests {
  /// A real directory of another country, of the standard's older form; it does not belong to the project.
  private static let real: [(name: String, bytes: [UInt8])]? = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../../shared/data/hsds/real-hsds2-ilao").standardizedFileURL
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let files = names.filter { $0.hasSuffix(".csv") }.sorted().compactMap { name in
      (try? Data(contentsOf: folder.appending(path: name))).map { (name, [UInt8]($0)) }
    }
    if files.isEmpty { print("SKIPPED: the real directory is not in ../shared/data/hsds") }
    return files.isEmpty ? nil : files
  }()

  private func bring(
    _ bytes: [UInt8], name: String, _ choice: ImportDirectory.Choice = .allOrNothing, into world: World
  ) async throws -> DirectoryImport.Outcome {
    let manager = world.asker(.caseManager)
    let id = try await ImportDirectory(world.office).receive(bytes, name: name, by: manager)
    return try await ImportDirectory(world.office).run(id, choice, by: manager)
  }

  private func count(_ table: String, in world: World) async throws -> Int {
    try await world.database.read { session in
      try session.row(SQL(stringLiteral: "SELECT count(*) FROM \(table)")) { try $0.get(0, as: Int.self) }
        ?? 0
    }
  }

  @Test(.enabled(if: real != nil), arguments: Engine.available)
  func `a real directory arrives whole, and a second time changes nothing`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let reading = try DirectoryFile.read(Self.real ?? [], options: DirectoryOptions(country: "US"))
    let package = try DirectoryFile.package(of: reading.directory)
    let outcome = try await bring(package, name: "ilao.zip", into: world)
    #expect(outcome.refused == 0 && outcome.changed == 0)
    let stubs = Set(reading.directory.services.compactMap { $0["organization_id"] })
      .subtracting(reading.directory.organizations.map(\.key)).count
    #expect(try await count("resource", in: world) == 33 + stubs)
    // One of the 430 rows has no name, and is refused by its number.
    #expect(try await count("offer", in: world) == 429)
    // And one for the postal address of each organization.
    #expect(try await count("location", in: world) == 520 + 33)
    let again = try await bring(package, name: "ilao.zip", into: world)
    #expect(again.added == 0 && again.changed == 0 && again.same + stubs == outcome.added)
    // Out again, and it is what came in.
    let written = try await ExportDirectory(world.office)(.json, by: world.asker(.caseManager))
    let back = try DirectoryFile.read(written, name: "directory.json").directory
    for kind in [DirectoryEntry.Kind.organization, .service, .location, .serviceAtLocation] {
      #expect(Set(reading.directory[kind]).isSubset(of: back[kind]), "\(kind)")
    }
    let found = try await FindOffers(world.office)(
      {
        var wish = OfferWish()
        wish.text = "legal"
        return wish
      }(), by: world.asker(.teacher))
    #expect(!found.lines.isEmpty)
  }

  private static let table = """
    기관명,기관유형,서비스명,설명,최소나이,최대나이,전화,주소,시도,시군구
    하늘빛지역아동센터,지역아동센터,저녁 돌봄,숙제와 저녁,7,15,02-0000-0107,한길 1,가상시,다솜구
    하늘빛지역아동센터,지역아동센터,방학 점심,점심,7,13,02-0000-0107,한길 1,가상시,다솜구
    ,,이름 없는 곳,,,,,,,
    """

  @Test(arguments: Engine.available)
  func `a table with Korean headings is taken whole or not at all, or without its bad rows`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let bytes = Array(Self.table.utf8)
    await #expect(throws: Refusal.invalid([Problem("choice", "directory-has-problems", "1")])) {
      try await bring(bytes, name: "자원.csv", into: world)
    }
    #expect(try await count("offer", in: world) == 0)
    let outcome = try await bring(bytes, name: "자원.csv", .whatCan, into: world)
    #expect(outcome.refused == 1)
    let (resources, offers) = (try await count("resource", in: world), try await count("offer", in: world))
    #expect(resources == 1 && offers == 2)
    let line = try await FindOffers(world.office)(OfferWish(), by: world.asker(.teacher)).lines.first
    #expect(line?.kind == "ORG-07")
    let changed = Self.table.replacing("숙제와 저녁", with: "숙제와 저녁과 놀이")
    let again = try await bring(Array(changed.utf8), name: "자원.csv", .whatCan, into: world)
    #expect(again.added == 0 && again.changed == 1)
    #expect(try await count("offer", in: world) == 2)
  }

  @Test(arguments: Engine.available)
  func `what the office has told of a resource by its own codes stays when it comes in again`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let bytes = Array(Self.table.utf8)
    _ = try await bring(bytes, name: "자원.csv", .whatCan, into: world)
    let manager = world.asker(.caseManager)
    let line = try #require(
      try await FindOffers(world.office)(OfferWish(), by: manager).lines.first { $0.name == "저녁 돌봄" })
    var offer = try await ReadResource(world.office).offer(line.id, of: line.resource, by: manager)
    offer.needs = ["N11"]
    offer.waitingDays = 12
    try await KeepOffer(world.office)(offer, by: manager)
    let changed = Self.table.replacing("숙제와 저녁", with: "숙제와 놀이")
    _ = try await bring(Array(changed.utf8), name: "자원.csv", .whatCan, into: world)
    let kept = try await ReadResource(world.office).offer(line.id, of: line.resource, by: manager)
    #expect(kept.needs == ["N11"] && kept.waitingDays == 12 && kept.description == "숙제와 놀이")
  }

  @Test func `a directory is its owner's until it is taken, once`() async throws {
    let world = try await World.make(on: .sqlite)
    let (manager, colleague) = (world.asker(.caseManager), world.asker(.colleague))
    let act = ImportDirectory(world.office)
    let id = try await act.receive(Array(Self.table.utf8), name: "자원.csv", by: manager)
    #expect(try await act.preview(id, by: manager).reading?.refused == 1)
    await #expect(throws: Refusal.notFound) { try await act.preview(id, by: colleague) }
    await #expect(throws: Refusal.notFound) { try await act.run(id, .whatCan, by: colleague) }
    try await act.run(id, .whatCan, by: manager)
    await #expect(throws: Refusal.conflict(.alreadyAnswered)) { try await act.run(id, .whatCan, by: manager) }
    let preview = try await act.preview(id, by: manager)
    #expect(preview.reading == nil && preview.entry.outcome.refused == 1)
    await #expect(throws: Refusal.notAllowed) {
      try await act.receive(Array(Self.table.utf8), name: "자원.csv", by: world.asker(.teacher))
    }
    await #expect(throws: TableProblem.self) {
      try await act.receive(Array("아무 글".utf8), name: "글.txt", by: manager)
    }
  }

  @Test func `the whole directory goes out in the standard's shape, with our own codes explained`()
    async throws
  {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let resource = Resource(
      id: world.office.id(at: world.office.clock()), name: "하늘빛", kind: "ORG-07", formality: "formal",
      place: "community", contactPerson: "길라임", description: "돌봄", verifiedOn: world.today)
    var offer = Offer(
      id: world.office.id(at: world.office.clock()), of: resource.id, name: "저녁 돌봄", needs: ["N11"])
    offer.grades = [1, 2]
    try await KeepResource(world.office)(resource, offering: [offer], by: manager)
    for form in [ExportDirectory.Form.json, .tables] {
      let bytes = try await ExportDirectory(world.office)(form, by: manager)
      let back = try DirectoryFile.read(bytes, name: form == .json ? "a.json" : "a.zip")
      #expect(back.refused == 0)
      let read = Resource(try #require(back.directory.organizations.first))
      #expect(read.entry == resource.entry && read.contactPerson == "길라임")
      #expect(Offer(try #require(back.directory.services.first)).needs == ["N11"])
      let terms = Set(back.directory.taxonomyTerms.map { $0.id })
      for attribute in back.directory.services[0][part: "attributes"] {
        #expect(terms.contains(try #require(attribute["taxonomy_term_id"].flatMap(UUID.init(uuidString:)))))
      }
      // In again, it is the same.
      let outcome = try await bring(bytes, name: form == .json ? "a.json" : "a.zip", into: world)
      #expect(outcome.added == 0 && outcome.changed == 0)
    }
  }
}

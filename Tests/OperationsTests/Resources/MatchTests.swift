import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing

/// What is weighed lies beside the directory, and follows from it.
@Suite struct MatchTests {
  private func resource(_ name: String, in world: World) -> Resource {
    Resource(
      id: world.office.id(at: world.office.clock()), name: name, kind: "ORG-07", formality: "formal",
      place: "community", description: "돕는다.", verifiedOn: world.today)
  }

  private func offer(_ name: String, of resource: Resource, in world: World) -> Offer {
    Offer(id: world.office.id(at: world.office.clock()), of: resource.id, name: name, needs: ["N03"])
  }

  @Test(arguments: Engine.available)
  func `follows every change of a service, its resource and its place`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let (file, manager) = (try await world.servedCase(.narae), world.asker(.caseManager))
    try await PlaceSchool(world.office)(
      SchoolPlace(area: "가상시 다솜구", point: GeoPoint(latitude: 37.5, longitude: 127)),
      of: world.school.id, by: nil)
    var card = resource("가람", in: world)
    var first = offer("상담", of: card, in: world)
    (first.minimumAge, first.cost) = (8, "free")
    card = try await KeepResource(world.office)(card, offering: [first], by: manager)
    func matches() async throws -> MatchPage {
      try await ReadMatches(world.office)(file.id, for: "N03", by: manager)
    }
    #expect(try await matches().fitting.map(\.candidate.fit.name) == ["상담"])
    // The text in the store says what the card says.
    let stored = try #require(try await ReadResource(world.office)(card.id, by: manager).offers.first)
    #expect(try await matches().fitting.first?.candidate.fit == OfferFit(stored, of: card))

    var changed = stored
    changed.grades = [1]
    changed = try await KeepOffer(world.office)(changed, by: manager)
    #expect(try await matches().fitting.isEmpty)
    #expect(try await matches().others.first?.reasons.contains { $0.code == "other-grades" } == true)
    changed.grades = []
    changed = try await KeepOffer(world.office)(changed, by: manager)

    let location = DirectoryEntry.at(latitude: 37.5, longitude: 127.02)
    let id = changed.id
    try await world.database.write { session in
      try session.locations.keep(location, of: nil, version: 1, sealed: [1])
      try session.locations.keep(
        DirectoryEntry(.serviceAtLocation, id: UUID()), of: id, at: location.key, version: 1, sealed: [1])
    }
    #expect(try await matches().fitting.first?.candidate.distance.map { (1.7...1.8).contains($0) } == true)
    var moved = DirectoryEntry.at(latitude: 38.5, longitude: 127)
    moved = DirectoryEntry(.location, id: location.id, fields: moved.fields, parts: moved.parts)
    let there = moved
    try await world.database.write { try $0.locations.keep(there, of: nil, version: 2, sealed: [1]) }
    #expect(try await matches().fitting.first?.candidate.distance.map { $0 > 100 } == true)

    card.name = "나래"
    card = try await KeepResource(world.office)(card, by: manager)
    #expect(try await matches().fitting.first?.candidate.fit.resourceName == "나래")
    let current = try #require(try await ReadResource(world.office)(card.id, by: manager).offers.first)
    var ended = current
    ended.status = .defunct
    try await KeepOffer(world.office)(ended, by: manager)
    #expect(try await matches().matches.isEmpty)
  }

  @Test(arguments: Engine.available)
  func `is filled in at the start where it was not kept yet`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let (file, manager) = (try await world.servedCase(.narae), world.asker(.caseManager))
    let card = resource("가람", in: world)
    try await KeepResource(world.office)(card, offering: [offer("상담", of: card, in: world)], by: manager)
    let location = DirectoryEntry.at(latitude: 37.5, longitude: 127)
    try await world.database.write { session in
      try session.locations.keep(location, of: nil, version: 1, sealed: [1])
      try session.execute("UPDATE location SET postcode = NULL")
      try session.execute("DELETE FROM offer_fit")
    }
    #expect(try await ReadMatches(world.office)(file.id, for: "N03", by: manager).matches.isEmpty)
    try await RenewResources(world.office)()
    #expect(try await ReadMatches(world.office)(file.id, for: "N03", by: manager).matches.count == 1)
    let open = try await world.database.read { session in
      try session.row("SELECT count(*) FROM location WHERE postcode IS NULL") { try $0.get(0, as: Int.self) }
    }
    #expect(open == 0)
  }

  @Test func `goes through one table in its order and sorts nothing`() async throws {
    let world = try await World.make(on: .sqlite)
    let wish = ResourceWish(
      need: "N03", age: 14, grade: 8, gender: "male", area: "가상시 다솜구", on: world.today)
    for isRuledOut in [false, true] {
      let plan = try await world.database.read { session in
        try session.explain(Offers.weighing(wish, ruledOut: isRuledOut, atMost: 201))
      }
      #expect(plan.contains("SEARCH f USING PRIMARY KEY (need=?)"), "\(plan)")
      #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
    }
    let counting = try await world.database.read { try $0.explain(Offers.counting(.letters, "n상담")) }
    #expect(counting.contains("SEARCH t USING PRIMARY KEY (list=? AND code=?)"), "\(counting)")
  }

  @Test(arguments: Engine.available)
  func `a text of two words finds what carries both, in the order of the alphabet`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    for name in ["가온 도서관", "나래 도서관", "다온 복지관", "한빛 도서관", "한빛 복지관"] {
      try await KeepResource(world.office)(resource(name, in: world), by: manager)
    }
    var wish = OfferWish()
    wish.text = "도서관 한빛"
    #expect(try await FindOffers(world.office)(wish, by: manager).lines.map(\.resourceName) == ["한빛 도서관"])
    wish.text = "도서관"
    let first = try await FindOffers(world.office)(wish, atMost: 2, by: manager)
    #expect(first.lines.map(\.resourceName) == ["가온 도서관", "나래 도서관"] && !first.isLast)
    let next = try await FindOffers(world.office)(wish, after: first.lines.last?.id, by: manager)
    #expect(next.lines.map(\.resourceName) == ["한빛 도서관"])
    // The picker of the forms.
    let names = try await ReadResource(world.office).names(finding: "한빛", by: manager)
    #expect(names.map(\.name) == ["한빛 도서관", "한빛 복지관"])
  }
}

extension DirectoryEntry {
  fileprivate static func at(latitude: Double, longitude: Double) -> DirectoryEntry {
    var location = DirectoryEntry(.location, id: UUID())
    location[number: "latitude"] = latitude
    location[number: "longitude"] = longitude
    return location
  }
}

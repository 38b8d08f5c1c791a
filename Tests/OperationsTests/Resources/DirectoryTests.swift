import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing
import Vault

@Suite struct DirectoryTests {
  private func keep(
    _ name: String, in world: World, offering change: (inout Offer) -> Void = { _ in }
  ) async throws -> Resource {
    let resource = Resource(
      id: world.office.id(at: world.office.clock()), name: name, kind: "ORG-07", formality: "formal",
      place: "community", phone: "02-0000-0107", contactPerson: "길라임담당", description: "저녁 돌봄",
      verifiedOn: world.today)
    var offer = Offer(
      id: world.office.id(at: world.office.clock()), of: resource.id, name: "돌봄", needs: ["N11"])
    change(&offer)
    return try await KeepResource(world.office)(resource, offering: [offer], by: world.asker(.caseManager))
  }

  private func found(_ world: World, _ change: (inout OfferWish) -> Void) async throws -> [String] {
    var wish = OfferWish()
    change(&wish)
    return try await FindOffers(world.office)(wish, by: world.asker(.teacher)).lines.map(\.resourceName)
  }

  @Test(arguments: Engine.available)
  func `offers are found by what they are, in the order of the alphabet`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    _ = try await keep("하늘빛지역아동센터", in: world) {
      $0.areas = ["다솜구"]
      $0.capacity = Offer.Capacity(free: 2, of: 29, on: nil)
      $0.hours = OpeningHours([.init(weekday: 4, opens: 540, closes: 1080)])
    }
    _ = try await keep("가람종합사회복지관", in: world) {
      $0.needs = ["N06", "N11"]
      $0.fields = ["emotional"]
      $0.description = "가족이 함께하는 상담"
      $0.capacity = Offer.Capacity(free: 0, of: 10, on: nil)
    }
    #expect(try await found(world) { _ in } == ["가람종합사회복지관", "하늘빛지역아동센터"])
    #expect(try await found(world) { $0.need = "N06" } == ["가람종합사회복지관"])
    #expect(try await found(world) { $0.need = "N11" }.count == 2)
    #expect(try await found(world) { $0.field = "emotional" } == ["가람종합사회복지관"])
    #expect(try await found(world) { $0.area = "다솜구" } == ["하늘빛지역아동센터"])
    #expect(try await found(world) { $0.hasFreePlaces = true } == ["하늘빛지역아동센터"])
    #expect(try await found(world) { $0.openAt = .init(weekday: 4, minute: 600) } == ["하늘빛지역아동센터"])
    #expect(try await found(world) { $0.openAt = .init(weekday: 4, minute: 1080) } == [])
    for text in ["하늘", "아동센", "ㅎㄴㅂ", "하", "센터 하늘"] {
      #expect(try await found(world) { $0.text = text } == ["하늘빛지역아동센터"], "\(text)")
    }
    for text in ["가족이", "복지관 상담", "함께하는"] {
      #expect(try await found(world) { $0.text = text } == ["가람종합사회복지관"], "\(text)")
    }
    #expect(try await found(world) { $0.text = "돌봄" }.count == 2)
    #expect(try await found(world) { $0.text = "없는곳" } == [])
    #expect(
      try await found(world) {
        $0.text = "돌봄"
        $0.need = "N06"
        $0.kind = "ORG-07"
        $0.place = "community"
      } == ["가람종합사회복지관"])
  }

  @Test(arguments: Engine.available)
  func `page after page shows every offer once`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    for number in 0..<23 { _ = try await keep("센터 \(number % 7)", in: world) }
    for need in [nil, "N11"] {
      var (seen, after): ([ID<Offer>], ID<Offer>?) = ([], nil)
      while true {
        var wish = OfferWish()
        wish.need = need
        let page = try await FindOffers(world.office)(
          wish, after: after, atMost: 5, by: world.asker(.teacher))
        seen += page.lines.map(\.id)
        #expect(page.lines.map(\.resourceName) == page.lines.map(\.resourceName).sorted())
        if page.isLast { break }
        after = page.lines.last?.id
      }
      #expect(seen.count == 23 && Set(seen).count == 23)
    }
  }

  @Test(arguments: Engine.available)
  func `whoever changes a card that another has changed is told, and nothing is lost`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let kept = try await keep("하늘빛", in: world)
    var (one, other) = (kept, kept)
    one.phone = "02-0000-0001"
    other.phone = "02-0000-0002"
    try await KeepResource(world.office)(one, by: world.asker(.caseManager))
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await KeepResource(world.office)(other, by: world.asker(.colleague))
    }
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await VerifyResource(world.office)(kept.id, from: kept.version, by: world.asker(.colleague))
    }
    let card = try await ReadResource(world.office)(kept.id, by: world.asker(.teacher))
    #expect(card.resource.phone == "02-0000-0001" && card.offers.map(\.name) == ["돌봄"])
    let change = try #require(card.changes.first)
    #expect(change.field == "phones" && change.before == "02-0000-0107" && change.after == "02-0000-0001")
    #expect(card.names[change.by] == World.Person.caseManager.rawValue)
    // What a list shows of its offers follows.
    let line = try await FindOffers(world.office)(OfferWish(), by: world.asker(.teacher)).lines[0]
    #expect(line.phone == "02-0000-0001")
  }

  @Test(arguments: Engine.available)
  func `a check is noted with its day, at the card and at all it offers`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let kept = try await keep("하늘빛", in: world) { $0.verifiedOn = Day("2025-01-02") }
    try await VerifyResource(world.office)(kept.id, from: kept.version, by: world.asker(.caseManager))
    let card = try await ReadResource(world.office)(kept.id, by: world.asker(.teacher))
    #expect(card.resource.verifiedOn == world.today && card.resource.verifiedBy == world.id(.caseManager))
    #expect(card.offers.map(\.verifiedOn) == [world.today])
    #expect(card.changes.first?.field == "verified")
  }

  @Test(arguments: Engine.available)
  func `offers are added and changed, and the traits of before are gone`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let kept = try await keep("하늘빛", in: world)
    var offer = try #require(
      try await ReadResource(world.office)(kept.id, by: world.asker(.caseManager)).offers.first)
    offer.needs = ["N12"]
    offer.name = "특기 교실"
    try await KeepOffer(world.office)(offer, by: world.asker(.caseManager))
    #expect(try await found(world) { $0.need = "N11" } == [])
    #expect(try await found(world) { $0.need = "N12" } == ["하늘빛"])
    #expect(try await found(world) { $0.text = "특기" } == ["하늘빛"])
    try await KeepOffer(world.office)(
      Offer(id: world.office.id(at: world.office.clock()), of: kept.id, name: "점심", needs: ["N11"]),
      by: world.asker(.caseManager))
    let card = try await ReadResource(world.office)(kept.id, by: world.asker(.caseManager))
    #expect(card.offers.map(\.name) == ["점심", "특기 교실"])
    #expect(card.changes.map(\.field).prefix(3) == ["added", "attributes", "name"])
  }

  @Test func `what cannot be is refused with its field`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let nameless = Resource(
      id: world.office.id(at: world.office.clock()), name: "", kind: "ORG-99", formality: "formal",
      place: "community", description: "")
    await #expect(
      throws: Refusal.invalid([Problem("name", "required"), Problem("kind", "unknown-code")])
    ) { try await KeepResource(world.office)(nameless, by: manager) }
    let kept = try await keep("하늘빛", in: world)
    var offer = Offer(id: world.office.id(at: world.office.clock()), of: kept.id, name: "돌봄", needs: ["N99"])
    (offer.minimumAge, offer.maximumAge) = (15, 7)
    offer.capacity = Offer.Capacity(free: 3, of: 2, on: nil)
    await #expect(
      throws: Refusal.invalid([
        Problem("needs", "unknown-code"), Problem("maximum-age", "ends-before-start"),
        Problem("places", "too-few"),
      ])
    ) { try await KeepOffer(world.office)(offer, by: manager) }
    for person in [World.Person.teacher, .principal, .privacyOfficer] {
      await #expect(throws: Refusal.notAllowed) {
        try await KeepResource(world.office)(kept, by: world.asker(person))
      }
    }
  }

  @Test(arguments: Engine.available)
  func `whom to ask for lies sealed, and is in no column of the directory`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let kept = try await keep("하늘빛", in: world)
    #expect(
      try await ReadResource(world.office)(kept.id, by: world.asker(.teacher)).resource.contactPerson
        == "길라임담당")
    let texts = try await world.database.read { session in
      try [
        "SELECT document FROM resource", "SELECT document FROM offer", "SELECT code FROM offer_trait",
        "SELECT COALESCE(before, '') FROM directory_change",
        "SELECT COALESCE(after, '') FROM directory_change",
      ].flatMap { text in
        try session.rows(SQL(stringLiteral: text)) { try $0.get(0, as: String.self) }
      }
    }
    #expect(texts.contains { $0.contains("하늘빛") })
    #expect(!texts.contains { $0.contains("길라임") || $0.contains("라임") })
  }

  @Test(arguments: Engine.available)
  func `a page of the directory reads by an index, and as many statements for many as for few`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    for number in 0..<30 { _ = try await keep("센터 \(number)", in: world) { $0.areas = ["다솜구"] } }
    if engine == .postgres {
      try await world.database.write { try $0.script("ANALYZE offer; ANALYZE offer_trait") }
    }
    let counting = CountingDatabase(world.database)
    let office = world.through(counting).office
    for change: (inout OfferWish) -> Void in [
      { _ in }, { $0.need = "N11" }, { $0.text = "센터 돌봄" },
      {
        $0.area = "다솜구"
        $0.kind = "ORG-07"
        $0.openAt = .init(weekday: 1, minute: 600)
      },
    ] {
      var wish = OfferWish()
      change(&wish)
      counting.statements.removeAll()
      _ = try await FindOffers(office)(wish, by: world.asker(.teacher))
      let run = counting.statements.statements.filter { $0.template.contains("FROM offer") }
      // Where several traits are asked for, each is counted first, so that the rarest leads.
      let traits = run.count { $0.template.contains("counted") }
      #expect(run.count == 1 + traits && traits <= 2)
      for sql in run where engine == .sqlite {
        let plan = try await world.database.read { try $0.explain(sql) }
        #expect(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN h"), "\(plan)")
        #expect(
          plan.contains("USING INDEX offer_in_order") || plan.contains("SEARCH t USING PRIMARY KEY"),
          "\(plan)")
      }
    }
  }

  @Test(arguments: Engine.available)
  func `the order is that of the alphabet whatever came first, also after a change of name`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    var names = ["사랑 센터", "가온 센터", "하늘 센터", "나래 센터", "마루 센터", "가람 센터", "다솜 센터"]
    var kept: [Resource] = []
    for name in names { kept.append(try await keep(name, in: world)) }
    #expect(try await found(world) { _ in } == names.sorted())
    #expect(try await found(world) { $0.text = "센터" } == names.sorted())

    kept[1].name = "타래 쉼터"
    try await KeepResource(world.office)(kept[1], by: world.asker(.caseManager))
    names[1] = kept[1].name
    #expect(try await found(world) { _ in } == names.sorted())
    #expect(try await found(world) { $0.need = "N11" } == names.sorted())
    #expect(try await found(world) { $0.text = "가온" } == [])
    #expect(try await found(world) { $0.text = "쉼터" } == ["타래 쉼터"])
    let strays: SQL = """
      SELECT count(*) FROM offer_trait t
      WHERE NOT EXISTS (SELECT 1 FROM offer o WHERE o.place_in_order = t.place_in_order)
      """
    #expect(try await world.database.read { try $0.row(strays) { try $0.get(0, as: Int.self) } } == 0)
  }

  @Test(arguments: Engine.available)
  func `traits that are not there are filled in, the same as before`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    for name in ["나래 센터", "가온 센터"] { _ = try await keep(name, in: world) { $0.areas = ["다솜구"] } }
    let traits = "SELECT list || ' ' || code || ' ' || place_in_order FROM offer_trait ORDER BY 1" as SQL
    func all() async throws -> [String] {
      try await world.database.read { try $0.rows(traits) { try $0.get(0, as: String.self) } }
    }
    let before = try await all()
    #expect(before.contains { $0.hasPrefix("5 다솜구 ") })
    _ = try await world.database.write { try $0.execute("DELETE FROM offer_trait") }
    try await RenewResources(world.office)()
    #expect(try await all() == before)
  }

  @Test(arguments: Engine.available)
  func `many that come in at once between the same two get a place each`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    for name in ["가온 센터", "하늘 센터"] { _ = try await keep(name, in: world) }
    let names = (10..<26).map { "나래 \($0)" }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in names { group.addTask { _ = try await keep(name, in: world) } }
      try await group.waitForAll()
    }
    #expect(try await found(world) { _ in } == ["가온 센터"] + names + ["하늘 센터"])
  }

  @Test(arguments: Engine.available)
  func `a directory of before the short places is put in order and found as it was`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let names = ["다솜 센터", "가온 센터", "나래 쉼터"]
    for name in names { _ = try await keep(name, in: world) }
    try await world.database.write { session in
      try session.script(
        """
        DROP INDEX offer_by_name;
        DROP INDEX offer_in_order;
        UPDATE offer SET place_in_order = resource_name || name;
        CREATE INDEX offer_in_order ON offer (place_in_order, id);
        DROP TABLE student_stamp;
        ALTER TABLE offer_trait RENAME TO offer_mark;
        DROP INDEX offer_trait_by_place
        """)
      try session.execute(
        "DELETE FROM schema_migration WHERE name IN ('marks', 'student-stamps', 'offer-traits')")
    }
    try await Migrator(try Schema.migrations).migrate(world.database)
    try await RenewResources(world.office)()
    _ = try await keep("노을 센터", in: world)
    #expect(try await found(world) { _ in } == ["가온 센터", "나래 쉼터", "노을 센터", "다솜 센터"])
    #expect(try await found(world) { $0.text = "센터" } == ["가온 센터", "노을 센터", "다솜 센터"])
    let places = try await world.database.read { session in
      try session.rows("SELECT place_in_order FROM offer ORDER BY place_in_order") {
        try $0.get(0, as: String.self)
      }
    }
    #expect(places.first == "5000001" && places.last == "5000003")
    let wish = ResourceWish(need: "N11", on: world.today)
    let weighed = try await world.database.read { session in
      try session.offers.candidates(for: wish, ruledOut: false, atMost: 10)
    }
    #expect(weighed.count == 4)
  }

  @Test(arguments: Engine.available)
  func `resources of the time before are written anew, once, and found`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let id: ID<Resource> = world.office.id(at: world.office.clock())
    let (vault, day) = (world.office.vault, world.today)
    try await world.database.write { session in
      let old = Old(
        id: id, name: "옛 복지관", kind: "ORG-04", needs: ["N06"], formality: "formal", place: "community",
        phone: "02-0000-0104", contactPerson: "가족지원팀", description: "가족 상담", verifiedOn: day, version: 3)
      let sealed = try session.keys(vault).seal(
        json: old, for: .office, at: .init(table: "resource", record: id.description, version: 3))
      try session.execute(
        """
        INSERT INTO resource (id, kind, needs, formality, place, verified_on, sealed, version)
        VALUES (\(id), 'ORG-04', 'N06', 'formal', 'community', \(day), \(sealed), 3)
        """)
    }
    #expect(try await RenewResources(world.office)() == 1)
    #expect(try await RenewResources(world.office)() == 0)
    #expect(try await found(world) { $0.need = "N06" } == ["옛 복지관"])
    let card = try await ReadResource(world.office)(id, by: world.asker(.teacher))
    #expect(card.resource.contactPerson == "가족지원팀" && card.resource.version == 4)
    #expect(card.offers.map(\.description) == ["가족 상담"])
  }

  private struct Old: Codable {
    let id: ID<Resource>
    let name: String
    let kind: String
    let needs: [String]
    let formality: String
    let place: String
    let phone: String?
    let contactPerson: String?
    let description: String
    let verifiedOn: Day?
    let version: Int
  }
}

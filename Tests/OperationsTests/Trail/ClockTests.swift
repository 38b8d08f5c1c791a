import CaseWork
import Foundation
import Operations
import Repositories
import Store
import TestSupport
import Testing

@Suite struct `The clock is set back an hour` {
  @Test(arguments: Engine.available)
  func `a case goes on, and all that is done keeps the order it was done in`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let (office, manager) = (world.office, world.asker(.caseManager))
    var trail = Told()
    let file = try await world.plannableCase(.harin)
    try await LinkTrail(office, holder: "one")()
    try await trail.go(on: world)

    world.watch.step(seconds: -3600)
    let plan = try await WriteRecord(office)(
      .plan, Filled.plan(world.today), in: file.id, finishing: true, by: manager)
    try await trail.go(on: world)
    // Its gate counts what was done since the case came to planning, an hour ahead of the clock.
    let served = try await ApprovePlan(office)(
      plan.id, from: plan.version, in: file.id, by: world.asker(.principal))
    #expect(served.stage == .service)
    try await trail.go(on: world)
    var contacts: [ID<CaseRecord>] = []
    for text in ["첫째", "둘째", "셋째"] {
      contacts.append(
        try await RecordContact(office)(
          Filled.contact(world.today, facts: text), in: file.id, by: manager
        ).id)
      try await trail.go(on: world)
    }
    #expect(contacts == contacts.sorted())
    try await WriteRecord(office)(
      correcting: contacts[0], Filled.contact(world.today, facts: "고친 첫째"), from: 1, in: file.id, by: manager)
    world.watch.step(seconds: -600)
    try await WriteRecord(office)(
      correcting: contacts[0], Filled.contact(world.today, facts: "다시 고친 첫째"), from: 2, in: file.id,
      by: manager)
    try await trail.go(on: world)
    // Rates the goals of the plan that holds, approved just now.
    try await RecordMonitoring(office)(Filled.monitoring(world.today, [0, 0]), in: file.id, by: manager)
    try await trail.go(on: world)

    let page = try await ReadRecord(office)(contacts[0], in: file.id, for: manager)
    #expect(page.record.answers["facts"] == "다시 고친 첫째")
    #expect(page.record.version == 3)
    #expect(Set(page.versions.map { $0.answers["facts"] }) == ["첫째", "고친 첫째"])
    try await LinkTrail(office, holder: "one")()
    #expect(try await VerifyTrail(office)(by: nil).isWhole)
    let linked = try await world.database.read { session in
      try session.rows(
        """
        SELECT row_id
        FROM chain_link
        WHERE row_kind = 'event' AND school_id = \(world.school.id)
        ORDER BY number
        """
      ) { try $0.get(0, as: String.self) }
    }
    #expect(linked == linked.sorted())
    #expect(linked.count > 10)
  }

  @Test(arguments: Engine.available)
  func `a program that starts after it goes on behind what is there`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    var trail = Told()
    _ = try await world.openCase(.harin)
    try await trail.go(on: world)
    world.watch.step(seconds: -3600)
    let restarted = world.through(world.database)
    try await restarted.office.followTrail()
    _ = try await restarted.openCase(.narae)
    try await trail.go(on: world)
  }

  @Test(arguments: Engine.available)
  func `the lease of a program that died then keeps nobody waiting for the hour`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let (dead, alive) = (LinkTrail(world.office, holder: "dead"), LinkTrail(world.office, holder: "alive"))
    #expect(try await dead() > 0)
    _ = try await world.openCase(.harin)
    // It might live yet.
    #expect(try await alive() == 0)
    world.watch.step(seconds: -3600)
    #expect(try await alive() > 0)
    #expect(try await VerifyTrail(world.office)(by: nil).isWhole)
    // And now the one that took it over has it.
    _ = try await world.openCase(.narae)
    #expect(try await dead() == 0)
  }

  @Test(arguments: Engine.available)
  func `whoever is signed in stays so, others come in, and each session still ends`(
    _ engine: Engine
  ) async throws {
    let world = try await DoorWorld(engine)
    let find = FindSession(world.office)
    let before = try await world.signIn()
    world.time.pass(minutes: -60)
    #expect(try await find(before.token) != nil)
    let after = try await world.signIn()
    #expect(try await find(after.token) != nil)
    #expect(try await ListSessions(world.office)(of: before.signedIn.staff).count == 2)
    world.time.pass(minutes: world.policy.idleMinutes - 1)
    #expect(try await find(before.token) != nil)
    #expect(try await find(after.token) != nil)
    // The one from before ends by the hour that comes twice later, the other when it should.
    world.time.pass(minutes: world.policy.idleMinutes + 1)
    #expect(try await find(after.token) == nil)
    world.time.pass(minutes: 61)
    #expect(try await find(before.token) == nil)
  }

  @Test(arguments: Engine.available)
  func `a draft saved over an older one is the one that is offered`(_ engine: Engine) async throws {
    let world = try await DoorWorld(engine)
    let (save, staff) = (SaveDraft(world.office), world.manager.staff)
    try await save(Answers(["facts": ["먼저"]]), at: "referral/new", by: staff)
    world.time.pass(minutes: -60)
    try await save(Answers(["facts": ["나중"]]), at: "referral/new", by: staff)
    #expect(try await ReadDrafts(world.office)(at: "referral/new", of: staff)?.answers["facts"] == "나중")
  }

  @Test func `ids of one instant stay in order, however many they are`() async throws {
    let office = try await DoorWorld(.sqlite).office
    let instant = office.clock()
    var last: ID<Event> = office.id(at: instant)
    var inOrder = true
    for _ in 0..<300_000 {
      let next: ID<Event> = office.id(at: instant)
      inOrder = inOrder && bytes(last).lexicographicallyPrecedes(bytes(next))
      last = next
    }
    #expect(inOrder)
    #expect(last.madeAt.timeIntervalSince(instant) < 0.01)
  }

  @Test func `a clock that had run a year ahead is followed back`() async throws {
    let world = try await DoorWorld(.sqlite)
    world.time.pass(minutes: 365 * 24 * 60)
    let _: ID<Event> = world.office.id(at: world.time.now)
    world.time.pass(minutes: -365 * 24 * 60)
    let id: ID<Event> = world.office.id(at: world.time.now)
    #expect(id.madeAt == world.time.now)
  }

  private func bytes(_ id: ID<Event>) -> [UInt8] {
    withUnsafeBytes(of: id.value.uuid) { Array($0) }
  }
}

/// The ids of the trail as they were seen so far: what comes later must come behind them.
private struct Told {
  private var events: [String] = []
  private var reads: [String] = []

  mutating func go(on world: World) async throws {
    let now = try await world.database.read { session in
      try ["event", "access_row"].map { table in
        try session.rows(SQL(stringLiteral: "SELECT id FROM \(table) ORDER BY id")) {
          try $0.get(0, as: String.self)
        }
      }
    }
    #expect(now[0].starts(with: events), "an act came before one that was done earlier")
    #expect(now[1].starts(with: reads), "a reading came before an earlier one")
    #expect(now[0].count > events.count)
    (events, reads) = (now[0], now[1])
  }
}

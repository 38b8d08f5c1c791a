import CaseWork
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Testing
import Vault

@testable import Site

/// Walks through every page that can be looked at, whoever it is for: an address that nobody reaches is told, so that a
/// new page is walked through as well or the walk is taught how to find it.
@Suite(.serialized) struct `A walk through every page` {
  /// Pages that show nothing of the store, and such as nobody who is signed in can see.
  private static let unwalked: Set<Route.Pattern> = [.asset, .secondFactor]

  @Test(arguments: Engine.available)
  func `needs as many statements for many rows as for few, and reads no whole table that grows`(
    _ engine: Engine
  ) async throws {
    let plain = try await World.make(on: engine)
    let counting = CountingDatabase(plain.database)
    let world = plain.through(counting)
    let crowd = try await Crowd(world: plain)

    let router = try Site(world.office).router(
      logger: Logger(label: "walk") { _ in SwiftLogNoOpLogHandler() })
    let patterns = Set(router.routes.filter { $0.method == .get }.map(\.path.description))
      .compactMap { Route.Pattern(rawValue: Self.named($0)) }
    #expect(patterns.count > 20)
    let walked = patterns.filter { !Self.unwalked.contains($0) }.sorted { $0.rawValue < $1.rawValue }

    try await Application(router: router).test(.router) { client in
      let walker = try await Walker(client: client, world: world, statements: counting.statements)
      var visits: [Visited] = []
      for pattern in walked {
        let found = try await walker.reach(pattern.rawValue, values: crowd.values)
        if found.isEmpty { Issue.record("nobody reaches \(pattern.rawValue)") }
        visits += found
      }
      let few = try await walker.counts(of: visits)
      try await crowd.grow()
      let many = try await walker.counts(of: visits)
      #expect(visits.count > 100)
      for (visit, (before, after)) in zip(visits, zip(few, many)) {
        // A part that was empty may have begun to ask for what is in it; eight rows more ask for nothing more.
        #expect(after <= before + 3, "\(visit.person) at \(visit.address): \(before), then \(after)")
      }
      try await explain(counting.statements.statements, on: plain.database)
    }
    try await expectWords(on: plain.database)
    try await plain.database.close()
  }

  /// Whatever the walk has left in the trail and in the access log has words for whoever watches over them.
  private func expectWords(on database: any Database) async throws {
    let wordings = try Practice.bundled().wordings
    let (works, acts) = try await database.read { session in
      (
        try session.rows("SELECT DISTINCT work FROM access_row") { try $0.get(0, as: String.self) },
        try session.rows("SELECT DISTINCT act FROM event") { try $0.get(0, as: String.self) }
      )
    }
    #expect(works.count > 20 && acts.count > 20)
    for work in works where !wordings.has("read.\(work)") { Issue.record("no words for read.\(work)") }
    for act in acts where !wordings.has("event.\(act)") { Issue.record("no words for event.\(act)") }
  }

  /// The plan of each different statement of the walk.
  private func explain(_ statements: [SQL], on database: any Database) async throws {
    var seen: Set<String> = []
    let different = statements.filter { seen.insert($0.rendered(for: database.dialect).text).inserted }
    #expect(different.count > 40)
    // One that does read a whole table: were the reading of plans blind, this would not be seen.
    let blunt: SQL = "SELECT r.marks FROM case_record r WHERE r.marks = 'x'"
    let told = try await database.read { try $0.explain(blunt) }
    #expect(
      Self.scanned(in: told, of: blunt.rendered(for: database.dialect).text, on: database.dialect) == [
        "case_record"
      ])
    for sql in different {
      let text = sql.rendered(for: database.dialect).text
      guard text.hasPrefix("SELECT") || text.hasPrefix("WITH") else { continue }
      let plan = try await database.read { session in
        // A small table is always scanned by PostgreSQL, so it is told not to where it can do otherwise.
        if session.dialect == .postgres {
          try session.forEach("SELECT set_config('enable_seqscan', 'off', true)") { _ in }
        }
        return try session.explain(sql)
      }
      for table in Self.scanned(in: plan, of: text, on: database.dialect)
      where !Self.small.contains(table) && !Self.isHandedOut(text) {
        Issue.record("all of \(table) is read:\n\(text)\n\(plan)")
      }
      for name in Self.searchedBySchoolAlone(in: plan, of: text, on: database.dialect) {
        Issue.record("more is known of \(name) than its school:\n\(text)\n\(plan)")
      }
    }
  }

  /// The whole directory goes out as one file, and is read for it, row by row.
  private static func isHandedOut(_ text: String) -> Bool {
    ["SELECT id, version, sealed FROM ", "SELECT document FROM directory_"].contains { text.hasPrefix($0) }
      && text.hasSuffix("ORDER BY id")
  }

  /// Tables that grow with schools and people who work there, not with cases.
  private static let small: Set<String> = [
    "office", "school", "school_year", "staff", "staff_role", "credential", "lease", "chain_head", "resource",
    "schema_migration", "wanted",
  ]

  private static func scanned(in plan: String, of text: String, on dialect: Dialect) -> [String] {
    switch dialect {
    case .postgres:
      return plan.matches(of: /Seq Scan on (\w+)/).map { String($0.output.1) }
    case .sqlite:
      // SQLite tells the name by which the statement calls a table.
      var tables: [String: String] = [:]
      for match in text.matches(of: /(?:FROM|JOIN) (\w+)(?: (?:AS )?(\w+))?/) {
        tables[String(match.output.1)] = String(match.output.1)
        if let alias = match.output.2 { tables[String(alias)] = String(match.output.1) }
      }
      return plan.matches(of: /SCAN (\w+)/).compactMap { tables[String($0.output.1)] }
    }
  }

  /// The names of tables that are looked through for a whole school though the statement says of which case, student or
  /// linkage it wants to know: what a missing index looks like.
  private static func searchedBySchoolAlone(
    in plan: String, of text: String, on dialect: Dialect
  ) -> [String] {
    guard dialect == .sqlite else { return [] }
    let names = plan.matches(of: /SEARCH (\w+) USING [^(]*\(school_id=\?\)/).map { String($0.output.1) }
    return names.filter { name in
      ["case_id", "student_id", "linkage_id", "referral_id", "link_id"].contains { column in
        text.contains(" \(name).\(column) = ?") || text.contains(" \(name).\(column) IN (")
          || !text.contains("JOIN") && text.contains(" \(column) = ?")
      }
    }
  }

  /// `/cases/{id}` of `/cases/:id`, however the router writes it.
  private static func named(_ path: String) -> String {
    let parts = path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
    return "/" + parts.joined(separator: "/")
  }
}

/// A page that somebody has reached.
private struct Visited {
  let person: World.Person
  let address: String
}

/// Goes to addresses as each of the staff, and counts what the store is asked.
private struct Walker {
  let client: any TestClientProtocol
  let world: World
  let statements: StatementLog
  let cookies: [World.Person: String]

  init(client: any TestClientProtocol, world: World, statements: StatementLog) async throws {
    self.client = client
    self.world = world
    self.statements = statements
    var cookies: [World.Person: String] = [:]
    for person in World.Person.allCases {
      let (name, password) = World.signIn(of: person)
      let token = try await SignIn(world.office)(
        name, password: password, from: "192.0.2.7", on: "walk"
      ).token
      cookies[person] = "gyeot=\(token.text)"
    }
    self.cookies = cookies
  }

  /// The first address of a pattern that each person can see, with whatever values lead there.
  func reach(_ pattern: String, values: [String: [String]]) async throws -> [Visited] {
    let names = pattern.matches(of: /\{(\w+)\}/).map { String($0.output.1) }
    // Some pages ask in their query for whom they are.
    var addresses = [pattern, pattern + "?party=student"]
    for name in names {
      let fitting = values[name] ?? values.values.flatMap { $0 }
      addresses = addresses.flatMap { address in
        fitting.map { address.replacing("{\(name)}", with: $0) }
      }
    }
    let people: [World.Person] = [
      .caseManager, .teacher, .principal, .privacyOfficer, .administrator, .supervisor,
    ]
    // A kind of record a page, for each has a form of its own; otherwise one of each will do.
    let most = pattern.contains("{kind}") ? addresses.count : 1
    for person in people {
      var reached: [String] = []
      for address in addresses where reached.count < most {
        if try await status(address, person) == .ok { reached.append(address) }
      }
      guard !reached.isEmpty else { continue }
      var found = reached.map { Visited(person: person, address: $0) }
      // Where one has come, the others try the same door.
      for other in people where other != person {
        if try await status(reached[0], other) == .ok {
          found.append(Visited(person: other, address: reached[0]))
        }
      }
      return found
    }
    return names.isEmpty ? try await redirected(pattern) : []
  }

  /// Home leads everybody somewhere else.
  private func redirected(_ address: String) async throws -> [Visited] {
    try await status(address, .caseManager) == .seeOther
      ? [Visited(person: .caseManager, address: address)] : []
  }

  func counts(of visits: [Visited]) async throws -> [Int] {
    var counts: [Int] = []
    for visit in visits {
      // Every key is read anew, so that keys read one by one are counted.
      world.office.vault.forgetAll()
      let before = statements.count
      _ = try await status(visit.address, visit.person)
      counts.append(statements.count - before)
    }
    return counts
  }

  private func status(_ address: String, _ person: World.Person) async throws -> HTTPResponse.Status {
    var headers: HTTPFields = [:]
    headers[.cookie] = cookies[person]
    return try await client.execute(uri: address, method: .get, headers: headers).status
  }
}

/// What there is in the store: first a little of everything, then eight more of whatever grows.
private struct Crowd {
  let world: World
  /// What may stand in an address, by the name it has there.
  let values: [String: [String]]
  private let served: CaseFile
  private let group: (programme: ID<Programme>, seat: ID<Seat>)

  init(world: World) async throws {
    self.world = world
    let manager = world.asker(.caseManager)
    let closed = try await world.closedCase(.narae)
    let file = try await world.servedCase(.harin)
    served = file
    let more = try await Self.more(in: file, of: world, number: 0)
    let arrived = try await world.sentByAgency()
    let linked = try await Self.linked(in: file, with: more.resource, of: world)
    let programme = try await Self.programme(of: world)
    let seat = try await EnrolInProgramme(world.office)([file.id], in: programme, by: manager)[0]
    group = (programme, seat.id)
    let held = try await Self.hold(1, of: group, in: world)
    let list = try await ImportRoster(world.office).preview(
      Array("학번,성명,학년,반\nA1,김하늘,2,3\nA2,,2,3".utf8), name: "a.csv", in: world.school.id,
      year: SchoolYear.year(of: world.today), by: manager)
    let development = try await Develop(world.office).begin("야간 상담", for: "N03", until: nil, by: manager)
    try await RecordUnmetNeed(world.office)("N03", because: "none", text: "밤에", in: file.id, by: manager)
    let person = try await Self.person(0, around: file, in: world)
    let directory = try await ImportDirectory(world.office).receive(
      Array("기관명,서비스명\n곁(가상),돌봄\n".utf8), name: "a.csv", by: manager)
    let waiting = try await world.refer(.garam)
    let request = try await ReceiveAccessRequest(world.office)(
      Filled.answers([
        "day": "\(world.today)", "asker": "legal-guardian", "identity": "signature", "asked": "모두 보고 싶다.",
      ]), in: file.id, by: manager)
    let page = try await ReadCase(world.office)(file.id, for: manager)
    var consents: [String] = []
    var records: [String] = []
    for entry in page.timeline.entries {
      switch entry.what {
      case .consent(let consent): consents.append(consent.id.description)
      case .record(let card): records.append(card.id.description)
      case .step: break
      }
    }
    let tasks = page.tasks.map(\.task.id.description)
    let people = [World.Person.teacher, .caseManager].map { world.id($0).description }
    values = [
      "id": [
        file.id.description, closed.id.description, arrived.referral.id.description, waiting.description,
        more.report.description,
        more.resource.description,
        list.id?.description ?? "", directory.description, development.id.description, programme.description,
        world.student(.harin).description, world.school.id.description,
      ] + people + tasks,
      "record": records + [request.id.description], "consent": consents,
      "step": world.office.practice.workflow.steps.map(\.id),
      "kind": CaseRecord.Kind.allCases.map(\.rawValue), "act": Act.allCases.map(\.rawValue),
      "student": [world.student(.harin).description],
      "offer": try await ReadResource(world.office)(more.resource, by: manager).offers.map(\.id.description),
      "school": [world.school.id.description],
      "person": [more.relative.description, person.description], "year": ["2026"], "number": ["1"],
      "linkage": linked.linkages, "token": [linked.token], "file": [linked.file],
      "session": [held.description],
    ]
  }

  func grow() async throws {
    let manager = world.asker(.caseManager)
    let year = SchoolYear.year(of: world.today)
    for number in 1...8 {
      _ = try await Self.more(in: served, of: world, number: number)
      _ = try await Self.programme(of: world)
      _ = try await Self.person(number, around: served, in: world)
      _ = try await Self.hold(number + 1, of: group, in: world)
      // Another student, with a case of their own, a referral that waits, and one that came to something.
      let student = try await AddStudent(world.office)(
        Student.Profile(name: "새봄\(number)", birthDay: .on("2014-05-0\(number)"), number: "9900\(number)"),
        enrolment: Enrolment(year: year, grade: 2, className: "3", seat: 20 + number), in: world.school.id,
        by: world.member(.caseManager))
      for _ in 0..<2 {
        let sent = try await SendReferral(world.office)(
          Filled.referral, for: student, in: world.school.id, by: world.asker(.teacher))
        if number % 2 == 0 { _ = try? await ReceiveReferral(world.office)(sent, by: manager) }
      }
      let (name, password) = World.signIn(of: .caseManager)
      _ = try await SignIn(world.office)(name, password: password, from: "192.0.2.8", on: "another \(number)")
    }
  }

  /// Somebody close by who can help.
  private static func person(
    _ number: Int, around file: CaseFile, in world: World
  ) async throws -> ID<InformalResource> {
    var told = InformalResource.Told()
    (told.name, told.kind, told.needs, told.gives) = ("이웃\(number)", "neighbour", ["N03"], "이야기를 듣는다.")
    return try await KeepInformalResource(world.office)(
      InformalResource(id: world.office.id(at: world.office.clock()), told), in: file.id,
      by: world.asker(.caseManager)
    ).id
  }

  /// A linkage to be sent, one that waits, and one with what the agency sent.
  private static func linked(
    in file: CaseFile, with resource: ID<Resource>, of world: World
  ) async throws -> (linkages: [String], token: String, file: String) {
    let draft = try await drafted(in: file, with: resource, of: world)
    let waiting = try await sent(in: file, with: resource, of: world)
    let answered = try await sent(in: file, with: resource, of: world)
    let proof = try await AgencyDoor(world.office).confirm(
      answered.key.code, at: answered.key.token, from: "192.0.2.50")
    _ = try await AnswerLink(world.office)(
      AgencyAnswer(
        .accept, reply: .init(contact: "김가온"), file: .init(name: "a.pdf", bytes: Array("%PDF-".utf8))),
      at: answered.key.token, proof: proof.text, from: "192.0.2.50")
    let page = try await ReadLinkages(world.office)(
      answered.linkage.id, in: file.id, for: world.asker(.caseManager))
    return (
      [draft, waiting.linkage, answered.linkage].map(\.id.description), waiting.key.token,
      page.attachments.map(\.id.description).joined()
    )
  }

  private static func drafted(
    in file: CaseFile, with resource: ID<Resource>, of world: World
  ) async throws -> Linkage {
    try await DraftLinkage(world.office)(
      LinkageInput(recipient: resource, items: ["grade"], message: "도와주세요."), in: file.id,
      by: world.asker(.caseManager))
  }

  private static func sent(
    in file: CaseFile, with resource: ID<Resource>, of world: World
  ) async throws -> SentLinkage {
    let draft = try await drafted(in: file, with: resource, of: world)
    return try await SendLinkage(world.office)(
      draft.id, from: draft.version, ground: "life", because: "위급하다.", in: file.id,
      by: world.asker(.caseManager))
  }

  private static func programme(of world: World) async throws -> ID<Programme> {
    try await KeepProgramme(world.office)(
      Programme(
        id: world.office.id(at: world.office.clock()), school: world.school.id, name: "또래 집단(가상)",
        service: "D12", first: world.today, last: world.today.adding(days: 30), places: 20,
        leader: world.id(.caseManager)), by: world.asker(.caseManager)
    ).id
  }

  private static func hold(
    _ number: Int, of group: (programme: ID<Programme>, seat: ID<Seat>), in world: World
  ) async throws -> ID<ProgrammeSession> {
    try await HoldSession(world.office)(
      group.programme, number: number, topic: "", Filled.contact(world.today),
      for: [.init(group.seat, .present)], by: world.asker(.caseManager)
    ).id
  }

  /// One more contact, monitoring, task, report, draft, relative and resource.
  private static func more(
    in file: CaseFile, of world: World, number: Int
  ) async throws -> (report: ID<AbuseReport>, resource: ID<Resource>, relative: ID<Relative>) {
    let (office, day, manager) = (world.office, world.today, world.asker(.caseManager))
    try await RecordContact(office)(Filled.contact(day), in: file.id, by: manager)
    try await RecordMonitoring(office)(Filled.monitoring(day, [0, 0]), in: file.id, by: manager)
    try await WriteRecord(office)(
      .conference, Filled.conference(day, tasksFor: world.id(.caseManager)), in: file.id, finishing: true,
      by: manager)
    let relative: ID<Relative> = office.id(at: office.clock())
    try await EditHousehold(office).add(
      Relative(id: relative, relation: "RS04", name: "박가온\(number)"), to: file.student,
      by: world.member(.caseManager))
    try await SaveDraft(office)(
      Filled.contact(day), at: "contact/\(number)", by: world.member(.caseManager))
    let resource = try await KeepResource(office)(
      Resource(
        id: office.id(at: office.clock()), name: "곁(가상) \(number)", kind: "ORG-01", formality: "formal",
        place: "community", description: "돕는다.", verifiedOn: day), by: manager
    ).id
    _ = try await sent(in: file, with: resource, of: world)
    let report = try await ReportAbuse(office)(
      Filled.answers([
        "day": "\(day)", "noticed-at": "09:10", "reported-at": "09:40", "reported-to": "112",
        "words": "팔이 아파요.",
      ]), about: world.student(.noeul), in: world.school.id, by: manager)
    return (report, resource, relative)
  }
}

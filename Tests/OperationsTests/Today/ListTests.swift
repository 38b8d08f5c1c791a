import CaseWork
import Operations
import Repositories
import Store
import TestSupport
import Testing

@Suite struct ListTests {
  @Test(arguments: Engine.available)
  func `pages need as many statements for many cases as for two`(_ engine: Engine) async throws {
    let plain = try await World.make(on: engine)
    let counting = CountingDatabase(plain.database)
    let world = plain.through(counting)
    let manager = world.asker(.caseManager)
    let file = try await plain.servedCase(.harin)
    _ = try await plain.servedCase(.narae)
    try await RecordContact(world.office)(Filled.contact(world.today), in: file.id, by: manager)

    func statements() async throws -> [Int] {
      var counts: [Int] = []
      for read in [
        { _ = try await ReadCaseload(world.office)(for: manager) },
        { _ = try await ReadToday(world.office)(for: manager) },
        { _ = try await ReadCase(world.office)(file.id, for: manager) },
        { _ = try await ReferralInbox(world.office)(for: manager) },
        { _ = try await MyReferrals(world.office)(for: world.asker(.teacher)) },
      ] {
        try await read()
        counting.statements.removeAll()
        try await read()
        counts.append(counting.statements.count)
      }
      return counts
    }
    let few = try await statements()
    for child in [World.Child.garam, .noeul] { _ = try await plain.servedCase(child) }
    for _ in 0..<12 {
      try await RecordContact(world.office)(Filled.contact(world.today), in: file.id, by: manager)
    }
    #expect(try await statements() == few)
  }

  @Test func `the caseload is ordered by level and due day, and found by name, 초성 and number`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let first = try await world.servedCase(.harin)
    let second = try await world.openCase(.garam)
    try await ChangeLevel(world.office)(second.id, to: .urgent, because: "다쳤다.", by: manager)
    let list = try await ReadCaseload(world.office)(for: manager)
    #expect(list.rows.map(\.student.name) == ["문가람", "박하린"])
    #expect(list.counts.total == 2)
    #expect(list.counts.workload.byLevel == [.urgent: 1, .general: 1])
    for (text, found) in [("하린", [first.id]), ("ㅂㅎㄹ", [first.id]), ("26-002", [second.id]), ("없는", [])] {
      #expect(
        try await ReadCaseload(world.office)(search: text, for: manager).rows.map(\.file.id) == found,
        "\(text)")
    }
    #expect(try await ReadCaseload(world.office)(CaseFilter(levels: [.urgent]), for: manager).rows.count == 1)
    #expect(
      try await ReadCaseload(world.office)(CaseFilter(stages: [.service]), for: manager).rows.count == 1)
    #expect(try await ReadCaseload(world.office)(CaseFilter(isOverdue: true), for: manager).rows.isEmpty)
    world.watch.turn(to: world.today.adding(days: 60))
    #expect(try await ReadCaseload(world.office)(CaseFilter(isOverdue: true), for: manager).rows.count == 2)
  }

  @Test func `Today has what is due, tasks, approvals and news, and doing the act removes it`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.plannableCase(.harin)
    let task = try await ReadToday(world.office)(for: world.asker(.homeroom)).entries.first {
      if case .task = $0.kind { true } else { false }
    }
    guard case .task(let id, let what)? = task?.kind else {
      Issue.record("no task")
      return
    }
    #expect(what == "조식 준비")
    #expect(task?.about == nil)
    try await FinishTask(world.office)(id, by: world.asker(.homeroom))
    #expect(
      try await ReadToday(world.office)(for: world.asker(.homeroom)).entries.allSatisfy {
        if case .task = $0.kind { false } else { true }
      })

    let plan = try await WriteRecord(world.office)(
      .plan, Filled.plan(world.today), in: file.id, finishing: true, by: manager)
    let waiting = try await ReadToday(world.office)(for: world.asker(.principal)).entries(in: .today)
    #expect(waiting.map(\.kind) == [.approval(plan.id, .plan, series: 1, by: "강예담")])
    try await ApprovePlan(world.office)(plan.id, from: 1, in: file.id, by: world.asker(.principal))
    #expect(try await ReadToday(world.office)(for: world.asker(.principal)).entries(in: .today).isEmpty)
    let news = try await ReadToday(world.office)(for: manager).entries(in: .news)
    let notices = news.compactMap { entry -> Notice? in
      if case .notice(let notice) = entry.kind { notice } else { nil }
    }
    #expect(notices.contains { $0.kind == .approved })
    try await SeeNotices(world.office)(notices.map(\.id), by: manager)
    #expect(try await ReadToday(world.office)(for: manager).entries(in: .news).isEmpty)

    world.watch.turn(to: world.today.adding(days: 40))
    let late = try await ReadToday(world.office)(for: manager).entries(in: .overdue)
    #expect(late.map(\.kind) == [.due("monitoring", number: nil)])
  }

  @Test(arguments: Engine.available)
  func `late days are counted as the clock counts: seven days are five school days`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    // On a Wednesday: three school days end on Monday the 6th.
    let file = try await world.openCase(.harin)
    world.watch.turn(to: .on("2026-04-13"))
    let today = try await ReadToday(world.office)(for: manager)
    let contact = try #require(today.entries.first { $0.kind == .due("first-contact", number: nil) })
    #expect(contact.left == DayCount(-5, .school))
    #expect(contact.limit == DayCount(3, .school))
    let assessment = try #require(today.entries.first { $0.kind == .due("assessment", number: nil) })
    #expect(assessment.left == DayCount(-2, .civil))
    #expect(assessment.limit == DayCount(10, .civil))
    let row = try await ReadCaseload(world.office)(for: manager).rows.first
    #expect(row?.left == DayCount(-5, .school))
    let page = try await ReadCase(world.office)(file.id, for: manager)
    #expect(page.dues.map { page.left(of: $0) }.first == DayCount(-5, .school))
  }

  @Test func `an appointment nobody wrote down is found`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    var contact = Filled.contact(world.today)
    contact["next-day"] = "\(world.today.adding(days: 3))"
    try await RecordContact(world.office)(contact, in: file.id, by: manager)
    world.watch.turn(to: world.today.adding(days: 4))
    #expect(
      try await ReadToday(world.office)(for: manager).entries(in: .overdue).map(\.kind) == [
        .due("planned-contact", number: nil)
      ])
    try await RecordContact(world.office)(Filled.contact(world.today), in: file.id, by: manager)
    #expect(try await ReadToday(world.office)(for: manager).entries(in: .overdue).isEmpty)
  }

  @Test func `the timeline comes page by page, newest first, each entry once`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    for _ in 0..<25 {
      try await RecordContact(world.office)(Filled.contact(world.today), in: file.id, by: manager)
    }
    var seen: [Timeline.What] = []
    var cursor: TimelineCursor?
    repeat {
      let page = try await ReadTimeline(world.office)(file.id, before: cursor, for: manager)
      seen += page.entries.map(\.what)
      cursor = page.next.flatMap { TimelineCursor($0.text) }
    } while cursor != nil
    #expect(Set(seen).count == seen.count)
    let expected = 40
    #expect(seen.count == expected)
    let contacts = try await ReadTimeline(world.office)(file.id, .records([.contact]), for: manager)
    #expect(contacts.entries.count == 20)
  }

  @Test(arguments: Engine.available)
  func `lists find their rows by index`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let file = try await world.servedCase(.harin)
    let staff = world.member(.caseManager)
    let day = world.today
    let plans = try await world.database.read { session -> [String] in
      let files = session.caseFiles(seenBy: staff, on: day)
      // An empty table is always scanned by PostgreSQL, so it is told not to.
      if session.dialect == .postgres {
        try session.forEach("SELECT set_config('enable_seqscan', 'off', true)") { _ in }
      }
      return [
        try session.explain(files.select(CaseFilter())),
        try session.explain(files.select(CaseFilter(isMine: true))),
        try session.explain(files.duesOwn(until: day, atMost: 100)),
        try session.explain(session.timeline(of: file).select(nil, before: nil, atMost: 20)),
      ]
    }
    // Own cases are found by their manager, not among all of the school.
    if engine == .sqlite { #expect(plans[1].contains("INDEX case_file_by_manager"), "\(plans[1])") }
    for plan in plans {
      #expect(!plan.contains("SCAN case_file"), "\(plan)")
      #expect(!plan.contains("SCAN c\n"), "\(plan)")
      #expect(!plan.contains("SCAN due"), "\(plan)")
      #expect(!plan.contains("SCAN d\n"), "\(plan)")
      #expect(!plan.contains("SCAN r\n"), "\(plan)")
      #expect(!plan.contains("Seq Scan on case_file"), "\(plan)")
      #expect(!plan.contains("Seq Scan on due"), "\(plan)")
      #expect(!plan.contains("Seq Scan on case_record"), "\(plan)")
    }
  }
}

import CaseWork
import Operations
import Repositories
import Store
import TestSupport
import Testing

@Suite struct `The desk` {
  @Test(arguments: Engine.available)
  func `the student's words are found in whatever record they stand, and nobody else's`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    var contact = Filled.contact(world.today)
    contact["said"] = "오늘은 일찍 잤어요."
    let quoting = try await RecordContact(world.office)(contact, in: file.id, by: manager)
    var silent = Filled.contact(world.today, facts: "말없이 함께 걸었다.")
    silent["said"] = nil
    let quiet = try await RecordContact(world.office)(silent, in: file.id, by: manager)

    let found = try await ReadTimeline(world.office)(file.id, .words, for: manager).entries.map(\.record)
    #expect(found.contains(quoting.id))
    #expect(!found.contains(quiet.id))
    let page = try await ReadCase(world.office)(file.id, for: manager)
    #expect(page.words.first?.words == "오늘은 일찍 잤어요.")
    #expect(page.words.count <= 3)
    #expect(page.authors.map(\.id).contains(world.id(.caseManager)))

    // The vice principal reads plans and conferences, not contacts.
    let head = try await ReadCase(world.office)(file.id, timeline: .words, for: world.asker(.vicePrincipal))
    #expect(!head.words.contains { $0.words == "오늘은 일찍 잤어요." })
    #expect(!head.timeline.entries.map(\.record).contains(quoting.id))
    #expect(head.surroundings == nil)
    #expect(head.budget.isEmpty)
  }

  @Test func `the words come page by page, each record once`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    for number in 0..<50 {
      var contact = Filled.contact(world.today)
      contact["said"] = number.isMultiple(of: 2) ? "\(number)번째 말" : nil
      try await RecordContact(world.office)(contact, in: file.id, by: manager)
    }
    var seen: [ID<CaseRecord>?] = []
    var cursor: TimelineCursor?
    repeat {
      let page = try await ReadTimeline(world.office)(file.id, .words, before: cursor, for: manager)
      #expect(page.entries.count <= 20)
      seen += page.entries.map(\.record)
      cursor = page.next
    } while cursor != nil
    #expect(Set(seen).count == seen.count)
    #expect(seen.count >= 25)
  }

  @Test func `what one person wrote is shown alone`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.servedCase(.harin)
    let steps = try await ReadTimeline(world.office)(
      file.id, .all, by: world.id(.principal), for: manager)
    #expect(!steps.entries.isEmpty)
    #expect(steps.entries.allSatisfy { $0.record == nil })
  }

  @Test func `cases are ordered by name as well, a page at a time`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    for child in [World.Child.narae, .harin, .garam] { _ = try await world.openCase(child) }
    let list = try await ReadCaseload(world.office)(order: .name, for: manager)
    let names = list.rows.map(\.student.name)
    #expect(names.count == 3)
    #expect(names == names.sorted())
    #expect(try await ReadCaseload(world.office)(order: .name, page: 1, for: manager).rows.isEmpty)
  }

  @Test(arguments: Engine.available)
  func `a form begun is named by whom it is about, if that may be seen`(_ engine: Engine) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.openCase(.harin)
    let begun = Answers(["facts": ["함께"]])
    try await SaveDraft(world.office)(begun, at: "contact/\(file.id)", by: manager.staff)
    try await SaveDraft(world.office)(
      begun, at: "referral/\(world.student(.garam))", by: manager.staff)
    let drafts = try await ReadToday(world.office)(for: manager).drafts
    #expect(Set(drafts.map(\.form)) == ["contact", "referral"])
    #expect(drafts.first { $0.form == "contact" }?.caseFile == file.id)
    #expect(drafts.first { $0.form == "contact" }?.student?.name == "박하린")
    #expect(drafts.first { $0.form == "referral" }?.student?.name == "문가람")

    // Somebody who may not see the case has the draft without the name.
    let teacher = world.asker(.homeroom)
    try await SaveDraft(world.office)(begun, at: "contact/\(file.id)", by: teacher.staff)
    let other = try await ReadToday(world.office)(for: teacher).drafts
    #expect(other.map(\.caseFile) == [nil])
    #expect(other.map(\.student) == [nil])
  }
}

extension Timeline.Entry {
  fileprivate var record: ID<CaseRecord>? {
    if case .record(let card) = what { card.id } else { nil }
  }
}

import CaseWork
import Documents
import Foundation
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories
import Testing
import Vault

@testable import Site

/// The pages around the cases, written without a store.
@Suite struct `Pages around the cases` {
  private let school = ID<School>(UUID())
  private let id = ID<Student>(UUID())

  private func says(_ page: Page, _ frame: Frame) -> String {
    let html = frame.written(page)
    #expect(!html.contains(/\[[a-z]+[a-z.-]*\]/), "\(page.title)")
    #expect(!html.contains(/\{[a-z]+\}/), "\(page.title)")
    return html
  }

  private var profile: Student.Profile {
    Student.Profile(name: "김다온", birthDay: Day(2016, 3, 2), number: "26001", phone: "010-0000-1111")
  }

  private func household(_ relatives: [KeptRelative], mayEdit: Bool = true) -> HouseholdPage {
    HouseholdPage(
      student: Student(id: id, school: school, version: 2, profile: profile), relatives: relatives,
      categories: [], confirmers: [:], mayEdit: mayEdit)
  }

  @Test(arguments: Language.allCases)
  func `whoever must not be contacted stands there without a number to press`(_ language: Language) throws {
    let frame = try frame(language)
    let danger = Relative(
      id: ID(UUID()), relation: "RS03", name: "이두루", phone: "010-0000-9999", mustNotContact: true)
    let html = says(
      HouseholdView(household: household([KeptRelative(relative: danger, version: 1, endedAt: nil)])).page(
        frame),
      frame)
    #expect(html.contains("010-0000-9999"))
    #expect(!html.contains("tel:010-0000-9999"))
    #expect(html.contains("tel:010-0000-1111"))
  }

  @Test(arguments: Language.allCases)
  func `who may only read a household finds nothing to press`(_ language: Language) throws {
    let frame = try frame(language)
    let person = Relative(id: ID(UUID()), relation: "RS02", name: "이가람")
    let kept = KeptRelative(relative: person, version: 1, endedAt: nil)
    let html = says(HouseholdView(household: household([kept], mayEdit: false)).page(frame), frame)
    #expect(html.contains("이가람"))
    #expect(!html.contains("/people/"))
    #expect(!html.contains("/profile"))
    #expect(!html.contains("/categories"))
  }

  /// Else it would be taken for a new card of an id that is there.
  @Test func `a form of a card that does not say which version it was made from changes nothing`() throws {
    let kept = Resource(
      DirectoryEntry(
        .organization, id: UUID(), fields: ["name": .text("하늘빛"), "description": .text("돌봄")]))
    let fields = ["name": ["하늘빛"], "kind": ["ORG-07"], "place": ["community"], "formality": ["formal"]]
    for version in [nil, "0", "-1", "x"] {
      let sent = FormBody(values: fields.merging(version.map { ["version": [$0]] } ?? [:]) { $1 })
      let page = ResourceFormPage(kept: kept, sent: sent)
      #expect(throws: Refusal.conflict(.changedByAnother)) { try page.typed(newID: { ID(UUID()) }) }
    }
    let sent = FormBody(values: fields.merging(["version": ["3"]]) { $1 })
    #expect(try ResourceFormPage(kept: kept, sent: sent).typed(newID: { ID(UUID()) }).version == 3)
  }

  @Test func `after a conflict both texts stand there, and saving goes on from what the other saved`() throws
  {
    let frame = try frame()
    var page = ProfilePage(student: Student(id: id, school: school, version: 7, profile: profile))
    page.sent = FormBody(values: [
      "version": ["6"], "name": ["김다온"], "birth-day": ["2016. 3. 2."], "phone": ["010-0000-2222"],
    ])
    page.isConflict = true
    let html = says(page.page(frame), frame)
    #expect(html.contains("010-0000-1111"))
    #expect(html.contains("value=\"010-0000-2222\""))
    #expect(html.contains("name=\"version\" value=\"7\""))
    #expect(!html.contains("name=\"version\" value=\"6\""))
  }

  @Test func `a school year is read as typed, and what cannot be read is named by its row`() throws {
    let place = School(id: school, name: "달무리초(가상)", kind: .elementary)
    var page = SchoolYearPage(school: place, year: 2026, kept: nil, holidays: [])
    page.sent = FormBody(values: [
      "first-term-ends": ["2026. 8. 16."], "from": ["2026. 12. 31.", "2026. 5. 4.", ""],
      "until": ["2027. 2. 28.", "", ""],
    ])
    let year = try page.typed()
    #expect(year.breaks.map { $0.lowerBound.description } == ["2026-05-04", "2026-12-31"])
    #expect(year.breaks.first.map { $0.lowerBound == $0.upperBound } == true)
    page.sent = FormBody(values: [
      "first-term-ends": ["bald"], "from": ["2026. 9. 2.", "x", "2025. 5. 5."],
      "until": ["2026. 9. 1.", "", ""],
    ])
    #expect(
      throws: Refusal.invalid([
        Problem("first-term-ends", "not-a-day"), Problem("breaks.0", "ends-before"),
        Problem("breaks.1", "not-a-day"), Problem("breaks.2", "outside-the-year"),
      ])
    ) { try page.typed() }
  }

  @Test func `days of the access log are open where one end is missing`() throws {
    let schools = [School(id: school, name: "달무리초(가상)", kind: .elementary)]
    var query = Parameters()
    var wish = AccessLogPage.Wish(query, schools: schools)
    #expect(wish.days == nil)
    #expect(wish.school == school)
    query = Parameters()
    wish.from = "2026. 10. 1."
    let day = try #require(Day(2026, 10, 1))
    #expect(wish.days?.lowerBound == day)
    #expect(wish.days?.contains(day.adding(days: 4000)) == true)
    wish.until = "2026. 9. 30."
    #expect(wish.problems == [Problem("until", "ends-before")])
    wish.until = "gestern"
    #expect(wish.problems == [Problem("until", "not-a-day")])
  }

  @Test(arguments: Language.allCases)
  func `every state of an import has its words`(_ language: Language) throws {
    let frame = try frame(language, roles: [.administrator])
    let problems = RosterProblem.Code.allCases.map {
      RosterProblem(row: 7, field: .number, code: $0, detail: "3")
    }
    var entry = RosterImport(
      id: ID(UUID()), school: school, by: ID(UUID()), begunAt: frame.now, total: 600, refused: problems.count)
    _ = says(RosterProgressPage(progress: entry, schoolName: "달무리초").page(frame), frame)
    for status in [RosterImport.Status.done, .failed, .cancelled] {
      entry.status = status
      entry.finishedAt = frame.now
      let report = RosterReport(progress: entry, problems: problems, missing: [ID(UUID())])
      let html = says(RosterReportPage(report: report, schoolName: "달무리초").page(frame), frame)
      #expect(html.contains("problems.csv"))
    }
    let preview = RosterPreview(
      id: entry.id, year: 2026, format: .cp949, sheet: nil, sheets: [],
      mapping: RosterMapping(headerRow: 1, headers: ["이름", "주민번호"], fields: [0: .name], refused: [1]),
      mappingProblems: [Problem("grade", "column-needed"), Problem("number", "number-or-birth-day-needed")],
      sample: [], total: 3, problems: [], cells: [["김다온", ""]], counts: .init())
    let html = says(
      RosterPreviewPage(id: entry.id, school: school, schoolName: "달무리초", preview: preview).page(frame), frame
    )
    #expect(html.contains("name=\"column.0\""))
    #expect(!html.contains("name=\"column.1\""), "a column of resident registration numbers cannot be chosen")
    #expect(!html.contains("/run\""))
  }

  @Test(arguments: Language.allCases)
  func `every finding in the chain has its words`(_ language: Language) throws {
    let frame = try frame(language, roles: [.privacyOfficer])
    let kinds: [TrailReport.Finding.Kind] = [.changed, .removed, .inserted, .reordered, .cutTail]
    let chain = TrailReport.SchoolChain(
      school: nil, links: 1200, lastHash: "00ff", reaches: frame.now, waiting: 0,
      findings: kinds.map { .init(kind: $0, number: 3, rowKind: "event", row: UUID().uuidString) })
    _ = says(ChainPage(report: TrailReport(schools: [chain]), schools: []).page(frame), frame)
  }
}

/// The code of the second step, against one made by another program.
@Suite struct `A QR code` {
  @Test func `says what another program writes, module by module`() throws {
    let code = try #require(QRCode("otpauth://totp/a?secret=ABCDEFGHIJKLMNOP"))
    #expect(code.size == 29)
    let rows = (0..<29).map { y in
      String((0..<29).reduce(0) { $0 << 1 | (code[$1, y] ? 1 : 0) }, radix: 16)
    }
    // python-qrcode 8 with error correction M and the same mask.
    #expect(
      rows == [
        "1fdf687f", "10578241", "1752e75d", "174c3d5d", "175ff25d", "104dc841", "1fd5557f", "4e100",
        "13f5d397", "1ebdc6b4", "15c1ac0c", "6b67a49", "2df9b63", "112e94f7", "1cc5afd1", "1110547d",
        "1f774988", "13be8f1a", "1a63360d", "1dad41e7", "1afdd3fc", "134710", "1fd27b54", "105d6f11",
        "175efbf2", "17511489", "174cf19f", "1044e265", "1fdfa900",
      ])
  }

  @Test(arguments: [1, 14, 15, 26, 42, 62, 84, 106, 122, 152, 180, 213])
  func `texts of every length find a version`(_ count: Int) throws {
    let code = try #require(QRCode(String(repeating: "a", count: count)))
    #expect((code.size - 17).isMultiple(of: 4))
  }

  @Test func `a text that is too long has none`() {
    #expect(QRCode(String(repeating: "a", count: 214)) == nil)
  }
}

import CaseWork
import Documents
import Foundation
import Testing

struct `A file that is no directory, or means harm` {
  private func problem(
    _ bytes: [UInt8], name: String = "a", limits: TableLimits = .standard
  ) -> TableProblem.Code? {
    do throws(TableProblem) {
      _ = try DirectoryFile.read(bytes, name: name, options: DirectoryOptions(limits: limits))
      return nil
    } catch {
      return error.code
    }
  }

  @Test(arguments: [
    ("", TableProblem.Code.empty), ("{", .damaged), ("[1,2", .damaged), ("{}", .notATable),
    ("[1,2]", .notATable),
    ("{\"a\":1}", .notATable), ("[[[]]]", .notATable), ("안녕하세요", .notATable), ("<html>", .webPage),
    ("PK\u{3}\u{4}nothing", .damaged), ("{\"name\":", .damaged),
  ])
  func `is refused with a reason`(_ text: String, _ code: TableProblem.Code) {
    #expect(problem(Array(text.utf8)) == code)
  }

  @Test func `JSON as deep as it likes goes no deeper than the limit`() {
    #expect(problem(Array((String(repeating: "[", count: 1_000_000)).utf8)) == .tooLarge)
    let nested = String(repeating: "{\"name\":\"a\",\"phones\":[", count: 40_000)
    #expect(problem(Array(nested.utf8)) == .tooLarge)
  }

  @Test func `JSON of millions of nothings is too large`() {
    #expect(problem(Array(("[" + String(repeating: "[],", count: 3_000_000) + "[]]").utf8)) == .tooLarge)
  }

  @Test func `bytes that are no text are none`() {
    #expect(problem([0x7B, 0xFF, 0xFE, 0x7D]) == .notText)
  }

  @Test func `a million columns are too many`() {
    let header = "id,name," + String(repeating: "x,", count: 1_000_000)
    #expect(problem(Array((header + "\n1,2\n").utf8), name: "organizations.csv") == .tooLarge)
  }

  @Test func `more rows than the limit are too many`() {
    let rows = "id,name\n" + (0..<30).map { "\($0),a\n" }.joined()
    #expect(problem(Array(rows.utf8), name: "organizations.csv", limits: TableLimits(rows: 10)) == .tooLarge)
  }

  @Test(.enabled(if: Python.hasWorkbooks, "python3 is not installed"))
  func `an archive that swells is stopped`() throws {
    let bytes = try Python.file(
      """
      import sys, zipfile
      with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
          z.writestr('organizations.csv', 'id,name\\n' + '1,' + ' ' * 200_000_000)
      """, name: "bomb.zip")
    #expect(problem(bytes) == .tooLarge)
  }

  @Test(.enabled(if: Python.hasWorkbooks, "python3 is not installed"))
  func `an archive of other things is no directory, and one with a table among them is`() throws {
    let script = """
      import sys, zipfile
      with zipfile.ZipFile(sys.argv[1], 'w') as z:
          z.writestr('../../etc/passwd', 'x'); z.writestr('readme.txt', 'x'); z.writestr('other.csv', 'a,b\\n1,2\\n')
          %s
      """
    #expect(problem(try Python.file(script.replacing("%s", with: "pass"), name: "a.zip")) == .notATable)
    let table = "z.writestr('data/organizations.csv', 'id,name\\n1,Help\\n')"
    let reading = try DirectoryFile.read(
      try Python.file(script.replacing("%s", with: table), name: "a.zip"), name: "a.zip")
    #expect(reading.directory.organizations.count == 1)
    #expect(reading.unmapped.map { "\($0.table).\($0.field)" } == ["other.a", "other.b"])
  }

  @Test func `a table that breaks off is told, and the others are read`() throws {
    let reading = try DirectoryFile.read([
      ("organizations.csv", Array("id,name\n1,Help\n".utf8)), ("phones.csv", Array("id,number\n1,\"2".utf8)),
    ])
    #expect(reading.directory.organizations.count == 1)
    #expect(reading.whole == nil)
    #expect(reading.problems.first { $0.code == .unreadable }?.place == .init(table: "phones", row: 2))
  }

  @Test func `a line that is none is refused alone`() throws {
    let lines = """
      {"id":"1","name":"가","status":"active"}
      {broken
      {"id":"2","name":"나","status":"active"}
      """
    let reading = try DirectoryFile.read(Array(lines.utf8), name: "a.ndjson")
    #expect(reading.directory.services.count == 2)
    #expect(reading.problems.filter(\.code.refuses).map(\.place.row) == [2])
  }

  @Test func `ids that stand for many things at once do not multiply`() throws {
    let contacts = "id,service_id,name\n" + (0..<2000).map { "c,s\($0),n\n" }.joined()
    let phones = "id,contact_id,number\n" + (0..<2000).map { "p\($0),c,1\n" }.joined()
    let services = "id,name\n" + (0..<2000).map { "s\($0),n\n" }.joined()
    let reading = try DirectoryFile.read([
      ("services.csv", Array(services.utf8)), ("contacts.csv", Array(contacts.utf8)),
      ("phones.csv", Array(phones.utf8)),
    ])
    let count = reading.directory.services.flatMap { $0[part: "contacts"] }.reduce(0) {
      $0 + $1[part: "phones"].count
    }
    #expect(count == 2000)
  }

  @Test func `bytes by chance never stop the program, and what is read of them is written as it was`() throws
  {
    var chance = Chance(state: 99)
    let service = """
      {"id":"1","name":"a","status":"active","service_at_locations":[{"location":{"addresses":[{"city":"x"}]}}],
       "capacities":[{"available":1,"updated":"2026-01-01","unit":{"name":"u"}}],
       "attributes":[{"taxonomy_term":{"name":"t","taxonomy_detail":{"name":"x"}}}]}
      """
    let seeds = [
      Array(
        #"[{"id":"1","name":"a","status":"active","phones":[{"number":"1"}],"organization":{"name":"b"}}]"#
          .utf8),
      Array(service.utf8),
      Array("id,name,url\n1,Help,http://a.kr\n2,Other,b.kr\n".utf8),
      Array("기관명,서비스명,주소,전화\n가,나,서울 중구 길 1,02-1\n가,다,,\n".utf8),
    ]
    var taken = 0
    for round in 0..<4000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0...chance.below(4) {
        bytes[chance.below(bytes.count)] = UInt8(chance.below(256))
        if chance.below(5) == 0 { bytes.removeLast(chance.below(bytes.count / 2)) }
      }
      guard let directory = try? DirectoryFile.read(bytes, name: "organizations.csv").directory else {
        continue
      }
      taken += 1
      let json = try DirectoryFile.read(DirectoryFile.json(of: directory), name: "a.json")
      try #require(Contents(json.directory) == Contents(directory), "round \(round)")
      let tables = try DirectoryFile.read(try DirectoryFile.package(of: directory), name: "a.zip")
      try #require(Contents(tables.directory) == Contents(directory), "round \(round)")
    }
    #expect(taken > 300)
  }
}

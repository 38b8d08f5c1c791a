import CaseWork
import Documents
import Foundation
import Testing

struct `Values that are not as the standard writes them` {
  private func service(_ fields: String) throws -> (entry: DirectoryEntry?, reading: DirectoryReading) {
    let json = #"{"id":"ac148810-d857-441c-9679-408f346de14b","name":"상담","status":"active",\#(fields)}"#
    let reading = try DirectoryFile.read(Array(json.utf8), name: "a.json")
    return (reading.directory.services.first, reading)
  }

  @Test(arguments: [
    ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    ("www.example.org", "https://www.example.org"),
    ("http://한글.kr/길", "http://%ED%95%9C%EA%B8%80.kr/%EA%B8%B8"), ("http://a.kr/x y", "http://a.kr/x%20y"),
    ("없음", nil), ("see below", nil), ("http://", nil), ("http://a.kr/%zz", nil), ("http://[oops", nil),
    ("JavaScript:alert(1)", nil),
  ])
  func `a web address is one or is kept out`(_ given: String, _ kept: String?) throws {
    let (entry, reading) = try service(#""url":"\#(given)""#)
    #expect(entry?["url"] == kept)
    #expect(reading.unmapped.count == (kept == nil ? 1 : 0))
    #expect(reading.problems.map(\.code) == (kept == nil ? [.notTaken] : kept == given ? [] : [.corrected]))
    #expect(reading.whole != nil)
  }

  @Test(arguments: [
    ("a@b.kr", "a@b.kr"), ("mailto:a@b.kr", "a@b.kr"), (" a@b.kr ", "a@b.kr"), ("a at b", nil), ("a@b", nil),
    ("a@b.kr, c@d.kr", nil),
  ])
  func `an address of mail is one or is kept out`(_ given: String, _ kept: String?) throws {
    #expect(try service(#""email":"\#(given)""#).entry?["email"] == kept)
  }

  @Test(arguments: [
    ("2026-01-31T09:00:00+09:00", "2026-01-31T09:00:00+09:00"), ("2026-01-31", "2026-01-31T00:00:00Z"),
    ("2026-01-31 09:00", "2026-01-31T09:00:00Z"),
    ("2026-01-31T09:00:00.5+0900", "2026-01-31T09:00:00.5+09:00"),
    ("2026-02-30T09:00:00Z", nil), ("2026-01-31T25:00:00Z", nil), ("yesterday", nil),
  ])
  func `an instant is one or is kept out`(_ given: String, _ kept: String?) throws {
    #expect(try service(#""last_modified":"\#(given)""#).entry?["last_modified"] == kept)
  }

  @Test(arguments: [("2026. 1. 31.", "2026-01-31"), ("2026-01-31T00:00:00Z", "2026-01-31"), ("soon", nil)])
  func `a day is one or is kept out`(_ given: String, _ kept: String?) throws {
    #expect(try service(#""assured_date":"\#(given)""#).entry?["assured_date"] == kept)
  }

  @Test func `control characters go, whatever a text is`() throws {
    let (entry, reading) = try service(#""description":"가\u0000나\u001b다\n""#)
    #expect(entry?["description"] == "가나다\n")
    #expect(reading.problems.map(\.code) == [.corrected])
  }

  @Test func `what the standard does not know is counted by its path`() throws {
    let (_, reading) = try service(
      #""hours":1,"phones":[{"number":"1","fax":"2"},{"number":"3","fax":"4"}],"minimum_age":"many","alert":{}"#
    )
    #expect(
      reading.unmapped.map { "\($0.field) \($0.count)" } == [
        "alert 1", "hours 1", "minimum_age 1", "phones[].fax 2",
      ])
    #expect(reading.counts["phone"] == .init(read: 2, taken: 2))
  }

  @Test func `what is demanded and certain is put there, and what is not certain stays empty`() throws {
    let json = #"""
      {"organizations":[{"id":"o","name":"기관","locations":[{"name":"집","addresses":[{"address_1":"길 1"}]}],
        "phones":[{"type":"voice"}]}],
       "services":[{"id":"s","name":"상담","organization_id":"o","status":"Temporarily Closed"},{"id":"x"}]}
      """#
    let reading = try DirectoryFile.read(
      Array(json.utf8), name: "a.json", options: DirectoryOptions(source: "구청"))
    let organization = try #require(reading.directory.organizations.first)
    #expect(organization["description"] == "기관")
    #expect(organization[part: "organization_identifiers"].first?["identifier_scheme"] == "구청")
    #expect(reading.directory.services.first?["organization_id"] == organization.id.uuidString.lowercased())
    #expect(reading.directory.services.first?["status"] == "temporarily closed")
    let address = try #require(reading.directory.locations.first?[part: "addresses"].first)
    #expect(address["country"] == "KR" && address["city"] == nil)
    #expect(address.json()["city"] as? String == "")
    #expect(
      reading.problems.filter(\.code.refuses).map {
        "\($0.place.path ?? "") \($0.code.rawValue) \($0.field ?? "")"
      }
        == ["organizations[0].phones[0] missing number", "services[1] missing name"])
    #expect(reading.counts["service"]?.refused == 1 && reading.counts["phone"]?.refused == 1)
  }

  @Test func `the same object told differently keeps what was told first and gains what was not`() throws {
    let json = #"""
      [{"id":"1","name":"가","status":"active","organization":{"id":"o","name":"기관","description":"하나"}},
       {"id":"2","name":"나","status":"active","organization":{"id":"o","name":"기관","description":"둘","email":"a@b.kr"}}]
      """#
    let reading = try DirectoryFile.read(Array(json.utf8), name: "a.json")
    #expect(reading.directory.organizations.count == 1)
    #expect(reading.directory.organizations[0]["description"] == "하나")
    #expect(reading.directory.organizations[0]["email"] == "a@b.kr")
    #expect(reading.problems.contains { $0.code == .differs && $0.field == "description" })
    #expect(
      reading.counts["organization"]
        == .init(read: 1, taken: 1))
  }
}

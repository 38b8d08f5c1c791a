import CaseWork
import Documents
import Foundation
import Testing

struct `A list of services in Korean columns` {
  private static let list = """
    2026년 지역 자원 목록,,,,,,,,,,,,,,,,,,,,,,
    기관명,기관유형,분야,서비스명,설명,대상,최소나이,최대나이,비용,신청방법,구비서류,전화번호(대표),누리집,전자우편,주소,우편번호,운영시간,위도,경도,언어,장애 접근,정원,현원,최종확인일,비고
    햇살지역아동센터,ORG-12,"보호, 학습",방과후 돌봄,숙제와 저녁,초등학생,만 7세,12세,무료,전화,"주민등록등본, 소득증명서",02-000-1111 / 02-000-2222,www.haetsal.kr,a@haetsal.kr,서울 강남구 역삼동 테헤란로 1,06236,"평일 13:00~19:00, 토 9시~12시",37.5,127.03,"한국어, 베트남어",경사로 있음,29,27,2026-03-02,좋음
    햇살지역아동센터,ORG-12,학습,기초학습,,,,,,,,없는 번호는 그대로,누리집 없음,,경기도 수원시 팔달구 효원로 1,,상담 뒤 정함,,,,,20,,,
    마음병원,병원,정신건강,상담,,,열살,,,,,,,,,,,137.5,,,,5,7,,
    ,병원,정신건강,상담,,,,,,,,,,,,,,,,,,,,,
    마음병원,병원,정신건강,,,,,,,,,,,,,,,,,,,,,,
    마음병원,병원,정신건강,상담,,,,,,,,,,,,,,,,,,,,,
    """

  private func read(_ text: String = list, options: DirectoryOptions = .init()) throws -> DirectoryReading {
    try DirectoryFile.read(Array(text.utf8), name: "자원목록.csv", options: options)
  }

  @Test func `one row is one service of an organization`() throws {
    let reading = try read()
    #expect(reading.form == .columns)
    let directory = reading.directory
    #expect(directory.organizations.map { $0["name"] } == ["햇살지역아동센터", "마음병원"])
    #expect(directory.organizations[0]["website"] == "https://www.haetsal.kr")
    #expect(directory.services.map { $0["name"] } == ["방과후 돌봄", "기초학습", "상담"])
    let service = directory.services[0]
    #expect(service["organization_id"] == directory.organizations[0].id.uuidString.lowercased())
    #expect(service[number: "minimum_age"] == 7 && service[number: "maximum_age"] == 12)
    #expect(service["eligibility_description"] == "초등학생" && service["fees_description"] == "무료")
    #expect(service["assured_date"] == "2026-03-02")
    #expect(service[part: "phones"].map { $0["number"] } == ["02-000-1111", "02-000-2222"])
    #expect(service[part: "required_documents"].map { $0["document"] } == ["주민등록등본", "소득증명서"])
    #expect(service[part: "languages"].map { $0["code"] } == ["ko", "vi"])
    #expect(service[part: "schedules"].map { $0["byday"] } == ["MO,TU,WE,TH,FR", "SA"])
    #expect(service[part: "schedules"].map { $0["closes_at"] } == ["19:00", "12:00"])
    let capacity = try #require(service[part: "capacities"].first)
    #expect(capacity[number: "available"] == 2 && capacity[number: "maximum"] == 29)
    #expect(capacity["updated"] == "2026-03-02T00:00:00+09:00")
    #expect(capacity[part: "unit"].first?["name"] == "명")
    #expect(service[part: "attributes"].map { $0["value"] } == ["보호", "학습"])
    #expect(directory.taxonomies.map { $0["name"] } == ["기관유형", "분야"])
    #expect(directory.taxonomyTerms.first { $0["name"] == "ORG-12" }?["code"] == "ORG-12")
    #expect(directory.services[1][part: "schedules"].first?["description"] == "상담 뒤 정함")
  }

  @Test func `addresses come apart into what the standard calls state, city and region`() throws {
    let addresses = try read().directory.locations.map { $0[part: "addresses"].first }
    let parts = ["state_province", "city", "region", "address_1", "postal_code", "country"]
    #expect(parts.map { addresses[0]?[$0] } == ["서울특별시", "강남구", "역삼동", "역삼동 테헤란로 1", "06236", "KR"])
    #expect(parts.map { addresses[1]?[$0] } == ["경기도", "수원시 팔달구", nil, "효원로 1", nil, "KR"])
  }

  @Test func `every row that is not taken is told by its number and why`() throws {
    let reading = try read()
    #expect(reading.counts["services"].map { [$0.read, $0.taken] } == [6, 3])
    #expect(
      reading.problems.filter(\.code.refuses).map {
        "\($0.place.row ?? 0) \($0.code.rawValue) \($0.field ?? "")"
      } == [
        "6 missing organization-name", "7 missing service-name", "8 duplicate service-name",
      ])
    let notTaken = Set(
      reading.problems.filter { $0.code == .notTaken }.map { "\($0.place.row ?? 0) \($0.field ?? "")" })
    #expect(notTaken == ["4 url", "4 available", "5 minimum-age", "5 latitude", "5 verified-on"])
    #expect(reading.unmapped.contains { $0.field == "비고" && $0.count == 1 })
  }

  @Test func `figures without a day hold from the day the reader names`() throws {
    let reading = try read(options: DirectoryOptions(today: Day(2026, 4, 1)))
    let capacity = try #require(reading.directory.services[2][part: "capacities"].first)
    // Seven of five.
    #expect(capacity[number: "available"] == 0)
    #expect(capacity["updated"] == "2026-04-01T00:00:00+09:00")
  }

  @Test func `the same list again is the same directory`() throws {
    #expect(try read() == read())
    let longer = Self.list + "\n새기관,학교,학습,새서비스"
    let ids = Set(try read().directory.services.map(\.id))
    #expect(ids.isSubset(of: try read(longer).directory.services.map(\.id)))
  }

  @Test func `a service at another place is the same service`() throws {
    let reading = try read(
      "기관명,서비스명,시도,시군구,주소\n가,나,부산,해운대구,길 1\n가,나,부산,해운대구,길 2\n가,나,세종시,,한누리대로 1\n")
    #expect(reading.whole != nil)
    #expect(reading.directory.services.count == 1)
    #expect(reading.directory.serviceAtLocations.count == 3)
    #expect(
      reading.directory.locations.compactMap { $0[part: "addresses"].first?["city"] } == [
        "해운대구", "해운대구", "세종특별자치시",
      ])
  }

  @Test func `a list of organizations alone is one service each`() throws {
    let reading = try read("시설명,소재지,연락처\n가센터,대구 중구 길 1,1\n나센터,,2\n")
    #expect(reading.whole != nil)
    #expect(reading.directory.services.map { $0["name"] } == ["가센터", "나센터"])
  }

  @Test func `the caller's columns go before the guessed ones`() throws {
    let bytes = Array("가,나,다\n햇살,돌봄,02-1\n".utf8)
    #expect(throws: TableProblem(.notATable)) { try DirectoryFile.read(bytes, name: "a.csv") }
    let columns = KoreanDirectoryColumns(
      header: 0, columns: [.organizationName: 0, .serviceName: 1, .phone: 2, .email: 9])
    let reading = try DirectoryFile.read(bytes, name: "a.csv", columns: columns)
    #expect(reading.directory.services.first?[part: "phones"].first?["number"] == "02-1")
  }

  @Test(.enabled(if: Python.hasWorkbooks, "python3 with openpyxl is not installed; run bin/setup"))
  func `a workbook is read like a list`() throws {
    let bytes = try Python.file(
      """
      import sys, openpyxl
      b = openpyxl.Workbook(); s = b.active
      s.append(['번호', '기관명', '프로그램명', '우편번호', '정원', '잔여', '기준일'])
      s.append([1, '햇살', '돌봄', '06236', 10, 3, '2026. 3. 2.'])
      b.save(sys.argv[1])
      """)
    let reading = try DirectoryFile.read(bytes, name: "a.xlsx")
    #expect(reading.form == .columns && reading.whole != nil)
    #expect(reading.directory.services.first?[part: "capacities"].first?[number: "available"] == 3)
  }

  @Test func `what is read is written and read again as it was`() throws {
    let directory = try read(options: DirectoryOptions(today: Day(2026, 4, 1))).directory
    let tables = try DirectoryFile.read(try DirectoryFile.package(of: directory), name: "a.zip")
    #expect(tables.refused == 0)
    #expect(Contents(tables.directory) == Contents(directory))
    let json = try DirectoryFile.read(DirectoryFile.json(of: directory), name: "a.json")
    #expect(Contents(json.directory) == Contents(directory))
  }
}

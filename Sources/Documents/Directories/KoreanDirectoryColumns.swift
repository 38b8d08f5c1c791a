/// Which column of a table of services says what, guessed from headings as Korean lists of resources have them.
public struct KoreanDirectoryColumns: Hashable, Sendable {
  /// What a column may say.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    case organizationName = "organization-name"
    case organizationKind = "organization-kind"
    case area
    case serviceName = "service-name"
    case otherName = "other-name"
    case description
    case eligibility
    case minimumAge = "minimum-age"
    case maximumAge = "maximum-age"
    case fees
    case application
    case documents
    case contactPerson = "contact-person"
    case phone
    case website
    case email
    case placeName = "place-name"
    case address
    case province
    case city
    case district
    case postalCode = "postal-code"
    case hours
    case latitude
    case longitude
    case languages
    case accessibility
    case transportation
    case capacity
    case occupied
    case available
    case waiting
    case status
    case verifiedOn = "verified-on"
  }

  /// The row of the headings, by its place among the table's rows, from 0.
  public var header: Int
  /// By what is said, the column, from 0. The caller may change it before reading.
  public var columns: [Field: Int]

  public init(header: Int, columns: [Field: Int]) {
    self.header = header
    self.columns = columns
  }

  /// From the row among the first ten that has most of the known headings; `nil` where none names an organization.
  public init?(guessing table: Table) {
    let guesses = table.rows.prefix(10).enumerated().map { Self(header: $0.offset, cells: $0.element.cells) }
    let best = guesses.filter { $0.columns[.organizationName] != nil }
      .max { ($0.columns.count, $1.header) < ($1.columns.count, $0.header) }
    guard let best, best.columns.count > 1 else { return nil }
    self = best
  }

  private init(header: Int, cells: [String]) {
    self.header = header
    columns = [:]
    for (column, cell) in cells.enumerated() {
      guard let field = Self.fields[Self.bare(cell)], columns[field] == nil else { continue }
      columns[field] = column
    }
  }

  /// A heading without spaces, signs and what stands in brackets: `전화 번호(대표)` as `전화번호`.
  private static func bare(_ heading: String) -> String {
    let words = heading.precomposed.replacing(/\([^)]*\)|\[[^\]]*\]|（[^）]*）/, with: "")
    return words.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static let fields: [String: Field] = {
    var fields: [String: Field] = [:]
    for (field, words) in headings {
      for word in words.split(separator: " ") { fields[String(word)] = field }
    }
    return fields
  }()

  private static let headings: [(Field, String)] = [
    (.organizationName, "기관명 기관 기관이름 시설명 단체명 센터명 제공기관 제공기관명 운영기관 운영기관명"),
    (.organizationKind, "기관유형 유형 기관종류 시설유형 시설종류 기관구분"),
    (.area, "분야 영역 서비스분야 욕구영역 지원분야 지원영역"),
    (.serviceName, "서비스명 서비스 서비스이름 프로그램명 프로그램 사업명 지원명"),
    (.otherName, "다른이름 별칭 약칭"),
    (.description, "설명 서비스내용 내용 지원내용 사업내용 서비스설명 소개 주요내용"),
    (.eligibility, "대상 지원대상 이용대상 서비스대상 자격 이용자격 선정기준"),
    (.minimumAge, "최소나이 최소연령 나이부터 시작나이"),
    (.maximumAge, "최대나이 최대연령 나이까지 끝나이"),
    (.fees, "비용 이용료 요금 본인부담 본인부담금 이용비용"),
    (.application, "신청방법 이용방법 신청절차 접수방법"),
    (.documents, "구비서류 제출서류 필요서류 준비서류"),
    (.contactPerson, "담당자 담당 담당자명"),
    (.phone, "전화 전화번호 연락처 대표전화 문의전화 문의처"),
    (.website, "누리집 홈페이지 웹사이트 사이트 url 홈페이지주소 누리집주소"),
    (.email, "전자우편 이메일 메일 email 전자메일 이메일주소"),
    (.placeName, "장소 장소명 이용장소"),
    (.address, "주소 소재지 도로명주소 기관주소 소재지주소 소재지도로명주소"),
    (.province, "시도 시도명 광역시도"),
    (.city, "시군구 시군구명"),
    (.district, "읍면동 읍면동명 행정동 관할동"),
    (.postalCode, "우편번호"),
    (.hours, "운영시간 이용시간 운영일시 상담시간 근무시간"),
    (.latitude, "위도"), (.longitude, "경도"),
    (.languages, "언어 지원언어 통역언어 통역"),
    (.accessibility, "장애접근 장애접근성 장애인편의시설 편의시설 장애인편의"),
    (.transportation, "교통 교통편 오시는길 찾아오는길"),
    (.capacity, "정원 수용인원 이용정원"),
    (.occupied, "현원 이용인원 이용현원"),
    (.available, "남은자리 잔여 잔여석 여석 잔여정원 빈자리"),
    (.waiting, "대기일 대기기간 대기 대기일수"),
    (.status, "상태 운영상태 운영여부"),
    (.verifiedOn, "최종확인일 확인일 최종확인 기준일 데이터기준일자"),
  ]
}

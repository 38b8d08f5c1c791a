import Foundation

/// A Korean address in the parts of the standard: 시·도 is its state, 시·군·구 its city, 읍·면·동 its region.
///
/// What the columns do not say is read from the beginning of the address, where it stands in this order.
struct KoreanAddress: Equatable {
  private(set) var line: String?
  private(set) var province: String?
  private(set) var city: String?
  private(set) var district: String?

  init(_ address: String?, province: String?, city: String?, district: String?) {
    (self.province, self.city, self.district) = (province.map(Self.whole), city, district)
    var words = (address ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    if let first = words.first, let known = Self.provinces[first] ?? (Self.isProvince(first) ? first : nil),
      self.province == nil || self.province == known
    {
      self.province = known
      words.removeFirst()
      takeCity(from: &words)
    } else if self.province != nil {
      takeCity(from: &words)
    }
    // 세종 has no 시·군·구 of its own.
    if self.city == nil, self.province == "세종특별자치시" { self.city = self.province }
    if self.district == nil, let first = words.first, words.count > 1,
      first.wholeMatch(of: /[가-힣0-9·]+[읍면동]/) != nil
    {
      self.district = first
    }
    line = words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// 시·군·구, and the 구 of a 시: 수원시 팔달구.
  private mutating func takeCity(from words: inout [String]) {
    var taken: [String] = []
    while let first = words.first, taken.count < 2, first.wholeMatch(of: /[가-힣]+[시군구]/) != nil,
      taken.isEmpty || (taken[0].hasSuffix("시") && first.hasSuffix("구"))
    {
      taken.append(first)
      words.removeFirst()
    }
    let read = taken.joined(separator: " ")
    if let city, city != read {
      words = taken + words
      return
    }
    if !taken.isEmpty { city = read }
  }

  /// All that is known, for telling one place from another.
  var words: [String] { [province, city, district, line].compactMap { $0 } }

  private static func isProvince(_ word: String) -> Bool {
    word.wholeMatch(of: /[가-힣]+(특별시|광역시|특별자치시|특별자치도|도)/) != nil
  }

  private static func whole(_ province: String) -> String { provinces[province] ?? province }

  /// By their short names.
  private static let provinces: [String: String] = [
    "서울": "서울특별시", "서울시": "서울특별시", "부산": "부산광역시", "부산시": "부산광역시", "대구": "대구광역시",
    "대구시": "대구광역시", "인천": "인천광역시", "인천시": "인천광역시", "광주광역시": "광주광역시", "대전": "대전광역시",
    "대전시": "대전광역시", "울산": "울산광역시", "울산시": "울산광역시", "세종": "세종특별자치시",
    "세종시": "세종특별자치시", "경기": "경기도", "강원": "강원특별자치도", "충북": "충청북도", "충남": "충청남도",
    "전북": "전북특별자치도", "전남": "전라남도", "경북": "경상북도", "경남": "경상남도", "제주": "제주특별자치도",
  ]
}

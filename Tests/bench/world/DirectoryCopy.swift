import CaseWork
import Foundation
import Operations
import TestSupport

/// A directory as large as a province's: resources of many kinds with five offers each, no two of one name.
struct DirectoryCopy {
  let world: World
  let services: Int

  private static let places = ["한빛", "새봄", "다온", "가람", "누리", "푸른", "햇살", "솔숲", "나래", "도담", "미르", "별내"]
  private static let kinds: [(code: String, name: String, needs: [String])] = [
    ("ORG-04", "종합사회복지관", ["N06", "N12"]), ("ORG-07", "지역아동센터", ["N11", "N01"]),
    ("ORG-10", "청소년상담복지센터", ["N03", "N05"]), ("ORG-14", "정신건강복지센터", ["N03", "N04"]),
    ("ORG-25", "가족센터", ["N06", "N14"]), ("ORG-17", "보건소", ["N09"]), ("ORG-41", "주거복지센터", ["N08", "N07"]),
    ("ORG-44", "도서관", ["N01", "N12"]),
  ]
  private static let offers = ["개인 상담", "가족 상담", "방과후 돌봄", "학습 지도", "문화 체험"]

  func write() async throws {
    let (office, manager) = (world.office, world.asker(.caseManager))
    for number in 0..<(services / Self.offers.count) {
      let kind = Self.kinds[number % Self.kinds.count]
      let place = Self.places[number / Self.kinds.count % Self.places.count]
      let resource = Resource(
        id: office.id(at: office.clock()), name: "\(place)\(number)\(kind.name)(가상)", kind: kind.code,
        formality: "formal", place: "community", phone: "02-0000-\(1000 + number % 9000)",
        contactPerson: "담당 \(number)", description: "\(place) 지역의 학생과 가정을 돕습니다. 전화로 먼저 물어봐 주세요.",
        verifiedOn: world.today.adding(days: -(number % 300)))
      let offers = Self.offers.enumerated().map { index, name in
        var offer = Offer(
          id: office.id(at: office.clock()), of: resource.id, name: name,
          needs: index % 2 == 0 ? kind.needs : kind.needs.reversed())
        offer.description = "\(name)을 한 주에 한 번, 석 달 동안 합니다. 학교와 함께 계획을 세웁니다."
        offer.areas = ["다솜구 다솜\(number % 20)동"]
        offer.cost = "free"
        offer.capacity = Offer.Capacity(free: (number + index) % 5, of: 20, on: world.today)
        offer.waitingDays = (number + index) % 60
        offer.hours = OpeningHours((1...5).map { .init(weekday: $0, opens: 540, closes: 1080) })
        return offer
      }
      try await KeepResource(office)(resource, offering: offers, by: manager)
    }
  }
}

import CaseWork
import Foundation
import Testing

@Suite struct DirectoryCards {
  @Test(arguments: DirectoryTerm.List.allCases)
  func `a code can be read out of its term again`(_ list: DirectoryTerm.List) {
    for code in ["N01", "ORG-53", "semi-formal", "information", "12", "days", "WC-07b", "twelve-chars"] {
      let term = DirectoryTerm(list, code)
      #expect(DirectoryTerm(id: term.id) == term)
      #expect(term.id != DirectoryTerm.taxonomy(list))
    }
    #expect(DirectoryTerm(id: DirectoryTerm.taxonomy(list)) == nil)
    #expect(DirectoryTerm(id: UUID()) == nil)
  }

  private var offer: Offer {
    var offer = Offer(id: ID(UUID()), of: ID(UUID()), name: "방과후 돌봄", needs: ["N11", "N01"])
    offer.description = "저녁과 숙제"
    offer.fields = ["care"]
    offer.forms = ["service", "goods"]
    (offer.minimumAge, offer.maximumAge) = (7, 15)
    offer.grades = [9, 7, 8]
    offer.categories = ["WC-01"]
    offer.gender = "female"
    offer.eligibility = "중위소득 100% 이하"
    offer.areas = ["다솜구", "다솜구 다솜1동"]
    (offer.cost, offer.costText) = ("partly", "간식비")
    offer.capacity = Offer.Capacity(free: 2, of: 29, on: Day("2026-10-01"))
    offer.waitingDays = 5
    offer.hours = OpeningHours([.init(weekday: 1, opens: 540, closes: 1080)])
    (offer.application, offer.documents, offer.languages) = ("전화", ["신청서"], ["ko", "vi"])
    offer.phone = "02-0000-0107"
    offer.verifiedOn = Day("2026-10-02")
    offer.status = .temporarilyClosed
    return offer
  }

  @Test func `everything told of an offer stands in its entry, and comes out of the document again`() throws {
    let offer = offer
    let read = Offer(try #require(DirectoryEntry(.service, document: offer.entry.document())), version: 0)
    #expect(read == offer)
    #expect(read.grades == [7, 8, 9] && read.needs == ["N11", "N01"] && read.waitingDays == 5)
    #expect(read.capacity == Offer.Capacity(free: 2, of: 29, on: Day("2026-10-01")))
    #expect(read.hours.lines == ["월 09:00-18:00"] && read.status == .temporarilyClosed)
  }

  @Test func `what is taken back leaves nothing`() {
    var offer = offer
    let bare = Offer(id: offer.id, of: offer.resource, name: offer.name, needs: offer.needs)
    offer.description = ""
    (offer.fields, offer.forms, offer.grades, offer.categories) = ([], [], [], [])
    (offer.minimumAge, offer.maximumAge, offer.gender, offer.eligibility) = (nil, nil, nil, nil)
    (offer.areas, offer.cost, offer.costText, offer.capacity, offer.waitingDays) = ([], nil, nil, nil, nil)
    (offer.hours, offer.application, offer.documents, offer.languages) = (OpeningHours([]), nil, [], [])
    (offer.phone, offer.verifiedOn, offer.status) = (nil, nil, .active)
    #expect(offer == bare)
  }

  @Test func `attributes of another directory stay when ours are set`() throws {
    var entry = DirectoryEntry(.service, id: UUID())
    var foreign = DirectoryEntry(.attribute, id: UUID())
    foreign["taxonomy_term_id"] = UUID().uuidString.lowercased()
    entry[part: "attributes"] = [foreign]
    var offer = Offer(entry)
    offer.needs = ["N03"]
    offer.needs = ["N05"]
    #expect(offer.entry[part: "attributes"].contains(foreign) && offer.needs == ["N05"])
  }

  @Test func `a resource's people are told apart from what is public`() {
    var resource = Resource(
      id: ID(UUID()), name: "하늘빛", kind: "ORG-07", formality: "formal", place: "community",
      phone: "02-0000-0107", contactPerson: "길라임", description: "돌봄", verifiedOn: Day("2026-10-01"))
    resource.agreement = Resource.Agreement(from: Day("2026-03-01")!, until: Day("2027-02-28"))
    #expect(resource.entry.hasContacts && resource.contactPerson == "길라임")
    #expect(!resource.entry.withoutContacts.document().contains("길라임"))
    #expect(resource.entry.withoutContacts.document().contains("02-0000-0107"))
    #expect(resource.agreement?.until == Day("2027-02-28") && resource.verifiedOn == Day("2026-10-01"))
    resource.agreement = nil
    #expect(resource.agreement == nil && resource.kind == "ORG-07")
    #expect(resource.isStale(after: 30, on: Day("2026-11-26")!))
    #expect(!resource.isStale(after: 60, on: Day("2026-11-26")!))
  }

  @Test(arguments: [
    (["월-금 09:00-18:00"], ["월-금 09:00-18:00"]), (["MO-FR 9:00-18:00"], ["월-금 09:00-18:00"]),
    (["화,목 13:00~20:00", "토요일 10:00 - 12:00"], ["화,목 13:00-20:00", "토 10:00-12:00"]),
    (["월-일 00:00-24:00"], ["월-일 00:00-24:00"]), (["토-일 10:00-17:00"], ["토,일 10:00-17:00"]),
    (["월 09:00-12:00", "월 13:00-18:00"], ["월 09:00-12:00", "월 13:00-18:00"]), ([], []),
  ])
  func `hours are read as people type them`(_ typed: [String], _ lines: [String]) {
    #expect(OpeningHours(lines: typed)?.lines == lines)
  }

  @Test(arguments: [
    "늘 엽니다", "월-금", "월-금 18:00-09:00", "월 25:00-26:00", "MO-XX 09:00-10:00", "월 9-10", "금-월 9:00-10:00",
  ])
  func `hours that say something else are refused`(_ line: String) {
    #expect(OpeningHours(lines: [line]) == nil)
  }

  @Test func `open is from the first minute to before the last`() {
    let hours = OpeningHours([.init(weekday: 3, opens: 540, closes: 600)])
    #expect(hours.isOpen(weekday: 3, minute: 540) && hours.isOpen(weekday: 3, minute: 599))
    #expect(!hours.isOpen(weekday: 3, minute: 600) && !hours.isOpen(weekday: 2, minute: 550))
  }
}

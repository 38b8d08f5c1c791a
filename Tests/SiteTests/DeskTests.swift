import Foundation
import Gateway
import Markup
import Practice
import Testing

@testable import CaseWork
@testable import Site

@Suite struct `Where the desk leads` {
  @Test func `every thing a step may miss leads to a field that asks for it`() throws {
    let practice = try Practice.bundled()
    let file = ID<CaseFile>(UUID())
    for place in Set(practice.workflow.steps.flatMap { $0.needs.map(\.place) }).sorted() {
      let route = try #require(Site.place(of: place, in: file), "\(place)")
      let parts = place.split(separator: "#").map(String.init)
      if parts[0] == "consent" { continue }
      let form = try #require(practice.forms[parts[0]])
      #expect(form.fields.contains { $0.id == parts[1] }, "\(place)")
      #expect(route.address.description == "/cases/\(file)/write/\(parts[0])#\(parts[1])")
    }
  }

  @Test func `a place no page knows leads nowhere`() {
    #expect(Site.place(of: "astrology#sign", in: ID(UUID())) == nil)
  }

  @Test func `a refused step says where each thing is filled in`() throws {
    let frame = try frame()
    let file = ID<CaseFile>(UUID())
    let missing = Missing("strengths", at: "assessment#strengths", have: 1, need: 2)
    var page = MishapPage(mishap: .refused(.notYet([missing])))
    page.place = Site.places(in: file)
    #expect(frame.written(page.page(frame)).contains("href=\"/cases/\(file)/write/assessment#strengths\""))
  }
}

@Suite struct `Pictures of a case` {
  @Test func `a chart says in words all that it draws`() throws {
    let say = try frame().say
    let day = try #require(Day(2026, 5, 13))
    let course = GoalCourse(
      goal: 1, weight: 4, baseline: -2, since: 1,
      points: [.init(day: day, rating: -1), .init(day: day.adding(days: 28), rating: 2)])
    let chart = GoalChart(course: course, start: day.adding(days: -28), name: "주 3일 이상 학교에 온다", say: say)
    #expect(chart.told == "주 3일 이상 학교에 온다: 시작 −2, 5. 13. −1, 6. 10. +2")
    let html = chart.html.description
    #expect(html.contains("role=\"img\"") && html.contains("aria-label=\"\(chart.told)\""))
    #expect(html.components(separatedBy: "<circle").count == 4)
    // Time runs to the right: the baseline at the left edge, the last rating at the right.
    #expect(html.contains("points=\"40.0,94.0 151.0,74.0 262.0,14.0\""))
  }

  @Test func `a goal never rated has its baseline alone`() throws {
    let course = GoalCourse(goal: 1, weight: 1, baseline: nil, since: 1, points: [])
    let html = GoalChart(course: course, start: nil, name: "목표", say: try frame().say).html.description
    #expect(!html.contains("<circle") && !html.contains("<polyline"))
  }

  @Test(arguments: [
    ("어머니", ["어머니"]), ("Wee클래스", ["Wee", "클래스"]), ("정신건강복지센터(가상)", ["정신건강", "복지센터"]),
    ("동아리 멘토", ["동아리", "멘토"]), ("하늘빛지역아동센터 선생님들", ["하늘빛지", "역아동센", "터…"]),
  ])
  func `a name is broken to fit its circle`(_ name: String, _ lines: [String]) {
    #expect(Ecomap.lines(of: name) == lines)
  }

  @Test func `a resource in use stands in the picture once, one that is wished for does not`() throws {
    let day = try #require(Day(2026, 7, 14))
    let map = Ecomap(
      surroundings: Surroundings(
        day: day,
        ties: [
          .init(name: "어머니", relation: "RL1", flow: "EF3"), .init(name: "Wee클래스", relation: "RL2", flow: nil),
        ],
        resources: [
          .init(name: "Wee클래스", place: "school", use: "in-use"),
          .init(name: "센터", place: "community", use: "wanted"),
        ]), middle: "도윤", label: "생태도", say: try frame().say)
    #expect(map.nodes.map(\.name) == ["어머니", "Wee클래스"])
    let html = map.picture.description
    #expect(html.contains("p-strong") && html.contains("도윤") && !html.contains("센터"))
  }

  @Test func `what was asked of a timeline is asked again by its address`() throws {
    let file = ID<CaseFile>(UUID())
    var wish = TimelineWish()
    wish.show = .words
    #expect(wish.route(in: file).address.description == "/cases/\(file)?show=words#timeline")
    #expect(CaseView.givenName("이도윤") == "도윤" && CaseView.givenName("노을") == "노을")
  }
}

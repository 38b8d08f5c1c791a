import CaseWork
import Foundation
import Gateway
import Markup
import Practice
import Testing

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

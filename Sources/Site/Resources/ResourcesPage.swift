import CaseWork
import Gateway
import Hummingbird
import Markup

/// The directory of resources: found by what they are, what they help with, where they are.
struct ResourcesPage: Sendable {
  let found: [Resource]
  let wish: Wish
  let mayKeep: Bool

  private static let size = 50

  /// What was asked for, and the address that asks for it again.
  struct Wish: Hashable, Sendable {
    var text = ""
    var kind: String?
    var need: String?
    var place: String?
    var page = 0

    init(_ query: Parameters = .init()) {
      let value = { (name: Substring) in query.get(String(name)).flatMap { $0.isEmpty ? nil : $0 } }
      text = value("q") ?? ""
      kind = value("kind")
      need = value("need")
      place = value("place")
      page = min(1000, max(0, value("page").flatMap { Int($0) } ?? 0))
    }

    func route(page: Int) -> Route {
      Route.resources.with("q", text).with("kind", kind).with("need", need).with("place", place)
        .with("page", page == 0 ? nil : String(page))
    }

    var isEmpty: Bool { text.isEmpty && kind == nil && need == nil && place == nil }
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("resources.title")) {
      frame.pageHead(
        say("resources.title"), lead: say("resources.lead"),
        act: mayKeep ? a(.class("btn"), .href(Route.newResource.address)) { say("resources.add") } : .nothing)
      filters(frame)
      if found.isEmpty {
        frame.empty(
          say(wish.isEmpty ? "resources.empty" : "resources.none"),
          say(wish.isEmpty ? "resources.empty.text" : "resources.none.text"),
          act: wish.isEmpty
            ? (mayKeep ? (say("resources.add"), .newResource) : nil) : (say("resources.all"), .resources))
      } else {
        results(frame)
      }
    }
  }

  private func filters(_ frame: Frame) -> HTML {
    let say = frame.say
    let need = { (name: CodeList.Name) in
      (say.lists[name]?.choosable(on: frame.today) ?? []).map { (value: $0.value, words: say($0.words)) }
    }
    return form(.class("filters"), .role("search"), .action(Route.resources.address)) {
      div(.class("row")) {
        div(.class("field grow")) {
          label(.for("q")) { say("resources.find") }
          input(
            .class("input full"), .id("q"), .name("q"), .type("search"), .value(wish.text),
            .autocomplete("off"))
        }
        frame.picker(
          "kind", say("resource.kind"), need(.organisation), chosen: wish.kind, empty: say("resources.any"),
          full: false)
        frame.picker(
          "need", say("resource.needs"), need(.needArea), chosen: wish.need, empty: say("resources.any"),
          full: false)
        frame.picker(
          "place", say("resource.place"), need(.resourcePlace), chosen: wish.place,
          empty: say("resources.any"),
          full: false)
        button(.class("btn primary")) { say("finder.act") }
      }
    }
  }

  private func results(_ frame: Frame) -> HTML {
    let say = frame.say
    let first = wish.page * Self.size
    let shown = found.dropFirst(first).prefix(Self.size)
    let count = say("resources.count", ["count": String(found.count)])
    return section(.class("band"), .aria("labelledby", "found")) {
      h2(.id("found")) { count }
      table(.class("table cards")) {
        caption(.class("sr")) { count }
        thead {
          tr {
            for column in ["name", "kind", "needs", "phone", "verified"] {
              th(.scope("col")) { say("resource.\(column)") }
            }
          }
        }
        tbody { shown.map { row($0, frame) } }
      }
      pager(isLast: first + shown.count >= found.count, say)
    }
  }

  private func row(_ resource: Resource, _ frame: Frame) -> HTML {
    let say = frame.say
    return tr(.data("row", "")) {
      th(.scope("row")) { a(.href(Route.resource(resource.id).address)) { resource.name } }
      td(.data("label", say("resource.kind"))) { say.name(of: resource.kind, in: .organisation) }
      td(.data("label", say("resource.needs"))) {
        resource.needs.map { say.name(of: $0, in: .needArea) }.joined(separator: ", ")
      }
      td(.data("label", say("resource.phone"))) {
        resource.phone.map { number in a(.href(.telephone(number))) { number } }
          ?? .text(say("household.unknown"))
      }
      td(.data("label", say("resource.verified"))) {
        resource.verifiedOn.map(say.typed) ?? say("resource.unverified")
      }
    }
  }

  private func pager(isLast: Bool, _ say: Speech) -> HTML {
    if wish.page == 0, isLast { return .nothing }
    let name = say("caseload.page", ["page": String(wish.page + 1)])
    return nav(.class("pager"), .aria("label", name)) {
      if wish.page > 0 {
        a(.class("btn"), .href(wish.route(page: wish.page - 1).address)) { say("caseload.previous") }
      }
      span { name }
      if !isLast {
        a(.class("btn"), .href(wish.route(page: wish.page + 1).address)) { say("caseload.following") }
      }
    }
  }
}

/// One resource: what it helps with and how to reach it.
struct ResourcePage: Sendable {
  let resource: Resource
  let mayKeep: Bool

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(resource.name, width: .narrow) {
      frame.crumbs([(say("resources.title"), .resources), (resource.name, nil)])
      frame.pageHead(
        resource.name, eyebrow: say.name(of: resource.kind, in: .organisation),
        act: mayKeep
          ? a(.class("btn"), .href(Route.editResource(resource.id).address)) { say("resource.change") }
          : .nothing)
      if !resource.description.isEmpty { p(.class("lead")) { resource.description } }
      dl(.class("facts mt5")) {
        fact(say("resource.phone"), resource.phone.map { number in a(.href(.telephone(number))) { number } })
        fact(say("resource.contact"), resource.contactPerson.map(HTML.text))
        fact(
          say("resource.needs"),
          ul {
            for need in resource.needs {
              li {
                a(.href(Route.resources.with("need", need).address)) { say.name(of: need, in: .needArea) }
                span(.class("meta")) { " " + need }
              }
            }
          })
        fact(say("resource.place"), .text(say.name(of: resource.place, in: .resourcePlace)))
        fact(say("resource.formality"), .text(say.name(of: resource.formality, in: .resourceFormality)))
        fact(say("resource.verified"), .text(verified(frame)))
      }
    }
  }

  private func fact(_ name: String, _ value: HTML?) -> HTML? {
    guard let value else { return nil }
    return div {
      dt { name }
      dd { value }
    }
  }

  private func verified(_ frame: Frame) -> String {
    let say = frame.say
    guard let day = resource.verifiedOn else { return say("resource.unverified") }
    let isOld = day.adding(months: 12) < frame.today
    return say.typed(day) + (isOld ? " · " + say("resource.old") : "")
  }
}

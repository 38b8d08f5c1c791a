import CaseWork
import Foundation
import Gateway
import Hummingbird
import Markup
import Operations
import Repositories

/// The directory of social resources: what is offered, by need, field, area and text.
struct ResourcesPage: Sendable {
  let found: OfferPage
  let wish: Wish
  let mayKeep: Bool
  let maySeeGaps: Bool

  /// What was asked for, and the address that asks for it again.
  struct Wish: Hashable, Sendable {
    var offer = OfferWish()
    var isOpenNow = false
    var after: ID<Offer>?

    init(_ query: Parameters = .init()) {
      let value = { (name: Substring) in query.get(String(name)).flatMap { $0.isEmpty ? nil : $0 } }
      offer.text = Text.cleaned(value("q") ?? "", keepingLines: false)
      offer.kind = value("kind")
      offer.need = value("need")
      offer.place = value("place")
      offer.field = value("field")
      offer.area = value("area").map { Text.cleaned($0, keepingLines: false) }
      offer.hasFreePlaces = value("free") == "yes"
      isOpenNow = value("open") == "yes"
      after = value("after").flatMap { ID($0) }
    }

    /// With the hour at which "now" is.
    func at(_ now: Date) -> OfferWish {
      guard isOpenNow else { return offer }
      var wish = offer
      let day = Day(inKoreaAt: now)
      let minute = Int(now.timeIntervalSince(day.startInKorea)) / 60
      wish.openAt = OfferWish.OpenAt(weekday: day.weekday, minute: minute)
      return wish
    }

    func route(after: ID<Offer>? = nil) -> Route {
      Route.resources.with("q", offer.text).with("kind", offer.kind).with("need", offer.need)
        .with("place", offer.place).with("field", offer.field).with("area", offer.area)
        .with("free", offer.hasFreePlaces ? "yes" : nil).with("open", isOpenNow ? "yes" : nil)
        .with("after", after?.description)
    }

    var isEmpty: Bool { offer == OfferWish() && !isOpenNow }
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("resources.title")) {
      frame.pageHead(
        say("resources.title"), lead: say("resources.lead"),
        act: acts(say))
      filters(frame)
      if found.lines.isEmpty {
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

  private func acts(_ say: Speech) -> HTML {
    HTML.several(
      (maySeeGaps ? [a(.class("btn"), .href(Route.gaps.address)) { say("gaps.title") }] : [])
        + (mayKeep
          ? [
            a(.class("btn"), .href(Route.directoryFiles.address)) { say("directory.title") },
            a(.class("btn"), .href(Route.newResource.address)) { say("resources.add") },
          ] : []))
  }

  private func filters(_ frame: Frame) -> HTML {
    let say = frame.say
    func picker(_ name: String, _ words: String, _ list: CodeList.Name, _ chosen: String?) -> HTML {
      frame.picker(
        name, say(words),
        (say.lists[list]?.choosable(on: frame.today) ?? []).map { ($0.value, say($0.words)) },
        chosen: chosen, empty: say("resources.any"), full: false)
    }
    let offer = wish.offer
    return form(.class("filters"), .role("search"), .action(Route.resources.address)) {
      div(.class("row")) {
        div(.class("field grow")) {
          label(.for("q")) { say("resources.find") }
          input(
            .class("input full"), .id("q"), .name("q"), .type("search"), .value(offer.text),
            .autocomplete("off"))
        }
        picker("need", "resource.needs", .needArea, offer.need)
        picker("kind", "resource.kind", .organisation, offer.kind)
        button(.class("btn primary")) { say("finder.act") }
      }
      details(.class("fold mt3"), .open(hasMoreChosen)) {
        summary { say("resources.filters") }
        div(.class("row mt3")) {
          picker("field", "resources.field", .resourceField, offer.field)
          picker("place", "resource.place", .resourcePlace, offer.place)
          div(.class("field")) {
            label(.for("area")) { say("offer.areas") }
            input(
              .class("input w8"), .id("area"), .name("area"), .value(offer.area ?? ""), .autocomplete("off"))
          }
          frame.tick("free", "yes", say("resources.free"), isOn: offer.hasFreePlaces)
          frame.tick("open", "yes", say("resources.open"), isOn: wish.isOpenNow)
        }
      }
    }
  }

  private var hasMoreChosen: Bool {
    wish.offer.field != nil || wish.offer.place != nil || wish.offer.area != nil || wish.offer.hasFreePlaces
      || wish.isOpenNow
  }

  private func results(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "found")) {
      h2(.id("found")) { say("resources.shown") }
      table(.class("table cards")) {
        caption(.class("sr")) { say("resources.shown") }
        thead {
          tr {
            th(.scope("col")) { say("offer.name") }
            th(.scope("col")) { say("resource.kind") }
            th(.scope("col")) { say("resource.needs") }
            th(.scope("col")) { say("offer.free-places") }
            th(.scope("col")) { say("resource.phone") }
            th(.scope("col")) { say("resource.verified") }
          }
        }
        tbody { found.lines.map { row($0, frame) } }
      }
      pager(say)
    }
  }

  private func row(_ line: OfferLine, _ frame: Frame) -> HTML {
    let say = frame.say
    return tr(.data("row", "")) {
      th(.scope("row")) {
        a(.href(Route.resource(line.resource).at("offer-\(line.id)").address)) { line.resourceName }
        if line.name != line.resourceName { span(.class("meta")) { " " + line.name } }
        if line.status != .active {
          span(.class("tag")) { say.name(of: line.status.code, in: .offerStatus) }
        }
      }
      td(.data("label", say("resource.kind"))) { say.name(of: line.kind, in: .organisation) }
      td(.data("label", say("resource.needs"))) {
        line.needs.map { say.name(of: $0, in: .needArea) }.joined(separator: ", ")
      }
      td(.data("label", say("offer.free-places"))) { line.freePlaces.map(String.init) ?? "" }
      td(.data("label", say("resource.phone"))) {
        line.phone.map { number in a(.href(.telephone(number))) { number } }
          ?? .text(say("household.unknown"))
      }
      td(.data("label", say("resource.verified"))) {
        line.verifiedOn.map(say.typed) ?? say("resource.unverified")
      }
    }
  }

  private func pager(_ say: Speech) -> HTML {
    if wish.after == nil, found.isLast { return .nothing }
    return nav(.class("pager"), .aria("label", say("resources.shown"))) {
      if wish.after != nil {
        a(.class("btn"), .href(wish.route().address)) { say("resources.first") }
      }
      if !found.isLast, let last = found.lines.last {
        a(.class("btn"), .href(wish.route(after: last.id).address)) { say("resources.more") }
      }
    }
  }
}

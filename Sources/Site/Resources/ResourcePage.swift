import CaseWork
import Gateway
import Markup
import Operations
import Repositories

/// One resource: who they are, how to reach them, what they offer to whom, and what was changed.
struct ResourcePage: Sendable {
  let card: ResourceCard
  let mayKeep: Bool
  /// Whether this person receives referrals, also of agencies.
  let mayReceive: Bool
  /// Days after which an unchecked card counts as old.
  let staleAfter: Int

  private var resource: Resource { card.resource }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(resource.name) {
      frame.crumbs([(say("resources.title"), .resources), (resource.name, nil)])
      frame.pageHead(
        resource.name, eyebrow: resource.kind.isEmpty ? nil : say.name(of: resource.kind, in: .organisation),
        act: acts(frame))
      split {
        if !resource.description.isEmpty { p(.class("lead")) { resource.description } }
        offers(frame)
      } side: {
        facts(frame)
        locations(frame)
        changes(frame)
      }
    }
  }

  private func acts(_ frame: Frame) -> HTML {
    HTML.several(
      (mayKeep
        ? [
          frame.form(.verifyResource(resource.id), .class("inline")) {
            input(.type("hidden"), .name("version"), .value(String(resource.version)))
            button(.class("btn primary")) { frame.say("resource.verify") }
          },
          a(.class("btn"), .href(Route.editResource(resource.id).address)) { frame.say("resource.change") },
        ] : [])
        + (mayReceive
          ? [
            a(
              .class("btn"),
              .href(Route.agencyReferrals.with("resource", resource.id.description).address)
            ) { frame.say("arrival.title") }
          ] : []))
  }

  // MARK: who they are

  private func facts(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("panel"), .aria("labelledby", "reach")) {
      h2(.id("reach")) { say("resource.group.reach") }
      dl(.class("facts mt3")) {
        fact(say("resource.phone"), resource.phone.map { number in a(.href(.telephone(number))) { number } })
        fact(say("resource.contact"), resource.contactPerson.map(HTML.text))
        fact(say("resource.website"), resource.website.map(HTML.text))
        fact(say("resource.email"), resource.email.map(HTML.text))
        fact(say("resource.place"), .text(say.name(of: resource.place, in: .resourcePlace)))
        fact(say("resource.formality"), .text(say.name(of: resource.formality, in: .resourceFormality)))
        fact(say("resource.verified"), .text(verified(frame)))
        fact(say("resource.agreement"), agreement(frame).map(HTML.text))
        if resource.isPublic { fact(say("resource.public"), .text(say("resource.public.shown"))) }
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
    let name = resource.verifiedBy.flatMap { card.names[$0] }
    let said =
      name.map { say("resource.verified-by", ["day": say.typed(day), "name": $0]) } ?? say.typed(day)
    guard resource.isStale(after: staleAfter, on: frame.today) else { return said }
    return said + " · " + say("resource.stale", ["days": String(staleAfter)])
  }

  private func agreement(_ frame: Frame) -> String? {
    let say = frame.say
    guard let agreement = resource.agreement else { return nil }
    guard let until = agreement.until else {
      return say("resource.agreement.open", ["day": say.typed(agreement.from)])
    }
    let key = until < frame.today ? "resource.agreement.ended" : "resource.agreement.until"
    return say(key, ["day": say.typed(until)])
  }

  // MARK: what they offer

  private func offers(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "offers")) {
      div(.class("band-head")) {
        h2(.id("offers")) { say("resource.offers") }
        if mayKeep { a(.class("btn"), .href(Route.newOffer(of: resource.id).address)) { say("offer.add") } }
      }
      ul(.class("flat")) { card.offers.map { offer($0, frame) } }
      if card.hasMore { p(.class("hint")) { say("resource.more") } }
      p(.class("hint")) { say("offer.refer") }
    }
  }

  private func offer(_ offer: Offer, _ frame: Frame) -> HTML {
    let say = frame.say
    return li(.class("match"), .id("offer-\(offer.id)")) {
      div {
        h3 { offer.name }
        p(.class("tags")) {
          for need in offer.needs {
            a(.class("tag"), .href(Route.resources.with("need", need).address)) {
              say.name(of: need, in: .needArea)
            }
          }
          if offer.status != .active {
            span(.class("tag")) { say.name(of: offer.status.code, in: .offerStatus) }
          }
        }
        if !offer.description.isEmpty, offer.description != resource.description {
          p(.class("mt3")) { offer.description }
        }
        dl(.class("facts mt3")) {
          fact(say("offer.whom"), .text(OfferWords(say).whom(offer)))
          fact(say("offer.areas"), list(offer.areas))
          fact(say("offer.cost"), OfferWords(say).cost(offer).map(HTML.text))
          fact(say("offer.free-places"), OfferWords(say).places(offer).map(HTML.text))
          fact(say("offer.waiting"), OfferWords(say).waiting(offer).map(HTML.text))
          fact(say("offer.hours"), list(offer.hours.lines))
          fact(say("offer.application"), offer.application.map(HTML.text))
          fact(say("offer.documents"), list(offer.documents))
          fact(say("offer.languages"), list(offer.languages))
          fact(say("offer.phone"), offer.phone.map { number in a(.href(.telephone(number))) { number } })
        }
      }
      if mayKeep {
        p {
          a(.class("btn"), .href(Route.editOffer(offer.id, of: resource.id).address)) {
            say("offer.change")
            span(.class("sr")) { ": " + offer.name }
          }
        }
      }
    }
  }

  private func list(_ lines: [String]) -> HTML? {
    lines.isEmpty ? nil : .text(lines.joined(separator: ", "))
  }

  // MARK: where, and what was changed

  private func locations(_ frame: Frame) -> HTML {
    guard !card.locations.isEmpty else { return .nothing }
    return section(.aria("labelledby", "locations")) {
      h2(.id("locations")) { frame.say("resource.locations") }
      ul(.class("people mt2")) {
        for location in card.locations {
          li {
            if let name = location["name"] { b { name } }
            for address in location[part: "addresses"] {
              span(.class("meta")) {
                ["state_province", "city", "region", "address_1", "address_2"].compactMap { address[$0] }
                  .joined(separator: " ")
              }
            }
            if let way = location["transportation"] { span(.class("meta")) { way } }
            for way in location[part: "accessibility"].compactMap({ $0["description"] }) {
              span(.class("meta")) { way }
            }
          }
        }
      }
    }
  }

  private func changes(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.aria("labelledby", "changes")) {
      h2(.id("changes")) { say("resource.changes") }
      if card.changes.isEmpty { p(.class("hint")) { say("resource.changes.none") } }
      ul(.class("people mt2")) { card.changes.map { change($0, frame) } }
    }
  }

  private func change(_ change: DirectoryChange, _ frame: Frame) -> HTML {
    let say = frame.say
    return li {
      b { ChangedField(change).words(say) }
      if change.before != nil || change.after != nil, change.field != "verified" {
        span(.class("meta")) {
          say(
            "resource.change.from",
            [
              "before": change.before ?? say("resource.change.empty"),
              "after": change.after ?? say("resource.change.empty"),
            ])
        }
      }
      span(.class("meta")) {
        [say.typed(Day(inKoreaAt: change.at)), card.names[change.by] ?? ""].filter { !$0.isEmpty }.joined(
          separator: ", ")
      }
    }
  }
}

/// The words for a field of the standard, where this program has some.
private struct ChangedField {
  let change: DirectoryChange

  init(_ change: DirectoryChange) {
    self.change = change
  }

  private static let keys = [
    "added": "resource.change.added", "verified": "resource.change.verified", "name": "resource.name",
    "alternate_name": "resource.alternate", "description": "resource.description", "email": "resource.email",
    "website": "resource.website", "phones": "resource.phone", "contacts": "resource.contact",
    "status": "offer.status", "minimum_age": "offer.minimum-age", "maximum_age": "offer.maximum-age",
    "eligibility_description": "offer.eligibility", "fees_description": "offer.cost-text",
    "application_process": "offer.application", "required_documents": "offer.documents",
    "languages": "offer.languages", "service_areas": "offer.areas", "capacities": "offer.free-places",
    "schedules": "offer.hours", "assured_date": "offer.verified", "attributes": "resource.change.codes",
  ]

  func words(_ say: Speech) -> String {
    Self.keys[change.field].map { say($0) } ?? change.field
  }
}

/// What an offer says of itself, in words.
struct OfferWords {
  let say: Speech

  init(_ say: Speech) {
    self.say = say
  }

  func whom(_ offer: Offer) -> String {
    let limits =
      [ages(offer), grades(offer.grades)].compactMap(\.self)
      + offer.categories.map { say.name(of: $0, in: .welfareCategory) }
      + [offer.gender].compactMap(\.self).map { say.name(of: $0, in: .sex) }
      + [offer.eligibility].compactMap(\.self)
    return limits.isEmpty ? say("offer.whom.anybody") : limits.joined(separator: ", ")
  }

  func ages(_ offer: Offer) -> String? {
    switch (offer.minimumAge, offer.maximumAge) {
    case (let from?, let to?): say("offer.ages", ["from": String(from), "to": String(to)])
    case (let from?, nil): say("offer.ages.from", ["from": String(from)])
    case (nil, let to?): say("offer.ages.to", ["to": String(to)])
    case (nil, nil): nil
    }
  }

  /// `초1–초3, 중1`: grades in a row are joined.
  func grades(_ grades: [Int]) -> String? {
    var runs: [ClosedRange<Int>] = []
    for grade in grades {
      if let last = runs.last, last.upperBound + 1 == grade {
        runs[runs.count - 1] = last.lowerBound...grade
      } else {
        runs.append(grade...grade)
      }
    }
    let name = { (grade: Int) in say.name(of: String(grade), in: .grade) }
    let words = runs.map {
      $0.count > 1 ? name($0.lowerBound) + "–" + name($0.upperBound) : name($0.lowerBound)
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  func cost(_ offer: Offer) -> String? {
    let words = [offer.cost.map { say.name(of: $0, in: .resourceCost) }, offer.costText].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  func places(_ offer: Offer) -> String? {
    guard let capacity = offer.capacity else { return nil }
    var words =
      capacity.free == 0
      ? say("offer.places.none")
      : capacity.of.map { say("offer.places.of", ["free": String(capacity.free), "most": String($0)]) }
        ?? say("offer.places.free", ["free": String(capacity.free)])
    if let day = capacity.on { words += " (" + say("offer.places.as-of", ["day": say.typed(day)]) + ")" }
    return words
  }

  func waiting(_ offer: Offer) -> String? {
    offer.waitingDays.map {
      $0 == 0 ? say("offer.waiting.none") : say("offer.waiting.days", ["days": String($0)])
    }
  }
}

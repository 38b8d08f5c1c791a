import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations

extension Site {
  func addMatches(to router: Router<PageContext>) {
    router.get(.matches) { request, context in
      let found = try await ReadMatches(office)(
        try context.id(of: CaseFile.self), for: request.uri.queryParameters.get("need"),
        by: try context.asker)
      let frame = frame(request, context)
      return frame.response(MatchesPage(found: found).page(frame))
    }
  }
}

/// What might serve a need of a student: the order has its reasons, and a person chooses.
struct MatchesPage: Sendable {
  let found: MatchPage
  var sent = FormBody()
  var problems: [Problem] = []

  private static let shown = 10

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let name = found.student.name
    return Page(say("matches.title", ["name": name]), problems: problems.count) {
      frame.problemSummary(
        problems, ["reason": say("unmet.reason"), "text": say("unmet.text"), "need": say("matches.needs")])
      frame.crumbs([(name, .caseFile(found.file.id)), (say("matches.crumb"), nil)])
      frame.pageHead(
        say("matches.title", ["name": name]),
        lead: say(
          found.fittingCount == 0 ? "matches.lead.none" : "matches.lead",
          ["need": need(found.need, say), "count": String(found.fittingCount)]))
      needs(frame)
      people(frame)
      list(found.fitting.prefix(Self.shown), frame)
      more(found.fitting.dropFirst(Self.shown), "matches.more", frame)
      more(found.others[...], "matches.others", frame)
      if found.isCut { p(.class("hint")) { say("matches.cut") } }
      unmet(frame)
      if found.mayLink { none(frame) }
    }
  }

  /// What was looked for before and not found.
  private func unmet(_ frame: Frame) -> HTML {
    let say = frame.say
    guard !found.unmet.isEmpty else { return .nothing }
    return section(.class("band"), .aria("labelledby", "unmet")) {
      h2(.id("unmet")) { say("unmet.open") }
      ul(.class("people mt2")) {
        for line in found.unmet {
          li {
            b { need(line.unmet.need, say) }
            span(.class("meta")) {
              [say.name(of: line.unmet.reason, in: .unmetReason), say.typed(line.unmet.day)]
                .joined(separator: " · ")
            }
            if let words = line.words { p { words } }
            if found.mayLink {
              frame.form(.needMet(line.unmet.id, in: found.file.id)) {
                input(.type("hidden"), .name("version"), .value(String(line.unmet.version)))
                button(.class("btn")) {
                  say("unmet.met")
                  span(.class("sr")) { ": " + need(line.unmet.need, say) }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Nothing fits: that is noted, for what is missing is developed from it.
  private func none(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("note mt5"), .aria("labelledby", "none")) {
      h2(.id("none")) { say("unmet.title") }
      p { say("unmet.lead") }
      frame.form(.unmetNeed(in: found.file.id), .class("form mt3"), .novalidate()) {
        input(.type("hidden"), .name("need"), .value(found.need))
        frame.picker(
          "reason", say("unmet.reason"),
          (say.lists[.unmetReason]?.choosable(on: frame.today) ?? []).map { ($0.value, say($0.words)) },
          chosen: sent["reason"], empty: say("entry.choose"), problems)
        frame.entry(
          Entry("text", say("unmet.text"), sent["text"] ?? "").with {
            $0.hint = say("unmet.text.hint")
            $0.isOptional = true
          }, problems)
        div { button(.class("btn")) { say("unmet.act", ["need": need(found.need, say)]) } }
      }
    }
  }

  private func need(_ code: String, _ say: Speech) -> String { say.name(of: code, in: .needArea) }

  private func needs(_ frame: Frame) -> HTML {
    let say = frame.say
    return nav(.class("tags mt3"), .aria("label", say("matches.needs"))) {
      for code in found.needs {
        a(
          .class("tag"), .href(Route.matches(of: found.file.id).with("need", code).address),
          .aria("current", code == found.need ? "page" : nil)
        ) { need(code, say) }
      }
    }
  }

  /// Who is close by and can help, before anything of the directory.
  private func people(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "near")) {
      h2(.id("near")) { say("matches.people") }
      if found.people.isEmpty {
        p(.class("hint")) { say("matches.people.none", ["need": need(found.need, say)]) }
      }
      ul(.class("flat")) {
        for match in found.people {
          li(.class("match")) {
            div {
              h3 { match.person.told.name }
              p(.class("meta")) {
                [say.name(of: match.person.told.kind, in: .informalKind), match.person.told.relation]
                  .compactMap(\.self).joined(separator: " · ")
              }
              ul(.class("reasons")) { match.reasons.map { reason($0, say) } }
            }
          }
        }
      }
      p {
        a(.class("link-act"), .href(Route.informal(of: found.file.id).address)) { say("matches.people.all") }
      }
    }
  }

  private func list(_ matches: ArraySlice<ResourceMatch>, _ frame: Frame) -> HTML {
    matches.isEmpty ? .nothing : ul(.class("flat mt5")) { matches.map { match($0, frame) } }
  }

  private func more(_ matches: ArraySlice<ResourceMatch>, _ key: String, _ frame: Frame) -> HTML {
    guard !matches.isEmpty else { return .nothing }
    return details(.class("fold mt5")) {
      summary { frame.say(key, ["count": String(matches.count)]) }
      list(matches, frame)
    }
  }

  private func match(_ match: ResourceMatch, _ frame: Frame) -> HTML {
    let say = frame.say
    let offer = match.candidate.fit
    return li(.class("match")) {
      div {
        h2 {
          a(.href(Route.resource(offer.resource).at("offer-\(offer.offer)").address)) { offer.resourceName }
        }
        p(.class("meta")) {
          [
            offer.name, offer.kind.isEmpty ? nil : say.name(of: offer.kind, in: .organisation),
            say.name(of: offer.formality, in: .resourceFormality),
          ].compactMap(\.self).joined(separator: " · ")
        }
        ul(.class("reasons")) { match.reasons.map { reason($0, say) } }
      }
      if found.mayLink {
        p {
          a(
            .class(match.isEligible ? "btn primary" : "btn"),
            .href(
              Route.newLinkage(in: found.file.id).with("resource", offer.resource.description)
                .with("need", found.need).address)
          ) {
            say("matches.link")
            span(.class("sr")) { ": " + offer.resourceName }
          }
        }
      }
    }
  }

  private func reason(_ reason: ResourceMatch.Reason, _ say: Speech) -> HTML {
    let fits = reason.weight == .fits
    let key =
      switch reason.weight {
      case .fits: "matches.fits"
      case .heed: "matches.heed"
      case .against: "matches.against"
      }
    return li(.class(fits ? "yes" : "no")) {
      (fits ? Icon.check : Icon.warn).html
      span {
        span(.class("sr")) { say(key) + ": " }
        MatchWords(say).words(reason)
      }
    }
  }
}

/// A reason in words.
struct MatchWords {
  let say: Speech

  init(_ say: Speech) {
    self.say = say
  }

  func words(_ reason: ResourceMatch.Reason) -> String {
    if reason.code == "ages" { return ages(reason) }
    return say("match.\(reason.code)", reason.values.mapValues(text))
  }

  private func ages(_ reason: ResourceMatch.Reason) -> String {
    switch (reason.values["from"], reason.values["to"]) {
    case (let from?, let to?): say("offer.ages", ["from": text(from), "to": text(to)])
    case (let from?, nil): say("offer.ages.from", ["from": text(from)])
    case (nil, let to): say("offer.ages.to", ["to": to.map(text) ?? ""])
    }
  }

  private func text(_ value: ResourceMatch.Value) -> String {
    switch value {
    case .number(let number): say.grouped(number)
    case .text(let text): say.lists[.language]?[text].map { say($0.words) } ?? text
    case .day(let day): say.typed(day)
    case .grades(let grades): OfferWords(say).grades(grades) ?? ""
    case .codes(let codes, let list): codes.map { say.name(of: $0, in: list) }.joined(separator: ", ")
    }
  }
}

extension CodeList.Name {
  static let language = CodeList.Name(rawValue: "language")
}

import CaseWork
import Foundation
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

/// What part of the timeline was asked for, and the address that asks for it again.
struct TimelineWish: Hashable, Sendable {
  /// What is shown: all, a group of kinds, the student's words, steps or consents.
  enum Show: String, CaseIterable, Sendable {
    case all, contact, monitoring, assessment, conference, ending, words, steps, consents

    /// The kinds of record of a group.
    var kinds: Set<CaseRecord.Kind> {
      switch self {
      case .contact: [.contact, .emergency, .recommendation]
      case .monitoring: [.monitoring]
      case .assessment: [.intake, .assessment, .reassessment, .score]
      case .conference: [.conference, .plan]
      case .ending: [.evaluation, .closure, .followUp, .transfer]
      case .all, .words, .steps, .consents: []
      }
    }

    var filter: Timeline.Filter {
      switch self {
      case .all: .all
      case .words: .words
      case .steps: .steps
      case .consents: .consents
      case .contact, .monitoring, .assessment, .conference, .ending: .records(kinds)
      }
    }
  }

  var show = Show.all
  var author: ID<Staff>?
  var before: TimelineCursor?

  init(_ query: Parameters) {
    show = query.get("show").flatMap { Show(rawValue: $0) } ?? .all
    author = query.get("by").flatMap { ID($0) }
    before = query.get("before").flatMap { TimelineCursor($0) }
  }

  init() {}

  func route(in file: ID<CaseFile>) -> Route {
    Route.caseFile(file).with("show", show == .all ? nil : show.rawValue).with("by", author?.description)
      .with("before", before?.text).at("timeline")
  }

  /// The same with another choice, from the newest on.
  func with(in file: ID<CaseFile>, _ change: (inout TimelineWish) -> Void) -> Route {
    var copy = self
    copy.before = nil
    change(&copy)
    return copy.route(in: file)
  }
}

extension CaseView {
  func timeline(_ frame: Frame) -> HTML {
    let say = frame.say
    let entries = page.timeline.entries
    return section(.class("band"), .id("timeline"), .aria("labelledby", "tl")) {
      h2(.id("tl")) { say("case.timeline") }
      choices(frame)
      if entries.isEmpty { p(.class("meta mt4")) { say("case.timeline.none") } }
      for month in months(entries) {
        h3(.class("month")) { say("case.month", ["year": String(month.year), "month": String(month.month)]) }
        ol(.class("ledger")) { month.entries.map { entry($0, say) } }
      }
      pager(say)
    }
  }

  private struct Month {
    let year: Int
    let month: Int
    var entries: [Timeline.Entry]
  }

  private func months(_ entries: [Timeline.Entry]) -> [Month] {
    entries.reduce(into: []) { months, entry in
      if let last = months.last, last.year == entry.day.year, last.month == entry.day.month {
        months[months.count - 1].entries.append(entry)
      } else {
        months.append(Month(year: entry.day.year, month: entry.day.month, entries: [entry]))
      }
    }
  }

  private func choices(_ frame: Frame) -> HTML {
    let say = frame.say
    let shown = TimelineWish.Show.allCases.filter { show in
      let count = show.kinds.reduce(0) { $0 + (page.counts[$1] ?? 0) }
      switch show {
      case .all, .steps: return true
      case .words: return !page.words.isEmpty
      case .consents: return !page.consents.isEmpty
      case .contact, .monitoring, .assessment, .conference, .ending: return count > 0
      }
    }
    return HTML.several([
      nav(.class("mt3"), .aria("label", say("case.timeline.choose"))) {
        ul(.class("pills")) {
          for show in shown {
            li {
              a(
                .class("pill"), .href(wish.with(in: page.file.id) { $0.show = show }.address),
                .current("true", if: wish.show == show)
              ) {
                say("case.show.\(show.rawValue)")
                if let count = count(of: show) { span(.class("count")) { String(count) } }
              }
            }
          }
        }
      },
      page.authors.count > 1 ? authors(say) : .nothing,
    ])
  }

  private func count(of show: TimelineWish.Show) -> Int? {
    show.kinds.isEmpty ? nil : show.kinds.reduce(0) { $0 + (page.counts[$1] ?? 0) }
  }

  private func authors(_ say: Speech) -> HTML {
    nav(.class("mt2"), .aria("label", say("case.timeline.who"))) {
      ul(.class("pills")) {
        li {
          a(
            .class("pill"), .href(wish.with(in: page.file.id) { $0.author = nil }.address),
            .current("true", if: wish.author == nil)
          ) { say("case.timeline.everybody") }
        }
        for author in page.authors {
          li {
            a(
              .class("pill"), .href(wish.with(in: page.file.id) { $0.author = author.id }.address),
              .current("true", if: wish.author == author.id)
            ) { author.name }
          }
        }
      }
    }
  }

  private func pager(_ say: Speech) -> HTML {
    var older = wish
    older.before = page.timeline.next
    if page.timeline.next == nil && wish.before == nil { return .nothing }
    return div(.class("btn-row mt4")) {
      if page.timeline.next != nil {
        a(.class("btn"), .href(older.route(in: page.file.id).address)) { say("case.timeline.older") }
      }
      if wish.before != nil {
        a(.class("btn quiet"), .href(wish.with(in: page.file.id) { _ in }.address)) {
          say("case.timeline.newest")
        }
      }
    }
  }

  private func entry(_ entry: Timeline.Entry, _ say: Speech) -> HTML {
    li(.class("entry")) {
      p(.class("when")) {
        b { say.short(entry.day, from: page.day) }
        if let clock = clock(of: entry, say) {
          br()
          clock
        }
      }
      div(.class("what")) {
        switch entry.what {
        case .record(let card): record(card, by: entry.by, say)
        case .step(let step, let words): self.step(step, words, by: entry.by, say)
        case .consent(let consent): answer(consent, by: entry.by, say)
        }
      }
    }
  }

  /// When on the day, and how long, where a record says it.
  private func clock(of entry: Timeline.Entry, _ say: Speech) -> String? {
    guard case .record(let card) = entry.what, let answers = card.answers else { return nil }
    let minutes = answers.number("minutes").map { String($0) + say("unit.minutes") }
    return [answers["time"], minutes].compactMap { $0 }.joined(separator: " · ").nonEmpty
  }

  private func record(_ card: Timeline.RecordCard, by name: String, _ say: Speech) -> HTML {
    let gist = RecordGist(card: card, say: say)
    return HTML.several([
      h4 {
        Icon(card.kind).html
        card.answers == nil
          ? .text(gist.title)
          : a(.href(Route.record(card.id, in: page.file.id).address)) { gist.title }
      },
      p(.class("who")) {
        span { name }
        gist.tags.map { text in span(.class("tag")) { text } }
        if card.answers != nil, card.kind.isApprovedByOthers {
          card.isApproved
            ? span(.class("tag done")) { say("case.record.approved") }
            : span(.class("tag heed")) { say(card.isHandedIn ? "case.record.waiting" : "case.record.draft") }
        } else if card.answers != nil, !card.isApproved, card.kind.isFinished {
          span(.class("tag heed")) { say("case.record.draft") }
        }
      },
      gist.body.map { text in p(.class("body")) { text } } ?? .nothing,
      HTML.several(
        (card.answers?.studentWords ?? []).prefix(2).map { words in p(.class("said")) { q { words } } }),
    ])
  }

  private func step(_ step: Transition, _ words: String?, by name: String, _ say: Speech) -> HTML {
    let cause = step.from == nil || step.from == step.to ? nil : self.cause(of: step)
    return HTML.several([
      h4 {
        Icon.step.html
        title(of: step, say)
      },
      p(.class("who")) {
        span { name }
        if let cause {
          a(.href(Route.record(cause.id, in: page.file.id).address)) {
            say(
              "case.step.cause", ["kind": say("kind.\(cause.kind.rawValue)"), "series": String(cause.series)])
          }
        }
      },
      words.map { text in p(.class("why")) { text } } ?? .nothing,
    ])
  }

  private func title(of step: Transition, _ say: Speech) -> String {
    let stage = say("stage.\(step.to.rawValue)")
    if step.from == nil { return say("case.step.opened") }
    if step.from != step.to { return say("case.step", ["stage": stage]) }
    let key = "case.step.\(step.reason)"
    return say.has(key)
      ? say(key) : say("case.step.standing", ["standing": say("standing.\(step.standing.rawValue)")])
  }

  /// The record a step came from, where it stands in the same page of the timeline.
  private func cause(of step: Transition) -> Timeline.RecordCard? {
    let kinds: Set<CaseRecord.Kind> =
      switch step.to {
      case .intake: []
      case .assessment: [.intake, .emergency]
      case .planning: [.conference, .reassessment]
      case .service: [.plan, .reassessment]
      case .monitoring: [.monitoring]
      case .reassessment: [.monitoring]
      case .evaluation: [.monitoring, .reassessment]
      case .followUp: [.closure]
      }
    return page.timeline.entries.lazy.compactMap { entry -> Timeline.RecordCard? in
      guard case .record(let card) = entry.what, card.answers != nil, kinds.contains(card.kind),
        entry.day <= step.at
      else { return nil }
      return card
    }.first
  }

  private func answer(_ consent: Consent, by name: String, _ say: Speech) -> HTML {
    let recipient = consent.recipient.flatMap { page.resources[$0] }
    return HTML.several([
      h4 {
        Icon.hand.html
        a(.href(Route.consent(page.file.id).address)) {
          say(
            "case.consent",
            [
              "purpose": [say("purpose.\(consent.purpose.rawValue)"), recipient].compactMap { $0 }.joined(
                separator: " "),
              "party": say("party.\(consent.party.rawValue)"),
              "answer": say("answer.\(consent.answer.rawValue)"),
            ])
        }
      },
      p(.class("who")) {
        span { name }
        if consent.answer == .yes {
          span { say("case.until", ["day": say.short(consent.until, from: page.day)]) }
        }
      },
    ])
  }
}

extension CaseRecord.Kind {
  /// Somebody else approves it.
  fileprivate var isApprovedByOthers: Bool { self == .plan }
  /// Its author finishes it some day; until then it is a draft that others can read.
  fileprivate var isFinished: Bool {
    switch self {
    case .intake, .assessment, .reassessment, .conference, .evaluation, .closure, .emergencySupport,
      .accessRequest:
      true
    case .score, .plan, .contact, .monitoring, .followUp, .transfer, .recommendation, .emergency: false
    }
  }
}

extension Icon {
  fileprivate init(_ kind: CaseRecord.Kind) {
    self =
      switch kind {
      case .contact: .talk
      case .monitoring, .followUp: .look
      case .intake, .assessment, .reassessment: .page
      case .score: .bars
      case .conference: .group
      case .plan: .flag
      case .evaluation, .closure: .page
      case .transfer: .step
      case .recommendation: .hand
      case .emergency, .emergencySupport: .warn
      case .accessRequest: .page
      }
  }
}

/// A record in a breath: its title, what marks it, and the first thing it tells.
struct RecordGist: Sendable {
  let title: String
  let tags: [String]
  let body: String?

  init(card: Timeline.RecordCard, say: Speech) {
    let kind = say("kind.\(card.kind.rawValue)")
    let answers = card.answers ?? Answers()
    func name(_ path: String, _ list: String) -> String? {
      answers[path].map { say.name(of: $0, in: CodeList.Name(rawValue: list)) }
    }
    switch card.kind {
    case .contact:
      title = [name("service", "service") ?? kind, name("method", "method")].compactMap { $0 }.joined(
        separator: " · ")
    case .score:
      title =
        [
          name("instrument", "instrument") ?? kind,
          answers["total"].map { say("case.points", ["points": $0]) },
        ]
        .compactMap { $0 }.joined(separator: " ")
    case .plan: title = say("case.edition", ["kind": kind, "series": String(card.series)])
    case .intake, .closure: title = kind
    case .assessment, .reassessment, .conference, .monitoring, .evaluation, .followUp, .transfer,
      .recommendation,
      .emergency, .emergencySupport, .accessRequest:
      title = say("case.round", ["kind": kind, "series": String(card.series)])
    }
    tags = RecordGist.tags(card.kind, answers, say)
    body =
      [
        "facts", "changes", "discussion", "decision-reason", "effects", "summary", "reason", "note",
        "opinion",
      ]
      .lazy.compactMap { answers[$0] }.first
  }

  private static func tags(_ kind: CaseRecord.Kind, _ answers: Answers, _ say: Speech) -> [String] {
    var tags: [String] = []
    let goals = answers[all: "goals"]
    if !goals.isEmpty, kind == .contact {
      tags.append(say("case.goals.of", ["goals": goals.joined(separator: "·")]))
    }
    if let amount = answers.number("amount"), amount > 0 {
      tags.append(say.grouped(amount) + say("unit.won"))
    }
    let ratings = answers.rows("ratings").compactMap { row in
      row.number("goal").flatMap { goal in row.number("rating").map { "\(goal): \(CaseView.signed($0))" } }
    }
    if !ratings.isEmpty { tags.append(say("case.goals.rated", ["ratings": ratings.joined(separator: ", ")])) }
    if kind == .score { tags.append(say("case.screening")) }
    if kind == .conference, let decision = answers["decision"] {
      tags.append(say.name(of: decision, in: CodeList.Name(rawValue: "conference-decision")))
    }
    if let level = answers.number("level"), (1...4).contains(level) { tags.append(say("level.\(level)")) }
    return tags
  }
}

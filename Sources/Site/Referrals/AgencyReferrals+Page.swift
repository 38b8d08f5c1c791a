import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addAgencyReferrals(to router: Router<PageContext>) {
    router.get(.agencyReferrals) { request, context in
      var page = try await agencyReferrals(context)
      page.agency = request.uri.queryParameters.get("resource").flatMap { ID<Resource>($0) }
      let frame = frame(request, context)
      return frame.response(page.page(frame))
    }
    router.post(.agencyReferrals) { request, context in
      let form = context.form
      do {
        let asked = try await AskAgency(office)(
          form["agency"].flatMap { ID<Resource>($0) }, to: form["school"].flatMap { ID<School>($0) },
          by: try context.asker)
        let frame = frame(context)
        return frame.response(
          AskedAgencyPage(asked: asked, address: agencyAddress(asked.key.token, request, context)).page(frame)
        )
      } catch Refusal.invalid(let problems) {
        var page = try await agencyReferrals(context)
        page.problems = problems
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
    router.get(.agencyReferral) { request, context in
      let asker = try context.asker
      let page = try await ReadAgencyReferrals(office)(try context.id(of: AgencyReferral.self), for: asker)
      let query = request.uri.queryParameters.get("q") ?? ""
      let isAsked = !query.isEmpty && page.line.referral.state == .sent
      let found =
        isAsked ? try await FindStudents(office)(query, in: page.line.referral.school, by: asker) : nil
      let frame = frame(request, context)
      return frame.response(
        AgencyReferralView(
          page: page, form: office.practice.forms["agency-referral"], query: query, found: found
        ).page(frame))
    }
    router.post(.takeAgencyReferral) { _, context in
      let asker = try context.asker
      guard let student = context.form["student"].flatMap({ ID<Student>($0) }) else { throw Refusal.notFound }
      let referral = try await TakeAgencyReferral(office)(
        try context.id(of: AgencyReferral.self), from: context.form.version(), for: student,
        by: asker)
      return .to(.inboxReferral(referral).done("agency-taken"))
    }
    router.post(.declineAgencyReferral) { _, context in
      try await DeclineAgencyReferral(office)(
        try context.id(of: AgencyReferral.self), from: context.form.version(), by: try context.asker)
      return .to(.agencyReferrals.done("agency-declined"))
    }
    router.post(.revokeAgencyReferral) { _, context in
      try await RevokeAgencyReferral(office)(
        try context.id(of: AgencyReferral.self), by: try context.asker)
      return .to(.agencyReferrals.done("linkage-revoked"))
    }
  }

  private func agencyReferrals(_ context: PageContext) async throws -> AgencyReferralsPage {
    let asker = try context.asker
    guard office.mayReceive(asker.staff) else { throw Refusal.notFound }
    let receiving = asker.staff.schools.filter {
      office.practice.permissions.allow(.receiveReferral, as: asker.staff.roles(in: $0), at: nil)
    }
    return AgencyReferralsPage(
      lines: try await ReadAgencyReferrals(office)(for: asker),
      resources: try await ReadResource(office).names(by: asker),
      schools: try await ReadSchools(office)(of: asker.staff).filter { receiving.contains($0.id) })
  }
}

/// The ways in that agencies have, what has come by them, and the form for another.
struct AgencyReferralsPage: Sendable {
  let lines: [AgencyReferralLine]
  let resources: [ResourceName]
  /// Whose referrals one may receive.
  let schools: [School]
  var agency: ID<Resource>?
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let view = AgencyReferralLines(lines: lines.filter { $0.referral.state == .sent })
    return Page(say("arrival.title"), place: .inbox, width: .narrow, problems: problems.count) {
      frame.crumbs([(say("inbox.title"), .inbox), (say("arrival.title"), nil)])
      frame.problemSummary(problems, ["agency": say("arrival.agency")])
      frame.pageHead(say("arrival.title"), lead: say("arrival.lead"))
      view.waiting(frame)
      section(.class("band"), .aria("labelledby", "ask")) {
        h2(.id("ask")) { say("arrival.ask") }
        p(.class("meta mt2")) { say("arrival.ask.text") }
        frame.form(.agencyReferrals, .class("form mt3"), .novalidate()) {
          frame.picker(
            "agency", say("arrival.agency"), resources.map { ($0.id.description, $0.name) },
            chosen: agency?.description, empty: say("form.choose"), hint: say("arrival.agency.hint"), problems
          )
          if schools.count > 1 {
            frame.picker(
              "school", say("arrival.school"), schools.map { ($0.id.description, $0.name) },
              chosen: schools.first?.id.description)
          }
          div { button(.class("btn primary"), .data("busy", say("form.busy"))) { say("arrival.ask.act") } }
        }
      }
      others(frame)
    }
  }

  private func others(_ frame: Frame) -> HTML {
    let say = frame.say
    let others = lines.filter { $0.referral.state != .sent }
    if others.isEmpty { return .nothing }
    return section(.class("band"), .aria("labelledby", "others")) {
      h2(.id("others")) { say("arrival.others") }
      ul(.class("people")) {
        for line in others {
          li(.data("row", "")) {
            a(.href(Route.agencyReferral(line.referral.id).address)) { b { line.agency } }
            span(.class(line.referral.state == .asked ? "tag act" : "tag done")) {
              say("arrival.state.\(line.referral.state.rawValue)")
            }
            span(.class("meta")) {
              say("arrival.made", ["name": line.by, "when": say.moment(line.referral.madeAt)])
            }
          }
        }
      }
    }
  }
}

/// Referrals of agencies in a list.
struct AgencyReferralLines: Sendable {
  let lines: [AgencyReferralLine]

  /// Those whose students are to be found; nothing where there are none.
  func waiting(_ frame: Frame) -> HTML {
    let say = frame.say
    if lines.isEmpty { return .nothing }
    return section(.class("band"), .aria("labelledby", "arrived")) {
      h2(.class("ledger-head"), .id("arrived")) { say("arrival.waiting") }
      ul(.class("people")) {
        for line in lines {
          li(.data("row", "")) {
            a(.href(Route.agencyReferral(line.referral.id).address)) { b { line.agency } }
            if line.referral.isUrgent { span(.class("tag danger")) { say("inbox.urgent") } }
            span(.class("meta")) {
              [
                line.referral.sentAt.map { say("arrival.sent-at", ["when": say.moment($0)]) },
                line.referral.receipt.map { say("arrival.receipt", ["number": $0]) },
              ].compactMap { $0 }.joined(separator: ", ")
            }
          }
        }
      }
    }
  }
}

/// The address and the code for an agency that will refer: shown once.
struct AskedAgencyPage: Sendable {
  let asked: AskedAgency
  let address: String

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("linkage.sent.title"), place: .inbox, width: .narrow) {
      frame.crumbs([(say("arrival.title"), .agencyReferrals), (say("linkage.sent.title"), nil)])
      frame.pageHead(
        say("linkage.sent.title"), lead: say("linkage.sent.lead", ["recipient": asked.agency.name]))
      AgencyKeyView(
        key: asked.key, address: address, agency: asked.agency.name, phone: asked.agency.phone,
        text: say(
          "arrival.message",
          ["school": asked.school, "name": frame.visitor?.staff.name ?? "", "address": address])
      ).html(frame)
      p(.class("mt4")) {
        a(.class("btn primary"), .href(Route.agencyReferrals.address)) { say("arrival.done") }
      }
    }
  }
}

/// What an agency wrote, and the two things to do: find the student, or not take it up.
struct AgencyReferralView: Sendable {
  let page: AgencyReferralPage
  let form: Form?
  let query: String
  let found: StudentHits?

  private var referral: AgencyReferral { page.line.referral }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let title = say("arrival.one", ["name": page.line.agency])
    return Page(title, place: .inbox) {
      frame.crumbs([
        (say("inbox.title"), .inbox), (say("arrival.title"), .agencyReferrals), (page.line.agency, nil),
      ])
      frame.pageHead(title, lead: lead(say), eyebrow: page.line.school)
      p(.class("tags mt2")) {
        span(.class(referral.state == .sent ? "tag act" : "tag done")) {
          say("arrival.state.\(referral.state.rawValue)")
        }
        if referral.isUrgent { span(.class("tag danger")) { say("inbox.urgent") } }
        if let receipt = referral.receipt {
          span(.class("meta")) { say("arrival.receipt", ["number": receipt]) }
        }
      }
      split("mt5") {
        content(frame)
      } side: {
        if referral.state == .sent {
          find(frame)
          decline(frame)
        }
        link(frame)
      }
    }
  }

  private func lead(_ say: Speech) -> String {
    referral.sentAt.map { say("arrival.sent-at", ["when": say.moment($0)]) }
      ?? say("arrival.made", ["name": page.line.by, "when": say.moment(referral.madeAt)])
  }

  private func content(_ frame: Frame) -> HTML {
    let say = frame.say
    switch referral.state {
    case .sent:
      guard let form, let answers = page.answers else { return .nothing }
      return RecordView(frame: frame, form: form, answers: answers).html
    case .asked: return p { say("arrival.asked.text") }
    case .declined: return p { say("arrival.declined.text") }
    case .taken:
      return p {
        a(.class("btn primary"), .href(Route.inboxReferral(referral.id.as(Referral.self)).address)) {
          say("arrival.to-referral")
        }
      }
    }
  }

  private func find(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("panel"), .aria("labelledby", "find")) {
      h2(.id("find")) { say("arrival.find") }
      p(.class("meta mt2")) { say("arrival.find.text") }
      Markup.form(
        .class("form tight mt3"), .action(Route.agencyReferral(referral.id).address), .role("search")
      ) {
        frame.entry(
          Entry("q", say("arrival.find.label"), query.nonEmpty ?? page.answers?["student-name"] ?? "").with {
            $0.type = "search"
          })
        div { button(.class("btn")) { say("arrival.find.act") } }
      }
      if let found {
        if found.hits.isEmpty { p(.class("mt3")) { say("arrival.find.none", ["query": query]) } }
        ul(.class("people mt3")) {
          for hit in found.hits { li(.data("row", "")) { one(hit, frame) } }
        }
        if found.isCut { p(.class("meta mt3")) { say("refer.cut") } }
      }
    }
  }

  private func one(_ hit: StudentHit, _ frame: Frame) -> HTML {
    let say = frame.say
    return HTML.several([
      span {
        b { hit.student.name }
        " " + (hit.student.enrolment?.classLabel ?? "")
      },
      hit.student.birthDay.map { born in
        span(.class("meta")) { say("caseload.born", ["date": say.typed(born)]) }
      } ?? .nothing,
      frame.form(.takeAgencyReferral(referral.id)) {
        input(.type("hidden"), .name("version"), .value(String(referral.version)))
        input(.type("hidden"), .name("student"), .value(hit.student.id.description))
        button(.class("btn primary"), .data("busy", say("form.busy"))) {
          say("arrival.take")
          span(.class("sr")) { ": " + hit.student.name }
        }
      },
    ])
  }

  private func decline(_ frame: Frame) -> HTML {
    let say = frame.say
    return details(.class("fold mt4")) {
      summary { say("arrival.decline") }
      frame.form(.declineAgencyReferral(referral.id), .class("form tight")) {
        p(.class("hint")) { say("arrival.decline.text") }
        input(.type("hidden"), .name("version"), .value(String(referral.version)))
        div { button(.class("btn danger"), .data("busy", say("form.busy"))) { say("arrival.decline.act") } }
      }
    }
  }

  private func link(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("panel"), .aria("labelledby", "link")) {
      h2(.id("link")) { say("linkage.link") }
      p {
        say(
          "linkage.link.\(page.line.link.rawValue)",
          ["day": page.line.expiresAt.map { say.short(Day(inKoreaAt: $0), from: frame.today) } ?? ""])
      }
      if referral.state == .asked, page.line.link == .good {
        frame.form(.revokeAgencyReferral(referral.id), .class("mt3")) {
          button(.class("btn quiet")) { say("linkage.link.revoke") }
        }
      }
      AgencyOpenings(openings: page.openings).html(say)
    }
  }
}

/// Who looked at an address when, and what came of it.
struct AgencyOpenings: Sendable {
  let openings: [AgencyLink.Opening]

  func html(_ say: Speech) -> HTML {
    if openings.isEmpty { return .nothing }
    return ul(.class("mt3 flow-tight")) {
      for opening in openings.prefix(8) {
        li(.class("meta")) {
          say.moment(opening.at) + " " + say("linkage.opening.\(opening.outcome.rawValue)")
        }
      }
    }
  }
}

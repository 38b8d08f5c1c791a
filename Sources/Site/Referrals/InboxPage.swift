import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  func addInbox(to router: Router<PageContext>) {
    router.get(.inbox) { request, context in
      let asker = try context.asker
      guard office.mayReceive(asker.staff) else { throw Refusal.notFound }
      let referrals = try await ReferralInbox(office)(for: asker)
      let arrived = try await ReadAgencyReferrals(office).waiting(for: asker)
      let frame = frame(request, context)
      return frame.response(InboxPage(referrals: referrals, arrived: arrived).page(frame))
    }
    router.get(.inboxReferral) { request, context in
      let page = try await inboxReferral(context)
      let frame = frame(request, context)
      return frame.response(page.page(frame))
    }
    router.post(.receive) { _, context in
      let file = try await ReceiveReferral(office)(
        try context.id(of: Referral.self), by: try context.asker)
      return .to(.caseFile(file.id).done("received"))
    }
    router.post(.reply) { _, context in
      let id = try context.id(of: Referral.self)
      do {
        try await ReplyToReferral(office)(
          id, text: context.form["text"] ?? "", request: context.form["request"], by: try context.asker)
        return .to(.inboxReferral(id).done("replied"))
      } catch Refusal.invalid(let problems) {
        var page = try await inboxReferral(context)
        page.problems = problems
        page.typed = (context.form["text"] ?? "", context.form["request"] ?? "")
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
  }

  private func inboxReferral(_ context: PageContext) async throws -> InboxReferralPage {
    let referral = try await ReferralInbox(office)(try context.id(of: Referral.self), for: try context.asker)
    let form = referral.referral.agency == nil ? "referral" : "agency-referral"
    return InboxReferralPage(item: referral, form: office.practice.forms[form])
  }
}

extension Office {
  /// Whether this person takes referrals up in any school.
  func mayReceive(_ staff: Staff) -> Bool {
    staff.schools.contains { practice.permissions.allow(.receiveReferral, as: staff.roles(in: $0), at: nil) }
  }
}

/// What waits to be taken up, the urgent first, and what was taken up lately.
struct InboxPage: Sendable {
  let referrals: [InboxReferral]
  /// Of agencies, whose students are not found yet.
  let arrived: [AgencyReferralLine]

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let waiting = referrals.filter { $0.referral.status == .sent }
      .sorted {
        ($0.referral.isUrgent ? 0 : 1, $0.referral.at) < ($1.referral.isUrgent ? 0 : 1, $1.referral.at)
      }
    let taken = referrals.filter { $0.referral.status != .sent }.sorted { $0.referral.at > $1.referral.at }
    return Page(say("inbox.title"), place: .inbox) {
      frame.pageHead(
        say("inbox.title"), lead: say("inbox.lead", ["count": String(waiting.count)]),
        act: HTML.several([
          a(.class("btn"), .href(Route.refer.address)) { say("nav.refer") },
          a(.class("btn"), .href(Route.agencyReferrals.address)) { say("arrival.title") },
        ]))
      AgencyReferralLines(lines: arrived).waiting(frame)
      if waiting.isEmpty, arrived.isEmpty {
        frame.empty(say("inbox.none"), say("inbox.none.text"))
      } else if !waiting.isEmpty {
        list("inbox.waiting", waiting, frame)
      }
      if !taken.isEmpty { list("inbox.taken", taken, frame) }
    }
  }

  private func list(_ key: String, _ items: [InboxReferral], _ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", key)) {
      h2(.class("ledger-head"), .id(key)) {
        say(key) + " "
        span(.class("count")) { say("today.count", ["count": String(items.count)]) }
      }
      ol(.class("ledger")) { items.map { entry($0, frame) } }
    }
  }

  private func entry(_ item: InboxReferral, _ frame: Frame) -> HTML {
    let say = frame.say
    let referral = item.referral
    return li(.class(referral.isUrgent && referral.status == .sent ? "entry late" : "entry")) {
      p(.class("when")) {
        b { say.short(Day(inKoreaAt: referral.at), from: frame.today) }
        br()
        say.clock(referral.at)
      }
      div(.class("what")) {
        h3 {
          a(.href(Route.inboxReferral(referral.id).address)) { item.student.name }
          " " + (item.student.classLabel ?? "")
        }
        p(.class("who")) {
          if referral.isUrgent { span(.class("tag danger")) { say("inbox.urgent") } }
          span { say(referral.agency == nil ? "inbox.from" : "inbox.from.agency", ["name": item.sender]) }
          if referral.isJoint { span(.class("tag")) { say("linkage.joint") } }
          if referral.status != .sent {
            span(.class(referral.status.isOver ? "tag done" : "tag act")) {
              say("referral-status.\(referral.status.rawValue)")
            }
            item.handler.map { name in span { name } }
          }
        }
        p(.class("tags")) {
          for flag in referral.redFlags {
            span(.class("tag danger")) { say.name(of: flag, in: CodeList.Name(rawValue: "red-flag")) }
          }
          for need in referral.needs {
            span(.class("tag")) { say.name(of: need, in: CodeList.Name(rawValue: "need-area")) }
          }
        }
      }
      p(.class("do")) {
        a(.class("btn"), .href(Route.inboxReferral(referral.id).address)) {
          say("inbox.open")
          span(.class("sr")) { ": " + item.student.name }
        }
      }
    }
  }
}

/// One referral: what was written, whether a case is open, and the two things to do: take it up, or answer.
struct InboxReferralPage: Sendable {
  let item: InboxReferral
  let form: Form?
  var problems: [Problem] = []
  var typed = (text: "", request: "")

  private var referral: Referral { item.referral }
  private var isOfAgency: Bool { referral.agency != nil }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let title = [item.student.name, item.student.classLabel].compactMap { $0 }.joined(separator: " ")
    return Page(title, place: .inbox, problems: problems.count) {
      frame.crumbs([(say("inbox.title"), .inbox), (item.student.name, nil)])
      frame.errorSummary(problems.map { (text: say($0), place: $0.field) })
      frame.pageHead(
        title,
        lead: say(
          isOfAgency ? "inbox.sent.agency" : "inbox.sent",
          ["name": item.sender, "when": say.moment(referral.at)]))
      p(.class("tags mt2")) {
        span(.class(referral.status == .sent ? "tag act" : "tag done")) {
          say("referral-status.\(referral.status.rawValue)")
        }
        if referral.isUrgent { span(.class("tag danger")) { say("inbox.urgent") } }
        if referral.isJoint { span(.class("tag")) { say("linkage.joint") } }
        if referral.familyKnows == "dangerous" { span(.class("tag danger")) { say("inbox.dangerous") } }
      }
      split("mt5") {
        form.map { RecordView(frame: frame, form: $0, answers: referral.answers).html }
      } side: {
        act(frame)
        reply(frame)
      }
    }
  }

  private func act(_ frame: Frame) -> HTML {
    let say = frame.say
    if let file = referral.caseFile {
      return section(.class("panel"), .aria("labelledby", "go")) {
        h2(.id("go")) { say("inbox.case") }
        p(.class("mt3")) {
          a(.class("btn primary full"), .href(Route.caseFile(file).address)) { say("inbox.to-case") }
        }
      }
    }
    if let open = item.openCase {
      return section(.class("note heed"), .aria("labelledby", "go")) {
        h2(.id("go")) { say("inbox.open-case") }
        p { say("inbox.open-case.text") }
        div(.class("btn-row mt3")) {
          frame.form(.receive(referral.id)) {
            button(.class("btn primary"), .data("busy", say("form.busy"))) { say("inbox.join") }
          }
          a(.class("btn"), .href(Route.caseFile(open).address)) { say("inbox.to-case") }
        }
      }
    }
    return section(.class("panel"), .aria("labelledby", "go")) {
      h2(.id("go")) { say("inbox.receive") }
      p(.class("meta mt2")) { say(isOfAgency ? "inbox.receive.text.agency" : "inbox.receive.text") }
      frame.form(.receive(referral.id), .class("mt3")) {
        button(.class("btn primary full"), .data("busy", say("form.busy"))) { say("inbox.receive.act") }
      }
    }
  }

  private func reply(_ frame: Frame) -> HTML {
    let say = frame.say
    if isOfAgency {
      return section(.class("panel"), .aria("labelledby", "reply")) {
        h2(.id("reply")) { say("inbox.reply.agency") }
        p(.class("meta mt2")) { say("inbox.reply.agency.text") }
      }
    }
    return section(.class("panel"), .aria("labelledby", "reply")) {
      h2(.id("reply")) { say("inbox.reply", ["name": item.sender]) }
      p(.class("meta mt2")) { say("inbox.reply.text") }
      frame.form(.reply(referral.id), .class("form tight mt3"), .data("guard", "")) {
        area("text", say("inbox.reply.words"), typed.text, required: true, frame)
        area("request", say("inbox.reply.request"), typed.request, required: false, frame)
        div { button(.class("btn"), .data("busy", say("form.busy"))) { say("inbox.reply.act") } }
      }
    }
  }

  private func area(_ name: String, _ words: String, _ text: String, required: Bool, _ frame: Frame) -> HTML {
    let problem = problems.first { $0.field == name }
    return div(.class(problem == nil ? "field" : "field bad")) {
      label(.for(name)) {
        words
        if !required { span(.class("optional")) { " " + frame.say("form.optional") } }
      }
      if let problem { frame.errorLine(frame.say(problem), id: name + "-e") }
      textarea(
        .class("area short"), .id(name), .name(name), .maxlength(Form.longestText), .required(required),
        .aria("describedby", problem == nil ? nil : name + "-e"),
        .aria("invalid", problem == nil ? nil : "true")
      ) { text }
    }
  }
}

import CaseWork
import Gateway
import HTTPTypes
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  /// The agency's side: no account, an address and a code. Nothing of it is kept by a browser, found by a search engine or
  /// told to another site.
  func addAgency(to router: Router<PageContext>) {
    addAgencyRefer(to: router)
    router.get(.agencyLink) { request, context in
      try await answering(request, context) { frame, token, proof in
        switch try await AgencyDoor(office).open(token, proof: proof, from: context.address) {
        case .code(let left): frame.response(AgencyCodePage(token: token, left: left).page(frame))
        case .form(let form): frame.response(AgencyFormPage(token: token, form: form).page(frame))
        case .referral(let form): frame.response(try agencyRefer(token, form).page(frame))
        case .status(let status): frame.response(AgencyStatusPage(status: status).page(frame))
        }
      }
    }
    router.post(.agencyCode) { request, context in
      try await answering(request, context) { frame, token, _ in
        do {
          let proof = try await AgencyDoor(office).confirm(
            context.form["code"] ?? "", at: token, from: context.address)
          var response = Response.to(.agencyLink(token))
          response.setCookie(
            SessionCookie.cookie(.agency, proof.text, isSecure: context.isSecure))
          return response
        } catch Refusal.invalid(let problems) {
          let left = problems.first?.detail.flatMap { Int($0) } ?? 0
          guard left > 0 else { throw ClosedLink.locked }
          return frame.response(
            AgencyCodePage(token: token, left: left, problem: problems.first).page(frame),
            status: .unprocessableContent)
        }
      }
    }
    router.post(.agencyAnswer) { request, context in
      try await answering(request, context) { frame, token, proof in
        let answer = AgencyAnswer(context.form)
        do {
          let receipt = try await AnswerLink(office)(
            answer, at: token, proof: proof, from: context.address)
          let next = receipt.nextToken.map { agencyAddress($0, request, context) }
          return frame.response(AgencyReceiptPage(receipt: receipt, next: next).page(frame))
        } catch Refusal.invalid(let problems) {
          guard
            case .form(let form) = try await AgencyDoor(office).open(
              token, proof: proof, from: context.address)
          else { return .to(.agencyLink(token)) }
          let page = AgencyFormPage(token: token, form: form, typed: context.form, problems: problems)
          return frame.response(page.page(frame), status: .unprocessableContent)
        } catch Refusal.notAllowed {
          return frame.response(
            AgencyCodePage(token: token, left: nil, isLate: true).page(frame), status: .unprocessableContent)
        }
      }
    }
  }

  /// A student is referred.
  private func addAgencyRefer(to router: Router<PageContext>) {
    router.post(.agencyRefer) { request, context in
      try await answering(request, context) { frame, token, proof in
        guard let asked = office.practice.forms["agency-referral"] else { throw Refusal.notFound }
        let answers = FormIntent(context.form, form: asked).answers
        do {
          let status = try await SendAgencyReferral(office)(
            answers, at: token, proof: proof, from: context.address)
          return frame.response(AgencyStatusPage(status: status).page(frame))
        } catch Refusal.invalid(let problems) {
          guard
            case .referral(let form) = try await AgencyDoor(office).open(
              token, proof: proof, from: context.address)
          else { return .to(.agencyLink(token)) }
          var page = try agencyRefer(token, form)
          (page.answers, page.problems) = (answers, problems)
          return frame.response(page.page(frame), status: .unprocessableContent)
        } catch Refusal.notAllowed {
          return frame.response(
            AgencyCodePage(token: token, left: nil, isLate: true).page(frame), status: .unprocessableContent)
        }
      }
    }
  }

  private func agencyRefer(_ token: String, _ form: AgencyReferralForm) throws -> AgencyReferPage {
    guard let asked = office.practice.forms["agency-referral"] else { throw Refusal.notFound }
    return AgencyReferPage(token: token, form: form, asked: asked)
  }

  /// How large a form may be that is sent to an answer by somebody who has typed the code; `nil` for everybody else.
  func agencyUpload(_ request: Request, _ context: PageContext) async throws -> Int? {
    let parts = request.uri.path.split(separator: "/").map(String.init)
    guard parts.count == 3, parts[0] == "l", parts[2] == "answer" else { return nil }
    let proof = SessionCookie.value(.agency, of: request, isSecure: context.isSecure)
    // A little more than a file may have, so that one that is too large is named beside its field.
    return try await AgencyDoor(office).admitsFile(parts[1], proof: proof)
      ? AgencyFile.largest + (2 << 20) : nil
  }

  /// One short page where the address leads nowhere, and nothing else.
  private func answering(
    _ request: Request, _ context: PageContext,
    _ body: (Frame, String, String?) async throws -> Response
  ) async throws -> Response {
    let frame = frame(context)
    do {
      return try await body(
        frame, context.parameters.get("token") ?? "",
        SessionCookie.value(.agency, of: request, isSecure: context.isSecure))
    } catch let closed as ClosedLink {
      return frame.response(
        AgencyClosedPage(key: "agency.closed.\(closed.rawValue)").page(frame),
        status: closed == .unknown ? .notFound : .gone)
    } catch let wait as TooManyAttempts {
      var response = frame.response(
        AgencyClosedPage(key: "agency.wait", minutes: wait.minutes).page(frame), status: .tooManyRequests)
      response.headers[.retryAfter] = String(wait.retryAfter)
      return response
    }
  }
}

extension AgencyAnswer {
  fileprivate init(_ form: FormBody) {
    self.init(
      form["choice"].flatMap(Choice.init(rawValue:)), reason: form["reason"]?.nonEmpty,
      reply: LinkageContents.Reply(
        meeting: form["meeting"] ?? "", contact: form["contact"] ?? "", words: form["words"] ?? "",
        part: form["part"] ?? ""),
      waitUntil: form["wait-until"] ?? "",
      file: form.files["file"].map { SentFile(name: $0.name, bytes: $0.bytes) })
  }
}

/// Asks for the six digits.
struct AgencyCodePage: Sendable {
  let token: String
  /// How many wrong ones are left; said once one was wrong.
  let left: Int?
  var problem: Problem?
  /// The code was typed too long ago.
  var isLate = false

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("agency.title"), problems: problem == nil ? 0 : 1, masthead: false) {
      div(.class("door")) {
        div(.class("door-mark")) {
          Icon.mark
          h1(.class("mt3")) { say("agency.code.title") }
          p(.class("lead")) { say("agency.code.lead") }
        }
        if let problem { frame.errorSummary([(text: say(problem), place: "code")]) }
        if isLate { div(.class("note heed compact"), .role("alert")) { p { say("agency.code.expired") } } }
        frame.form(.agencyCode(token), .class("form")) {
          div(.class(problem == nil ? "field" : "field bad")) {
            label(.for("code")) { say("agency.code.label") }
            if let problem { frame.errorLine(say(problem), id: "code-e") }
            input(
              .class("input full"), .id("code"), .name("code"), .inputmode("numeric"),
              .autocomplete("one-time-code"), .maxlength(12), .required(),
              .aria("describedby", problem == nil ? nil : "code-e"))
            if problem != nil, let left {
              p(.class("hint")) { say("agency.code.left", ["count": String(left)]) }
            }
          }
          button(.class("btn primary big full")) { say("agency.code.act") }
        }
        frame.languageSwitch
      }
    }
  }
}

/// What was sent, and nothing else of the case, with the answer to give.
struct AgencyFormPage: Sendable {
  let token: String
  let form: AgencyForm
  var typed = FormBody()
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let isReply = form.purpose == .reply
    return Page(say("agency.title"), width: .phone, problems: problems.count, masthead: false) {
      div(.class("wrap phone")) {
        frame.errorSummary(
          problems.map { problem in
            (
              text: say("form.problem", ["field": label(of: problem.field, say), "problem": say(problem)]),
              place: problem.field
            )
          })
        frame.pageHead(
          say(isReply ? "agency.ask" : "agency.outcome"),
          lead: say(isReply ? "agency.ask.lead" : "agency.outcome.lead", ["recipient": form.recipient]),
          eyebrow: say("agency.from", ["school": form.school, "name": form.sender]))
        AgencyContent(form: form).html(frame)
        frame.form(.agencyAnswer(token), .multipart, .class("form band"), .novalidate()) {
          choices(frame)
          reasons(frame)
          frame.entry(entry("meeting", say(isReply ? "agency.meeting" : "agency.meeting.outcome")), problems)
          if isReply {
            frame.entry(entry("contact", say("agency.contact"), hint: say("agency.contact.hint")), problems)
            frame.entry(entry("part", say("agency.part"), hint: say("agency.part.hint")), problems)
            frame.entry(
              entry("wait-until", say("agency.wait-until"), hint: say("agency.wait-until.hint")), problems)
          }
          frame.longEntry(entry("words", say("agency.words"), hint: say("agency.words.hint")), problems)
          file(frame)
          div {
            button(.class("btn primary big full"), .data("busy", say("form.busy"))) { say("agency.send") }
          }
        }
      }
    }
  }

  private func entry(_ name: String, _ label: String, hint: String? = nil) -> Entry {
    Entry(name, label, typed[name] ?? "").with {
      $0.hint = hint
      $0.isOptional = true
    }
  }

  private func label(of field: String, _ say: Speech) -> String {
    switch field {
    case "choice": say(form.purpose == .reply ? "agency.choice" : "agency.choice.outcome")
    default: say("agency.\(field)")
    }
  }

  private func choices(_ frame: Frame) -> HTML {
    let say = frame.say
    return frame.choices(
      "choice", label(of: "choice", say),
      AgencyAnswer.Choice.allCases.filter { $0.purpose == form.purpose }.map {
        ($0.rawValue, say("agency.choice.\($0.rawValue)"), nil)
      },
      chosen: typed["choice"], look: "mt2", id: "choice", problems)
  }

  private func reasons(_ frame: Frame) -> HTML {
    let say = frame.say
    return frame.picker(
      "reason", say("agency.reason"), form.reasons.codes.map { (value: $0.value, words: say($0.words)) },
      chosen: typed["reason"], empty: say("form.choose"), hint: say("agency.reason.hint"), isOptional: true,
      problems)
  }

  private func file(_ frame: Frame) -> HTML {
    let say = frame.say
    let problem = problems.first { $0.field == "file" }
    return div(.class(problem == nil ? "field" : "field bad")) {
      Markup.label(.for("file")) {
        say("agency.file")
        span(.class("optional")) { " " + say("entry.optional") }
      }
      p(.class("hint"), .id("file-h")) { say("agency.file.hint") }
      if let problem { frame.errorLine(say(problem), id: "file-e") }
      input(
        .class("input full"), .id("file"), .name("file"), .type("file"),
        .accept(AgencyFile.allCases.map(\.rawValue).joined(separator: ",")),
        .aria("describedby", problem == nil ? "file-h" : "file-h file-e"))
    }
  }
}

/// The items that were sent.
struct AgencyContent: Sendable {
  let form: AgencyForm

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.aria("labelledby", "rq")) {
      h2(.id("rq")) { say("agency.content") }
      dl(.class("facts")) {
        for sent in form.items {
          row(say.name(of: sent.item, in: .shareItem), sent.text, in: SharedItem.language)
        }
        row(say("agency.message"), form.message)
        row(
          say("agency.ground"), say(form.ground == "consent" ? "agency.ground.consent" : "agency.ground.law"))
        if let until = form.replyBy, form.state == .requested {
          row(say("agency.reply-by"), say.long(until))
        }
      }
      if form.kind == .family { p(.class("meta mt3")) { say("agency.family") } }
      if form.isJoint { p(.class("meta mt3")) { say("agency.joint") } }
      p(.class("meta mt3")) { say("agency.limits") }
      if form.isHidden { p(.class("meta mt3")) { say("agency.hidden") } }
    }
  }

  private func row(_ name: String, _ text: String, in language: Language? = nil) -> HTML {
    div {
      dt { name }
      dd(.lang(language?.rawValue)) { text }
    }
  }
}

/// What was answered, and the address for what comes next: shown once.
struct AgencyReceiptPage: Sendable {
  let receipt: AgencyReceipt
  let next: String?

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("agency.receipt.title"), width: .phone, masthead: false) {
      div(.class("wrap phone")) {
        frame.pageHead(say("agency.receipt.title"), lead: say("agency.receipt.\(receipt.choice.rawValue)"))
        if receipt.form.state.isOpen { AgencyContent(form: receipt.form).html(frame) }
        if let next, let until = receipt.nextUntil {
          section(.class("panel mt5"), .aria("labelledby", "next")) {
            h2(.id("next")) { say("agency.next") }
            p { say("agency.next.text", ["day": say.short(until, from: frame.today)]) }
            p(.class("hash mt2"), .id("agency-next")) { next }
          }
        }
      }
    }
  }
}

/// Where an address leads nowhere.
struct AgencyClosedPage: Sendable {
  let key: String
  var minutes: Int?

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("\(key).title"), width: .phone, masthead: false) {
      div(.class("wrap phone")) {
        div(.class("empty")) {
          Icon.mark
          h1 { say("\(key).title") }
          p { say("\(key).text", minutes.map { ["minutes": String($0)] } ?? [:]) }
        }
      }
    }
  }
}

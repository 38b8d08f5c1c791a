import CaseWork
import Gateway
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Operations
import Practice
import Repositories

/// What is done to a linkage on its own page.
enum LinkageAct: String, CaseIterable, Sendable {
  case move, answer, remind, renew, revoke, help
}

extension Site {
  func addLinkages(to router: Router<PageContext>) {
    router.get(.linkages) { request, context in
      let linkages = try await ReadLinkages(office)(
        try context.id(of: CaseFile.self), for: try context.asker)
      let frame = frame(request, context)
      return frame.response(LinkagesPage(linkages: linkages).page(frame))
    }
    addLinkageForm(to: router)
    addLinkageSending(to: router)
    router.get(.linkage) { request, context in
      let frame = frame(request, context)
      return frame.response(LinkageView(page: try await linkage(context)).page(frame))
    }
    router.post(.linkageAct) { request, context in
      _ = try context.asker
      guard let act = context.parameters.get("act").flatMap(LinkageAct.init(rawValue:)) else {
        throw Refusal.notFound
      }
      do {
        return try await perform(act, request, context)
      } catch Refusal.invalid(let problems) {
        var view = LinkageView(page: try await linkage(context))
        view.tried = act
        view.problems = problems
        view.typed = context.form
        let frame = frame(context)
        return frame.response(view.page(frame), status: .unprocessableContent)
      } catch Refusal.conflict(.changedByAnother) {
        var view = LinkageView(page: try await linkage(context))
        view.tried = act
        view.typed = context.form
        view.isBehind = true
        let frame = frame(context)
        return frame.response(view.page(frame), status: .conflict)
      }
    }
    router.get(.linkageFile) { _, context in
      let file = try await ReadLinkages(office).file(
        try context.id(of: StoredLinkageFile.self, "file"), of: try context.id(of: Linkage.self, "linkage"),
        in: try context.id(of: CaseFile.self), for: try context.asker)
      return Response(
        status: .ok,
        headers: [
          .contentType: file.kind.rawValue,
          .contentDisposition: "attachment; filename=\"attachment.\(file.kind.ending)\"",
        ],
        body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
  }

  private func linkage(_ context: PageContext) async throws -> LinkagePage {
    try await ReadLinkages(office)(
      try context.id(of: Linkage.self, "linkage"), in: try context.id(of: CaseFile.self),
      for: try context.asker)
  }

  private func perform(
    _ act: LinkageAct, _ request: Request, _ context: PageContext
  ) async throws -> Response {
    let (form, asker) = (context.form, try context.asker)
    let (id, file) = (try context.id(of: Linkage.self, "linkage"), try context.id(of: CaseFile.self))
    let version = form.version("_version")
    let way = form["way"].flatMap(Linkage.Way.init(rawValue:)) ?? .phone
    let here = Route.linkage(id, in: file)
    switch act {
    case .move, .answer:
      let party: Linkage.Party = act == .answer ? .target : .requester
      guard let state = form["state"].flatMap(Linkage.State.init(rawValue:)) else {
        throw Refusal.invalid([Problem("state", "choose")])
      }
      let until = form["wait-until"]?.nonEmpty
      let day = until.flatMap { Day(typed: Text.withPlainDigits($0)) }
      if until != nil, day == nil { throw Refusal.invalid([Problem("wait-until", "not-a-day")]) }
      let reply = LinkageContents.Reply(
        meeting: form["meeting"] ?? "", contact: form["contact"] ?? "", words: form["words"] ?? "",
        waitUntil: day, part: form["part"] ?? "")
      try await MoveLinkage(office)(
        id, from: version, to: state, as: party, way: act == .answer ? way : .page,
        because: form["reason"]?.nonEmpty, reply: act == .answer ? reply : nil, words: form["words"] ?? "",
        in: file, by: asker)
      return .to(here.done("linkage-moved"))
    case .remind:
      try await RemindLinkage(office)(
        id, from: version, way: way, words: form["words"] ?? "", in: file, by: asker)
      return .to(here.done("linkage-reminded"))
    case .revoke:
      try await RevokeLink(office)(id, in: file, by: asker)
      return .to(here.done("linkage-revoked"))
    case .help:
      let score = form["score"]?.nonEmpty
      let number = score.flatMap { Int(Text.withPlainDigits($0)) }
      if score != nil, number == nil { throw Refusal.invalid([Problem("score", "out-of-range")]) }
      try await AnswerHelp(office)(
        id, from: version, got: form["got"].flatMap(Linkage.Help.Got.init(rawValue:)), score: number,
        words: form["words"] ?? "", in: file, by: asker)
      return .to(here.done("linkage-helped"))
    case .renew:
      let sent = try await RenewLink(office)(id, in: file, by: asker)
      return try await shown(sent, request, context)
    }
  }

  /// The address and the code, this once: no way leads back to this page.
  func shown(_ sent: SentLinkage, _ request: Request, _ context: PageContext) async throws -> Response {
    let page = try await ReadLinkages(office)(
      sent.linkage.id, in: sent.linkage.caseFile, for: try context.asker)
    let frame = frame(context)
    return frame.response(
      SentLinkagePage(
        page: page, key: sent.key, address: agencyAddress(sent.key.token, request, context),
        school: page.school
      ).page(frame))
  }

  /// As somebody types it elsewhere: with the origin of the settings, or else the name this page was asked by.
  func agencyAddress(_ token: String, _ request: Request, _ context: PageContext) -> String {
    let asked = "\(context.isSecure ? "https" : "http")://\(request.head.authority ?? "localhost")"
    return "\(origin ?? asked)\(Route.agencyLink(token).address)"
  }
}

/// The linkages of one case.
struct LinkagesPage: Sendable {
  let linkages: CaseLinkages

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let (file, name) = (linkages.file, linkages.student.name)
    return Page(say("linkage.list", ["name": name]), place: .cases, width: .narrow) {
      frame.crumbs([(say("caseload.title"), .cases), (name, .caseFile(file.id)), (say("linkage.title"), nil)])
      frame.pageHead(
        say("linkage.list", ["name": name]), lead: say("linkage.list.lead"),
        act: linkages.mayLink
          ? a(.class("btn primary"), .href(Route.newLinkage(in: file.id).address)) { say("linkage.new") }
          : .nothing)
      if linkages.lines.isEmpty {
        frame.empty(
          say("linkage.none"), say("linkage.none.text"),
          act: linkages.mayLink ? (say("linkage.new"), .newLinkage(in: file.id)) : nil)
      } else {
        LinkageLines(lines: linkages.lines, mayOpen: linkages.mayOpen, day: linkages.day).html(frame)
      }
      if linkages.mayOpen {
        p(.class("mt5")) { a(.class("link-act"), .href(Route.ledger.address)) { say("ledger.title") } }
      }
    }
  }
}

/// Linkages as lines: where each stands as a mark and a word, to whom, since when, and what is next.
struct LinkageLines: Sendable {
  let lines: [LinkageLine]
  let mayOpen: Bool
  let day: Day

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return ul(.class("people mt3")) {
      for line in lines {
        li(.data("row", "")) {
          mayOpen
            ? a(.href(Route.linkage(line.linkage.id, in: line.linkage.caseFile).address)) {
              b { line.recipient }
            } : b { line.recipient }
          LinkageState(linkage: line.linkage).html(say)
          span(.class("meta")) {
            say(
              "linkage.since", ["day": say.short(Day(inKoreaAt: line.linkage.stateSince), from: day)])
            if line.linkage.isJoint { ", " + say("linkage.joint") }
          }
          next(line.linkage, say)
        }
      }
    }
  }

  private func next(_ linkage: Linkage, _ say: Speech) -> HTML {
    switch linkage.state {
    case .draft: return span(.class("meta")) { say("linkage.next.draft") }
    case .requested, .onHold:
      guard let until = linkage.replyBy else { return .nothing }
      return span(.class(until < day ? "due late" : "due")) {
        say("linkage.next.requested", ["day": say.short(until, from: day)])
      }
    case .accepted, .inProgress, .completed:
      guard linkage.help == nil else { return .nothing }
      return span(.class("meta")) { say("linkage.next.ask") }
    case .rejected, .cancelled, .failed, .enteredInError: return .nothing
    }
  }
}

/// Where a linkage stands, in a word and a colour that says the same.
struct LinkageState: Sendable {
  let linkage: Linkage

  func html(_ say: Speech) -> HTML {
    span(.class(tag)) {
      say(
        linkage.state == .accepted && linkage.isPartial
          ? "linkage.state.partial" : "linkage.state.\(linkage.state.rawValue)")
    }
  }

  private var tag: String {
    switch linkage.state {
    case .accepted, .inProgress: "tag act"
    case .completed: "tag done"
    case .requested, .onHold: "tag heed"
    case .rejected, .failed: "tag danger"
    case .draft, .cancelled, .enteredInError: "tag"
    }
  }
}

extension CodeList.Name {
  static let shareItem = CodeList.Name(rawValue: "share-item")
  static let linkageReason = CodeList.Name(rawValue: "linkage-reason")
  static let linkageResult = CodeList.Name(rawValue: "linkage-result")
  static let linkageWay = CodeList.Name(rawValue: "linkage-way")
  static let disclosureGround = CodeList.Name(rawValue: "disclosure-ground")
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addToday(to router: Router<PageContext>) {
    router.get(.today) { request, context in
      let asker = try context.asker
      let today = try await ReadToday(office)(for: asker)
      let sender = asker.staff.has(.teacher) || asker.staff.has(.specialistTeacher)
      let sent = sender ? try await MyReferrals(office)(for: asker, atMost: 20) : nil
      let frame = frame(request, context)
      let page = TodayPage(
        today: today, sent: sent, weights: office.practice.policy.workloadWeights,
        mayWrite: { [permissions = office.practice.permissions] kind, file in
          file.mayTake(kind)
            && permissions.allow(kind.act, as: asker.staff.roles(in: file.school), at: file.stage)
        })
      return frame.response(page.page(frame))
    }
    router.post(.news) { _, context in
      try await SeeNotices(office)(
        context.form[all: "notice"].compactMap { ID<Notice>($0) }, by: try context.asker)
      return .to(.today.done("news"))
    }
    router.post(.draftDiscard) { _, context in
      try await DiscardDraft(office)(at: context.form["place"] ?? "", of: try context.signedIn.staff)
      return .to(.today.done("draft-discarded"))
    }
  }
}

/// The desk: one list in four groups, each line with its why and one act.
struct TodayPage: Sendable {
  let today: Today
  /// What this person referred; `nil` for who refers nobody.
  var sent: [SentReferral]?
  /// Hundredths a case, by level.
  var weights: [Level: Int] = [:]
  /// Whether such a record may be written in the case by who looks.
  var mayWrite: @Sendable (CaseRecord.Kind, CaseFile) -> Bool = { _, _ in false }

  /// Longer groups keep the rest behind a fold; news sooner than work.
  private static func shown(in group: TodayEntry.Group) -> Int { group == .news ? 5 : 12 }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let late = today.entries(in: .overdue).count
    let count = today.entries.count { $0.group != .news }
    return Page(say("nav.today"), place: .today) {
      frame.pageHead(
        say.long(today.day),
        lead: count == 0
          ? nil
          : say(late > 0 ? "today.lead.late" : "today.lead", ["count": String(count), "late": String(late)]))
      split {
        if today.entries.isEmpty { empty(frame) }
        for group in TodayEntry.Group.allCases { self.group(group, frame) }
      } side: {
        load(frame)
        referred(frame)
        week(frame)
        drafts(frame)
      }
    }
  }

  /// Nothing to do: what each kind of work may do now.
  private func empty(_ frame: Frame) -> HTML {
    let say = frame.say
    let staff = frame.visitor?.staff
    let places = staff.map { Place.places(of: $0) } ?? []
    if staff?.has(.principal) ?? false || staff?.has(.vicePrincipal) ?? false {
      return frame.empty(
        say("today.empty.head"), say("today.empty.head.text"), act: (say("caseload.title"), .cases))
    }
    if !places.contains(.cases) {
      return frame.empty(
        say("today.empty.teacher"), say("today.empty.teacher.text"), act: (say("nav.refer"), .refer))
    }
    return frame.empty(say("today.empty"), say("today.empty.text"), act: (say("caseload.title"), .cases))
  }

  private func group(_ group: TodayEntry.Group, _ frame: Frame) -> HTML {
    let entries = today.entries(in: group)
    if entries.isEmpty { return .nothing }
    let shown = TodayPage.shown(in: group)
    let rest = entries.dropFirst(shown)
    return HTML.several([
      h2(.class("ledger-head"), .id(group.word)) {
        frame.say("today.\(group.word)") + " "
        span(.class("count")) { frame.say("today.count", ["count": String(entries.count)]) }
      },
      ol(.class("ledger"), .aria("labelledby", group.word)) {
        entries.prefix(shown).map { entry($0, frame) }
      },
      rest.isEmpty
        ? .nothing
        : details(.class("fold")) {
          summary { frame.say("today.more", ["count": String(rest.count)]) }
          ol(.class("ledger")) { rest.map { entry($0, frame) } }
        },
      group == .news ? seen(entries, frame) : .nothing,
    ])
  }

  private func entry(_ entry: TodayEntry, _ frame: Frame) -> HTML {
    let say = frame.say
    let line = EntryWords(entry: entry, say: say)
    let route = entry.about.map { Route.caseFile($0.file.id) }
    return li(.class(entry.group == .overdue ? "entry late" : "entry")) {
      p(.class("when")) {
        b { line.when }
        br()
        say.short(entry.day, from: today.day)
      }
      div(.class("what")) {
        h3 {
          if let name = name(in: entry) {
            route.map { route in a(.href(route.address)) { name } } ?? .text(name)
            " · "
          }
          line.title
        }
        p(.class("who")) {
          if let file = entry.about?.file { standing(file, frame) }
          span { place(of: entry) }
        }
        line.why.map { why in p(.class("why")) { why } }
      }
      act(of: entry, frame)
    }
  }

  /// The one thing to do about it: doing it takes the line away.
  private func act(of entry: TodayEntry, _ frame: Frame) -> HTML {
    let say = frame.say
    if case .task(let id, let what) = entry.kind {
      return frame.form(.finishTask(id), .class("do")) {
        button(.class("btn")) {
          say("task.done")
          span(.class("sr")) { ": " + what }
        }
      }
    }
    guard let (words, route) = way(on: entry, say) else { return .nothing }
    return p(.class("do")) {
      a(.class("btn"), .href(route.address)) {
        words
        if let name = name(in: entry) { span(.class("sr")) { ": " + name } }
      }
    }
  }

  /// Whom it is about; the news of a reply is about the student one referred.
  private func name(in entry: TodayEntry) -> String? {
    if case .notice(let notice) = entry.kind, let referral = notice.referral,
      let known = sent?.first(where: { $0.id == referral })
    {
      return known.student.name.nonEmpty
    }
    return entry.student?.name.nonEmpty
  }

  private func way(on entry: TodayEntry, _ say: Speech) -> (words: String, route: Route)? {
    let open = entry.about.map { (words: say("today.open"), route: Route.caseFile($0.file.id)) }
    switch entry.kind {
    case .due("consent-ends", _):
      return entry.about.map { (say("today.act.consent"), .consent($0.file.id)) }
    case .due(let due, _) where due.hasPrefix("linkage-"):
      return entry.about.map { (say("linkage.all"), .linkages(of: $0.file.id)) }
    case .due(let due, _):
      guard let file = entry.about?.file, let kind = TodayPage.kind(of: due), mayWrite(kind, file) else {
        return open
      }
      return (say("case.write-kind", ["kind": say("kind.\(kind.rawValue)")]), .writeRecord(kind, in: file.id))
    case .task: return open
    case .referral(let id, _, _, _): return (say("today.act.referral"), .inboxReferral(id))
    case .agencyReferral(let id, _, _): return (say("today.act.referral"), .agencyReferral(id))
    case .approval(let id, _, _, _):
      return entry.about.map { (say("today.act.approval"), .record(id, in: $0.file.id)) }
    case .notice(let notice):
      if notice.kind == .replied, let referral = notice.referral {
        return (say("today.act.reply"), .sent(referral))
      }
      if notice.kind == .linkageAnswered || notice.kind == .linkageLate {
        return entry.about.map { (say("linkage.all"), .linkages(of: $0.file.id)) }
      }
      guard let record = notice.record, let file = entry.about?.file else { return open }
      return (say("today.act.record"), .record(record, in: file.id))
    }
  }

  /// What is written to do away with something due.
  private static func kind(of due: String) -> CaseRecord.Kind? {
    switch due {
    case "first-contact", "planned-contact": .contact
    case "selection": .conference
    default: CaseRecord.Kind(rawValue: due)
    }
  }

  private func standing(_ file: CaseFile, _ frame: Frame) -> HTML {
    if file.standing != .open {
      return span(.class("tag")) { frame.say("standing.\(file.standing.rawValue)") }
    }
    return file.level.map { frame.level($0) } ?? .nothing
  }

  private func place(of entry: TodayEntry) -> String {
    let school = today.schools.first { $0.id == entry.school }?.name
    return [school, entry.student?.classLabel].compactMap { $0 }.joined(separator: " ")
  }

  private func seen(_ entries: [TodayEntry], _ frame: Frame) -> HTML {
    frame.form(.news, .class("mt3")) {
      for entry in entries {
        if case .notice(let notice) = entry.kind {
          input(.type("hidden"), .name("notice"), .value(notice.id.description))
        }
      }
      button(.class("btn quiet")) { frame.say("news.see") }
    }
  }

  private func load(_ frame: Frame) -> HTML {
    let say = frame.say
    let workload = today.counts.workload
    if workload.active == 0 { return .nothing }
    return section(.class("strip"), .aria("labelledby", "load")) {
      h2(.id("load")) { say("today.load", ["count": String(workload.active)]) }
      p(.class("meta")) {
        say("today.weight") + " "
        b { TodayPage.weight(workload.weight) }
      }
      bar(of: workload)
      table {
        caption(.class("sr")) { say("today.load.caption") }
        thead(.class("sr")) {
          tr {
            th(.scope("col")) { say("today.load.level") }
            th(.scope("col")) { say("today.load.cases") }
            th(.scope("col")) { say("today.weight") }
          }
        }
        tbody {
          for level in Level.allCases.reversed() {
            if let count = workload.byLevel[level] {
              row(frame.level(level), count, weight: weights[level].map { $0 * count }, say)
            }
          }
          if workload.unlevelled > 0 {
            row(.text(say("today.load.none")), workload.unlevelled, weight: nil, say)
          }
        }
      }
      for warning in workload.warnings {
        div(.class("note heed compact mt3")) {
          h3 { say("today.warning.\(warning.code)", ["have": String(warning.have)]) }
          p { say("today.warning.text", ["limit": String(warning.limit)]) }
        }
      }
    }
  }

  /// The levels by what they weigh, the heaviest first; the table below says the same.
  private func bar(of workload: Workload) -> HTML {
    let parts = Level.allCases.reversed().compactMap { level -> (level: Level, weight: Int)? in
      let weight = (workload.byLevel[level] ?? 0) * (weights[level] ?? 0)
      return weight > 0 ? (level, weight) : nil
    }
    let total = parts.reduce(0) { $0 + $1.weight }
    if total == 0 { return .nothing }
    var x = 0.0
    let rects = parts.map { part -> HTML in
      let width = Double(part.weight) / Double(total) * 350
      defer { x += width }
      return HTML.element(
        "rect",
        [
          .class("s\(part.level.rawValue)"), .at("x", (x * 10).rounded() / 10),
          .at("width", max(1, ((width - 1) * 10).rounded() / 10)), .height(14),
        ]
      ) { HTML.nothing }
    }
    return HTML.element(
      "svg",
      [.class("mt2"), .viewBox("0 0 350 14"), .preserveAspectRatio("none"), .aria("hidden", "true")]
    ) { rects }
  }

  private func row(_ name: HTML, _ count: Int, weight: Int?, _ say: Speech) -> HTML {
    tr {
      th(.scope("row")) { name }
      td { say("today.count", ["count": String(count)]) }
      td { weight.map(TodayPage.weight) ?? "–" }
    }
  }

  private static func weight(_ hundredths: Int) -> String { "\(hundredths / 100).\(hundredths % 100 / 10)" }

  /// One's own referrals and how far they have come.
  private func referred(_ frame: Frame) -> HTML {
    guard let sent, !sent.isEmpty else { return .nothing }
    let say = frame.say
    return section(.aria("labelledby", "sent")) {
      h2(.id("sent")) { say("nav.mine") }
      ul(.class("people mt2")) {
        for referral in sent.prefix(5) {
          li {
            a(.href(Route.sent(referral.id).address)) { referral.student.name }
            span(.class("tag")) { say("referral-status.\(referral.status.rawValue)") }
            span(.class("meta")) { say("mine.sent-at", ["when": say.moment(referral.at)]) }
          }
        }
      }
      p { a(.class("link-act"), .href(Route.mine.address)) { say("today.referrals.all") } }
    }
  }

  /// What was begun and not sent.
  private func drafts(_ frame: Frame) -> HTML {
    if today.drafts.isEmpty { return .nothing }
    let say = frame.say
    return section(.id("drafts"), .aria("labelledby", "dr")) {
      h2(.id("dr")) { say("today.drafts") }
      ul(.class("people drafts mt2")) {
        for draft in today.drafts {
          li {
            let title = self.title(of: draft, say)
            resume(draft).map { route in a(.href(route.address)) { title } } ?? b { title }
            span(.class("meta nowrap")) { say.moment(draft.savedAt) }
            frame.form(.draftDiscard, .class("meta")) {
              input(.type("hidden"), .name("place"), .value(draft.place))
              button(.class("linklike")) {
                say("today.drafts.discard")
                span(.class("sr")) { ": " + title }
              }
            }
          }
        }
      }
    }
  }

  private func title(of draft: TodayDraft, _ say: Speech) -> String {
    if draft.programme != nil { return say("today.drafts.sweep") }
    let form = say.has("kind.\(draft.form)") ? say("kind.\(draft.form)") : say("today.drafts.referral")
    return [draft.student?.name, form].compactMap { $0 }.joined(separator: " ")
  }

  /// Where the draft goes on; `nil` where that page may not be seen any more.
  private func resume(_ draft: TodayDraft) -> Route? {
    if let file = draft.caseFile, let kind = CaseRecord.Kind(rawValue: draft.form) {
      let route = draft.record.map { Route.correctRecord($0, in: file) } ?? .writeRecord(kind, in: file)
      return route.with("draft", "resume")
    }
    if let programme = draft.programme {
      return .newProgrammeSession(of: programme).with("draft", "resume")
    }
    let page = draft.form == "emergency" ? Route.emergency : .refer
    return draft.student.map { page.with("student", $0.id.description).with("draft", "resume") }
  }

  private func week(_ frame: Frame) -> HTML {
    let say = frame.say
    let days = today.week.filter { !$0.day.isWeekend || !$0.entries.isEmpty }
    return section(.aria("labelledby", "week-days")) {
      h2(.id("week-days")) { say("today.days") }
      ol(.class("week mt2")) {
        for (day, entries) in days {
          li(.class(day == today.day ? "today" : nil), .current("date", if: day == today.day)) {
            b { "\(day.day) " + say("date.weekday.\(day.weekday)") }
            p {
              entries.isEmpty
                ? HTML.several([span(.class("meta")) { say("today.days.none") }])
                : .text(
                  entries.prefix(4).map { EntryWords(entry: $0, say: say).short }.joined(separator: ", ")
                    + (entries.count > 4
                      ? " " + say("today.days.more", ["count": String(entries.count - 4)]) : ""))
            }
          }
        }
      }
    }
  }
}

/// What a line of the desk says.
private struct EntryWords {
  let entry: TodayEntry
  let say: Speech

  var when: String {
    if case .referral = entry.kind { return say("today.new") }
    switch entry.group {
    case .overdue: return say("today.late", ["days": say.days(entry.left)])
    case .today: return say("today.due-today")
    case .week: return say("today.left", ["days": say.days(entry.left)])
    case .news: return say("today.new")
    }
  }

  var title: String {
    switch entry.kind {
    case .due(let kind, let number):
      let title = say("due-title.\(kind)")
      return number.map { say("today.numbered", ["title": title, "number": String($0)]) } ?? title
    case .task(_, let what): return what
    case .referral(_, let isUrgent, _, _), .agencyReferral(_, let isUrgent, _):
      return say(isUrgent ? "today.referral.urgent" : "today.referral")
    case .approval(_, let kind, let series, _):
      return say("today.approval", ["kind": say("kind.\(kind.rawValue)"), "series": String(series)])
    case .notice(let notice): return say("news.\(notice.kind.rawValue)")
    }
  }

  var why: String? {
    switch entry.kind {
    case .due(let kind, _): say.why(kind, within: entry.limit)
    case .task: say("due.task")
    case .referral(_, _, let name, let isOfAgency):
      say(isOfAgency ? "today.referral.agency" : "today.referral.by", ["name": name]) + " "
        + say.why("referral", within: entry.limit)
    case .agencyReferral(_, _, let agency):
      say("today.referral.find", ["name": agency]) + " " + say.why("referral", within: entry.limit)
    case .approval(_, _, _, let name): say("today.approval.by", ["name": name])
    case .notice: nil
    }
  }

  /// For the week: who and what in a breath.
  var short: String { [entry.student?.name, title].compactMap { $0 }.joined(separator: " ") }
}

extension TodayEntry.Group {
  fileprivate var word: String {
    switch self {
    case .overdue: "overdue"
    case .today: "today"
    case .week: "week"
    case .news: "news"
    }
  }
}

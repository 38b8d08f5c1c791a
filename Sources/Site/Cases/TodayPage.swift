import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Repositories

extension Site {
  func addToday(to router: Router<PageContext>) {
    router.get(.today) { request, context in
      let asker = try context.asker
      let today = try await ReadToday(office)(for: asker)
      let schools = try await ReadSchools(office)(of: asker.staff)
      let frame = frame(request, context)
      return frame.response(TodayPage(today: today, schools: schools).page(frame))
    }
    router.post(.news) { _, context in
      try await SeeNotices(office)(
        context.form[all: "notice"].compactMap { ID<Notice>($0) }, by: try context.asker)
      return .to(.today.done("news"))
    }
  }
}

/// The desk: one list in four groups, each line with its why and one act.
struct TodayPage: Sendable {
  let today: Today
  let schools: [School]

  /// Longer groups keep the rest behind a fold.
  private static let shown = 12

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let late = today.entries(in: .overdue).count
    let count = today.entries.count { $0.group != .news }
    return Page(say("nav.today"), place: .today) {
      frame.pageHead(
        say.long(today.day),
        lead: today.entries.isEmpty
          ? nil
          : say(late > 0 ? "today.lead.late" : "today.lead", ["count": String(count), "late": String(late)]))
      div(.class("split")) {
        div {
          if today.entries.isEmpty {
            frame.empty(say("today.empty"), say("today.empty.text"), act: (say("caseload.title"), .cases))
          }
          for group in TodayEntry.Group.allCases { self.group(group, frame) }
        }
        div(.class("side")) {
          load(frame)
          week(frame)
        }
      }
    }
  }

  private func group(_ group: TodayEntry.Group, _ frame: Frame) -> HTML {
    let entries = today.entries(in: group)
    if entries.isEmpty { return .nothing }
    let rest = entries.dropFirst(TodayPage.shown)
    return HTML.several([
      h2(.class("ledger-head"), .id(group.word)) {
        frame.say("today.\(group.word)") + " "
        span(.class("count")) { frame.say("today.count", ["count": String(entries.count)]) }
      },
      ol(.class("ledger"), .aria("labelledby", group.word)) {
        entries.prefix(TodayPage.shown).map { entry($0, frame) }
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
          if let name = entry.student?.name, !name.isEmpty {
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
      if let route {
        p(.class("do")) { a(.class("btn"), .href(route.address)) { say("today.open") } }
      }
    }
  }

  private func standing(_ file: CaseFile, _ frame: Frame) -> HTML {
    if file.standing != .open {
      return span(.class("tag")) { frame.say("standing.\(file.standing.rawValue)") }
    }
    return file.level.map { frame.level($0) } ?? .nothing
  }

  private func place(of entry: TodayEntry) -> String {
    let school = schools.count > 1 ? schools.first { $0.id == entry.school }?.name : nil
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
        b { "\(workload.weight / 100).\(workload.weight % 100 / 10)" }
      }
      table {
        caption(.class("sr")) { say("today.load.caption") }
        thead(.class("sr")) {
          tr {
            th(.scope("col")) { say("today.load.level") }
            th(.scope("col")) { say("today.load.cases") }
          }
        }
        tbody {
          for level in Level.allCases.reversed() {
            if let count = workload.byLevel[level] { row(frame.level(level), count, say) }
          }
          if workload.unlevelled > 0 { row(.text(say("today.load.none")), workload.unlevelled, say) }
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

  private func row(_ name: HTML, _ count: Int, _ say: Speech) -> HTML {
    tr {
      th(.scope("row")) { name }
      td { say("today.count", ["count": String(count)]) }
    }
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
                  entries.prefix(4).map { EntryWords(entry: $0, say: say).short }.joined(separator: ", "))
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
    case .referral(_, let isUrgent, _): return say(isUrgent ? "today.referral.urgent" : "today.referral")
    case .approval(_, let kind, let series, _):
      return say("today.approval", ["kind": say("kind.\(kind.rawValue)"), "series": String(series)])
    case .notice(let notice): return say("news.\(notice.kind.rawValue)")
    }
  }

  var why: String? {
    switch entry.kind {
    case .due(let kind, _): say.why(kind, within: entry.limit)
    case .task: say("due.task")
    case .referral(_, _, let name):
      say("today.referral.by", ["name": name]) + " " + say.why("referral", within: entry.limit)
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

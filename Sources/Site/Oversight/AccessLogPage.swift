import CaseWork
import Foundation
import Gateway
import Hummingbird
import Markup
import Operations
import Repositories

/// Who looked at whose data: when, from where, what for (접속기록).
struct AccessLogPage: Sendable {
  let schools: [School]
  let wish: Wish
  var colleagues: [Staff] = []
  var rows: [AccessLogRow] = []

  static let size = 100

  /// What is looked for, and the address that asks for it again.
  struct Wish: Sendable {
    let school: ID<School>
    var staff: ID<Staff>?
    var student: ID<Student>?
    var from = ""
    var until = ""

    init(_ query: Parameters, schools: [School]) {
      let wanted = query.get("school").flatMap { ID<School>($0) }
      let known = schools.first { $0.id == wanted } ?? schools.first
      school = known?.id ?? ID(UUID())
      staff = query.get("staff").flatMap { ID($0) }
      student = query.get("student").flatMap { ID($0) }
      from = Text.cleaned(query.get("from") ?? "", keepingLines: false)
      until = Text.cleaned(query.get("until") ?? "", keepingLines: false)
    }

    /// The days asked for; open where one end is not given.
    var days: ClosedRange<Day>? {
      if from.isEmpty, until.isEmpty { return nil }
      let first = Day(typed: from) ?? Day(ordinal: 0)
      let last = Day(typed: until) ?? Day(2999, 12, 31) ?? first
      return first <= last ? first...last : nil
    }

    var problems: [Problem] {
      var problems: [Problem] = []
      for (field, text) in [("from", from), ("until", until)] where !text.isEmpty && Day(typed: text) == nil {
        problems.append(Problem(field, "not-a-day"))
      }
      if problems.isEmpty, !from.isEmpty || !until.isEmpty, days == nil {
        problems.append(Problem("until", "ends-before"))
      }
      return problems
    }

    var route: Route {
      Route.accessLog.with("school", school.description).with("staff", staff?.description)
        .with("student", student?.description).with("from", from).with("until", until)
    }

    func with(_ change: (inout Wish) -> Void) -> Route {
      var copy = self
      change(&copy)
      return copy.route
    }
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("access-log.title"), problems: wish.problems.count) {
      OversightTabs(here: .accessLog).html(frame)
      frame.problemSummary(wish.problems, ["from": say("access-log.from"), "until": say("access-log.until")])
      frame.pageHead(say("access-log.title"), lead: say("access-log.lead"))
      filters(frame)
      if rows.isEmpty {
        frame.empty(
          say("access-log.none"), say("access-log.none.text"), act: (say("access-log.all"), .accessLog))
      } else {
        table(frame)
        if rows.count == Self.size, let last = rows.last {
          p(.class("pager")) {
            a(.class("btn"), .href(wish.route.with("before", last.row.id.description).address)) {
              say("reads.more")
            }
          }
        }
      }
    }
  }

  private func filters(_ frame: Frame) -> HTML {
    let say = frame.say
    return form(.class("filters"), .action(Route.accessLog.address), .aria("label", say("access-log.filter")))
    {
      if let student = wish.student { input(.type("hidden"), .name("student"), .value(student.description)) }
      div(.class("row")) {
        if schools.count > 1 {
          frame.picker(
            "school", say("students.school"), schools.map { ($0.id.description, $0.name) },
            chosen: wish.school.description, full: false)
        }
        frame.picker(
          "staff", say("access-log.who"), colleagues.map { ($0.id.description, $0.name) },
          chosen: wish.staff?.description, empty: say("access-log.everyone"), full: false)
        for (name, value) in [("from", wish.from), ("until", wish.until)] {
          frame.entry(
            Entry(name, say("access-log.\(name)"), value).with {
              $0.hint = say("entry.day.hint")
              $0.inputmode = "numeric"
              $0.width = "w8"
            }, wish.problems)
        }
        button(.class("btn primary")) { say("access-log.show") }
      }
      if wish.student != nil {
        p(.class("mt3")) {
          span(.class("tag")) { rows.lazy.compactMap(\.studentName).first ?? say("access-log.one-student") }
          " "
          a(.href(wish.with { $0.student = nil }.address)) { say("access-log.all-students") }
        }
      }
    }
  }

  private func table(_ frame: Frame) -> HTML {
    let say = frame.say
    return Markup.table(.class("table cards mt4")) {
      caption(.class("sr")) { say("access-log.title") }
      thead {
        tr {
          for column in ["when", "who", "whose", "what", "where"] {
            th(.scope("col")) { say("access-log.\(column)") }
          }
        }
      }
      tbody { rows.map { row($0, frame) } }
    }
  }

  private func row(_ line: AccessLogRow, _ frame: Frame) -> HTML {
    let say = frame.say
    let row = line.row
    let work = say.has("read.\(row.work)") ? say("read.\(row.work)") : say("read.other") + " " + row.work
    return tr {
      th(.scope("row")) {
        say.typed(Day(inKoreaAt: row.at)) + " " + say.seconds(row.at)
      }
      td(.data("label", say("access-log.who"))) {
        a(.href(wish.with { $0.staff = row.staff }.address)) { line.staffName }
      }
      td(.data("label", say("access-log.whose"))) {
        row.student.map { student in
          a(.href(wish.with { $0.student = student }.address)) {
            line.studentName ?? say("access-log.one-student")
          }
        } ?? .text(say("access-log.people", ["count": String(row.subjects)]))
      }
      td(.data("label", say("access-log.what"))) { work }
      td(.data("label", say("access-log.where"))) { row.address }
    }
  }
}

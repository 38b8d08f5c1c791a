import CaseWork
import Gateway
import Markup
import Operations

/// The monthly figures of one school: a table for each thing that is counted, the same on the page and in the files.
struct MonthReportPage: Sendable {
  let month: MonthPage

  private var report: MonthlyReport { month.report }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let tables = tables(say).filter { !$0.rows.isEmpty }
    return Page(say("month.title"), place: .cases) {
      frame.crumbs([(say("caseload.title"), .cases), (say("month.title"), nil)])
      frame.pageHead(
        say("month.title.of", ["month": say.name(of: month.month)]), lead: say("month.lead"),
        eyebrow: month.school.name,
        act: HTML.several([
          a(.class("btn"), .href(chosen(.monthCSV).address)) { say("ledger.csv") },
          a(.class("btn"), .href(chosen(.monthXLSX).address)) { say("ledger.xlsx") },
        ]))
      choices(frame)
      if tables.isEmpty {
        frame.empty(say("month.none"), say("month.none.text"))
      } else {
        tables.map { section($0, say) }
      }
    }
  }

  /// As a file: the heading of each table, its columns, its rows.
  func rows(_ say: Speech) -> [[String]] {
    [[say("month.title.of", ["month": say.name(of: month.month)]), month.school.name]]
      + tables(say).filter { !$0.rows.isEmpty }.flatMap { table in
        [[], [table.title], [table.first] + table.columns]
          + table.rows.map { [$0.name] + $0.cells.map(\.plain) }
      }
  }

  // MARK: which month, which school

  private func choices(_ frame: Frame) -> HTML {
    let say = frame.say
    return HTML.several([
      nav(.class("tags mt3"), .aria("label", say("month.choose"))) {
        for month in [month.month.adding(-1), month.month, month.month.adding(1)]
        where month <= self.month.now {
          a(
            .class("tag"), .href(chosen(.month, month).address),
            .aria("current", month == self.month.month ? "page" : nil)
          ) { say.name(of: month) }
        }
        if month.month.adding(1) < month.now {
          a(.class("tag"), .href(chosen(.month, month.now).address)) { say("month.now") }
        }
      },
      month.schools.count < 2
        ? .nothing
        : nav(.class("tags mt2"), .aria("label", say("month.school"))) {
          for school in month.schools {
            a(
              .class("tag"),
              .href(
                Route.month.with("month", month.month.description).with("school", school.id.description)
                  .address
              ), .aria("current", school.id == month.school.id ? "page" : nil)
            ) { school.name }
          }
        },
    ])
  }

  private func chosen(_ route: Route, _ month: Month? = nil) -> Route {
    route.with("month", (month ?? self.month.month).description)
      .with("school", self.month.schools.count > 1 ? self.month.school.id.description : nil)
  }

  // MARK: one table

  private func section(_ shown: MonthTable, _ say: Speech) -> HTML {
    Markup.section(.class("band"), .aria("labelledby", shown.id)) {
      h2(.id(shown.id)) { shown.title }
      Markup.table(.class("table cards slim")) {
        caption(.class("sr")) { shown.title }
        thead {
          tr {
            th(.scope("col")) { shown.first }
            for column in shown.columns { th(.scope("col"), .class("n")) { column } }
          }
        }
        tbody {
          for row in shown.rows {
            tr {
              th(.scope("row")) { row.name }
              for (column, cell) in zip(shown.columns, row.cells) {
                td(.class("n"), .data("label", column)) { span { cell.words } }
              }
            }
          }
        }
      }
      if let hint = shown.hint { p(.class("hint")) { hint } }
    }
  }
}

/// One table of the report.
private struct MonthTable {
  struct Cell {
    /// For people: `1,200원`, `3시간 20분`.
    let words: String
    /// For sheets that go on counting: `1200`, `200`.
    let plain: String
  }

  let id: String
  let title: String
  /// The heading of the names.
  let first: String
  let columns: [String]
  var rows: [(name: String, cells: [Cell])]
  var hint: String?
}

extension MonthReportPage {
  private func tables(_ say: Speech) -> [MonthTable] {
    [
      cases(say), closures(say), talks(say),
      figures("services", report.services, say) { say.name(of: $0, in: .service) },
      figures("legal-kinds", report.legalKinds, say) { say.name(of: $0, in: .legalKind) },
      funds(say), records(say), linkages(say), programmes(say),
    ]
  }

  private func table(
    _ id: String, _ columns: [String], _ rows: [(name: String, cells: [MonthTable.Cell])], _ say: Speech
  ) -> MonthTable {
    MonthTable(
      id: id, title: say("month.\(id)"), first: say("month.\(id).name"),
      columns: columns.map { say("month.column.\($0)") }, rows: rows,
      hint: say.has("month.\(id).hint") ? say("month.\(id).hint") : nil)
  }

  private func cell(_ count: SmallCount, _ say: Speech) -> MonthTable.Cell {
    count.shown.map { cell($0, say) } ?? few(say)
  }

  private func cell(_ number: Int, _ say: Speech) -> MonthTable.Cell {
    MonthTable.Cell(words: say.grouped(number), plain: String(number))
  }

  private func time(_ minutes: Int, _ say: Speech) -> MonthTable.Cell {
    MonthTable.Cell(words: say.time(minutes), plain: String(minutes))
  }

  private func few(_ say: Speech) -> MonthTable.Cell {
    MonthTable.Cell(words: say("gaps.few"), plain: say("gaps.few"))
  }

  private func cases(_ say: Speech) -> MonthTable {
    func row(_ name: String, _ line: MonthlyReport.CaseLine) -> (name: String, cells: [MonthTable.Cell]) {
      (name, [line.carried, line.opened, line.closed, line.active].map { cell($0, say) })
    }
    let levels = report.byLevel.map { line in
      row(line.level.map { say("level.\($0.rawValue)") } ?? say("month.no-level"), line)
    }
    var shown = table(
      "cases", ["carried", "opened", "closed", "active"],
      levels.isEmpty ? [] : levels + [row(say("month.sum"), report.cases)], say)
    shown.hint = say(
      "month.cases.hint",
      [
        "students": cell(report.students, say).words, "referred": cell(report.referred, say).words,
        "urgent": cell(report.urgent, say).words,
      ])
    return shown
  }

  private func closures(_ say: Speech) -> MonthTable {
    var shown = table(
      "closures", ["count"],
      report.closures.map {
        (name: say.name(of: $0.reason, in: .closureReason), cells: [cell($0.count, say)])
      }, say)
    shown.hint = report.meanDays.map { say("month.closures.days", ["days": say.grouped($0)]) }
    return shown
  }

  private func figures(
    _ id: String, _ lines: [MonthlyReport.Line], _ say: Speech, _ name: (String) -> String
  ) -> MonthTable {
    table(
      id, ["count", "students", "people", "time"],
      lines.map { line in
        (
          name: line.code.map(name) ?? say("month.sum"),
          cells: line.figure.map { figure in
            [figure.count, figure.students, figure.people].map { cell($0, say) } + [time(figure.minutes, say)]
          } ?? Array(repeating: few(say), count: 4)
        )
      }, say)
  }

  private func talks(_ say: Speech) -> MonthTable {
    let lines = report.talks.filter { $0.figure?.count != 0 }
    return figures("talks", lines, say) { say("month.talk.\($0)") }
  }

  private func funds(_ say: Speech) -> MonthTable {
    table(
      "funds", ["count", "students", "amount"],
      report.funds.map { line in
        (
          name: line.code.map { say.name(of: $0, in: .fund) } ?? say("month.sum"),
          cells: line.figure.map { figure in
            [figure.count, figure.students].map { cell($0, say) }
              + [
                MonthTable.Cell(
                  words: say("month.won", ["amount": say.grouped(figure.amount)]),
                  plain: String(figure.amount))
              ]
          } ?? Array(repeating: few(say), count: 3)
        )
      }, say)
  }

  private func records(_ say: Speech) -> MonthTable {
    table(
      "records", ["count", "students"],
      report.records.map { line in
        (name: say("kind.\(line.kind.rawValue)"), cells: [cell(line.count, say), cell(line.students, say)])
      }, say)
  }

  private func linkages(_ say: Speech) -> MonthTable {
    table(
      "linkages", ["sent", "accepted", "declined", "completed"],
      report.linkages.map { line in
        (
          name: line.kind.map { say.name(of: $0, in: .organisation) } ?? say("month.sum"),
          cells: [line.sent, line.accepted, line.declined, line.completed].map { cell($0, say) }
        )
      }, say)
  }

  private func programmes(_ say: Speech) -> MonthTable {
    table(
      "programmes", ["sessions", "cancelled", "students", "people", "time"],
      report.programmes.map { line in
        let held = line.held
        return (
          name: held.name,
          cells: [held.sessions, held.cancelled].map { cell($0, say) }
            + [cell(line.students, say), cell(line.visits, say), time(held.minutes, say)]
        )
      }, say)
  }
}

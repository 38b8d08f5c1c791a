import CaseWork
import Documents
import Gateway
import Markup
import Operations
import Repositories

/// What an import would do: how the file was read, which column holds what, the first rows, what would become of them.
struct RosterPreviewPage: Sendable {
  let id: ID<RosterImport>
  let school: ID<School>
  let schoolName: String
  let preview: RosterPreview
  var problems: [Problem] = []

  private var isMapped: Bool { preview.mappingProblems.isEmpty }
  private var good: Int { preview.counts.new + preview.counts.changed + preview.counts.unchanged }
  private var bad: Int { preview.total - good }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("roster.preview"), problems: problems.count + preview.mappingProblems.count) {
      frame.crumbs([(say("roster.title"), .rosters), (say("roster.preview"), nil)])
      frame.errorSummary(lines(say))
      frame.pageHead(say("roster.preview"), lead: say("roster.preview.lead"), eyebrow: schoolName)
      file(frame)
      mapping(frame)
      if isMapped {
        counts(frame)
        sample(frame)
        RosterProblemTable(problems: preview.problems, file: .rosterProblems(id, in: school)).html(frame)
        decide(frame)
      }
      frame.form(.rosterCancel(id, in: school), .class("mt4")) {
        button(.class("btn quiet")) { say("roster.cancel") }
      }
    }
  }

  private func lines(_ say: Speech) -> [(text: String, place: String?)] {
    let mapping = preview.mappingProblems.map { problem in
      let name = say.has("roster.field.\(problem.field)") ? say("roster.field.\(problem.field)") + ": " : ""
      return (text: name + say(problem), place: "mapping" as String?)
    }
    return mapping + problems.map { (text: say($0), place: "choice") }
  }

  private func file(_ frame: Frame) -> HTML {
    let say = frame.say
    return dl(.class("facts")) {
      fact(say("roster.year"), say("student.year.of", ["year": String(preview.year)]))
      fact(say("roster.format"), say("roster.format.\(preview.format.rawValue)"))
      if let sheet = preview.sheet {
        fact(
          say("roster.sheet"),
          sheet
            + (preview.sheets.count > 1
              ? " · " + say("roster.sheets", ["sheets": preview.sheets.joined(separator: ", ")]) : ""))
      }
      fact(say("roster.rows.label"), say("roster.rows", ["count": say.grouped(preview.total)]))
    }
  }

  private func fact(_ name: String, _ value: String) -> HTML {
    div {
      dt { name }
      dd { value }
    }
  }

  private func mapping(_ frame: Frame) -> HTML {
    let say = frame.say
    return details(.class("fold band"), .id("mapping"), .open(!isMapped)) {
      summary { say("roster.mapping") }
      div {
        p(.class("hint")) { say("roster.mapping.hint") }
        frame.form(.rosterMapping(id, in: school), .class("form mt3")) {
          table(.class("table cards")) {
            caption(.class("sr")) { say("roster.mapping") }
            thead {
              tr {
                for column in ["header", "cells", "field"] {
                  th(.scope("col")) { say("roster.mapping.\(column)") }
                }
              }
            }
            tbody { for column in 0..<columns { row(of: column, frame) } }
          }
          div { button(.class("btn")) { say("roster.mapping.act") } }
        }
      }
    }
  }

  private var columns: Int {
    min(Site.widest, max(preview.mapping.headers.count, preview.cells.map(\.count).max() ?? 0))
  }

  private func header(_ column: Int, _ say: Speech) -> String {
    let headers = preview.mapping.headers
    let text = headers.indices.contains(column) ? Text.cleaned(headers[column], keepingLines: false) : ""
    return text.isEmpty ? say("roster.column", ["number": String(column + 1)]) : text
  }

  private func row(of column: Int, _ frame: Frame) -> HTML {
    let say = frame.say
    let name = header(column, say)
    let cells = preview.cells.compactMap { $0.indices.contains(column) ? $0[column] : nil }.filter {
      !$0.isEmpty
    }
    return tr {
      th(.scope("row"), .id("column.\(column)-h")) { name }
      td(.data("label", say("roster.mapping.cells"))) { cells.prefix(3).joined(separator: ", ") }
      td(.data("label", say("roster.mapping.field"))) {
        if preview.mapping.refused.contains(column) {
          say("roster.mapping.refused")
        } else {
          select(.class("select full"), .name("column.\(column)"), .aria("labelledby", "column.\(column)-h"))
          {
            option(.value("")) { say("roster.mapping.none") }
            for field in Roster.Field.allCases {
              option(.value(field.rawValue), .selected(preview.mapping.fields[column] == field)) {
                say("roster.field.\(field.rawValue)")
              }
            }
          }
        }
      }
    }
  }

  private func counts(_ frame: Frame) -> HTML {
    let say = frame.say
    let all = [
      ("new", preview.counts.new), ("changed", preview.counts.changed),
      ("unchanged", preview.counts.unchanged),
      ("bad", bad),
    ]
    return section(.class("band"), .aria("labelledby", "preview")) {
      h2(.id("preview")) { say("roster.counts") }
      dl(.class("counts")) {
        for (name, count) in all {
          div {
            dt { say("roster.count.\(name)") }
            dd { say.grouped(count) }
          }
        }
      }
    }
  }

  private func sample(_ frame: Frame) -> HTML {
    let say = frame.say
    if preview.sample.isEmpty { return .nothing }
    return section(.class("band"), .aria("labelledby", "sample")) {
      h2(.id("sample")) { say("roster.sample") }
      table(.class("table cards")) {
        caption(.class("sr")) { say("roster.sample") }
        thead {
          tr {
            th(.scope("col"), .class("n")) { say("roster.report.row") }
            for field in ["name", "class", "seat", "birth-day", "number", "guardian-name"] {
              th(.scope("col")) { say("roster.field.\(field)") }
            }
          }
        }
        tbody { for row in preview.sample { line(row, say) } }
      }
    }
  }

  private func line(_ row: RosterRow, _ say: Speech) -> HTML {
    tr {
      td(.data("label", say("roster.report.row")), .class("n")) { String(row.row) }
      th(.scope("row")) { row.profile.name }
      td(.data("label", say("roster.field.class"))) { row.enrolment.classLabel }
      td(.data("label", say("roster.field.seat"))) { row.enrolment.seat.map(String.init) ?? "" }
      td(.data("label", say("roster.field.birth-day"))) { row.profile.birthDay.map(say.typed) ?? "" }
      td(.data("label", say("roster.field.number"))) { row.profile.number }
      td(.data("label", say("roster.field.guardian-name"))) { row.guardian?.name ?? "" }
    }
  }

  private func decide(_ frame: Frame) -> HTML {
    let say = frame.say
    if good == 0 {
      return div(.class("note heed mt5")) { p { say("roster.nothing-good") } }
    }
    return frame.form(.rosterRun(id, in: school), .class("form mt5")) {
      if bad == 0 {
        input(.type("hidden"), .name("choice"), .value("all-or-nothing"))
      } else {
        fieldset(.id("choice"), .tabindex(-1), .class(problems.isEmpty ? nil : "bad")) {
          legend { say("roster.choice", ["count": say.grouped(bad)]) }
          if let problem = problems.first { frame.errorLine(say(problem)) }
          div(.class("choices")) {
            for choice in [ImportRoster.Choice.goodRowsOnly, .allOrNothing] {
              label(.class("choice")) {
                input(
                  .type("radio"), .name("choice"), .value(choice.rawValue), .checked(choice == .goodRowsOnly))
                span {
                  say("roster.choice.\(choice.rawValue)", ["count": say.grouped(good)])
                  small { say("roster.choice.\(choice.rawValue).hint") }
                }
              }
            }
          }
        }
      }
      div {
        button(.class("btn primary"), .data("busy", say("roster.busy"))) {
          say("roster.run")
        }
      }
    }
  }
}

/// Every row that cannot be taken, with its number and why; never what the cell said.
struct RosterProblemTable: Sendable {
  let problems: [RosterProblem]
  let file: Route

  /// A page shows so many; the file has all.
  static let shown = 1000

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    if problems.isEmpty { return .nothing }
    let heading = say("roster.problems", ["count": say.grouped(problems.count)])
    return section(.class("band"), .aria("labelledby", "problems")) {
      div(.class("band-head")) {
        h2(.id("problems")) { heading }
        a(.class("btn"), .href(file.address), .download("roster-problems.csv")) {
          say("roster.problems.file")
        }
      }
      table(.class("table cards slim")) {
        caption(.class("sr")) { heading }
        thead {
          tr {
            for column in ["row", "column", "problem"] {
              th(.scope("col")) { say("roster.report.\(column)") }
            }
          }
        }
        tbody {
          for problem in problems.prefix(Self.shown) {
            tr {
              th(.scope("row")) { say("roster.row", ["row": say.grouped(problem.row)]) }
              td(.data("label", say("roster.report.column"))) {
                say("roster.field.\(problem.field.rawValue)")
              }
              td(.data("label", say("roster.report.problem"))) {
                say("roster.problem.\(problem.code.rawValue)") + (problem.detail.map { " (\($0))" } ?? "")
              }
            }
          }
        }
      }
      if problems.count > Self.shown {
        p(.class("meta mt3")) { say("roster.problems.cut", ["count": say.grouped(Self.shown)]) }
      }
    }
  }
}

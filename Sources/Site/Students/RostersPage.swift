import CaseWork
import Documents
import Gateway
import Markup
import Repositories

/// Where a class list comes in, and the imports of before.
struct RostersPage: Sendable {
  let schools: [School]
  let year: Int
  let latest: [RosterImport]
  var sent = FormBody()
  var problems: [Problem] = []
  /// Why the file could not be read.
  var tableProblem: TableProblem?

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("roster.title"), width: .narrow, problems: problems.count + (tableProblem == nil ? 0 : 1))
    {
      frame.errorSummary(lines(say))
      frame.pageHead(say("roster.title"), lead: say("roster.lead"))
      if schools.isEmpty {
        frame.empty(say("schools.none"), say("schools.none.text"), act: (say("schools.title"), .schools))
      } else {
        upload(frame)
      }
      former(frame)
    }
  }

  private func lines(_ say: Speech) -> [(text: String, place: String?)] {
    problems.map { (text: say("roster.\($0.field)") + ": " + say($0), place: $0.field) }
      + (fileProblem(say).map { [(text: say("roster.file") + ": " + $0, place: "file")] } ?? [])
  }

  private func fileProblem(_ say: Speech) -> String? {
    tableProblem.map { say("table.\($0.code.rawValue)", ["row": $0.row.map(String.init) ?? ""]) }
  }

  private func upload(_ frame: Frame) -> HTML {
    let say = frame.say
    return .element(
      "form", [.post, .multipart, .action(Route.rosters.address), .class("form"), .novalidate()]
    ) {
      frame.ownFields
      if schools.count == 1, let only = schools.first {
        input(.type("hidden"), .name("school"), .value(only.id.description))
      } else {
        frame.picker(
          "school", say("roster.school"), schools.map { ($0.id.description, $0.name) },
          chosen: sent["school"],
          empty: say("entry.choose"), problems)
      }
      frame.picker(
        "year", say("roster.year"),
        [year - 1, year, year + 1].map { (String($0), say("student.year.of", ["year": String($0)])) },
        chosen: sent["year"] ?? String(year), full: false, problems)
      fileField(frame)
      frame.entry(
        Entry("sheet", say("roster.sheet"), sent["sheet"] ?? "").with {
          $0.isOptional = true
          $0.hint = say("roster.sheet.hint")
        }, problems)
      div { button(.class("btn primary"), .data("busy", say("roster.busy"))) { say("roster.act") } }
    }
  }

  private func fileField(_ frame: Frame) -> HTML {
    let say = frame.say
    let problem = fileProblem(say) ?? problems.first { $0.field == "file" }.map { say($0) }
    return div(.class(problem == nil ? "field" : "field bad")) {
      label(.for("file")) { say("roster.file") }
      p(.class("hint"), .id("file-h")) { say("roster.file.hint") }
      if let problem { frame.errorLine(problem, id: "file-e") }
      input(
        .class("input full"), .id("file"), .name("file"), .type("file"), .accept(".csv,.txt,.xlsx"),
        .aria("describedby", problem == nil ? "file-h" : "file-h file-e"))
    }
  }

  private func former(_ frame: Frame) -> HTML {
    let say = frame.say
    if latest.isEmpty { return .nothing }
    let names = Dictionary(schools.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    return section(.class("band"), .aria("labelledby", "former")) {
      h2(.id("former")) { say("roster.former") }
      ul(.class("people")) {
        for entry in latest {
          li(.data("row", "")) {
            a(.href(Route.roster(entry.id, in: entry.school).address)) {
              b { names[entry.school] ?? "" }
              " " + say("roster.rows", ["count": say.grouped(entry.total)])
            }
            span(.class("tag")) { say("roster.status.\(entry.status.rawValue)") }
            span(.class("meta")) { say.typed(Day(inKoreaAt: entry.begunAt)) + " " + say.clock(entry.begunAt) }
          }
        }
      }
    }
  }
}

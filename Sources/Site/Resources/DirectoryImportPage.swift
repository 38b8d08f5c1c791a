import CaseWork
import Documents
import Gateway
import Markup
import Operations
import Repositories

/// Where a directory comes in, or goes out, as a file.
struct DirectoryFilesPage: Sendable {
  var problems: [Problem] = []
  var tableProblem: TableProblem?

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let wrong = fileProblem(say)
    return Page(say("directory.title"), width: .narrow, problems: wrong == nil ? 0 : 1) {
      frame.crumbs([(say("resources.title"), .resources), (say("directory.title"), nil)])
      if let wrong { frame.errorSummary([(text: say("directory.file") + ": " + wrong, place: "file")]) }
      frame.pageHead(say("directory.title"), lead: say("directory.lead"))
      section(.aria("labelledby", "bring")) {
        h2(.id("bring")) { say("directory.bring") }
        upload(wrong, frame)
      }
      section(.class("band"), .aria("labelledby", "hand-out")) {
        h2(.id("hand-out")) { say("directory.hand-out") }
        p { say("directory.hand-out.text") }
        div(.class("btn-row")) {
          a(.class("btn"), .href(Route.directoryTables.address)) { say("directory.tables") }
          a(.class("btn"), .href(Route.directoryJSON.address)) { say("directory.json") }
        }
      }
    }
  }

  private func fileProblem(_ say: Speech) -> String? {
    tableProblem.map { say("table.\($0.code.rawValue)", ["row": $0.row.map(String.init) ?? ""]) }
      ?? problems.first.map { say($0) }
  }

  private func upload(_ wrong: String?, _ frame: Frame) -> HTML {
    let say = frame.say
    return .element(
      "form", [.post, .multipart, .action(Route.directoryFiles.address), .class("form mt3"), .novalidate()]
    ) {
      frame.ownFields
      div(.class(wrong == nil ? "field" : "field bad")) {
        label(.for("file")) { say("directory.file") }
        p(.class("hint"), .id("file-h")) { say("directory.file.hint") }
        if let wrong { frame.errorLine(wrong, id: "file-e") }
        input(
          .class("input full"), .id("file"), .name("file"), .type("file"), .accept(".json,.zip,.csv,.xlsx"),
          .aria("describedby", wrong == nil ? "file-h" : "file-h file-e"))
      }
      div { button(.class("btn primary"), .data("busy", say("directory.busy"))) { say("directory.read") } }
    }
  }
}

/// What a file holds, what of it cannot be taken and why, and the choice; afterwards what came of it.
struct DirectoryImportPage: Sendable {
  let preview: DirectoryPreview
  var problems: [Problem] = []

  private static let shown = 200

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("directory.import.title"), width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("resources.title"), .resources), (say("directory.title"), .directoryFiles),
        (say("directory.import.title"), nil),
      ])
      frame.problemSummary(problems, ["choice": say("directory.choice")])
      frame.pageHead(say("directory.import.title"))
      if let reading = preview.reading {
        counts(reading, frame)
        unmapped(reading, frame)
        refusals(reading, frame)
        choice(reading, frame)
      } else {
        outcome(frame)
      }
    }
  }

  private func counts(_ reading: DirectoryReading, _ frame: Frame) -> HTML {
    let say = frame.say
    return section(.aria("labelledby", "counts")) {
      h2(.id("counts")) { say("directory.form.\(reading.form.rawValue)") }
      table(.class("table")) {
        caption(.class("sr")) { say("directory.counts") }
        thead {
          tr {
            for column in ["table", "rows", "taken", "refused"] {
              th(.scope("col")) { say("directory.column.\(column)") }
            }
          }
        }
        tbody {
          for (name, count) in reading.counts.sorted(by: { $0.key < $1.key }) where count.read > 0 {
            tr {
              th(.scope("row")) { tableName(name, say) }
              td { say.grouped(count.read) }
              td { say.grouped(count.taken) }
              td { say.grouped(count.refused) }
            }
          }
        }
      }
    }
  }

  private func unmapped(_ reading: DirectoryReading, _ frame: Frame) -> HTML {
    let say = frame.say
    guard !reading.unmapped.isEmpty else { return .nothing }
    return section(.class("band"), .aria("labelledby", "unmapped")) {
      h2(.id("unmapped")) { say("directory.unmapped") }
      p(.class("hint")) { say("directory.unmapped.text") }
      ul(.class("people mt2")) {
        for line in reading.unmapped.prefix(Self.shown) {
          li {
            say(
              "directory.unmapped.line",
              [
                "table": tableName(line.table, say), "field": fieldName(line.field, say),
                "count": say.grouped(line.count),
              ])
          }
        }
      }
    }
  }

  private func refusals(_ reading: DirectoryReading, _ frame: Frame) -> HTML {
    let say = frame.say
    let sorted = reading.problems.filter(\.code.refuses) + reading.problems.filter { !$0.code.refuses }
    guard !sorted.isEmpty else { return .nothing }
    let more = sorted.count + reading.unlisted - min(sorted.count, Self.shown)
    return section(.class("band"), .aria("labelledby", "problems")) {
      h2(.id("problems")) { say("directory.problems") }
      ul(.class("people mt2")) {
        for problem in sorted.prefix(Self.shown) {
          li {
            b { place(problem.place, say) }
            span(.class("meta")) {
              if let field = problem.field { fieldName(field, say) + ": " }
              say("directory.problem.\(problem.code.rawValue)")
            }
          }
        }
      }
      if more > 0 { p(.class("hint")) { say("directory.problems.more", ["count": say.grouped(more)]) } }
    }
  }

  private func place(_ place: DirectoryProblem.Place, _ say: Speech) -> String {
    if let row = place.row {
      return say("directory.row", ["table": tableName(place.table, say), "row": String(row)])
    }
    return [tableName(place.table, say), place.path].compactMap(\.self).joined(separator: " ")
  }

  /// Tables and fields are the standard's; where there is a word of ours for one, it is said.
  private func tableName(_ name: String, _ say: Speech) -> String {
    let key = "directory.table.\(name.replacing("_", with: "-"))"
    return say.has(key) ? say(key) : name
  }

  private func fieldName(_ name: String, _ say: Speech) -> String {
    let key = "directory.field.\(name.replacing("_", with: "-"))"
    return say.has(key) ? say(key) : name
  }

  private func choice(_ reading: DirectoryReading, _ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .id("choice"), .tabindex(-1), .aria("labelledby", "choice-h")) {
      h2(.id("choice-h")) { say("directory.choice") }
      frame.form(.directoryImportRun(preview.entry.id), .class("btn-row mt3")) {
        if reading.refused == 0 {
          button(.class("btn primary"), .name("choice"), .value("all"), .data("busy", say("directory.busy")))
          {
            say("directory.take-all")
          }
        } else {
          button(
            .class("btn primary"), .name("choice"), .value("some"), .data("busy", say("directory.busy"))
          ) { say("directory.take-some", ["count": say.grouped(reading.refused)]) }
          button(.class("btn"), .name("choice"), .value("all")) { say("directory.take-all") }
        }
      }
      frame.form(.directoryImportCancel(preview.entry.id), .class("mt3")) {
        button(.class("btn")) { say("directory.cancel") }
      }
    }
  }

  private func outcome(_ frame: Frame) -> HTML {
    let say = frame.say
    let outcome = preview.entry.outcome
    return section(.class("note"), .aria("labelledby", "outcome")) {
      h2(.id("outcome")) { say("directory.outcome") }
      p {
        say(
          "directory.outcome.text",
          [
            "added": say.grouped(outcome.added), "changed": say.grouped(outcome.changed),
            "same": say.grouped(outcome.same), "refused": say.grouped(outcome.refused),
          ])
      }
      div(.class("btn-row")) { a(.class("btn"), .href(Route.resources.address)) { say("resources.all") } }
    }
  }
}

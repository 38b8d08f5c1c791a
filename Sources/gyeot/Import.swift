import ArgumentParser
import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Server

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring a school's class list in (CSV or XLSX).",
    discussion:
      "Columns are found by their headers. Bad rows are named; the others are taken with --good-rows.")

  @OptionGroup var store: StoreOptions
  @Argument(help: "The file of the class list.")
  var file: String
  @Option(help: "The school's name.")
  var school: String
  @Option(name: .customLong("as"), help: "The sign-in name of the person who imports; the act is logged.")
  var asker: String
  @Option(help: "The school year; this one without it.")
  var year: Int?
  @Flag(help: "Take the good rows although some are bad.")
  var goodRows = false
  @Flag(help: "Only say what would happen.")
  var preview = false

  func run() async throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: file)))
    try await store.withOffice { office in
      let school = try await office.school(named: school)
      let asker = try await office.asker(signingInAs: asker, route: "gyeot import")
      let act = ImportRoster(office)
      let preview = try await act.preview(
        bytes, name: URL(filePath: file).lastPathComponent, in: school.id,
        year: year ?? SchoolYear.year(of: Day(inKoreaAt: office.clock())), by: asker)
      for problem in preview.problems { Terminal.line(line(problem)) }
      guard let id = preview.id else {
        throw Failure(
          "columns cannot be told: "
            + preview.mappingProblems.map { "\($0.field) \($0.code)" }.joined(separator: ", "))
      }
      guard !self.preview else {
        Terminal.line("\(preview.total) rows, \(preview.problems.count) problems; nothing was imported")
        return
      }
      let report = try await withProgress(of: id, act, school.id, asker) {
        try await act.run(id, in: school.id, goodRows ? .goodRowsOnly : .allOrNothing, by: asker)
      }
      let end = report.progress
      Terminal.line("\(end.added) added, \(end.changed) changed, \(end.refused) refused of \(end.total) rows")
    }
  }

  private func withProgress<T: Sendable>(
    of id: ID<RosterImport>, _ act: ImportRoster, _ school: ID<School>, _ asker: Asker,
    _ body: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while true {
          try await Task.sleep(for: .seconds(1))
          let now = try await act.progress(id, in: school, by: asker)
          Terminal.progress("\(now.done) of \(now.total) rows")
        }
      }
      let result = try await body()
      group.cancelAll()
      return result
    }
  }

  private func line(_ problem: RosterProblem) -> String {
    "row \(problem.row): \(problem.field.rawValue) \(problem.code.rawValue)\(problem.detail.map { " (\($0))" } ?? "")"
  }
}

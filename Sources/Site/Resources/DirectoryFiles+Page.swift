import CaseWork
import Documents
import Gateway
import HTTPTypes
import Hummingbird
import Markup
import Operations
import Repositories

extension Site {
  func addDirectoryFiles(to router: Router<PageContext>) {
    router.get(.directoryFiles) { request, context in
      try keepsDirectory(context)
      let frame = frame(request, context)
      return frame.response(DirectoryFilesPage().page(frame))
    }
    router.post(.directoryFiles) { _, context in try await receiveDirectory(context) }
    router.get(.directoryImport) { request, context in
      try keepsDirectory(context)
      let id = try context.id(of: DirectoryImport.self)
      let preview = try await ImportDirectory(office).preview(id, by: try context.asker)
      let frame = frame(request, context)
      return frame.response(DirectoryImportPage(preview: preview).page(frame))
    }
    router.post(.directoryImportRun) { _, context in try await takeDirectory(context) }
    router.post(.directoryImportCancel) { _, context in
      try keepsDirectory(context)
      let id = try context.id(of: DirectoryImport.self)
      try await ImportDirectory(office).cancel(id, by: try context.asker)
      return .to(Route.directoryFiles.done("directory-cancelled"))
    }
    router.get(.directoryJSON) { _, context in
      try await handOut(.json, "directory.json", "application/json", context)
    }
    router.get(.directoryTables) { _, context in
      try await handOut(.tables, "directory.zip", "application/zip", context)
    }
  }

  private func keepsDirectory(_ context: PageContext) throws {
    guard try context.signedIn.staff.keepsDirectory else { throw Refusal.notFound }
  }

  private func receiveDirectory(_ context: PageContext) async throws -> Response {
    try keepsDirectory(context)
    var page = DirectoryFilesPage()
    do {
      guard let file = context.form.files["file"] else {
        throw Refusal.invalid([Problem("file", "choose-file")])
      }
      let id = try await ImportDirectory(office).receive(file.bytes, name: file.name, by: try context.asker)
      return .to(.directoryImport(id))
    } catch Refusal.invalid(let problems) {
      page.problems = problems
    } catch let problem as TableProblem {
      page.tableProblem = problem
    }
    let frame = frame(context)
    return frame.response(page.page(frame), status: .unprocessableContent)
  }

  private func takeDirectory(_ context: PageContext) async throws -> Response {
    try keepsDirectory(context)
    let id = try context.id(of: DirectoryImport.self)
    let choice = context.form["choice"].flatMap(ImportDirectory.Choice.init(rawValue:)) ?? .allOrNothing
    do {
      try await ImportDirectory(office).run(id, choice, by: try context.asker)
      return .to(.directoryImport(id))
    } catch Refusal.invalid(let problems) {
      let preview = try await ImportDirectory(office).preview(id, by: try context.asker)
      let frame = frame(context)
      return frame.response(
        DirectoryImportPage(preview: preview, problems: problems).page(frame), status: .unprocessableContent)
    }
  }

  private func handOut(
    _ form: ExportDirectory.Form, _ name: String, _ type: String, _ context: PageContext
  ) async throws -> Response {
    try keepsDirectory(context)
    let bytes = try await ExportDirectory(office)(form, by: try context.asker)
    return .file(bytes, type, name)
  }
}

public import CaseWork
import Practice
import Repositories
import Store

/// Notes somebody around a student who can help, or what has changed about it.
public struct KeepInformalResource: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Saves `resource`; version 0 makes a new one, another is the version that was read.
  ///
  /// - Throws: `Refusal.invalid`, also for a person who must not be contacted.
  @discardableResult
  public func callAsFunction(
    _ resource: InformalResource, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> InformalResource {
    try await office.act(by: asker) { desk in
      let file = try desk.findForPeople(id)
      let problems = try desk.problems(of: resource, in: file)
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      if resource.version > 0 { try desk.requireThere(resource.id, in: file) }
      let kept = try desk.keep(resource, in: file)
      // The trail tells neither who nor how near.
      try desk.note(
        kept.version == 1 ? "add-informal" : "change-informal", "informal-resource", kept.id.description,
        in: file.school, caseFile: file.id)
      return kept
    }
  }
}

/// Somebody around a student helps no more: it is kept with its reason.
public struct EndInformalResource: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - reason: a code of the list `informal-end`.
  ///   - words: more of it, where something is to be said.
  public func callAsFunction(
    _ resource: ID<InformalResource>, from version: Int, because reason: String, words: String? = nil,
    in id: ID<CaseFile>, by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let file = try desk.findForPeople(id)
      guard var ended = try desk.informalResources(of: file).first(where: { $0.id == resource }) else {
        throw Refusal.notFound
      }
      guard ended.version == version, ended.told.ended == nil else {
        throw Refusal.conflict(.changedByAnother)
      }
      let words = words.map { Text.cleaned($0, keepingLines: true) } ?? ""
      var problems: [Problem] = []
      if desk.practice.list("informal-end")[reason] == nil { problems.append(Problem("reason", "choose")) }
      if words.count > 500 { problems.append(Problem("words", "too-long", "500")) }
      if NationalID.isFound(in: words) { problems.append(Problem("words", "national-id")) }
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      ended.told.ended = InformalResource.Ended(
        on: desk.day, reason: reason, words: words.isEmpty ? nil : words)
      _ = try desk.keep(ended, in: file)
      try desk.note(
        "end-informal", "informal-resource", resource.description, in: file.school, caseFile: file.id)
    }
  }
}

extension Desk {
  /// The case, for whoever may change who is around the student.
  fileprivate func findForPeople(_ id: ID<CaseFile>) throws -> CaseFile {
    let seen = try see(id)
    guard mayKnowPeople(around: seen) else { throw Refusal.notFound }
    let file = try find(id, for: .linkResources)
    guard !file.hasEnded else { throw Refusal.conflict(.alreadyClosed) }
    return file
  }

  fileprivate func requireThere(_ id: ID<InformalResource>, in file: CaseFile) throws {
    guard let now = try informalResources(of: file).first(where: { $0.id == id }) else {
      throw Refusal.notFound
    }
    guard now.told.ended == nil else { throw Refusal.conflict(.changedByAnother) }
  }

  fileprivate func problems(of resource: InformalResource, in file: CaseFile) throws -> [Problem] {
    let told = resource.told
    var problems = resource.problems
    if practice.list("informal-kind")[told.kind] == nil { problems.append(Problem("kind", "choose")) }
    if !told.needs.allSatisfy({ practice.list("need-area")[$0] != nil }) {
      problems.append(Problem("needs", "unknown-code"))
    }
    if practice.list("agreement")[told.agreed] == nil { problems.append(Problem("agreed", "choose")) }
    if let checked = told.checkedOn, checked > day { problems.append(Problem("checked", "in-the-future")) }
    // A person from whom the student is kept away is not to be asked for help by another list.
    if try relatives(of: file).contains(where: { $0.mustNotContact && $0.name == told.name }) {
      problems.append(Problem("name", "must-not-contact"))
    }
    return problems
  }
}

public import CaseWork
import Practice
import Repositories
import Store

/// The people around one student who can help, with what was told of each before.
public struct ReadInformalResources: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `Refusal.notFound` for whoever may not read what was assessed.
  public func callAsFunction(_ id: ID<CaseFile>, by asker: Asker) async throws -> InformalPage {
    try await office.look("read-informal", by: asker) { desk in
      let seen = try desk.see(id)
      guard desk.mayKnowPeople(around: seen) else { throw Refusal.notFound }
      let (file, histories) = (seen.file, try desk.histories(of: seen.file))
      let known = Set(histories.compactMap { $0.now?.told.name })
      let mayChange =
        desk.practice.permissions.allow(.linkResources, as: seen.roles, at: file.stage) && !file.hasEnded
      return Looked(
        InformalPage(
          file: file, student: try desk.line(of: file), histories: histories,
          ties: mayChange ? try desk.ties(of: file).filter { !known.contains($0.name) } : [],
          names: try desk.staffNames(histories.flatMap { $0.versions.map(\.by) }), mayChange: mayChange),
        at: [Subject(file.student, file.school)])
    }
  }
}

public struct InformalPage: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  /// Those who are there first.
  public let histories: [InformalHistory]
  /// Whom the newest assessment names and who is not in the list yet.
  public let ties: [Surroundings.Tie]
  public let names: [ID<Staff>: String]
  public let mayChange: Bool

  public var hasEnded: Bool { file.hasEnded }

  public subscript(id: ID<InformalResource>) -> InformalHistory? { histories.first { $0.now?.id == id } }
}

extension Desk {
  fileprivate func ties(of file: CaseFile) throws -> [Surroundings.Tie] {
    let told = try assessed(of: file).lazy.map { Surroundings($0.answers, on: $0.day) }
    return told.first { !$0.ties.isEmpty }?.helpingTies ?? []
  }
}

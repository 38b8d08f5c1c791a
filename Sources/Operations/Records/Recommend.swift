public import CaseWork
import Repositories
import Store

/// F29: a recommendation of counselling or treatment, counted (초·중등교육법 시행령 제31조의5).
public struct Recommend: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .recommend)
      var numbered = answers
      numbered["number"] = String(try desk.session.nextSeries(of: .recommendation, in: file))
      return try desk.write(.recommendation, numbered, in: file, finishing: true)
    }
  }
}

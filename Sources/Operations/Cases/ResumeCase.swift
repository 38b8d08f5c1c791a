public import CaseWork
import Repositories
import Store

/// A suspended case goes on.
public struct ResumeCase: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(_ id: ID<CaseFile>, by asker: Asker) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .suspend)
      let next = try desk.apply(try file.resumed(desk.doing))
      try desk.settle(next)
      return next
    }
  }
}

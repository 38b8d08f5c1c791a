public import CaseWork
import Repositories
import Store

/// A person decides another level, and says why.
public struct ChangeLevel: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ id: ID<CaseFile>, to level: Level, because reason: String, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .changeLevel)
      let reason = try desk.checked(reason, field: "reason", keepingLines: true)
      guard !reason.isEmpty else { throw Refusal.invalid([Problem("reason", "required")]) }
      let next = try desk.apply(try file.changing(to: level, desk.doing), words: reason)
      try desk.settle(next)
      return next
    }
  }
}

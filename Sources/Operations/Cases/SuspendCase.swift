public import CaseWork
import Repositories
import Store

/// 일시중단: the case waits, and its clocks stand still.
public struct SuspendCase: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// `reason` is a code: `vacation`, `absence`, `hospital`, `other`.
  @discardableResult
  public func callAsFunction(
    _ id: ID<CaseFile>, because reason: String, words: String? = nil, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .suspend)
      let words = try words.map { try desk.checked($0, field: "words", keepingLines: true) }
      let code = try desk.checked(reason, field: "reason", keepingLines: false)
      guard !code.isEmpty, code.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "-") }) else {
        throw Refusal.invalid([Problem("reason", "unknown-code")])
      }
      let next = try desk.apply(try file.suspended(because: code, desk.doing), words: words)
      try desk.settle(next)
      return next
    }
  }
}

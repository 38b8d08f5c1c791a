public import CaseWork

/// F16: how far the goals were reached.
public struct Evaluate: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, finishing: Bool = true, by asker: Asker
  ) async throws -> SavedRecord {
    try await WriteRecord(office)(.evaluation, answers, in: id, finishing: finishing, by: asker)
  }
}

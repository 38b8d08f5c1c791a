public import CaseWork

/// F18: one look after the closure. The last one ends the case.
public struct RecordFollowUp: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await WriteRecord(office)(.followUp, answers, in: id, by: asker)
  }
}

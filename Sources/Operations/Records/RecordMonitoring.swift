public import CaseWork

/// F13: how it goes, goal by goal; what it adjusts is done at once (AJ5 level, AJ6 reassessment, AJ7 evaluation, AJ8 urgent).
public struct RecordMonitoring: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await WriteRecord(office)(.monitoring, answers, in: id, by: asker)
  }
}

public import CaseWork

/// F11, F12: one conversation or service, written in one go.
public struct RecordContact: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await WriteRecord(office)(.contact, answers, in: id, by: asker)
  }
}

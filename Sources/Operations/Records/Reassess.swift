public import CaseWork

/// F14: looks at everything anew; when finished its decision is carried out.
public struct Reassess: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, finishing: Bool = true, by asker: Asker
  ) async throws -> SavedRecord {
    try await WriteRecord(office)(.reassessment, answers, in: id, finishing: finishing, by: asker)
  }
}

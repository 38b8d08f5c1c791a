public import CaseWork
import Foundation
import Repositories
import Store

/// The head of the school lets a student have counselling or treatment without the guardian's consent (긴급지원, 초·중등교육법
/// 제18조의5): refused unless recommendations, experts and committee are there (`EmergencySupport`).
public struct BeginEmergencySupport: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `Refusal.notYet` with each requirement that is missing.
  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .supportInEmergency)
      return try desk.write(.emergencySupport, answers, in: file, finishing: false)
    }
  }
}

/// The support ends, and the guardian is told at once (시행령 제31조의6). Whoever records the recommendations records it.
public struct EndEmergencySupport: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// `answers` are those of the whole form, the beginning included; what was decided at the beginning stays as it was.
  @discardableResult
  public func callAsFunction(
    _ record: ID<CaseRecord>, _ answers: Answers, from version: Int, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .recommend)
      let stored = try desk.session.records(of: file).find(record)
      guard stored.header.kind == .emergencySupport else { throw Refusal.notFound }
      var ended = try desk.opened(stored, of: file).answers
      for path in EndEmergencySupport.fields { ended[path] = answers[path] }
      return try desk.correct(stored, with: ended, from: version, in: file, finishing: true)
    }
  }

  private static let fields = ["ended", "told-guardian", "told-method", "result"]
}

extension Desk {
  /// What a support still needs, by the answers of its form and the recommendations of the case.
  func missing(for support: Answers, in file: CaseFile) throws -> [Missing] {
    let recommended = try session.records(of: file).all(.recommendation)
    let experts = support.rows("experts")
    return EmergencySupport(
      recommendationsNotFollowed: recommended.count { $0.marks["outcome-not-followed"] > 0 },
      isLifeInDanger: support.flag("life-in-danger") && support["danger-why"] != nil,
      experts: experts.count, psychiatrists: experts.count { $0["profession"] == "psychiatrist" },
      isCommitteeHeard: support["committee"] != nil,
      isRepeated: support.flag("repeated") && support["repeated-why"] != nil
    ).missing
  }
}

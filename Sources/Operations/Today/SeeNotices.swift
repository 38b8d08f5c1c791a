public import CaseWork
public import Repositories
import Store

/// News that was read.
public struct SeeNotices: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ ids: [ID<Notice>], by asker: Asker) async throws {
    try await office.act(by: asker) { desk in
      try desk.session.notices(of: desk.staff.id).see(ids, at: desk.instant)
    }
  }
}

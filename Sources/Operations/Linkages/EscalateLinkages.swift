import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// Tells the supervisors of linkages that nobody has answered in time; what the clock does, nobody of the staff.
public struct EscalateLinkages: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Returns: how many were told of.
  @discardableResult
  public func callAsFunction(atMost limit: Int = 50) async throws -> Int {
    let office = office
    let instant = office.clock()
    // Most days there is nothing, so nothing is written.
    let waiting = try await office.database.read {
      try $0.linkagesOverdue(on: Day(inKoreaAt: instant), atMost: 1).count
    }
    guard waiting > 0 else { return 0 }
    return try await office.database.write { session in
      let desk = Desk.ofNobody(office, session, at: instant)
      let policy = desk.practice.policy.linkages
      var count = 0
      for (linkage, file) in try session.linkagesOverdue(on: desk.day, atMost: limit) {
        let calendar = try desk.calendar(of: file.school)
        guard
          let day = LinkageClock.escalationDay(of: linkage, policy: policy, calendar: calendar),
          day <= desk.day
        else { continue }
        let stored = try session.linkages(of: file).find(linkage.id)
        var next = linkage
        next.escalatedAt = instant
        _ = try desk.update(next, try desk.open(stored, of: file), of: file)
        for supervisor in try session.participants(of: file).all()
        where supervisor.capacity == .supervisor && (supervisor.until.map { desk.day <= $0 } ?? true) {
          try desk.notify(supervisor.staff, .linkageLate, in: file.school, caseFile: file.id)
        }
        try desk.notify(file.manager, .linkageLate, in: file.school, caseFile: file.id)
        try desk.noteNobody("escalate-linkage", of: linkage)
        try desk.settle(file)
        count += 1
      }
      return count
    }
  }
}

extension Desk {
  /// A desk at which nobody of the staff sits: an agency answers, or the clock strikes. It permits nothing by itself.
  static func ofNobody(
    _ office: Office, _ session: any Session, at instant: Date, from address: String = ""
  ) -> Desk {
    let nobody = Staff(
      id: ID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))), name: "", assignments: [])
    return Desk(
      office: office, session: session, asker: Asker(staff: nobody, address: address, route: "/l/{token}"),
      instant: instant, sealer: session.keys(office.vault))
  }

  /// An event of nobody of the staff.
  func noteNobody(_ act: String, of linkage: Linkage, detail: String = "") throws {
    try session.events.append(
      Event(
        id: newID(), school: linkage.school, staff: nil, at: instant, act: act, subjectKind: "linkage",
        subject: linkage.id.description, caseFile: linkage.caseFile, detail: detail))
  }
}

import CaseWork
import Foundation
import Repositories
import Store

extension Desk {
  /// What follows when a consent to tell one agency is taken back: its ways in are closed, and what was not accepted yet is
  /// cancelled. What is out already stays, marked, so that the agency is told.
  func closeLinkages(to recipient: ID<Resource>, in file: CaseFile) throws {
    for stored in try session.linkages(of: file).all() {
      let linkage = stored.linkage
      guard linkage.recipient == recipient, linkage.ground == "consent", linkage.withdrawnOn == nil,
        linkage.state != .enteredInError
      else { continue }
      var next = linkage
      next.withdrawnOn = day
      try session.agencyLinks.revokeAll(of: .linkage(linkage.id), in: linkage.school, at: instant)
      let contents = try open(stored, of: file)
      if linkage.state.isOpen, linkage.acceptedOn == nil {
        let moved = try move(
          next, contents, to: .cancelled, by: .requester, because: "consent", way: .program, staff: staff.id,
          of: file)
        try note("move-linkage", of: moved, detail: "cancelled consent")
      } else {
        _ = try update(next, contents, of: file)
        try add(
          Linkage.Step(
            id: newID(), linkage: linkage.id, by: staff.id, party: .requester, way: .program, at: instant,
            from: linkage.state, to: linkage.state, reason: "withdrawn"), of: file)
      }
    }
  }
}

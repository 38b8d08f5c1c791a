internal import CaseWork
internal import Foundation
internal import Repositories
internal import Store

/// Says in the chain of each school what every row looks like, once: for rows from before the trail knew of them.
///
/// A store made since has nothing to take stock of: its chains know their rows from the first on.
public struct TakeStock: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction() async throws {
    let old = try await office.database.survey { session -> [String] in
      guard try session.anchors.hasOffice(), try !session.anchors.isComplete("office") else { return [] }
      return try session.anchors.chains().filter { try !session.anchors.isComplete($0) }
    }
    for chain in old { try await take(chain) }
  }

  private func take(_ chain: String) async throws {
    let instant = office.clock()
    try await office.database.write { [office] session in
      guard try !session.anchors.isComplete(chain) else { return }
      var lines: [String] = []
      func leave(_ act: String) throws {
        try session.events.append(
          Event(
            id: office.id(at: instant), school: ID(chain), staff: nil, at: instant, act: act,
            subjectKind: "rows", subject: chain, rowDigests: lines.joined(separator: "\n")))
        lines = []
      }
      try session.anchors.forEachRow(of: chain) { row in
        lines.append("\(row.row) \(row.digest)")
        if lines.count == 1000 { try leave(Event.anchoring) }
      }
      try leave(Event.takingStock)
    }
  }
}

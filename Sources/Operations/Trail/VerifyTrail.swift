public import CaseWork
public import Foundation
internal import Repositories
internal import Store
internal import Vault

/// Recomputes every chain from its first link and says what does not fit, and how far each chain reaches.
///
/// Who can write the store and holds the office key can rebuild a chain, and who puts back an old copy of everything has
/// an old trail that fits. Against both, note the number and hash of the last link outside from time to time.
public struct VerifyTrail: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// For the privacy officer or an administrator; for nobody, on the command line.
  public func callAsFunction(by staff: Staff?) async throws -> TrailReport {
    guard staff.map({ $0.has(.privacyOfficer) || $0.has(.administrator) }) ?? true else {
      throw Refusal.notAllowed
    }
    let vault = office.vault
    return try await office.database.survey { session in
      var walk = ChainWalk()
      let chain = session.trailChain
      try chain.forEachLink { walk.step($0) }
      let heads = try chain.heads()
      let key = heads.isEmpty ? nil : try session.keys(vault).storedKey(for: .office)
      walk.close(with: heads) { school, head in
        key?.isCode(
          head.seal, of: TrailChain.Head.sealed(school: school, number: head.number, hash: head.hash),
          purpose: "chain-head") ?? false
      }
      for row in try chain.strangers(atMost: 100) { walk.find(.inserted, row.school, nil, row.kind, row.row) }
      for row in try chain.lostWaiting(atMost: 100) {
        walk.find(.removed, row.school, nil, row.kind, row.row)
      }
      if let key {
        for row in try chain.foreignWaiting(sealedWith: key, atMost: 100) {
          walk.find(row.seal == nil ? .inserted : .changed, row.school, nil, row.kind, row.row)
        }
      }
      try compareRows(in: session, heads, &walk)
      return TrailReport(schools: walk.chains(waiting: try chain.waiting()))
    }
  }

  /// Compares every row with what the trail knows of it.
  private func compareRows(
    in session: any Session, _ heads: [String: TrailChain.Head], _ walk: inout ChainWalk
  ) throws {
    let anchors = session.anchors
    let (areAllComplete, hasOffice) = (try anchors.isAnyComplete(), try anchors.hasOffice())
    let waiting = try session.trailChain.waiting()
    for chain in try anchors.chains() {
      let isComplete = try anchors.isComplete(chain)
      // Only a store from before has rows of which no chain knows.
      let isMissing = areAllComplete ? !isComplete : heads[chain] == nil && waiting[chain] == nil
      if isMissing, hasOffice || chain != "office" {
        walk.find(.removed, chain, nil, "event", Event.takingStock)
      }
      for (kind, row) in try RowWalk(of: chain, in: session, isComplete: isComplete).findings {
        let parts = row.split(separator: " ", maxSplits: 1).map(String.init)
        walk.find(kind, chain, nil, parts[0], parts.count > 1 ? parts[1] : "")
      }
    }
  }
}

public struct TrailReport: Hashable, Sendable {
  public let schools: [SchoolChain]

  public init(schools: [SchoolChain]) {
    self.schools = schools
  }

  public var isWhole: Bool { schools.allSatisfy(\.findings.isEmpty) }

  public struct SchoolChain: Hashable, Sendable {
    /// `nil` is the chain of the office itself.
    public let school: ID<School>?
    public let links: Int
    /// The hash of the last link, in hexadecimal digits: to be noted outside.
    public let lastHash: String
    /// When the act or reading of the last link was.
    public let reaches: Date?
    /// Rows that are not linked yet.
    public let waiting: Int
    /// At most 100.
    public let findings: [Finding]

    public init(
      school: ID<School>?, links: Int, lastHash: String, reaches: Date?, waiting: Int, findings: [Finding]
    ) {
      self.school = school
      self.links = links
      self.lastHash = lastHash
      self.reaches = reaches
      self.waiting = waiting
      self.findings = findings
    }
  }

  public struct Finding: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
      /// The row, or its link, says something else than when it was linked.
      case changed
      /// The row, or its link, is gone.
      case removed
      /// A row or link that the program did not write.
      case inserted
      /// The row was linked, but at another place.
      case reordered
      /// Links at the end are gone, or the last one's seal is not right.
      case cutTail = "cut-tail"
    }

    public let kind: Kind
    /// The number of the link, where it has one.
    public let number: Int?
    /// `event` or `access`, or the table of the row.
    public let rowKind: String?
    public let row: String?

    public init(kind: Kind, number: Int?, rowKind: String?, row: String?) {
      self.kind = kind
      self.number = number
      self.rowKind = rowKind
      self.row = row
    }
  }
}

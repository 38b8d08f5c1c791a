internal import Foundation
internal import Repositories
internal import Store
internal import Vault

/// Links the rows that wait into the chain of their school: the notary's act.
public struct LinkTrail: Sendable {
  /// Rows linked at once: few enough that no act and no page has to wait long for it.
  public static let rowsAtOnce = 64

  private let office: Office
  private let holder: String

  /// Its `holder` tells this program from others on the same store.
  public init(_ office: Office, holder: String) {
    self.office = office
    self.holder = holder
  }

  /// Links some rows, the oldest first.
  ///
  /// - Returns: how many were linked; 0 when none waits, or another program holds the lease.
  @discardableResult
  public func callAsFunction(atMost limit: Int = rowsAtOnce) async throws -> Int {
    // The idle program only reads.
    guard try await office.database.read({ try $0.trailChain.hasPending }) else { return 0 }
    let instant = office.clock()
    let (vault, holder) = (office.vault, holder)
    return try await office.database.write { session in
      let chain = session.trailChain
      guard
        try chain.takeLease(of: "notary", for: holder, at: instant, until: instant.addingTimeInterval(10))
      else { return 0 }
      let key = try session.keys(vault).sealingKey(for: .office)
      // What somebody else put up to be linked waits for ever, and is told by whoever verifies.
      let pending = try chain.pending(atMost: limit, sealedWith: key)
      guard !pending.isEmpty else { return 0 }
      var heads = try chain.heads(of: Set(pending.map(\.school)))
      var links: [TrailChain.NewLink] = []
      for (school, rows) in Dictionary(grouping: pending, by: \.school) {
        var (number, hash) = (heads[school]?.number ?? 0, heads[school]?.hash ?? Chain.start)
        for row in rows {
          number += 1
          // A row that is gone before it is linked gets the digest of nothing, and is found missing later.
          hash = Chain.link(previous: hash, row: row.digest ?? Chain.digest(of: [String?]()))
          links.append(TrailChain.NewLink(of: row, number: number, hash: hash))
        }
        let seal = key.code(
          of: TrailChain.Head.sealed(school: school, number: number, hash: hash), purpose: "chain-head")
        heads[school] = TrailChain.Head(number: number, hash: hash, seal: seal)
      }
      try chain.add(links)
      try chain.set(heads)
      return pending.count
    }
  }
}

internal import CaseWork
internal import Foundation
internal import Repositories
internal import Vault

/// Walks along the links of every school and gathers what does not fit.
struct ChainWalk {
  private struct Misfit {
    let number: Int
    let previous: [UInt8]
    let link: TrailChain.Link
  }
  private struct Walked {
    var number = 0
    var hash = Chain.start
    var hashes = 0
    var reaches: Date?
    var misfits: [Misfit] = []
    var findings: [TrailReport.Finding] = []
  }

  private var walked: [String: Walked] = [:]

  mutating func step(_ link: TrailChain.Link) {
    var chain = walked[link.school] ?? Walked()
    defer { walked[link.school] = chain }
    if link.number > chain.number + 1 {
      chain.findings.append(.init(kind: .removed, number: chain.number + 1, rowKind: nil, row: nil))
    }
    let isNext = link.number == chain.number + 1
    if link.digest == nil {
      chain.findings.append(.init(kind: .removed, number: link.number, rowKind: link.kind, row: link.row))
    } else if isNext, let digest = link.digest, Chain.link(previous: chain.hash, row: digest) != link.hash,
      chain.misfits.count < 100
    {
      chain.misfits.append(Misfit(number: link.number, previous: chain.hash, link: link))
    }
    chain.number = link.number
    chain.hash = link.hash
    chain.hashes += 1
    chain.reaches = link.at ?? chain.reaches
  }

  /// Compares the end of each chain with its sealed head.
  mutating func close(
    with heads: [String: TrailChain.Head], isSealed: (String, TrailChain.Head) -> Bool
  ) {
    for school in Set(walked.keys).union(heads.keys) {
      var chain = walked[school] ?? Walked()
      if let head = heads[school] {
        if chain.number > head.number {
          chain.findings.append(.init(kind: .inserted, number: chain.number, rowKind: nil, row: nil))
        } else if chain.number < head.number || chain.hash != head.hash || !isSealed(school, head) {
          chain.findings.append(.init(kind: .cutTail, number: head.number, rowKind: nil, row: nil))
        }
      } else {
        chain.findings.append(.init(kind: .cutTail, number: chain.number, rowKind: nil, row: nil))
      }
      walked[school] = chain
    }
  }

  mutating func find(
    _ kind: TrailReport.Finding.Kind, _ school: String, _ number: Int?, _ rowKind: String, _ row: String
  ) {
    walked[school, default: Walked()].findings.append(
      .init(kind: kind, number: number, rowKind: rowKind, row: row))
  }

  func chains(waiting: [String: Int]) -> [TrailReport.SchoolChain] {
    Set(walked.keys).union(waiting.keys).sorted().map { school in
      let chain = walked[school] ?? Walked()
      let findings = chain.findings + misfits(of: chain)
      return TrailReport.SchoolChain(
        school: ID(school), links: chain.hashes, lastHash: chain.hash.hex, reaches: chain.reaches,
        waiting: waiting[school] ?? 0,
        findings: Array(findings.sorted { ($0.number ?? .max) < ($1.number ?? .max) }.prefix(100)))
    }
  }

  /// A row that fits where another misfit stands was moved; any other was changed.
  private func misfits(of chain: Walked) -> [TrailReport.Finding] {
    chain.misfits.map { misfit in
      let fitsElsewhere = chain.misfits.contains { other in
        guard other.number != misfit.number, let digest = misfit.link.digest else { return false }
        return Chain.link(previous: other.previous, row: digest) == other.link.hash
      }
      return TrailReport.Finding(
        kind: fitsElsewhere ? .reordered : .changed, number: misfit.number, rowKind: misfit.link.kind,
        row: misfit.link.row)
    }
  }
}

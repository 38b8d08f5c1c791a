internal import Repositories
internal import Store

/// Compares the rows of one chain with what the chain knows of them.
struct RowWalk {
  /// At most 100: what does not fit, and the table and key of the row.
  let findings: [(kind: TrailReport.Finding.Kind, row: String)]

  /// - Parameters:
  ///   - chain: the school, or `office`.
  ///   - session: where they are stored.
  ///   - isComplete: whether a row that the chain does not know cannot be from before.
  init(of chain: String, in session: any Session, isComplete: Bool) throws {
    var findings: [(kind: TrailReport.Finding.Kind, row: String)] = []
    func find(_ kind: TrailReport.Finding.Kind, _ row: String) {
      if findings.count < 100 { findings.append((kind, row)) }
    }
    let anchors = session.anchors
    var known = try anchors.known(in: chain)
    try anchors.forEachRow(of: chain) { row in
      switch known.removeValue(forKey: row.row) {
      case row.digest: break
      case nil: if isComplete { find(.inserted, row.row) }
      case Anchor.gone: find(.inserted, row.row)
      default: find(.changed, row.row)
      }
    }
    for (row, digest) in known.sorted(by: { $0.key < $1.key }) where digest != Anchor.gone {
      find(.removed, row)
    }
    self.findings = findings
  }
}

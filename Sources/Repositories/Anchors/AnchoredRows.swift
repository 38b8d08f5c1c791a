/// The rows that one transaction has changed, each as it looks at the end.
struct AnchoredRows {
  private struct Place: Hashable {
    let chain: String
    let row: String
  }

  private var digests: [Place: String] = [:]
  private var order: [Place] = []
  /// Chains that begin here, so that nothing of theirs can be from before.
  private var begun: [String] = []

  var isEmpty: Bool { order.isEmpty }

  mutating func note(_ anchor: Anchor, by change: RowChange) {
    let place = Place(chain: anchor.chain, row: anchor.row)
    if digests.updateValue(change.verb == .delete ? Anchor.gone : anchor.digest, forKey: place) == nil {
      order.append(place)
    }
    if change.verb == .insert, ["office", "school"].contains(change.table.name) {
      begun.append(String(anchor.row.dropFirst(change.table.name.count + 1)))
    }
  }

  /// Hands the rows of each chain to the last of its events, or to one made for them.
  func leave(in events: inout [Event], making event: (_ chain: String, _ act: String) -> Event) {
    for chain in begun { events.append(event(chain, Event.takingStock)) }
    for (chain, places) in Dictionary(grouping: order, by: \.chain).sorted(by: { $0.key < $1.key }) {
      let lines = places.map { "\($0.row) \(digests[$0] ?? Anchor.gone)" }.joined(separator: "\n")
      if let index = events.lastIndex(where: { trailSchool($0.school) == chain && $0.rowDigests == nil }) {
        events[index].rowDigests = lines
      } else {
        var own = event(chain, Event.anchoring)
        own.rowDigests = lines
        events.append(own)
      }
    }
  }
}

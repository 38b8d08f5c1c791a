import Markup

/// Pieces of one page that are the same in many rows, each made once: fifty cases stand in eight stages at most.
final class Repeated<Key: Hashable> {
  private var made: [Key: HTML] = [:]

  /// The piece under `key`, which says all that it depends on but the page itself.
  func callAsFunction(_ key: Key, @HTMLBuilder _ make: () -> HTML) -> HTML {
    if let piece = made[key] { return piece }
    let piece = make()
    made[key] = piece
    return piece
  }
}

/// A number, or too few to be shown: under five one might know who is meant (평가·통계에서 5 미만은 보이지 않음).
public enum SmallCount: Hashable, Sendable {
  case number(Int)
  case few

  /// Fewer are not shown to whoever does not know the students anyway.
  public static let fewest = 5

  /// - Parameter isOwn: whether the asker answers for these cases, and may see small numbers.
  public init(_ number: Int, isOwn: Bool) {
    self = isOwn || number == 0 || number >= Self.fewest ? .number(number) : .few
  }

  public var shown: Int? { if case .number(let number) = self { number } else { nil } }
}

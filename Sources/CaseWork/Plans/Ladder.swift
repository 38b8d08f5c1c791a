/// The five levels of one goal (GAS, Kiresuk & Sherman 1968): what −2 … +2 look like.
///
/// Every level has its text. A goal that is counted also has a span of whole numbers for each level; the spans run in one
/// direction and leave neither gap nor overlap, so that every count belongs to exactly one level. The two ends may stay
/// open.
public struct Ladder: Hashable, Sendable {
  public let steps: [Step]

  public init(steps: [Step]) {
    self.steps = steps
  }

  /// Reads one row of a plan's goals: `m2`, `m1`, `z0`, `p1`, `p2` and `m2-from`, `m2-to`, ….
  public init(_ row: Answers) {
    steps = Ladder.names.enumerated().map { index, name in
      Step(
        level: index - 2, name: name, text: row[name], from: row.number(name + "-from"),
        to: row.number(name + "-to"))
    }
  }

  /// The fields' names, from −2 to +2.
  public static let names = ["m2", "m1", "z0", "p1", "p2"]

  public struct Step: Hashable, Sendable {
    public let level: Int
    public let name: String
    public let text: String?
    /// The lowest number of the span; `nil` leaves it open.
    public let from: Int?
    /// The highest number of the span; `nil` leaves it open.
    public let to: Int?

    public init(level: Int, name: String, text: String?, from: Int?, to: Int?) {
      self.level = level
      self.name = name
      self.text = text
      self.from = from
      self.to = to
    }

    var hasNumbers: Bool { from != nil || to != nil }
  }

  /// One thing wrong, at the field of the row where it is mended.
  public struct Flaw: Hashable, Sendable {
    /// `m2`, `z0-from`, …
    public let field: String
    /// `ladder-text`, `ladder-number`, `ladder-reversed`, `ladder-gap`, `ladder-overlap`, `ladder-direction`.
    public let code: String
  }

  /// Whether the goal is counted in numbers.
  public var isNumeric: Bool { steps.contains(where: \.hasNumbers) }

  public var flaws: [Flaw] {
    let wordless = steps.filter { $0.text == nil }.map { Flaw(field: $0.name, code: "ladder-text") }
    return wordless + (isNumeric ? numericFlaws : [])
  }

  /// The level to which `count` belongs; `nil` for a goal told in words, or where no span holds it.
  public func level(of count: Int) -> Int? {
    guard isNumeric, numericFlaws.isEmpty else { return nil }
    return steps.first { ($0.from ?? .min) <= count && count <= ($0.to ?? .max) }?.level
  }

  /// What `level` looks like, in the plan's words; `nil` outside −2…+2 or where nothing was written.
  public func text(of level: Int) -> String? { steps.first { $0.level == level }?.text }

  private var numericFlaws: [Flaw] {
    let empty = steps.filter { !$0.hasNumbers }.map { Flaw(field: $0.name + "-from", code: "ladder-number") }
    guard empty.isEmpty, steps.count == 5 else { return empty }
    let reversed = steps.filter { step in
      step.from.map { from in step.to.map { $0 < from } ?? false } ?? false
    }
    guard reversed.isEmpty else {
      return reversed.map { Flaw(field: $0.name + "-to", code: "ladder-reversed") }
    }
    guard let isRising else { return [Flaw(field: "z0-from", code: "ladder-direction")] }
    let ordered = isRising ? steps : steps.reversed()
    return zip(ordered, ordered.dropFirst()).compactMap { seam($0, $1, isRising: isRising) }
  }

  /// Whether more is better, told by the two ends; `nil` where they do not say.
  private var isRising: Bool? {
    guard let first = steps.first.flatMap({ $0.from ?? $0.to }),
      let last = steps.last.flatMap({ $0.from ?? $0.to }),
      first != last
    else { return nil }
    return first < last
  }

  private func seam(_ below: Step, _ above: Step, isRising: Bool) -> Flaw? {
    let field = isRising ? above.name + "-from" : below.name + "-to"
    guard let top = below.to, let bottom = above.from else {
      return Flaw(field: field, code: "ladder-number")
    }
    if bottom > top + 1 { return Flaw(field: field, code: "ladder-gap") }
    return bottom <= top ? Flaw(field: field, code: "ladder-overlap") : nil
  }
}

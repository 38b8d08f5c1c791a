/// What is asked and explained for one purpose of consent, in easy words (개인정보 보호법 제15조②·제22조의2③).
public struct ConsentText: Hashable, Sendable {
  public let purpose: Consent.Purpose
  /// Rises with every change of the text; kept with each answer.
  public let version: Int
  public let question: Words
  public let easy: Words
  /// What is done or written down, who sees it, until when, and what happens after a "no": label and text each.
  public let facts: [Fact]

  public init(purpose: Consent.Purpose, version: Int, question: Words, easy: Words, facts: [Fact]) {
    self.purpose = purpose
    self.version = version
    self.question = question
    self.easy = easy
    self.facts = facts
  }

  public struct Fact: Hashable, Sendable {
    public let label: Words
    public let text: Words

    public init(label: Words, text: Words) {
      self.label = label
      self.text = text
    }
  }
}

/// What is told in a linkage: sealed under the student's key.
public struct LinkageContents: Hashable, Sendable, Codable {
  /// What the school asks for, in its own words.
  public var message: String
  /// What was typed for items that the program cannot fill in by itself, by code of `share-item`.
  public var texts: [String: String]
  /// What really went out, in its order; empty before.
  public var sent: [Sent]
  /// Why no consent was needed, in words.
  public var groundWords: String?
  /// What the agency said last.
  public var reply: Reply?
  /// What the student said of it.
  public var helpWords: String?

  public init(message: String = "", texts: [String: String] = [:], sent: [Sent] = []) {
    self.message = message
    self.texts = texts
    self.sent = sent
  }

  /// One item as it went out.
  public struct Sent: Hashable, Sendable, Codable {
    /// A code of `share-item`.
    public let item: String
    public let text: String

    public init(item: String, text: String) {
      self.item = item
      self.text = text
    }
  }

  /// An agency's answer.
  public struct Reply: Hashable, Sendable, Codable {
    /// The first meeting, or the appointment, as they wrote it.
    public var meeting: String
    /// Who will do it, and how they are reached.
    public var contact: String
    public var words: String
    /// Until when they ask to wait.
    public var waitUntil: Day?
    /// What of it they can do.
    public var part: String

    public init(
      meeting: String = "", contact: String = "", words: String = "", waitUntil: Day? = nil, part: String = ""
    ) {
      self.meeting = meeting
      self.contact = contact
      self.words = words
      self.waitUntil = waitUntil
      self.part = part
    }

    /// What stands after a later answer: who is in charge and what was agreed hold until something else is said.
    public func followed(by later: Reply) -> Reply {
      Reply(
        meeting: later.meeting.isEmpty ? meeting : later.meeting,
        contact: later.contact.isEmpty ? contact : later.contact, words: later.words,
        waitUntil: later.waitUntil, part: later.part.isEmpty ? part : later.part)
    }

    public var isEmpty: Bool {
      meeting.isEmpty && contact.isEmpty && words.isEmpty && waitUntil == nil && part.isEmpty
    }
  }
}

/// The items whose text the program knows, and those shown only once the agency has accepted.
public enum SharedItem {
  /// What the program itself says in an item: that of the agencies, whoever looks at what goes out.
  public static let language = Language.korean
  /// Filled in from what is kept of the student.
  public static let known: Set<String> = ["name", "grade", "contact", "guardian-contact", "needs"]
  /// Named in full only after the agency has said yes.
  public static let afterAcceptance: Set<String> = ["name", "contact", "guardian-contact"]

  /// `이○윤`: enough to speak of, before the agency has said yes. Of a name that is not Hangul the first letter stays.
  public static func hidden(_ name: String) -> String {
    let letters = Array(name)
    switch letters.count {
    case 0, 1: return "○"
    case 2: return "\(letters[0])○"
    default:
      return "\(letters[0])" + String(repeating: "○", count: letters.count - 2)
        + "\(letters[letters.count - 1])"
    }
  }
}

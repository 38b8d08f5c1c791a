/// F28: somebody asks to read what is kept about a student (열람 청구), and what was answered.
///
/// 개인정보 보호법 제35조: the answer is due within ten days (시행령 제41조④); reading may be limited or refused on one of
/// three grounds (④), and then the ground and the way to object are told. Whether there is a report of abuse is no part of
/// it: the compartment is never listed, neither as shown nor as withheld.
public struct AccessRequest: Hashable, Sendable {
  public enum Decision: String, Hashable, Sendable, CaseIterable { case all, part, none }

  /// One thing that is not shown, and why.
  public struct Withheld: Hashable, Sendable {
    /// A code of `access-part`: a kind of record, `student-words` or `third-parties`.
    public let what: String
    /// A code of `access-ground`.
    public let ground: String
    public let why: String
  }

  public let asker: String?
  /// The guardian who asks, where the household is known.
  public let relative: ID<Relative>?
  public let decision: Decision?
  public let shown: [String]
  public let withheld: [Withheld]

  public init(_ answers: Answers) {
    asker = answers["asker"]
    relative = answers["relative"].flatMap { ID($0) }
    decision = answers["decision"].flatMap(Decision.init)
    shown = answers[all: "shown"]
    withheld = answers.rows("withheld").map {
      Withheld(what: $0["what"] ?? "", ground: $0["ground"] ?? "", why: $0["why"] ?? "")
    }
  }

  /// The kinds of record that are shown.
  public var kinds: Set<CaseRecord.Kind> {
    guard decision == .all || decision == .part else { return [] }
    let withheld = Set(withheld.map(\.what))
    return Set(shown.filter { !withheld.contains($0) }.compactMap(CaseRecord.Kind.init))
  }

  public func withholds(_ what: String) -> Bool { withheld.contains { $0.what == what } }

  /// What is wrong with the answer beyond its single fields.
  public static func problems(in answers: Answers) -> [Problem] {
    let request = AccessRequest(answers)
    var problems: [Problem] = []
    if answers["student-opinion"] == nil, answers["student-opinion-why"] == nil {
      problems.append(Problem("student-opinion", "required"))
    }
    if let asked = answers.day("day"), let answered = answers.day("answered"), answered < asked {
      problems.append(Problem("answered", "ends-before-start"))
    }
    switch request.decision {
    case .all:
      if let first = answers.indices(of: "withheld").first {
        problems.append(Problem("withheld.\(first).what", "withheld-of-all"))
      }
    case .part, .none?:
      if request.withheld.isEmpty { problems.append(Problem("withheld", "required")) }
    case nil: break
    }
    if request.decision == .all || request.decision == .part, request.kinds.isEmpty {
      problems.append(Problem("shown", "required"))
    }
    for (index, row) in zip(answers.indices(of: "withheld"), answers.rows("withheld")) {
      if let what = row["what"], request.shown.contains(what) {
        problems.append(Problem("withheld.\(index).what", "shown-and-withheld"))
      }
    }
    return problems
  }
}

extension AccessRequest {
  /// A record as it may be handed over: without the student's own words where those are withheld, and with the names of
  /// others replaced where those are.
  ///
  /// - Parameter names: of everybody who is neither the student nor the one who asks.
  public func copy(of answers: Answers, by form: Form, hiding names: [String]) -> Answers {
    let quotes = withholds("student-words") ? form.wordsOfStudent : []
    let hidden = withholds("third-parties") ? names.filter { $0.count > 1 } : []
    var copy = Answers()
    for path in answers.paths {
      let parts = path.split(separator: ".").map(String.init)
      let field = parts.count == 3 ? "\(parts[0]).\(parts[2])" : path
      if quotes.contains(field) { continue }
      copy[all: path] = answers[all: path].map { text in
        hidden.reduce(text) { $0.replacing($1, with: AccessRequest.mask) }
      }
    }
    return copy
  }

  /// Stands where a name stood.
  public static let mask = "○○○"
}

extension Form {
  /// The fields that hold what the student said, `group.field` inside groups.
  fileprivate var wordsOfStudent: Set<String> {
    func isOwn(_ field: Field) -> Bool { field.kind == .quote && !field.id.contains("guardian") }
    return Set(
      fields.flatMap { field -> [String] in
        guard case .group(let inner, _) = field.kind else { return isOwn(field) ? [field.id] : [] }
        return inner.filter(isOwn).map { "\(field.id).\($0.id)" }
      })
  }
}

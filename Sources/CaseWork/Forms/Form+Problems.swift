extension Form {
  /// The longest line and the longest text that are taken, in characters.
  public static let longestLine = 200
  public static let longestText = 20_000

  /// What is wrong with `answers`, in the order of the form; nothing when they may be saved.
  ///
  /// Codes: `required`, `not-a-day`, `not-a-time`, `not-a-number`, `out-of-range`, `unknown-code`, `too-long`,
  /// `too-many`, `too-many-rows`, `too-few-rows`, `not-an-id`, `unknown-field`, `national-id`. Rows are named by their
  /// place: `goals.0.m2`.
  ///
  /// - Parameters:
  ///   - day: decides which codes may still be chosen.
  ///   - finishing: whether what is needed only at the end is asked for as well.
  public func problems(
    in answers: Answers, lists: [CodeList.Name: CodeList], on day: Day, finishing: Bool
  ) -> [Problem] {
    let check = Check(answers: answers, lists: lists, day: day, finishing: finishing)
    var problems: [Problem] = []
    var known: Set<String> = []
    for field in fields { problems += check.problems(of: field, at: field.id, known: &known) }
    for path in answers.paths where !known.contains(path) {
      if let prefix = openPrefixes.first(where: { path.hasPrefix($0) && path.count > $0.count }) {
        problems += check.problems(ofOpen: path, prefix: prefix)
      } else {
        problems.append(Problem(path, "unknown-field"))
      }
    }
    return problems
  }

  /// A score holds the subscales and items of its instrument, which the form cannot name.
  var openPrefixes: [String] { id == CaseRecord.Kind.score.rawValue ? ["sub-", "item-"] : [] }
}

private struct Check {
  let answers: Answers
  let lists: [CodeList.Name: CodeList]
  let day: Day
  let finishing: Bool

  func problems(of field: Field, at path: String, known: inout Set<String>) -> [Problem] {
    if case .group(let fields, let range) = field.kind {
      return problems(of: field, fields: fields, rows: range, at: path, known: &known)
    }
    known.insert(path)
    let texts = answers[all: path].filter { !$0.isEmpty }
    guard !texts.isEmpty else { return isNeeded(field) ? [Problem(path, "required")] : [] }
    if texts.count > 1, !field.kind.takesSeveral { return [Problem(path, "too-many")] }
    return texts.compactMap { problem(of: $0, field.kind, at: path) }
  }

  func problems(ofOpen path: String, prefix: String) -> [Problem] {
    guard path.dropFirst(prefix.count).allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else {
      return [Problem(path, "unknown-field")]
    }
    return answers[all: path].compactMap { problem(of: $0, .number(0...999), at: path) }
  }

  private func isNeeded(_ field: Field) -> Bool {
    switch field.need {
    case .optional: false
    case .always: true
    case .finish: finishing
    }
  }

  private func problems(
    of field: Field, fields: [Field], rows range: ClosedRange<Int>, at path: String, known: inout Set<String>
  ) -> [Problem] {
    let indices = answers.indices(of: path)
    if indices.count > range.upperBound {
      known.formUnion(answers.paths.filter { $0.hasPrefix(path + ".") })
      return [Problem(path, "too-many-rows", String(range.upperBound))]
    }
    var problems: [Problem] = []
    if isNeeded(field), indices.isEmpty {
      problems.append(Problem(path, "required"))
    } else if isNeeded(field), indices.count < range.lowerBound {
      problems.append(Problem(path, "too-few-rows", String(range.lowerBound)))
    }
    for index in indices {
      for inner in fields {
        problems += self.problems(of: inner, at: "\(path).\(index).\(inner.id)", known: &known)
      }
    }
    return problems
  }

  private func problem(of text: String, _ kind: Field.Kind, at path: String) -> Problem? {
    switch kind {
    case .line: problem(of: text, atMost: Form.longestLine, at: path)
    case .text, .quote: problem(of: text, atMost: Form.longestText, at: path)
    case .choice(let name, _), .choices(let name, _): problem(ofCode: text, in: name, at: path)
    case .scale(let range), .number(let range): problem(ofNumber: text, in: range, at: path)
    case .minutes: problem(ofNumber: text, in: 0...1440, at: path)
    case .won: problem(ofNumber: text, in: 0...1_000_000_000, at: path)
    case .goals: problem(ofNumber: text, in: 1...99, at: path)
    case .day: Day(text) == nil ? Problem(path, "not-a-day") : nil
    case .time: Form.time(text) == nil ? Problem(path, "not-a-time") : nil
    case .flag: text == "yes" ? nil : Problem(path, "unknown-code")
    case .staff, .resource, .relative, .informal: ID<Staff>(text) == nil ? Problem(path, "not-an-id") : nil
    case .group: nil
    }
  }

  private func problem(of text: String, atMost limit: Int, at path: String) -> Problem? {
    if text.count > limit { return Problem(path, "too-long", String(limit)) }
    return NationalID.isFound(in: text) ? Problem(path, "national-id") : nil
  }

  private func problem(ofNumber text: String, in range: ClosedRange<Int>, at path: String) -> Problem? {
    guard let number = Int(text) else { return Problem(path, "not-a-number") }
    return range.contains(number)
      ? nil : Problem(path, "out-of-range", "\(range.lowerBound)–\(range.upperBound)")
  }

  private func problem(ofCode text: String, in name: CodeList.Name, at path: String) -> Problem? {
    guard let code = lists[name]?[text] else { return Problem(path, "unknown-code") }
    return code.validTo.map { $0 < day } ?? false ? Problem(path, "code-ended") : nil
  }
}

extension Field.Kind {
  /// Whether several answers may stand at one path.
  var takesSeveral: Bool {
    switch self {
    case .choices, .goals: true
    case .line, .text, .quote, .choice, .scale, .number, .minutes, .won, .day, .time, .flag, .staff,
      .resource, .relative, .informal, .group:
      false
    }
  }
}

extension Form {
  /// Reads `14:05` as minutes since midnight.
  static func time(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]),
      (0...23).contains(hour), (0...59).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }
}

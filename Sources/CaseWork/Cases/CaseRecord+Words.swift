extension CaseRecord.Kind {
  /// The kinds that ask for the student's own words.
  public static let quotingStudents: Set<CaseRecord.Kind> = [
    .intake, .assessment, .reassessment, .plan, .contact, .monitoring,
  ]
}

extension Answers {
  /// What the student said, word for word, wherever a form asks for it; each sentence once.
  ///
  /// The words of guardians, teachers and agencies are not among them.
  public var studentWords: [String] {
    var seen: Set<String> = []
    let said = ["said", "student-words", "long-term", "agree-student-words"].compactMap { self[$0] }
    let needs = rows("needs").compactMap { $0["voice-student"] }
    let goals = rows("goals").compactMap { $0["own"] }
    return (said + needs + goals).filter { seen.insert($0).inserted }
  }
}

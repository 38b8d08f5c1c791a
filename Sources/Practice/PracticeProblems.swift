/// One thing in a practice file that the program does not understand.
public struct PracticeProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name inside the folder of the practice.
  public let file: String
  /// Counted from 1, where it is known.
  public let line: Int?
  public let reason: String

  public init(file: String, line: Int?, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  public var description: String { line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)" }
}

/// Everything that is wrong in a practice, at once; a program does not start with it.
public struct PracticeProblems: Error, Hashable, Sendable, CustomStringConvertible {
  public let problems: [PracticeProblem]

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

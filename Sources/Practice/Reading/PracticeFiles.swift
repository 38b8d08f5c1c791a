import Foundation
import Yams

/// The files of one practice.
struct PracticeFiles {
  let folder: URL
  let log: ProblemLog

  /// The content of a file that must be there; a problem, and nothing in it, where it is not or is no YAML.
  func piece(_ name: String) -> Piece {
    do {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      if let node = try Yams.compose(yaml: text) { return Piece(node: node, file: name, log: log) }
      log.add(PracticeProblem(file: name, line: nil, reason: "is empty"))
    } catch {
      log.add(PracticeProblem(reading: name, failedWith: error))
    }
    return Piece(node: Node("", .implicit), file: name, log: log, isUnread: true)
  }

  /// Every file of a subfolder, by name.
  func pieces(in subfolder: String) -> [(name: String, piece: Piece)] {
    names(in: subfolder).filter { $0.hasSuffix(".yaml") }.map {
      (String($0.dropLast(5)), piece("\(subfolder)/\($0)"))
    }
  }

  /// A file under a misspelt name would silently do nothing.
  func refuseStrays() {
    let folders = ["codes", "forms", "instruments", "wordings"]
    // The columns of class lists and the demo world have readers of their own.
    let known =
      folders + [
        "workflow.yaml", "roles.yaml", "policy.yaml", "passwords.yaml", "consents.yaml", "holidays.yaml",
        "roster.yaml", "demo",
      ]
    var strays = names(in: "").filter { !known.contains($0) }
    for folder in folders {
      strays += names(in: folder).filter { !$0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
    }
    for stray in strays { log.add(PracticeProblem(file: stray, line: nil, reason: "nobody reads this file")) }
  }

  private func names(in subfolder: String) -> [String] {
    let path = folder.appending(path: subfolder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }
      .sorted()
  }
}

extension PracticeProblem {
  /// Why a file could not be read at all.
  init(reading file: String, failedWith error: any Error) {
    switch error {
    case let problem as RosterFileProblem: self.init(file: file, line: problem.line, reason: problem.what)
    case let error as YamlError: self.init(file: file, line: error.line, reason: error.reason)
    default: self.init(file: file, line: nil, reason: "cannot be read")
    }
  }
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: nil
    }
  }

  fileprivate var reason: String {
    switch self {
    case .duplicatedKeysInMapping(let keys, _): "the key “\(keys.joined(separator: "”, “"))” is there twice"
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _),
      .reader(let problem, _, _, _):
      "no YAML: \(problem)"
    default: "no YAML"
    }
  }
}

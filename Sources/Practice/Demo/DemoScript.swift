public import CaseWork
public import Foundation
internal import Yams

/// The demo world as its files tell it (`Practice/demo`): who is there, and what happened on which day.
///
/// Everyone in it is invented. `Operations` plays it through the acts, with the clock of each day.
public struct DemoScript: Sendable {
  /// Schools, staff, school years and the numbers of further students.
  public let world: DemoValue
  public let resources: [DemoValue]
  public let cases: [DemoCase]
  /// Programmes that some of the cases take part in.
  public let programmes: [DemoProgramme]

  /// Reads `demo/` in the folder of the practice; `nil` where an office has none.
  ///
  /// - Throws: `DemoProblem` naming the file and what is wrong in it.
  public init?(folder: URL) throws {
    let demo = folder.appending(path: "demo")
    guard FileManager.default.fileExists(atPath: demo.path) else { return nil }
    world = try Self.read(demo.appending(path: "world.yaml"))
    resources = try Self.read(demo.appending(path: "resources.yaml")).list
    let files = try FileManager.default.contentsOfDirectory(atPath: demo.appending(path: "cases").path)
    cases = try files.filter { $0.hasSuffix(".yaml") }.sorted().map { file in
      try DemoCase(file: file, value: try Self.read(demo.appending(path: "cases/\(file)")))
    }
    programmes = try Self.read(demo.appending(path: "programmes.yaml")).list.map { try DemoProgramme($0) }
  }

  private static func read(_ file: URL) throws -> DemoValue {
    do {
      guard let node = try Yams.compose(yaml: String(contentsOf: file, encoding: .utf8)) else {
        throw DemoProblem(file: file.lastPathComponent, reason: "empty")
      }
      return DemoValue(node)
    } catch let problem as YamlError {
      throw DemoProblem(file: file.lastPathComponent, reason: "\(problem)")
    }
  }
}

/// One case of the demo world: a student, the people around, and dated steps.
public struct DemoCase: Sendable {
  public let id: String
  public let school: String
  /// Cases of the same household share this name.
  public let family: String?
  public let value: DemoValue
  public let steps: [DemoStep]

  init(file: String, value: DemoValue) throws {
    guard let id = value["id"]?.text, let school = value["school"]?.text, value["student"] != nil else {
      throw DemoProblem(file: file, reason: "id, school and student are needed")
    }
    self.id = id
    self.school = school
    self.value = value
    family = value["family"]?.text
    steps = try (value["steps"]?.list ?? []).enumerated().map {
      try DemoStep(file: file, index: $0, value: $1)
    }
  }
}

/// One group programme of the demo world, and its dated steps.
public struct DemoProgramme: Sendable {
  public let id: String
  public let value: DemoValue
  public let steps: [DemoStep]

  init(_ value: DemoValue) throws {
    let file = "programmes.yaml"
    guard let id = value["id"]?.text else { throw DemoProblem(file: file, reason: "a programme needs an id") }
    self.id = id
    self.value = value
    steps = try (value["steps"]?.list ?? []).enumerated().map {
      try DemoStep(file: file, index: $0, value: $1)
    }
  }
}

/// One thing that happened: on which day, at which time, by whom, and what.
public struct DemoStep: Sendable {
  public let verb: String
  public let day: Day
  /// `08:42`, where the script gives it.
  public let time: String?
  public let by: String?
  public let value: DemoValue

  init(file: String, index: Int, value: DemoValue) throws {
    guard let verb = value["do"]?.text, let day = (value["day"] ?? value["from"])?.day else {
      throw DemoProblem(file: file, reason: "step \(index + 1) needs what was done and the day")
    }
    self.verb = verb
    self.day = day
    self.value = value
    time = value["at"]?.text
    by = value["by"]?.text
  }

  /// What was filled in.
  public var answers: Answers { value["with"]?.answers ?? Answers() }
}

/// What is wrong in a file of the demo world.
public struct DemoProblem: Error, Hashable, CustomStringConvertible {
  public let file: String
  public let reason: String

  public init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }

  public var description: String { "\(file): \(reason)" }
}

extension DemoValue {
  fileprivate init(_ node: Node) {
    self =
      switch node {
      case .scalar(let scalar): .text(scalar.string)
      case .sequence(let sequence): .list(sequence.map { DemoValue($0) })
      case .mapping(let mapping):
        .parts(mapping.map { Part(name: $0.key.scalar?.string ?? "", value: DemoValue($0.value)) })
      case .alias: .text("")
      }
  }
}

public import CaseWork

/// A piece of the demo script as it stands in its file: a text, a list, or named parts in order.
public indirect enum DemoValue: Hashable, Sendable {
  case text(String)
  case list([DemoValue])
  case parts([Part])

  public struct Part: Hashable, Sendable {
    public let name: String
    public let value: DemoValue
  }

  public subscript(_ name: String) -> DemoValue? {
    guard case .parts(let parts) = self else { return nil }
    return parts.first { $0.name == name }?.value
  }

  public var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  public var list: [DemoValue] {
    guard case .list(let values) = self else { return [] }
    return values
  }

  public var parts: [Part] {
    guard case .parts(let parts) = self else { return [] }
    return parts
  }

  public var number: Int? { text.flatMap { Int($0) } }
  public var day: Day? { text.flatMap { Day($0) } }
  public var isYes: Bool { text == "true" || text == "yes" }
  public var texts: [String] { list.compactMap(\.text) }

  /// These parts as the answers of a form: lists of parts become the rows of a group.
  public var answers: Answers {
    var flat: [String: [String]] = [:]
    flatten(into: &flat, at: "")
    return Answers(flat)
  }

  private func flatten(into flat: inout [String: [String]], at path: String) {
    switch self {
    case .text(let text):
      flat[path, default: []].append(text)
    case .list(let values):
      for (index, value) in values.enumerated() {
        if case .text = value {
          value.flatten(into: &flat, at: path)
        } else {
          value.flatten(into: &flat, at: "\(path).\(index)")
        }
      }
    case .parts(let parts):
      for part in parts {
        part.value.flatten(into: &flat, at: path.isEmpty ? part.name : "\(path).\(part.name)")
      }
    }
  }
}

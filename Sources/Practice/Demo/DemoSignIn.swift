internal import CaseWork

/// Somebody to try the demo as.
public struct DemoSignIn: Hashable, Sendable {
  public let role: String
  public let name: String
  public let password: String
}

extension DemoScript {
  /// The one password of everyone in the demo.
  public var password: String { world["password"]?.text ?? "" }

  /// One person a role.
  public var signIns: [DemoSignIn] {
    (world["staff"]?.list ?? []).filter { $0["show"]?.isYes ?? false }.compactMap { entry in
      guard let name = entry["id"]?.text else { return nil }
      return DemoSignIn(
        role: entry["roles"]?.texts.joined(separator: ", ") ?? "", name: name, password: password)
    }
  }
}

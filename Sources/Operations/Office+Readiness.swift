import Store

extension Office {
  /// Whether the store answers; nothing of anybody is read.
  public func isReady() async -> Bool {
    let answer = try? await database.read { session in
      try session.row("SELECT 1") { try $0.get(0, as: Int.self) }
    }
    return answer == .some(.some(1))
  }
}

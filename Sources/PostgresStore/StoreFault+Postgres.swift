import Store

extension StoreFault {
  static let closed = StoreFault(kind: .unavailable, code: "08003", message: "the store is closed")
  static let lost = StoreFault(kind: .unavailable, code: "08006", message: "the connection was lost")
  static let away = StoreFault(kind: .unavailable, code: "08001", message: "the database is away")
  static let unknownOutcome = StoreFault(
    kind: .unavailable, code: "08007", message: "the connection was lost while committing")

  /// `state` is SQLSTATE, `message` the primary message: details quote values and are never read.
  init(state: String, message: String) {
    // Class 22 quotes the value in the primary message too.
    self.init(
      kind: Kind(state: state), code: state, message: state.hasPrefix("22") ? "data exception" : message)
  }

  var isSerialization: Bool { code == "40001" || code == "40P01" }

  /// A number that two transactions chose at once may be told as a duplicate instead (PostgreSQL 15, 13.5); whoever looks
  /// again chooses another.
  var isDuplicate: Bool { code == "23505" }

  /// A primary that has become a standby: another host takes writes now.
  var isReadOnlyServer: Bool { code == "25006" }
}

extension StoreFault.Kind {
  fileprivate init(state: String) {
    self =
      switch state {
      case "23505": .alreadyExists
      case "53100": .full
      case "25006", "40001", "40P01", "53300", "55P03", "57014", "57P01", "57P02", "57P03": .unavailable
      case _ where state.hasPrefix("08"): .unavailable
      case _ where state.hasPrefix("23"): .constraint
      default: .other
      }
  }
}

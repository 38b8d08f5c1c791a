import CoreMetrics
import Synchronization

/// One metric with one set of dimensions.
final class Series: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
  enum Kind: String, Hashable {
    case counter, gauge, summary
  }

  struct Name: Hashable {
    let label: String
    let dimensions: [Dimension]
    let kind: Kind

    init(label: String, dimensions: [(String, String)], kind: Kind) {
      let plain = Name.plain(label)
      self.label = "gyeot_" + plain + (kind == .counter && !plain.hasSuffix("_total") ? "_total" : "")
      self.dimensions = dimensions.map { Dimension(name: Name.plain($0.0), value: $0.1) }
      self.kind = kind
    }

    /// A name Prometheus takes: letters, digits, underscores.
    private static func plain(_ name: String) -> String {
      String(name.map { ($0.isASCII && ($0.isLetter || $0.isNumber)) ? $0 : "_" })
    }
  }

  struct Dimension: Hashable {
    let name: String
    let value: String

    var text: String {
      let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
        "\n", with: "\\n")
      return "\(name)=\"\(escaped)\""
    }
  }

  private struct State {
    var value = 0.0
    var count = 0
  }

  let name: Name
  private let state = Mutex(State())

  init(_ name: Name) {
    self.name = name
  }

  var lines: String {
    let (value, count) = state.withLock { ($0.value, $0.count) }
    let braces = name.dimensions.isEmpty ? "" : "{" + name.dimensions.map(\.text).joined(separator: ",") + "}"
    return switch name.kind {
    case .counter, .gauge: "\(name.label)\(braces) \(value)\n"
    case .summary: "\(name.label)_count\(braces) \(count)\n\(name.label)_sum\(braces) \(value)\n"
    }
  }

  func increment(by amount: Int64) { add(Double(amount)) }
  func increment(by amount: Double) { add(amount) }
  func decrement(by amount: Double) { add(-amount) }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { state.withLock { $0.value = value } }
  func reset() { state.withLock { $0 = State() } }
  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }

  func record(_ value: Double) {
    switch name.kind {
    case .counter, .gauge: set(value)
    case .summary:
      state.withLock {
        $0.value += value
        $0.count += 1
      }
    }
  }

  private func add(_ amount: Double) { state.withLock { $0.value += amount } }
}

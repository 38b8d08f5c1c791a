public import CoreMetrics
import Synchronization

/// Collects swift-metrics in memory and writes them in the Prometheus text format, version 0.0.4.
///
/// Timers and recorders become summaries (`_sum`, `_count`): enough for rates and means, with no buckets to choose.
public final class Gauges: MetricsFactory {
  private let series = Mutex<[Series.Name: Series]>([:])

  public init() {}

  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    find(label, dimensions, .counter)
  }

  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    find(label, dimensions, .counter)
  }

  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    find(label, dimensions, .gauge)
  }

  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    find(label, dimensions, aggregate ? .summary : .gauge)
  }

  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    find(label + ".seconds", dimensions, .summary)
  }

  public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
  public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
  public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
  public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

  /// All series, those of one name together, in the order of their names.
  public var text: String {
    let all = series.withLock { Array($0.values) }
    let names = Dictionary(grouping: all) { $0.name.label }
    return names.sorted { $0.key < $1.key }.map { label, series in
      let kind = series.first?.name.kind ?? .gauge
      let lines = series.map(\.lines).sorted().joined()
      return "# TYPE \(label) \(kind.rawValue)\n\(lines)"
    }.joined()
  }

  private func find(_ label: String, _ dimensions: [(String, String)], _ kind: Series.Kind) -> Series {
    let name = Series.Name(label: label, dimensions: dimensions, kind: kind)
    return series.withLock { known in
      if let found = known[name] { return found }
      let new = Series(name)
      known[name] = new
      return new
    }
  }

  private func remove(_ handler: AnyObject) {
    guard let gone = handler as? Series else { return }
    _ = series.withLock { $0.removeValue(forKey: gone.name) }
  }
}

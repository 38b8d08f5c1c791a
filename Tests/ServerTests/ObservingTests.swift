import Logging
import Metrics
import Server
import Synchronization
import Testing

@Suite struct ObservingTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
    func add(_ line: String) { all.withLock { $0.append(line) } }
  }

  private struct Told: Error { let secret = "010-0000-1234" }

  @Test func `a line for people names level, label, message and pairs`() {
    let lines = Lines()
    let logger = Logger(label: "gyeot") {
      LogLines(label: $0, level: .info, format: .text, write: { lines.add($0) })
    }
    logger.debug("quiet")
    logger.warning("fault\nline", metadata: ["route": "/cases/{id}"])
    let all = lines.all.withLock { $0 }
    #expect(all.count == 1)
    #expect(all.first?.hasSuffix(" warning gyeot: fault\\nline route=/cases/{id}\n") == true)
  }

  @Test func `an error is named by its type and never quoted`() {
    let lines = Lines()
    let logger = Logger(label: "gyeot") {
      LogLines(label: $0, level: .info, format: .json, write: { lines.add($0) })
    }
    logger.error("fault", error: Told())
    let line = lines.all.withLock { $0.first } ?? ""
    #expect(line.hasPrefix("{") && line.hasSuffix("}\n"))
    #expect(line.contains("Told"))
    #expect(!line.contains("010-0000-1234"))
  }

  @Test func `metrics are written in the text format, names and values escaped`() {
    let gauges = Gauges()
    let counter = Counter(
      label: "hb.requests", dimensions: [("http.route", "/a\"b\\\n")], factory: gauges)
    counter.increment(by: 3)
    Counter(label: "hb.requests", dimensions: [("http.route", "/")], factory: gauges).increment()
    Timer(label: "wait", dimensions: [], factory: gauges).recordNanoseconds(1_500_000_000)
    let meter = Meter(label: "active", dimensions: [], factory: gauges)
    meter.increment(by: 2)
    meter.decrement(by: 1)
    #expect(
      gauges.text == """
        # TYPE gyeot_active gauge
        gyeot_active 1.0
        # TYPE gyeot_hb_requests_total counter
        gyeot_hb_requests_total{http_route="/"} 1.0
        gyeot_hb_requests_total{http_route="/a\\"b\\\\\\n"} 3.0
        # TYPE gyeot_wait_seconds summary
        gyeot_wait_seconds_count 1
        gyeot_wait_seconds_sum 1.5

        """)
  }
}

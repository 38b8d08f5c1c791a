import CoreMetrics
import HTTPTypes
import Hummingbird
import Synchronization

/// Counts answers and how long they took, by the pattern of the address, the method and the class of the status.
struct CountedResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context: RequestContext {
  private let inner: Inner
  private let handlers = Handlers()

  init(_ inner: Inner) {
    self.inner = inner
  }

  func respond(to request: Request, context: Inner.Context) async throws -> Response {
    let begun = ContinuousClock.now
    let response = try await inner.respond(to: request, context: context)
    let key = Handlers.Key(
      route: context.endpointPath ?? "none", method: request.method.rawValue,
      status: "\(response.status.code / 100)xx")
    let taken = (ContinuousClock.now - begun).components
    handlers.timer(key).recordNanoseconds(taken.seconds * 1_000_000_000 + taken.attoseconds / 1_000_000_000)
    return response
  }

  /// One timer a key, made once.
  private final class Handlers: Sendable {
    struct Key: Hashable {
      let route: String, method: String, status: String
    }

    private let known = Mutex<[Key: Timer]>([:])

    func timer(_ key: Key) -> Timer {
      known.withLock { known in
        if let timer = known[key] { return timer }
        let timer = Timer(
          label: "http.requests",
          dimensions: [("route", key.route), ("method", key.method), ("status", key.status)])
        known[key] = timer
        return timer
      }
    }
  }
}

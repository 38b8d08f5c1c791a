import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Operations

extension Site {
  func addHealth(to router: Router<PageContext>) {
    router.get(.alive) { _, _ in plain(.ok, "alive") }
    router.get(.ready) { _, _ in
      await office.isReady() ? plain(.ok, "ready") : plain(.serviceUnavailable, "not ready")
    }
  }

  func addAssets(to router: Router<PageContext>) {
    router.get(.asset) { request, context in
      guard let name = context.parameters.get("name"), let digest = context.parameters.get("digest"),
        let response = assets.response(name, digest: digest, known: request.headers[.ifNoneMatch])
      else { throw HTTPError(.notFound) }
      return response
    }
  }

  private func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text + "\n")))
  }
}

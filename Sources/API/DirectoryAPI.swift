import CaseWork
import Foundation
public import Gateway
import HTTPTypes
public import Hummingbird
import NIOCore
public import Operations

/// The public directory of help at `/hsds`, to be read by other programs in the shape of Open Referral HSDS 3.1.
///
/// It stands before the guards of the pages: no session is looked for and no cookie set, and a method other than GET and
/// HEAD gets 405 here, where a page's guard would take it for a broken form.
public struct DirectoryAPI: RouterMiddleware {
  public typealias Context = PageContext

  private let read: ReadDirectory
  private let origin: String?

  /// - Parameter origin: as people type it, such as `https://gyeot.example`; without it, whatever host was asked.
  public init(_ office: Office, origin: String? = nil) {
    read = ReadDirectory(office)
    self.origin = origin
  }

  public func handle(
    _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path
    guard path == "/hsds" || path.hasPrefix("/hsds/") else { return try await next(request, context) }
    guard request.method == .get || request.method == .head else {
      var response = Self.problem(.methodNotAllowed, "only GET and HEAD are understood here")
      response.headers[.allow] = "GET, HEAD"
      return response
    }
    var response: Response
    do {
      response = try await answer(request, path.split(separator: "/").dropFirst().map(String.init), context)
    } catch let bad as BadParameter {
      response = Self.problem(.badRequest, "\(bad.name) \(bad.why)", parameter: bad.name)
    } catch Refusal.notFound {
      response = Self.problem(.notFound, "there is nothing of this name")
    }
    response.headers[.accessControlAllowOrigin] = "*"
    response.headers[.cacheControl] = "public, max-age=60"
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func answer(_ request: Request, _ parts: [String], _ context: PageContext) async throws -> Response
  {
    let text = request.uri.query ?? ""
    switch parts.count {
    case 0:
      _ = try Query(text, allowing: [])
      return Self.json(about(request, isSecure: context.isSecure))
    case 1 where parts[0] == "openapi.json":
      _ = try Query(text, allowing: [])
      return Self.json(OpenAPI.document)
    case 1:
      let endpoint = try endpoint(parts[0])
      let query = try Query(text, allowing: endpoint.parameters)
      return try await list(endpoint, try ListQuery(query))
    case 2:
      let endpoint = try endpoint(parts[0])
      let query = try Query(text, allowing: endpoint.ofOne)
      let withServices = try query.flag("full_service")
      guard let id = UUID(uuidString: parts[1]) else { throw Refusal.notFound }
      return Self.json(try await read.one(endpoint.kind, id, withServices: withServices))
    default: throw Refusal.notFound
    }
  }

  private func endpoint(_ name: String) throws -> Endpoint {
    guard let endpoint = Endpoint.all.first(where: { $0.name == name }) else { throw Refusal.notFound }
    return endpoint
  }

  private func about(_ request: Request, isSecure: Bool) -> String {
    let asked = origin ?? "\(isSecure ? "https" : "http")://\(request.head.authority ?? "localhost")"
    return OpenAPI.written([
      "version": "3.1", "profile": "https://docs.openreferral.org/en/latest/hsds/",
      "openapi_url": "\(asked)/hsds/openapi.json",
    ])
  }

  private func list(_ endpoint: Endpoint, _ query: ListQuery) async throws -> Response {
    if query.isStream { return stream(endpoint, query) }
    let page = try await read.page(
      endpoint.kind, query.wish, query.form, number: query.page, size: query.size)
    let pages = (page.total + query.size - 1) / query.size
    let head = """
      {"total_items":\(page.total),"total_pages":\(pages),"page_number":\(query.page),"size":\(page.items.count),\
      "first_page":\(query.page == 1),"last_page":\(query.page >= pages),"empty":\(page.items.isEmpty),"contents":[
      """
    return Self.json(head + page.items.joined(separator: ",") + "]}")
  }

  /// The whole list, a line an object; only some of them are held at a time.
  private func stream(_ endpoint: Endpoint, _ query: ListQuery) -> Response {
    let read = read
    return Response(
      status: .ok, headers: [.contentType: "application/x-ndjson"],
      body: ResponseBody { writer in
        var last: String?
        repeat {
          let part = try await read.part(endpoint.kind, query.wish, query.form, after: last, atMost: 100)
          if !part.items.isEmpty {
            try await writer.write(ByteBuffer(string: part.items.joined(separator: "\n") + "\n"))
          }
          last = part.last
        } while last != nil
        try await writer.finish(nil)
      })
  }

  private static func json(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  private static func problem(
    _ status: HTTPResponse.Status, _ why: String, parameter: String? = nil
  ) -> Response {
    var told = ["error": why]
    told["parameter"] = parameter
    return json(OpenAPI.written(told), status)
  }
}

/// What a list is asked by, understood.
struct ListQuery {
  var wish = DirectoryWish()
  let form: DirectoryForm
  let page: Int
  let size: Int
  let isStream: Bool

  init(_ query: Query) throws {
    page = try query.number("page", in: 1...1_000_000) ?? 1
    size = try query.number("per_page", in: 1...100) ?? 50
    isStream = try query.choice("format", of: ["json", "ndjson"]) == "ndjson"
    wish.text = try query.text("search")
    wish.term = try query.id("taxonomy_term_id")
    wish.taxonomy = try query.id("taxonomy_id")
    wish.organization = try query.id("organization_id")
    wish.parent = try query.id("parent_id")
    wish.onlyTop = try query.flag("top_only")
    wish.changedAfter = try query.instant("modified_after")
    wish.postcode = try query.text("postcode", atMost: 20)
    wish.proximity = try query.number("proximity", upTo: 500)
    guard wish.proximity == nil || wish.postcode != nil else {
      throw BadParameter(name: "proximity", why: "is measured from a postcode, which is not given")
    }
    let (isMinimal, isFull) = (try query.flag("minimal"), try query.flag("full"))
    let withServices = try query.flag("full_service")
    form = isMinimal ? .minimal : isFull || withServices ? .full(withServices: withServices) : .plain
  }
}

import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Markup
import NIOCore

/// The sheets, modules and images of the site, read once at the start and served under the digest of them all.
struct Assets: Sendable {
  let digest: String
  private let files: [String: File]

  private struct File: Sendable {
    let bytes: ByteBuffer
    let type: String
  }

  init(folder: URL) throws {
    var files: [String: [UInt8]] = ["site.css": []]
    for sheet in try Assets.names(in: folder.appending(path: "css")) {
      files["site.css", default: []] += try Data(contentsOf: folder.appending(path: "css/\(sheet)"))
    }
    for name in try Assets.names(in: folder.appending(path: "js")) {
      files[name] = try Array(Data(contentsOf: folder.appending(path: "js/\(name)")))
    }
    files["icon.svg"] = try Array(Data(contentsOf: folder.appending(path: "icon.svg")))
    digest = Assets.digest(of: files)
    self.files = Dictionary(
      uniqueKeysWithValues: files.map {
        ($0.key, File(bytes: ByteBuffer(bytes: $0.value), type: Assets.type(of: $0.key)))
      })
  }

  /// FNV-1a, 64 bits: tells one release's files from another's, and guards nothing.
  private static func digest(of files: [String: [UInt8]]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      for byte in Array(name.utf8) + [0] + bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
    return String(hash, radix: 16)
  }

  static func bundled() throws -> Assets {
    try Assets(folder: Bundle.module.bundleURL.appending(path: "Assets"))
  }

  func address(of name: String) -> Address { Route.asset(digest, name).address }

  /// The file, forever: another content has another address. An old digest finds the newest file, uncached.
  func response(_ name: String, digest asked: String, known: String?) -> Response? {
    guard let file = files[name] else { return nil }
    let tag = "\"\(digest)\""
    var headers: HTTPFields = [.contentType: file.type, .eTag: tag]
    headers[.cacheControl] = asked == digest ? "public, max-age=31536000, immutable" : "no-cache"
    if known == tag { return Response(status: .notModified, headers: headers) }
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.bytes))
  }

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }.sorted()
  }

  private static func type(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    default: "application/octet-stream"
    }
  }
}

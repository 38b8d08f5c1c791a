import Markup

/// A QR code as a drawing: always dark on light, or telephones do not read it, with the quiet zone around it.
struct QRPicture: Sendable {
  let code: QRCode

  private static let quiet = 4

  func html(label: String) -> HTML {
    let side = code.size + 2 * Self.quiet
    return svg(
      .class("qr"), .role("img"), .aria("label", label), .viewBox("0 0 \(side) \(side)"), .width(side * 5),
      .height(side * 5)
    ) {
      HTML.element("rect", [.class("qr-light"), .at("width", side), .at("height", side)]) { HTML.nothing }
      HTML.element("path", [.class("qr-dark"), .path(path)]) { HTML.nothing }
    }
  }

  /// One stroke for each run of dark modules of a row.
  private var path: String {
    var path = ""
    for y in 0..<code.size {
      var x = 0
      while x < code.size {
        let start = x
        while x < code.size, code[x, y] { x += 1 }
        if x > start { path += "M\(start + Self.quiet) \(y + Self.quiet)h\(x - start)v1h-\(x - start)z" }
        x += 1
      }
    }
    return path
  }
}

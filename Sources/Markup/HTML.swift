/// A piece of a page: text, an element, several of them, or nothing.
///
/// One type for all, so that pages compile fast. A piece is the UTF-8 it becomes: it is written once, when it is made, and
/// copied into what it stands in, which costs less than a tree of it would (docs/speed.md). Text is escaped by being
/// text, and there is no way from a `String` to markup. Equal pieces have equal bytes.
public struct HTML: Sendable {
  let written: [UInt8]

  init(_ written: [UInt8]) {
    self.written = written
  }

  public static let nothing = HTML([])

  public static func text(_ text: String) -> HTML {
    var buffer = Buffer(capacity: text.utf8.count)
    buffer.escape(text)
    return HTML(buffer.bytes)
  }

  public static func several(_ pieces: [HTML]) -> HTML {
    if pieces.count == 1 { return pieces[0] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.written.count })
    for piece in pieces { bytes += piece.written }
    return HTML(bytes)
  }

  /// A drawing of our own, as written in the program's source: a `StaticString` cannot come from a user.
  public static func drawing(_ source: StaticString) -> HTML {
    var buffer = Buffer(capacity: source.utf8CodeUnitCount)
    buffer.write(source)
    return HTML(buffer.bytes)
  }

  /// An element by name, for SVG and the rarely used; the common ones have functions of their own.
  public static func element(
    _ name: StaticString, _ attributes: [Attribute], @HTMLBuilder content: () -> HTML
  ) -> HTML {
    let content = content()
    var buffer = Buffer(capacity: content.written.count + 32 * (attributes.count + 1))
    buffer.open(name, attributes)
    buffer.write(content)
    buffer.close(name)
    return HTML(buffer.bytes)
  }

  /// An element that has no content and no end tag.
  static func void(_ name: StaticString, _ attributes: [Attribute]) -> HTML {
    var buffer = Buffer(capacity: 32 * (attributes.count + 1))
    buffer.open(name, attributes)
    return HTML(buffer.bytes)
  }

  public var isNothing: Bool { written.isEmpty }

  /// What is read of it, without elements: no text or attribute holds a `<` or `>` that is not written otherwise.
  public var text: String {
    var bytes: [UInt8] = []
    var isInside = false
    for byte in written {
      switch byte {
      case UInt8(ascii: "<"): isInside = true
      case UInt8(ascii: ">"): isInside = false
      default: if !isInside { bytes.append(byte) }
      }
    }
    return Buffer.escapes.reduce(String(decoding: bytes, as: UTF8.self)) {
      $0.replacing($1.written, with: $1.mark)
    }
  }

  /// A whole page: the doctype, then the piece.
  public func document() -> [UInt8] {
    Array("<!doctype html>\n".utf8) + written
  }
}

extension HTML: CustomStringConvertible {
  public var description: String { String(decoding: written, as: UTF8.self) }
}

/// Puts pieces one after the other.
@resultBuilder
public enum HTMLBuilder {
  public static func buildExpression(_ piece: HTML) -> HTML { piece }
  public static func buildExpression(_ piece: HTML?) -> HTML { piece ?? .nothing }
  public static func buildExpression(_ text: String) -> HTML { .text(text) }
  public static func buildExpression(_ text: String?) -> HTML { text.map(HTML.text) ?? .nothing }
  public static func buildExpression(_ pieces: [HTML]) -> HTML { .several(pieces) }
  public static func buildBlock() -> HTML { .nothing }
  public static func buildBlock(_ piece: HTML) -> HTML { piece }
  public static func buildBlock(_ pieces: HTML...) -> HTML { .several(pieces) }
  public static func buildOptional(_ piece: HTML?) -> HTML { piece ?? .nothing }
  public static func buildEither(first piece: HTML) -> HTML { piece }
  public static func buildEither(second piece: HTML) -> HTML { piece }
  public static func buildArray(_ pieces: [HTML]) -> HTML { .several(pieces) }
}

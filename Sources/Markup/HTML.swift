/// A piece of a page: text, an element, several of them, or nothing.
///
/// One type for all, so that pages compile fast; text is escaped by being text, and there is no way from a `String` to
/// markup. `bytes()` writes UTF-8 straight into one buffer; equal pieces give equal bytes.
public struct HTML: Sendable {
  indirect enum Node: Sendable {
    case nothing
    case text(String)
    case several([HTML])
    case element(StaticString, [Attribute], HTML)
    /// An element that has no content and no end tag.
    case void(StaticString, [Attribute])
    case drawing(StaticString)
  }

  let node: Node

  init(_ node: Node) {
    self.node = node
  }

  public static let nothing = HTML(.nothing)

  public static func text(_ text: String) -> HTML { HTML(.text(text)) }

  public static func several(_ pieces: [HTML]) -> HTML { HTML(.several(pieces)) }

  /// A drawing of our own, as written in the program's source: a `StaticString` cannot come from a user.
  public static func drawing(_ source: StaticString) -> HTML { HTML(.drawing(source)) }

  /// An element by name, for SVG and the rarely used; the common ones have functions of their own.
  public static func element(
    _ name: StaticString, _ attributes: [Attribute], @HTMLBuilder content: () -> HTML
  ) -> HTML {
    HTML(.element(name, attributes, content()))
  }

  public var isNothing: Bool {
    switch node {
    case .nothing: true
    case .several(let pieces): pieces.allSatisfy(\.isNothing)
    case .text(let text): text.isEmpty
    case .element, .void, .drawing: false
    }
  }

  /// What is read of it, without elements.
  public var text: String {
    switch node {
    case .nothing, .void, .drawing: ""
    case .text(let text): text
    case .several(let pieces): pieces.map(\.text).joined()
    case .element(_, _, let content): content.text
    }
  }

  /// The piece as UTF-8.
  public func bytes(capacity: Int = 32_768) -> [UInt8] {
    var buffer = Buffer(capacity: capacity)
    buffer.write(self)
    return buffer.bytes
  }

  /// A whole page: the doctype, then the piece.
  public func document() -> [UInt8] {
    var buffer = Buffer(capacity: 65_536)
    buffer.write("<!doctype html>\n")
    buffer.write(self)
    return buffer.bytes
  }
}

extension HTML: CustomStringConvertible {
  public var description: String { String(decoding: bytes(capacity: 1024), as: UTF8.self) }
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

import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// One pass over a part of a workbook, element by element.
final class XMLWalk: NSObject, XMLParserDelegate {
  typealias Attributes = [String: String]

  private let begin: (String, Attributes) throws(TableProblem) -> Void
  private let text: (String) -> Void
  private let end: (String) throws(TableProblem) -> Void
  private let limit: Int
  private var depth = 0
  private var problem: TableProblem?

  private init(
    limit: Int, begin: @escaping (String, Attributes) throws(TableProblem) -> Void,
    text: @escaping (String) -> Void, end: @escaping (String) throws(TableProblem) -> Void
  ) {
    self.limit = limit
    self.begin = begin
    self.text = text
    self.end = end
  }

  /// Calls `begin`, `text` and `end` with local names; refuses what is not well formed or declares entities.
  static func over(
    _ bytes: [UInt8], limits: TableLimits,
    begin: @escaping (String, Attributes) throws(TableProblem) -> Void,
    text: @escaping (String) -> Void = { _ in },
    end: @escaping (String) throws(TableProblem) -> Void = { _ throws(TableProblem) in }
  ) throws(TableProblem) {
    guard !declaresTypes(bytes), isText(bytes) else { throw TableProblem(.damaged) }
    let walk = XMLWalk(limit: limits.depth, begin: begin, text: text, end: end)
    // In pieces, because libxml takes no more than ten million bytes at once, and a long list has more.
    let parser = XMLParser(stream: InputStream(data: Data(bytes)))
    parser.shouldResolveExternalEntities = false
    parser.delegate = walk
    let isWhole = parser.parse()
    if let problem = walk.problem { throw problem }
    guard isWhole else { throw TableProblem(.damaged) }
  }

  /// No workbook has a document type; with one come entities that grow. UTF-16 would hide it, and is not written.
  private static func declaresTypes(_ bytes: [UInt8]) -> Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes.count > start, bytes[start] == 0x3C else { return true }
    return bytes.prefix(4096).contains(0) || bytes.holds("<!DOCTYPE".utf8) || bytes.holds("<!ENTITY".utf8)
  }

  /// `XMLParser` ends the program over a name that is not UTF-8, and libxml gives it such before it finds fault with them.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: Attributes
  ) {
    depth += 1
    attempt(parser) { () throws(TableProblem) in
      guard depth <= limit else { throw TableProblem(.tooLarge) }
      try begin(Self.local(name), attributes)
    }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    depth -= 1
    attempt(parser) { () throws(TableProblem) in try end(Self.local(name)) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if problem == nil { text(string) }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    if problem == nil { text(String(decoding: block, as: UTF8.self)) }
  }

  /// `parse()` alone says yes to a part that ends in the wrong order.
  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    if problem == nil { problem = TableProblem(.damaged) }
  }

  private func attempt(_ parser: XMLParser, _ body: () throws(TableProblem) -> Void) {
    guard problem == nil else { return }
    do throws(TableProblem) {
      try body()
    } catch {
      problem = error
      parser.abortParsing()
    }
  }

  private static func local(_ name: String) -> String {
    guard let colon = name.utf8.firstIndex(of: 0x3A) else { return name }
    return String(name[name.index(after: colon)...])
  }
}

extension XMLWalk.Attributes {
  /// The attribute `name` of the relationship namespace, whatever its prefix is.
  func prefixed(_ name: String) -> String? {
    first { $0.key.hasSuffix(":" + name) }?.value
  }
}

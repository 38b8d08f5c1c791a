/// The JSON of a directory's object, copied byte by byte without some of its members: a page of many objects reads none of
/// them.
public struct DocumentText: Sendable {
  /// People, at any depth: whom to ask for, who has made sure, who has changed something.
  public static let ofPeople = ["contacts", "assurer_email", "metadata"]

  private let bytes: [UInt8]
  private let without: [[UInt8]]
  private let withLists: Bool
  private var place = 0
  private var copy: [UInt8] = []

  private init(_ document: String, without names: [String], withLists: Bool) {
    bytes = Array(document.utf8)
    without = names.map { Array($0.utf8) }
    self.withLists = withLists
    copy.reserveCapacity(bytes.count)
  }

  /// `document`, which is JSON of ours: one line, without blanks between its words.
  ///
  /// - Parameters:
  ///   - without: names of members that are left out at any depth.
  ///   - withLists: whether members that hold lists stay.
  public static func copied(_ document: String, without names: [String], withLists: Bool) -> String {
    var text = DocumentText(document, without: names, withLists: withLists)
    text.copyValue()
    return String(decoding: text.copy, as: UTF8.self)
  }

  /// `document` with one member more, `json` being its value.
  public static func adding(_ name: String, _ json: String, to document: String) -> String {
    guard document.hasSuffix("}") else { return document }
    let separator = document.utf8.count > 2 ? "," : ""
    return document.dropLast() + separator + "\"\(name)\":" + json + "}"
  }

  private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func take() {
    copy.append(next)
    place += 1
  }

  private mutating func copyValue() {
    switch next {
    case UInt8(ascii: "{"): copyObject()
    case UInt8(ascii: "["): copyList()
    case UInt8(ascii: "\""): copyString()
    default:
      while place < bytes.count, !Self.ends.contains(next) { take() }
    }
  }

  private static let ends = Array(",]}".utf8)

  private mutating func copyString() {
    take()
    while place < bytes.count {
      let byte = next
      take()
      if byte == UInt8(ascii: "\"") { return }
      if byte == UInt8(ascii: "\\") { take() }
    }
  }

  private mutating func copyList() {
    take()
    while place < bytes.count, next != UInt8(ascii: "]") {
      copyValue()
      if next == UInt8(ascii: ",") { take() }
    }
    take()
  }

  private mutating func copyObject() {
    take()
    var isFirst = true
    while place < bytes.count, next != UInt8(ascii: "}") {
      if next == UInt8(ascii: ",") { place += 1 }
      let (mark, start) = (copy.count, place)
      if !isFirst { copy.append(UInt8(ascii: ",")) }
      copyString()
      let name = bytes[(start + 1)..<max(start + 1, place - 1)]
      take()
      let isLeft = without.contains { name.elementsEqual($0) } || !withLists && next == UInt8(ascii: "[")
      copyValue()
      if isLeft { copy.removeLast(copy.count - mark) } else { isFirst = false }
    }
    take()
  }
}

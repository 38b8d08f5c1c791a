extension FormBody {
  /// Reads `multipart/form-data` (RFC 7578).
  public init(multipart bytes: [UInt8], boundary: String, fields limit: Int = 4000) throws {
    self.init()
    let mark = Array("--\(boundary)".utf8)
    guard !boundary.isEmpty, boundary.utf8.count <= 70 else { throw UnreadableForm() }
    var position = try FormBody.after(mark, in: bytes, from: 0)
    let next = Array("\r\n".utf8) + mark
    for _ in 0...limit {
      if bytes[position...].starts(with: Array("--".utf8)) { return }
      guard bytes[position...].starts(with: Array("\r\n".utf8)) else { throw UnreadableForm() }
      let headStart = position + 2
      let bodyStart = try FormBody.after(Array("\r\n\r\n".utf8), in: bytes, from: headStart)
      let end = try FormBody.after(next, in: bytes, from: bodyStart)
      try add(head: bytes[headStart..<(bodyStart - 4)], body: Array(bytes[bodyStart..<(end - next.count)]))
      position = end
    }
    throw UnreadableForm()
  }

  private mutating func add(head: ArraySlice<UInt8>, body: [UInt8]) throws {
    let head = try FormBody.text(Array(head))
    var type = "application/octet-stream"
    var name: String?
    var file: String?
    for line in head.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw UnreadableForm() }
      switch parts[0].lowercased() {
      case "content-disposition":
        name = FormBody.parameter("name", of: parts[1])
        file = FormBody.parameter("filename", of: parts[1])
      case "content-type": type = String(parts[1].drop { $0 == " " })
      default: break
      }
    }
    guard let name else { throw UnreadableForm() }
    if let file {
      if !file.isEmpty || !body.isEmpty { files[name] = File(name: file, type: type, bytes: body) }
    } else {
      values[name, default: []].append(try FormBody.text(body))
    }
  }

  /// The position just behind the first `mark` at or after `start`.
  private static func after(_ mark: [UInt8], in bytes: [UInt8], from start: Int) throws -> Int {
    guard start <= bytes.count, let first = mark.first else { throw UnreadableForm() }
    var index = start
    while index + mark.count <= bytes.count {
      if bytes[index] == first, bytes[index..<(index + mark.count)].elementsEqual(mark) {
        return index + mark.count
      }
      index += 1
    }
    throw UnreadableForm()
  }

  /// A parameter of a header, quoted or not, with the three escapes browsers write (WHATWG HTML §4.10.21.8).
  static func parameter(_ name: String, of header: Substring) -> String? {
    for part in parts(of: header).dropFirst() {
      let pair = part.drop { $0 == " " }
      guard pair.lowercased().hasPrefix(name + "=") else { continue }
      return pair.dropFirst(name.count + 1).trimming("\"").replacing("%22", with: "\"")
        .replacing("%0D", with: "").replacing("%0A", with: "")
    }
    return nil
  }

  /// What stands between the semicolons, of which those inside quotation marks are no such: a file may be called
  /// `a; name=b`.
  private static func parts(of header: Substring) -> [Substring] {
    var isQuoted = false
    return header.split(omittingEmptySubsequences: false) { character in
      if character == "\"" { isQuoted.toggle() }
      return character == ";" && !isQuoted
    }
  }
}

extension Substring {
  fileprivate func trimming(_ mark: Character) -> String {
    var text = self
    if text.first == mark { text.removeFirst() }
    if text.last == mark { text.removeLast() }
    return String(text)
  }
}

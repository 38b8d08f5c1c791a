import CZlib
import Foundation

/// The forms in which a text could lie in a store without showing as itself.
enum Disguise: String, CaseIterable {
  case plain, decomposed, utf16Little, utf16Big, base64, hexadecimal, escaped
  case zlib, gzip, deflate

  /// Those that are found by looking for bytes; the others by inflating whatever can be inflated.
  static let spelled: [Disguise] = [
    .plain, .decomposed, .utf16Little, .utf16Big, .base64, .hexadecimal, .escaped,
  ]

  /// What to look for, in each of the alignments it may have.
  func patterns(of text: String) -> [[UInt8]] {
    switch self {
    case .plain: [Array(text.utf8)]
    case .decomposed: [Array(text.decomposedStringWithCanonicalMapping.utf8)]
    case .utf16Little: [text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }]
    case .utf16Big: [text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }]
    case .base64: Self.base64(Array(text.utf8))
    case .hexadecimal: [Array(text.utf8.map { Self.twoDigits($0) }.joined().utf8)]
    case .escaped:
      [Array(text.utf16.map { $0 < 128 ? String(UnicodeScalar(UInt8($0))) : Self.escape($0) }.joined().utf8)]
    case .zlib, .gzip, .deflate: []
    }
  }

  /// The text as somebody would have written it: for the control that shows the search finds it.
  func disguised(_ text: String) -> [UInt8] {
    let around = "앞 \(text) 뒤"
    return switch self {
    case .base64: Array(Data(around.utf8).base64EncodedString().utf8)
    case .zlib: Self.deflated(Array(around.utf8), windowBits: 15)
    case .gzip: Self.deflated(Array(around.utf8), windowBits: 31)
    case .deflate: Self.deflated(Array(around.utf8), windowBits: -15)
    case .plain, .decomposed, .utf16Little, .utf16Big, .hexadecimal, .escaped: patterns(of: around)[0]
    }
  }

  /// What lies in `bytes` when they are read as a zlib or gzip stream, or as a bare one; `nil` for no stream of use.
  static func inflated(_ bytes: UnsafeRawBufferPointer, isBare: Bool = false) -> [UInt8]? {
    var stream = z_stream()
    let version = ZLIB_VERSION
    guard inflateInit2_(&stream, isBare ? -15 : 47, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: 65_536)
    stream.next_in = UnsafeMutablePointer(
      mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    stream.avail_in = UInt32(bytes.count)
    let written = output.withUnsafeMutableBufferPointer { buffer in
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(buffer.count)
      _ = inflate(&stream, Z_SYNC_FLUSH)
      return buffer.count - Int(stream.avail_out)
    }
    return written < 8 ? nil : Array(output[..<written])
  }

  private static func deflated(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return [] }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count * 2 + 128)
    let written = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        _ = CZlib.deflate(&stream, Z_FINISH)
        return target.count - Int(stream.avail_out)
      }
    }
    return Array(output[..<written])
  }

  /// The letters that stand for whole bytes of the text, wherever in a longer one it begins; in both alphabets.
  private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
    (0..<3).flatMap { offset -> [[UInt8]] in
      let padded = Array(repeating: UInt8(0), count: offset) + bytes
      let letters = Array(Data(padded).base64EncodedString().utf8)
      let first = offset == 0 ? 0 : offset + 1
      let inner = Array(letters[first..<(padded.count * 8 / 6)])
      let forURL = inner.map {
        $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
      }
      return inner == forURL ? [inner] : [inner, forURL]
    }
  }

  private static func escape(_ unit: UInt16) -> String {
    "\\u" + twoDigits(UInt8(unit >> 8)) + twoDigits(UInt8(unit & 255))
  }

  private static func twoDigits(_ byte: UInt8) -> String {
    String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
  }
}

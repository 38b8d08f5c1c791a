import Foundation
import Testing

@testable import Gateway

/// Inputs that a fuzzer begins with, and those that once broke a reader: each is read or refused, in good time.
@Suite(.serialized) struct `What the fuzzers keep` {
  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "fuzz/corpus")

  @Test(.timeLimit(.minutes(1)), arguments: Reader.allCases)
  func `is read or refused as ever`(_ reader: Reader) throws {
    let folder = Self.corpus.appending(path: reader.rawValue)
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count > 1)
    let taken = try files.filter { try reader.read(Array(Data(contentsOf: $0))) }
    #expect(!taken.isEmpty)
  }

  @Test(.timeLimit(.minutes(1))) func `a file called like a field stays a file`() throws {
    let bytes = Array(try Data(contentsOf: Self.corpus.appending(path: "multipart/file")))
    let form = try FormBody(multipart: bytes, boundary: "b")
    #expect(form.files.keys.sorted() == ["f"])
    #expect(form.files["f"]?.name == "a; name=b.csv")
    #expect(form.values == ["x": ["y"]])
  }
}

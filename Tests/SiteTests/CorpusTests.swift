import CaseWork
import Documents
import Foundation
import Practice
import Testing

@testable import Gateway

/// Inputs that a fuzzer begins with, and those that once broke a reader: each is read or refused, in good time.
@Suite struct `What the fuzzers keep` {
  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "fuzz/corpus")

  private func inputs(_ reader: String) throws -> [[UInt8]] {
    let folder = Self.corpus.appending(path: reader)
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return try files.map { Array(try Data(contentsOf: $0)) }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["table", "workbook"])
  func `tables are tables or problems`(_ reader: String) throws {
    let inputs = try inputs(reader)
    #expect(inputs.count > 3)
    var taken = 0
    for bytes in inputs {
      do {
        taken += try TableFile.read(bytes, name: "명단").rows.isEmpty ? 0 : 1
      } catch {
        #expect(error.row ?? 1 > 0)
      }
    }
    #expect(taken > 0 && taken < inputs.count)
  }

  @Test(.timeLimit(.minutes(1))) func `forms are text or unreadable`() throws {
    for bytes in try inputs("urlencoded") + inputs("multipart") {
      for form in [try? FormBody(urlEncoded: bytes), try? FormBody(multipart: bytes, boundary: "b")] {
        let texts = form?.values.flatMap { [$0.key] + $0.value } ?? []
        #expect(texts.allSatisfy { !$0.utf8.contains(0) })
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a file called like a field stays a file`() throws {
    let bytes = Array(try Data(contentsOf: Self.corpus.appending(path: "multipart/file")))
    let form = try FormBody(multipart: bytes, boundary: "b")
    #expect(form.files.keys.sorted() == ["f"])
    #expect(form.files["f"]?.name == "a; name=b.csv")
    #expect(form.values == ["x": ["y"]])
  }

  @Test(.timeLimit(.minutes(1))) func `a pack of one strange file is refused with its problems`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gyeot-pack-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for bytes in try inputs("practice") {
      for name in ["workflow.yaml", "policy.yaml", "roster.yaml"] {
        let file = folder.appending(path: name)
        try Data(bytes.dropFirst()).write(to: file)
        #expect(throws: PracticeProblems.self) { try Practice(folder: folder) }
        try FileManager.default.removeItem(at: file)
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a name is found by itself and by what it is kept under`() throws {
    for bytes in try inputs("search") {
      guard let text = String(validating: bytes, as: UTF8.self) else { continue }
      for name in text.split(separator: "\n").map(String.init) {
        #expect(SearchTerms.isFound(name, in: name))
        #expect(SearchTerms.asked(by: name).isSubset(of: SearchTerms.kept(for: name)), "\(name)")
      }
    }
  }
}

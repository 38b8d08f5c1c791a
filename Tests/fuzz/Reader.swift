import CaseWork
import Foundation
import Practice
import Vault

@testable import Documents
@testable import Gateway
@testable import Operations

/// What reads bytes of strangers. Each takes any input, or refuses it; whatever traps, hangs or fills the memory is found.
///
/// The fuzzer of `bin/fuzz` and the tests that read its corpus again share this file.
enum Reader: String, CaseIterable {
  case table, workbook, sheet, urlencoded, multipart, practice, archive, search, directory

  /// A promise that a reader did not keep for some input.
  struct Broken: Error {
    let promise: String
  }

  /// Returns whether the input was taken.
  @discardableResult
  func read(_ bytes: [UInt8]) throws(Broken) -> Bool {
    switch self {
    case .table, .workbook: readTable(bytes)
    case .sheet: readSheet(bytes)
    case .urlencoded: try check(try? FormBody(urlEncoded: bytes))
    case .multipart: try check(try? FormBody(multipart: bytes, boundary: "b"))
    case .practice: try readPractice(bytes)
    case .archive: try readArchive(bytes)
    case .search: try checkSearch(bytes)
    case .directory: try checkDirectory(bytes)
    }
  }

  private func readTable(_ bytes: [UInt8]) -> Bool {
    (try? TableFile.read(bytes, name: "list")) != nil
  }

  /// The parts of a workbook without the archive around them, whose checksums hide them from a fuzzer: the input is
  /// read as the shared texts, as the styles and as the sheet that uses both.
  private func readSheet(_ bytes: [UInt8]) -> Bool {
    let limits = TableLimits(cells: 100_000, unpackedBytes: 16 << 20)
    let strings = (try? SharedStrings(bytes, limits: limits)) ?? SharedStrings()
    let styles = (try? CellStyles(bytes, limits: limits)) ?? CellStyles()
    return [false, true].map { countsFrom1904 in
      let reader = SheetReader(
        strings: strings, styles: styles, countsFrom1904: countsFrom1904, limits: limits)
      return (try? reader.rows(of: bytes)) != nil
    }.contains(true)
  }

  /// A directory of help; what is read of it is written and read again as it was.
  private func checkDirectory(_ bytes: [UInt8]) throws(Broken) -> Bool {
    guard let directory = try? DirectoryFile.read(bytes, name: "organizations.csv").directory else {
      return false
    }
    let again = try? DirectoryFile.read(DirectoryFile.json(of: directory), name: "again.json").directory
    let isSame = Directory.kinds.allSatisfy { kind in
      Set(again?[kind] ?? []) == Set(directory[kind])
    }
    guard isSame else { throw Broken(promise: "a directory is written as it was read") }
    return true
  }

  private func check(_ form: FormBody?) throws(Broken) -> Bool {
    let texts = form?.values.flatMap { [$0.key] + $0.value } ?? []
    guard texts.allSatisfy({ !$0.utf8.contains(0) }) else {
      throw Broken(promise: "no text of a form holds NUL")
    }
    return form != nil
  }

  private static let folder = folder(for: "pack")
  private static let files = [
    "workflow.yaml", "policy.yaml", "roster.yaml", "roles.yaml", "consents.yaml", "holidays.yaml",
    "codes/needs.yaml",
    "forms/contact.yaml", "instruments/gad7.yaml", "wordings/site.yaml",
  ]

  /// A pack of one file, which the first byte chooses: never a practice, always its problems.
  private func readPractice(_ bytes: [UInt8]) throws(Broken) -> Bool {
    guard let choice = bytes.first else { return false }
    let file = Self.folder.appending(path: Self.files[Int(choice) % Self.files.count])
    do {
      try Data(bytes.dropFirst()).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      _ = try Practice(folder: Self.folder)
    } catch let problems as PracticeProblems {
      // Of the six files that each practice needs, five at least are missing.
      guard problems.problems.count >= 5 else { throw Broken(promise: "every problem is told") }
      return !problems.problems.contains { $0.file == Self.files[Int(choice) % Self.files.count] }
    } catch {
      throw Broken(promise: "a pack is refused with its problems")
    }
    throw Broken(promise: "one file is no practice")
  }

  private static let archiveFile = folder(for: "archive").appending(path: "archive")
  private static let root = try? RootKey(Array(repeating: 7, count: 32))

  /// First the records of an opened part, then the same bytes as a whole file.
  private func readArchive(_ bytes: [UInt8]) throws(Broken) -> Bool {
    var records = ArchiveRecordReader(bytes)
    var columns = 0
    while !records.isAtEnd, let record = records.next(columns: columns) {
      if case .table(_, let names) = record { columns = names.count }
    }
    let isRead = records.isAtEnd
    guard let root = Self.root, (try? Data(bytes).write(to: Self.archiveFile)) != nil else {
      throw Broken(promise: "there is room for an archive")
    }
    return (try? ArchiveReader(Self.archiveFile, root: root).verify()) != nil || isRead
  }

  private func checkSearch(_ bytes: [UInt8]) throws(Broken) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    for name in text.split(separator: "\n").map(String.init) {
      guard SearchedName(name).isFound(in: name) else { throw Broken(promise: "a name is found by itself") }
      guard SearchTerms.asked(by: name).isSubset(of: SearchTerms.kept(for: name)) else {
        throw Broken(promise: "a name is found by what it is kept under")
      }
    }
    return true
  }

  /// A folder of this run alone, in memory where the system has one there; taken away when the run ends.
  private static func folder(for name: String) -> URL {
    let folder = place.appending(path: name)
    for part in ["", "codes", "forms", "instruments", "wordings"] {
      try? FileManager.default.createDirectory(
        at: folder.appending(path: part), withIntermediateDirectories: true)
    }
    atexit { try? FileManager.default.removeItem(at: Reader.place) }
    return folder
  }

  private static let place: URL = {
    let memory = URL(filePath: "/dev/shm")
    let isWritable = FileManager.default.isWritableFile(atPath: memory.path)
    return (isWritable ? memory : FileManager.default.temporaryDirectory)
      .appending(path: "gyeot-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
  }()
}

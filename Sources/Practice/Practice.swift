public import CaseWork
public import Foundation

/// How an office works, as its files tell it: codes, forms, steps, roles, limits, instruments, words.
///
/// An office may keep its own folder; the program carries one that works from the first day. Files are read strictly:
/// what is not understood is refused with its file and line, and the program does not start.
public struct Practice: Sendable {
  public let codes: [CodeList.Name: CodeList]
  public let forms: [String: Form]
  public let workflow: Workflow
  public let permissions: Permissions
  public let policy: Policy
  /// What is refused as a password.
  public let weakPasswords: WeakPasswords
  public let instruments: [String: Instrument]
  public let consentTexts: [ConsentText]
  public let wordings: Wordings
  /// Public holidays, on which there are no lessons in any school.
  public let holidays: Set<Day>
  /// How class lists of schools name their columns.
  public let roster: Roster
  /// The folder it was read from.
  public let folder: URL

  /// Reads the practice in `folder`.
  ///
  /// - Throws: `PracticeProblems` with everything that is wrong, not only the first.
  public init(folder: URL) throws {
    let log = ProblemLog()
    let files = PracticeFiles(folder: folder, log: log)
    self.folder = folder
    codes = CodeLists.read(from: files)
    instruments = Instruments.read(from: files)
    forms = Forms.read(from: files, lists: codes)
    workflow = Workflow(files.piece("workflow.yaml"))
    permissions = Permissions(files.piece("roles.yaml"))
    policy = Policy(files.piece("policy.yaml"))
    weakPasswords = WeakPasswords(files.piece("passwords.yaml"))
    consentTexts = files.piece("consents.yaml").list.compactMap { ConsentText($0) }
    wordings = Wordings.read(from: files)
    holidays = Set(files.piece("holidays.yaml").list.compactMap(\.holiday))
    References(codes: codes, forms: forms, policy: policy, wordings: wordings).check(
      files, workflow: workflow)
    files.refuseStrays()
    do {
      roster = try Roster(folder: folder)
    } catch {
      throw PracticeProblems(
        problems: log.problems + [PracticeProblem(reading: "roster.yaml", failedWith: error)])
    }
    guard log.problems.isEmpty else { throw PracticeProblems(problems: log.problems) }
  }

  /// The practice that comes with the program.
  public static func bundled() throws -> Practice { try Practice(folder: bundledFolder()) }

  public static func bundledFolder() throws -> URL {
    guard let folder = Bundle.module.url(forResource: "Pack", withExtension: nil) else {
      throw CocoaError(.fileNoSuchFile)
    }
    return folder
  }

  /// The list called `name`; empty where there is none.
  public func list(_ name: String) -> CodeList {
    let name = CodeList.Name(rawValue: name)
    return codes[name] ?? CodeList(name: name, codes: [])
  }

  /// The form of a kind of record.
  public func form(_ kind: CaseRecord.Kind) -> Form? { forms[kind.rawValue] }
}

extension Piece {
  fileprivate var holiday: Day? {
    let day = Day(text)
    if day == nil { problem("a day such as 2026-03-01 is expected here") }
    return day
  }
}

import ArgumentParser
import CaseWork
import Documents
import Foundation
import Operations
import Practice
import Server
import Store
import Vault

/// One clear line instead of what the program threw.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }

  /// What the parser throws passes as it is; it carries its own words and exit codes.
  static func clear(_ error: any Error) -> any Error {
    switch error {
    case let refusal as Refusal: Failure(line(refusal))
    case let fault as StoreFault: Failure(line(fault))
    case let problem as VaultProblem: Failure(line(problem))
    case let problem as SchemaProblem: Failure(line(problem))
    case let problem as TableProblem: Failure("the list cannot be read: \(problem.code.rawValue)")
    case is ArchiveProblem, is SettingsProblem, is StartProblem, is PracticeProblems, is DemoProblem,
      is RosterFileProblem:
      Failure("\(error)")
    case let error as CocoaError: Failure(line(error))
    default: error
    }
  }

  private static func line(_ refusal: Refusal) -> String {
    switch refusal {
    case .notFound: "there is no such thing, or it may not be seen"
    case .notAllowed: "this is not allowed to the person given"
    case .conflict(let conflict): "refused: \(conflict.rawValue)"
    case .invalid(let problems):
      "refused: "
        + problems.map { "\($0.field) \($0.code)\($0.detail.map { " (\($0))" } ?? "")" }.joined(
          separator: ", ")
    case .notYet(let missing): "not yet: " + missing.map(\.code).joined(separator: ", ")
    }
  }

  private static func line(_ fault: StoreFault) -> String {
    switch fault.kind {
    case .unavailable: "the store cannot be reached (\(fault.code) \(fault.message))"
    case .full: "the store has no room, or may not be written (\(fault.code) \(fault.message))"
    case .alreadyExists: "this is there already (\(fault.message))"
    case .constraint, .other: "the store failed (\(fault.code) \(fault.message))"
    }
  }

  private static func line(_ problem: VaultProblem) -> String {
    switch problem {
    case .missing(let owner): "there is no key of \(owner.kind) \(owner.id)"
    case .shredded(let owner): "the key of \(owner.kind) \(owner.id) was destroyed"
    case .wrongKey: StartProblem.wrongRootKey.description
    case .damaged(let place): "a sealed value does not open: \(place.table) \(place.record)"
    case .exposedKeyFile(let mode):
      "the key file may be read by others (mode \(String(mode, radix: 8))): chmod 600 it"
    case .unreadableRootKey:
      "this is not a root key of 64 hexadecimal digits, or the passphrase file is empty"
    }
  }

  private static func line(_ problem: SchemaProblem) -> String {
    switch problem {
    case .newer(let found, let known):
      "the store has schema \(found), this program knows up to \(known): use a newer program"
    case .changed(let number, let name): "migration \(number) (\(name)) was changed after it had been applied"
    case .disordered(let number): "migration \(number) is out of order"
    }
  }

  private static func line(_ error: CocoaError) -> String {
    let path = unsafe (error.userInfo[NSFilePathErrorKey] as? String).map { "\($0): " } ?? ""
    return switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: "\(path)no such file"
    case .fileReadNoPermission, .fileWriteNoPermission: "\(path)no permission"
    case .fileWriteFileExists: "\(path)the file is there already"
    default: "\(path)\(error.localizedDescription)"
    }
  }
}

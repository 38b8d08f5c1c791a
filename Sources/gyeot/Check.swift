import ArgumentParser
import CaseWork
import Foundation
import Practice
import Server

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the files of a practice pack.",
    discussion: "Names every unknown key, unknown code and missing word with its file and line.")

  @Argument(help: "The folder of the pack; the one built in without it.")
  var folder: String?

  func run() async throws {
    let url = try folder.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? Practice.bundledFolder()
    let practice = try Practice(folder: url)
    _ = try DemoScript(folder: url)
    Terminal.line("\(practice.forms.count) forms, \(practice.codes.count) code lists, all right")
  }
}

import ArgumentParser
import CaseWork
import Operations
import Server

struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The trail of acts and readings.", subcommands: [Verify.self])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that no row of the trail, nor any it tells of, was changed, removed or inserted.",
      discussion: "Note the last hash of each chain outside: it also proves that nobody put back an old copy."
    )

    @OptionGroup var store: StoreOptions

    func run() async throws {
      let report = try await store.withOffice { try await VerifyTrail($0)(by: nil) }
      for chain in report.schools {
        let name = chain.school?.description ?? "office"
        let state = chain.findings.isEmpty ? "whole" : "BROKEN"
        Terminal.line(
          "\(name)  \(chain.links) links, \(chain.waiting) waiting, last \(chain.lastHash)  \(state)")
        for finding in chain.findings {
          let place = finding.number.map { "link \($0)" } ?? "row"
          Terminal.line("  \(finding.kind.rawValue): \(place) \(finding.rowKind ?? "") \(finding.row ?? "")")
        }
      }
      guard report.isWhole else { throw Failure("the trail does not fit") }
    }
  }
}

import ArgumentParser
import CaseWork
import Foundation
import Operations
import Server

struct StaffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "staff", abstract: "People who sign in.", subcommands: [Add.self, List.self, Reset.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add a person with one role in one school.")

    @OptionGroup var store: StoreOptions
    @Option(help: "The person's name.")
    var name: String
    @Option(help: "The name to sign in with.")
    var signIn: String
    @Option(help: "The role: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    var role: Role
    @Option(help: "The school's name.")
    var school: String

    func run() async throws {
      try await store.withOffice { office in
        let school = try await office.school(named: school)
        let today = Day(inKoreaAt: office.clock())
        let added = try await AddStaff(office)(
          name, signInName: signIn, assignments: [Assignment(school: school.id, role: role, from: today)],
          by: nil)
        Terminal.line(
          "first password of \(signIn): \(added.firstPassword ?? "") (to be changed at the first sign-in)")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the people of a school, with their roles.")

    @OptionGroup var store: StoreOptions
    @Option(help: "The school's name.")
    var school: String
    @Option(
      name: .customLong("as"), help: "The sign-in name of the administrator who asks; the reading is logged.")
    var asker: String

    func run() async throws {
      try await store.withOffice { office in
        let school = try await office.school(named: school)
        let rows = try await ReadStaff(office)(
          of: school.id, by: try await office.asker(signingInAs: asker, route: "gyeot staff list"))
        let today = Day(inKoreaAt: office.clock())
        for row in rows {
          let roles = row.assignments.filter { $0.school == school.id && $0.holds(on: today) }.map(
            \.role.rawValue)
          Terminal.line(
            [row.signInName, row.name, roles.joined(separator: ","), row.leftAt == nil ? "" : "left"]
              .joined(separator: "\t"))
        }
      }
    }
  }

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give a person a new first password.")

    @OptionGroup var store: StoreOptions
    @Argument(help: "The name the person signs in with.")
    var signIn: String
    @Flag(help: "Take the second step (the code from the phone) off as well.")
    var secondStep = false

    func run() async throws {
      try await store.withOffice { office in
        let staff = try await office.staff(signingInAs: signIn)
        let password = try await ResetPassword(office)(of: staff.id, withSecondStep: secondStep, by: nil)
        Terminal.line("first password of \(signIn): \(password) (to be changed at the next sign-in)")
      }
    }
  }
}

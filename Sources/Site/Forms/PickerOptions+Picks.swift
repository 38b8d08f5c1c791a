import CaseWork
import Operations
import Practice
import Repositories

extension PickerOptions {
  /// What can be picked in the forms of one case; people who no longer work here keep their name in old records.
  init(_ picks: Picks, goals: [Plan.Goal], _ say: Speech) {
    staff = picks.staff.map { pick in
      Option(
        pick.id.description, pick.name,
        hint: pick.roles.isEmpty
          ? nil : pick.roles.map { say("role.\($0.rawValue)") }.sorted().joined(separator: ", "),
        isOffered: pick.isWorking)
    }
    resources = picks.resources.map { resource in
      Option(
        resource.id.description, resource.name,
        hint: say.name(of: resource.kind, in: CodeList.Name(rawValue: "organisation")))
    }
    relatives = picks.relatives.map { relative in
      Option(
        relative.id.description, relative.name,
        hint: say.name(of: relative.relation, in: CodeList.Name(rawValue: "relation")))
    }
    self.goals = goals.map { Option(String($0.number), "\($0.number). \($0.title)") }
    usual = picks.services.isEmpty ? [:] : [.service: picks.services]
  }
}

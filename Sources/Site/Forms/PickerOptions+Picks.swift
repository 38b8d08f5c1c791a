import CaseWork
import Operations
import Practice
import Repositories

extension PickerOptions.Option {
  init(_ resource: ResourceName, _ say: Speech) {
    self.init(
      resource.id.description, resource.name,
      hint: resource.kind.isEmpty ? nil : say.name(of: resource.kind, in: .organisation))
  }
}

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
    resources = picks.resources.map { Option($0, say) }
    hasMoreResources = picks.hasMoreResources
    relatives = picks.relatives.map { relative in
      Option(
        relative.id.description, relative.name,
        hint: say.name(of: relative.relation, in: CodeList.Name(rawValue: "relation")))
    }
    people = picks.people.map { person in
      Option(
        person.id.description, person.told.name,
        hint: say.name(of: person.told.kind, in: .informalKind),
        isOffered: person.told.ended == nil)
    }
    self.goals = goals.map { Option(String($0.number), "\($0.number). \($0.title)") }
    usual = picks.services.isEmpty ? [:] : [.service: picks.services]
  }
}

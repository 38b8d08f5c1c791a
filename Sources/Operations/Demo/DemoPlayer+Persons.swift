internal import CaseWork
internal import Foundation
internal import Practice

// Who is close to the student and helps.
extension DemoPlayer {
  /// Notes somebody; `as` is the name under which later steps speak of the person.
  func notePerson(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let value = moment.value
    var told = InformalResource.Told()
    told.name = value["name"]?.text ?? ""
    told.kind = value["kind"]?.text ?? ""
    told.relation = value["relation"]?.text
    told.reach = value["phone"]?.text
    told.needs = value["needs"]?.texts ?? []
    told.gives = value["gives"]?.text ?? ""
    told.often = value["often"]?.text
    told.from = moment.day
    told.until = value["until"]?.day
    told.agreed = value["agreed"]?.text ?? "yes"
    told.checkedOn = moment.day
    let kept = try await KeepInformalResource(then)(
      InformalResource(id: then.id(at: moment.instant), told), in: try opened, by: asker)
    persons[value["as"]?.text ?? told.name] = kept
  }

  func endPerson(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    guard let person = moment.value["of"]?.text.flatMap({ persons[$0] }) else {
      throw DemoProblem(file: moment.caseID, reason: "no such person")
    }
    try await EndInformalResource(then)(
      person.id, from: person.version, because: moment.value["reason"]?.text ?? "",
      words: moment.value["text"]?.text, in: try opened, by: asker)
  }
}

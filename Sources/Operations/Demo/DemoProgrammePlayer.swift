internal import CaseWork
internal import Foundation
internal import Practice

/// Plays one programme of the script: each step is the act a worker would have done on that day.
actor DemoProgrammePlayer {
  private let office: Office
  private let people: DemoPeople
  private let script: DemoProgramme
  private let players: [String: DemoPlayer]
  private var programme: ID<Programme>?
  private var seats: [String: Seat] = [:]
  private var number = 0

  init(office: Office, people: DemoPeople, programme: DemoProgramme, players: [String: DemoPlayer]) {
    self.office = office
    self.people = people
    self.players = players
    script = programme
  }

  func play(_ moment: DemoMoment) async throws {
    do {
      try await act(moment, at: office.at(moment.instant), by: try people.asker(moment.by))
    } catch let refusal as Refusal {
      throw DemoProblem(
        file: "programmes.yaml", reason: "\(script.id) \(moment.day) \(moment.verb): \(refusal)")
    }
  }

  private func act(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    switch moment.verb {
    case "plan": try await plan(at: then, by: asker)
    case "enrol": try await enrol(moment, at: then, by: asker)
    case "session": try await hold(moment, at: then, by: asker)
    case "cancel":
      number += 1
      try await CancelSession(then)(
        try planned, number: number, on: moment.day, because: moment.value["because"]?.text ?? "", by: asker)
    case "leave":
      guard let seat = moment.value["case"]?.text.flatMap({ seats[$0] }) else {
        throw DemoProblem(file: "programmes.yaml", reason: "who leaves must have a seat")
      }
      try await LeaveProgramme(then)(
        seat.id, from: seat.version, in: try planned, on: moment.day, because: moment.value["why"]?.text,
        by: asker)
    default:
      throw DemoProblem(file: "programmes.yaml", reason: "nobody knows how to \(moment.verb)")
    }
  }

  private var planned: ID<Programme> {
    get throws {
      guard let programme else {
        throw DemoProblem(file: "programmes.yaml", reason: "\(script.id) has not been planned")
      }
      return programme
    }
  }

  private func plan(at then: Office, by asker: Asker) async throws {
    let value = script.value
    guard let school = value["school"]?.text, let first = value["first"]?.day, let last = value["last"]?.day
    else { throw DemoProblem(file: "programmes.yaml", reason: "a programme needs school, first and last") }
    programme = try await KeepProgramme(then)(
      Programme(
        id: then.id(at: then.clock()), school: try people.school(school).id,
        name: value["name"]?.text ?? "", service: value["service"]?.text ?? "",
        legalKind: value["legal-kind"]?.text, needs: value["needs"]?.texts ?? [], first: first, last: last,
        rhythm: value["rhythm"]?.text ?? "", place: value["place"]?.text ?? "",
        places: value["places"]?.number ?? 0, fund: value["fund"]?.text, cost: value["cost"]?.number,
        leader: asker.staff.id), by: asker
    ).id
  }

  private func enrol(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let names = moment.value["cases"]?.texts ?? []
    var cases: [ID<CaseFile>] = []
    for name in names {
      guard let file = await players[name]?.newestCase else {
        throw DemoProblem(file: "programmes.yaml", reason: "\(name) has no case yet")
      }
      cases.append(file)
    }
    let taken = try await EnrolInProgramme(then)(cases, in: try planned, by: asker)
    for (name, seat) in zip(names, taken) { seats[name] = seat }
  }

  private func hold(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let value = moment.value
    number += 1
    let parts = (value["marks"]?.parts ?? []).compactMap { part -> HoldSession.Part? in
      guard let seat = seats[part.name], let mark = part.value.text.flatMap(Attendance.Mark.init(rawValue:))
      else { return nil }
      return HoldSession.Part(seat.id, mark, line: value["lines"]?[part.name]?.text)
    }
    let answers = Answers([
      "day": [moment.day.description], "minutes": [value["minutes"]?.text ?? "40"],
      "facts": [value["text"]?.text ?? ""], "risk-check": ["safe"],
    ])
    try await HoldSession(then)(
      try planned, number: number, topic: value["topic"]?.text ?? "", answers, for: parts, by: asker)
  }
}

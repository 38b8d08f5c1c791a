public import CaseWork
internal import Foundation
public import Practice
internal import Repositories

/// The invented office of the demo, played through the acts with the clock of each day.
///
/// Nothing is written around the acts: what a gate refuses here it would refuse a worker, and the load fails.
public struct DemoWorld: Sendable {
  let office: Office
  let script: DemoScript

  public init(_ office: Office, _ script: DemoScript) {
    self.office = office
    self.script = script
  }

  /// Loads everything into an empty store.
  ///
  /// - Parameter progress: called with the steps done and all steps.
  /// - Throws: `DemoProblem` with the case and the day, where the script asks for something the acts refuse.
  /// - Returns: the newest case of each script, by the script's name.
  @discardableResult
  public func load(
    progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> [String: ID<CaseFile>] {
    let steps = chronicle()
    let total = steps.count + 4
    let people = try await DemoPeople(office: office, script: script).settle()
    progress(1, total)
    let roster = DemoRoster(office: office, script: script, people: people)
    let students = try await roster.admitCaseStudents()
    progress(2, total)
    let resources = try await addResources(by: people)
    progress(3, total)
    var players: [String: DemoPlayer] = [:]
    for demoCase in script.cases {
      guard let student = students[demoCase.id] else { continue }
      players[demoCase.id] = DemoPlayer(
        office: office, people: people, resources: resources, demoCase: demoCase, student: student)
    }
    var programmes: [String: DemoProgrammePlayer] = [:]
    for programme in script.programmes {
      programmes[programme.id] = DemoProgrammePlayer(
        office: office, people: people, programme: programme, players: players)
    }
    var isListed = false
    for (index, step) in steps.enumerated() {
      if !isListed, step.instant >= Self.listDay.startInKorea {
        isListed = true
        try await roster.importLists(on: Self.listDay)
      }
      if step.verb == "link-family" {
        try await link(step, players, by: people)
      } else if let programme = programmes[step.caseID] {
        try await programme.play(step)
      } else {
        try await players[step.caseID]?.play(step)
      }
      progress(3 + index + 1, total)
    }
    try await develop(resources, by: people)
    progress(total, total)
    var cases: [String: ID<CaseFile>] = [:]
    for (name, player) in players { cases[name] = await player.newestCase }
    return cases
  }

  /// The day on which the class lists of the newest school year were imported.
  private static let listDay = SchoolYear.firstDay(of: 2026).adding(days: 2)

  /// Every step of every case and programme in the order of time, repeated contacts unrolled.
  private func chronicle() -> [DemoMoment] {
    let calendar = SchoolCalendar(holidays: office.practice.holidays, breaks: [])
    let told = script.cases.map { ($0.id, $0.steps) } + script.programmes.map { ($0.id, $0.steps) }
    return
      told
      .flatMap { id, steps in
        steps.enumerated().flatMap { index, step in
          DemoMoment.moments(of: step, number: index, in: id, calendar)
        }
      }
      .sorted { ($0.instant, $0.number) < ($1.instant, $1.number) }
  }

  /// Two cases of one household.
  private func link(
    _ step: DemoMoment, _ players: [String: DemoPlayer], by people: DemoPeople
  ) async throws {
    guard let one = await players[step.caseID]?.newestCase, let name = step.value["with-case"]?.text,
      let other = await players[name]?.newestCase
    else { throw DemoProblem(file: step.caseID, reason: "two cases are needed for a household") }
    try await LinkFamily(office.at(step.instant))(one, with: other, by: try people.asker(step.by))
    for player in [players[step.caseID], players[name]] { try await player?.refresh(at: step) }
  }

  /// Resources that were developed, talk by talk.
  private func develop(_ resources: [String: ID<Resource>], by people: DemoPeople) async throws {
    for entry in script.world["developments"]?.list ?? [] {
      guard let begun = entry["begun"]?.day, let by = entry["by"]?.text else { continue }
      let asker = try people.asker(by)
      func act(on day: Day) -> Develop {
        Develop(office.at(day.startInKorea.addingTimeInterval(15 * 3600)))
      }
      let development = try await act(on: begun).begin(
        entry["title"]?.text ?? "", for: entry["need"]?.text ?? "", until: entry["due"]?.day, by: asker)
      for talk in entry["talks"]?.list ?? [] {
        guard let day = talk["day"]?.day else { continue }
        try await act(on: day).note(
          Development.Contact(who: talk["who"]?.text ?? "", text: talk["text"]?.text ?? ""), on: day,
          of: development.id, by: asker)
      }
      if let agreed = entry["agreed"], let day = agreed["day"]?.day {
        let page = try await act(on: day).read(development.id, by: asker)
        try await act(on: day).end(
          development.id, .agreed, with: agreed["resource"]?.text.flatMap { resources[$0] },
          from: page.development.version, by: asker)
      }
    }
  }

  private func addResources(by people: DemoPeople) async throws -> [String: ID<Resource>] {
    let day = Day(2024, 3, 4) ?? Day(ordinal: 0)
    var ids: [String: ID<Resource>] = [:]
    for entry in script.resources {
      guard let name = entry["id"]?.text else { continue }
      let then = office.at((entry["added"]?.day ?? day).startInKorea.addingTimeInterval(9 * 3600))
      let resource = DemoResource(entry).resource(id: then.id(at: then.clock()))
      let offers = DemoResource(entry).offers(of: resource) { then.id(at: then.clock()) }
      ids[name] = try await KeepResource(then)(
        resource, offering: offers, by: try people.asker("yedam")
      ).id
    }
    return ids
  }
}

extension Office {
  /// The same office at another time.
  func at(_ instant: Date) -> Office {
    Office(
      database: database, vault: vault, practice: practice, clock: { instant }, random: random, trail: trail)
  }
}

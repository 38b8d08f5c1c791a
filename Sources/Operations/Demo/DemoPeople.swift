internal import CaseWork
internal import Foundation
internal import Practice

/// Schools, school years and staff of the demo, by the names the script calls them.
struct DemoPeople: Sendable {
  let office: Office
  let script: DemoScript
  private(set) var schools: [String: School] = [:]
  private(set) var staff: [String: Staff] = [:]

  init(office: Office, script: DemoScript) {
    self.office = office
    self.script = script
  }

  /// Sets the office up.
  func settle() async throws -> DemoPeople {
    var settled = self
    try await SetUpOffice(office)(script.world["office"]?.text ?? "")
    for entry in script.world["schools"]?.list ?? [] { try await settled.add(school: entry) }
    for entry in script.world["staff"]?.list ?? [] { try await settled.add(staff: entry) }
    return settled
  }

  func asker(_ name: String) throws -> Asker {
    guard let staff = staff[name] else {
      throw DemoProblem(file: "world.yaml", reason: "nobody is called \(name)")
    }
    return Asker(staff: staff, address: "127.0.0.1", route: "demo")
  }

  func school(_ name: String) throws -> School {
    guard let school = schools[name] else {
      throw DemoProblem(file: "world.yaml", reason: "no school \(name)")
    }
    return school
  }

  private mutating func add(school entry: DemoValue) async throws {
    guard let id = entry["id"]?.text, let name = entry["name"]?.text,
      let kind = entry["kind"]?.text.flatMap(School.Kind.init(rawValue:))
    else { throw DemoProblem(file: "world.yaml", reason: "a school needs an id, a name and a kind") }
    let school = try await AddSchool(office)(name, kind, by: nil)
    if let area = entry["area"]?.text {
      try await PlaceSchool(office)(SchoolPlace(area: area), of: school.id, by: nil)
    }
    schools[id] = school
    guard kind != .centre else { return }
    for year in script.world["years"]?.list ?? [] {
      guard let number = year["year"]?.number, let end = year["first-term-ends"]?.day else {
        throw DemoProblem(
          file: "world.yaml", reason: "a school year needs its number and the end of its first term")
      }
      let breaks = (year["breaks"]?.texts ?? []).compactMap { text -> ClosedRange<Day>? in
        let ends = text.components(separatedBy: "..").compactMap { Day($0) }
        return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
      }
      try await SetSchoolYear(office)(
        SchoolYear(year: number, firstTermEnds: end, breaks: breaks), of: school.id, by: nil)
    }
  }

  private mutating func add(staff entry: DemoValue) async throws {
    guard let id = entry["id"]?.text, let name = entry["name"]?.text else {
      throw DemoProblem(file: "world.yaml", reason: "a member of staff needs an id and a name")
    }
    let roles = (entry["roles"]?.texts ?? []).compactMap(Role.init(rawValue:))
    let assignments = (entry["schools"]?.texts ?? []).compactMap { schools[$0]?.id }.flatMap { school in
      roles.map { Assignment(school: school, role: $0, from: SchoolYear.firstDay(of: 2024)) }
    }
    let added = try await AddStaff(office)(
      name, signInName: id, assignments: assignments, password: script.password, by: nil)
    staff[id] = Staff(id: added.id, name: name, assignments: assignments)
  }
}

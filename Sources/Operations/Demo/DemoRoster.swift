internal import CaseWork
internal import Documents
internal import Foundation
internal import Practice

/// Students of the demo: those of the cases, and some six hundred more on class lists.
struct DemoRoster: Sendable {
  let office: Office
  let script: DemoScript
  let people: DemoPeople

  /// Adds the students of the cases with their households, as they were when their case began.
  func admitCaseStudents() async throws -> [String: DemoStudent] {
    var admitted: [String: DemoStudent] = [:]
    for demoCase in script.cases { admitted[demoCase.id] = try await admit(demoCase) }
    return admitted
  }

  private func admit(_ demoCase: DemoCase) async throws -> DemoStudent {
    let school = try people.school(demoCase.school)
    let manager = try people.asker("yedam").staff
    guard let first = demoCase.value["classes"]?.list.first, let year = first["year"]?.number else {
      throw DemoProblem(file: demoCase.id, reason: "a class and its school year are needed")
    }
    let then = office.at(
      SchoolYear.firstDay(of: year).adding(days: 1).startInKorea.addingTimeInterval(10 * 3600))
    let id = try await AddStudent(then)(
      profile(of: demoCase), enrolment: enrolment(first, of: demoCase), in: school.id, by: manager)
    let household = EditHousehold(then)
    var relatives: [String: ID<Relative>] = [:]
    for entry in demoCase.value["relatives"]?.list ?? [] {
      let relative = relative(entry, at: then)
      if let name = entry["id"]?.text { relatives[name] = relative.id }
      try await household.add(relative, to: id, by: manager)
    }
    let confirmed = Day(inKoreaAt: then.clock())
    for code in demoCase.value["categories"]?.texts ?? [] {
      try await household.confirm(code, on: confirmed, of: id, by: manager)
    }
    return DemoStudent(id: id, school: school, relatives: relatives)
  }

  /// Imports the class list of each school, with the students of the cases who are still there.
  func importLists(on day: Day) async throws {
    let then = office.at(day.startInKorea.addingTimeInterval(11 * 3600))
    for entry in script.world["schools"]?.list ?? [] {
      guard let name = entry["id"]?.text, let rows = rows(of: name, entry, on: day) else { continue }
      let school = try people.school(name)
      let asker = try people.asker("yedam")
      let importing = ImportRoster(then)
      let preview = try await importing.preview(
        Array(rows.utf8), name: "\(name).csv", in: school.id, year: SchoolYear.year(of: day), by: asker)
      guard let id = preview.id, preview.problems.isEmpty else {
        throw DemoProblem(
          file: "world.yaml", reason: "the class list of \(name) was refused: \(preview.problems)")
      }
      _ = try await importing.run(id, in: school.id, .allOrNothing, by: asker)
    }
  }

  private func rows(of name: String, _ school: DemoValue, on day: Day) -> String? {
    guard let count = script.world["roster"]?["per-school"]?[name]?.number,
      let classes = script.world["roster"]?["classes"]?[name]?.number, let grades = school["grades"]?.number,
      let surnames = script.world["roster"]?["surnames"]?.texts,
      let given = script.world["roster"]?["given"]?.texts
    else { return nil }
    let year = SchoolYear.year(of: day)
    let age = name == "dalmuri" ? 7 : name == "byeollaeum" ? 13 : 16
    var lines = ["학번,이름,학년,반,번호,성별,생년월일"]
    for demoCase in script.cases where demoCase.school == name {
      guard let entry = demoCase.value["classes"]?.list.first(where: { $0["year"]?.number == year }) else {
        continue
      }
      let (student, here) = (profile(of: demoCase), enrolment(entry, of: demoCase))
      lines.append(
        line(student.number, student.name, here, sex: student.sex == "male" ? "남" : "여", student.birthDay))
    }
    for index in 0..<count {
      let grade = index % grades + 1
      let here = Enrolment(
        year: year, grade: grade, className: String(index / grades % classes + 1),
        seat: 30 + index / grades / classes)
      let born = Day(year - age - grade + 1, index % 12 + 1, index * 7 % 28 + 1)
      let person = surnames[index * 11 % surnames.count] + given[(index * 7 + index / 13) % given.count]
      lines.append(
        line("\(year % 100)\(grade)\(1000 + index)", person, here, sex: index % 2 == 0 ? "여" : "남", born))
    }
    return lines.joined(separator: "\r\n")
  }

  private func line(_ number: String, _ name: String, _ here: Enrolment, sex: String, _ born: Day?) -> String
  {
    "\(number),\(name),\(here.grade),\(here.className),\(here.seat ?? 0),\(sex),\(born?.description ?? "")"
  }

  private func profile(of demoCase: DemoCase) -> Student.Profile {
    let student = demoCase.value["student"]
    return Student.Profile(
      name: student?["name"]?.text ?? "", birthDay: student?["birth"]?.day,
      number: student?["number"]?.text ?? "",
      sex: student?["sex"]?.text, language: student?["language"]?.text)
  }

  private func enrolment(_ entry: DemoValue, of demoCase: DemoCase) -> Enrolment {
    let parts = (entry["class"]?.text ?? "1-1").split(separator: "-")
    return Enrolment(
      year: entry["year"]?.number ?? 2026, grade: parts.first.flatMap { Int($0) } ?? 1,
      className: parts.count > 1 ? String(parts[1]) : "1", seat: demoCase.value["student"]?["seat"]?.number)
  }

  private func relative(_ entry: DemoValue, at office: Office) -> Relative {
    Relative(
      id: office.id(at: office.clock()), relation: entry["relation"]?.text ?? "RS99",
      name: entry["name"]?.text ?? "",
      phone: entry["phone"]?.text, contactHours: entry["hours"]?.text, birthYear: entry["birth"]?.number,
      occupation: entry["occupation"]?.text, isLegalGuardian: entry["legal"]?.isYes ?? false,
      isMainCarer: entry["carer"]?.isYes ?? false, livesTogether: entry["together"]?.isYes ?? false)
  }
}

/// A student of a case, and the people around by the names the script calls them.
struct DemoStudent: Sendable {
  let id: ID<Student>
  let school: School
  let relatives: [String: ID<Relative>]
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations

extension Site {
  func addNewStudent(to router: Router<PageContext>) {
    router.get(.newStudent) { request, context in
      let frame = frame(request, context)
      let page = NewStudentPage(schools: try await rosterSchools(context), sent: FormBody())
      return frame.response(page.page(frame))
    }
    router.post(.newStudent) { _, context in
      var page = NewStudentPage(schools: try await rosterSchools(context), sent: context.form)
      do {
        let typed = try page.typed(year: SchoolYear.year(of: Day(inKoreaAt: office.clock())))
        let staff = try context.signedIn.staff
        let id = try await AddStudent(office)(
          typed.profile, enrolment: typed.enrolment, in: typed.school, by: staff)
        // An administrator brings students in and does not look at them.
        return .to((staff.has(.caseManager) ? Route.student(id) : .rosters).done("student-added"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
      } catch Refusal.conflict(.alreadyExists) {
        page.problems = [Problem("number", "number-taken")]
      }
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    }
  }

  /// The schools whose class lists the asker brings in; whoever brings in none finds no such page.
  func rosterSchools(_ context: PageContext) async throws -> [School] {
    let staff = try context.signedIn.staff
    let own = Set(staff.importing)
    guard !own.isEmpty else { throw Refusal.notFound }
    return try await ReadSchools(office)(of: staff).filter { own.contains($0.id) && $0.kind != .centre }
  }
}

/// One student by hand: who came after the class list.
struct NewStudentPage: Sendable {
  let schools: [School]
  let sent: FormBody
  var problems: [Problem] = []

  /// What was typed; what cannot be read is a problem of its field.
  func typed(
    year: Int
  ) throws -> (profile: Student.Profile, enrolment: Enrolment, school: ID<School>) {
    var problems: [Problem] = []
    let school = schools.first { $0.id.description == sent["school"] }
    if school == nil { problems.append(Problem("school", "unknown-code")) }
    let birthDay = Day(typed: text("birth-day"))
    if birthDay == nil { problems.append(Problem("birth-day", "not-a-day")) }
    let grade = Int(text("grade"))
    if let grade, (1...12).contains(grade) {} else { problems.append(Problem("grade", "grade")) }
    let className = text("class").replacing(/[^\p{L}\p{N}]/, with: "")
    if className.isEmpty { problems.append(Problem("class", "required")) }
    if className.count > 10 { problems.append(Problem("class", "too-long", "10")) }
    let seat = text("seat").isEmpty ? nil : Int(text("seat"))
    if seat == nil, !text("seat").isEmpty { problems.append(Problem("seat", "not-a-number")) }
    for field in ["name", "number"] where text(field).isEmpty { problems.append(Problem(field, "required")) }
    guard problems.isEmpty, let school, let grade else { throw Refusal.invalid(problems) }
    return (
      Student.Profile(
        name: text("name"), birthDay: birthDay, number: text("number"),
        sex: text("sex").isEmpty ? nil : text("sex")),
      Enrolment(year: year, grade: grade, className: className, seat: seat), school.id
    )
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("students.add"), width: .narrow, problems: problems.count) {
      frame.crumbs([(say("students.title"), .students), (say("students.add"), nil)])
      frame.problemSummary(problems, labels(say))
      frame.pageHead(say("students.add"), lead: say("students.add.lead"))
      frame.form(.newStudent, .class("form"), .novalidate()) {
        frame.picker(
          "school", say("students.school"), schools.map { ($0.id.description, $0.name) },
          chosen: sent["school"],
          problems)
        line("name", frame)
        line("number", frame) { $0.hint = say("student-entry.number.hint") }
        line("birth-day", frame) {
          $0.hint = say("entry.day.hint")
          $0.inputmode = "numeric"
          $0.width = "w8"
        }
        div(.class("inline")) {
          for name in ["grade", "class", "seat"] {
            line(name, frame) {
              $0.width = "w4"
              $0.inputmode = name == "class" ? nil : "numeric"
              $0.isOptional = name == "seat"
            }
          }
        }
        frame.picker(
          "sex", say("student-entry.sex"), ["male", "female"].map { ($0, say("sex.\($0)")) },
          chosen: sent["sex"],
          empty: say("students.unknown"), isOptional: true, full: false, problems)
        div { button(.class("btn primary")) { say("students.add.act") } }
      }
    }
  }

  private func labels(_ say: Speech) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: ["school", "name", "number", "birth-day", "grade", "class", "seat", "sex"].map {
        ($0, say("student-entry.\($0)"))
      })
  }

  private func line(_ name: String, _ frame: Frame, _ change: (inout Entry) -> Void = { _ in }) -> HTML {
    frame.entry(Entry(name, frame.say("student-entry.\(name)"), sent[name] ?? "").with(change), problems)
  }

  private func text(_ name: String) -> String { Text.cleaned(sent[name] ?? "", keepingLines: false) }
}

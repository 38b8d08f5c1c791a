import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Repositories

extension Site {
  func addStudents(to router: Router<PageContext>) {
    router.get(.students) { request, context in
      let asker = try context.asker
      let query = request.uri.queryParameters.get("q") ?? ""
      let found = try await FindStudents(office)(query, by: asker)
      let frame = frame(request, context)
      return frame.response(
        StudentFinderPage(
          query: query, found: found, mayAdd: asker.staff.mayImport,
          severalSchools: asker.staff.schools.count > 1
        ).page(frame))
    }
    router.get(.student) { request, context in
      let student = try await ReadStudent(office)(try context.id(of: Student.self), by: try context.asker)
      let frame = frame(request, context)
      return frame.response(StudentView(student: student).page(frame))
    }
    addNewStudent(to: router)
  }
}

extension Staff {
  /// Class lists come in through the administrator or a case manager.
  var mayImport: Bool { has(.administrator) || has(.caseManager) }

  /// The schools whose class lists this person brings in.
  var importing: [ID<School>] { schools(as: [.administrator, .caseManager]) }
}

/// Finds a student: by name, 초성, class or number.
struct StudentFinderPage: Sendable {
  let query: String
  let found: StudentHits
  let mayAdd: Bool
  let severalSchools: Bool

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("students.title")) {
      frame.pageHead(say("students.title"), lead: say("students.lead"), act: acts(say))
      form(.class("filters"), .role("search"), .action(Route.students.address)) {
        div(.class("row")) {
          div(.class("field grow")) {
            label(.for("q")) { say("students.find") }
            p(.class("hint"), .id("q-h")) { say("students.find.hint") }
            input(
              .class("input full"), .id("q"), .name("q"), .type("search"), .value(query),
              .autocomplete("off"),
              .aria("describedby", "q-h"))
          }
          button(.class("btn primary")) { say("finder.act") }
        }
      }
      if !query.isEmpty { results(frame) }
    }
  }

  private func acts(_ say: Speech) -> HTML {
    guard mayAdd else { return .nothing }
    return .several([
      a(.class("btn"), .href(Route.newStudent.address)) { say("students.add") },
      a(.class("btn"), .href(Route.rosters.address)) { say("roster.title") },
    ])
  }

  private func results(_ frame: Frame) -> HTML {
    let say = frame.say
    if found.hits.isEmpty {
      return frame.empty(
        say("students.none", ["query": query]), say("students.none.text"),
        act: mayAdd ? (say("students.add"), .newStudent) : nil)
    }
    return section(.class("band"), .aria("labelledby", "found")) {
      h2(.id("found")) { say("students.found", ["count": String(found.hits.count)]) }
      table(.class("table cards")) {
        caption(.class("sr")) { say("students.found", ["count": String(found.hits.count)]) }
        thead {
          tr {
            for column in columns { th(.scope("col")) { say("students.\(column)") } }
          }
        }
        tbody { found.hits.map { row($0, frame) } }
      }
      if found.isCut { p(.class("meta mt3")) { say("refer.cut") } }
    }
  }

  private var columns: [String] {
    ["name", "class", "born"] + (severalSchools ? ["school"] : []) + ["case"]
  }

  private func row(_ hit: StudentHit, _ frame: Frame) -> HTML {
    let say = frame.say
    return tr(.data("row", "")) {
      th(.scope("row")) { a(.href(Route.student(hit.student.id).address)) { hit.student.name } }
      td(.data("label", say("students.class"))) {
        hit.student.enrolment?.classLabel ?? say("students.no-class")
      }
      td(.data("label", say("students.born"))) {
        hit.student.birthDay.map(say.typed) ?? say("students.unknown")
      }
      if severalSchools { td(.data("label", say("students.school"))) { hit.schoolName } }
      td(.data("label", say("students.case"))) {
        hit.openCase.map { open in
          HTML.several([
            a(.href(Route.caseFile(open.id).address)) { open.number },
            .text(" " + say("stage.\(open.stage.rawValue)")),
          ])
        } ?? .text(say("students.no-case"))
      }
    }
  }
}

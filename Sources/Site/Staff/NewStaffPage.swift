import CaseWork
import Gateway
import Markup

/// Adds somebody who will work with the program.
struct NewStaffPage: Sendable {
  let schools: [School]
  var sent = FormBody()
  var problems: [Problem] = []

  /// The roles that were ticked, by school.
  func assignments(from day: Day) -> [Assignment] {
    schools.flatMap { school in
      chosen(in: school.id).compactMap(Role.init(rawValue:)).map {
        Assignment(school: school.id, role: $0, from: day)
      }
    }
  }

  private func chosen(in school: ID<School>) -> [String] { sent[all: "roles.\(school)"] }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("staff.add"), width: .narrow, problems: problems.count) {
      frame.crumbs([(say("staff.title"), .staff), (say("staff.add"), nil)])
      frame.problemSummary(
        problems,
        ["name": say("staff.name"), "sign-in-name": say("staff.sign-in-name"), "roles": say("staff.roles")])
      frame.pageHead(say("staff.add"), lead: say("staff.add.lead"))
      frame.form(.newStaff, .class("form"), .novalidate()) {
        frame.entry(Entry("name", say("staff.name"), sent["name"] ?? ""), problems)
        frame.entry(
          Entry("sign-in-name", say("staff.sign-in-name"), sent["sign-in-name"] ?? "").with {
            $0.hint = say("staff.sign-in-name.hint")
          }, problems)
        div(.id("roles"), .class("form tight"), .tabindex(-1)) {
          for (index, school) in schools.enumerated() {
            RolePicker(
              field: "roles.\(school.id)", question: say("staff.roles.in", ["school": school.name]),
              chosen: Set(chosen(in: school.id)),
              problems: index == 0
                ? problems.filter { $0.field == "roles" }.map {
                  Problem("roles.\(school.id)", $0.code, $0.detail)
                } : []
            ).html(frame)
          }
        }
        div { button(.class("btn primary")) { say("staff.add.act") } }
      }
    }
  }
}

/// The roles somebody may hold in one school.
struct RolePicker: Sendable {
  let field: String
  let question: String
  let chosen: Set<String>
  var problems: [Problem] = []

  func html(_ frame: Frame) -> HTML {
    frame.ticks(field, question, problems) {
      for role in Role.allCases {
        frame.tick(
          field, role.rawValue, frame.say("role.\(role.rawValue)"), isOn: chosen.contains(role.rawValue))
      }
    }
  }
}

/// The password that was made, shown this once.
struct FirstPasswordPage: Sendable {
  let name: String
  let signInName: String
  let password: String
  let member: ID<Staff>

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("first-password.title"), width: .narrow) {
      frame.pageHead(say("first-password.title"), lead: say("first-password.lead", ["name": name]))
      div(.class("note done"), .role("status")) {
        dl(.class("facts")) {
          div {
            dt { say("staff.sign-in-name") }
            dd { b { signInName } }
          }
          div {
            dt { say("first-password.password") }
            dd { code(.class("once"), .id("first-password")) { password } }
          }
        }
      }
      p(.class("mt4")) { say("first-password.once") }
      p(.class("mt4")) {
        a(.class("btn primary"), .href(Route.staffMember(member).address)) { say("first-password.on") }
      }
    }
  }
}

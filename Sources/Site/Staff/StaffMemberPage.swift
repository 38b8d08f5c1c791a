import CaseWork
import Gateway
import Markup
import Operations

/// One person's account: which roles where, since when, and what an administrator can do about it.
struct StaffMemberPage: Sendable {
  let row: StaffRow
  /// The schools the reader knows by name.
  let schools: [School]
  /// Where the reader gives and takes roles.
  let administered: Set<ID<School>>
  let isOneself: Bool
  var sent: FormBody?
  var problems: [Problem] = []

  private var mayChange: Bool { row.leftAt == nil && !isOneself && !administered.isEmpty }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(row.name, width: .narrow, problems: problems.count) {
      frame.crumbs([(say("staff.title"), .staff), (row.name, nil)])
      frame.problemSummary(problems, ["until": say("staff.until"), "roles": say("staff.roles")])
      frame.pageHead(row.name, lead: row.signInName + " · " + StaffState(row: row).words(frame))
      if isOneself {
        div(.class("note")) {
          h2 { say("staff.oneself") }
          p { say("staff.oneself.text") }
        }
      }
      if mayChange {
        for school in schools where administered.contains(school.id) { rolesForm(school, frame) }
      }
      history(frame)
      if mayChange { ends(say) }
    }
  }

  private func rolesForm(_ school: School, _ frame: Frame) -> HTML {
    let say = frame.say
    let isSent = sent?["school"] == school.id.description
    let held = Set(
      row.assignments.filter { $0.school == school.id && $0.holds(on: frame.today) }.map(\.role.rawValue))
    let chosen = isSent ? Set(sent?[all: "roles"] ?? []) : held
    return details(.class("fold mt4"), .open(isSent || !held.isEmpty)) {
      summary { say("staff.roles.in", ["school": school.name]) }
      div {
        frame.form(.staffRoles(of: row.id), .class("form tight"), .novalidate()) {
          input(.type("hidden"), .name("school"), .value(school.id.description))
          fieldset {
            legend(.class("sr")) { say("staff.roles.in", ["school": school.name]) }
            div(.class("choices wide")) {
              for role in Role.allCases {
                frame.tick(
                  "roles", role.rawValue, say("role.\(role.rawValue)"), isOn: chosen.contains(role.rawValue))
              }
            }
          }
          until(school, isSent: isSent, frame)
          div {
            button(.class("btn")) {
              say("staff.roles.act")
              span(.class("sr")) { ": " + school.name }
            }
          }
        }
      }
    }
  }

  /// Its id is the school's own, since the page has such a field for each school.
  private func until(_ school: School, isSent: Bool, _ frame: Frame) -> HTML {
    let say = frame.say
    let problem = isSent ? problems.first { $0.field == "until" } : nil
    let id = isSent ? "until" : "until.\(school.id)"
    return div(.class(problem == nil ? "field" : "field bad")) {
      label(.for(id)) {
        say("staff.until")
        span(.class("optional")) { " " + say("entry.optional") }
      }
      p(.class("hint"), .id(id + "-h")) { say("staff.until.hint") }
      if let problem { frame.errorLine(say(problem), id: id + "-e") }
      input(
        .class("input w8"), .id(id), .name("until"), .value(isSent ? sent?["until"] : ""),
        .autocomplete("off"),
        .inputmode("numeric"), .aria("describedby", problem == nil ? id + "-h" : "\(id)-h \(id)-e"))
    }
  }

  private func history(_ frame: Frame) -> HTML {
    let say = frame.say
    let names = Dictionary(schools.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    return section(.class("band"), .aria("labelledby", "history")) {
      h2(.id("history")) { say("staff.history") }
      table(.class("table cards slim")) {
        caption(.class("sr")) { say("staff.history") }
        thead {
          tr {
            for column in ["role", "school", "from", "until"] {
              th(.scope("col")) { say("staff.history.\(column)") }
            }
          }
        }
        tbody {
          for assignment in row.assignments.reversed() {
            tr {
              th(.scope("row")) { say("role.\(assignment.role.rawValue)") }
              td(.data("label", say("staff.history.school"))) {
                names[assignment.school] ?? say("staff.other-school")
              }
              td(.data("label", say("staff.history.from"))) { say.typed(assignment.from) }
              td(.data("label", say("staff.history.until"))) { end(of: assignment, say) }
            }
          }
        }
      }
    }
  }

  /// Given and taken on the same day, it never held.
  private func end(of assignment: Assignment, _ say: Speech) -> String {
    guard let until = assignment.until else { return say("staff.history.open") }
    return until < assignment.from ? say("staff.history.same-day") : say.typed(until)
  }

  private func ends(_ say: Speech) -> HTML {
    section(.class("band"), .aria("labelledby", "account")) {
      h2(.id("account")) { say("staff.account") }
      div(.class("btn-row")) {
        a(.class("btn"), .href(Route.staffPassword(of: row.id).address)) { say("staff.password") }
        a(.class("btn danger"), .href(Route.staffEnd(of: row.id).address)) { say("staff.end") }
      }
    }
  }
}

/// Asks before somebody's work with the program ends.
struct StaffEndPage: Sendable {
  let row: StaffRow
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let heading = say("staff.end.title", ["name": row.name])
    return Page(heading, width: .narrow, problems: problems.count) {
      frame.crumbs([(say("staff.title"), .staff), (row.name, .staffMember(row.id)), (say("staff.end"), nil)])
      frame.problemSummary(problems, [:])
      frame.pageHead(heading, lead: say("staff.end.text"))
      frame.form(.staffEnd(of: row.id), .class("btn-row")) {
        button(.class("btn danger")) { say("staff.end") }
        a(.class("btn"), .href(Route.staffMember(row.id).address)) { say("entry.back") }
      }
    }
  }
}

/// Asks before a forgotten password is replaced.
struct StaffPasswordPage: Sendable {
  let row: StaffRow

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let heading = say("staff.password.title", ["name": row.name])
    return Page(heading, width: .narrow) {
      frame.crumbs([
        (say("staff.title"), .staff), (row.name, .staffMember(row.id)), (say("staff.password"), nil),
      ])
      frame.pageHead(heading, lead: say("staff.password.text"))
      frame.form(.staffPassword(of: row.id), .class("form")) {
        if row.hasSecondStep {
          frame.tick(
            "second-step", "yes", say("staff.password.second-step"),
            more: say("staff.password.second-step.hint"), isOn: false)
        }
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("staff.password.act") }
          a(.class("btn"), .href(Route.staffMember(row.id).address)) { say("entry.back") }
        }
      }
    }
  }
}

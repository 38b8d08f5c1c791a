import CaseWork
import Gateway
import Markup
import Operations

/// Everyone of one school: account and roles, nothing of their cases.
struct StaffListPage: Sendable {
  let rows: [StaffRow]
  let school: School
  let schools: [School]
  let mayAdd: Bool

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let present = rows.filter { $0.leftAt == nil && !roles($0, on: frame.today).isEmpty }
    let former = rows.filter { row in !present.contains(row) }
    return Page(say("staff.title")) {
      frame.pageHead(
        say("staff.title"), lead: say("staff.lead"),
        act: mayAdd ? a(.class("btn primary"), .href(Route.newStaff.address)) { say("staff.add") } : .nothing)
      tabs(say)
      table(present, say("staff.caption", ["school": school.name]), frame)
      if !former.isEmpty {
        details(.class("fold mt5")) {
          summary { say("staff.former", ["count": String(former.count)]) }
          div { table(former, say("staff.former", ["count": String(former.count)]), frame) }
        }
      }
    }
  }

  private func roles(_ row: StaffRow, on day: Day) -> [Role] {
    row.assignments.filter { $0.school == school.id && $0.holds(on: day) }.map(\.role)
  }

  private func tabs(_ say: Speech) -> HTML {
    if schools.count < 2 { return .nothing }
    return nav(.class("tabs"), .aria("label", say("students.school"))) {
      ul {
        for other in schools {
          li {
            a(
              .href(Route.staff.with("school", other.id.description).address),
              .current(if: other.id == school.id)
            ) { other.name }
          }
        }
      }
    }
  }

  private func table(_ rows: [StaffRow], _ words: String, _ frame: Frame) -> HTML {
    let say = frame.say
    return Markup.table(.class("table cards mt4")) {
      caption(.class("sr")) { words }
      thead {
        tr {
          for column in ["name", "sign-in-name", "roles", "state"] {
            th(.scope("col")) { say("staff.\(column)") }
          }
        }
      }
      tbody {
        for row in rows {
          tr(.data("row", "")) {
            th(.scope("row")) { a(.href(Route.staffMember(row.id).address)) { row.name } }
            td(.data("label", say("staff.sign-in-name"))) { row.signInName }
            td(.data("label", say("staff.roles"))) {
              let held = roles(row, on: frame.today).map { say("role.\($0.rawValue)") }
              held.isEmpty ? say("staff.no-role") : held.joined(separator: ", ")
            }
            td(.data("label", say("staff.state"))) { StaffState(row: row).words(frame) }
          }
        }
      }
    }
  }
}

/// What is special about an account, in words.
struct StaffState: Sendable {
  let row: StaffRow

  func words(_ frame: Frame) -> String {
    let say = frame.say
    if let left = row.leftAt { return say("staff.left", ["date": say.typed(Day(inKoreaAt: left))]) }
    let notes: [String?] = [
      row.lockedUntil.flatMap { $0 > frame.now ? say("staff.locked", ["time": say.clock($0)]) : nil },
      row.mustChangePassword ? say("staff.first-password") : nil,
      say(row.hasSecondStep ? "staff.second-step" : "staff.no-second-step"),
    ]
    return notes.compactMap { $0 }.joined(separator: " · ")
  }
}

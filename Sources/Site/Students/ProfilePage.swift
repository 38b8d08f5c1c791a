import CaseWork
import Gateway
import Markup
import Operations

/// What is known of a student besides the class list: to be changed. The number stays the class list's own.
struct ProfilePage: Sendable {
  let student: Student
  /// What was typed; `nil` on opening.
  var sent: FormBody?
  var problems: [Problem] = []
  /// Somebody else saved meanwhile: both are shown.
  var isConflict = false

  private static let fields = ["name", "birth-day", "sex", "phone", "address", "language"]

  /// The version that was read when the page was opened.
  var version: Int { sent?.version() ?? student.version }

  func typed() throws -> Student.Profile {
    var profile = student.profile
    let day = Text.cleaned(sent?["birth-day"] ?? "", keepingLines: false)
    profile.birthDay = Day(typed: day)
    if !day.isEmpty, profile.birthDay == nil { throw Refusal.invalid([Problem("birth-day", "not-a-day")]) }
    profile.name = sent?["name"] ?? ""
    profile.sex = sent?["sex"]
    profile.phone = sent?["phone"]
    profile.address = sent?["address"]
    profile.language = sent?["language"]
    return profile
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let labels = Dictionary(uniqueKeysWithValues: Self.fields.map { ($0, say("profile.\($0)")) })
    return Page(say("profile.title"), width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("students.title"), .students), (student.profile.name, .student(student.id)),
        (say("household.title"), .household(of: student.id)), (say("profile.title"), nil),
      ])
      frame.problemSummary(problems, labels)
      frame.pageHead(say("profile.title"), lead: isConflict ? nil : say("profile.lead"))
      if isConflict {
        EditConflictNote(rows: Self.fields.map { (labels[$0] ?? $0, mine($0, say), theirs($0, say)) }).html(
          frame)
      }
      frame.form(.profile(of: student.id), .class("form"), .novalidate()) {
        // After a conflict what is saved next stands upon what the other saved.
        input(.type("hidden"), .name("version"), .value(String(isConflict ? student.version : version)))
        for name in ["name", "birth-day"] { line(name, frame) }
        frame.picker(
          "sex", say("profile.sex"), ["male", "female"].map { ($0, say("sex.\($0)")) },
          chosen: value("sex", say),
          empty: say("students.unknown"), isOptional: true, full: false, problems)
        for name in ["phone", "address", "language"] { line(name, frame) }
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("profile.act") }
          a(.class("btn"), .href(Route.household(of: student.id).address)) { say("entry.back") }
        }
      }
    }
  }

  private func line(_ name: String, _ frame: Frame) -> HTML {
    let say = frame.say
    return frame.entry(
      Entry(name, say("profile.\(name)"), value(name, say)).with {
        $0.isOptional = name != "name" && name != "birth-day"
        if name == "birth-day" {
          $0.hint = say("entry.day.hint")
          $0.inputmode = "numeric"
          $0.width = "w8"
        }
        if name == "phone" { $0.inputmode = "tel" }
      }, problems)
  }

  private func value(_ name: String, _ say: Speech) -> String {
    sent.map { $0[name] ?? "" } ?? saved(name, say)
  }

  private func saved(_ name: String, _ say: Speech) -> String {
    switch name {
    case "name": student.profile.name
    case "birth-day": student.profile.birthDay.map(say.typed) ?? ""
    case "sex": student.profile.sex ?? ""
    case "phone": student.profile.phone ?? ""
    case "address": student.profile.address ?? ""
    default: student.profile.language ?? ""
    }
  }

  private func mine(_ name: String, _ say: Speech) -> String { spoken(name, value(name, say), say) }
  private func theirs(_ name: String, _ say: Speech) -> String { spoken(name, saved(name, say), say) }

  private func spoken(_ name: String, _ value: String, _ say: Speech) -> String {
    name == "sex" && say.has("sex.\(value)") ? say("sex.\(value)") : value
  }
}

/// Somebody else saved first: what they wrote and what I wrote, side by side, where the two differ.
struct EditConflictNote: Sendable {
  let rows: [(name: String, mine: String, theirs: String)]

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    let different = rows.filter { $0.mine != $0.theirs }
    return section(.class("note heed clash"), .role("alert"), .tabindex(-1), .id("conflict"), .autofocus()) {
      h2 { say("entry.conflict") }
      p { say("entry.conflict.text") }
      if different.isEmpty {
        p { say("entry.conflict.same") }
      } else {
        table(.class("table cards mt3")) {
          caption(.class("sr")) { say("entry.conflict") }
          thead {
            tr {
              th(.scope("col")) { say("entry.conflict.field") }
              th(.scope("col")) { say("entry.conflict.theirs") }
              th(.scope("col")) { say("entry.conflict.mine") }
            }
          }
          tbody {
            for row in different {
              tr {
                th(.scope("row")) { row.name }
                td(.data("label", say("entry.conflict.theirs"))) { shown(row.theirs, say) }
                td(.data("label", say("entry.conflict.mine"))) { shown(row.mine, say) }
              }
            }
          }
        }
      }
    }
  }

  private func shown(_ text: String, _ say: Speech) -> String {
    text.isEmpty ? say("entry.conflict.empty") : text
  }
}

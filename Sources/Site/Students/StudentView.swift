import CaseWork
import Gateway
import Markup
import Operations

/// One student: who, in which class when, which cases; what to do from here. Contacts are a page of their own.
struct StudentView: Sendable {
  let student: StudentPage

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(student.name) {
      frame.crumbs([(say("students.title"), .students), (student.name, nil)])
      frame.pageHead(student.name, lead: who(frame), eyebrow: student.schoolName, act: acts(say))
      div(.class(student.rights.readsHousehold ? "split" : "split alone")) {
        div(.class("flow")) {
          cases(frame)
          enrolments(frame)
        }
        if student.rights.readsHousehold {
          aside(.class("side"), .aria("labelledby", "household-title")) {
            section(.class("panel tint")) {
              h2(.id("household-title")) { say("household.title") }
              p { say("student.household.text") }
              p(.class("mt3")) {
                a(.class("btn"), .href(Route.household(of: student.id).address)) { say("student.household") }
              }
            }
          }
        }
      }
    }
  }

  private func who(_ frame: Frame) -> String {
    let say = frame.say
    let born = student.birthDay.map {
      say("student.born", ["date": say.typed($0), "age": String($0.age(on: frame.today))])
    }
    let present = student.enrolments.first { $0.year == SchoolYear.year(of: frame.today) }?.classLabel
    let sex = student.sex.map { say.has("sex.\($0)") ? say("sex.\($0)") : $0 }
    return [present, say("student.number", ["number": student.number]), born, sex].compactMap { $0 }
      .joined(separator: " · ")
  }

  private func acts(_ say: Speech) -> HTML {
    guard student.rights.refers else { return .nothing }
    let isOpen = student.cases.contains { Standing.active.contains($0.standing) }
    // A case begins with a referral, also one's own; whoever receives it opens the case. An emergency acts first.
    return HTML.several([
      a(
        .class(isOpen ? "btn" : "btn primary"),
        .href(Route.refer.with("student", student.id.description).address)
      ) { say("nav.refer") },
      student.rights.startsEmergency
        ? a(.class("btn danger"), .href(Route.emergency.with("student", student.id.description).address)) {
          say("kind.emergency")
        } : .nothing,
    ])
  }

  private func cases(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "cases")) {
      h2(.id("cases")) { say("student.cases") }
      if student.cases.isEmpty {
        p { say("student.cases.none") }
      } else {
        ul(.class("people")) {
          for file in student.cases {
            li(.data("row", "")) {
              a(.href(Route.caseFile(file.id).address)) {
                b { say("student.case", ["number": file.number, "episode": String(file.episode)]) }
              }
              file.level.map { frame.level($0) } ?? span(.class("meta")) { say("level.none") }
              span(.class("meta")) {
                [
                  say("standing.\(file.standing.rawValue)"), say("stage.\(file.stage.rawValue)"),
                  say("student.case.opened", ["date": say.typed(file.openedOn)]),
                ].joined(separator: " · ")
              }
            }
          }
        }
      }
    }
  }

  private func enrolments(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "enrolments")) {
      h2(.id("enrolments")) { say("student.enrolments") }
      if student.enrolments.isEmpty {
        p { say("student.enrolments.none") }
      } else {
        table(.class("table cards slim")) {
          caption(.class("sr")) { say("student.enrolments") }
          thead {
            tr {
              for column in ["year", "class", "seat", "status"] {
                th(.scope("col")) { say("student.\(column)") }
              }
            }
          }
          tbody {
            for enrolment in student.enrolments {
              tr {
                th(.scope("row")) { say("student.year.of", ["year": String(enrolment.year)]) }
                td(.data("label", say("student.class"))) { enrolment.classLabel }
                td(.data("label", say("student.seat"))) {
                  enrolment.seat.map(String.init) ?? say("students.unknown")
                }
                td(.data("label", say("student.status"))) { say("enrolment.\(enrolment.status)") }
              }
            }
          }
        }
      }
    }
  }
}

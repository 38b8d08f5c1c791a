import CaseWork
import Gateway
import Markup

/// The schools somebody works in.
struct SchoolsPage: Sendable {
  let lines: [Line]
  let year: Int
  let mayAdd: Bool

  struct Line: Sendable {
    let school: School
    /// Whether this year's terms and vacations were entered.
    let isSet: Bool
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("schools.title"), width: .narrow) {
      frame.pageHead(
        say("schools.title"), lead: say("schools.lead"),
        act: mayAdd ? a(.class("btn"), .href(Route.newSchool.address)) { say("schools.add") } : .nothing)
      if lines.isEmpty {
        frame.empty(
          say("schools.none"), say("schools.none.text"), act: mayAdd ? (say("schools.add"), .newSchool) : nil)
      } else {
        ul(.class("people")) {
          for line in lines {
            li(.data("row", "")) {
              a(.href(Route.school(line.school.id).address)) { b { line.school.name } }
              span(.class("meta")) { say("school-kind.\(line.school.kind.rawValue)") }
              span(.class("meta")) {
                say(line.isSet ? "schools.year.set" : "schools.year.missing", ["year": String(year)])
              }
            }
          }
        }
      }
    }
  }
}

/// Adds a school to the office.
struct NewSchoolPage: Sendable {
  var sent = FormBody()
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("schools.add"), width: .narrow, problems: problems.count) {
      frame.crumbs([(say("schools.title"), .schools), (say("schools.add"), nil)])
      frame.problemSummary(problems, ["name": say("school.name"), "kind": say("school.kind")])
      frame.pageHead(say("schools.add"), lead: say("schools.add.lead"))
      frame.form(.newSchool, .class("form"), .novalidate()) {
        frame.entry(Entry("name", say("school.name"), sent["name"] ?? ""), problems)
        frame.picker(
          "kind", say("school.kind"),
          School.Kind.allCases.map { ($0.rawValue, say("school-kind.\($0.rawValue)")) },
          chosen: sent["kind"], empty: say("entry.choose"), full: false, problems)
        div { button(.class("btn primary")) { say("schools.add") } }
      }
    }
  }
}

/// One school and its years: terms, vacations, days with lessons.
struct SchoolPage: Sendable {
  let school: School
  let place: SchoolPlace
  let years: [SchoolYear]
  let holidays: Set<Day>
  let mayEdit: Bool

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let present = SchoolYear.year(of: frame.today)
    return Page(school.name, width: .narrow) {
      frame.crumbs([(say("schools.title"), .schools), (school.name, nil)])
      frame.pageHead(
        school.name, lead: say("school.lead"), eyebrow: say("school-kind.\(school.kind.rawValue)"))
      if mayEdit {
        missing([present, present + 1].filter { year in !years.contains { $0.year == year } }, frame)
      }
      placeBand(frame)
      for year in years.reversed() { section(of: year, frame) }
    }
  }

  private func placeBand(_ frame: Frame) -> HTML {
    let say = frame.say
    return Markup.section(.class("band"), .aria("labelledby", "place")) {
      div(.class("band-head")) {
        h2(.id("place")) { say("place.title") }
        if mayEdit {
          a(.class("link-act"), .href(Route.schoolPlace(school.id).address)) { say("place.change") }
        }
      }
      p { place.area ?? say("place.unknown") }
    }
  }

  private func missing(_ missing: [Int], _ frame: Frame) -> HTML {
    let say = frame.say
    return .several(
      missing.map { year in
        div(.class("note mt3")) {
          p { say("schools.year.missing", ["year": String(year)]) }
          div(.class("btn-row")) {
            a(.class("btn"), .href(Route.schoolYear(year, of: school.id).address)) {
              say("school.year.set", ["year": String(year)])
            }
          }
        }
      })
  }

  private func section(of year: SchoolYear, _ frame: Frame) -> HTML {
    let say = frame.say
    let heading = say("student.year.of", ["year": String(year.year)])
    return Markup.section(.class("band"), .aria("labelledby", "year-\(year.year)")) {
      div(.class("band-head")) {
        h2(.id("year-\(year.year)")) { heading }
        if mayEdit {
          a(.class("link-act"), .href(Route.schoolYear(year.year, of: school.id).address)) {
            say("school.year.change")
            span(.class("sr")) { ": " + heading }
          }
        }
      }
      dl(.class("facts")) {
        div {
          dt { say("school.first-term") }
          dd { range(year.days(ofTerm: 1), say) }
        }
        div {
          dt { say("school.second-term") }
          dd { range(year.days(ofTerm: 2), say) }
        }
        div {
          dt { say("school.breaks") }
          dd {
            if year.breaks.isEmpty {
              say("school.breaks.none")
            } else {
              ul { for days in year.breaks { li { range(days, say) } } }
            }
          }
        }
        div {
          dt { say("school.days") }
          dd { say("school.days.count", ["count": String(lessonDays(year))]) }
        }
      }
    }
  }

  private func lessonDays(_ year: SchoolYear) -> Int {
    let calendar = SchoolCalendar(years: [year], holidays: holidays)
    return calendar.schoolDays(from: year.days.lowerBound.adding(days: -1), to: year.days.upperBound)
  }

  private func range(_ days: ClosedRange<Day>?, _ say: Speech) -> String {
    guard let days else { return say("school.breaks.none") }
    if days.lowerBound == days.upperBound { return say.typed(days.lowerBound) }
    return say("school.range", ["first": say.typed(days.lowerBound), "last": say.typed(days.upperBound)])
  }
}

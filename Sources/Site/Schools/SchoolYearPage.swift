import CaseWork
import Gateway
import Markup

/// Terms, vacations and the school's own holidays of one school year.
struct SchoolYearPage: Sendable {
  let school: School
  let year: Int
  let kept: SchoolYear?
  /// Public holidays, which need not be entered.
  let holidays: Set<Day>
  var sent: FormBody?
  var problems: [Problem] = []

  /// Rows of the form: those that are kept, and three more.
  private var rowCount: Int {
    let known = sent.map { $0[all: "from"].count } ?? (kept?.breaks.count ?? 0) + 3
    return min(40, max(3, known))
  }

  func typed() throws -> SchoolYear {
    var problems: [Problem] = []
    let ends = Day(typed: sent?["first-term-ends"] ?? "")
    if ends == nil { problems.append(Problem("first-term-ends", "not-a-day")) }
    var breaks: [ClosedRange<Day>] = []
    for row in 0..<rowCount {
      let (from, until) = (text("from", row), text("until", row))
      if from.isEmpty, until.isEmpty { continue }
      let first = Day(typed: from)
      let last = until.isEmpty ? first : Day(typed: until)
      guard let first, let last else {
        problems.append(Problem("breaks.\(row)", "not-a-day"))
        continue
      }
      guard first <= last else {
        problems.append(Problem("breaks.\(row)", "ends-before"))
        continue
      }
      guard SchoolYear.days(of: year).contains(first), SchoolYear.days(of: year).contains(last) else {
        problems.append(Problem("breaks.\(row)", "outside-the-year"))
        continue
      }
      breaks.append(first...last)
    }
    guard problems.isEmpty, let ends else { throw Refusal.invalid(problems) }
    return SchoolYear(
      year: year, firstTermEnds: ends, breaks: breaks.sorted { $0.lowerBound < $1.lowerBound })
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let heading = say("school-year.title", ["year": String(year)])
    var labels = ["first-term-ends": say("school-year.first-term-ends")]
    for row in 0..<rowCount { labels["breaks.\(row)"] = say("school-year.row", ["number": String(row + 1)]) }
    return Page(heading, width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("schools.title"), .schools), (school.name, .school(school.id)),
        (say("student.year.of", ["year": String(year)]), nil),
      ])
      frame.problemSummary(problems, labels)
      frame.pageHead(
        heading,
        lead: say(
          "school-year.lead",
          [
            "first": say.typed(SchoolYear.firstDay(of: year)),
            "last": say.typed(SchoolYear.lastDay(of: year)),
          ]),
        eyebrow: school.name)
      frame.form(.schoolYear(year, of: school.id), .class("form"), .novalidate()) {
        frame.entry(
          Entry("first-term-ends", say("school-year.first-term-ends"), firstTermEnds(say)).with {
            $0.hint = say("school-year.first-term-ends.hint")
            $0.inputmode = "numeric"
            $0.width = "w8"
          }, problems)
        fieldset {
          legend { say("school-year.breaks") }
          p(.class("hint")) { say("school-year.breaks.hint") }
          div(.class("form tight")) { for row in 0..<rowCount { line(row, frame) } }
        }
        publicHolidays(frame)
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("school-year.act") }
          a(.class("btn"), .href(Route.school(school.id).address)) { say("entry.back") }
        }
      }
    }
  }

  private func line(_ row: Int, _ frame: Frame) -> HTML {
    let say = frame.say
    let problem = problems.first { $0.field == "breaks.\(row)" }
    let number = String(row + 1)
    return div(.class(problem == nil ? "field" : "field bad")) {
      if let problem { frame.errorLine(say(problem), id: "breaks.\(row)-e") }
      div(.class("inline")) {
        for name in ["from", "until"] {
          div(.class("field")) {
            label(.for(name == "from" ? "breaks.\(row)" : "until.\(row)")) {
              span(.class("sr")) { say("school-year.row", ["number": number]) + " " }
              say("school-year.\(name)")
            }
            input(
              .class("input w8"), .id(name == "from" ? "breaks.\(row)" : "until.\(row)"), .name(name),
              .value(value(name, row, say)), .autocomplete("off"), .inputmode("numeric"),
              .aria("describedby", problem == nil ? nil : "breaks.\(row)-e"))
          }
        }
      }
    }
  }

  private func publicHolidays(_ frame: Frame) -> HTML {
    let say = frame.say
    let days = holidays.filter { SchoolYear.days(of: year).contains($0) && !$0.isWeekend }.sorted()
    return details(.class("fold")) {
      summary { say("school-year.public", ["count": String(days.count)]) }
      div {
        days.isEmpty
          ? p { say("school-year.public.none") }
          : p { days.map { say.short($0) }.joined(separator: ", ") }
      }
    }
  }

  private func firstTermEnds(_ say: Speech) -> String {
    sent.map { $0["first-term-ends"] ?? "" } ?? kept.map { say.typed($0.firstTermEnds) } ?? ""
  }

  private func value(_ name: String, _ row: Int, _ say: Speech) -> String {
    if sent != nil { return text(name, row) }
    guard let kept, kept.breaks.indices.contains(row) else { return "" }
    return say.typed(name == "from" ? kept.breaks[row].lowerBound : kept.breaks[row].upperBound)
  }

  private func text(_ name: String, _ row: Int) -> String {
    let texts = sent?[all: name] ?? []
    return texts.indices.contains(row) ? Text.cleaned(texts[row], keepingLines: false) : ""
  }
}

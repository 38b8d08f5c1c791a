import CaseWork
import Gateway
import Markup
import Operations
import Practice
import Repositories

/// How to reach a student and the people around them, and the welfare categories that were confirmed.
struct HouseholdView: Sendable {
  let household: HouseholdPage
  var problems: [Problem] = []
  /// What was typed to confirm a category.
  var sent = FormBody()

  private var student: Student { household.student }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("household.of", ["name": student.profile.name]), problems: problems.count) {
      frame.crumbs([
        (say("students.title"), .students), (student.profile.name, .student(student.id)),
        (say("household.title"), nil),
      ])
      frame.problemSummary(problems, ["code": say("category.code"), "day": say("category.day")])
      frame.pageHead(say("household.of", ["name": student.profile.name]), lead: say("household.lead"))
      contact(frame)
      people(frame)
      categories(frame)
    }
  }

  private func contact(_ frame: Frame) -> HTML {
    let say = frame.say
    let profile = student.profile
    return section(.class("band"), .aria("labelledby", "contact")) {
      div(.class("band-head")) {
        h2(.id("contact")) { say("household.contact") }
        if household.mayEdit {
          a(.class("link-act"), .href(Route.profile(of: student.id).address)) {
            say("household.contact.change")
          }
        }
      }
      dl(.class("facts")) {
        fact(say("profile.phone"), phone(profile.phone, say))
        fact(say("profile.address"), .text(profile.address ?? say("household.unknown")))
        fact(say("profile.language"), .text(profile.language ?? say("household.unknown")))
        fact(
          say("profile.birth-day"),
          .text(
            profile.birthDay.map {
              say("student.born", ["date": say.typed($0), "age": String($0.age(on: frame.today))])
            } ?? say("household.unknown")))
        fact(say("profile.number"), .text(profile.number))
      }
    }
  }

  private func fact(_ name: String, _ value: HTML) -> HTML {
    div {
      dt { name }
      dd { value }
    }
  }

  private func phone(_ number: String?, _ say: Speech) -> HTML {
    guard let number else { return .text(say("household.unknown")) }
    return a(.href(.telephone(number))) { number }
  }

  private func people(_ frame: Frame) -> HTML {
    let say = frame.say
    let present = household.relatives.filter { $0.endedAt == nil }
    let former = household.relatives.filter { $0.endedAt != nil }
    return section(.class("band"), .aria("labelledby", "people")) {
      div(.class("band-head")) {
        h2(.id("people")) { say("household.people") }
        if household.mayEdit {
          a(.class("btn"), .href(Route.newRelative(of: student.id).address)) { say("relative.add") }
        }
      }
      if present.isEmpty {
        p { say("household.people.none") }
      } else {
        ul(.class("people")) { for kept in present { person(kept, frame) } }
      }
      if !former.isEmpty {
        details(.class("fold mt4")) {
          summary { say("household.former", ["count": String(former.count)]) }
          div { ul(.class("people")) { for kept in former { person(kept, frame) } } }
        }
      }
    }
  }

  private func person(_ kept: KeptRelative, _ frame: Frame) -> HTML {
    let say = frame.say
    let relative = kept.relative
    return li {
      span {
        b { relative.name }
        " "
        say.name(of: relative.relation, in: .relation)
        span(.class("meta")) { " " + relative.relation }
      }
      if household.mayEdit, kept.endedAt == nil {
        a(.href(Route.relative(relative.id, of: student.id).address)) {
          say("relative.change.act")
          span(.class("sr")) { ": " + relative.name }
        }
      }
      if relative.mustNotContact {
        p(.class("error meta")) {
          Icon.warn.html; span { say("relative.must-not") }
        }
      }
      span(.class("meta")) { marks(relative, say) }
      if kept.endedAt == nil, !relative.mustNotContact, let number = relative.phone {
        span(.class("meta")) {
          a(.href(.telephone(number))) { number }
          if let hours = relative.contactHours { " · " + hours }
        }
      }
      if relative.mustNotContact, let number = relative.phone { span(.class("meta")) { number } }
      if let ended = kept.endedAt {
        span(.class("meta")) { say("relative.ended", ["date": say.typed(Day(inKoreaAt: ended))]) }
      }
    }
  }

  private func marks(_ relative: Relative, _ say: Speech) -> String {
    let marks: [String?] = [
      relative.isLegalGuardian ? say("relative.legal-guardian") : nil,
      relative.isMainCarer ? say("relative.main-carer") : nil,
      say(relative.livesTogether ? "relative.together" : "relative.apart"),
      relative.birthYear.map { say("relative.born", ["year": String($0)]) },
      relative.occupation,
    ]
    return marks.compactMap { $0 }.joined(separator: " · ")
  }

  private func categories(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "categories")) {
      h2(.id("categories")) { say("category.title") }
      p(.class("hint")) { say("category.lead") }
      if household.categories.isEmpty {
        p(.class("mt3")) { say("category.none") }
      } else {
        ul(.class("people mt3")) { for category in household.categories { confirmed(category, frame) } }
      }
      if household.mayEdit { confirming(frame) }
    }
  }

  private func confirmed(_ category: CaseWork.Category, _ frame: Frame) -> HTML {
    let say = frame.say
    let name = say.name(of: category.code, in: list(of: category.code))
    return li {
      span {
        b { name }
        span(.class("meta")) { " " + category.code }
      }
      if household.mayEdit {
        frame.form(.categoryEnd(category.code, of: student.id)) {
          button(.class("btn quiet")) {
            say("category.end")
            span(.class("sr")) { ": " + name }
          }
        }
      }
      span(.class("meta")) {
        say(
          "category.confirmed",
          ["date": say.typed(category.confirmedOn), "name": household.confirmers[category.confirmedBy] ?? ""])
      }
    }
  }

  private func list(of code: String) -> CodeList.Name {
    code.hasPrefix("FM") ? .familyForm : .welfareCategory
  }

  private func confirming(_ frame: Frame) -> HTML {
    let say = frame.say
    let held = Set(household.categories.map(\.code))
    return details(.class("fold mt4"), .open(!problems.isEmpty)) {
      summary { say("category.add") }
      div {
        frame.form(.categories(of: student.id), .class("form"), .novalidate()) {
          categoryPicker(frame, held)
          frame.entry(
            Entry("day", say("category.day"), sent["day"] ?? say.typed(frame.today)).with {
              $0.hint = say("entry.day.hint")
              $0.inputmode = "numeric"
              $0.width = "w8"
            }, problems)
          div { button(.class("btn primary")) { say("category.act") } }
        }
      }
    }
  }

  private func categoryPicker(_ frame: Frame, _ held: Set<String>) -> HTML {
    let say = frame.say
    let options = ([.welfareCategory, .familyForm] as [CodeList.Name]).flatMap { name in
      (say.lists[name]?.codes ?? []).filter { !held.contains($0.value) }.map {
        (value: $0.value, words: say($0.words) + " " + $0.value)
      }
    }
    return frame.picker(
      "code", say("category.code"), options, chosen: sent["code"], empty: say("entry.choose"), problems)
  }
}

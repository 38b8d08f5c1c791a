import CaseWork
import Gateway
import Markup
import Operations
import Practice
import Repositories

/// Somebody around a student: a guardian, a member of the household, another close person.
struct RelativePage: Sendable {
  let household: HouseholdPage
  let relations: CodeList
  /// Who is changed; `nil` for somebody new.
  var kept: KeptRelative?
  var sent: FormBody?
  var problems: [Problem] = []
  var isConflict = false

  private static let texts = ["name", "phone", "contact-hours", "birth-year", "occupation"]
  private static let claims = ["legal-guardian", "main-carer", "together", "must-not-contact"]

  var version: Int { sent?.version() ?? kept?.version ?? 0 }

  func typed(_ id: ID<Relative>) throws -> Relative {
    let text = { (name: String) in sent?[name] ?? "" }
    let year = Text.cleaned(text("birth-year"), keepingLines: false)
    if !year.isEmpty, Int(year) == nil { throw Refusal.invalid([Problem("birth-year", "not-a-year")]) }
    let claims = Set(sent?[all: "claims"] ?? [])
    return Relative(
      id: id, relation: text("relation"), name: text("name"), phone: text("phone"),
      contactHours: text("contact-hours"), birthYear: Int(year), occupation: text("occupation"),
      isLegalGuardian: claims.contains("legal-guardian"), isMainCarer: claims.contains("main-carer"),
      livesTogether: claims.contains("together"), mustNotContact: claims.contains("must-not-contact"))
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let student = household.student
    let heading = kept.map { say("relative.change", ["name": $0.relative.name]) } ?? say("relative.add")
    let labels = Dictionary(
      uniqueKeysWithValues: (Self.texts + ["relation", "claims"]).map { ($0, say("relative.\($0)")) })
    return Page(heading, width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("students.title"), .students), (student.profile.name, .student(student.id)),
        (say("household.title"), .household(of: student.id)), (heading, nil),
      ])
      frame.problemSummary(problems, labels)
      frame.pageHead(heading)
      if isConflict { EditConflictNote(rows: differences(labels, say)).html(frame) }
      frame.form(action, .class("form"), .novalidate()) {
        input(.type("hidden"), .name("version"), .value(String(isConflict ? kept?.version ?? 0 : version)))
        frame.picker(
          "relation", say("relative.relation"),
          relations.codes.map { ($0.value, say($0.words) + " " + $0.value) }, chosen: value("relation"),
          empty: say("entry.choose"), problems)
        for name in Self.texts { line(name, frame) }
        frame.ticks("claims", say("relative.claims"), problems) {
          for claim in Self.claims {
            frame.tick(
              "claims", claim, say("relative.\(claim)"),
              more: say.has("relative.\(claim).hint") ? say("relative.\(claim).hint") : nil,
              isOn: holds(claim))
          }
        }
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("relative.act") }
          a(.class("btn"), .href(Route.household(of: student.id).address)) { say("entry.back") }
        }
      }
      if let kept {
        p(.class("mt6")) {
          a(.class("btn danger"), .href(Route.relativeEnd(kept.relative.id, of: student.id).address)) {
            say("relative.end")
          }
        }
      }
    }
  }

  private var action: Route {
    kept.map { .relative($0.relative.id, of: household.student.id) } ?? .newRelative(of: household.student.id)
  }

  private func line(_ name: String, _ frame: Frame) -> HTML {
    let say = frame.say
    return frame.entry(
      Entry(name, say("relative.\(name)"), value(name)).with {
        $0.isOptional = name != "name"
        if name == "birth-year" {
          $0.inputmode = "numeric"
          $0.width = "w4"
        }
        if name == "phone" { $0.inputmode = "tel" }
        if name == "contact-hours" { $0.hint = say("relative.contact-hours.hint") }
      }, problems)
  }

  private func value(_ name: String) -> String { sent.map { $0[name] ?? "" } ?? saved(name) }

  private func saved(_ name: String) -> String {
    guard let relative = kept?.relative else { return "" }
    return switch name {
    case "relation": relative.relation
    case "name": relative.name
    case "phone": relative.phone ?? ""
    case "contact-hours": relative.contactHours ?? ""
    case "birth-year": relative.birthYear.map(String.init) ?? ""
    default: relative.occupation ?? ""
    }
  }

  private func holds(_ claim: String) -> Bool {
    sent.map { $0[all: "claims"].contains(claim) } ?? savedHolds(claim)
  }

  private func savedHolds(_ claim: String) -> Bool {
    guard let relative = kept?.relative else { return false }
    return switch claim {
    case "legal-guardian": relative.isLegalGuardian
    case "main-carer": relative.isMainCarer
    case "together": relative.livesTogether
    default: relative.mustNotContact
    }
  }

  private func differences(
    _ labels: [String: String], _ say: Speech
  ) -> [(name: String, mine: String, theirs: String)] {
    let relation = { (code: String) in code.isEmpty ? "" : say.name(of: code, in: .relation) }
    let texts = Self.texts.map { (name: labels[$0] ?? $0, mine: value($0), theirs: saved($0)) }
    let claims = Self.claims.map { claim in
      (
        name: say("relative.\(claim)"), mine: say(holds(claim) ? "entry.yes" : "entry.no"),
        theirs: say(savedHolds(claim) ? "entry.yes" : "entry.no")
      )
    }
    let first = (
      name: labels["relation"] ?? "", mine: relation(value("relation")), theirs: relation(saved("relation"))
    )
    return [first] + texts + claims
  }
}

/// Asks before a relation is ended: the person stays in the history.
struct RelativeEndPage: Sendable {
  let student: Student
  let kept: KeptRelative

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let name = kept.relative.name
    return Page(say("relative.end.title", ["name": name]), width: .narrow) {
      frame.crumbs([
        (student.profile.name, .student(student.id)), (say("household.title"), .household(of: student.id)),
        (say("relative.end"), nil),
      ])
      frame.pageHead(say("relative.end.title", ["name": name]), lead: say("relative.end.text"))
      frame.form(.relativeEnd(kept.relative.id, of: student.id), .class("btn-row")) {
        input(.type("hidden"), .name("version"), .value(String(kept.version)))
        button(.class("btn danger")) { say("relative.end") }
        a(.class("btn"), .href(Route.household(of: student.id).address)) { say("entry.back") }
      }
    }
  }
}

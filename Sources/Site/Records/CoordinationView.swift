import CaseWork
import Markup
import Operations

/// Who gives what and how often, and what to look at: beside a plan and at each monitoring.
struct CoordinationView: Sendable {
  let page: CoordinationPage

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    let coordination = page.coordination
    return section(.class("band"), .aria("labelledby", "coordination")) {
      h2(.id("coordination")) { say("coordination.title") }
      warnings(frame)
      if coordination.lines.isEmpty {
        p(.class("hint")) { say("coordination.none") }
      } else {
        table(.class("table cards")) {
          caption(.class("sr")) { say("coordination.title") }
          thead {
            tr {
              for column in ["who", "what", "often", "goal", "until"] {
                th(.scope("col")) { say("coordination.\(column)") }
              }
            }
          }
          tbody { coordination.lines.map { row($0, say) } }
        }
      }
      people(frame)
    }
  }

  private func row(_ line: Plan.Action, _ say: Speech) -> HTML {
    func cell(_ column: String, _ text: String) -> HTML {
      td(.data("label", say("coordination.\(column)"))) { text }
    }
    return tr {
      th(.scope("row")) { giver(line, say) }
      cell("what", line.service.map { service($0, say) } ?? line.what)
      cell("often", line.often ?? "")
      cell("goal", line.goal.map(String.init) ?? "")
      cell("until", line.until.map(say.typed) ?? "")
    }
  }

  private func giver(_ line: Plan.Action, _ say: Speech) -> String {
    line.resource.flatMap { page.resources[$0] } ?? page.person(of: line)?.told.name ?? line.who
      ?? line.part.map { say.name(of: $0, in: CodeList.Name(rawValue: "action-part")) } ?? line.what
  }

  /// Who is around the student and gives something without a line of the plan.
  private func people(_ frame: Frame) -> HTML {
    let (say, people) = (frame.say, page.unplanned(on: frame.today))
    guard !people.isEmpty else { return .nothing }
    return HTML.several([
      h3(.class("mt4")) { say("coordination.people") },
      ul(.class("people mt2")) {
        for person in people {
          li {
            b { person.told.name }
            span(.class("meta")) {
              [say.name(of: person.told.kind, in: .informalKind), person.told.often].compactMap(\.self)
                .joined(separator: " · ")
            }
            p { person.told.gives }
          }
        }
      },
    ])
  }

  private func service(_ code: String, _ say: Speech) -> String { say.name(of: code, in: .service) }

  private func warnings(_ frame: Frame) -> HTML {
    let say = frame.say
    guard !page.coordination.warnings.isEmpty else { return p(.class("hint")) { say("coordination.fine") } }
    return ul(.class("lines mt2")) {
      for warning in page.coordination.warnings {
        li(.class("todo")) {
          Icon.warn.html
          span { words(warning, say) }
        }
      }
    }
  }

  private func words(_ warning: Coordination.Warning, _ say: Speech) -> String {
    let lines = page.coordination.lines
    switch warning {
    case .twice(let code, let places):
      let givers = Set(places.map { giver(lines[$0], say) }).sorted().joined(separator: ", ")
      return say("coordination.twice", ["service": service(code, say), "givers": givers])
    case .gap(let need):
      return say("coordination.gap", ["need": say.name(of: need, in: .needArea)])
    case .overload(let week, let limit):
      return say("coordination.overload", ["count": String(week), "limit": String(limit)])
    case .apart(let code, let place, let other):
      return say(
        "coordination.apart",
        [
          "service": service(code, say), "here": giver(lines[place], say),
          "there": page.resources[other] ?? "",
        ])
    }
  }
}

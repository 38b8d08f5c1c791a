import CaseWork
import Markup
import Operations
import Practice
import Repositories

// The people around the student: the picture, the list beside it, the team, and the household on request.
extension CaseView {
  func around(_ frame: Frame) -> HTML {
    guard let surroundings = page.surroundings else { return .nothing }
    let say = frame.say
    let name = page.student.name
    let map = Ecomap(
      surroundings: surroundings, middle: CaseView.givenName(name),
      label: say("case.around.picture", ["name": name, "day": say.long(surroundings.day)]), say: say)
    return section(.id("around"), .aria("labelledby", "ec")) {
      h2(.id("ec")) { say("case.around", ["name": name]) }
      p(.class("meta")) { say("case.around.day", ["day": say.short(surroundings.day, from: page.day)]) }
      figure(.class("mt2")) { map.picture }
      ties(of: map, say)
    }
  }

  /// What the picture shows, line by line, each beginning with its kind of line: the legend and the words in one.
  private func ties(of map: Ecomap, _ say: Speech) -> HTML {
    table(.class("table ties mt2")) {
      caption(.class("sr")) { say("case.around.table") }
      thead {
        tr {
          th(.scope("col")) { say("case.around.who") }
          th(.scope("col")) { say("case.around.tie") }
          th(.scope("col")) { say("case.around.flow") }
        }
      }
      tbody { map.nodes.map { node in tie(node, in: map, say) } }
    }
  }

  private func tie(_ node: Ecomap.Node, in map: Ecomap, _ say: Speech) -> HTML {
    let tie = map.surroundings.ties.first { $0.name == node.name && !node.isResource }
    return tr {
      th(.scope("row")) {
        node.name
        if let note = tie?.note { small(.class("meta")) { note } }
      }
      td {
        map.sample(of: node.relation)
        span(.class(CaseView.tag(of: node))) {
          node.relation.map { say.name(of: $0, in: CodeList.Name(rawValue: "relation-line")) }
            ?? say.name(of: "in-use", in: CodeList.Name(rawValue: "resource-use"))
        }
      }
      td { node.flow.map { say.name(of: $0, in: CodeList.Name(rawValue: "energy-flow")) } ?? "–" }
    }
  }

  private static func tag(of node: Ecomap.Node) -> String {
    switch node.relation {
    case "RL4", "RL5": "tag heed"
    case "RL7": "tag danger"
    case "RL1": "tag act"
    default: "tag"
    }
  }

  /// `도윤` of `이도윤`; a name of another build stays whole.
  static func givenName(_ name: String) -> String {
    let isHangul = name.unicodeScalars.allSatisfy { (0xAC00...0xD7A3).contains($0.value) }
    return isHangul && name.count == 3 ? String(name.dropFirst()) : name
  }

  /// Who works together in this case.
  func people(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.aria("labelledby", "pe")) {
      h2(.id("pe")) { say("case.people") }
      ul(.class("people mt2")) {
        li {
          b { page.manager }
          span(.class("meta")) { say("case.capacity.lead") }
        }
        for line in page.participants {
          li {
            b { line.name }
            span(.class("meta")) {
              let capacity = say("case.capacity.\(line.participant.capacity.rawValue)")
              line.participant.until.map {
                say("case.people.until", ["capacity": capacity, "day": say.short($0, from: page.day)])
              } ?? capacity
            }
          }
        }
      }
    }
  }

  /// Household and contacts open on request, and the request leaves a trace of its own.
  func household(_ frame: Frame) -> HTML {
    guard page.acts.contains(.readHousehold) else { return .nothing }
    let say = frame.say
    return section(.id("household"), .aria("labelledby", "ho")) {
      if let household {
        h2(.id("ho")) { say("case.household") }
        if household.relatives.isEmpty { p(.class("meta")) { say("case.household.none") } }
        ul(.class("people mt2")) {
          household.relatives.filter { $0.endedAt == nil }.map { relative($0.relative, say) }
        }
        if !household.categories.isEmpty { categories(household, say) }
        if household.mayEdit {
          p(.class("mt2")) {
            a(.class("link-act"), .href(Route.household(of: page.student.id).address)) {
              say("case.household.change")
            }
          }
        }
      } else {
        h2(.class("sr"), .id("ho")) { say("case.household") }
        p {
          a(
            .class("link-act"),
            .href(Route.caseFile(page.file.id).with("household", "open").at("household").address)
          ) {
            Icon.lock.html
            say("case.household.open")
          }
        }
        p(.class("faint")) { say("case.household.trace") }
      }
    }
  }

  private func relative(_ relative: Relative, _ say: Speech) -> HTML {
    li {
      b {
        say.name(of: relative.relation, in: CodeList.Name(rawValue: "relation")) + " " + relative.name
      }
      span(.class("tags")) {
        if relative.isLegalGuardian { span(.class("tag act")) { say("case.household.legal") } }
        if relative.isMainCarer { span(.class("tag")) { say("case.household.carer") } }
      }
      span(.class("meta")) {
        say(relative.livesTogether ? "case.household.together" : "case.household.apart")
        if let hours = relative.contactHours { " · " + hours }
      }
      if relative.mustNotContact {
        span(.class("meta")) {
          span(.class("tag danger")) { say("case.household.no-contact") }
        }
      } else if let phone = relative.phone {
        span(.class("meta")) {
          a(.class("phone"), .href(.telephone(phone))) {
            Icon.phone.html
            phone
          }
        }
      }
    }
  }

  private func categories(_ household: HouseholdPage, _ say: Speech) -> HTML {
    p(.class("tags mt2")) {
      for category in household.categories {
        span(.class("tag")) {
          let list = category.code.hasPrefix("FM") ? "family-form" : "welfare-category"
          say.name(of: category.code, in: CodeList.Name(rawValue: list))
        }
      }
    }
  }
}

import CaseWork
import Gateway
import Markup
import Operations
import Repositories

/// Begins the development of a resource.
struct NewDevelopmentPage: Sendable {
  var need: String?
  var sent = FormBody()
  var problems: [Problem] = []

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("development.new"), width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("resources.title"), .resources), (say("gaps.title"), .gaps), (say("development.new"), nil),
      ])
      frame.problemSummary(
        problems,
        ["title": say("development.title"), "need": say("offer.needs"), "due": say("development.due")])
      frame.pageHead(say("development.new"), lead: say("development.new.lead"))
      frame.form(.newDevelopment, .class("form"), .novalidate()) {
        frame.entry(
          Entry("title", say("development.title"), sent["title"] ?? "").with {
            $0.hint = say("development.title.hint")
          }, problems)
        frame.picker(
          "need", say("offer.needs"),
          (say.lists[.needArea]?.choosable(on: frame.today) ?? []).map { ($0.value, say($0.words)) },
          chosen: sent["need"] ?? need, empty: say("entry.choose"), problems)
        frame.entry(
          Entry("due", say("development.due"), sent["due"] ?? "").with {
            $0.isOptional = true
            $0.width = "w8"
            $0.inputmode = "numeric"
          }, problems)
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("development.begin") }
          a(.class("btn"), .href(Route.gaps.address)) { say("entry.back") }
        }
      }
    }
  }
}

/// One development: whom was spoken to, and what came of it.
struct DevelopmentView: Sendable {
  let shown: DevelopmentPage
  let resources: [ResourceName]
  var sent = FormBody()
  var problems: [Problem] = []

  private var development: Development { shown.development }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(development.title, width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("resources.title"), .resources), (say("gaps.title"), .gaps), (development.title, nil),
      ])
      frame.problemSummary(
        problems,
        [
          "who": say("development.who"), "text": say("development.text"), "day": say("development.day"),
          "resource": say("development.resource"), "state": say("development.end"),
        ])
      frame.pageHead(development.title, eyebrow: say.name(of: development.need, in: .needArea))
      facts(frame)
      if !development.state.isOver {
        talkForm(frame)
        endForm(frame)
      }
      talks(frame)
    }
  }

  private func facts(_ frame: Frame) -> HTML {
    let say = frame.say
    func fact(_ name: String, _ value: String?) -> HTML? {
      value.map { value in
        div {
          dt { say(name) }
          dd { value }
        }
      }
    }
    return dl(.class("facts")) {
      fact("development.state", say("development.state.\(development.state.rawValue)"))
      fact("development.leader", shown.names[development.leader])
      fact("development.begun", say.typed(development.begunOn))
      fact("development.due", development.dueOn.map(say.typed))
      fact("development.ended", development.endedOn.map(say.typed))
      if let id = development.resource, let name = shown.resource {
        div {
          dt { say("development.resource") }
          dd { a(.href(Route.resource(id).address)) { name } }
        }
      }
    }
  }

  private func talkForm(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "talk")) {
      h2(.id("talk")) { say("development.talk") }
      frame.form(.developmentTalk(development.id), .class("form mt3"), .novalidate()) {
        frame.entry(
          Entry("day", say("development.day"), sent["day"] ?? say.typed(frame.today)).with {
            $0.width = "w8"
            $0.inputmode = "numeric"
          }, problems)
        frame.entry(
          Entry("who", say("development.who"), sent["who"] ?? "").with {
            $0.hint = say("development.who.hint")
          }, problems)
        frame.longEntry(Entry("text", say("development.text"), sent["text"] ?? ""), problems)
        div { button(.class("btn primary")) { say("development.talk.act") } }
      }
    }
  }

  private func endForm(_ frame: Frame) -> HTML {
    let say = frame.say
    return details(.class("fold mt5"), .open(problems.contains { ["resource", "state"].contains($0.field) }))
    {
      summary { say("development.end") }
      frame.form(.developmentEnd(development.id), .class("form mt3"), .novalidate()) {
        input(.type("hidden"), .name("version"), .value(String(development.version)))
        frame.picker(
          "resource", say("development.resource"), resources.map { ($0.id.description, $0.name) },
          chosen: sent["resource"], empty: say("entry.choose"), hint: say("development.resource.hint"),
          isOptional: true, problems)
        div(.class("btn-row")) {
          button(.class("btn primary"), .name("state"), .value("agreed")) { say("development.agree") }
          button(.class("btn"), .name("state"), .value("given-up")) { say("development.give-up") }
        }
      }
    }
  }

  private func talks(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "talks")) {
      h2(.id("talks")) { say("development.talks") }
      if shown.talks.isEmpty { p(.class("hint")) { say("development.talks.none") } }
      ul(.class("people mt2")) {
        for talk in shown.talks {
          li {
            b { talk.contact.who }
            span(.class("meta")) {
              [say.typed(talk.day), shown.names[talk.by] ?? ""].filter { !$0.isEmpty }.joined(
                separator: " · ")
            }
            p { talk.contact.text }
          }
        }
      }
    }
  }
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  func addCase(to router: Router<PageContext>) {
    router.get(.caseFile) { request, context in
      let page = try await ReadCase(office)(try context.id(of: CaseFile.self), for: try context.asker)
      let frame = frame(request, context)
      return frame.response(CaseView(page: page, forms: office.practice.forms).page(frame))
    }
  }
}

/// One case at a glance: where it stands, what is missing for the next step, the goals, what happened, who agreed.
struct CaseView: Sendable {
  let page: CasePage
  let forms: [String: Form]

  private var file: CaseFile { page.file }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("case.title", ["name": page.student.name]), place: .cases) {
      frame.crumbs([(say("caseload.title"), .cases), (file.number, nil)])
      head(frame)
      track(frame)
      gates(frame)
      acts(frame)
      div(.class("split mt5")) {
        div {
          goals(frame)
          timeline(frame)
        }
        div(.class("side")) {
          strengths(frame)
          consents(frame)
          people(frame)
        }
      }
    }
  }

  private func head(_ frame: Frame) -> HTML {
    let say = frame.say
    return div(.class("student-head")) {
      div {
        h1 {
          page.student.name + " "
          file.standing == .open
            ? file.level.map { frame.level($0) } ?? span(.class("tag")) { say("level.none") }
            : span(.class("tag")) { say("standing.\(file.standing.rawValue)") }
        }
        p(.class("meta")) {
          span { page.school.name + " " + (page.student.classLabel ?? "") }
          span { say("case.number", ["number": file.number]) }
          span {
            say(
              "case.since",
              [
                "day": say.short(file.openedOn, from: page.day),
                "days": String(file.openedOn.days(until: page.day) + 1),
              ])
          }
          span { page.manager }
        }
      }
    }
  }

  private func track(_ frame: Frame) -> HTML {
    let say = frame.say
    let place = page.stages.firstIndex { $0.progress == .now }.map { $0 + 1 } ?? page.stages.count
    return section(.class("mt5"), .aria("label", say("case.stages"))) {
      p(.class("track-now meta")) {
        say("case.stage-now", ["place": String(place), "stage": say("stage.\(file.stage.rawValue)")])
      }
      ol(.class("track")) {
        for line in page.stages {
          li(
            .class(line.progress == .done ? "past" : line.progress == .now ? "now" : "later"),
            .current("step", if: line.progress == .now)
          ) {
            b { say("stage.\(line.stage.rawValue)") }
            small { line.from.map { say.short($0, from: page.day) } ?? "" }
          }
        }
      }
    }
  }

  /// The main way on comes first; what is missing stands before anybody tries.
  private func gates(_ frame: Frame) -> HTML {
    guard file.standing == .open, let gate = page.gates.first(where: { $0.step.isMain }) ?? page.gates.first
    else {
      return .nothing
    }
    let say = frame.say
    let missing = gate.lines.count { !$0.isDone }
    return section(.class("gate mt4"), .aria("labelledby", "gate")) {
      div {
        h2(.id("gate")) {
          say(
            missing == 0 ? "case.gate.open" : "case.gate.missing",
            ["stage": say("stage.\(gate.step.to.rawValue)"), "count": String(missing)])
        }
        ul(.class("lines mt3")) {
          for line in gate.lines {
            li(.class(line.isDone ? "ok" : "todo")) {
              (line.isDone ? Icon.check : Icon.todo).html
              span {
                span(.class("sr")) { say(line.isDone ? "case.done" : "case.todo") + ": " }
                way(to: line, say)
              }
            }
          }
        }
      }
      div(.class("do")) {
        dues(say)
        stepButton(gate, frame)
      }
    }
  }

  private func way(to line: GateLine, _ say: Speech) -> HTML {
    let words = say("missing.\(line.code)")
    guard !line.isDone, let route = Site.place(of: line.place, in: file.id) else { return .text(words) }
    let form = line.place.split(separator: "#").first.map(String.init) ?? ""
    let act = CaseRecord.Kind(rawValue: form)?.act ?? .recordConsent
    return page.acts.contains(act) ? a(.href(route.address)) { words } : .text(words)
  }

  private func dues(_ say: Speech) -> HTML {
    HTML.several(
      page.dues.sorted { $0.day < $1.day }.prefix(3).map { due in
        let days = page.day.days(until: due.day)
        return p(.class(days < 0 ? "due late" : days <= 3 ? "due near" : "due")) {
          say("due-title.\(due.kind)") + " " + say.short(due.day, from: page.day)
          if days < 0 { " · " + say("today.late", ["days": say.days(page.left(of: due))]) }
        }
      })
  }

  private func goals(_ frame: Frame) -> HTML {
    guard let plan = page.plan else { return .nothing }
    let say = frame.say
    return section(.id("goals"), .aria("labelledby", "g")) {
      div(.class("band-head")) {
        h2(.id("g")) { say("case.goals") }
        a(.class("link-act"), .href(Route.record(plan.record, in: file.id).address)) {
          say("case.plan", ["series": String(plan.series)])
        }
      }
      if let now = plan.scoreNow {
        div(.class("score")) {
          p {
            span(.class("t")) { CaseView.tenths(now) }
            " "
            span(.class("meta")) {
              say("case.score", ["before": plan.scoreBefore.map(CaseView.tenths) ?? "–"])
            }
          }
        }
      }
      div(.class("mt3")) { plan.plan.goals.map { goal in self.goal(goal, plan, say) } }
    }
  }

  private func goal(_ goal: Plan.Goal, _ plan: CasePage.PlanLine, _ say: Speech) -> HTML {
    let course = plan.courses.first { $0.goal == goal.number }
    let now = course?.last ?? goal.baseline ?? -1
    let points = course?.points ?? []
    let told = points.map { say.short($0.day, from: page.day) + " " + CaseView.signed($0.rating) }.joined(
      separator: ", ")
    return article(.class("goal")) {
      div {
        h3 { "\(goal.number). \(goal.title)" }
        if let own = goal.own { p(.class("own")) { q { own } } }
        p(.class("mt2")) {
          span(.class(now < 0 ? "tag heed" : now > 0 ? "tag done" : "tag act")) {
            say(
              "case.rating.\(now < 0 ? "below" : now > 0 ? "above" : "expected")",
              ["rating": CaseView.signed(now)])
          }
        }
      }
      p(.class("meta")) { told }
    }
  }

  private func timeline(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .id("timeline"), .aria("labelledby", "tl")) {
      h2(.id("tl")) { say("case.timeline") }
      ol(.class("ledger mt4")) { page.timeline.entries.map { entry($0, say) } }
    }
  }

  private func entry(_ entry: Timeline.Entry, _ say: Speech) -> HTML {
    li(.class("entry")) {
      p(.class("when")) { b { say.short(entry.day, from: page.day) } }
      div(.class("what")) {
        switch entry.what {
        case .record(let card): record(card, by: entry.by, say)
        case .step(let step, let words):
          h3 { say("case.step", ["stage": say("stage.\(step.to.rawValue)")]) }
          p(.class("who")) { entry.by }
          if let words { p(.class("why")) { words } }
        case .consent(let consent):
          h3 {
            say(
              "case.consent",
              [
                "purpose": say("purpose.\(consent.purpose.rawValue)"),
                "party": say("party.\(consent.party.rawValue)"),
                "answer": say("answer.\(consent.answer.rawValue)"),
              ])
          }
          p(.class("who")) { entry.by }
        }
      }
    }
  }

  private func record(_ card: Timeline.RecordCard, by name: String, _ say: Speech) -> HTML {
    HTML.several([
      h3 {
        a(.href(Route.record(card.id, in: file.id).address)) {
          say("kind.\(card.kind.rawValue)") + " \(card.series)"
        }
      },
      p(.class("who")) {
        span { name }
        if let service = card.answers?["service"] {
          span { say.name(of: service, in: CodeList.Name(rawValue: "service")) }
        }
      },
      card.answers?["facts"].map { text in p(.class("body")) { text } } ?? .nothing,
      (card.answers?["said"] ?? card.answers?["student-words"]).map { words in
        p(.class("said")) { q { words } }
      }
        ?? .nothing,
    ])
  }

  private func strengths(_ frame: Frame) -> HTML {
    guard let strengths = page.strengths, !strengths.isEmpty else { return .nothing }
    return section(.aria("labelledby", "st")) {
      h2(.id("st")) { frame.say("case.strengths") }
      ul(.class("mt2 flow-tight")) { strengths.map { strength in li { strength.what } } }
    }
  }

  private func consents(_ frame: Frame) -> HTML {
    if page.consents.isEmpty { return .nothing }
    let say = frame.say
    return section(.aria("labelledby", "cs")) {
      h2(.id("cs")) { say("case.consents") }
      ul(.class("lines mt2")) {
        for state in page.consents {
          li(.class(state.isGiven ? "ok" : "todo")) {
            (state.isGiven ? Icon.check : Icon.todo).html
            span {
              span(.class("sr")) { say(state.isGiven ? "case.done" : "case.todo") + ": " }
              say("purpose.\(state.purpose.rawValue)")
              if let until = state.until {
                " "
                span(.class("meta")) { say("case.until", ["day": say.short(until, from: page.day)]) }
              }
            }
          }
        }
      }
    }
  }

  private func people(_ frame: Frame) -> HTML {
    if page.participants.isEmpty { return .nothing }
    return section(.aria("labelledby", "pe")) {
      h2(.id("pe")) { frame.say("case.people") }
      ul(.class("people mt2")) { page.participants.map { line in li { b { line.name } } } }
    }
  }

  static func signed(_ rating: Int) -> String { rating > 0 ? "+\(rating)" : rating < 0 ? "−\(-rating)" : "0" }
  static func tenths(_ score: AttainmentScore) -> String { "\(score.tenths / 10).\(score.tenths % 10)" }
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addCase(to router: Router<PageContext>) {
    router.get(.caseFile) { request, context in
      let wish = TimelineWish(request.uri.queryParameters)
      let asker = try context.asker
      let page = try await ReadCase(office)(
        try context.id(of: CaseFile.self), timeline: wish.show.filter, by: wish.author, before: wish.before,
        for: asker)
      var view = CaseView(page: page, forms: office.practice.forms, wish: wish)
      if request.uri.queryParameters.get("household") != nil, page.acts.contains(.readHousehold) {
        view.household = try await ReadHousehold(office)(page.student.id, by: asker)
      }
      let frame = frame(request, context)
      return frame.response(view.page(frame))
    }
  }
}

/// One case at a glance: where it stands, what is missing for the next step, the goals, what happened, who agreed.
struct CaseView: Sendable {
  let page: CasePage
  let forms: [String: Form]
  var wish = TimelineWish()
  /// Contacts and household, once they were asked for.
  var household: HouseholdPage?

  private var file: CaseFile { page.file }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    var result = Page(say("case.title", ["name": page.student.name]), place: .cases) {
      frame.crumbs([(say("caseload.title"), .cases), (file.number, nil)])
      head(frame)
      track(frame)
      gates(frame)
      acts(frame)
      jumps(frame)
      split("mt5") {
        words(frame)
        goals(frame)
        linkages(frame)
        timeline(frame)
      } side: {
        tasks(frame)
        around(frame)
        strengths(frame)
        resources(frame)
        consents(frame)
        budget(frame)
        people(frame)
        household(frame)
      }
    }
    if page.acts.contains(.recordContact), file.mayTake(.contact) {
      result.note = .writeRecord(.contact, in: file.id)
    }
    return result
  }

  /// The parts of the page, for narrow windows where they lie far below each other.
  private func jumps(_ frame: Frame) -> HTML {
    let say = frame.say
    let parts = [
      ("goals", page.plan != nil), ("timeline", true), ("around", page.surroundings != nil),
      ("consents", !page.consents.isEmpty), ("household", page.acts.contains(.readHousehold)),
    ]
    return nav(.class("tabs jumps mt4"), .aria("label", say("case.parts"))) {
      ul {
        for (part, _) in parts.filter(\.1) {
          li { a(.href(.place(part))) { say("case.part.\(part)") } }
        }
      }
    }
  }

  /// What the student said last: the first thing read of a case.
  private func words(_ frame: Frame) -> HTML {
    guard let first = page.words.first else { return .nothing }
    let say = frame.say
    return section(.class("voice"), .aria("labelledby", "own")) {
      h2(.id("own")) { say("case.words", ["name": CaseView.givenName(page.student.name)]) }
      quote(first, say)
      ul { page.words.dropFirst().map { words in li { quote(words, say) } } }
    }
  }

  private func quote(_ words: CasePage.Words, _ say: Speech) -> HTML {
    blockquote {
      p { q { words.words } }
      p(.class("meta")) {
        a(.href(Route.record(words.record, in: file.id).address)) {
          say.short(words.day, from: page.day) + " " + say("kind.\(words.kind.rawValue)")
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
          if let age { span { say("case.age", ["age": String(age)]) } }
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
        if !page.joint.isEmpty {
          p(.class("tags")) {
            span(.class("tag act")) { say("case.joint", ["names": page.joint.joined(separator: ", ")]) }
          }
        }
      }
    }
  }

  /// Full years today (만 나이).
  private var age: Int? {
    page.student.birthDay.map { born in
      let had = (page.day.month, page.day.day) >= (born.month, born.day)
      return page.day.year - born.year - (had ? 0 : 1)
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
            small {
              [line.from.map { say.short($0, from: page.day) }, round(of: line.stage, say)].compactMap { $0 }
                .joined(separator: " · ")
            }
          }
        }
      }
    }
  }

  /// What went round more than once: the second plan, the fifth look.
  private func round(of stage: Stage, _ say: Speech) -> String? {
    let kind: CaseRecord.Kind? =
      switch stage {
      case .planning: .plan
      case .monitoring: .monitoring
      case .reassessment: .reassessment
      case .intake, .assessment, .service, .evaluation, .followUp: nil
      }
    guard let kind, let count = page.counts[kind], count > 1 else { return nil }
    return say(kind == .plan ? "case.track.edition" : "case.track.round", ["count": String(count)])
  }

  /// The main way on comes first; what is missing stands before anybody tries.
  private func gates(_ frame: Frame) -> HTML {
    guard file.standing == .open, let gate = page.gates.first(where: { $0.step.isMain }) ?? page.gates.first
    else {
      return standing(frame)
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
          for line in gate.lines.filter({ !$0.isDone }) + gate.lines.filter(\.isDone) {
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
        primary(gate, say)
        dues(say)
        stepButton(gate, frame)
      }
    }
  }

  /// Why nothing is due: the case waits or has ended.
  private func standing(_ frame: Frame) -> HTML {
    let say = frame.say
    let key = "case.standing.\(file.standing.rawValue)"
    guard say.has(key) else { return .nothing }
    return div(.class(file.standing == .refused ? "note heed mt4" : "note mt4")) {
      p {
        say(key, ["day": (file.heldSince ?? file.closure?.day).map { say.short($0, from: page.day) } ?? ""])
      }
      dues(say)
    }
  }

  /// The first thing that is missing is the thing to do.
  private func primary(_ gate: CasePage.StepGate, _ say: Speech) -> HTML {
    guard let line = gate.lines.first(where: { !$0.isDone && route(of: $0) != nil }),
      let route = route(of: line),
      let kind = CaseView.kind(of: line)
    else { return .nothing }
    return a(.class("btn primary"), .href(route.address)) {
      say("case.write-kind", ["kind": say("kind.\(kind.rawValue)")])
    }
  }

  private static func kind(of line: GateLine) -> CaseRecord.Kind? {
    line.place.split(separator: "#").first.flatMap { CaseRecord.Kind(rawValue: String($0)) }
  }

  /// Where the line is filled in, if that is an act of who looks.
  private func route(of line: GateLine) -> Route? {
    let act = CaseView.kind(of: line)?.act ?? .recordConsent
    return page.acts.contains(act) ? Site.place(of: line.place, in: file.id) : nil
  }

  private func way(to line: GateLine, _ say: Speech) -> HTML {
    var words = say("missing.\(line.code)")
    if let have = line.have, let need = line.need {
      words = say("missing.counted", ["text": words, "have": String(have), "need": String(need)])
    }
    guard !line.isDone, let route = route(of: line) else { return .text(words) }
    return a(.href(route.address)) { words }
  }

  private func dues(_ say: Speech) -> HTML {
    HTML.several(
      page.dues.sorted { $0.day < $1.day }.prefix(3).map { due in
        let days = page.day.days(until: due.day)
        let title = say("due-title.\(due.kind)")
        return p(.class(days < 0 ? "due late" : days <= 3 ? "due near" : "due")) {
          due.number.map { say("today.numbered", ["title": title, "number": String($0)]) } ?? title
          " " + say.short(due.day, from: page.day)
          if days < 0 { ", " + say("today.late", ["days": say.days(page.left(of: due))]) }
        }
      })
  }

  static func signed(_ rating: Int) -> String { rating > 0 ? "+\(rating)" : rating < 0 ? "−\(-rating)" : "0" }
}

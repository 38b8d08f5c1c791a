import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addSteps(to router: Router<PageContext>) {
    router.get(.step) { request, context in
      let page = try await stepPage(context)
      let frame = frame(request, context)
      return frame.response(page.page(frame))
    }
    router.post(.step) { _, context in
      let id = try context.id(of: CaseFile.self)
      let reason = context.form["reason"]?.nonEmpty
      do {
        guard let step = context.parameters.get("step") else { throw Refusal.notFound }
        try await TakeStep(office)(step, in: id, overriding: reason, by: try context.asker)
        return .to(.caseFile(id).done("step"))
      } catch Refusal.notYet {
        // The page itself says what is missing; nothing typed is lost.
        return try await again(context, reason, [])
      } catch Refusal.invalid(let problems) {
        return try await again(context, reason, problems)
      }
    }
    router.post(.finishTask) { _, context in
      let back = context.form["_case"].flatMap { ID<CaseFile>($0) }
      try await FinishTask(office)(try context.id(of: CaseTask.self), by: try context.asker)
      return .to((back.map { Route.caseFile($0) } ?? Route.today).done("task"))
    }
  }

  private func again(
    _ context: PageContext, _ reason: String?, _ problems: [Problem]
  ) async throws -> Response {
    var page = try await stepPage(context)
    page.reason = reason ?? ""
    page.problems = problems
    page.wasTried = true
    let frame = frame(context)
    return frame.response(page.page(frame), status: .unprocessableContent)
  }

  private func stepPage(_ context: PageContext) async throws -> StepPage {
    let page = try await ReadCase(office)(try context.id(of: CaseFile.self), for: try context.asker)
    guard let gate = page.gates.first(where: { $0.step.id == context.parameters.get("step") }) else {
      throw Refusal.notFound
    }
    return StepPage(file: page.file, student: page.student, gate: gate)
  }
}

/// One step of the process before it is taken: what it needs, and, where it may be taken early, why.
struct StepPage: Sendable {
  let file: CaseFile
  let student: StudentLine
  let gate: CasePage.StepGate
  var reason = ""
  var problems: [Problem] = []
  /// Whether it was just refused.
  var wasTried = false

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let stage = say("stage.\(gate.step.to.rawValue)")
    let title = say("step.title", ["stage": stage])
    return Page(title, place: .cases, width: .narrow, problems: problems.count) {
      frame.crumbs([(say("caseload.title"), .cases), (student.name, .caseFile(file.id)), (title, nil)])
      frame.errorSummary(problems.map { (text: say($0), place: $0.field) })
      frame.pageHead(title, lead: say(gate.isOpen ? "step.ready" : "step.missing"), eyebrow: student.name)
      lines(frame)
      if gate.isMine { act(frame) } else { p(.class("meta mt4")) { say("step.not-mine") } }
    }
  }

  private func lines(_ frame: Frame) -> HTML {
    let say = frame.say
    let alert: [Attribute] =
      wasTried && !gate.isOpen ? [.role("alert"), .tabindex(-1), .autofocus()] : []
    return .element("ul", [.class("lines mt4")] + alert) {
      for line in gate.lines {
        li(.class(line.isDone ? "ok" : "todo")) {
          (line.isDone ? Icon.check : Icon.todo).html
          span {
            span(.class("sr")) { say(line.isDone ? "case.done" : "case.todo") + ": " }
            if !line.isDone, let route = Site.place(of: line.place, in: file.id) {
              a(.href(route.address)) { say("missing.\(line.code)") }
            } else {
              say("missing.\(line.code)")
            }
          }
        }
      }
    }
  }

  private func act(_ frame: Frame) -> HTML {
    let say = frame.say
    if gate.isOpen {
      return frame.form(.step(gate.step.id, in: file.id), .class("mt5")) {
        button(.class("btn primary big"), .data("busy", say("form.busy"))) { say("step.act") }
      }
    }
    guard gate.step.isOverridable else { return .nothing }
    let problem = problems.first { $0.field == "reason" }
    return frame.form(.step(gate.step.id, in: file.id), .class("form mt5"), .data("guard", "")) {
      div(.class(problem == nil ? "field" : "field bad")) {
        label(.for("reason")) { say("step.reason") }
        p(.class("hint"), .id("reason-h")) { say("step.reason.hint") }
        if let problem { frame.errorLine(say(problem), id: "reason-e") }
        textarea(
          .class("area short"), .id("reason"), .name("reason"), .maxlength(Form.longestText), .required(),
          .aria("describedby", problem == nil ? "reason-h" : "reason-e reason-h")
        ) { reason }
      }
      div { button(.class("btn"), .data("busy", say("form.busy"))) { say("step.override") } }
    }
  }
}

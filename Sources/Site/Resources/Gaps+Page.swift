import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations

extension Site {
  func addGaps(to router: Router<PageContext>) {
    router.get(.gaps) { request, context in
      let period =
        request.uri.queryParameters.get("period").flatMap(ReadGaps.Period.init(rawValue:)) ?? .year
      let gaps = try await ReadGaps(office)(period, by: try context.asker)
      let frame = frame(request, context)
      return frame.response(GapsPage(gaps: gaps).page(frame))
    }
    router.post(.unmetNeed) { request, context in try await recordUnmet(request, context) }
    router.post(.needMet) { _, context in
      let file = try context.id(of: CaseFile.self)
      try await RecordUnmetNeed(office).meet(
        try context.id(of: UnmetNeed.self, "unmet"), from: context.form.version(), in: file,
        by: try context.asker)
      return .to(Route.matches(of: file).done("need-met"))
    }
    addDevelopments(to: router)
  }

  private func recordUnmet(_ request: Request, _ context: PageContext) async throws -> Response {
    let (file, form) = (try context.id(of: CaseFile.self), context.form)
    let need = form["need"] ?? ""
    do {
      try await RecordUnmetNeed(office)(
        need, because: form["reason"] ?? "", text: form["text"], in: file, by: try context.asker)
      return .to(Route.matches(of: file).with("need", need).done("unmet-need"))
    } catch Refusal.invalid(let problems) {
      let known = problems.contains { $0.field == "need" } ? nil : need
      let found = try await ReadMatches(office)(file, for: known, by: try context.asker)
      let frame = frame(context)
      return frame.response(
        MatchesPage(found: found, sent: form, problems: problems).page(frame), status: .unprocessableContent)
    }
  }

  private func addDevelopments(to router: Router<PageContext>) {
    router.get(.newDevelopment) { request, context in
      guard try context.signedIn.staff.keepsDirectory else { throw Refusal.notFound }
      let frame = frame(request, context)
      return frame.response(
        NewDevelopmentPage(need: request.uri.queryParameters.get("need")).page(frame))
    }
    router.post(.newDevelopment) { _, context in
      let form = context.form
      guard try context.signedIn.staff.keepsDirectory else { throw Refusal.notFound }
      do {
        let due = try typedDay("due", form)
        let begun = try await Develop(office).begin(
          form["title"] ?? "", for: form["need"] ?? "", until: due, by: try context.asker)
        return .to(.development(begun.id))
      } catch Refusal.invalid(let problems) {
        let frame = frame(context)
        return frame.response(
          NewDevelopmentPage(sent: form, problems: problems).page(frame), status: .unprocessableContent)
      }
    }
    router.get(.development) { request, context in
      let view = try await developmentView(context)
      let frame = frame(request, context)
      return frame.response(view.page(frame))
    }
    router.post(.developmentTalk) { _, context in
      try await changeDevelopment(context, "development-talk") { id, form, asker in
        guard let day = try typedDay("day", form) else {
          throw Refusal.invalid([Problem("day", "not-a-day")])
        }
        try await Develop(office).note(
          Development.Contact(
            who: Text.cleaned(form["who"] ?? "", keepingLines: false),
            text: Text.cleaned(form["text"] ?? "", keepingLines: true)), on: day, of: id, by: asker)
      }
    }
    router.post(.developmentEnd) { _, context in
      try await changeDevelopment(context, "development-end") { id, form, asker in
        guard let state = form["state"].flatMap(Development.State.init(rawValue:)) else {
          throw Refusal.invalid([Problem("state", "choose")])
        }
        try await Develop(office).end(
          id, state, with: form["resource"].flatMap { ID($0) }, from: form.version(), by: asker)
      }
    }
  }

  private func typedDay(_ name: String, _ form: FormBody) throws -> Day? {
    let text = Text.withPlainDigits(Text.cleaned(form[name] ?? "", keepingLines: false))
    guard !text.isEmpty else { return nil }
    guard let day = Day(typed: text) else { throw Refusal.invalid([Problem(name, "not-a-day")]) }
    return day
  }

  private func developmentView(_ context: PageContext) async throws -> DevelopmentView {
    let asker = try context.asker
    let shown = try await Develop(office).read(try context.id(of: Development.self), by: asker)
    return DevelopmentView(shown: shown, resources: try await ReadResource(office).names(by: asker))
  }

  private func changeDevelopment(
    _ context: PageContext, _ done: String,
    _ change: (ID<Development>, FormBody, Asker) async throws -> Void
  ) async throws -> Response {
    // Whoever may not see it learns nothing of it.
    var view = try await developmentView(context)
    do {
      try await change(view.shown.development.id, context.form, try context.asker)
      return .to(Route.development(view.shown.development.id).done(done))
    } catch Refusal.invalid(let problems) {
      view.sent = context.form
      view.problems = problems
      let frame = frame(context)
      return frame.response(view.page(frame), status: .unprocessableContent)
    }
  }
}

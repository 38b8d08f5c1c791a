import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addProgrammes(to router: Router<PageContext>) {
    router.get(.programmes) { request, context in
      let ledger = try await ReadProgrammes(office)(for: try context.asker)
      let frame = frame(request, context)
      return frame.response(ProgrammesPage(ledger: ledger).page(frame))
    }
    router.get(.newProgramme) { request, context in
      let picks = try await ReadProgrammePicks(office)(for: try context.asker)
      let frame = frame(request, context)
      return frame.response(
        ProgrammeFormPage(picks: picks, frame.say, today: frame.today, by: try context.asker.staff.id).page(
          frame))
    }
    router.post(.newProgramme) { _, context in
      let picks = try await ReadProgrammePicks(office)(for: try context.asker)
      let frame = frame(context)
      return try await keep(
        ProgrammeFormPage(
          picks: picks, frame.say, today: frame.today, by: try context.asker.staff.id, sent: context.form),
        context)
    }
    router.get(.programme) { request, context in
      let card = try await programme(context)
      let frame = frame(request, context)
      return frame.response(ProgrammePage(card: card).page(frame))
    }
    router.get(.editProgramme) { request, context in
      let frame = frame(request, context)
      return frame.response(try await editing(context).page(frame))
    }
    router.post(.editProgramme) { _, context in
      var page = try await editing(context)
      page.form.sent = context.form
      return try await keep(page, context)
    }
    addSeats(to: router)
    addSweep(to: router)
  }

  func programme(_ context: PageContext) async throws -> ProgrammeCard {
    try await ReadProgramme(office)(try context.id(of: Programme.self), for: try context.asker)
  }

  private func editing(_ context: PageContext) async throws -> ProgrammeFormPage {
    let asker = try context.asker
    let kept = try await ReadProgramme(office)(try context.id(of: Programme.self), for: asker).programme
    let picks = try await ReadProgrammePicks(office)(for: asker)
    let frame = frame(context)
    return ProgrammeFormPage(picks: picks, frame.say, today: frame.today, by: asker.staff.id, kept: kept)
  }

  private func keep(_ page: ProgrammeFormPage, _ context: PageContext) async throws -> Response {
    try await keep(page, context) {
      let saved = try await KeepProgramme(office)(
        try page.typed(newID: { office.id(at: office.clock()) }), by: try context.asker)
      return .to(.programme(saved.id).done(page.form.kept == nil ? "programme-added" : "programme"))
    }
  }

  // MARK: who takes part

  private func addSeats(to router: Router<PageContext>) {
    router.get(.programmeSeats) { request, context in
      let frame = frame(request, context)
      let page = try await enrolling(context, search: request.uri.queryParameters.get("q") ?? "")
      return frame.response(page.page(frame))
    }
    router.post(.programmeSeats) { _, context in
      let chosen = context.form[all: "case"].compactMap { ID<CaseFile>($0) }
      let id = try context.id(of: Programme.self)
      do {
        let seats = try await EnrolInProgramme(office)(chosen, in: id, by: try context.asker)
        let isFull = seats.contains { $0.state == .waiting }
        return .to(.programme(id).done(isFull ? "programme-waiting" : "programme-enrolled"))
      } catch Refusal.invalid(let problems) {
        var page = try await enrolling(context, search: "", chosen: chosen)
        page.problems = problems
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
    router.post(.moveUpSeat) { _, context in
      let (id, seat) = (try context.id(of: Programme.self), try context.id(of: Seat.self, "seat"))
      return try await changing(context) {
        try await MoveUpInProgramme(office)(
          seat, from: context.form.version(), in: id, by: try context.asker)
        return .to(.programme(id).done("programme-moved-up"))
      }
    }
    router.post(.leaveSeat) { _, context in
      let (id, seat) = (try context.id(of: Programme.self), try context.id(of: Seat.self, "seat"))
      return try await changing(context) {
        try await LeaveProgramme(office)(
          seat, from: context.form.version(), in: id, because: context.form["remark"], by: try context.asker)
        return .to(.programme(id).done("programme-left"))
      }
    }
  }

  /// What cannot be done is said on the programme's page.
  private func changing(
    _ context: PageContext, _ change: () async throws -> Response
  ) async throws -> Response {
    do {
      return try await change()
    } catch Refusal.invalid(let problems) {
      let card = try await programme(context)
      let frame = frame(context)
      return frame.response(
        ProgrammePage(card: card, problems: problems).page(frame), status: .unprocessableContent)
    }
  }

  private func enrolling(
    _ context: PageContext, search: String, chosen: [ID<CaseFile>] = []
  ) async throws -> EnrolPage {
    let asker = try context.asker
    let card = try await programme(context)
    let caseload = try await ReadCaseload(office)(
      CaseFilter(school: card.programme.school), search: search, order: .name, for: asker)
    let missing = Set(chosen).subtracting(caseload.rows.map(\.file.id))
    let others =
      missing.isEmpty
      ? [] : try await ReadCaseload(office)(CaseFilter(cases: missing.sorted()), for: asker).rows
    return EnrolPage(
      card: card, caseload: caseload, others: others, search: search, chosen: chosen)
  }

  // MARK: the sweep

  private func addSweep(to router: Router<PageContext>) {
    router.get(.newProgrammeSession) { request, context in
      let card = try await programme(context)
      let frame = frame(request, context)
      return frame.response(try await sweep(card, frame, request, context).page(frame))
    }
    router.post(.newProgrammeSession) { _, context in
      let (card, frame) = (try await programme(context), frame(context))
      var page = try SweepPage(card: card, form: sweepForm, frame, sent: context.form)
      if context.form["_save"] == "draft" {
        try await SaveDraft(office)(
          SweepPage.draft(of: context.form), at: page.draftPlace, by: try context.signedIn.staff)
        return .to(.programme(card.programme.id).done("draft"))
      }
      do {
        let held = try await HoldSession(office)(
          card.programme.id, number: page.number, topic: context.form["_topic"] ?? "", page.answers,
          for: page.table.parts, by: try context.asker.discarding(draft: page.draftPlace))
        return .to(.programmeSession(held.id, of: card.programme.id).done("session-held"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        return frame.response(page.page(frame), status: .unprocessableContent)
      } catch Refusal.conflict(.changedByAnother) {
        page.isConflict = true
        return frame.response(page.page(frame), status: .conflict)
      }
    }
    router.post(.cancelProgrammeSession) { _, context in
      let (card, frame) = (try await programme(context), frame(context))
      let typed = Day(typed: Text.withPlainDigits(context.form["cancel-day"] ?? ""))
      do {
        guard let typed else { throw Refusal.invalid([Problem("day", "not-a-day")]) }
        _ = try await CancelSession(office)(
          card.programme.id, number: context.form.version("number"), on: typed,
          because: context.form["reason"] ?? "", by: try context.asker)
        return .to(.programme(card.programme.id).done("session-cancelled"))
      } catch Refusal.invalid(let problems) {
        var page = try SweepPage(card: card, form: sweepForm, frame)
        page.cancelled = context.form
        page.cancelProblems = problems
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
    router.get(.programmeSession) { request, context in
      let frame = frame(request, context)
      return frame.response(try await session(context).page(frame))
    }
    router.post(.programmeSession) { _, context in
      var page = try await session(context)
      page.sent = context.form
      let id = page.card.programme.id
      do {
        try await CorrectAttendance(office)(
          page.held.id, from: context.form.version(), in: id, page.answers, for: page.table.parts,
          by: try context.asker)
        return .to(.programmeSession(page.held.id, of: id).done("attendance"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      } catch Refusal.conflict(.changedByAnother) {
        page.isConflict = true
        let frame = frame(context)
        return frame.response(page.page(frame), status: .conflict)
      }
    }
  }

  /// As it begins: with the draft, where it is wanted, or the offer of it.
  private func sweep(
    _ card: ProgrammeCard, _ frame: Frame, _ request: Request, _ context: PageContext
  ) async throws -> SweepPage {
    var page = try SweepPage(card: card, form: sweepForm, frame)
    let wish = request.uri.queryParameters.get("draft")
    guard wish != "new",
      let draft = try await ReadDrafts(office)(at: page.draftPlace, of: try context.signedIn.staff)
    else { return page }
    if wish == "resume" {
      var typed = FormBody(
        values: Dictionary(
          uniqueKeysWithValues: draft.answers.paths.map { ($0, draft.answers[all: $0]) }))
      // The session that comes next, whichever it was when the draft was begun.
      typed.values["_number"] = [String(card.nextNumber)]
      page = try SweepPage(card: card, form: sweepForm, frame, sent: typed)
      page.savedAt = frame.say.seconds(draft.savedAt)
    } else {
      page.foundDraft = .init(draft, at: .newProgrammeSession(of: card.programme.id), frame.say)
    }
    return page
  }

  private func session(_ context: PageContext) async throws -> SessionPage {
    let id = try context.id(of: ProgrammeSession.self, "session")
    let card = try await ReadProgramme(office)(
      try context.id(of: Programme.self), remarksOf: id, for: try context.asker)
    guard let held = card.sessions.first(where: { $0.id == id }) else { throw Refusal.notFound }
    return SessionPage(card: card, held: held, form: try sweepForm)
  }

  private var sweepForm: Form {
    get throws {
      guard let form = office.practice.forms["contact"] else { throw Refusal.notFound }
      return form.forSweep
    }
  }
}

extension Form {
  /// Of a contact what is the same for everybody of a session; the programme tells the rest.
  fileprivate var forSweep: Form {
    let same: Set<String> = ["day", "time", "minutes", "facts", "risk-check"]
    return asking { same.contains($0.id) }
  }
}

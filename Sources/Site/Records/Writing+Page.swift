import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  func addWriting(to router: Router<PageContext>) {
    router.get(.writeRecord) { request, context in
      let (kind, id) = (try context.kind, try context.id(of: CaseFile.self))
      let start = try await BeginRecord(office)(kind, in: id, for: try context.asker)
      if let unfinished = start.unfinished { return .to(.correctRecord(unfinished, in: id)) }
      guard start.isTaken else { throw Refusal.conflict(start.file.isClosed ? .alreadyClosed : .held) }
      let writing = try await writing(kind, start, context)
      let page = try await offeringDraft(
        writing.page, at: .writeRecord(kind, in: id), request, context)
      let frame = frame(request, context)
      return frame.response(page.scoring(kind, frame).page(frame))
    }
    router.post(.writeRecord) { _, context in
      let (kind, id) = (try context.kind, try context.id(of: CaseFile.self))
      let asker = try context.asker
      return try await save(
        Sent(kind: kind, id: id, record: nil, draftPlace: "\(kind.rawValue)/\(id)") {
          try await writing(kind, BeginRecord(office)(kind, in: id, for: asker), context)
        }, context)
    }
    router.get(.correctRecord) { request, context in
      let writing = try await correcting(context)
      let here = Route.correctRecord(try context.id(of: CaseRecord.self, "record"), in: writing.id)
      let page = try await offeringDraft(writing.page, at: here, request, context)
      let frame = frame(request, context)
      return frame.response(page.scoring(writing.kind, frame).page(frame))
    }
    router.post(.correctRecord) { _, context in
      let writing = try await correcting(context)
      return try await save(
        Sent(
          kind: writing.kind, id: writing.id, record: writing.record,
          draftPlace: writing.page.draftPlace ?? ""
        ) { writing }, context)
    }
  }

  /// A form of a case while it is being filled in.
  struct Writing: Sendable {
    let kind: CaseRecord.Kind
    let id: ID<CaseFile>
    let file: CaseFile
    /// The record that is gone on with or corrected; `nil` for a new one.
    let record: ID<CaseRecord>?
    var page: FormPage
  }

  /// A form of a case that was sent. What its page shows besides is read only where the page is shown again.
  struct Sent: Sendable {
    let kind: CaseRecord.Kind
    let id: ID<CaseFile>
    let record: ID<CaseRecord>?
    let draftPlace: String
    let writing: @Sendable () async throws -> Writing
  }

  /// A new record: the form of its kind, with what is known and what is likely.
  private func writing(
    _ kind: CaseRecord.Kind, _ start: RecordStart, _ context: PageContext
  ) async throws -> Writing {
    let id = start.file.id
    var page = try await form(
      kind, in: start.file, of: start.student, goals: start.plan.goals, .writeRecord(kind, in: id), context)
    page.draftPlace = "\(kind.rawValue)/\(id)"
    page.answers = page.form.begun(
      from: start.answers, today: Day(inKoreaAt: office.clock()),
      now: frame(context).say.clock(office.clock()),
      service: page.options.usual[.service]?.first, minutes: page.usualMinutes)
    try await nameResources(in: &page, context)
    if kind == .closure, let closing = try? await ReadClosing(office)(id, for: try context.asker) {
      page.answers["summary"] = page.answers["summary"] ?? closing.summary(in: frame(context).say)
    }
    if !start.unconfirmed.isEmpty {
      page.before = HTML.several([page.before, note("record.unconfirmed", frame(context).say)])
    }
    return Writing(kind: kind, id: id, file: start.file, record: nil, page: page)
  }

  /// A record that is not finished, or was written in one go and is put right.
  private func correcting(_ context: PageContext) async throws -> Writing {
    let (record, id) = (try context.id(of: CaseRecord.self, "record"), try context.id(of: CaseFile.self))
    let old = try await ReadRecord(office)(record, in: id, for: try context.asker)
    guard old.mayCorrect else {
      throw old.record.approval == nil ? Refusal.notAllowed : Refusal.conflict(.alreadyApproved)
    }
    let kind = old.record.kind
    var page = try await form(
      kind, in: old.file, of: old.student, goals: old.goals, .correctRecord(record, in: id), context)
    page.draftPlace = "\(kind.rawValue)/\(id)/\(record)"
    page.answers = old.record.answers
    page.version = old.record.version
    try await nameResources(in: &page, context)
    return Writing(kind: kind, id: id, file: old.file, record: record, page: page)
  }

  private func form(
    _ kind: CaseRecord.Kind, in file: CaseFile, of student: StudentLine, goals: [Plan.Goal], _ action: Route,
    _ context: PageContext
  ) async throws -> FormPage {
    guard let form = office.practice.form(kind) else { throw Refusal.notFound }
    let asker = try context.asker
    let say = frame(context).say
    let picks = try await ReadPicks(office)(for: form, in: file.id, for: asker)
    let name = say("kind.\(kind.rawValue)")
    var page = FormPage(form: form, action: action)
    page.title = "\(student.name) \(name)"
    page.crumbs = [(say("caseload.title"), .cases), (student.name, .caseFile(file.id)), (name, nil)]
    page.place = .cases
    page.options = PickerOptions(picks, goals: goals, say)
    page.usualMinutes = picks.minutes
    page.saves =
      kind.isWrittenAtOnce
      ? [.init("finish", say("record.finish"))]
      : [
        .init("save", say("record.save")),
        .init(
          "finish", say(say.has("finish.\(kind.rawValue)") ? "finish.\(kind.rawValue)" : "record.finish")),
      ]
    page.before = try await notices(kind, file, context)
    if kind == .contact, let uses = try? await ReadBudget(office)(file.id, for: asker), !uses.isEmpty {
      page.after = BudgetFold(uses: uses).html(frame(context))
    }
    if [.plan, .monitoring].contains(kind),
      let coordination = try? await ReadCoordination(office)(file.id, for: asker)
    {
      page.after = CoordinationView(page: coordination).html(frame(context))
    }
    return page
  }

  /// Resources that were chosen stay to be chosen, though the list is cut off before them.
  private func nameResources(in page: inout FormPage, _ context: PageContext) async throws {
    page.options.resources += try await missingResources(
      page.answers, of: page.form, besides: page.options, context)
  }

  /// Offers what is found by letters instead of the beginning of the list.
  func findResources(
    _ text: String, at place: String, in options: inout PickerOptions, _ context: PageContext
  ) async throws {
    let found = try await ReadResource(office).names(finding: text, by: try context.asker)
    let say = frame(context).say
    options.resources = found.map { PickerOptions.Option($0, say) }
    options.found = (place, text)
  }

  func missingResources(
    _ answers: Answers, of form: Form, besides options: PickerOptions, _ context: PageContext
  ) async throws -> [PickerOptions.Option] {
    guard options.hasMoreResources else { return [] }
    let offered = Set(options.resources.map(\.value))
    let named = answers.paths.filter { form.field(at: $0)?.kind == .resource }.flatMap { answers[all: $0] }
    let ids = Set(named).subtracting(offered).sorted().compactMap { ID<Resource>($0) }
    guard !ids.isEmpty else { return [] }
    let say = frame(context).say
    return try await ReadResource(office).names(of: ids, by: try context.asker)
      .map { PickerOptions.Option($0, say) }
  }

  /// What must be known before a word is written: health is not written down without its own consent.
  private func notices(_ kind: CaseRecord.Kind, _ file: CaseFile, _ context: PageContext) async throws -> HTML
  {
    let say = frame(context).say
    switch kind {
    case .emergency: return DangerFold().html(frame(context))
    case .intake, .assessment, .reassessment, .score:
      let consents = try await ReadConsents(office)(file.id, for: try context.asker)
      let isGiven = consents.states.first { $0.purpose == .sensitive }?.isGiven ?? false
      return isGiven
        ? .nothing
        : div(.class("note heed compact mt4")) {
          p {
            say("record.no-sensitive") + " "
            a(.href(Route.consent(file.id).address)) { say("record.no-sensitive.act") }
          }
        }
    case .evaluation:
      let page = try? await ReadEvaluation(office)(file.id, for: try context.asker)
      return page.map { EvaluationSheet(page: $0).html(frame(context)) } ?? .nothing
    case .closure:
      let page = try? await ReadClosing(office)(file.id, for: try context.asker)
      return page.map { ClosingSheet(page: $0).html(frame(context)) } ?? .nothing
    case .conference, .plan, .contact, .monitoring, .followUp, .transfer, .recommendation, .emergencySupport,
      .accessRequest:
      return .nothing
    }
  }

  private func note(_ key: String, _ say: Speech) -> HTML {
    div(.class("note compact mt4")) { p { say(key) } }
  }

  // MARK: saving

  private func save(_ sent: Sent, _ context: PageContext) async throws -> Response {
    guard let form = office.practice.form(sent.kind) else { throw Refusal.notFound }
    let body = context.form.withBothTexts
    let intent = FormIntent(body, form: form)
    func writing() async throws -> Writing {
      var writing = try await sent.writing()
      writing.page.answers = intent.answers
      writing.page.version = writing.record == nil ? 0 : intent.version
      try await nameResources(in: &writing.page, context)
      return writing
    }
    switch intent.wish {
    case .add(let group):
      var writing = try await writing()
      writing.page.addedTo = group
      return show(writing, context, .ok)
    case .remove: return show(try await writing(), context, .ok)
    case .find(let place, let text):
      var writing = try await writing()
      try await findResources(text, at: place, in: &writing.page.options, context)
      try await nameResources(in: &writing.page, context)
      return show(writing, context, .ok)
    case .draft:
      // Of a case that is not theirs nothing is kept, and no more is said than of one that is not there.
      _ = try await sent.writing()
      try await SaveDraft(office)(intent.draft, at: sent.draftPlace, by: try context.signedIn.staff)
      return .to(.caseFile(sent.id).done("draft"))
    case .save: break
    }
    let isFinishing = intent.wish == .save("finish") || sent.kind.isWrittenAtOnce
    let keeping = Keeping(
      office: office, sent: sent, version: intent.version, answers: intent.answers,
      overriding: body["_override"]?.nonEmpty, asker: try context.asker.discarding(draft: sent.draftPlace))
    var shown: Writing
    do {
      let saved = try await keeping.save(finishing: isFinishing)
      return try await finish(saved, keeping, isFinishing, context, writing)
    } catch Refusal.invalid(let problems) {
      shown = try await writing()
      shown.page.problems = problems
      if problems.contains(where: { $0.code == "ask-safe-now" }) {
        shown.page.before = DangerCall(text: "score.danger").html(frame(context))
      }
    } catch Refusal.notYet(let missing) {
      shown = try await writing()
      shown.page.before = stillMissing(missing, shown, isSaved: false, body["_override"], context)
    } catch Refusal.conflict(let conflict) {
      shown = try await writing()
      shown.page.before = conflictNote(conflict, frame(context).say)
    } catch let conflict as EditConflict {
      return try await settle(conflict, try await writing(), context)
    }
    return show(shown, context, .unprocessableContent)
  }

  /// What follows once the text is safe: the decision of an intake or a conference, the closure of the case. Refused, the
  /// page goes on with the record that now lies in the store.
  private func finish(
    _ saved: SavedRecord, _ keeping: Keeping, _ isFinishing: Bool, _ context: PageContext,
    _ writing: () async throws -> Writing
  ) async throws -> Response {
    func goingOn() async throws -> Writing {
      let page = try await writing().page.going(on: saved, .correctRecord(saved.id, in: saved.file.id))
      return Writing(kind: saved.kind, id: saved.file.id, file: saved.file, record: saved.id, page: page)
    }
    do {
      if isFinishing { try await keeping.follow(saved) }
    } catch Refusal.invalid(let problems) {
      var writing = try await goingOn()
      writing.page.problems = problems
      return show(writing, context, .unprocessableContent)
    } catch Refusal.notYet(let missing) {
      var writing = try await goingOn()
      writing.page.before = stillMissing(missing, writing, isSaved: true, context.form["_override"], context)
      return show(writing, context, .unprocessableContent)
    }
    let isUnsafe = keeping.answers["safe-now"] == "no" || keeping.answers["risk-check"] == "unsafe"
    let done =
      isUnsafe ? "unsafe" : isFinishing ? frame(context).say.doneCode(of: saved.kind) : "record"
    return .to(
      saved.kind.isWrittenAtOnce || isFinishing
        ? Route.caseFile(saved.file.id).done(done).with("record", saved.id.description)
        : Route.record(saved.id, in: saved.file.id).done(done))
  }

  private func show(
    _ writing: Writing, _ context: PageContext, _ status: HTTPResponse.Status
  ) -> Response {
    let frame = frame(context)
    return frame.response(writing.page.scoring(writing.kind, frame).page(frame), status: status)
  }

  /// What the step still needs; where it may be passed over, with a field for the reason.
  private func stillMissing(
    _ missing: [Missing], _ writing: Writing, isSaved: Bool, _ reason: String?, _ context: PageContext
  ) -> HTML {
    let frame = frame(context)
    let mayOverride =
      writing.kind == .closure
      && office.practice.workflow.steps.contains {
        $0.to == .followUp && $0.from.contains(writing.file.stage) && $0.isOverridable
      }
    let id = writing.id
    return div(.class("note heed mt4"), .role("alert"), .tabindex(-1), .autofocus()) {
      h2 { frame.say(isSaved ? "record.missing.saved" : "record.missing") }
      MissingList(missing: missing, place: Site.places(in: id)).html(frame)
      if mayOverride {
        div(.class("field mt4")) {
          label(.for("_override")) { frame.say("step.reason") }
          p(.class("hint"), .id("_override-h")) { frame.say("step.reason.hint") }
          textarea(
            .class("area short"), .id("_override"), .name("_override"), .form("record-form"),
            .aria("describedby", "_override-h")
          ) { reason ?? "" }
        }
      }
    }
  }

  private func conflictNote(_ conflict: Conflict, _ say: Speech) -> HTML {
    let key = "refusal.conflict.\(conflict.rawValue)"
    return div(.class("note danger mt4"), .role("alert"), .tabindex(-1), .autofocus()) {
      h2 { say(say.has(key + ".title") ? key + ".title" : "refusal.conflict.title") }
      p { say("record.conflict.text") }
    }
  }

  /// Somebody else saved first: what goes together is saved at once, the rest is shown side by side.
  private func settle(
    _ conflict: EditConflict, _ writing: Writing, _ context: PageContext
  ) async throws -> Response {
    let form = writing.page.form
    let merge = Merge(
      base: conflict.base ?? Answers(), mine: conflict.mine, theirs: conflict.theirs.answers, form: form)
    let frame = frame(context)
    guard let record = writing.record else { throw Refusal.conflict(.changedByAnother) }
    let page = ConflictPage(
      form: form, merge: merge, action: .correctRecord(record, in: writing.id),
      version: conflict.theirs.version, title: writing.page.title ?? "", theirName: conflict.theirAuthor,
      theirTime: frame.say.moment(conflict.theirs.writtenAt), myTime: frame.say.moment(office.clock()),
      keepTheirs: .record(record, in: writing.id), options: writing.page.options)
    return frame.response(page.page(frame), status: .conflict)
  }
}

/// How a record of each kind is kept: first its text, so that nothing typed is lost, then what follows from it.
struct Keeping: Sendable {
  let office: Office
  let sent: Site.Sent
  let version: Int
  let answers: Answers
  let overriding: String?
  let asker: Asker

  private var id: ID<CaseFile> { sent.id }

  /// Whether finishing it is an act of its own, taken after the text was saved.
  private var isDecision: Bool {
    get async throws {
      switch sent.kind {
      case .intake: answers["decision"] != nil
      case .conference where answers["meeting-kind"] == "selection":
        try await sent.writing().file.stage == .assessment
      case .closure: true
      default: false
      }
    }
  }

  func save(finishing: Bool) async throws -> SavedRecord {
    if finishing, sent.kind == .intake, answers["decision"] == nil {
      throw Refusal.invalid([Problem("decision", "required")])
    }
    let isDecision = try await isDecision
    let finishing = finishing && !isDecision
    if let record = sent.record {
      return try await WriteRecord(office)(
        correcting: record, answers, from: version, in: id, finishing: finishing, by: asker)
    }
    switch sent.kind {
    case .transfer: return try await TransferOut(office)(answers, in: id, by: asker)
    case .recommendation: return try await Recommend(office)(answers, in: id, by: asker)
    case .emergency:
      let file = try await sent.writing().file
      return try await StartEmergency(office)(answers, for: file.student, in: file.school, by: asker)
    default:
      return try await WriteRecord(office)(sent.kind, answers, in: id, finishing: finishing, by: asker)
    }
  }

  func follow(_ saved: SavedRecord) async throws {
    switch saved.kind {
    case .intake where answers["decision"] != nil:
      try await DecideIntake(office)(saved.id, from: saved.version, in: id, by: asker)
    case .conference where saved.file.stage == .assessment && answers["meeting-kind"] == "selection":
      try await SelectCase(office)(saved.id, from: saved.version, in: id, by: asker)
    case .closure: try await CloseCase(office)(answers, in: id, overriding: overriding, by: asker)
    default: break
    }
  }
}

extension PageContext {
  fileprivate var kind: CaseRecord.Kind {
    get throws {
      guard let kind = parameters.get("kind").flatMap(CaseRecord.Kind.init(rawValue:)) else {
        throw Refusal.notFound
      }
      return kind
    }
  }
}

extension FormBody {
  /// Where both texts of a conflict are wanted, each field holds theirs and then mine.
  fileprivate var withBothTexts: FormBody {
    guard self["_save"] == "both" else { return self }
    var body = self
    for (name, texts) in values where name.hasPrefix("_theirs.") {
      let path = String(name.dropFirst("_theirs.".count))
      let both = (texts + self[all: path]).filter { !$0.isEmpty }
      body.values[path] = [both.joined(separator: "\n")]
    }
    return body
  }
}

extension FormPage {
  /// With what the answers so far add up to, where a level is decided by them.
  fileprivate func scoring(_ kind: CaseRecord.Kind, _ frame: Frame) -> FormPage {
    guard kind == .assessment || kind == .reassessment else { return self }
    var copy = self
    copy.after = RiskNote(answers).html(frame)
    return copy
  }

  /// The same page going on with a record that was just saved.
  fileprivate func going(on saved: SavedRecord, _ action: Route) -> FormPage {
    var copy = FormPage(form: form, action: action)
    copy.answers = answers
    copy.version = saved.version
    copy.options = options
    copy.title = title
    copy.crumbs = crumbs
    copy.place = place
    copy.saves = saves
    copy.draftPlace = draftPlace.map { $0 + "/\(saved.id)" }
    copy.before = before
    copy.after = after
    return copy
  }
}

extension Speech {
  /// What is said after a record of a kind is finished.
  fileprivate func doneCode(of kind: CaseRecord.Kind) -> String {
    has("done.finished-\(kind.rawValue)") ? "finished-\(kind.rawValue)" : "record"
  }
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  func addRecords(to router: Router<PageContext>) {
    router.get(.record) { request, context in
      let page = try await ReadRecord(office)(
        try context.id(of: CaseRecord.self, "record"), in: try context.id(of: CaseFile.self),
        for: try context.asker)
      guard let form = office.practice.form(page.record.kind) else { throw Refusal.notFound }
      let frame = frame(request, context)
      return frame.response(RecordReading(page: page, form: form).page(frame))
    }
    router.get(.writeRecord) { request, context in
      let page = try await writing(context)
      let frame = frame(request, context)
      return frame.response(page.page(frame))
    }
    router.post(.writeRecord) { _, context in try await write(context) }
  }

  /// A new record: the form of its kind, with what is known already.
  private func writing(_ context: PageContext) async throws -> FormPage {
    let id = try context.id(of: CaseFile.self)
    guard let kind = context.parameters.get("kind").flatMap(CaseRecord.Kind.init(rawValue:)),
      let form = office.practice.form(kind)
    else { throw Refusal.notFound }
    let start = try await BeginRecord(office)(kind, in: id, for: try context.asker)
    guard start.isTaken else { throw Refusal.conflict(start.file.isClosed ? .alreadyClosed : .held) }
    let say = frame(context).say
    var page = FormPage(form: form, action: .writeRecord(kind, in: id))
    page.answers = start.answers
    page.title = "\(start.student.name) \(say("kind.\(kind.rawValue)"))"
    page.crumbs = [
      (say("caseload.title"), .cases), (start.student.name, .caseFile(id)),
      (say("kind.\(kind.rawValue)"), nil),
    ]
    page.place = .cases
    page.options.goals = start.plan.goals.map { .init(String($0.number), "\($0.number). \($0.title)") }
    page.saves = [.init("save", say("record.save")), .init("finish", say("record.finish"))]
    return page
  }

  private func write(_ context: PageContext) async throws -> Response {
    let id = try context.id(of: CaseFile.self)
    var page = try await writing(context)
    guard let kind = CaseRecord.Kind(rawValue: page.form.id) else { throw Refusal.notFound }
    let intent = FormIntent(context.form, form: page.form)
    page.answers = intent.answers
    switch intent.wish {
    case .add(let group):
      page.addedTo = group
      return frame(context).response(page.page(frame(context)))
    case .remove:
      return frame(context).response(page.page(frame(context)))
    case .draft, .save:
      do {
        let saved = try await WriteRecord(office)(
          kind, intent.answers, in: id, finishing: intent.wish == .save("finish"), by: try context.asker)
        return .to(.record(saved.id, in: id).done("record"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        return frame(context).response(page.page(frame(context)), status: .unprocessableContent)
      }
    }
  }
}

/// One record to be read, with who wrote and who approved it.
struct RecordReading: Sendable {
  let page: RecordPage
  let form: Form

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let kind = say("kind.\(page.record.kind.rawValue)")
    return Page("\(page.student.name) \(kind)", place: .cases) {
      frame.crumbs([
        (say("caseload.title"), .cases), (page.student.name, .caseFile(page.file.id)), (kind, nil),
      ])
      frame.pageHead(
        "\(page.student.name) \(kind) \(page.record.series)",
        lead: say("record.by", ["day": say.long(page.record.day), "name": page.author]))
      if let approver = page.approver {
        p(.class("tags")) { span(.class("tag done")) { say("record.approved", ["name": approver]) } }
      }
      RecordView(frame: frame, form: form, answers: page.record.answers).html
    }
  }
}

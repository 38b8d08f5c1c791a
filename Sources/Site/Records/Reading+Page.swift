import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  func addReading(to router: Router<PageContext>) {
    router.get(.record) { request, context in
      let reading = try await reading(context)
      let frame = frame(request, context)
      return frame.response(reading.page(frame))
    }
    router.get(.accessCopy) { request, context in
      let (record, id) = (try context.id(of: CaseRecord.self, "record"), try context.id(of: CaseFile.self))
      let copy = try await ReadAccessCopy(office)(record, in: id, for: try context.asker)
      let frame = frame(request, context)
      return frame.response(AccessCopyPage(copy: copy, forms: office.practice.forms).page(frame))
    }
    router.post(.approveRecord) { _, context in
      let (record, id) = (try context.id(of: CaseRecord.self, "record"), try context.id(of: CaseFile.self))
      try await ApprovePlan(office)(record, from: context.version, in: id, by: try context.asker)
      return .to(.caseFile(id).done("plan-approved"))
    }
    router.post(.handBackRecord) { _, context in
      let (record, id) = (try context.id(of: CaseRecord.self, "record"), try context.id(of: CaseFile.self))
      do {
        try await HandBackPlan(office)(
          record, from: context.version, because: context.form["reason"] ?? "", in: id, by: try context.asker)
        return .to(.record(record, in: id).done("plan-handed-back"))
      } catch Refusal.invalid(let problems) {
        var reading = try await reading(context)
        reading.problems = problems
        reading.reason = context.form["reason"] ?? ""
        let frame = frame(context)
        return frame.response(reading.page(frame), status: .unprocessableContent)
      }
    }
    router.post(.selectByRecord) { _, context in
      let (record, id) = (try context.id(of: CaseRecord.self, "record"), try context.id(of: CaseFile.self))
      do {
        try await SelectCase(office)(record, from: context.version, in: id, by: try context.asker)
        return .to(.caseFile(id).done("selected"))
      } catch Refusal.notYet(let missing) {
        var reading = try await reading(context)
        reading.missing = missing
        let frame = frame(context)
        return frame.response(reading.page(frame), status: .unprocessableContent)
      }
    }
  }

  private func reading(_ context: PageContext) async throws -> RecordReading {
    let id = try context.id(of: CaseFile.self)
    let asker = try context.asker
    let page = try await ReadRecord(office)(
      try context.id(of: CaseRecord.self, "record"), in: id, for: asker)
    guard let form = office.practice.form(page.record.kind) else { throw Refusal.notFound }
    let picks = try await ReadPicks(office)(for: form, in: id, for: asker)
    let evaluation =
      [.evaluation, .closure].contains(page.record.kind)
      ? try? await ReadEvaluation(office)(id, for: asker) : nil
    var reading = RecordReading(
      page: page, form: form, options: PickerOptions(picks, goals: page.goals, frame(context).say),
      evaluation: evaluation,
      instrument: page.record.answers["instrument"].flatMap { office.practice.instruments[$0] })
    reading.options.resources += try await missingResources(
      page.record.answers, of: form, besides: reading.options, context)
    if page.record.kind == .plan {
      reading.coordination = try? await ReadCoordination(office)(id, for: asker)
    }
    return reading
  }
}

extension PageContext {
  /// The version that the form was made from.
  var version: Int { form.version("_version") }
}

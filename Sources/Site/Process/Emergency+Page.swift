import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  /// Acts first: one page from the danger to the record, with the telephone numbers on top.
  func addEmergency(to router: Router<PageContext>) {
    router.get(.emergency) { request, context in
      let query = request.uri.queryParameters
      guard let student = query.get("student").flatMap({ ID<Student>($0) }) else {
        return try await pick(.emergency, "emergency", query.get("q") ?? "", request, context)
      }
      var page = try await emergency(student, context)
      page.answers = page.form.begun(
        from: Answers(), today: frame(context).today, now: frame(context).say.clock(office.clock()),
        service: nil, minutes: nil)
      let frame = frame(request, context)
      let here = Route.emergency.with("student", student.description)
      return frame.response(try await offeringDraft(page, at: here, request, context).page(frame))
    }
    router.post(.emergency) { _, context in
      let asker = try context.asker
      guard let student = context.form["_student"].flatMap({ ID<Student>($0) }) else {
        throw Refusal.notFound
      }
      var page = try await emergency(student, context)
      let intent = FormIntent(context.form, form: page.form)
      page.answers = intent.answers
      if case .add(let group) = intent.wish { page.addedTo = group }
      let frame = frame(context)
      guard case .save = intent.wish else { return frame.response(page.page(frame)) }
      do {
        let school = try await ReadStudent(office)(student, by: asker).school
        let saved = try await StartEmergency(office)(intent.answers, for: student, in: school, by: asker)
        try await DiscardDraft(office)(at: page.draftPlace ?? "", of: asker.staff)
        return .to(.caseFile(saved.file.id).done("emergency"))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
  }

  private func emergency(_ id: ID<Student>, _ context: PageContext) async throws -> FormPage {
    guard let form = office.practice.forms["emergency"] else { throw Refusal.notFound }
    let asker = try context.asker
    let student = try await ReadStudent(office)(id, by: asker)
    guard
      office.practice.permissions.allow(
        .startEmergency, as: asker.staff.roles(in: student.school), at: nil)
    else { throw Refusal.notFound }
    let frame = frame(context)
    var page = FormPage(form: form, action: .emergency)
    page.title = "\(student.name) \(frame.say("kind.emergency"))"
    page.draftPlace = "emergency/student/\(id)"
    page.hidden = [("_student", id.description)]
    page.saves = [.init("save", frame.say("emergency.act"))]
    page.before = DangerCall().html(frame)
    return page
  }

  /// Whom it is about, before a form that begins with a student.
  func pick(
    _ route: Route, _ words: String, _ text: String, _ request: Request, _ context: PageContext
  ) async throws -> Response {
    let asker = try context.asker
    let found = text.isEmpty ? nil : try await FindStudents(office)(text, by: asker)
    let frame = frame(request, context)
    return frame.response(
      StudentPickPage(query: text, found: found, route: route, words: words).page(frame))
  }
}

/// Whom to call first, in the open: not folded where danger is what the page is about.
struct DangerCall: Sendable {
  var text = "refer.danger.text"

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("note danger mt4"), .aria("labelledby", "call")) {
      h2(.id("call")) { say("danger.call") }
      p { say(text) }
      p(.class("call")) {
        a(.href(.telephone("112"))) {
          Icon.phone.html
          say("refer.call.112")
        }
        a(.href(.telephone("109"))) { say("refer.call.109") }
      }
    }
  }
}

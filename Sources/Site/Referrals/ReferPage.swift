import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addRefer(to router: Router<PageContext>) {
    router.get(.refer) { request, context in
      let query = request.uri.queryParameters
      guard let student = query.get("student").flatMap({ ID<Student>($0) }) else {
        return try await findStudent(query.get("q") ?? "", request, context)
      }
      let page = try await referral(of: student, context)
      let here = Route.refer.with("student", student.description)
      let frame = frame(request, context)
      return frame.response(try await offeringDraft(page, at: here, request, context).page(frame))
    }
    router.post(.refer) { _, context in try await sendReferral(context) }
  }

  private func findStudent(
    _ text: String, _ request: Request, _ context: PageContext
  ) async throws -> Response {
    let asker = try context.asker
    let found = text.isEmpty ? nil : try await FindStudents(office)(text, by: asker)
    let frame = frame(request, context)
    return frame.response(StudentPickPage(query: text, found: found).page(frame))
  }

  private func sendReferral(_ context: PageContext) async throws -> Response {
    let asker = try context.asker
    guard let student = context.form["_student"].flatMap({ ID<Student>($0) }) else { throw Refusal.notFound }
    var page = try await referral(of: student, context)
    let intent = FormIntent(context.form, form: page.form)
    page.answers = intent.answers
    if intent.wish == .draft {
      try await SaveDraft(office)(intent.draft, at: "referral/\(student)", by: asker.staff)
      return .to(.mine.done("draft"))
    }
    do {
      let school = try await ReadStudent(office)(student, by: asker).school
      let id = try await SendReferral(office)(intent.answers, for: student, in: school, by: asker)
      try await DiscardDraft(office)(at: "referral/\(student)", of: asker.staff)
      return .to(.sent(id).done("referred"))
    } catch Refusal.invalid(let problems) {
      page.problems = problems
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    }
  }

  /// The form for one student, who stands named above it.
  private func referral(of id: ID<Student>, _ context: PageContext) async throws -> FormPage {
    guard let form = office.practice.forms["referral"] else { throw Refusal.notFound }
    let student = try await ReadStudent(office)(id, by: try context.asker)
    let frame = frame(context)
    let say = frame.say
    var page = FormPage(form: form, action: .refer)
    page.place = .refer
    page.width = .phone
    page.draftPlace = "referral/\(id)"
    page.hidden = [("_student", id.description)]
    page.answers["urgency"] = form.fields.first { $0.id == "urgency" }?.preset
    page.saves = [.init("draft", say("form.draft")), .init("send", say("refer.send"))]
    page.before = HTML.several([
      DangerFold().html(frame),
      dl(.class("facts")) {
        div {
          dt { say("refer.who") }
          dd {
            b { student.name }
            " " + (student.enrolments.first?.classLabel ?? "")
          }
          dd { a(.href(Route.refer.address)) { say("refer.change") } }
        }
      },
    ])
    return page
  }
}

/// Whom it is about: found by name or class in one's own school.
struct StudentPickPage: Sendable {
  let query: String
  let found: StudentHits?
  /// The form that begins with a student, and its words.
  var route = Route.refer
  var words = "refer"

  private var isReferral: Bool { words == "refer" }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let title = isReferral ? say("nav.refer") : say("pick.\(words)")
    return Page(title, place: isReferral ? .refer : nil, width: .phone) {
      frame.pageHead(title, lead: say(isReferral ? "refer.lead" : "pick.\(words).lead"))
      isReferral ? DangerFold().html(frame) : DangerCall().html(frame)
      form(.class("form mt5"), .action(route.address), .role("search")) {
        div(.class("field")) {
          label(.for("q")) { say("refer.who") }
          p(.class("hint"), .id("q-h")) { say("refer.who.hint") }
          input(
            .class("input full"), .id("q"), .name("q"), .type("search"), .value(query), .autocomplete("off"),
            .aria("describedby", "q-h"), .required())
        }
        button(.class("btn primary big full")) { say("finder.act") }
      }
      if let found { results(found, frame) }
    }
  }

  private func results(_ found: StudentHits, _ frame: Frame) -> HTML {
    let say = frame.say
    if found.hits.isEmpty {
      return frame.empty(say("refer.none", ["query": query]), say("refer.none.text"))
    }
    return section(.class("band"), .aria("labelledby", "found")) {
      h2(.id("found")) { say("refer.found") }
      ul(.class("people")) {
        for hit in found.hits {
          li(.data("row", "")) {
            a(.href(route.with("student", hit.student.id.description).address)) {
              b { hit.student.name }
              " " + (hit.student.enrolment?.classLabel ?? "")
            }
            span(.class("meta")) {
              [hit.schoolName, hit.student.birthDay.map { say("caseload.born", ["date": say.typed($0)]) }]
                .compactMap { $0 }.joined(separator: " · ")
            }
          }
        }
      }
      if found.isCut { p(.class("meta mt3")) { say("refer.cut") } }
    }
  }
}

/// Danger comes before any form: whom to call.
struct DangerFold: Sendable {
  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return details(.class("fold note danger compact")) {
      summary { say("refer.danger") }
      div {
        p { say("refer.danger.text") }
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
}

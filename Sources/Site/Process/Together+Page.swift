import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  /// 집단 활동: one entry, a line in the record of each student who came.
  func addTogether(to router: Router<PageContext>) {
    router.get(.together) { request, context in
      let query = request.uri.queryParameters
      let chosen = query.getAll("case").compactMap { ID<CaseFile>(String($0)) }
      let frame = frame(request, context)
      if chosen.isEmpty || query.get("more") != nil {
        let caseload = try await ReadCaseload(office)(
          CaseFilter(school: query.get("school").flatMap { ID($0) }), search: query.get("q") ?? "", page: 0,
          for: try context.asker)
        return frame.response(
          TogetherPickPage(caseload: caseload, chosen: chosen, search: query.get("q") ?? "").page(frame))
      }
      var session = try await session(chosen, context)
      session.answers = session.form.begun(
        from: Answers(), today: frame.today, now: frame.say.clock(office.clock()), service: "D02", minutes: 60
      )
      return frame.response(session.page(frame))
    }
    router.post(.together) { _, context in
      let (form, asker) = (context.form, try context.asker)
      let chosen = form[all: "_case"].compactMap { ID<CaseFile>($0) }
      var session = try await session(chosen, context)
      let intent = FormIntent(form, form: session.form)
      session.answers = intent.answers
      session.typed = form.values.compactMapValues(\.first)
      if case .find(let place, let text) = intent.wish {
        try await findResources(text, at: place, in: &session.options, context)
        let frame = frame(context)
        return frame.response(session.page(frame))
      }
      do {
        let saved = try await RecordGroupSession(office)(
          session.answers, for: session.parts, by: asker)
        return .to((saved.count == 1 ? Route.caseFile(saved[0].file.id) : .today).done("together"))
      } catch Refusal.invalid(let problems) {
        session.problems = problems
        let frame = frame(context)
        return frame.response(session.page(frame), status: .unprocessableContent)
      }
    }
  }

  private func session(_ chosen: [ID<CaseFile>], _ context: PageContext) async throws -> TogetherPage {
    guard let form = office.practice.forms["contact"], let first = chosen.first else {
      throw Refusal.notFound
    }
    let asker = try context.asker
    let people = try await ReadCaseload(office)(CaseFilter(cases: chosen), for: asker).rows
    guard people.count == Set(chosen).count else { throw Refusal.notFound }
    let picks = try await ReadPicks(office)(for: form, in: first, for: asker)
    return TogetherPage(
      form: form.forSeveral, people: people, options: PickerOptions(picks, goals: [], frame(context).say))
  }
}

extension Form {
  /// A contact without what is about one student only: words, judgement, goals, the next appointment.
  fileprivate var forSeveral: Form {
    let own: Set<String> = [
      "said", "judgement", "goals", "response", "next", "next-day", "closure-notice", "people", "group",
      "person",
    ]
    return asking { !own.contains($0.id) }
  }
}

/// Whose records get a line: ticked in the caseload.
struct TogetherPickPage: Sendable {
  let caseload: Caseload
  let chosen: [ID<CaseFile>]
  let search: String

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let open = caseload.rows.filter { $0.file.standing == .open }
    return Page(say("together.title"), place: .cases, width: .narrow) {
      frame.crumbs([(say("caseload.title"), .cases), (say("together.title"), nil)])
      frame.pageHead(say("together.title"), lead: say("together.lead"))
      form(.class("form mt4"), .role("search"), .action(Route.together.address)) {
        for id in chosen { input(.type("hidden"), .name("case"), .value(id.description)) }
        input(.type("hidden"), .name("more"), .value("yes"))
        div(.class("inline")) {
          div(.class("field")) {
            label(.for("tq")) { say("caseload.search") }
            input(
              .class("input full"), .id("tq"), .name("q"), .type("search"), .value(search),
              .autocomplete("off"))
          }
          button(.class("btn")) { say("caseload.find") }
        }
      }
      if open.isEmpty {
        frame.empty(say("together.none"), say("together.none.text"), act: (say("caseload.title"), .cases))
      } else {
        form(.class("form mt4"), .action(Route.together.address)) {
          fieldset {
            legend { say("together.who") }
            div(.class("choices wide")) {
              for row in open {
                label(.class("choice")) {
                  input(
                    .type("checkbox"), .name("case"), .value(row.file.id.description),
                    .checked(chosen.contains(row.file.id)))
                  span {
                    row.student.name
                    small {
                      [row.student.classLabel, row.file.number].compactMap { $0 }.joined(separator: " · ")
                    }
                  }
                }
              }
            }
          }
          if caseload.hasMore { p(.class("meta")) { say("together.cut") } }
          for id in chosen where !open.contains(where: { $0.file.id == id }) {
            input(.type("hidden"), .name("case"), .value(id.description))
          }
          div { button(.class("btn primary")) { say("together.go") } }
        }
      }
    }
  }
}

/// What is the same for everybody, then who came, with a line about each.
struct TogetherPage: Sendable {
  let form: Form
  let people: [CaseloadRow]
  var options = PickerOptions()
  var answers = Answers()
  var problems: [Problem] = []
  var typed: [String: String] = [:]

  var parts: [RecordGroupSession.Part] {
    people.map { row in
      RecordGroupSession.Part(
        row.file.id, isPresent: typed["_came.\(row.file.id)"] == "yes",
        line: typed["_line.\(row.file.id)"].map { Text.cleaned($0, keepingLines: false) })
    }
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let fields = FieldView(
      frame: frame, form: form, answers: answers, problems: problems, options: options, addedTo: nil)
    return Page(say("together.title"), place: .cases, width: .narrow, problems: problems.count) {
      frame.crumbs([(say("caseload.title"), .cases), (say("together.title"), nil)])
      frame.errorSummary(problems.map { line($0, fields, say) })
      frame.pageHead(say("together.title"), lead: say("together.count", ["count": String(people.count)]))
      frame.form(.together, .class("form mt5"), .id("record-form"), .novalidate(), .data("guard", "")) {
        for row in people { input(.type("hidden"), .name("_case"), .value(row.file.id.description)) }
        p(.class("hint")) { say("together.same") }
        for section in form.sections { fields.section(section) }
        came(frame)
        div(.class("form-foot")) {
          a(.class("btn"), .href(more.address)) {
            Icon.plus.html
            say("together.more")
          }
          button(.class("btn primary"), .data("busy", say("form.busy"))) { say("together.save") }
        }
      }
    }
  }

  private var more: Route {
    people.reduce(Route.together.with("more", "yes")) { $0.with("case", $1.file.id.description) }
  }

  private func line(_ problem: Problem, _ fields: FieldView, _ say: Speech) -> (text: String, place: String?)
  {
    let parts = problem.field.split(separator: ".").map(String.init)
    if parts.count == 3, parts[0] == "students", let index = Int(parts[1]), people.indices.contains(index) {
      let row = people[index]
      return (
        say("form.problem", ["field": row.student.name, "problem": say(problem)]), "_line.\(row.file.id)"
      )
    }
    if problem.field == "students" { return (say(problem), "came") }
    return fields.errorLine(of: problem)
  }

  private func came(_ frame: Frame) -> HTML {
    let say = frame.say
    let isNew = typed.isEmpty
    return table(.class("table cards"), .id("came"), .tabindex(-1)) {
      caption { say("together.came", ["count": String(people.count)]) }
      thead {
        tr {
          th(.scope("col")) { say("together.student") }
          th(.scope("col")) { say("together.here") }
          th(.scope("col")) { say("together.line") }
        }
      }
      tbody {
        for row in people {
          let (here, line) = ("_came.\(row.file.id)", "_line.\(row.file.id)")
          tr {
            th(.scope("row")) {
              row.student.name + " "
              span(.class("meta")) { row.student.classLabel ?? "" }
            }
            td(.data("label", say("together.here"))) {
              label(.class("choice")) {
                input(
                  .type("checkbox"), .name(here), .value("yes"), .checked(isNew || typed[here] == "yes"))
                span {
                  say("together.yes")
                  span(.class("sr")) { ": " + row.student.name }
                }
              }
            }
            td(.data("label", say("together.line"))) {
              input(
                .class("input full"), .id(line), .name(line), .value(typed[line]), .autocomplete("off"),
                .maxlength(Form.longestLine),
                .aria("label", say("together.line.of", ["name": row.student.name])))
            }
          }
        }
      }
    }
  }
}

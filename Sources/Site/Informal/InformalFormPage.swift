import CaseWork
import Gateway
import Markup
import Operations

/// Adds somebody around a student, changes what is told of the person, or ends it.
struct InformalFormPage: CardPage {
  var form = CardForm<InformalResource.Told>(prefix: "informal", groups: InformalFormPage.groups)
  let found: InformalPage
  let kept: InformalResource?
  /// What was typed for ending it.
  var ending = FormBody()
  var endProblems: [Problem] = []

  /// - Parameter tie: the place of a tie the newest assessment names, with which a new one begins.
  init(found: InformalPage, kept: InformalResource? = nil, tie: Int? = nil, sent: FormBody? = nil) {
    self.found = found
    self.kept = kept
    form.kept = kept?.told ?? tie.flatMap { Self.begun(with: $0, in: found.ties) }
    form.sent = sent
  }

  private static func begun(with tie: Int, in ties: [Surroundings.Tie]) -> InformalResource.Told? {
    guard ties.indices.contains(tie) else { return nil }
    var told = InformalResource.Told()
    told.name = ties[tie].name
    told.relation = ties[tie].note
    return told
  }

  /// - Parameter newID: makes the id of a new one.
  func typed(newID: () -> ID<InformalResource>) throws -> InformalResource {
    let told = try form.typed(into: kept?.told ?? InformalResource.Told())
    return InformalResource(id: kept?.id ?? newID(), told, version: try form.version(of: kept?.version))
  }

  private var file: ID<CaseFile> { found.file.id }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let heading = kept.map { say("informal.change.title", ["name": $0.told.name]) } ?? say("informal.add")
    let labels = form.labels(say).merging(
      ["reason": say("informal.end.reason"), "words": say("informal.end.words")]
    ) { one, _ in one }
    let problems = form.problems + endProblems
    return Page(heading, width: .narrow, problems: problems.count) {
      frame.crumbs([
        (found.student.name, .caseFile(file)), (say("informal.crumb"), .informal(of: file)), (heading, nil),
      ])
      frame.problemSummary(problems, labels)
      frame.pageHead(heading, lead: say("informal.form.lead"))
      frame.form(
        kept.map { .informalPerson($0.id, in: file) } ?? .newInformal(in: file), .class("form"), .novalidate()
      ) {
        form.html(frame, version: kept?.version ?? 0)
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("informal.act") }
          a(.class("btn"), .href(Route.informal(of: file).address)) { say("entry.back") }
        }
      }
      if let kept { end(kept, frame) }
    }
  }

  private func end(_ kept: InformalResource, _ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "end")) {
      h2(.id("end")) { say("informal.end.title") }
      frame.form(.informalEnd(kept.id, in: file), .class("form mt3"), .novalidate()) {
        input(.type("hidden"), .name("version"), .value(String(kept.version)))
        frame.picker(
          "reason", say("informal.end.reason"),
          (say.lists[.informalEnd]?.choosable(on: frame.today) ?? []).map { ($0.value, say($0.words)) },
          chosen: ending["reason"], empty: say("entry.choose"), endProblems)
        frame.entry(
          Entry("words", say("informal.end.words"), ending["words"] ?? "").with { $0.isOptional = true },
          endProblems)
        div { button(.class("btn danger")) { say("informal.end.act") } }
      }
    }
  }

  static let groups: [(name: String, fields: [CardField<InformalResource.Told>])] = [
    (
      "who",
      [
        .text("name", limit: 60, isRequired: true, \.name) { $0.name = $1 ?? "" },
        .text("kind", .one(.informalKind), isRequired: true, \.kind) { $0.kind = $1 ?? "" },
        .text("relation", limit: 100, \.relation) { $0.relation = $1 },
        .text("reach", limit: 200, \.reach) { $0.reach = $1 },
      ]
    ),
    (
      "help",
      [
        CardField(
          name: "needs", kind: .many(.needArea), isRequired: true, get: \.needs,
          set: { told, codes in
            told.needs = codes
            return nil
          }),
        .text("gives", .text, limit: 500, isRequired: true, \.gives) { $0.gives = $1 ?? "" },
        .text("often", limit: 60, \.often) { $0.often = $1 },
        .day("from", \.from) { $0.from = $1 },
        .day("until", \.until) { $0.until = $1 },
      ]
    ),
    (
      "trust",
      [
        .text("agreed", .one(.agreement), isRequired: true, \.agreed) { $0.agreed = $1 ?? "" },
        .day("checked", \.checkedOn) { $0.checkedOn = $1 },
      ]
    ),
  ]
}

extension CodeList.Name {
  static let agreement = CodeList.Name(rawValue: "agreement")
}

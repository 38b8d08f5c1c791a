import CaseWork
import Gateway
import Markup
import Operations
import Repositories

/// One person is asked, question by question, on a screen that can be handed over: easy words, each answer on its own.
struct ConsentAsking: Sendable {
  let consents: ConsentPage
  let party: Consent.Party
  let purposes: [Consent.Purpose]
  let texts: [ConsentText]
  let relatives: [Relative]
  let resources: [ResourceName]
  var answers = Answers()
  var problems: [Problem] = []

  private var id: ID<CaseFile> { consents.file.id }
  private static let choices: [Consent.Answer] = [.yes, .no, .later]

  private var asked: [ConsentText] {
    purposes.compactMap { purpose in texts.first { $0.purpose == purpose } }
  }

  // MARK: the answers

  /// What was answered, ready to be kept. A question left open is not kept.
  var given: [AnswerConsent.Given] {
    asked.compactMap { text in
      guard let answer = answers[text.purpose.rawValue].flatMap(Consent.Answer.init(rawValue:)) else {
        return nil
      }
      let path = text.purpose.rawValue
      return AnswerConsent.Given(
        text.purpose, party, answer, day: answers["day"].flatMap { typedDay($0) },
        method: answers["method"] ?? "in-person",
        relative: answers["relative"].flatMap { ID<Relative>($0) },
        guardianConfirmation: party == .guardian ? answers["guardian-confirmation"] : nil,
        wording: Consent.WordingVersion(id: path, version: text.version),
        recipient: text.purpose == .share ? answers["recipient"].flatMap { ID<Resource>($0) } : nil,
        items: answers[all: "\(path)-items"],
        note: text.purpose == .share ? answers["recipient-name"] : nil)
    }
  }

  /// Each question must be answered, if only by "later".
  var unanswered: [Problem] {
    var problems = asked.filter { answers[$0.purpose.rawValue] == nil }
      .map { Problem($0.purpose.rawValue, "choose") }
    if let day = answers["day"], typedDay(day) == nil { problems.append(Problem("day", "not-a-day")) }
    return problems
  }

  /// The act counts answers; the page names questions.
  func named(_ problems: [Problem]) -> [Problem] {
    let kept = given
    return problems.map { problem in
      let parts = problem.field.split(separator: ".").map(String.init)
      guard parts.count == 3, let index = Int(parts[1]), kept.indices.contains(index) else { return problem }
      let purpose = kept[index].purpose.rawValue
      let field =
        switch parts[2] {
        case "items": "\(purpose)-items"
        case "day", "recipient", "guardian-confirmation": parts[2]
        default: purpose
        }
      return Problem(field, problem.code, problem.detail)
    }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func typedDay(_ text: String) -> Day? { Day(typed: Text.withPlainDigits(text)) }

  // MARK: the page

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let name = consents.student.name
    return Page(say("asking.title", ["name": name]), width: .narrow, problems: problems.count) {
      frame.crumbs([(name, .caseFile(id)), (say("consent.crumb"), .consent(id))])
      frame.errorSummary(
        problems.map { (text: words(of: $0, say), place: $0.field) })
      frame.pageHead(
        say("asking.title", ["name": name]),
        lead: say("asking.lead", ["count": String(asked.count)]), eyebrow: say("asking.\(party.rawValue)"))
      if asked.isEmpty {
        frame.empty(say("asking.none"), say("asking.none.text"), act: (say("consent.crumb"), .consent(id)))
      } else {
        frame.form(.askConsent(id), .class("mt5"), .novalidate(), .data("guard", "")) {
          input(.type("hidden"), .name("_party"), .value(party.rawValue))
          for text in asked { input(.type("hidden"), .name("_purpose"), .value(text.purpose.rawValue)) }
          for (index, text) in asked.enumerated() { question(text, index + 1, frame) }
          confirmation(frame)
        }
      }
    }
  }

  private func words(of problem: Problem, _ say: Speech) -> String {
    let purpose = problem.field.hasSuffix("-items") ? String(problem.field.dropLast(6)) : problem.field
    let name =
      Consent.Purpose(rawValue: purpose) != nil
      ? say("purpose.\(purpose)") : say("asking.field.\(problem.field)")
    return say("form.problem", ["field": name, "problem": say(problem)])
  }

  private func question(_ text: ConsentText, _ number: Int, _ frame: Frame) -> HTML {
    let say = frame.say
    let path = text.purpose.rawValue
    let problem = problems.first { $0.field == path }
    return section(.class("ask"), .aria("labelledby", "\(path)-t")) {
      div {
        p(.class("eyebrow")) {
          say("asking.number", ["number": String(number), "count": String(asked.count)])
        }
        h2(.id("\(path)-t")) { say(text.question) }
      }
      p(.class("easy")) { say(text.easy) }
      dl(.class("facts")) {
        for fact in text.facts {
          div {
            dt { say(fact.label) }
            dd { say(fact.text) }
          }
        }
      }
      if text.purpose == .share { recipient(frame) }
      if text.purpose == .share { items("share-item", path, frame) }
      if text.purpose == .transfer { items("transfer-item", path, frame) }
      fieldset(
        .id(path), .tabindex(-1), .aria("labelledby", "\(path)-t"),
        .aria("describedby", problem == nil ? nil : path + "-e")
      ) {
        legend(.class("sr")) { say("asking.answer") }
        if let problem { frame.errorLine(say(problem), id: path + "-e") }
        div(.class("choices tight")) {
          for answer in ConsentAsking.choices {
            label(.class("choice")) {
              input(
                .type("radio"), .name(path), .value(answer.rawValue),
                .checked(answers[path] == answer.rawValue))
              span { say("asking.\(answer.rawValue)") }
            }
          }
        }
      }
    }
  }

  private func recipient(_ frame: Frame) -> HTML {
    let say = frame.say
    let problem = problems.first { $0.field == "recipient" }
    return div(.class(problem == nil ? "fields two" : "fields two bad")) {
      div(.class("field")) {
        label(.for("recipient")) { say("asking.recipient") }
        if let problem { frame.errorLine(say(problem), id: "recipient-e") }
        select(.class("select"), .id("recipient"), .name("recipient")) {
          option(.value("")) { say("form.choose") }
          for resource in resources {
            option(
              .value(resource.id.description), .selected(answers["recipient"] == resource.id.description)
            ) {
              resource.name
            }
          }
        }
      }
      div(.class("field")) {
        label(.for("recipient-name")) { say("asking.recipient-name") }
        input(
          .class("input full"), .id("recipient-name"), .name("recipient-name"), .autocomplete("off"),
          .value(answers["recipient-name"]), .maxlength(Form.longestLine))
      }
    }
  }

  private func items(_ list: String, _ purpose: String, _ frame: Frame) -> HTML {
    let say = frame.say
    let path = purpose + "-items"
    let problem = problems.first { $0.field == path }
    let chosen = Set(answers[all: path])
    return fieldset(
      .id(path), .tabindex(-1), .aria("describedby", problem == nil ? nil : path + "-e")
    ) {
      legend { say("asking.items") }
      if let problem { frame.errorLine(say(problem), id: path + "-e") }
      div(.class("choices tight")) {
        for code in say.lists[CodeList.Name(rawValue: list)]?.codes ?? [] {
          label(.class("choice")) {
            input(.type("checkbox"), .name(path), .value(code.value), .checked(chosen.contains(code.value)))
            span { say(code.words) }
          }
        }
      }
    }
  }

  private func confirmation(_ frame: Frame) -> HTML {
    let say = frame.say
    let day = problems.first { $0.field == "day" }
    return section(.class("ask"), .aria("labelledby", "sure")) {
      h2(.id("sure")) { say("asking.sure") }
      if party == .guardian { guardian(frame) }
      ConsentMethod(name: "method", chosen: answers["method"] ?? "in-person").html(frame)
      div(.class(day == nil ? "field" : "field bad")) {
        label(.for("day")) { say("asking.field.day") }
        if let day { frame.errorLine(say(day), id: "day-e") }
        input(
          .class("input w8"), .id("day"), .name("day"), .inputmode("numeric"), .autocomplete("off"),
          .value(answers["day"] ?? say.typed(frame.today)), .aria("describedby", day == nil ? nil : "day-e"))
      }
      p { button(.class("btn primary big full"), .data("busy", say("form.busy"))) { say("asking.act") } }
      p(.class("meta")) { say("asking.later-words", ["name": frame.visitor?.staff.name ?? ""]) }
    }
  }

  /// Which guardian, and, below fourteen, how it was confirmed that this is the legal one (시행령 제17조의2①).
  private func guardian(_ frame: Frame) -> HTML {
    let say = frame.say
    let problem = problems.first { $0.field == "guardian-confirmation" }
    let isNeeded = consents.isFourteen != true
    return HTML.several([
      relatives.isEmpty
        ? .nothing
        : div(.class("field")) {
          label(.for("relative")) { say("asking.relative") }
          select(.class("select"), .id("relative"), .name("relative")) {
            option(.value("")) { say("form.choose") }
            for relative in relatives {
              option(
                .value(relative.id.description), .selected(answers["relative"] == relative.id.description)
              ) {
                "\(relative.name) (\(say.name(of: relative.relation, in: CodeList.Name(rawValue: "relation"))))"
              }
            }
          }
        },
      isNeeded
        ? div(.class(problem == nil ? "field" : "field bad")) {
          label(.for("guardian-confirmation")) { say("asking.field.guardian-confirmation") }
          p(.class("hint"), .id("gc-h")) { say("asking.guardian-confirmation.hint") }
          if let problem { frame.errorLine(say(problem), id: "gc-e") }
          select(
            .class("select"), .id("guardian-confirmation"), .name("guardian-confirmation"),
            .aria("describedby", problem == nil ? "gc-h" : "gc-e gc-h")
          ) {
            option(.value("")) { say("form.choose") }
            for code in say.lists[CodeList.Name(rawValue: "guardian-confirmation")]?.codes ?? [] {
              option(.value(code.value), .selected(answers["guardian-confirmation"] == code.value)) {
                say(code.words)
              }
            }
          }
        } : .nothing,
    ])
  }
}

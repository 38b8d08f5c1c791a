import CaseWork
import Gateway
import Markup

/// Adds a resource or changes it.
struct ResourceFormPage: Sendable {
  /// What is changed; `nil` for a new one.
  var kept: Resource?
  var sent: FormBody?
  var problems: [Problem] = []
  var isConflict = false

  private static let fields = [
    "name", "kind", "needs", "place", "formality", "phone", "contact", "description", "verified",
  ]

  private var version: Int { sent?.version() ?? kept?.version ?? 0 }

  func typed(_ id: ID<Resource>) throws -> Resource {
    var problems: [Problem] = []
    let day = text("verified")
    if !day.isEmpty, Day(typed: day) == nil { problems.append(Problem("verified", "not-a-day")) }
    if (sent?[all: "needs"] ?? []).isEmpty { problems.append(Problem("needs", "choose-one")) }
    for field in ["place", "formality"] where text(field).isEmpty {
      problems.append(Problem(field, "unknown-code"))
    }
    for (field, limit) in [("name", 100), ("phone", 40), ("contact", 100), ("description", 2000)]
    where text(field).count > limit {
      problems.append(Problem(field, "too-long", String(limit)))
    }
    if text("name").isEmpty { problems.append(Problem("name", "required")) }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    let optional = { (name: String) in text(name).isEmpty ? nil : text(name) }
    return Resource(
      id: id, name: text("name"), kind: text("kind"), needs: sent?[all: "needs"] ?? [],
      formality: text("formality"), place: text("place"), phone: optional("phone"),
      contactPerson: optional("contact"),
      description: Text.cleaned(sent?["description"] ?? "", keepingLines: true),
      verifiedOn: Day(typed: day), version: kept == nil ? 0 : version)
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let heading = kept.map { say("resource.change.title", ["name": $0.name]) } ?? say("resources.add")
    let labels = Dictionary(uniqueKeysWithValues: Self.fields.map { ($0, say("resource.\($0)")) })
    return Page(heading, width: .narrow, problems: problems.count) {
      frame.crumbs([(say("resources.title"), .resources), (heading, nil)])
      frame.problemSummary(problems, labels)
      frame.pageHead(heading)
      if isConflict {
        EditConflictNote(
          rows: Self.fields.map {
            (labels[$0] ?? $0, spoken($0, value($0, say), say), spoken($0, saved($0, say), say))
          }
        ).html(frame)
      }
      frame.form(action, .class("form"), .novalidate()) {
        input(.type("hidden"), .name("version"), .value(String(isConflict ? kept?.version ?? 0 : version)))
        line("name", frame)
        list("kind", .organisation, frame)
        frame.ticks("needs", say("resource.needs"), problems) {
          for need in say.lists[.needArea]?.choosable(on: frame.today) ?? [] {
            frame.tick("needs", need.value, say(need.words), isOn: needs.contains(need.value))
          }
        }
        list("place", .resourcePlace, frame)
        list("formality", .resourceFormality, frame)
        for name in ["phone", "contact"] { line(name, frame) }
        frame.longEntry(
          Entry("description", say("resource.description"), value("description", say)).with {
            $0.isOptional = true
            $0.hint = say("resource.description.hint")
          }, problems)
        line("verified", frame)
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("resource.act") }
          a(.class("btn"), .href((kept.map { .resource($0.id) } ?? Route.resources).address)) {
            say("entry.back")
          }
        }
      }
    }
  }

  private var action: Route { kept.map { .editResource($0.id) } ?? .newResource }

  private var needs: [String] { sent.map { $0[all: "needs"] } ?? kept?.needs ?? [] }

  private func line(_ name: String, _ frame: Frame) -> HTML {
    let say = frame.say
    return frame.entry(
      Entry(name, say("resource.\(name)"), value(name, say)).with {
        $0.isOptional = name != "name"
        if name == "phone" { $0.inputmode = "tel" }
        if name == "verified" {
          $0.hint = say("resource.verified.hint")
          $0.inputmode = "numeric"
          $0.width = "w8"
        }
      }, problems)
  }

  private func list(_ name: String, _ list: CodeList.Name, _ frame: Frame) -> HTML {
    let say = frame.say
    return frame.picker(
      name, say("resource.\(name)"),
      (say.lists[list]?.choosable(on: frame.today) ?? []).map { ($0.value, say($0.words)) },
      chosen: value(name, say), empty: say("entry.choose"), problems)
  }

  private func value(_ name: String, _ say: Speech) -> String {
    if name == "needs" { return needs.joined(separator: " ") }
    return sent.map { $0[name] ?? "" } ?? saved(name, say)
  }

  private func saved(_ name: String, _ say: Speech) -> String {
    guard let kept else { return "" }
    return switch name {
    case "name": kept.name
    case "kind": kept.kind
    case "needs": kept.needs.joined(separator: " ")
    case "place": kept.place
    case "formality": kept.formality
    case "phone": kept.phone ?? ""
    case "contact": kept.contactPerson ?? ""
    case "description": kept.description
    default: kept.verifiedOn.map(say.typed) ?? ""
    }
  }

  /// Codes in words, for comparing.
  private func spoken(_ name: String, _ value: String, _ say: Speech) -> String {
    let list: CodeList.Name? =
      switch name {
      case "kind": .organisation
      case "needs": .needArea
      case "place": .resourcePlace
      case "formality": .resourceFormality
      default: nil
      }
    guard let list else { return value }
    return value.split(separator: " ").map { say.name(of: String($0), in: list) }.joined(separator: ", ")
  }

  private func text(_ name: String) -> String { Text.cleaned(sent?[name] ?? "", keepingLines: false) }
}

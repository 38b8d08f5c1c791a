import CaseWork
import Gateway
import Markup

/// Adds a resource or changes it.
struct ResourceFormPage: CardPage {
  var form = CardForm<Resource>(prefix: "resource", groups: ResourceFormPage.groups)
  /// What a new one offers first.
  var first = CardForm<Offer>(prefix: "offer", groups: [("first", OfferFormPage.firstFields)])

  var kept: Resource? { form.kept }

  init(kept: Resource? = nil, sent: FormBody? = nil) {
    form.kept = kept
    form.sent = sent
    first.sent = sent
  }

  mutating func refuse(_ problems: [Problem]) {
    form.problems = problems
    first.problems = problems
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let heading = kept.map { say("resource.change.title", ["name": $0.name]) } ?? say("resources.add")
    let labels = form.labels(say).merging(first.labels(say)) { one, _ in one }
    return Page(heading, width: .narrow, problems: form.problems.count) {
      frame.crumbs([(say("resources.title"), .resources), (heading, nil)])
      frame.problemSummary(form.problems, labels)
      frame.pageHead(heading)
      frame.form(kept.map { .editResource($0.id) } ?? .newResource, .class("form"), .novalidate()) {
        form.html(frame, version: kept?.version ?? 0)
        if kept == nil { first.html(frame, version: 0) }
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("resource.act") }
          a(.class("btn"), .href((kept.map { .resource($0.id) } ?? Route.resources).address)) {
            say("entry.back")
          }
        }
      }
    }
  }

  static let groups: [(name: String, fields: [CardField<Resource>])] = [
    (
      "who",
      [
        .text("name", limit: 100, isRequired: true, \.name) { $0.name = $1 ?? "" },
        .text("alternate", limit: 100, \.alternateName) { $0.alternateName = $1 },
        .text("kind", .one(.organisation), isRequired: true, \.kind) { $0.kind = $1 ?? "" },
        .text("place", .one(.resourcePlace), isRequired: true, \.place) { $0.place = $1 ?? "" },
        .text("formality", .one(.resourceFormality), isRequired: true, \.formality) {
          $0.formality = $1 ?? ""
        },
        .text("description", .text, limit: 2000, \.description) { $0.description = $1 ?? "" },
      ]
    ),
    (
      "reach",
      [
        .text("phone", .line(inputmode: "tel"), limit: 40, \.phone) { $0.phone = $1 },
        .text("contact", limit: 100, \.contactPerson) { $0.contactPerson = $1 },
        CardField(
          name: "website", kind: .line(inputmode: "url"), get: { [$0.website ?? ""].filter { !$0.isEmpty } },
          set: { card, texts in
            if let text = texts.first, !text.hasPrefix("https://"), !text.hasPrefix("http://") {
              return "not-a-web-address"
            }
            card.website = texts.first
            return nil
          }),
        CardField(
          name: "email", kind: .line(inputmode: "email"), get: { [$0.email ?? ""].filter { !$0.isEmpty } },
          set: { card, texts in
            if let text = texts.first, text.split(separator: "@").count != 2 || text.contains(" ") {
              return "not-an-email"
            }
            card.email = texts.first
            return nil
          }),
      ]
    ),
    (
      "trust",
      [
        .day("verified", \.verifiedOn) { $0.verifiedOn = $1 },
        .day("agreed-from", { $0.agreement?.from }) { card, day in
          card.agreement = day.map { Resource.Agreement(from: $0, until: nil) }
        },
        .day("agreed-until", { $0.agreement?.until }) { card, day in
          if let from = card.agreement?.from { card.agreement = Resource.Agreement(from: from, until: day) }
        },
        CardField(
          name: "public", kind: .yes, get: { $0.isPublic ? ["yes"] : [] },
          set: { card, texts in
            card.isPublic = texts == ["yes"]
            return nil
          }),
      ]
    ),
  ]
}

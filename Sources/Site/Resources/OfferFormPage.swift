import CaseWork
import Gateway
import Markup

/// Adds something a resource offers, or changes it.
struct OfferFormPage: CardPage {
  let resource: Resource
  var form = CardForm<Offer>(prefix: "offer", groups: OfferFormPage.groups)

  var kept: Offer? { form.kept }

  init(of resource: Resource, kept: Offer? = nil, sent: FormBody? = nil) {
    self.resource = resource
    form.kept = kept
    form.sent = sent
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let heading = kept.map { say("offer.change.title", ["name": $0.name]) } ?? say("offer.add")
    let action: Route = kept.map { .editOffer($0.id, of: resource.id) } ?? .newOffer(of: resource.id)
    return Page(heading, width: .narrow, problems: form.problems.count) {
      frame.crumbs([
        (say("resources.title"), .resources), (resource.name, .resource(resource.id)), (heading, nil),
      ])
      frame.problemSummary(form.problems, form.labels(say))
      frame.pageHead(heading, eyebrow: resource.name)
      frame.form(action, .class("form"), .novalidate()) {
        form.html(frame, version: kept?.version ?? 0)
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("offer.act") }
          a(.class("btn"), .href(Route.resource(resource.id).address)) { say("entry.back") }
        }
      }
    }
  }

  /// What must be known of the first offer of a new resource.
  static let firstFields: [CardField<Offer>] = [
    .text("offer-name", limit: 100, \.name) { if let name = $1 { $0.name = name } },
    needs,
  ]

  private static let needs = CardField<Offer>(
    name: "needs", kind: .many(.needArea), isRequired: true, get: \.needs,
    set: { card, texts in
      card.needs = texts
      return nil
    })

  private static func codes(
    _ name: String, _ list: CodeList.Name, _ get: @escaping @Sendable (Offer) -> [String],
    _ set: @escaping @Sendable (inout Offer, [String]) -> Void
  ) -> CardField<Offer> {
    CardField(
      name: name, kind: .many(list), get: get,
      set: { card, texts in
        set(&card, texts)
        return nil
      })
  }

  private static func lines(
    _ name: String, _ get: @escaping @Sendable (Offer) -> [String],
    _ set: @escaping @Sendable (inout Offer, [String]) -> Void
  ) -> CardField<Offer> {
    CardField(
      name: name, kind: .lines, limit: 100, get: get,
      set: { card, texts in
        guard texts.count <= 30 else { return "too-many-lines" }
        set(&card, texts)
        return nil
      })
  }

  static let groups: [(name: String, fields: [CardField<Offer>])] = [
    (
      "what",
      [
        .text("name", limit: 100, isRequired: true, \.name) { $0.name = $1 ?? "" },
        .text("description", .text, limit: 2000, \.description) { $0.description = $1 ?? "" },
        needs,
        codes("fields", .resourceField, \.fields) { $0.fields = $1 },
        codes("forms", .resourceForm, \.forms) { $0.forms = $1 },
        CardField(
          name: "status", kind: .one(.offerStatus), isRequired: true, get: { [$0.status.code] },
          set: { card, texts in
            guard let status = Offer.Status(code: texts.first ?? "") else { return "unknown-code" }
            card.status = status
            return nil
          }),
      ]
    ),
    (
      "whom",
      [
        .number("minimum-age", upTo: 120, \.minimumAge) { $0.minimumAge = $1 },
        .number("maximum-age", upTo: 120, \.maximumAge) { $0.maximumAge = $1 },
        CardField(
          name: "grades", kind: .many(.grade), get: { $0.grades.map(String.init) },
          set: { card, texts in
            card.grades = texts.compactMap { Int($0) }
            return nil
          }),
        codes("categories", .welfareCategory, \.categories) { $0.categories = $1 },
        .text("gender", .one(.sex), \.gender) { $0.gender = $1 },
        .text("eligibility", .text, limit: 1000, \.eligibility) { $0.eligibility = $1 },
        lines("areas", \.areas) { $0.areas = $1 },
      ]
    ),
    (
      "terms",
      [
        .text("cost", .one(.resourceCost), \.cost) { $0.cost = $1 },
        .text("cost-text", limit: 300, \.costText) { $0.costText = $1 },
        .number("free-places", upTo: 100_000, { $0.capacity?.free }) { card, free in
          card.capacity = free.map { Offer.Capacity(free: $0, of: card.capacity?.of, on: card.capacity?.on) }
        },
        .number("places", upTo: 100_000, { $0.capacity?.of }) { card, most in
          if let told = card.capacity {
            card.capacity = Offer.Capacity(free: told.free, of: most, on: told.on)
          }
        },
        .day("places-on", { $0.capacity?.on }) { card, day in
          if let told = card.capacity {
            card.capacity = Offer.Capacity(free: told.free, of: told.of, on: day)
          }
        },
        .number("waiting", upTo: 2000, \.waitingDays) { $0.waitingDays = $1 },
        CardField(
          name: "hours", kind: .lines, limit: 60, get: { $0.hours.lines },
          set: { card, texts in
            guard let hours = OpeningHours(lines: texts) else { return "not-hours" }
            card.hours = hours
            return nil
          }),
        .text("application", .text, limit: 1000, \.application) { $0.application = $1 },
        lines("documents", \.documents) { $0.documents = $1 },
        lines("languages", \.languages) { $0.languages = $1 },
        .text("phone", .line(inputmode: "tel"), limit: 40, \.phone) { $0.phone = $1 },
        .day("verified", \.verifiedOn) { $0.verifiedOn = $1 },
      ]
    ),
  ]
}

extension Offer.Status {
  /// The code of the list, which has no spaces.
  var code: String { rawValue.replacing(" ", with: "-") }

  init?(code: String) { self.init(rawValue: code.replacing("-", with: " ")) }
}

extension CodeList.Name {
  static let resourceField = CodeList.Name(rawValue: "resource-field")
  static let resourceForm = CodeList.Name(rawValue: "resource-form")
  static let resourceCost = CodeList.Name(rawValue: "resource-cost")
  static let offerStatus = CodeList.Name(rawValue: "offer-status")
  static let grade = CodeList.Name(rawValue: "grade")
  static let sex = CodeList.Name(rawValue: "sex")
}

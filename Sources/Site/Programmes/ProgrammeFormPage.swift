import CaseWork
import Gateway
import Markup
import Operations
import Repositories

/// Plans a programme or changes it.
struct ProgrammeFormPage: CardPage {
  var form: CardForm<Programme>
  private let first: Programme

  /// - Parameters:
  ///   - today: what the days begin with.
  ///   - staff: who leads a new one, unless somebody else is chosen.
  init(
    picks: ProgrammePicks, _ say: Speech, today: Day, by staff: ID<Staff>, kept: Programme? = nil,
    sent: FormBody? = nil
  ) {
    first = Programme(
      id: ID(staff.value), school: picks.schools.first?.id ?? ID(staff.value), name: "", service: "",
      first: today, last: today.adding(months: 3), places: 8, leader: staff)
    let schools = kept == nil && picks.schools.count > 1 ? picks.schools : []
    form = CardForm(
      prefix: "programme", groups: Self.groups(schools, picks, first: first), kept: kept, sent: sent)
  }

  /// What was typed, on the programme that was shown or on a new one; its version is the one the form was made from.
  func typed(newID: () -> ID<Programme>) throws -> Programme {
    if let kept = form.kept {
      var typed = try form.typed(into: kept)
      typed.version = try form.version(of: kept.version)
      return typed
    }
    return try form.typed(into: first.with(id: newID(), in: first.school)).withSchool(form.sent?["school"])
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let heading =
      form.kept.map { say("programme.change.title", ["name": $0.name]) } ?? say("programmes.add")
    var shown = form
    if form.kept == nil, form.sent == nil { shown.kept = first }
    return Page(heading, place: .cases, width: .narrow, problems: form.problems.count) {
      frame.crumbs([(say("programmes.title"), .programmes), (heading, nil)])
      frame.problemSummary(form.problems, form.labels(say))
      frame.pageHead(heading)
      frame.form(
        form.kept.map { .editProgramme($0.id) } ?? .newProgramme, .class("form"), .novalidate()
      ) {
        shown.html(frame, version: form.kept?.version ?? 0)
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("programme.act") }
          a(.class("btn"), .href((form.kept.map { .programme($0.id) } ?? Route.programmes).address)) {
            say("entry.back")
          }
        }
      }
    }
  }

  private static func groups(
    _ schools: [School], _ picks: ProgrammePicks, first: Programme
  ) -> [(name: String, fields: [CardField<Programme>])] {
    let school = CardField<Programme>(
      name: "school", kind: .among(schools.map { PickerOptions.Option($0.id.description, $0.name) }),
      isRequired: true, get: { [$0.school.description] }, set: { _, _ in nil })
    let leaders = picks.leaders.map { PickerOptions.Option($0.id.description, $0.name) }
    let resources = picks.resources.map { PickerOptions.Option($0.id.description, $0.name) }
    return [
      (
        "what",
        (schools.isEmpty ? [] : [school]) + [
          .text("name", limit: 80, isRequired: true, \.name) { $0.name = $1 ?? "" },
          .text("service", .one(.service), isRequired: true, \.service) { $0.service = $1 ?? "" },
          .text("legal-kind", .one(.legalKind), \.legalKind) { $0.legalKind = $1 },
          CardField(
            name: "needs", kind: .many(.needArea), get: \.needs,
            set: { card, codes in
              card.needs = codes
              return nil
            }),
          .text("resource", .among(resources), { $0.resource?.description }) { card, text in
            card.resource = text.flatMap { ID($0) }
          },
        ]
      ),
      (
        "when",
        [
          required(.day("first", \.first) { $0.first = $1 ?? first.first }),
          required(.day("last", \.last) { $0.last = $1 ?? first.last }),
          .text("rhythm", limit: 60, \.rhythm) { $0.rhythm = $1 ?? "" },
          .text("place", limit: 60, \.place) { $0.place = $1 ?? "" },
        ]
      ),
      (
        "who",
        [
          required(.number("places", upTo: Programme.mostPlaces, \.places) { $0.places = $1 ?? 0 }),
          .text("leader", .among(leaders), isRequired: true, { $0.leader.description }) { card, text in
            card.leader = text.flatMap { ID($0) } ?? card.leader
          },
          .text("fund", .one(.fund), \.fund) { $0.fund = $1 },
          .number("cost", upTo: 10_000_000, \.cost) { $0.cost = $1 },
        ]
      ),
    ]
  }

  private static func required(_ field: CardField<Programme>) -> CardField<Programme> {
    var field = field
    field.isRequired = true
    return field
  }
}

extension Programme {
  fileprivate func with(id: ID<Programme>, in school: ID<School>) -> Programme {
    Programme(
      id: id, school: school, name: name, service: service, legalKind: legalKind, resource: resource,
      needs: needs, first: first, last: last, rhythm: rhythm, place: place, places: places, fund: fund,
      cost: cost, leader: leader, version: 0)
  }

  /// In the school that was chosen, where there is a choice.
  fileprivate func withSchool(_ text: String?) -> Programme {
    text.flatMap { ID<School>($0) }.map { with(id: id, in: $0) } ?? self
  }
}

extension CodeList.Name {
  static let service = CodeList.Name(rawValue: "service")
  static let legalKind = CodeList.Name(rawValue: "legal-kind")
  static let fund = CodeList.Name(rawValue: "fund")
  static let programmeAttendance = CodeList.Name(rawValue: "programme-attendance")
  static let programmeCancelled = CodeList.Name(rawValue: "programme-cancelled")
}

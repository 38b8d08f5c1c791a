import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Repositories

extension Site {
  func addCaseload(to router: Router<PageContext>) {
    router.get(.cases) { request, context in
      let wish = CaseloadPage.Wish(request.uri.queryParameters)
      let caseload = try await ReadCaseload(office)(
        wish.filter, search: wish.search, order: wish.order, page: wish.page, for: try context.asker)
      let frame = frame(request, context)
      return frame.response(CaseloadPage(caseload: caseload, wish: wish).page(frame))
    }
  }
}

/// The cases, a line each: level, who, where it stands, what is due.
struct CaseloadPage: Sendable {
  let caseload: Caseload
  let wish: Wish

  /// What was asked for, and the address that asks for it again.
  struct Wish: Hashable, Sendable {
    var search = ""
    var school: ID<School>?
    var stage: Stage?
    var level: Level?
    var isOverdue = false
    var standing = Standings.active
    var order = ReadCaseload.Order.urgency
    var page = 0

    /// Which cases by how they stand.
    enum Standings: String, CaseIterable, Sendable {
      case active, closed, all

      var standings: Set<Standing> {
        switch self {
        case .active: Standing.active
        case .closed: [.closed, .ended, .notSelected]
        case .all: Set(Standing.allCases)
        }
      }
    }

    init(_ query: Parameters) {
      search = query.get("q") ?? ""
      school = query.get("school").flatMap { ID($0) }
      stage = query.get("stage").flatMap { Stage(rawValue: $0) }
      level = query.get("level").flatMap { Int($0) }.flatMap { Level(rawValue: $0) }
      isOverdue = query.get("overdue") == "yes"
      standing = query.get("standing").flatMap { Standings(rawValue: $0) } ?? .active
      order = query.get("order").flatMap { ReadCaseload.Order(rawValue: $0) } ?? .urgency
      page = min(10_000, max(0, query.get("page").flatMap { Int($0) } ?? 0))
    }

    var filter: CaseFilter {
      CaseFilter(
        school: school, levels: level.map { [$0] } ?? [], stages: stage.map { [$0] } ?? [],
        standings: standing.standings, isOverdue: isOverdue)
    }

    var route: Route {
      Route.cases.with("q", search).with("school", school?.description).with("stage", stage?.rawValue)
        .with("level", level.map { String($0.rawValue) }).with("overdue", isOverdue ? "yes" : nil)
        .with("standing", standing == .active ? nil : standing.rawValue)
        .with("order", order == .urgency ? nil : order.rawValue).with("page", page == 0 ? nil : String(page))
    }

    func with(_ change: (inout Wish) -> Void) -> Route {
      var copy = self
      copy.page = 0
      change(&copy)
      return copy.route
    }
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let count = ["count": say.grouped(caseload.counts.total)]
    return Page(say("caseload.title"), place: .cases) {
      frame.pageHead(
        say("caseload.title"),
        lead: say(wish.order == .name ? "caseload.lead.name" : "caseload.lead", count),
        act: acts(frame))
      filters(frame)
      if caseload.rows.isEmpty {
        frame.empty(say("caseload.none"), say("caseload.none.text"), act: (say("caseload.show-all"), .cases))
      } else {
        table(.class("table cards caseload")) {
          caption(.class("sr")) { say("caseload.caption", count) }
          thead {
            tr {
              for column in ["level", "student", "stage", "due", "clock", "last"] {
                th(.scope("col"), .class(column == "last" ? "last" : nil)) { say("caseload.\(column)") }
              }
              if showsManager { th(.scope("col"), .class("lead-by")) { say("caseload.manager") } }
            }
          }
          tbody { rows(frame) }
        }
        pager(say)
      }
    }
  }

  private func acts(_ frame: Frame) -> HTML {
    guard let staff = frame.visitor?.staff else { return .nothing }
    let ways: [(words: String, route: Route)] =
      (staff.seesMonths ? [("month.title", .month)] : [])
      + (staff.has(.caseManager) ? [("programmes.title", .programmes)] : [])
    return HTML.several(
      ways.map { way in a(.class("btn"), .href(way.route.address)) { frame.say(way.words) } })
  }

  private func rows(_ frame: Frame) -> [HTML] {
    let names = Dictionary(caseload.rows.map { ($0.student.name, 1) }, uniquingKeysWith: +)
    let doubles = Set(names.filter { $0.value > 1 }.keys)
    let showsManager = showsManager
    let cells = Repeated<Cell>()
    return caseload.rows.map { row in
      tr {
        cells(.standing(row.file.standing, row.file.level)) { td { standing(row, frame) } }
        th(.scope("row")) {
          a(.href(Route.caseFile(row.file.id).address)) { row.student.name }
          span(.class("meta")) { who(row, frame.say, doubles) }
        }
        cells(.stage(row.file.stage, dueKind: row.dueKind)) { stage(row, frame.say) }
        cells(.clock(isHeld: row.file.heldSince != nil, row.dueOn, row.left)) {
          td(.class("clock")) { clock(row, frame.say) }
        }
        cells(.last(row.lastContactOn)) {
          td(.class("last"), .data("label", frame.say("caseload.last"))) { last(row, frame.say) }
        }
        if showsManager {
          cells(.manager(row.manager)) {
            td(.class("lead-by"), .data("label", frame.say("caseload.manager"))) { row.manager }
          }
        }
      }
    }
  }

  /// What a cell shows.
  private enum Cell: Hashable {
    case standing(Standing, Level?)
    case stage(Stage, dueKind: String?)
    case clock(isHeld: Bool, Day?, DayCount?)
    case last(Day?)
    case manager(String)
  }

  /// Where several lead cases, each row says who.
  private var showsManager: Bool { Set(caseload.rows.map(\.file.manager)).count > 1 }

  private func standing(_ row: CaseloadRow, _ frame: Frame) -> HTML {
    let say = frame.say
    guard row.file.standing == .open else {
      return span(.class("tag")) { say("standing.\(row.file.standing.rawValue)") }
    }
    return row.file.level.map { frame.level($0) } ?? span(.class("meta")) { say("level.none") }
  }

  /// The stage, and what is due in it.
  private func stage(_ row: CaseloadRow, _ say: Speech) -> HTML {
    let stage = say("stage.\(row.file.stage.rawValue)")
    return HTML.several([
      td(.class("stage"), .data("label", say("caseload.stage"))) { stage },
      td(.class("next")) {
        row.dueKind.map { kind in .text(say("due-title.\(kind)")) } ?? span(.class("narrow")) { stage }
      },
    ])
  }

  /// The last contact, and how long ago that is.
  private func last(_ row: CaseloadRow, _ say: Speech) -> HTML {
    guard let day = row.lastContactOn else { return span(.class("faint")) { say("caseload.never") } }
    let ago = max(0, day.days(until: caseload.day))
    return HTML.several([
      .text(say.short(day, from: caseload.day)),
      span(.class("faint")) {
        " "
          + (ago == 0
            ? say("caseload.today")
            : say(ago == 1 ? "caseload.ago.one" : "caseload.ago", ["days": String(ago)]))
      },
    ])
  }

  /// Class, number, and the birth day where two of one name stand in the list.
  private func who(_ row: CaseloadRow, _ say: Speech, _ doubles: Set<String>) -> String {
    let school = caseload.schools.first { $0.id == row.file.school }?.name
    let born =
      doubles.contains(row.student.name)
      ? row.student.birthDay.map { say("caseload.born", ["date": say.typed($0)]) } : nil
    return [school, row.student.classLabel, row.file.number, born].compactMap { $0 }.joined(separator: " · ")
  }

  private func clock(_ row: CaseloadRow, _ say: Speech) -> HTML {
    if row.file.heldSince != nil { return span(.class("due held")) { say("caseload.held") } }
    guard let day = row.dueOn else { return .nothing }
    let days = caseload.day.days(until: day)
    let words =
      days < 0
      ? say("today.late", ["days": row.left.map { say.days($0) } ?? ""])
      : days == 0 ? say("today.due-today") : say.short(day, from: caseload.day)
    return span(.class(days < 0 ? "due late" : days <= 3 ? "due near" : "due")) { words }
  }

  private func filters(_ frame: Frame) -> HTML {
    let say = frame.say
    return HTML.several([
      form(.class("filters"), .action(Route.cases.address), .aria("label", say("caseload.filter"))) {
        div(.class("row")) {
          div(.class("field grow")) {
            label(.for("q")) { say("caseload.find") }
            p(.class("hint"), .id("q-h")) { say("caseload.find.hint") }
            input(
              .class("input full"), .id("q"), .name("q"), .type("search"), .value(wish.search),
              .aria("describedby", "q-h"), .autocomplete("off"))
          }
          if !caseload.schools.isEmpty { schools(say) }
          stages(say)
          choice("standing", Wish.Standings.allCases.map(\.rawValue), wish.standing.rawValue, say)
          choice("order", ReadCaseload.Order.allCases.map(\.rawValue), wish.order.rawValue, say)
          button(.class("btn")) { say("caseload.find") }
        }
      },
      pills(frame),
    ])
  }

  private func schools(_ say: Speech) -> HTML {
    div(.class("field")) {
      label(.for("school")) { say("caseload.school") }
      select(.class("select"), .id("school"), .name("school")) {
        option(.value("")) { say("caseload.school.all") }
        for school in caseload.schools {
          option(.value(school.id.description), .selected(school.id == wish.school)) { school.name }
        }
      }
    }
  }

  private func stages(_ say: Speech) -> HTML {
    div(.class("field")) {
      label(.for("stage")) { say("caseload.stage") }
      select(.class("select"), .id("stage"), .name("stage")) {
        option(.value("")) { say("caseload.stage.all") }
        for stage in Stage.allCases {
          option(.value(stage.rawValue), .selected(stage == wish.stage)) { say("stage.\(stage.rawValue)") }
        }
      }
    }
  }

  private func choice(_ name: StaticString, _ values: [String], _ chosen: String, _ say: Speech) -> HTML {
    div(.class("field")) {
      label(.for("\(name)")) { say("caseload.\(name)") }
      select(.class("select"), .id("\(name)"), .name("\(name)")) {
        for value in values {
          option(.value(value), .selected(value == chosen)) { say("caseload.\(name).\(value)") }
        }
      }
    }
  }

  private func pills(_ frame: Frame) -> HTML {
    let say = frame.say
    let overdue = caseload.counts.overdue
    return nav(.aria("label", say("caseload.levels"))) {
      ul(.class("pills")) {
        li {
          let isAll = wish.level == nil && !wish.isOverdue
          let all = wish.with {
            $0.level = nil
            $0.isOverdue = false
          }
          a(.class("pill"), .href(all.address), .current("true", if: isAll)) { say("caseload.all") }
        }
        for level in Level.allCases.reversed() {
          li {
            a(
              .class("pill"), .href(wish.with { $0.level = level }.address),
              .current("true", if: wish.level == level)
            ) { frame.level(level) }
          }
        }
        if overdue > 0 || wish.isOverdue {
          li {
            a(
              .class("pill"), .href(wish.with { $0.isOverdue = true }.address),
              .current("true", if: wish.isOverdue)
            ) { say("caseload.overdue", ["count": String(overdue)]) }
          }
        }
      }
    }
  }

  private func pager(_ say: Speech) -> HTML {
    if wish.page == 0, !caseload.hasMore { return .nothing }
    return nav(.class("pager"), .aria("label", say("caseload.page", ["page": String(wish.page + 1)]))) {
      if wish.page > 0 {
        a(.class("btn"), .href(wish.with { $0.page = wish.page - 1 }.address)) { say("caseload.previous") }
      }
      span { say("caseload.page", ["page": String(wish.page + 1)]) }
      if caseload.hasMore {
        a(.class("btn"), .href(wish.with { $0.page = wish.page + 1 }.address)) { say("caseload.following") }
      }
    }
  }
}

import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

/// What can be changed about a case apart from its records.
enum ManageAct: String, CaseIterable, Sendable {
  case level, manager, participant
  case endParticipant = "end-participant"
  case suspend, resume, reopen, family
  case unlinkFamily = "unlink-family"
}

extension Site {
  func addManage(to router: Router<PageContext>) {
    router.get(.manage) { request, context in
      let page = try await managing(context)
      let frame = frame(request, context)
      return frame.response(page.page(frame))
    }
    router.post(.manageAct) { _, context in
      guard let act = context.parameters.get("act").flatMap(ManageAct.init(rawValue:)) else {
        throw Refusal.notFound
      }
      do {
        let file = try await manage(act, context)
        return .to(
          act == .reopen
            ? Route.caseFile(file).done("reopened") : Route.manage(file).done("manage-\(act.rawValue)"))
      } catch Refusal.invalid(let problems) {
        var page = try await managing(context)
        page.tried = act
        page.problems = problems
        page.typed = context.form.values.compactMapValues(\.first)
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
  }

  /// - Returns: the case to look at afterwards: another one after a reopening.
  private func manage(_ act: ManageAct, _ context: PageContext) async throws -> ID<CaseFile> {
    let id = try context.id(of: CaseFile.self)
    let (form, asker) = (context.form, try context.asker)
    switch act {
    case .level:
      guard let level = form["level"].flatMap({ Int($0) }).flatMap(Level.init(rawValue:)) else {
        throw Refusal.invalid([Problem("level", "choose")])
      }
      try await ChangeLevel(office)(id, to: level, because: form["reason"] ?? "", by: asker)
    case .manager:
      guard let manager = form["manager"].flatMap({ ID<Staff>($0) }) else {
        throw Refusal.invalid([Problem("manager", "choose")])
      }
      try await AssignManager(office)(id, to: manager, by: asker)
    case .participant:
      guard let staff = form["staff"].flatMap({ ID<Staff>($0) }) else {
        throw Refusal.invalid([Problem("staff", "choose")])
      }
      guard let capacity = form["capacity"].flatMap(Participant.Capacity.init(rawValue:)) else {
        throw Refusal.invalid([Problem("capacity", "choose")])
      }
      let until = form["until"]?.nonEmpty
      let day = until.flatMap { Day(typed: Text.withPlainDigits($0)) }
      if until != nil, day == nil { throw Refusal.invalid([Problem("until", "not-a-day")]) }
      try await AddParticipant(office)(staff, as: capacity, until: day, in: id, by: asker)
    case .endParticipant:
      guard let staff = form["staff"].flatMap({ ID<Staff>($0) }) else { throw Refusal.notFound }
      try await AddParticipant(office)(ending: staff, in: id, by: asker)
    case .suspend:
      guard let reason = form["suspend-reason"]?.nonEmpty else {
        throw Refusal.invalid([Problem("suspend-reason", "choose")])
      }
      try await SuspendCase(office)(id, because: reason, words: form["words"]?.nonEmpty, by: asker)
    case .resume: try await ResumeCase(office)(id, by: asker)
    case .reopen: return try await ReopenCase(office)(id, by: asker).id
    case .family:
      try await LinkFamily(office)(id, with: try await caseOf(number: form["number"] ?? "", asker), by: asker)
    case .unlinkFamily: try await UnlinkFamily(office)(id, by: asker)
    }
    return id
  }

  /// The case of a number as people say it, among those this person sees.
  private func caseOf(number: String, _ asker: Asker) async throws -> ID<CaseFile> {
    let typed = Text.withPlainDigits(Text.cleaned(number, keepingLines: false))
    guard !typed.isEmpty else { throw Refusal.invalid([Problem("number", "required")]) }
    let rows = try await ReadCaseload(office)(search: typed, for: asker).rows
    let found = rows.filter { $0.file.number == typed }
    guard let only = found.first, found.count == 1 else {
      throw Refusal.invalid([Problem("number", found.isEmpty ? "no-such-case" : "several-cases")])
    }
    return only.file.id
  }

  private func managing(_ context: PageContext) async throws -> ManagePage {
    let id = try context.id(of: CaseFile.self)
    let asker = try context.asker
    let page = try await ReadCase(office)(id, for: asker)
    guard !page.acts.isDisjoint(with: ManagePage.acts) else { throw Refusal.notFound }
    guard let form = office.practice.forms["conference"] else { throw Refusal.notFound }
    let picks = try await ReadPicks(office)(for: form, in: id, for: asker)
    let family = page.acts.contains(.linkFamily) ? try await ReadFamily(office)(id, for: asker) : []
    return ManagePage(page: page, staff: picks.staff.filter(\.isWorking), family: family)
  }
}

/// Level, who leads the case and who else sees it, pause and going on, a new episode.
struct ManagePage: Sendable {
  let page: CasePage
  let staff: [Picks.StaffPick]
  /// The other cases of the household.
  var family: [FamilyMember] = []
  var tried: ManageAct?
  var problems: [Problem] = []
  var typed: [String: String] = [:]

  /// Whoever may none of these does not find the page.
  static let acts: Set<Act> = [.changeLevel, .assign, .suspend, .reopen, .linkFamily]

  private var file: CaseFile { page.file }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let title = say("manage.title")
    return Page(
      say("manage.of", ["name": page.student.name]), place: .cases, width: .narrow, problems: problems.count
    ) {
      frame.crumbs([(say("caseload.title"), .cases), (page.student.name, .caseFile(file.id)), (title, nil)])
      frame.errorSummary(problems.map { (text: words($0, say), place: $0.field) })
      frame.pageHead(say("manage.of", ["name": page.student.name]))
      if page.acts.contains(.changeLevel), file.standing == .open { level(frame) }
      if page.acts.contains(.assign), file.standing != .ended, file.standing != .notSelected {
        manager(frame)
        if !file.isClosed { participants(frame) }
      }
      if page.acts.contains(.linkFamily), !file.isClosed { household(frame) }
      if page.acts.contains(.suspend), file.standing == .open { suspend(frame) }
      if page.acts.contains(.suspend), file.standing == .suspended { resume(frame) }
      if page.acts.contains(.reopen), file.isClosed || file.standing == .notSelected { reopen(frame) }
    }
  }

  private func words(_ problem: Problem, _ say: Speech) -> String {
    say("form.problem", ["field": say("manage.field.\(problem.field)"), "problem": say(problem)])
  }

  private func part(
    _ act: ManageAct, _ frame: Frame, danger: Bool = false, @HTMLBuilder content: () -> HTML
  ) -> HTML {
    let say = frame.say
    return section(.class("band"), .id("part-\(act.rawValue)"), .aria("labelledby", "h-\(act.rawValue)")) {
      h2(.id("h-\(act.rawValue)")) { say("manage.\(act.rawValue)") }
      p(.class("hint")) { say("manage.\(act.rawValue).text") }
      frame.form(.manage(act, file.id), .class("form tight mt3")) {
        content()
        div {
          button(.class(danger ? "btn danger" : "btn"), .data("busy", say("form.busy"))) {
            say("manage.\(act.rawValue).act")
          }
        }
      }
    }
  }

  private func field(
    _ name: String, _ frame: Frame, optional: Bool = false, @HTMLBuilder control: () -> HTML
  ) -> HTML {
    let problem = problems.first { $0.field == name }
    return div(.class(problem == nil ? "field" : "field bad")) {
      label(.for(name)) {
        frame.say("manage.field.\(name)")
        if optional { span(.class("optional")) { " " + frame.say("form.optional") } }
      }
      if let problem { frame.errorLine(frame.say(problem), id: name + "-e") }
      control()
    }
  }

  private func area(_ name: String, required: Bool) -> HTML {
    textarea(
      .class("area short"), .id(name), .name(name), .maxlength(Form.longestText), .required(required),
      .aria("describedby", problems.contains { $0.field == name } ? name + "-e" : nil)
    ) { typed[name] ?? "" }
  }

  private func level(_ frame: Frame) -> HTML {
    let chosen = typed["level"].flatMap { Int($0) } ?? file.level?.rawValue
    return part(.level, frame) {
      fieldset(.id("level"), .tabindex(-1)) {
        legend { frame.say("manage.field.level") }
        if let problem = problems.first(where: { $0.field == "level" }) {
          frame.errorLine(frame.say(problem), id: "level-e")
        }
        div(.class("choices row")) {
          for level in Level.allCases.reversed() {
            label(.class("choice")) {
              input(
                .type("radio"), .name("level"), .value(String(level.rawValue)),
                .checked(chosen == level.rawValue))
              span { frame.level(level) }
            }
          }
        }
      }
      field("reason", frame) { area("reason", required: true) }
    }
  }

  private func picks(_ name: String, _ offered: [Picks.StaffPick], _ frame: Frame) -> HTML {
    select(.class("select"), .id(name), .name(name)) {
      option(.value("")) { frame.say("form.choose") }
      for pick in offered {
        option(.value(pick.id.description), .selected(typed[name] == pick.id.description)) {
          "\(pick.name) (\(pick.roles.map { frame.say("role.\($0.rawValue)") }.sorted().joined(separator: ", ")))"
        }
      }
    }
  }

  private func manager(_ frame: Frame) -> HTML {
    let others = staff.filter { $0.roles.contains(.caseManager) && $0.id != file.manager }
    return part(.manager, frame) {
      p { frame.say("manage.manager.now", ["name": page.manager]) }
      others.isEmpty
        ? p(.class("meta")) { frame.say("manage.manager.none") }
        : field("manager", frame) { picks("manager", others, frame) }
    }
  }

  private func participants(_ frame: Frame) -> HTML {
    let say = frame.say
    let active = page.participants
    return HTML.several([
      part(.participant, frame) {
        field("staff", frame) { picks("staff", staff, frame) }
        field("capacity", frame) {
          select(.class("select"), .id("capacity"), .name("capacity")) {
            option(.value("")) { say("form.choose") }
            for capacity in Participant.Capacity.allCases where capacity != .manager {
              option(.value(capacity.rawValue), .selected(typed["capacity"] == capacity.rawValue)) {
                say("capacity.\(capacity.rawValue)")
              }
            }
          }
        }
        field("until", frame, optional: true) {
          input(
            .class("input w8"), .id("until"), .name("until"), .inputmode("numeric"), .autocomplete("off"),
            .value(typed["until"]))
        }
      },
      active.isEmpty
        ? .nothing
        : ul(.class("people")) {
          for line in active {
            li {
              b { line.name }
              span(.class("meta")) {
                say("capacity.\(line.participant.capacity.rawValue)")
                line.participant.until.map { " · " + say("case.until", ["day": say.short($0)]) } ?? ""
              }
              if line.participant.capacity != .manager {
                frame.form(.manage(.endParticipant, file.id)) {
                  input(.type("hidden"), .name("staff"), .value(line.participant.staff.description))
                  button(.class("btn quiet")) {
                    say("manage.end-participant.act")
                    span(.class("sr")) { ": " + line.name }
                  }
                }
              }
            }
          }
        },
    ])
  }

  /// 형제 묶음: whose cases are led together, and whose budget is counted together.
  private func household(_ frame: Frame) -> HTML {
    let say = frame.say
    if file.family != nil {
      return part(.unlinkFamily, frame) {
        ul(.class("people")) {
          for member in family {
            li {
              a(.href(Route.caseFile(member.file.id).address)) { member.student.name }
              span(.class("meta")) {
                [member.student.classLabel, member.file.number].compactMap { $0 }.joined(separator: " · ")
              }
            }
          }
        }
        if family.isEmpty { p(.class("meta")) { say("manage.family.unseen") } }
      }
    }
    return part(.family, frame) {
      field("number", frame) {
        input(
          .class("input w8"), .id("number"), .name("number"), .value(typed["number"]), .autocomplete("off"),
          .aria("describedby", problems.contains { $0.field == "number" } ? "number-e" : nil))
      }
    }
  }

  private func suspend(_ frame: Frame) -> HTML {
    part(.suspend, frame) {
      field("suspend-reason", frame) {
        select(.class("select"), .id("suspend-reason"), .name("suspend-reason")) {
          option(.value("")) { frame.say("form.choose") }
          for reason in ["vacation", "absence", "hospital", "other"] {
            option(.value(reason), .selected(typed["suspend-reason"] == reason)) {
              frame.say("suspend-reason.\(reason)")
            }
          }
        }
      }
      field("words", frame, optional: true) { area("words", required: false) }
    }
  }

  private func resume(_ frame: Frame) -> HTML { part(.resume, frame) {} }
  private func reopen(_ frame: Frame) -> HTML { part(.reopen, frame) {} }
}

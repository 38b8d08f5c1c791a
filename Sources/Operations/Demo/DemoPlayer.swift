internal import CaseWork
internal import Foundation
internal import Practice
internal import Repositories

/// Plays one case of the script: each step is the act a worker would have done on that day.
actor DemoPlayer {
  let office: Office
  private let people: DemoPeople
  let resources: [String: ID<Resource>]
  private let demoCase: DemoCase
  private let student: DemoStudent
  private var referral: ID<Referral>?
  private var file: CaseFile?
  /// By the names of the script.
  var linkages: [String: ID<Linkage>] = [:]
  var persons: [String: InformalResource] = [:]

  init(
    office: Office, people: DemoPeople, resources: [String: ID<Resource>], demoCase: DemoCase,
    student: DemoStudent
  ) {
    self.office = office
    self.people = people
    self.resources = resources
    self.demoCase = demoCase
    self.student = student
  }

  var newestCase: ID<CaseFile>? { file?.id }

  /// Reads the case anew after something was done to it from outside.
  func refresh(at moment: DemoMoment) async throws {
    guard let id = file?.id else { return }
    file = try await ReadCase(office.at(moment.instant))(id, for: try people.asker(moment.by)).file
  }

  func play(_ moment: DemoMoment) async throws {
    do {
      try await act(moment, at: office.at(moment.instant), by: try people.asker(moment.by))
    } catch let refusal as Refusal {
      throw DemoProblem(file: demoCase.id, reason: "\(moment.day) \(moment.verb): \(refusal)")
    }
  }

  private func act(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    switch moment.verb {
    case "refer": try await refer(moment, at: then, by: asker)
    case "receive", "reopen": try await receive(moment, at: then, by: asker)
    case "reply": try await reply(moment, at: then, by: asker)
    case "intake": try await intake(moment, at: then, by: asker)
    case "consent": try await consent(moment, at: then, by: asker)
    case "assess": try await assess(moment, at: then, by: asker)
    case "reassess": try await reassess(moment, at: then, by: asker)
    case "score": try await score(moment, at: then, by: asker)
    case "conference": try await conference(moment, at: then, by: asker)
    case "plan": try await plan(moment, at: then, by: asker)
    case "contact", "contacts": _ = try await RecordContact(then)(contact(moment), in: try opened, by: asker)
    case "monitor": try await note(RecordMonitoring(then)(rated(moment), in: try opened, by: asker))
    case "evaluate": try await note(Evaluate(then)(rated(moment), in: try opened, by: asker))
    case "close": try await note(CloseCase(then)(dated(moment), in: try opened, by: asker))
    case "follow-up": try await note(RecordFollowUp(then)(dated(moment), in: try opened, by: asker))
    case "transfer": try await note(TransferOut(then)(dated(moment), in: try opened, by: asker))
    case "recommend": try await note(Recommend(then)(dated(moment), in: try opened, by: asker))
    case "ask-access":
      try await note(ReceiveAccessRequest(then)(access(moment), in: try opened, by: asker))
    case "answer-access": try await answerAccess(moment, at: then, by: asker)
    case "link": try await link(moment, at: then, by: asker)
    case "link-move": try await moveLink(moment, at: then, by: asker)
    case "link-help": try await answerHelp(moment, at: then, by: asker)
    case "person": try await notePerson(moment, at: then, by: asker)
    case "person-ends": try await endPerson(moment, at: then, by: asker)
    case "unmet": try await noteUnmet(moment, at: then, by: asker)
    case "emergency":
      try await note(StartEmergency(then)(dated(moment), for: student.id, in: student.school.id, by: asker))
    case "abuse":
      try await ReportAbuse(then)(dated(moment), about: student.id, in: student.school.id, by: asker)
    default: throw DemoProblem(file: demoCase.id, reason: "nobody knows how to \(moment.verb)")
    }
  }

  var opened: ID<CaseFile> {
    get throws {
      guard let file else { throw DemoProblem(file: demoCase.id, reason: "no case has been opened") }
      return file.id
    }
  }

  private func note(_ saved: SavedRecord) { file = saved.file }

  private func refer(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    referral = try await SendReferral(then)(
      answers(moment), for: student.id, in: student.school.id, route: moment.value["route"]?.text ?? "RR01",
      by: asker)
  }

  private func receive(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    guard let referral else { throw DemoProblem(file: demoCase.id, reason: "nobody referred") }
    file = try await ReceiveReferral(then)(referral, by: asker)
    guard let text = moment.value["text"]?.text else { return }
    try await ReplyToReferral(then)(
      referral, kind: .progress, text: text, request: moment.value["request"]?.text, by: asker)
  }

  private func reply(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    guard let referral, let kind = moment.value["kind"]?.text.flatMap(Referral.Reply.Kind.init(rawValue:))
    else {
      throw DemoProblem(file: demoCase.id, reason: "a reply needs a referral and a kind")
    }
    try await ReplyToReferral(then)(
      referral, kind: kind, text: moment.value["text"]?.text ?? "", request: moment.value["request"]?.text,
      by: asker)
  }

  private func intake(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    var answers = dated(moment)
    answers["confidentiality-read"] = "yes"
    answers["risk-screened"] = "yes"
    let saved = try await WriteRecord(then)(.intake, answers, in: try opened, by: asker)
    file = try await DecideIntake(then)(saved.id, from: saved.version, in: try opened, by: asker)
  }

  private func consent(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let value = moment.value
    let guardian = value["guardian"]?.text.flatMap { student.relatives[$0] }
    let until = value["until"]?.day ?? SchoolYear.lastDay(of: SchoolYear.year(of: moment.day))
    let method = value["method"]?.text ?? "paper"
    var given: [AnswerConsent.Given] = []
    func ask(
      _ names: [String], _ party: Consent.Party, _ answer: Consent.Answer, to recipient: ID<Resource>? = nil,
      items: [String] = [], until: Day
    ) {
      for purpose in names.compactMap(Consent.Purpose.init(rawValue:)) {
        let version = office.practice.consentTexts.first { $0.purpose == purpose }?.version ?? 1
        given.append(
          AnswerConsent.Given(
            purpose, party, answer, until: until, method: method,
            relative: party == .guardian ? guardian : nil,
            guardianConfirmation: party == .guardian ? value["confirmation"]?.text ?? "signature" : nil,
            wording: Consent.WordingVersion(id: purpose.rawValue, version: version), recipient: recipient,
            items: items))
      }
    }
    let items =
      value["items"]?.texts ?? (value["agree"]?.texts.contains("transfer") ?? false ? Self.transferItems : [])
    for party in Consent.Party.allCases {
      ask(value["agree"]?.texts ?? [], party, .yes, items: items, until: until)
      for share in value["share"]?.list ?? [] {
        ask(
          ["share"], party, .yes, to: share["to"]?.text.flatMap { resources[$0] },
          items: share["items"]?.texts ?? [],
          until: share["until"]?.day ?? until)
      }
    }
    ask(value["agree-student"]?.texts ?? [], .student, .yes, until: until)
    ask(value["refuse-guardian"]?.texts ?? [], .guardian, .no, until: until)
    file = try await AnswerConsent(then)(given, in: try opened, by: asker)
  }

  private static let transferItems = ["learning", "meals", "attendance", "emotion"]

  private func access(_ moment: DemoMoment) -> Answers {
    var answers = dated(moment)
    answers["relative"] = moment.value["guardian"]?.text.flatMap { student.relatives[$0] }?.description
    return answers
  }

  /// The answer is added to what was asked.
  private func answerAccess(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let id = try opened
    guard let asked = try await ReadCase(then)(id, for: asker).latest[.accessRequest] else {
      throw DemoProblem(file: demoCase.id, reason: "nobody asked to read")
    }
    var answers = try await ReadRecord(then)(asked.id, in: id, for: asker).record.answers
    let given = self.answers(moment)
    for path in given.paths { answers[all: path] = given[all: path] }
    answers["answered"] = moment.day.description
    note(
      try await AnswerAccessRequest(then)(asked.id, answers, from: asked.version, in: id, by: asker))
  }

  private func beginAssessment(at then: Office, by asker: Asker) async throws {
    guard file?.stage == .intake else { return }
    file = try await TakeStep(then)("to-assessment", in: try opened, by: asker)
  }

  private func score(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    try await beginAssessment(at: then, by: asker)
    var answers = Answers(["day": [moment.day.description]])
    for name in ["instrument", "respondent", "total"] { answers[name] = moment.value[name]?.text }
    for item in moment.value["items"]?.parts ?? [] { answers["item-\(item.name)"] = item.value.text }
    for sub in moment.value["subs"]?.parts ?? [] { answers["sub-\(sub.name)"] = sub.value.text }
    answers["safe-now"] = moment.value["safe"]?.text
    note(try await WriteRecord(then)(.score, answers, in: try opened, finishing: true, by: asker))
  }

  private func assess(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    try await beginAssessment(at: then, by: asker)
    note(
      try await WriteRecord(then)(
        .assessment, scaled(dated(moment), by: moment), in: try opened, finishing: true, by: asker))
  }

  /// A reassessment starts from the last assessment and changes what the script says.
  private func reassess(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    var answers = try await BeginRecord(then)(.reassessment, in: try opened, for: asker).answers
    var needs = answers.rows("needs")
    for index in needs.indices {
      guard let area = needs[index]["area"], let now = moment.value["with"]?["severities"]?[area]?.text else {
        continue
      }
      needs[index]["severity"] = now
    }
    answers = answers.replacing("needs", with: needs)
    for part in moment.value["with"]?.parts ?? [] where part.name != "severities" && part.name != "risk" {
      answers[part.name] = part.value.text
    }
    answers["day"] = moment.day.description
    note(
      try await Reassess(then)(scaled(answers, by: moment), in: try opened, finishing: true, by: asker))
  }

  /// The ten scores of the risk scale, in the order of the form, and why the level differs where it does.
  private func scaled(_ given: Answers, by moment: DemoMoment) -> Answers {
    var answers = given
    answers[all: "risk"] = []
    let names = [
      "safety", "living", "protection", "emotion", "behaviour", "attendance", "learning", "peers", "health",
      "economy",
    ]
    for (name, score) in zip(names, moment.value["with"]?["risk"]?.list ?? []) {
      answers["risk-\(name)"] = score.text
    }
    let risk = Risk(answers)
    if answers.number("level") != risk.suggested.rawValue, answers["level-why"] == nil {
      answers["level-why"] = "점수와 달리 지금의 도움을 이어 가기로 함께 정했다."
    }
    return answers
  }

  private func conference(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    var answers = dated(moment)
    let attendees = try (moment.value["attend"]?.texts ?? []).map { name -> Answers in
      let staff = try people.asker(name).staff
      return Answers(["staff": [staff.id.description], "part": [Self.part(of: staff, called: name)]])
    }
    answers = answers.replacing("attendees", with: attendees)
    let tasks = try (moment.value["tasks"]?.list ?? []).map { task -> Answers in
      var row = task.answers
      row["who"] = try people.asker(task["who"]?.text ?? "").staff.id.description
      return row
    }
    answers = answers.replacing("tasks", with: tasks)
    answers["manager"] = try people.asker("yedam").staff.id.description
    let saved = try await WriteRecord(then)(.conference, answers, in: try opened, by: asker)
    file = try await SelectCase(then)(saved.id, from: saved.version, in: try opened, by: asker)
    // Who was given a task does it on the day before it is due.
    for line in try await ReadCase(then)(try opened, for: asker).tasks {
      guard let owner = people.staff.values.first(where: { $0.id == line.task.staff }) else { continue }
      let done = office.at(line.task.due.startInKorea.addingTimeInterval(-8 * 3600))
      try await FinishTask(done)(line.task.id, by: Asker(staff: owner, address: "127.0.0.1", route: "demo"))
    }
  }

  private static func part(of staff: Staff, called name: String) -> String {
    switch name {
    case "bora": "counsellor"
    case "hanui": "health"
    case "dasol": "special"
    default:
      staff.has(.vicePrincipal)
        ? "vice-principal"
        : staff.has(.principal) ? "principal" : staff.has(.caseManager) ? "case-manager" : "homeroom"
    }
  }

  private func plan(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    var answers = answers(moment)
    let goals = (moment.value["goals"]?.list ?? []).map { goal -> Answers in
      var row = goal.answers
      row[all: "levels"] = []
      row = row.replacing("levels", with: [])
      let levels = (goal["levels"]?.list ?? []).map(\.list)
      // A ladder is measured on all five rungs or told in words on all five.
      let isMeasured = levels.allSatisfy { $0.count == 3 }
      for (name, parts) in zip(["m2", "m1", "z0", "p1", "p2"], levels) {
        row[name] = parts.first?.text
        if isMeasured {
          row["\(name)-from"] = parts[1].text
          row["\(name)-to"] = parts[2].text
        }
      }
      return row
    }
    answers = answers.replacing("goals", with: goals)
    answers = answers.replacing(
      "actions", with: (moment.value["actions"]?.list ?? []).map { resolved($0.answers) })
    answers = answers.replacing(
      "crisis", with: (moment.value["crisis"]?.texts ?? []).map { Answers(["step": [$0]]) })
    for party in ["student", "guardian"] {
      answers["agree-\(party)"] = "yes"
      answers["agree-\(party)-day"] = moment.day.description
      answers["agree-\(party)-method"] = "paper"
    }
    let saved = try await WriteRecord(then)(.plan, answers, in: try opened, finishing: true, by: asker)
    guard let approver = moment.value["approve"]?["by"]?.text, let day = moment.value["approve"]?["day"]?.day
    else {
      return
    }
    let later =
      day > moment.day
      ? day.startInKorea.addingTimeInterval(10 * 3600) : moment.instant.addingTimeInterval(3600)
    file = try await ApprovePlan(office.at(later))(
      saved.id, from: saved.version, in: try opened, by: try people.asker(approver))
  }

  private func contact(_ moment: DemoMoment) -> Answers {
    var answers = dated(moment)
    guard moment.verb == "contacts" else { return answers }
    let value = moment.value
    let texts = value["texts"]?.texts ?? []
    let said = value["said"]?.texts ?? []
    answers["service"] = value["service"]?.text
    answers["legal-kind"] = value["legal"]?.text
    answers["method"] = value["method"]?.text
    answers["minutes"] = value["minutes"]?.text
    answers[all: "goals"] = value["goals"]?.texts ?? []
    answers[all: "with"] = [value["with"]?.text ?? "student"]
    answers["facts"] = texts.isEmpty ? nil : texts[moment.turn % texts.count]
    if !said.isEmpty { answers["said"] = said[moment.turn % said.count] }
    answers["risk-check"] = "safe"
    return answers
  }

  private func rated(_ moment: DemoMoment) -> Answers {
    let rows = (moment.value["ratings"]?.texts ?? []).enumerated().map { index, rating in
      Answers(["goal": [String(index + 1)], "rating": [rating]])
    }
    return dated(moment).replacing("ratings", with: rows)
  }

  private func dated(_ moment: DemoMoment) -> Answers {
    var answers = answers(moment)
    answers["day"] = moment.day.description
    return answers
  }

  /// What was filled in, with names of the script turned into ids.
  private func answers(_ moment: DemoMoment) -> Answers {
    guard let with = moment.value["with"], with.text == nil else { return Answers() }
    return resolved(with.answers)
  }

  private func resolved(_ given: Answers) -> Answers {
    var answers = given
    if let name = answers["resource"] { answers["resource"] = resources[name]?.description }
    if let name = answers["person"] { answers["person"] = persons[name]?.id.description }
    return answers
  }
}

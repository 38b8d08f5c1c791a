import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Vault

/// Whose a record is, from where the case manager stands.
enum Whose: String, CaseIterable {
  case own, another, far, absent
}

/// A case each of the case manager, of the colleague at the same school, and of the other school, and one of everything
/// that an address can name.
struct DoorsWorld {
  let world: World
  /// What stands in the place of each name in an address, by whose it is and by what the address is about.
  private let values: [Whose: [String: String]]

  init(_ engine: Engine) async throws {
    world = try await World.make(on: engine)
    try await SetUpOffice(world.office)("한빛교육복지센터(가상)")
    let file = try await world.servedCase(.harin)
    try await Self.letIn(world, to: file)
    let waiting = try await world.refer(.garam)
    values = [
      .own: try await Self.all(
        of: file, by: .caseManager, from: .teacher, waiting: waiting, child: .harin, in: world),
      .another: try await Self.begun(by: .colleague, from: .homeroom, .narae, waiting: .noeul, in: world),
      .far: try await Self.begun(by: .stranger, from: .stranger, .sora, waiting: .sora, in: world),
      .absent: [:],
    ]
  }

  /// `/cases/{id}/records/{record}` filled with what is `whose`; whatever is not there gets an id that nobody has.
  func address(_ pattern: String, _ whose: Whose) -> String {
    let about = pattern.split(separator: "/").first.map(String.init) ?? ""
    var address = pattern
    for match in pattern.matches(of: /\{(\w+)\}/) {
      let name = String(match.output.1)
      let names = ["\(pattern) \(name)", "\(about) \(name)", name]
      let found = names.lazy.compactMap { values[whose]?[$0] }.first { !$0.isEmpty }
      address = address.replacing(
        "{\(name)}", with: found ?? Self.words[name] ?? "00000000-0000-4000-8000-000000000000")
    }
    return address
  }

  /// What an address names by a word and not by an id; the same for all.
  private static let words = [
    "kind": "contact", "step": "to-service", "act": "manager", "year": "2026", "code": "C01",
    "digest": "0", "name": "none.css",
  ]

  /// Whoever meets a case without leading it.
  private static func letIn(_ world: World, to file: CaseFile) async throws {
    for (person, capacity): (World.Person, Participant.Capacity) in [
      (.specialist, .specialist), (.supervisor, .supervisor), (.centreStaff, .centre),
    ] {
      try await AddParticipant(world.office)(
        world.id(person), as: capacity, in: file.id, by: world.asker(.caseManager))
    }
  }

  private static func begun(
    by manager: World.Person, from referrer: World.Person, _ child: World.Child, waiting: World.Child,
    in world: World
  ) async throws -> [String: String] {
    let (office, asker) = (world.office, world.asker(manager))
    let school = manager == .stranger ? world.otherSchool.id : world.school.id
    let sent = try await SendReferral(office)(
      Filled.referral, for: world.student(child), in: school, by: world.asker(referrer))
    let file = try await ReceiveReferral(office)(sent, by: asker)
    let intake = try await WriteRecord(office)(.intake, Filled.intake(world.today), in: file.id, by: asker)
    try await DecideIntake(office)(intake.id, from: intake.version, in: file.id, by: asker)
    try await AnswerConsent(office)(world.agreement(), in: file.id, by: asker)
    let next = try await SendReferral(office)(
      Filled.referral, for: world.student(waiting), in: school, by: world.asker(referrer))
    return try await all(of: file, by: manager, from: referrer, waiting: next, child: child, in: world)
  }

  /// One more of everything, of one case.
  private static func all(
    of file: CaseFile, by manager: World.Person, from referrer: World.Person, waiting: ID<Referral>,
    child: World.Child, in world: World
  ) async throws -> [String: String] {
    let (office, asker, day) = (world.office, world.asker(manager), world.today)
    let contact = try await RecordContact(office)(Filled.contact(day), in: file.id, by: asker)
    let minutes = try await WriteRecord(office)(
      .conference, Filled.conference(day, tasksFor: world.id(manager)), in: file.id, finishing: true,
      by: asker)
    let request = try await ReceiveAccessRequest(office)(
      Filled.answers([
        "day": "\(day)", "asker": "legal-guardian", "identity": "signature", "asked": "모두 보고 싶다.",
      ]), in: file.id, by: asker)
    let relative: ID<Relative> = office.id(at: office.clock())
    try await EditHousehold(office).add(
      Relative(id: relative, relation: "RS04", name: "박가온"), to: file.student, by: asker.staff)
    let report = try await ReportAbuse(office)(
      Filled.answers([
        "day": "\(day)", "noticed-at": "09:10", "reported-at": "09:40", "reported-to": "112",
        "words": "팔이 아파요.",
      ]), about: file.student, in: file.school, by: asker)
    let resource = try await KeepResource(office)(
      Resource(
        id: office.id(at: office.clock()), name: "곁(가상)", kind: "ORG-01", formality: "formal",
        place: "community", description: "돕는다.", verifiedOn: day), by: asker)
    let offer = try await ReadResource(office)(resource.id, by: asker).offers.first?.id.description ?? ""
    let development = try await Develop(office).begin("야간 상담", for: "N03", until: nil, by: asker)
    let unmet = try await RecordUnmetNeed(office)("N03", because: "none", text: nil, in: file.id, by: asker)
    var told = InformalResource.Told()
    (told.name, told.kind, told.needs, told.gives) = ("최말순", "neighbour", ["N03"], "아침에 깨운다.")
    let person = try await KeepInformalResource(office)(
      InformalResource(id: office.id(at: office.clock()), told), in: file.id, by: asker)
    let directory = try await ImportDirectory(office).receive(
      Array("기관명,서비스명,전화\n곁(가상),돌봄,02-0000-0000\n".utf8), name: "a.csv", by: asker)
    let (draft, sent) = try await linkages(of: file, with: resource.id, by: asker, in: world)
    let list = try await ImportRoster(office).preview(
      Array("학번,성명,학년,반\nA1,김하늘,2,3\nA2,,2,3".utf8), name: "a.csv", in: file.school,
      year: SchoolYear.year(of: day), by: asker)
    let (name, password) = World.signIn(of: manager)
    _ = try await SignIn(office)(name, password: password, from: "192.0.2.9", on: "another")
    let programme = try await programme(with: file, by: manager, in: world)
    let arrived = try await world.sentByAgency(by: manager)
    let invited = try await world.askedAgency(by: manager)
    let plan = try await stored("SELECT id FROM case_record WHERE kind = 'plan'", of: file, in: world)
    let selection = try await stored(
      "SELECT id FROM case_record WHERE kind = 'conference'", of: file, in: world)
    return programme.merging([
      "cases id": file.id.description, "students id": file.student.description,
      "schools id": file.school.description, "staff id": world.id(referrer).description,
      "resources id": resource.id.description, "directory id": directory.description,
      "developments id": development.id.description, "cases unmet": unmet.id.description,
      "resources offer": offer, "cases person": person.id.description,
      "abuse id": report.description,
      "referrals id": waiting.description, "tasks id": try await task(of: minutes.id, in: world),
      "rosters id": list.id?.description ?? "", "school": file.school.description,
      "person": relative.description, "record": contact.id.description,
      "agency-referrals id": arrived.referral.id.description,
      "/agency-referrals/{id}/revoke id": invited.referral.id.description,
      "/l/{token}/referral token": invited.key.token,
      "linkage": sent.linkage.id.description, "token": sent.key.token,
      "/cases/{id}/linkages/{linkage}/edit linkage": draft.id.description,
      "/cases/{id}/linkages/{linkage}/send linkage": draft.id.description,
      "/cases/{id}/linkages/{linkage}/acts/{act} act": "move",
      "consent": try await stored("SELECT id FROM consent WHERE 1 = 1", of: file, in: world),
      "/cases/{id}/records/{record}/copy record": request.id.description,
      "/cases/{id}/records/{record}/approve record": plan,
      "/cases/{id}/records/{record}/hand-back record": plan,
      "/cases/{id}/records/{record}/select record": selection,
    ]) { _, other in other }
  }

  /// A programme with the case's student in it, and one session.
  private static func programme(
    with file: CaseFile, by manager: World.Person, in world: World
  ) async throws -> [String: String] {
    let (office, asker, day) = (world.office, world.asker(manager), world.today)
    let programme = try await KeepProgramme(office)(
      Programme(
        id: office.id(at: office.clock()), school: file.school, name: "또래 집단(가상)", service: "D12",
        first: day, last: day.adding(days: 30), places: 4, leader: world.id(manager)), by: asker)
    let seat = try await EnrolInProgramme(office)([file.id], in: programme.id, by: asker)[0]
    let held = try await HoldSession(office)(
      programme.id, number: 1, topic: "", Filled.contact(day), for: [.init(seat.id, .present)], by: asker)
    return [
      "programmes id": programme.id.description, "programmes seat": seat.id.description,
      "programmes session": held.id.description,
    ]
  }

  /// One that was not sent yet, and one that was.
  private static func linkages(
    of file: CaseFile, with resource: ID<Resource>, by asker: Asker, in world: World
  ) async throws -> (Linkage, SentLinkage) {
    let input = LinkageInput(recipient: resource, items: ["grade"], message: "도와주세요.")
    let draft = try await DraftLinkage(world.office)(input, in: file.id, by: asker)
    let other = try await DraftLinkage(world.office)(input, in: file.id, by: asker)
    let sent = try await SendLinkage(world.office)(
      other.id, from: other.version, ground: "life", because: "위급하다.", in: file.id, by: asker)
    return (draft, sent)
  }

  private static func stored(_ sql: SQL, of file: CaseFile, in world: World) async throws -> String {
    try await world.database.read { session in
      try session.row("\(sql) AND case_id = \(file.id) ORDER BY id LIMIT 1") { try $0.get(0) } ?? ""
    }
  }

  private static func task(of record: ID<CaseRecord>, in world: World) async throws -> String {
    try await world.database.read { session in
      try session.row("SELECT id FROM task WHERE record_id = \(record)") { try $0.get(0) } ?? ""
    }
  }
}

public import CaseWork
public import Foundation
import Practice
public import Repositories
import Store

/// One list of all that waits for one person: due and overdue, tasks, referrals, approvals, news, begun forms.
public struct ReadToday: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// At most so many of each source.
  private static let limit = 100

  public func callAsFunction(for asker: Asker) async throws -> Today {
    try await office.look("today", by: asker) { desk in
      let files = desk.session.caseFiles(seenBy: desk.staff, on: desk.day)
      let today = desk.day
      let weekEnd = max(today.monday.adding(days: 6), today.adding(days: 6))
      let dues = try files.dues(until: weekEnd, atMost: ReadToday.limit)
      let tasks = try desk.session.tasks.open(of: desk.staff.id, atMost: ReadToday.limit)
      let receiving = desk.staff.schools.filter {
        desk.practice.permissions.allow(.receiveReferral, as: desk.staff.roles(in: $0), at: nil)
      }
      let referrals =
        receiving.isEmpty
        ? [] : try desk.session.referrals(seenBy: desk.staff).waiting(atMost: ReadToday.limit)
      let arrived =
        receiving.isEmpty
        ? [] : try desk.session.agencyReferrals.waiting(in: receiving, atMost: ReadToday.limit).map(\.header)
      let approving = desk.staff.schools.filter { school in
        desk.practice.permissions.allow(.approvePlan, as: desk.staff.roles(in: school), at: .planning)
      }
      let approvals = try files.waitingForApproval(in: approving, atMost: ReadToday.limit)
      let notices = try desk.session.notices(of: desk.staff.id).unseen(atMost: ReadToday.limit)
      let begun = try files.begunForms(atMost: 20).map(BegunPlace.init)
      let told = try files.some(
        Array(
          Set(
            tasks.map(\.task.caseFile) + notices.compactMap(\.caseFile)
              + begun.compactMap(\.caseFile))
        ).sorted())

      var subjects = (dues.map(\.file) + approvals.map(\.file) + told.values).map {
        Subject($0.student, $0.school)
      }
      subjects += referrals.map { Subject($0.header.student, $0.header.school) }
      let lines = try desk.lines(of: subjects)
      for (school, ofSchool) in Dictionary(grouping: tasks, by: \.task.school) {
        try desk.sealer.gather(ofSchool.map(\.student), of: school)
      }
      let agencies = try desk.resourceNames(arrived.map(\.agency) + referrals.compactMap(\.header.agency))
      let names = try desk.staffNames(referrals.map(\.header.by) + approvals.map(\.author))

      let calendars = try desk.calendars(of: dues.map(\.file.school))
      func about(_ file: CaseFile) -> TodayEntry.About {
        TodayEntry.About(
          file: file, student: lines[Subject(file.student, file.school)] ?? .unknown(file.student))
      }
      var entries = dues.map { listed in
        TodayEntry(
          kind: .due(listed.due.kind, number: listed.due.number), day: listed.due.day,
          left: (calendars[listed.file.school] ?? SchoolCalendar()).left(
            until: listed.due.day, from: today, in: listed.due.calendar),
          limit: desk.practice.policy.limit(of: listed.due.kind, at: listed.file.level),
          about: about(listed.file), today: today)
      }
      for (task, student, sealed) in tasks {
        let what = try desk.open(
          String.self, sealed, "task", task.id.description, 1, of: Subject(student, task.school))
        // Somebody outside the case, a homeroom teacher, sees the task alone.
        entries.append(
          TodayEntry(
            kind: .task(task.id, what), day: task.due, about: told[task.caseFile].map(about),
            school: task.school,
            today: today))
      }
      for referral in referrals {
        let header = referral.header
        let subject = Subject(header.student, header.school)
        entries.append(
          TodayEntry(
            kind: .referral(
              header.id, isUrgent: header.isUrgent,
              by: header.agency.map { agencies[$0] ?? "" } ?? names[header.by] ?? "",
              isOfAgency: header.agency != nil),
            day: Day(inKoreaAt: header.at),
            limit: desk.practice.policy.limit(of: "first-contact", at: header.isUrgent ? .urgent : nil),
            about: nil, student: lines[subject], school: header.school, today: today,
            isNow: true))
      }
      for header in arrived {
        entries.append(
          TodayEntry(
            kind: .agencyReferral(
              header.id, isUrgent: header.isUrgent, agency: agencies[header.agency] ?? ""),
            day: Day(inKoreaAt: header.sentAt ?? header.madeAt),
            limit: desk.practice.policy.limit(of: "first-contact", at: header.isUrgent ? .urgent : nil),
            about: nil, school: header.school, today: today, isNow: true))
      }
      for waiting in approvals {
        entries.append(
          TodayEntry(
            kind: .approval(
              waiting.id, waiting.kind, series: waiting.series, by: names[waiting.author] ?? ""),
            day: Day(inKoreaAt: waiting.askedAt), about: about(waiting.file), today: today, isNow: true))
      }
      for notice in notices {
        entries.append(
          TodayEntry(
            kind: .notice(notice), day: Day(inKoreaAt: notice.at),
            about: notice.caseFile.flatMap { told[$0] }.map(about), today: today, isNews: true))
      }
      let counts = try desk.counts(files, CaseFilter(isMine: true))
      return Looked(
        Today(
          day: today, entries: entries.sorted(by: TodayEntry.isBefore),
          drafts: try desk.drafts(begun, about: told, lines),
          counts: counts, schools: try desk.session.schools.several(Set(desk.staff.schools))),
        at: subjects)
    }
  }
}

/// The desk of one person on one day.
public struct Today: Hashable, Sendable {
  public let day: Day
  /// In the order in which they are shown: group by group, the oldest first; news the newest first.
  public let entries: [TodayEntry]
  /// Forms begun and not sent, the newest first.
  public let drafts: [TodayDraft]
  /// Of the cases this person leads.
  public let counts: CaseloadCounts
  /// Where this person works; none where that is one school.
  public let schools: [School]

  public func entries(in group: TodayEntry.Group) -> [TodayEntry] { entries.filter { $0.group == group } }

  /// What lies on each day of this week, Monday first.
  public var week: [(day: Day, entries: [TodayEntry])] {
    (0..<7).map { offset in
      let day = day.monday.adding(days: offset)
      return (day, entries.filter { $0.day == day && $0.group != .news })
    }
  }
}

/// A form that somebody began: where it goes on, and whom it is about where that may be seen.
public struct TodayDraft: Hashable, Sendable {
  /// Where it is kept: the form and what it is about.
  public let place: String
  /// The form's name: a kind of record, `referral`, ….
  public let form: String
  /// The case it belongs to.
  public let caseFile: ID<CaseFile>?
  /// The record that is being corrected.
  public let record: ID<CaseRecord>?
  public let student: StudentLine?
  /// The programme whose session is written down.
  public let programme: ID<Programme>?
  public let savedAt: Date
}

/// A begun form, its place taken apart: `contact/<case>`, `plan/<case>/<record>`, `referral/<student>`,
/// `emergency/student/<student>`, `sweep/<programme>`.
private struct BegunPlace {
  let begun: BegunForm
  let form: String
  let caseFile: ID<CaseFile>?
  let record: ID<CaseRecord>?
  let student: ID<Student>?
  let programme: ID<Programme>?

  init(_ begun: BegunForm) {
    let parts = begun.place.split(separator: "/").map(String.init)
    self.begun = begun
    form = parts.first ?? ""
    let isOfStudent = form == "referral" || parts.dropFirst().first == "student"
    student = isOfStudent ? parts.last.flatMap { ID($0) } : nil
    let isOfProgramme = form == "sweep"
    programme = isOfProgramme ? parts.last.flatMap { ID($0) } : nil
    caseFile = isOfStudent || isOfProgramme || parts.count < 2 ? nil : ID(parts[1])
    record = isOfStudent || isOfProgramme || parts.count < 3 ? nil : ID(parts[2])
  }
}

extension Desk {
  /// The drafts with the names of those they are about: of a case that is seen, or of a student of one's own school.
  fileprivate func drafts(
    _ begun: [BegunPlace], about files: [ID<CaseFile>: CaseFile], _ lines: [Subject: StudentLine]
  ) throws -> [TodayDraft] {
    let students = try listed(begun.compactMap(\.student))
    return begun.map { place in
      let file = place.caseFile.flatMap { files[$0] }
      let student = place.student.flatMap { students[$0] }
      return TodayDraft(
        place: place.begun.place, form: place.form, caseFile: file?.id,
        record: file == nil ? nil : place.record,
        student: file.flatMap { lines[Subject($0.student, $0.school)] } ?? student,
        programme: place.programme, savedAt: place.begun.savedAt)
    }
  }

  private func listed(_ ids: [ID<Student>]) throws -> [ID<Student>: StudentLine] {
    guard !ids.isEmpty else { return [:] }
    let found = try session.students(of: staff.schools, with: sealer, remembering: office.students).some(
      ids, year: SchoolYear.year(of: day))
    return Dictionary(found.map { ($0.id, StudentLine($0)) }, uniquingKeysWith: { first, _ in first })
  }
}

/// One thing that waits, and why.
public struct TodayEntry: Hashable, Sendable {
  public enum Group: Int, Hashable, Sendable, CaseIterable {
    case overdue, today, week, news
  }

  public enum Kind: Hashable, Sendable {
    /// The wording's key under `due.`, and the number in a series.
    case due(String, number: Int?)
    case task(ID<CaseTask>, String)
    case referral(ID<Referral>, isUrgent: Bool, by: String, isOfAgency: Bool)
    /// Of an agency, and the student is not found yet.
    case agencyReferral(ID<AgencyReferral>, isUrgent: Bool, agency: String)
    case approval(ID<CaseRecord>, CaseRecord.Kind, series: Int, by: String)
    case notice(Notice)
  }

  /// The case it is about.
  public struct About: Hashable, Sendable {
    public let file: CaseFile
    public let student: StudentLine
  }

  public let kind: Kind
  public let group: Group
  public let day: Day
  /// The days until it is due in the unit of its clock; negative when late.
  public let left: DayCount
  /// Within how many days it is due, where the policy sets a number: what `{days}` stands for in `due.<kind>`.
  public let limit: DayCount?
  public let about: About?
  public let student: StudentLine?
  public let school: ID<School>?

  init(
    kind: Kind, day: Day, left: DayCount? = nil, limit: DayCount? = nil, about: About?,
    student: StudentLine? = nil,
    school: ID<School>? = nil, today: Day, isNow: Bool = false, isNews: Bool = false
  ) {
    self.kind = kind
    self.day = day
    self.about = about
    self.student = student ?? about?.student
    self.school = school ?? about?.file.school
    self.left = left ?? DayCount(today.days(until: day), .civil)
    self.limit = limit
    group =
      if isNews { .news } else if isNow || day == today { .today } else if day < today { .overdue } else {
        .week
      }
  }

  /// News begin with the newest; everything else with what waits longest.
  static func isBefore(_ a: TodayEntry, _ b: TodayEntry) -> Bool {
    if a.group == .news, b.group == .news { return a.day > b.day }
    return (a.group.rawValue, a.urgency, a.day) < (b.group.rawValue, b.urgency, b.day)
  }

  /// Urgent referrals stand first in their group; then what is due, in its order.
  private var urgency: Int {
    if case .referral(_, isUrgent: true, _, _) = kind { return 0 }
    if case .agencyReferral(_, isUrgent: true, _) = kind { return 0 }
    return 1
  }
}

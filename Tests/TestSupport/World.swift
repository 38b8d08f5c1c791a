public import CaseWork
public import Foundation
public import Operations
import Practice
import Repositories
public import Store
import Synchronization
public import Vault

/// A small world of named people, made through the acts: two schools, one member of staff in each role, a few students.
///
/// Everyone in it is invented.
public struct World: Sendable {
  public let office: Office
  public let database: any Database
  public let watch: Watch
  public let school: School
  public let otherSchool: School
  public let staff: [Person: Staff]
  public let students: [Child: ID<Student>]

  /// The members of staff; all but `stranger` work at the school, who is case manager of the other one.
  public enum Person: String, CaseIterable, Sendable {
    case teacher = "윤나래"
    case homeroom = "한이슬"
    case caseManager = "강예담"
    /// A second case manager of the same school, who leads other cases.
    case colleague = "문다온"
    case specialist = "구새봄"
    case vicePrincipal = "홍가을"
    case principal = "서온유"
    case supervisor = "나은결"
    case centreStaff = "도하늘"
    case privacyOfficer = "진서리"
    case administrator = "마루한"
    case stranger = "길도담"

    var role: Role {
      switch self {
      case .teacher, .homeroom: .teacher
      case .caseManager, .colleague, .stranger: .caseManager
      case .specialist: .specialistTeacher
      case .vicePrincipal: .vicePrincipal
      case .principal: .principal
      case .supervisor: .supervisor
      case .centreStaff: .centreStaff
      case .privacyOfficer: .privacyOfficer
      case .administrator: .administrator
      }
    }
  }

  public enum Child: String, CaseIterable, Sendable {
    /// Nine years old.
    case harin = "박하린"
    /// Fourteen and more.
    case narae = "임나래"
    case garam = "문가람"
    case noeul = "노을"
    /// A student of the other school.
    case sora = "양소라"

    var birthDay: Day {
      switch self {
      case .harin: Day("2016-05-11") ?? Day(ordinal: 0)
      case .narae: Day("2012-03-25") ?? Day(ordinal: 0)
      case .garam: Day("2017-08-02") ?? Day(ordinal: 0)
      case .noeul: Day("2010-01-19") ?? Day(ordinal: 0)
      case .sora: Day("2013-10-30") ?? Day(ordinal: 0)
      }
    }
  }

  /// A clock that only the test turns; ids are made from it, so every reading is a little later than the last.
  public final class Watch: Sendable {
    private let instant: Mutex<Date>

    init(_ day: Day) {
      instant = Mutex(day.startInKorea.addingTimeInterval(9 * 3600))
    }

    public func now() -> Date {
      instant.withLock { now in
        now.addTimeInterval(0.001)
        return now
      }
    }

    /// As when the machine's clock is set: backwards with a negative number.
    public func step(seconds: Double) {
      instant.withLock { $0.addTimeInterval(seconds) }
    }

    /// Nine in the morning of `day`, unless it is later already.
    public func turn(to day: Day) {
      instant.withLock { $0 = max($0, day.startInKorea.addingTimeInterval(9 * 3600)) }
    }
  }

  /// Its `root` is the key above all, for a test that opens the store again.
  public static func make(
    on database: any Database, at day: Day, root: RootKey = .random()
  ) async throws -> World {
    let watch = Watch(day)
    let office = Office(
      // Remembered for long, so that a count of statements does not tell how busy the machine is.
      database: database, vault: Vault(root: root, lifetime: .seconds(3600)), practice: try .bundled(),
      clock: { watch.now() },
      random: { UUID() }, passwords: Passwords(rounds: 16))
    let school = try await AddSchool(office)("달무리초등학교(가상)", .elementary, by: nil)
    let otherSchool = try await AddSchool(office)("별내음중학교(가상)", .middle, by: nil)
    let year = SchoolYear.year(of: day)
    for place in [school, otherSchool] {
      try await SetSchoolYear(office)(
        SchoolYear(
          year: year, firstTermEnds: Day(year, 8, 20) ?? day,
          breaks: [(Day(year, 7, 21) ?? day)...(Day(year, 8, 17) ?? day)]),
        of: place.id, by: nil)
    }
    var staff: [Person: Staff] = [:]
    for person in Person.allCases {
      let signIn = signIn(of: person)
      let assignment = Assignment(
        school: person == .stranger ? otherSchool.id : school.id, role: person.role,
        from: SchoolYear.firstDay(of: year))
      let id = try await AddStaff(office)(
        person.rawValue, signInName: signIn.name, assignments: [assignment], password: signIn.password,
        by: nil
      ).id
      staff[person] = Staff(id: id, name: person.rawValue, assignments: [assignment])
    }
    var students: [Child: ID<Student>] = [:]
    for (index, child) in Child.allCases.enumerated() {
      let profile = Student.Profile(
        name: child.rawValue, birthDay: child.birthDay, number: "2604\(index)0", phone: "010-0000-020\(index)"
      )
      let place = child == .sora ? otherSchool : school
      students[child] = try await AddStudent(office)(
        profile, enrolment: Enrolment(year: year, grade: 2, className: "3", seat: index + 1), in: place.id,
        by: Staff(
          id: staff[.administrator]?.id ?? ID(UUID()), name: "",
          assignments: [
            Assignment(school: place.id, role: .administrator, from: SchoolYear.firstDay(of: year))
          ]))
    }
    return World(
      office: office, database: database, watch: watch, school: school, otherSchool: otherSchool,
      staff: staff,
      students: students)
  }

  public static func make(
    on engine: Engine, at day: Day = Day("2026-04-01") ?? Day(ordinal: 0)
  ) async throws -> World {
    try await make(on: try await engine.migrated(), at: day)
  }

  /// The same world through another way to its store, such as one that counts.
  public func through(_ database: any Database) -> World {
    let watch = watch
    return World(
      office: Office(
        database: database, vault: office.vault, practice: office.practice, clock: { watch.now() },
        random: { UUID() }, passwords: Passwords(rounds: 16)),
      database: database, watch: watch, school: school, otherSchool: otherSchool, staff: staff,
      students: students)
  }

  public func id(_ person: Person) -> ID<Staff> { member(person).id }

  /// What the person types at the door.
  public static func signIn(of person: Person) -> (name: String, password: String) {
    let index = Person.allCases.firstIndex(of: person) ?? 0
    return ("staff\(index)", "a-long-password-\(index)")
  }

  public func member(_ person: Person) -> Staff {
    staff[person] ?? Staff(id: ID(UUID()), name: "", assignments: [])
  }

  public func student(_ child: Child) -> ID<Student> { students[child] ?? ID(UUID()) }

  public func asker(_ person: Person, _ route: String = "/test") -> Asker {
    Asker(staff: member(person), address: "192.0.2.7", route: route)
  }

  public var today: Day { Day(inKoreaAt: watch.now()) }
}

extension Day {
  /// A day that the test has written right.
  public static func on(_ text: String) -> Day { Day(text) ?? Day(ordinal: 0) }
}

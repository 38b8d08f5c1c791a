public import CaseWork
import Practice
public import Repositories
import Store

/// The people, resources and habits that the forms of a case offer for choosing, as far as the asker may know them.
public struct ReadPicks: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Only what `form` has a field for is read.
  public func callAsFunction(
    for form: Form, in id: ID<CaseFile>, for asker: Asker
  ) async throws -> Picks {
    try await office.look("read-picks", by: asker) { desk in
      let seen = try desk.see(id)
      return Looked(
        try desk.picks(for: form, of: seen), at: [Subject(seen.file.student, seen.file.school)])
    }
  }
}

/// What can be chosen.
public struct Picks: Hashable, Sendable {
  /// Everybody with a role in the school, those who work there today marked so, in the order of their names.
  public var staff: [StaffPick] = []
  /// The first of the directory in the order of the alphabet.
  public var resources: [ResourceName] = []
  public var hasMoreResources = false
  public var relatives: [Relative] = []
  /// People around the student who can help; those who have ended keep their name in old records.
  public var people: [InformalResource] = []
  /// The services given most often in this school lately, the most frequent first.
  public var services: [String] = []
  /// How long the most frequent one mostly took.
  public var minutes: Int?

  public init() {}

  /// As many resources as a list can be chosen from.
  static let resourcesOffered = 500

  public struct StaffPick: Hashable, Sendable {
    public let id: ID<Staff>
    public let name: String
    public let roles: Set<Role>
    public let isWorking: Bool
  }
}

extension Desk {
  fileprivate func picks(for form: Form, of seen: CaseFiles.Seen) throws -> Picks {
    let kinds = form.fields.flatMap(\.ownAndInner)
    var picks = Picks()
    if kinds.contains(.staff) { picks.staff = try staffPicks(in: seen.file.school) }
    if kinds.contains(.resource) {
      let names = try session.resources.names(atMost: Picks.resourcesOffered + 1)
      picks.resources = Array(names.prefix(Picks.resourcesOffered))
      picks.hasMoreResources = names.count > Picks.resourcesOffered
    }
    if kinds.contains(.relative),
      practice.permissions.allow(.readHousehold, as: seen.roles, at: seen.file.stage)
    {
      picks.relatives = try relatives(of: seen.file)
    }
    if kinds.contains(.informal), mayKnowPeople(around: seen) {
      picks.people = try informalResources(of: seen.file)
    }
    if form.fields.contains(where: { $0.preset == "usual-service" }) {
      let usual = try session.usualServices(in: seen.file.school, from: day.adding(days: -60)...day)
      picks.services = usual.map(\.service)
      picks.minutes = usual.first?.minutes
    }
    return picks
  }

  func staffPicks(in school: ID<School>) throws -> [Picks.StaffPick] {
    try session.staffMembers(office.vault).members(of: school)
      .map { member in
        let staff = member.staff(on: day)
        return Picks.StaffPick(
          id: staff.id, name: staff.name, roles: staff.roles(in: school),
          isWorking: member.leftAt == nil && !staff.roles(in: school).isEmpty)
      }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// The people around the student who can still be reached.
  func relatives(of file: CaseFile) throws -> [Relative] {
    let students = session.students(of: [file.school], office.vault)
    return try students.relatives(of: try students.find(file.student)).filter { $0.endedAt == nil }.map(
      \.relative)
  }
}

extension Field {
  /// Its kind, and those of the fields in its rows.
  fileprivate var ownAndInner: [Kind] {
    if case .group(let fields, _) = kind { fields.map(\.kind) } else { [kind] }
  }
}

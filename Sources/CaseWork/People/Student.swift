/// A student of one school. Everything here but the id lies sealed.
public struct Student: Hashable, Sendable {
  public let id: ID<Student>
  public let school: ID<School>
  public let version: Int
  public var profile: Profile

  public init(id: ID<Student>, school: ID<School>, version: Int, profile: Profile) {
    self.id = id
    self.school = school
    self.version = version
    self.profile = profile
  }

  /// What identifies the student; there is no place for a resident registration number (개인정보 보호법 제24조의2).
  public struct Profile: Hashable, Sendable, Codable {
    public var name: String
    public var birthDay: Day?
    /// The school's own student number, unique in the school; the key of a re-import.
    public var number: String
    public var sex: String?
    public var phone: String?
    public var address: String?
    public var language: String?

    public init(
      name: String, birthDay: Day?, number: String, sex: String? = nil, phone: String? = nil,
      address: String? = nil,
      language: String? = nil
    ) {
      self.name = name
      self.birthDay = birthDay
      self.number = number
      self.sex = sex
      self.phone = phone
      self.address = address
      self.language = language
    }
  }
}

/// Which class a student is in for one school year.
public struct Enrolment: Hashable, Sendable, Codable {
  public let year: Int
  public let grade: Int
  public let className: String
  /// The number in the class list (번호).
  public let seat: Int?
  /// 학적: `enrolled`, `transferred`, `graduated`, `left`.
  public let status: String

  public init(year: Int, grade: Int, className: String, seat: Int? = nil, status: String = "enrolled") {
    self.year = year
    self.grade = grade
    self.className = className
    self.seat = seat
    self.status = status
  }

  /// As schools write it: `2-3`.
  public var classLabel: String { "\(grade)-\(className)" }
}

/// A guardian, a member of the household, or another person close to the student.
public struct Relative: Hashable, Sendable, Codable {
  public let id: ID<Relative>
  /// RS01–RS99.
  public var relation: String
  public var name: String
  public var phone: String?
  public var contactHours: String?
  public var birthYear: Int?
  public var occupation: String?
  public var isLegalGuardian: Bool
  public var isMainCarer: Bool
  public var livesTogether: Bool
  /// Contact would endanger the student: shown wherever a call could be made.
  public var mustNotContact: Bool

  public init(
    id: ID<Relative>, relation: String, name: String, phone: String? = nil, contactHours: String? = nil,
    birthYear: Int? = nil, occupation: String? = nil, isLegalGuardian: Bool = false,
    isMainCarer: Bool = false,
    livesTogether: Bool = false, mustNotContact: Bool = false
  ) {
    self.id = id
    self.relation = relation
    self.name = name
    self.phone = phone
    self.contactHours = contactHours
    self.birthYear = birthYear
    self.occupation = occupation
    self.isLegalGuardian = isLegalGuardian
    self.isMainCarer = isMainCarer
    self.livesTogether = livesTogether
    self.mustNotContact = mustNotContact
  }
}

/// A welfare category (WC) or family form (FM): only that it was seen, when and by whom, never the evidence.
public struct Category: Hashable, Sendable, Codable {
  public let code: String
  public let confirmedOn: Day
  public let confirmedBy: ID<Staff>

  public init(code: String, confirmedOn: Day, confirmedBy: ID<Staff>) {
    self.code = code
    self.confirmedOn = confirmedOn
    self.confirmedBy = confirmedBy
  }
}

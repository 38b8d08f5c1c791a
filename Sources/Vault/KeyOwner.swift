public import CaseWork

/// Whose sealing key it is; each key lies wrapped by the one above it, and the root wraps the first.
///
/// root > office · root > school > student > compartment
public enum KeyOwner: Hashable, Sendable {
  /// What belongs to no school: staff, resources, drafts.
  case office
  case school(ID<School>)
  /// Everything told of one student; destroying this key destroys it in every backup too.
  case student(ID<Student>, ID<School>)
  /// The reports of child abuse of one student, apart from the case.
  case compartment(ID<Student>, ID<School>)

  /// The owner of the key that wraps this one; `nil` is the root key.
  public var parent: KeyOwner? {
    switch self {
    case .office, .school: nil
    case .student(_, let school): .school(school)
    case .compartment(let student, let school): .student(student, school)
    }
  }

  /// `office`, `school`, `student`, `compartment`.
  public var kind: String {
    switch self {
    case .office: "office"
    case .school: "school"
    case .student: "student"
    case .compartment: "compartment"
    }
  }

  /// The id within its kind and school.
  public var id: String {
    switch self {
    case .office: "office"
    case .school(let school): school.description
    case .student(let student, _), .compartment(let student, _): student.description
    }
  }

  /// The school it belongs to; `office` for what belongs to none.
  public var school: String {
    switch self {
    case .office: "office"
    case .school(let school), .student(_, let school), .compartment(_, let school): school.description
    }
  }

  /// Whether many keys lie below it.
  var wrapsMany: Bool {
    switch self {
    case .school: true
    case .office, .student, .compartment: false
    }
  }

  var label: String { "\(kind)/\(school)/\(id)" }
}

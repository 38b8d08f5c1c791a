internal import CaseWork

/// What is typed about a person, cleaned and checked.
enum StudentInput {
  static func checked(_ profile: Student.Profile) throws(Refusal) -> Student.Profile {
    var problems: [Problem] = []
    let cleaned = Student.Profile(
      name: required(profile.name, "name", 40, &problems), birthDay: profile.birthDay,
      number: required(profile.number, "number", 40, &problems),
      sex: optional(profile.sex, "sex", 20, &problems),
      phone: optional(profile.phone, "phone", 40, &problems),
      address: optional(profile.address, "address", 200, &problems),
      language: optional(profile.language, "language", 40, &problems))
    guard problems.isEmpty else { throw .invalid(problems) }
    return cleaned
  }

  static func checked(_ relative: Relative, relations: CodeList?) throws(Refusal) -> Relative {
    var problems: [Problem] = []
    var cleaned = relative
    cleaned.name = required(relative.name, "name", 40, &problems)
    cleaned.phone = optional(relative.phone, "phone", 40, &problems)
    cleaned.contactHours = optional(relative.contactHours, "contact-hours", 100, &problems)
    cleaned.occupation = optional(relative.occupation, "occupation", 100, &problems)
    if let relations, relations[relative.relation] == nil {
      problems.append(Problem("relation", "unknown-code"))
    }
    if let year = relative.birthYear, !(1900...2100).contains(year) {
      problems.append(Problem("birth-year", "not-a-year"))
    }
    guard problems.isEmpty else { throw .invalid(problems) }
    return cleaned
  }

  private static func required(
    _ text: String, _ field: String, _ limit: Int, _ problems: inout [Problem]
  ) -> String {
    let cleaned = optional(text, field, limit, &problems)
    if cleaned == nil { problems.append(Problem(field, "required")) }
    return cleaned ?? ""
  }

  private static func optional(
    _ text: String?, _ field: String, _ limit: Int, _ problems: inout [Problem]
  ) -> String? {
    let cleaned = Text.cleaned(text ?? "", keepingLines: false)
    if cleaned.count > limit { problems.append(Problem(field, "too-long", String(limit))) }
    if NationalID.isFound(in: cleaned) { problems.append(Problem(field, "national-id")) }
    return cleaned.isEmpty ? nil : cleaned
  }
}

/// One service given (table `service_given`): counted in the clear, rewritten with its record.
public struct ServiceGiven: Hashable, Sendable {
  public let position: Int
  /// SV code.
  public let service: String
  /// SL code: the kind of support by law (학생맞춤통합지원법 제11조①).
  public let legalKind: String?
  /// M code.
  public let method: String
  public let minutes: Int
  public let people: Int
  /// In won.
  public let amount: Int
  public let fund: String?
  public let resource: ID<Resource>?
  public let goals: [Int]

  public init(
    position: Int = 0, service: String, legalKind: String? = nil, method: String, minutes: Int = 0,
    people: Int = 1,
    amount: Int = 0, fund: String? = nil, resource: ID<Resource>? = nil, goals: [Int] = []
  ) {
    self.position = position
    self.service = service
    self.legalKind = legalKind
    self.method = method
    self.minutes = minutes
    self.people = people
    self.amount = amount
    self.fund = fund
    self.resource = resource
    self.goals = goals
  }

  /// The service of a contact; none where only somebody was spoken to.
  public static func rows(of answers: Answers) -> [ServiceGiven] {
    guard let service = answers["service"] else { return [] }
    let amount = max(0, answers.number("amount") ?? 0)
    return [
      ServiceGiven(
        service: service, legalKind: answers["legal-kind"], method: answers["method"] ?? "M01",
        minutes: max(0, answers.number("minutes") ?? 0), people: max(0, answers.number("people") ?? 1),
        amount: answers["fund"] == nil ? 0 : amount, fund: answers["fund"],
        resource: answers["resource"].flatMap { ID($0) },
        goals: answers[all: "goals"].compactMap { Int($0) }.sorted())
    ]
  }

  /// What a contact's money needs beyond its single fields: where it came from, for which service.
  public static func problems(in answers: Answers) -> [Problem] {
    guard (answers.number("amount") ?? 0) > 0 else { return [] }
    return ["fund", "service", "expense-kind"].filter { answers[$0] == nil }.map {
      Problem($0, "required-with-amount")
    }
  }
}

/// A plan of intervention (F10 개입계획서) as its answers tell it, typed.
public struct Plan: Hashable, Sendable {
  public let from: Day?
  public let until: Day?
  public let longTerm: String?
  public let goals: [Goal]
  public let actions: [Action]
  /// What is done in a crisis, step by step.
  public let crisis: [String]
  public let monitoringEvery: Int?
  public let nextMonitoring: Day?
  public let nextReassessment: Day?
  public let student: Agreement
  public let guardian: Agreement
  public let unsignedWhy: String?
  public let changeWhy: String?

  public init(_ answers: Answers) {
    from = answers.day("from")
    until = answers.day("until")
    longTerm = answers["long-term"]
    goals = answers.rows("goals").enumerated().map { Goal(number: $0 + 1, $1) }
    actions = answers.rows("actions").map(Action.init)
    crisis = answers.rows("crisis").compactMap { $0["step"] }
    monitoringEvery = answers.number("monitoring-every")
    nextMonitoring = answers.day("next-monitoring")
    nextReassessment = answers.day("next-reassessment")
    student = Agreement(answers, of: .student)
    guardian = Agreement(answers, of: .guardian)
    unsignedWhy = answers["unsigned-why"]
    changeWhy = answers["change-why"]
  }

  public subscript(goal number: Int) -> Goal? { goals.first { $0.number == number } }

  public struct Goal: Hashable, Sendable {
    /// Its place in the plan, from 1: actions, contacts and ratings name it so.
    public let number: Int
    /// N01 … N15.
    public let need: String?
    public let title: String
    /// In the student's own words.
    public let own: String?
    public let measure: String?
    public let unit: String?
    public let ladder: Ladder
    /// Where the student stood when the plan was made, −2…+2.
    public let baseline: Int?
    /// Importance × difficulty, 1–5; 1 where none was given.
    public let weight: Int
    public let criterion: String?

    public init(number: Int, _ row: Answers) {
      self.number = number
      need = row["need"]
      title = row["goal"] ?? ""
      own = row["own"]
      measure = row["measure"]
      unit = row["unit"]
      ladder = Ladder(row)
      baseline = row.number("baseline")
      weight = row.number("weight") ?? 1
      criterion = row["criterion"]
    }
  }

  public struct Action: Hashable, Sendable {
    public let goal: Int?
    public let what: String
    public let service: String?
    public let part: String?
    public let who: String?
    public let resource: ID<Resource>?
    /// Somebody around the student who gives it.
    public let person: ID<InformalResource>?
    public let often: String?
    public let from: Day?
    public let until: Day?
    /// In won.
    public let amount: Int
    public let fund: String?

    public init(_ row: Answers) {
      goal = row.number("goal")
      what = row["what"] ?? ""
      service = row["service"]
      part = row["part"]
      who = row["who"]
      resource = row["resource"].flatMap { ID($0) }
      person = row["person"].flatMap { ID($0) }
      often = row["often"]
      from = row.day("from")
      until = row.day("until")
      amount = row.number("amount") ?? 0
      fund = row["fund"]
    }
  }

  /// Whether the student or a guardian agreed to the plan, when and how.
  public struct Agreement: Hashable, Sendable {
    public enum Answer: String, Hashable, Sendable { case yes, no, notAsked = "not-asked" }

    public let answer: Answer?
    public let day: Day?
    public let method: String?
    public let words: String?

    public init(_ answers: Answers, of party: Consent.Party) {
      let name = "agree-" + party.rawValue
      answer = answers[name].flatMap(Answer.init)
      day = answers.day(name + "-day")
      method = answers[name + "-method"]
      words = answers[name + "-words"]
    }

    /// Agreed, or not asked with the reason written down. A "no" is never settled by a reason.
    public func isSettled(unsignedWhy: String?) -> Bool {
      switch answer {
      case .yes: true
      case .no: false
      case .notAsked, nil: unsignedWhy != nil
      }
    }
  }
}

extension Plan {
  /// What is wrong with the plan beyond its single fields, for the same list as `Form.problems`.
  ///
  /// Asked before approval; a draft may have unfinished ladders.
  public static func problems(in answers: Answers) -> [Problem] {
    let indices = answers.indices(of: "goals")
    var problems: [Problem] = []
    for (index, row) in zip(indices, answers.rows("goals")) {
      problems += Ladder(row).flaws.map { Problem("goals.\(index).\($0.field)", $0.code) }
      if let weight = row.number("weight"), !(1...5).contains(weight) {
        problems.append(Problem("goals.\(index).weight", "out-of-range", "1–5"))
      }
    }
    for (index, row) in zip(answers.indices(of: "actions"), answers.rows("actions")) {
      if let goal = row.number("goal"), !(1...max(1, indices.count)).contains(goal) {
        problems.append(Problem("actions.\(index).goal", "no-such-goal", String(goal)))
      }
      if let from = row.day("from"), let until = row.day("until"), until < from {
        problems.append(Problem("actions.\(index).until", "ends-before-start"))
      }
    }
    for (index, row) in zip(answers.indices(of: "actions"), answers.rows("actions"))
    where row["resource"] != nil && row["person"] != nil {
      problems.append(Problem("actions.\(index).person", "one-giver"))
    }
    if let from = answers.day("from"), let until = answers.day("until"), until < from {
      problems.append(Problem("until", "ends-before-start"))
    }
    return problems
  }
}

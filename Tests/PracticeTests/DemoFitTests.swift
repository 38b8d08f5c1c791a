import CaseWork
import Practice
import Testing

@Suite struct DemoFitTests {
  static let forms = [
    "refer": "referral", "intake": "intake", "conference": "conference", "contact": "contact",
    "monitor": "monitoring",
    "evaluate": "evaluation", "close": "closure", "follow-up": "follow-up", "transfer": "transfer",
    "recommend": "recommendation", "ask-access": "access-request", "answer-access": "access-request",
    "emergency": "emergency", "abuse": "abuse-report",
  ]

  /// Names of people and resources are turned into ids, and left out, only when it is played.
  @Test func `every answer of the demo script has a place in its form`() throws {
    let practice = try Practice.bundled()
    let script = try #require(try DemoScript(folder: Practice.bundledFolder()))
    for one in script.cases {
      for step in one.steps {
        guard let form = Self.forms[step.verb].flatMap({ practice.forms[$0] }) else { continue }
        let problems = form.problems(
          in: form.normalized(step.answers), lists: practice.codes, on: step.day, finishing: false
        )
        .filter { !["required", "not-an-id"].contains($0.code) }
        #expect(problems.isEmpty, "\(one.id) \(step.verb) \(step.day): \(problems)")
      }
    }
  }
}

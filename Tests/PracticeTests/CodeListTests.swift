import CaseWork
import Practice
import Testing

@Suite struct CodeListTests {
  /// Counts of domain §3.
  static let counts: [(list: String, count: Int)] = [
    ("need-area", 15), ("problem", 58), ("family-form", 10), ("level", 4), ("red-flag", 9),
    ("legal-kind", 12),
    ("service", 37), ("method", 6), ("contact-result", 4), ("organisation", 53), ("route", 29),
    ("closure-reason", 13),
    ("relation-line", 8), ("energy-flow", 4), ("family-link", 11), ("relation", 22), ("adjustment", 8),
    ("linkage-result", 6), ("resource-field", 13), ("resource-form", 7), ("fund", 6), ("business-area", 5),
    ("welfare-category", 34), ("resource-cost", 4), ("offer-status", 4), ("grade", 12), ("sex", 2),
  ]

  @Test(arguments: counts)
  func `a code list is complete`(_ list: String, _ count: Int) throws {
    #expect(try Practice.bundled().list(list).codes.count == count)
  }

  @Test func `organisations are numbered without a gap`() throws {
    let codes = try Practice.bundled().list("organisation").codes.map(\.value)
    let numbers = (1...53).map { number in number < 10 ? "ORG-0\(number)" : "ORG-\(number)" }
    #expect(codes == numbers)
  }

  @Test func `every problem of a need stands under it`() throws {
    let practice = try Practice.bundled()
    for problem in practice.list("problem").codes where problem.value != "P9999" {
      let area = "N\(problem.value.dropFirst().prefix(2))"
      #expect(problem.parent == area, "\(problem.value)")
    }
    let areas = Set(practice.list("problem").codes.compactMap(\.parent))
    #expect(areas == Set(practice.list("need-area").codes.map(\.value)))
  }

  @Test func `levels, purposes and answers are those of the program`() throws {
    let practice = try Practice.bundled()
    #expect(
      Set(practice.list("level").codes.compactMap { Int($0.value) }) == Set(Level.allCases.map(\.rawValue)))
    #expect(
      Set(practice.list("intake-decision").codes.map(\.value))
        == Set(CaseFile.IntakeDecision.allCases.map(\.rawValue)))
    #expect(Set(practice.consentTexts.map(\.purpose)) == Set(Consent.Purpose.allCases))
  }
}

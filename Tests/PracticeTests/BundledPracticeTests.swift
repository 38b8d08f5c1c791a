import CaseWork
import Practice
import Testing

@Suite struct BundledPracticeTests {
  @Test func `the practice that comes with the program is understood whole`() throws {
    do {
      let practice = try Practice.bundled()
      #expect(practice.list("organisation").codes.count == 53)
      #expect(practice.list("need-area").codes.count == 15)
      #expect(practice.list("route").codes.count == 29)
      #expect(practice.list("closure-reason").codes.count == 13)
      #expect(Set(CaseRecord.Kind.allCases.map(\.rawValue)).isSubset(of: practice.forms.keys))
      #expect(Set(practice.consentTexts.map(\.purpose)) == Set(Consent.Purpose.allCases))
    } catch let problems as PracticeProblems {
      Issue.record("\(problems)")
    }
  }

  @Test func `the demo script is read`() throws {
    let script = try #require(try DemoScript(folder: Practice.bundledFolder()))
    #expect(script.resources.count == 40)
    #expect(script.cases.count == 17)
  }
}

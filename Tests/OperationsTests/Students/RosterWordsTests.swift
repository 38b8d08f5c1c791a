import CaseWork
import Documents
import Practice
import Testing

struct `Words for class lists` {
  @Test func `every code has its words`() throws {
    let words = try Practice.bundled().wordings
    let keys =
      TableProblem.Code.allCases.map { "table.\($0.rawValue)" }
      + Roster.Field.allCases.map { "roster.field.\($0.rawValue)" }
      + RosterProblem.Code.allCases.map { "roster.problem.\($0.rawValue)" }
    #expect(keys.filter { !words.has($0) } == [])
  }
}

import Foundation
import Practice
import Testing

/// One way to spoil a file, and what must be said of it.
struct Spoiling: Sendable, CustomTestStringConvertible {
  let what: String
  let file: String
  let old: String
  let new: String
  let said: String

  init(_ what: String, _ file: String, _ old: String, _ new: String, _ said: String) {
    self.what = what
    self.file = file
    self.old = old
    self.new = new
    self.said = said
  }

  var testDescription: String { what }
}

@Suite struct RefusalTests {
  @Test func `an unspoilt copy is understood`() throws {
    #expect(try PackCopy().problems().isEmpty)
  }

  @Test(arguments: [
    Spoiling(
      "unknown key", "policy.yaml", "retention-years:", "retention-yeras:", "unknown key “retention-yeras”"),
    Spoiling("missing key", "policy.yaml", "retention-years: 5\n", "", "“retention-years” is missing"),
    Spoiling(
      "duplicate key", "policy.yaml", "retention-years: 5", "retention-years: 5\nretention-years: 6", "twice"),
    Spoiling("no number", "policy.yaml", "retention-years: 5", "retention-years: five", "a whole number"),
    Spoiling(
      "no such severity", "policy.yaml", "severity: 2", "severity: 5", "a severity from 1 to 4 is expected"),
    Spoiling(
      "no appointments", "policy.yaml", "appointments-a-week: 5", "appointments-a-week: 0",
      "a number above 0 is expected"),
    Spoiling("no long wait", "policy.yaml", "  long-wait-days: 30\n", "", "“long-wait-days” is missing"),
    Spoiling("no YAML", "policy.yaml", "clocks:", "clocks: [", "no YAML"),
    Spoiling(
      "unknown level", "policy.yaml", "reassess-every: {1: 180", "reassess-every: {7: 180", "“7” is no level"),
    Spoiling(
      "missing level", "policy.yaml", "reassess-every: {1: 180, ", "reassess-every: {",
      "the level 1 is missing"),
    Spoiling(
      "unknown fund", "policy.yaml", "fund: safety-net", "fund: safety-nest", "there is no fund “safety-nest”"
    ),
    Spoiling(
      "unknown expense", "policy.yaml", "excluded: [cash", "excluded: [gold", "no kind of expense “gold”"),
    Spoiling(
      "late warning", "policy.yaml", "warn-minutes: 2", "warn-minutes: 40", "the warning must come before"),
    Spoiling(
      "unknown calendar", "policy.yaml", "calendar: school", "calendar: lunar", "“lunar” is not one of"),
    Spoiling(
      "clock twice", "policy.yaml", "id: selection", "id: assessment", "the clock “assessment” is there twice"
    ),
    Spoiling(
      "clock without words", "policy.yaml", "id: selection", "id: choosing", "no words for due.choosing"),
    Spoiling("unknown stage", "workflow.yaml", "to: planning", "to: dreaming", "“dreaming” is not one of"),
    Spoiling("unknown act", "workflow.yaml", "act: select", "act: elect", "“elect” is not one of"),
    Spoiling("unknown rule", "workflow.yaml", "rule: level", "rule: height", "a rule is record, mark"),
    Spoiling(
      "unknown mark", "workflow.yaml", "mark: strengths", "mark: strenghts",
      "nothing is counted as “strenghts”"),
    Spoiling(
      "unknown purpose", "workflow.yaml", "purpose: collection", "purpose: sale", "“sale” is not one of"),
    Spoiling(
      "unknown field", "workflow.yaml", "plan#actions", "plan#deeds", "the form “plan” has no field “deeds”"),
    Spoiling("unknown page", "workflow.yaml", "plan#actions", "plans#actions", "there is no form “plans”"),
    Spoiling(
      "no words", "workflow.yaml", "missing: ladders", "missing: stairs", "no words for missing.stairs"),
    Spoiling(
      "step twice", "workflow.yaml", "id: to-service", "id: to-planning",
      "the step “to-planning” is there twice"),
    Spoiling(
      "notices differ", "workflow.yaml", "mark: closure-notice, at-least: 2",
      "mark: closure-notice, at-least: 3", "policy.yaml says 2"),
    Spoiling("unknown role", "roles.yaml", "teacher:", "techer:", "“techer” is no role"),
    Spoiling(
      "missing role", "roles.yaml", "privacy-officer: {reads: [], acts: {}}\n", "",
      "the role “privacy-officer” is missing"),
    Spoiling("unknown permitted act", "roles.yaml", "refer: free", "defer: free", "“defer” is no act"),
    Spoiling("unknown kind", "roles.yaml", "reads: [conference", "reads: [diary", "“diary” is not one of"),
    Spoiling(
      "code list twice", "codes/attendance.yaml", "absence-kind:", "method:",
      "the list “method” is there twice"),
    Spoiling("code twice", "codes/needs.yaml", "[N02, ", "[N01, ", "the code “N01” is there twice"),
    Spoiling(
      "code without English", "codes/needs.yaml", "[N02, 출결·학교적응, Attendance and adjustment]",
      "[N02, 출결·학교적응]", "a code is [code, Korean, English]"),
    Spoiling(
      "unknown parent", "codes/needs.yaml", "Below basic level, N01]", "Below basic level, N77]",
      "no code “N77” to stand under"),
    Spoiling(
      "unknown list", "forms/intake.yaml", "list: red-flag", "list: red-flags", "there is no list “red-flags”"
    ),
    Spoiling(
      "unknown kind of field", "forms/intake.yaml", "kind: quote", "kind: poem", "“poem” is no kind of field"),
    Spoiling(
      "key of another kind", "forms/intake.yaml", "kind: quote,", "kind: quote, range: 0..4,",
      "does not belong to a field"),
    Spoiling(
      "unknown preset", "forms/intake.yaml", "preset: today", "preset: tomorrow", "“tomorrow” is neither"),
    Spoiling("unknown need", "forms/intake.yaml", "need: finish", "need: perhaps", "“perhaps” is not one of"),
    Spoiling(
      "field twice", "forms/intake.yaml", "id: opinion", "id: strengths",
      "the field “strengths” is there twice"),
    Spoiling("no English label", "forms/intake.yaml", "ko: 강점, en: Strengths", "ko: 강점", "belong together"),
    Spoiling(
      "no Korean label", "forms/intake.yaml", "ko: 면접자 소견, en: Opinion", "en: Opinion", "belong together"),
    Spoiling(
      "range upside down", "forms/assessment.yaml", "range: 0..4", "range: 4..0", "a range such as 0..4"),
    Spoiling(
      "copyrighted wording", "instruments/phq-9.yaml", "{id: \"1\", range: 0..3}",
      "{id: \"1\", ko: 문항, en: Item, range: 0..3}", "the wording may not be embedded"),
    Spoiling(
      "unknown item", "instruments/psc-17.yaml", "items: [\"2\"", "items: [\"22\"", "there is no item “22”"),
    Spoiling(
      "wrong total", "instruments/gad-7.yaml", "total: 0..21", "total: 0..22", "the items add up to 21"),
    Spoiling("falling bands", "instruments/gad-7.yaml", "from: 10,", "from: 4,", "the bands must rise"),
    Spoiling(
      "unknown respondent", "instruments/gad-7.yaml", "[student]", "[cousin]",
      "there is no respondent “cousin”"),
    Spoiling("unknown licence", "instruments/gad-7.yaml", "licence: B", "licence: D", "“D” is not one of"),
    Spoiling(
      "purpose twice", "consents.yaml", "purpose: photo", "purpose: recording",
      "the purpose “recording” is there twice"),
    Spoiling(
      "purpose not asked", "consents.yaml", "purpose: photo", "purpose: recording",
      "nothing is asked for the purpose “photo”"),
    Spoiling(
      "wording without English", "wordings/terms.yaml", "[사정, Assessment]", "[사정]",
      "needs its words in Korean and English"),
    Spoiling(
      "wording twice", "wordings/terms.yaml", "stage.planning:", "problem.required:",
      "“problem.required” is there twice"),
    Spoiling(
      "stage without words", "wordings/terms.yaml", "stage.planning:", "stage.plans:",
      "no words for stage.planning"),
    Spoiling(
      "places differ", "wordings/answers.yaml", "{detail}줄까지", "여러 줄까지",
      "different places in the two languages"),
    Spoiling("no day", "holidays.yaml", "2024-05-06", "2024-05-66", "a day such as 2026-03-01"),
  ])
  func `what is not understood is refused with its file`(_ spoiling: Spoiling) throws {
    let pack = try PackCopy()
    try pack.replace(spoiling.old, with: spoiling.new, in: spoiling.file)
    let problems = try pack.problems()
    #expect(problems.contains { $0.reason.contains(spoiling.said) }, "\(problems)")
  }

  @Test func `a problem names file and line`() throws {
    let pack = try PackCopy()
    try pack.replace("closure-notices: 2", with: "closure-notice: 2", in: "policy.yaml")
    let line = try pack.text(of: "policy.yaml").split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix("closure-notice:") }
    let unknown = try pack.problems().first { $0.reason.contains("unknown key") }
    #expect(unknown?.file == "policy.yaml")
    #expect(unknown?.line == line.map { $0 + 1 })
  }

  @Test func `problems in several files are told at once`() throws {
    let pack = try PackCopy()
    try pack.replace("retention-years:", with: "retention-yeras:", in: "policy.yaml")
    try pack.replace("kind: quote", with: "kind: poem", in: "forms/intake.yaml")
    try pack.replace("teacher:", with: "techer:", in: "roles.yaml")
    try pack.write("steps: [", to: "workflow.yaml")
    #expect(
      Set(try pack.problems().map(\.file)).isSuperset(of: [
        "policy.yaml", "forms/intake.yaml", "roles.yaml", "workflow.yaml",
      ]))
  }

  @Test(arguments: [
    "workflow.yaml", "forms/plan.yaml", "forms/referral.yaml", "policy.yaml", "consents.yaml",
  ])
  func `a missing file is named`(_ file: String) throws {
    let pack = try PackCopy()
    try pack.remove(file)
    #expect(try pack.problems().contains { $0.file == file })
  }

  @Test(arguments: ["workflows.yaml", "forms/plan.yml", "codes/notes.txt"])
  func `a file nobody reads is refused`(_ file: String) throws {
    let pack = try PackCopy()
    try pack.write("a: 1", to: file)
    #expect(try pack.problems().map(\.file) == [file])
  }

  @Test func `a form the program does not know is refused`() throws {
    let pack = try PackCopy()
    try pack.write(try pack.text(of: "forms/score.yaml"), to: "forms/diary.yaml")
    #expect(try pack.problems().map(\.reason) == ["there is no form “diary” in the program"])
  }
}

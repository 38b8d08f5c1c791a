import CaseWork
import Practice
import Testing

@Suite struct FormFieldTests {
  /// What a form must ask; `group.field` for the fields of a group.
  static let fields: [String: String] = [
    "agency-referral": """
    student-name student-class needs facts guesses measures urgency red-flags family-knows ground contact joint
    """,
    "referral": "needs facts measures urgency red-flags family-knows reply-by",
    "intake": """
    day time place method confidentiality-read student-words guardian-words teacher-words understands-why expectation \
    recent supports supports.agency supports.what supports.since red-flags risk-screened strengths opinion decision \
    decision-reason level next-day
    """,
    "assessment": assessment,
    "reassessment": assessment + " changes decision",
    "score": "day instrument respondent total safe-now note",
    "conference": """
    day time place meeting-kind attendees attendees.staff attendees.name attendees.part attendees.secrecy agenda \
    discussion decision decision-reason level manager tasks tasks.what tasks.who tasks.due dissent shared-with next-day
    """,
    "plan": """
    from until long-term goals goals.need goals.goal goals.own goals.measure goals.unit goals.m2 goals.m1 goals.z0 \
    goals.p1 goals.p2 goals.m2-from goals.m2-to goals.m1-from goals.m1-to goals.z0-from goals.z0-to goals.p1-from \
    goals.p1-to goals.p2-from goals.p2-to goals.baseline goals.weight goals.criterion actions actions.goal actions.what \
    actions.service actions.part actions.who actions.resource actions.often actions.from actions.until actions.amount \
    actions.fund crisis crisis.step monitoring-every next-monitoring next-reassessment agree-student agree-student-day \
    agree-student-method agree-student-words agree-guardian agree-guardian-day agree-guardian-method \
    agree-guardian-words unsigned-why change-why
    """,
    "contact": """
    day time minutes method place result with service legal-kind goals facts said judgement risk-check response next \
    next-day amount fund receipt expense-kind over-reason resource people satisfaction closure-notice
    """,
    "monitoring": """
    day method ratings ratings.goal ratings.rating ratings.evidence delivery changes red-flags attendance-absent \
    attendance-late student-words guardian-words adjustments adjust-why level next-day
    """,
    "evaluation": """
    day ratings ratings.goal ratings.rating ratings.evidence absent-before absent-after late-before late-after \
    satisfaction-student satisfaction-guardian satisfaction-teacher effects limits learned
    """,
    "closure": """
    day reason more-reasons decided-by summary remaining handover notified-student notified-student-method \
    notified-guardian notified-guardian-method retention-from
    """,
    "follow-up": "day method with state attendance emotion safety services action note",
    "transfer": "day to items summary-learning summary-meals summary-attendance summary-emotion reply-day",
    "recommendation": "day number expert committee outcome note",
    "emergency": "day time red-flags done done.at done.what told-guardian told-principal next",
    "emergency-support": """
    day problem life-in-danger danger-why repeated repeated-why experts experts.name experts.profession experts.day \
    experts.opinion committee committee-day support ended told-guardian told-method result
    """,
    "access-request": """
    day asker relative identity asked student-opinion student-opinion-why answered decision decided-by shown withheld \
    withheld.what withheld.ground withheld.why told-method objection-told
    """,
    "abuse-report": """
    day noticed-at checked-at reported-at told-principal-at response-at reported-to receipt words seen measures sibling \
    legal-review
    """,
  ]

  static let assessment = """
    day needs needs.area needs.problems needs.situation needs.severity needs.will needs.priority needs.voice-student \
    needs.voice-guardian needs.voice-teacher needs.voice-agency needs.voice-observation needs.judgement strengths \
    strengths.area strengths.what strengths.evidence strengths.idea resources resources.name resources.place \
    resources.use barriers barriers.what basic-learning basic-learning-why teacher-opinion teacher-opinion-why \
    guardian-view guardian-view-why risk-safety risk-living risk-protection risk-emotion risk-behaviour risk-attendance \
    risk-learning risk-peers risk-health risk-economy red-flags level level-why next-risk-day ties ties.name \
    ties.relation-line ties.flow ties.strength ties.note
    """

  @Test(arguments: fields.keys.sorted())
  func `a form asks what the field needs`(_ id: String) throws {
    let form = try #require(try Practice.bundled().forms[id])
    let asked = form.fields.flatMap { field -> [String] in
      guard case .group(let inner, _) = field.kind else { return [field.id] }
      return [field.id] + inner.map { "\(field.id).\($0.id)" }
    }
    let needed = (Self.fields[id] ?? "").split(separator: " ").map(String.init)
    #expect(Set(needed).subtracting(asked).isEmpty)
  }

  @Test func `no form asks for more than the others know`() throws {
    #expect(Set(try Practice.bundled().forms.keys) == Set(Self.fields.keys))
  }

  @Test func `facts and judgement have places of their own`() throws {
    let contact = try #require(try Practice.bundled().forms["contact"])
    #expect(contact.fields.map(\.id).contains("facts"))
    #expect(contact.fields.first { $0.id == "said" }?.kind == .quote)
    #expect(contact.fields.first { $0.id == "judgement" }?.need == .optional)
  }

  /// A routine note: everything else is filled in already, folded away or may stay empty.
  @Test func `a routine note needs few decisions`() throws {
    let contact = try #require(try Practice.bundled().forms["contact"])
    let toDecide = contact.fields.filter { $0.need != .optional && $0.preset == nil }
    #expect(toDecide.map(\.id) == ["facts"])
  }
}

import CaseWork
import Markup
import Operations

/// What may be done with a case here and now by who looks: the step, what can be written, and the rest.
extension CaseView {
  func acts(_ frame: Frame) -> HTML {
    let say = frame.say
    let kinds = CaseRecord.Kind.allCases.filter { page.acts.contains($0.act) && page.file.mayTake($0) }
    let others = others
    if kinds.isEmpty, others.isEmpty { return .nothing }
    let front = [.contact] + page.file.stage.kinds
    return nav(.class("mt4"), .aria("label", say("case.write"))) {
      ul(.class("pills")) {
        for kind in front where kinds.contains(kind) { pill(kind, say) }
        for (key, route) in others { li { a(.class("pill"), .href(route.address)) { say(key) } } }
      }
      let rest = kinds.filter { !front.contains($0) }
      if !rest.isEmpty {
        details(.class("fold")) {
          summary { say("case.write.more") }
          ul(.class("pills")) { for kind in rest { pill(kind, say) } }
        }
      }
    }
  }

  private func pill(_ kind: CaseRecord.Kind, _ say: Speech) -> HTML {
    li {
      a(
        .class("pill"), .href(Route.writeRecord(kind, in: page.file.id).address),
        .data("key", kind == .contact ? "note" : nil)
      ) { say("kind.\(kind.rawValue)") }
    }
  }

  /// The step itself, once all it needs is there, or to be taken early with a reason.
  func stepButton(_ gate: CasePage.StepGate, _ frame: Frame) -> HTML {
    guard gate.isMine, gate.isOpen || gate.step.isOverridable, !gate.step.isTakenByRecord else {
      return .nothing
    }
    return p {
      a(
        .class(gate.isOpen ? "btn primary" : "btn"),
        .href(Route.step(gate.step.id, in: page.file.id).address)
      ) { frame.say("step.title", ["stage": frame.say("stage.\(gate.step.to.rawValue)")]) }
    }
  }

  private var others: [(String, Route)] {
    var others: [(String, Route)] = []
    let id = page.file.id
    if page.acts.contains(.recordConsent) { others.append(("consent.crumb", .consent(id))) }
    if page.acts.contains(.linkResources), !page.file.isClosed, page.file.standing != .notSelected {
      others.append(("linkage.new", .newLinkage(in: id)))
    }
    if page.acts.contains(.recordContact) {
      others.append(("together.title", Route.together.with("case", id.description)))
    }
    if !page.acts.isDisjoint(with: ManagePage.acts) { others.append(("manage.title", .manage(id))) }
    return others
  }
}

extension Stage {
  /// What is mostly written at this stage, besides contacts.
  fileprivate var kinds: [CaseRecord.Kind] {
    switch self {
    case .intake: [.intake]
    case .assessment: [.assessment, .score, .conference]
    case .planning: [.plan, .conference]
    case .service, .monitoring: [.monitoring, .score]
    case .reassessment: [.reassessment, .score]
    case .evaluation: [.evaluation, .closure]
    case .followUp: [.followUp]
    }
  }
}

extension Workflow.Step {
  /// Whether finishing a record takes this step: a plan approved, a closing report, a monitoring.
  fileprivate var isTakenByRecord: Bool {
    switch act {
    case .approvePlan, .monitor, .close: true
    default: false
    }
  }
}

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
    return nav(.class("mt4"), .aria("label", say("case.write"))) {
      ul(.class("pills")) {
        for kind in kinds {
          li {
            a(
              .class("pill"), .href(Route.writeRecord(kind, in: page.file.id).address),
              .data("key", kind == .contact ? "note" : nil)
            ) { say("kind.\(kind.rawValue)") }
          }
        }
        for (key, route) in others { li { a(.class("pill"), .href(route.address)) { say(key) } } }
      }
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
    if page.acts.contains(.recordContact) {
      others.append(("together.title", Route.together.with("case", id.description)))
    }
    if !page.acts.isDisjoint(with: ManagePage.acts) { others.append(("manage.title", .manage(id))) }
    return others
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

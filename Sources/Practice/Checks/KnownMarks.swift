import CaseWork

/// The name of a mark, or the beginning of a family of them.
enum KnownMark: ExpressibleByStringLiteral {
  case name(String)
  /// `decision-`: one mark for each code.
  case family(String)

  init(stringLiteral text: String) {
    self = text.hasSuffix("-") ? .family(text) : .name(text)
  }

  func matches(_ mark: String) -> Bool {
    switch self {
    case .name(let name): name == mark
    case .family(let prefix): mark.hasPrefix(prefix) && mark != prefix
    }
  }
}

extension CaseRecord.Kind {
  /// What `Marks(of:answers:)` counts for this kind: a gate that asks for another mark would never open.
  var marks: [KnownMark] {
    switch self {
    case .intake: ["risk-screened", "confidentiality-read", "red-flags", "level", "decision-"]
    case .assessment, .reassessment:
      [
        "needs", "severe", "strengths", "risk", "risk-answered", "risk-complete", "red-flags", "level",
        "level-suggested", "voice-student", "voice-guardian", "voice-teacher", "basic-learning",
        "teacher-opinion",
        "guardian-view", "ties", "decision-",
      ]
    case .score: ["total", "unsafe"]
    case .conference:
      [
        "select", "not-select", "linkage", "information", "hold", "decision-", "level", "manager",
        "vice-principal",
        "principal", "homeroom", "attendees", "tasks",
      ]
    case .plan:
      [
        "goals", "actions", "crisis", "ladders", "ladders-all", "agree-student", "agree-guardian",
        "monitoring-every",
      ]
    case .contact: ["closure-notice", "unsafe", "minutes"]
    case .monitoring: ["ratings", "red-flags", "level", "gas-t", "adjust-"]
    case .evaluation: ["ratings", "reached", "gas-t"]
    case .closure: ["reason", "reason-", "retention-from-", "notified-student", "notified-guardian"]
    case .followUp: ["state-", "action-"]
    case .transfer: ["items"]
    case .recommendation: ["outcome-"]
    case .emergency: ["red-flags", "done"]
    case .emergencySupport: ["experts", "life-in-danger", "ended"]
    case .accessRequest: ["decision-", "withheld"]
    }
  }
}

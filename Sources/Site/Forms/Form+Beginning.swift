import CaseWork

extension Form {
  /// What a new form begins with: what is known of the case, then what is likely by each field's preset.
  ///
  /// - Parameters:
  ///   - known: answers taken over from the case; they win over a preset.
  ///   - today: fills `today`. `now` (`14:30`) fills `now`.
  ///   - service: the most frequent service here, with the minutes it mostly takes.
  func begun(from known: Answers, today: Day, now: String, service: String?, minutes: Int?) -> Answers {
    var answers = known
    for field in fields where answers[all: field.id].isEmpty {
      switch field.preset {
      case nil: continue
      case "today": answers[field.id] = today.description
      case "now": answers[field.id] = now
      case "usual-service": answers[field.id] = service
      case "usual-minutes": answers[field.id] = minutes.map(String.init)
      case let code?: answers[field.id] = code
      }
    }
    return answers
  }
}

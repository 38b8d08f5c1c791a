internal import CaseWork

/// Whether what one file names is there in the others.
struct References {
  let codes: [CodeList.Name: CodeList]
  let forms: [String: Form]
  let policy: Policy
  let wordings: Wordings

  func check(_ files: PracticeFiles, workflow: Workflow) {
    for (_, file) in files.pieces(in: "codes") { checkParents(file) }
    checkSteps(files.piece("workflow.yaml"))
    checkPolicy(files.piece("policy.yaml"))
    checkConsents(files.piece("consents.yaml"))
    for (_, file) in files.pieces(in: "instruments") { checkRespondents(file) }
    // A file of words that could not be read would only repeat itself for every key.
    if !files.log.problems.contains(where: { $0.file.hasPrefix("wordings/") }) {
      checkWords(workflow, files.log)
    }
  }

  private func has(_ list: String, _ code: String) -> Bool {
    codes[CodeList.Name(rawValue: list)]?[code] != nil
  }

  private func checkParents(_ file: Piece) {
    for entry in file.parts.flatMap(\.piece.list) {
      let list = entry.isNamed ? [] : entry.list
      guard let parent = entry.isNamed ? entry["parent"] : list.count == 4 ? list[3] : nil else { continue }
      let isKnown = codes.values.contains { $0[parent.text] != nil }
      if !isKnown { parent.problem("there is no code “\(parent.text)” to stand under") }
    }
  }

  private func checkRespondents(_ file: Piece) {
    for entry in file["respondents"]?.list ?? [] where !has("respondent", entry.text) {
      entry.problem("there is no respondent “\(entry.text)”")
    }
  }

  private func checkConsents(_ file: Piece) {
    var seen: Set<String> = []
    for entry in file.list {
      guard let purpose = entry["purpose"]?.text else { continue }
      if !seen.insert(purpose).inserted { entry.problem("the purpose “\(purpose)” is there twice") }
    }
    for purpose in Consent.Purpose.allCases where !seen.contains(purpose.rawValue) {
      file.problem("nothing is asked for the purpose “\(purpose.rawValue)”")
    }
  }
}

extension References {
  /// Each level has its number; funds and what they do not pay are codes.
  private func checkPolicy(_ file: Piece) {
    for key in ["monitoring-every", "reassess-every", "workload-weights"] {
      guard let part = file[key] else { continue }
      for level in Level.allCases where !part.parts.contains(where: { $0.key == String(level.rawValue) }) {
        part.problem("the level \(level.rawValue) is missing")
      }
      for (_, number) in part.parts where number.number < 1 {
        number.problem("a number above 0 is expected here")
      }
    }
    var seen: Set<String> = []
    for clock in file["clocks"]?.list ?? [] {
      guard let id = clock["id"]?.text else { continue }
      if !seen.insert(id).inserted { clock.problem("the clock “\(id)” is there twice") }
    }
    for budget in file["budgets"]?.list ?? [] {
      if let fund = budget["fund"], !has("fund", fund.text) {
        fund.problem("there is no fund “\(fund.text)”")
      }
      for kind in budget["excluded"]?.list ?? [] where !has("expense-kind", kind.text) {
        kind.problem("there is no kind of expense “\(kind.text)”")
      }
    }
    for talk in file["talks"]?.list ?? [] {
      for code in talk["services"]?.list ?? [] where !has("service", code.text) {
        code.problem("there is no service “\(code.text)”")
      }
      for code in talk["methods"]?.list ?? [] where !has("method", code.text) {
        code.problem("there is no method “\(code.text)”")
      }
    }
    if policy.signIn.addressFailures <= policy.signIn.failuresUntilLock || policy.signIn.addressMinutes < 1 {
      file["sign-in"]?.problem(
        "a whole school may share one address: address-failures above failures-until-lock, address-minutes above 0"
      )
    }
    if policy.signIn.warnMinutes >= policy.signIn.idleMinutes {
      file["sign-in"]?.problem("the warning must come before the end: warn-minutes below idle-minutes")
    }
    if policy.signIn.sessionHours * 60 < policy.signIn.idleMinutes {
      file["sign-in"]?.problem(
        "a session may be left idle longer than it may last: session-hours above idle-minutes")
    }
  }
}

extension References {
  private func checkSteps(_ file: Piece) {
    var seen: Set<String> = []
    for step in file["steps"]?.list ?? [] {
      if let id = step["id"]?.text, !seen.insert(id).inserted {
        step.problem("the step “\(id)” is there twice")
      }
      for need in step["needs"]?.list ?? [] {
        checkRule(need)
        if let place = need["place"] { checkPlace(place) }
      }
    }
  }

  /// A mark that nothing counts would keep its gate shut for ever.
  private func checkRule(_ rule: Piece) {
    for inner in rule["rules"]?.list ?? [] {
      inner.allow("rule", "of", "approved", "mark", "at-least", "since", "purpose", "rules")
      checkRule(inner)
    }
    guard let mark = rule["mark"], let kind = rule["of"].flatMap({ CaseRecord.Kind(rawValue: $0.text) })
    else { return }
    if !kind.marks.contains(where: { $0.matches(mark.text) }) {
      mark.problem("nothing is counted as “\(mark.text)” in the kind “\(kind.rawValue)”")
    }
    let isNotice = kind == .contact && mark.text == "closure-notice"
    if isNotice, let least = rule["at-least"], least.number != policy.closureNotices {
      least.problem("policy.yaml says \(policy.closureNotices) closure-notices")
    }
  }

  /// `assessment#strengths`: a form and one of its fields; `consent#participation`: a page of its own.
  private func checkPlace(_ place: Piece) {
    let parts = place.text.split(separator: "#").map(String.init)
    guard let page = parts.first, parts.count <= 2 else {
      return place.problem("a place such as plan#goals is expected here")
    }
    let inside = parts.count == 2 ? parts[1] : nil
    if page == "consent" {
      if let inside, Consent.Purpose(rawValue: inside) == nil {
        place.problem("there is no purpose “\(inside)”")
      }
    } else if let form = forms[page] {
      if let inside, !form.fields.contains(where: { $0.id == inside }) {
        place.problem("the form “\(page)” has no field “\(inside)”")
      }
    } else {
      place.problem("there is no form “\(page)”")
    }
  }
}

extension References {
  /// Words that the program asks for by code; without them a page would show the key.
  private func checkWords(_ workflow: Workflow, _ log: ProblemLog) {
    for step in workflow.steps {
      for code in step.needs.flatMap(\.codes) { need("missing.\(code)", "workflow.yaml", log) }
    }
    for clock in policy.clocks {
      need("due.\(clock.id)", "policy.yaml", log)
      need("due-title.\(clock.id)", "policy.yaml", log)
    }
    for talk in policy.talks { need("month.talk.\(talk.id)", "policy.yaml", log) }
    let codes =
      Stage.allCases.map { "stage.\($0.rawValue)" } + Standing.allCases.map { "standing.\($0.rawValue)" }
      + Level.allCases.map { "level.\($0.rawValue)" } + Act.allCases.map { "act.\($0.rawValue)" }
      + Role.allCases.map { "role.\($0.rawValue)" } + CaseRecord.Kind.allCases.map { "kind.\($0.rawValue)" }
      + Consent.Purpose.allCases.map { "purpose.\($0.rawValue)" }
    for key in codes { need(key, "wordings", log) }
  }

  private func need(_ key: String, _ file: String, _ log: ProblemLog) {
    if !wordings.has(key) { log.add(PracticeProblem(file: file, line: nil, reason: "no words for \(key)")) }
  }
}

extension Workflow.Requirement {
  /// What is missing is said once, or for each person whose consent is missing.
  fileprivate var codes: [String] {
    rule.asksPeople ? Consent.Party.allCases.map { "\(missing)-\($0.rawValue)" } : [missing]
  }
}

extension Workflow.Rule {
  fileprivate var asksPeople: Bool {
    switch self {
    case .consent: true
    case .any(let rules): rules.contains(where: \.asksPeople)
    case .record, .mark, .total, .level: false
    }
  }
}

import CaseWork
import Gateway
import Markup
import Operations

/// Where consent stands: purpose by purpose and person by person, what to ask next, and every answer ever given.
struct ConsentsPage: Sendable {
  let consents: ConsentPage
  let texts: [ConsentText]

  private var id: ID<CaseFile> { consents.file.id }
  /// What is asked in every case, and what is asked only where it is needed.
  private static let always: Set<Consent.Purpose> = [.participation, .collection, .sensitive]

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let name = consents.student.name
    return Page(say("consent.title", ["name": name]), place: .cases) {
      frame.crumbs([(say("caseload.title"), .cases), (name, .caseFile(id)), (say("consent.crumb"), nil)])
      frame.pageHead(say("consent.title", ["name": name]), lead: age(say))
      held(say)
      split("mt5") {
        states(frame)
        history(frame)
      } side: {
        if consents.mayRecord { ask(frame) }
      }
    }
  }

  private func age(_ say: Speech) -> String {
    switch consents.isFourteen {
    case true?: say("consent.age.fourteen")
    case false?: say("consent.age.younger")
    case nil: say("consent.age.unknown")
    }
  }

  private func held(_ say: Speech) -> HTML {
    guard consents.file.standing == .refused else { return .nothing }
    return div(.class("note heed mt4")) {
      h2 { say("consent.held") }
      p { say("consent.held.text") }
    }
  }

  private func states(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.aria("labelledby", "states")) {
      h2(.id("states")) { say("consent.states") }
      table(.class("table cards mt3")) {
        caption(.class("sr")) { say("consent.states") }
        thead {
          tr {
            th(.scope("col")) { say("consent.purpose") }
            th(.scope("col")) { say("party.student") }
            th(.scope("col")) { say("party.guardian") }
            th(.scope("col")) { say("consent.until") }
          }
        }
        tbody { consents.states.enumerated().map { row($1, isFirst: isFirst($0), frame) } }
      }
    }
  }

  /// One purpose may have several rows, one for each agency; a gate leads to the first.
  private func isFirst(_ index: Int) -> Bool {
    !consents.states[..<index].contains { $0.purpose == consents.states[index].purpose }
  }

  private func row(_ state: ConsentState, isFirst: Bool, _ frame: Frame) -> HTML {
    let say = frame.say
    return tr(.id(isFirst ? state.purpose.rawValue : nil)) {
      th(.scope("row")) {
        say("purpose.\(state.purpose.rawValue)")
        recipient(state.recipient).map { name in small(.class("meta")) { " " + name } }
      }
      for party in Consent.Party.allCases {
        td(.data("label", say("party.\(party.rawValue)"))) {
          if let answer = state.parties.first(where: { $0.party == party }) {
            span(.class(tag(answer.status))) { say("consent-status.\(answer.status.rawValue)") }
            if let consent = answer.consent {
              " "
              span(.class("meta")) { say.short(consent.day, from: frame.today) }
            }
          } else {
            span(.class("meta")) { say("consent.not-asked") }
          }
        }
      }
      td(.data("label", say("consent.until"))) { state.until.map { say.short($0, from: frame.today) } ?? "–" }
    }
  }

  private func recipient(_ id: ID<Resource>?) -> String? { id.flatMap { consents.recipients[$0] } }

  private func tag(_ status: ConsentState.Status) -> String {
    switch status {
    case .yes: "tag done"
    case .no, .withdrawn: "tag danger"
    case .expired, .later: "tag heed"
    case .missing: "tag"
    }
  }

  private func ask(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("panel"), .aria("labelledby", "ask")) {
      h2(.id("ask")) { say("consent.ask") }
      p(.class("meta mt2")) { say("consent.ask.text") }
      for party in Consent.Party.allCases {
        p(.class("mt3")) {
          a(.class("btn primary full"), .href(Route.askConsent(id).with("party", party.rawValue).address)) {
            say("consent.ask.\(party.rawValue)")
          }
        }
      }
      details(.class("fold mt4")) {
        summary { say("consent.more") }
        Markup.form(.class("form tight"), .action(Route.askConsent(id).address)) {
          frame.quick(
            "party", say("consent.who"),
            Consent.Party.allCases.map { ($0.rawValue, say("party.\($0.rawValue)")) },
            chosen: Consent.Party.student.rawValue)
          fieldset {
            legend { say("consent.what") }
            div(.class("choices")) {
              for text in texts where !ConsentsPage.always.contains(text.purpose) {
                label(.class("choice")) {
                  input(.type("checkbox"), .name("purpose"), .value(text.purpose.rawValue))
                  span { say("purpose.\(text.purpose.rawValue)") }
                }
              }
            }
          }
          div { button(.class("btn")) { say("consent.more.act") } }
        }
      }
    }
  }

  private func history(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "history")) {
      h2(.id("history")) { say("consent.history") }
      if consents.given.isEmpty { p(.class("meta mt2")) { say("consent.history.none") } }
      ol(.class("ledger mt3")) {
        for given in consents.given {
          li(.class("entry")) {
            p(.class("when")) { b { say.short(given.consent.day, from: frame.today) } }
            div(.class("what")) {
              h3 {
                say(
                  "case.consent",
                  [
                    "purpose": say("purpose.\(given.consent.purpose.rawValue)"),
                    "party": say("party.\(given.consent.party.rawValue)"),
                    "answer": say("answer.\(given.consent.answer.rawValue)"),
                  ])
              }
              p(.class("who")) {
                recipient(given.consent.recipient).map { name in b { name } }
                span { given.recordedBy }
                span { say.name(of: given.consent.method, in: CodeList.Name(rawValue: "consent-method")) }
                given.consent.guardianConfirmation.map { code in
                  span { say.name(of: code, in: CodeList.Name(rawValue: "guardian-confirmation")) }
                }
                span { say("consent.wording", ["version": String(given.consent.wording.version)]) }
              }
              if !given.consent.items.isEmpty {
                p(.class("why")) {
                  given.consent.items.map { item in name(of: item, given.consent.purpose, say) }
                    .joined(separator: ", ")
                }
              }
              given.note.map { note in p(.class("why")) { note } }
            }
            if consents.mayRecord, counts(given.consent) { withdraw(given.consent, frame) }
          }
        }
      }
    }
  }

  private func name(of item: String, _ purpose: Consent.Purpose, _ say: Speech) -> String {
    say.name(of: item, in: CodeList.Name(rawValue: purpose == .transfer ? "transfer-item" : "share-item"))
  }

  /// Whether this yes is the one that counts now, and so can be taken back.
  private func counts(_ consent: Consent) -> Bool {
    consents.states.contains { state in
      state.parties.contains { $0.status == .yes && $0.consent?.id == consent.id }
    }
  }

  private func withdraw(_ consent: Consent, _ frame: Frame) -> HTML {
    let say = frame.say
    return div(.class("do")) {
      details(.class("fold")) {
        summary { say("consent.withdraw") }
        frame.form(.withdrawConsent(consent.id, in: id), .class("form tight")) {
          p(.class("hint")) { say("consent.withdraw.text") }
          ConsentMethod(name: "method", chosen: "in-person").html(frame)
          div(.class("field")) {
            label(.for("note-\(consent.id)")) {
              say("consent.note")
              span(.class("optional")) { " " + say("form.optional") }
            }
            input(
              .class("input full"), .id("note-\(consent.id)"), .name("note"), .maxlength(Form.longestLine),
              .autocomplete("off"))
          }
          div {
            button(.class("btn danger"), .data("busy", say("form.busy"))) { say("consent.withdraw.act") }
          }
        }
      }
    }
  }
}

/// How an answer was confirmed (개인정보 보호법 시행령 제17조②).
struct ConsentMethod: Sendable {
  let name: String
  let chosen: String

  func html(_ frame: Frame) -> HTML {
    let (say, list) = (frame.say, CodeList.Name(rawValue: "consent-method"))
    return frame.quick(
      name, say("consent.method"), (say.lists[list]?.codes ?? []).map { ($0.value, say($0.words)) },
      chosen: chosen)
  }
}

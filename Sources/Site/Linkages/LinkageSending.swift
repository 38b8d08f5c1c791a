import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Vault

extension Site {
  func addLinkageSending(to router: Router<PageContext>) {
    router.get(.sendLinkage) { request, context in
      let preview = try await preview(context)
      let frame = frame(request, context)
      return frame.response(preview.page(frame))
    }
    router.post(.sendLinkage) { request, context in
      let form = context.form
      var preview = try await preview(context)
      let isByLaw = form["by"] == "law"
      do {
        guard form["_shown"] == preview.mark else { throw Refusal.conflict(.changedByAnother) }
        if isByLaw, form["ground"]?.nonEmpty == nil {
          throw Refusal.invalid(
            [Problem("ground", "choose")]
              + (form["ground-words"]?.nonEmpty == nil ? [Problem("ground-words", "required")] : []))
        }
        let sent = try await SendLinkage(office)(
          try context.id(of: Linkage.self, "linkage"), from: form.version("_version"),
          showing: preview.page.shared,
          ground: isByLaw ? form["ground"] : nil, because: form["ground-words"] ?? "",
          in: try context.id(of: CaseFile.self), by: try context.asker)
        return try await shown(sent, request, context)
      } catch Refusal.invalid(let problems) {
        preview.problems = problems
      } catch Refusal.conflict(.changedByAnother) {
        preview.isBehind = true
        preview.typed = form
        let frame = frame(context)
        return frame.response(preview.page(frame), status: .conflict)
      } catch Refusal.notYet {
        // What is missing stands on the page itself.
        preview.isRefused = true
      }
      preview.typed = form
      let frame = frame(context)
      return frame.response(preview.page(frame), status: .unprocessableContent)
    }
  }

  private func preview(_ context: PageContext) async throws -> LinkagePreviewPage {
    let page = try await ReadLinkages(office)(
      try context.id(of: Linkage.self, "linkage"), in: try context.id(of: CaseFile.self),
      for: try context.asker)
    guard page.linkage.state == .draft else { throw Refusal.conflict(.alreadyAnswered) }
    return LinkagePreviewPage(page: page)
  }
}

/// Exactly what would go, and on what ground: the last page before it goes.
struct LinkagePreviewPage: Sendable {
  let page: LinkagePage
  var problems: [Problem] = []
  var isRefused = false
  /// What would go is not what was shown any more.
  var isBehind = false
  var typed = FormBody()

  private var file: CaseFile { page.file }

  /// Tells whether what is sent is what was shown.
  var mark: String {
    let text = page.shared.map { "\($0.item)=\($0.text)" }.joined(separator: "\u{1F}")
    return Chain.digest(of: Array(text.utf8)).map { String($0, radix: 16) }.joined(separator: ".")
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let recipient = page.recipient
    return Page(say("linkage.preview.title"), place: .cases, width: .narrow, problems: problems.count) {
      frame.crumbs([
        (page.student.name, .caseFile(file.id)), (say("linkage.title"), .linkages(of: file.id)),
        (say("linkage.preview.title"), nil),
      ])
      frame.errorSummary(
        problems.map { problem in
          (
            text: say(
              "form.problem", ["field": say("linkage.field.\(problem.field)"), "problem": say(problem)]),
            place: problem.field
          )
        })
      if isBehind { BehindNote().html(frame) }
      frame.pageHead(
        say("linkage.preview.title"), lead: say("linkage.preview.lead", ["recipient": recipient]),
        act: a(.class("btn"), .href(Route.editLinkage(page.linkage.id, in: file.id).address)) {
          say("linkage.preview.edit")
        })
      goes(say)
      ground(frame)
    }
  }

  private func goes(_ say: Speech) -> HTML {
    section(.class("band"), .id("items"), .tabindex(-1), .aria("labelledby", "goes")) {
      h2(.id("goes")) { say("linkage.preview.goes") }
      dl(.class("facts mt3")) {
        div {
          dt { say("linkage.preview.message") }
          dd { lines(page.contents.message) }
        }
        for sent in page.shared {
          div {
            dt { say.name(of: sent.item, in: .shareItem) }
            dd(.lang(sent.text.isEmpty ? nil : SharedItem.language.rawValue)) {
              sent.text.isEmpty
                ? span(.class("error")) {
                  say("linkage.preview.nothing", ["item": say.name(of: sent.item, in: .shareItem)])
                } : lines(sent.text)
            }
          }
        }
      }
      if page.shared.contains(where: { SharedItem.afterAcceptance.contains($0.item) }) {
        p(.class("meta mt3")) { say("linkage.preview.hidden") }
      }
    }
  }

  private func lines(_ text: String) -> HTML {
    HTML.several(
      text.split(separator: "\n").enumerated().flatMap { index, line in
        index == 0 ? [HTML.text(String(line))] : [br(), HTML.text(String(line))]
      })
  }

  private func ground(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "ground-t")) {
      h2(.id("ground-t")) { say("linkage.preview.ground") }
      if page.coverage.isWhole {
        ul(.class("lines mt3")) {
          for consent in page.consents {
            li(.class("ok")) {
              Icon.check.html
              span {
                say(
                  "linkage.preview.consent",
                  [
                    "party": say("party.\(consent.party.rawValue)"),
                    "from": say.short(consent.day, from: page.day), "until": say.typed(consent.until),
                  ])
              }
            }
          }
        }
        frame.form(.sendLinkage(page.linkage.id, in: file.id), .class("form mt4")) {
          own
          div {
            button(.class("btn primary big"), .name("by"), .value("consent"), .data("busy", say("form.busy")))
            {
              say("linkage.preview.send")
            }
          }
        }
      } else {
        missing(frame)
      }
      byLaw(frame)
    }
  }

  private func missing(_ frame: Frame) -> HTML {
    let say = frame.say
    return div(
      .class("note heed mt3"), .role(isRefused ? "alert" : nil), .tabindex(-1), .autofocus(isRefused)
    ) {
      h3 { say("linkage.preview.missing") }
      ul(.class("lines mt2")) {
        for gap in page.coverage.gaps {
          li(.class("todo")) {
            Icon.todo.html
            span { words(gap, say) }
          }
        }
      }
      p(.class("btn-row")) {
        a(
          .class("btn primary"),
          .href(
            Route.askConsent(file.id).with("party", page.coverage.gaps.first?.party.rawValue)
              .with("purpose", Consent.Purpose.share.rawValue)
              .with("recipient", page.linkage.recipient.description).address)
        ) { say("linkage.preview.ask") }
      }
    }
  }

  private func words(_ gap: ShareCoverage.Gap, _ say: Speech) -> String {
    guard let item = gap.item else { return say("missing.\(gap.code)") }
    return say(
      "linkage.gap.item",
      ["party": say("party.\(gap.party.rawValue)"), "item": say.name(of: item, in: .shareItem)])
  }

  private func byLaw(_ frame: Frame) -> HTML {
    let say = frame.say
    return details(.class("fold mt4"), .open(problems.contains { $0.field.hasPrefix("ground") })) {
      summary { say("linkage.preview.law") }
      frame.form(.sendLinkage(page.linkage.id, in: file.id), .class("form tight"), .novalidate()) {
        own
        p(.class("hint")) { say("linkage.preview.law.text") }
        frame.choices(
          "ground", say("linkage.preview.law.ground"),
          (say.lists[.disclosureGround]?.codes ?? []).map {
            ($0.value, say($0.words), $0.hint.map { say($0) })
          },
          chosen: typed["ground"], look: "wide", id: "ground", problems)
        frame.longEntry(
          Entry("ground-words", say("linkage.preview.law.words"), typed["ground-words"] ?? ""), problems)
        div {
          button(.class("btn danger"), .name("by"), .value("law"), .data("busy", say("form.busy"))) {
            say("linkage.preview.send-law")
          }
        }
      }
    }
  }

  private var own: HTML {
    HTML.several([
      input(.type("hidden"), .name("_version"), .value(String(page.linkage.version))),
      input(.type("hidden"), .name("_shown"), .value(mark)),
    ])
  }
}

/// The address and the code for the agency: shown once.
struct SentLinkagePage: Sendable {
  let page: LinkagePage
  let key: AgencyKey
  let address: String
  let school: String

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("linkage.sent.title"), place: .cases, width: .narrow) {
      frame.crumbs([
        (page.student.name, .caseFile(page.file.id)), (say("linkage.title"), .linkages(of: page.file.id)),
        (say("linkage.sent.title"), nil),
      ])
      frame.pageHead(
        say("linkage.sent.title"), lead: say("linkage.sent.lead", ["recipient": page.recipient]))
      AgencyKeyView(
        key: key, address: address, agency: page.recipient, phone: page.phone,
        text: say(
          "linkage.sent.message",
          ["school": school, "name": frame.visitor?.staff.name ?? "", "address": address])
      ).html(frame)
      p(.class("mt4")) {
        a(.class("btn primary"), .href(Route.linkage(page.linkage.id, in: page.file.id).address)) {
          say("linkage.sent.done")
        }
      }
    }
  }
}

/// An address, its code, and a text to send the address with: shown once.
struct AgencyKeyView: Sendable {
  let key: AgencyKey
  let address: String
  let agency: String
  let phone: String?
  let text: String

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return HTML.several([
      div(.class("panel mt5")) {
        h2 { say("linkage.sent.address") }
        p(.class("hint")) { say("linkage.sent.address.hint") }
        p(.class("hash mt2"), .id("agency-address")) { address }
      },
      div(.class("panel mt4")) {
        h2 { say("linkage.sent.code") }
        p(.class("hint")) { say("linkage.sent.code.hint") }
        p(.class("once mt2"), .id("agency-code")) { key.code }
        if let phone { p(.class("meta")) { agency + " " + phone } }
      },
      div(.class("field mt4")) {
        label(.for("agency-text")) { say("linkage.sent.text") }
        textarea(.class("area"), .id("agency-text"), .rows(5), .readonly()) { text }
      },
      p(.class("meta mt3")) {
        say("linkage.sent.until", ["day": say.short(key.expiresOn, from: frame.today)])
      },
    ])
  }
}

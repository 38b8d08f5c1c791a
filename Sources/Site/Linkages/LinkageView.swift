import CaseWork
import Gateway
import Markup
import Operations
import Practice

/// One linkage: where it stands, what went out, what was answered, what can be done, and all that happened.
struct LinkageView: Sendable {
  let page: LinkagePage
  var tried: LinkageAct?
  var problems: [Problem] = []
  var typed = FormBody()
  /// Somebody else changed it after this page was made; what was typed is still in its form.
  var isBehind = false

  private var linkage: Linkage { page.linkage }
  private var file: CaseFile { page.file }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(page.recipient, place: .cases, problems: problems.count) {
      frame.crumbs([
        (page.student.name, .caseFile(file.id)), (say("linkage.title"), .linkages(of: file.id)),
        (page.recipient, nil),
      ])
      frame.errorSummary(
        problems.map { problem in
          (
            text: say(
              "form.problem", ["field": say("linkage.field.\(problem.field)"), "problem": say(problem)]),
            place: tried.map { "\($0.rawValue)-\(problem.field)" }
          )
        })
      if isBehind { BehindNote().html(frame) }
      frame.pageHead(
        page.recipient, lead: page.student.name + ", " + say("linkage.kind.\(linkage.kind.rawValue)"),
        act: linkage.state == .draft
          ? a(.class("btn primary"), .href(Route.sendLinkage(linkage.id, in: file.id).address)) {
            say("linkage.next.draft")
          } : .nothing)
      p(.class("tags")) {
        LinkageState(linkage: linkage).html(say)
        if let result {
          span(.class("meta")) {
            say("linkage.result", ["result": result, "name": say.name(of: result, in: .linkageResult)])
          }
        }
        if linkage.isJoint { span(.class("tag")) { say("linkage.joint") } }
        span(.class("meta")) {
          say("linkage.since", ["day": say.short(Day(inKoreaAt: linkage.stateSince), from: page.day)])
        }
      }
      withdrawn(frame)
      split("mt5") {
        out(say)
        reply(say)
        help(frame)
        course(say)
      } side: {
        link(frame)
        acts(frame)
      }
    }
  }

  private var result: String? {
    linkage.result(because: page.steps.last { $0.step.from != $0.step.to }?.step.reason)
  }

  private func withdrawn(_ frame: Frame) -> HTML {
    guard let day = linkage.withdrawnOn else { return .nothing }
    let say = frame.say
    let items = page.shared.map { say.name(of: $0.item, in: .shareItem) }.joined(separator: ", ")
    return div(.class("note heed mt4")) {
      h2 { say("linkage.withdrawn") }
      p { say("linkage.withdrawn.text", ["day": say.short(day, from: page.day)]) }
      div(.class("field mt3")) {
        label(.for("withdrawn-text")) { say("linkage.withdrawn.notice") }
        textarea(.class("area"), .id("withdrawn-text"), .rows(5), .readonly()) {
          say(
            "linkage.withdrawn.message",
            [
              "recipient": page.recipient, "day": say.long(day), "items": items, "school": page.school,
              "name": frame.visitor?.staff.name ?? "",
            ])
        }
      }
    }
  }

  private func out(_ say: Speech) -> HTML {
    section(.aria("labelledby", "out")) {
      h2(.id("out")) { say(linkage.sentAt == nil ? "linkage.preview.goes" : "linkage.out") }
      dl(.class("facts mt3")) {
        div {
          dt { say("linkage.preview.message") }
          dd { page.contents.message }
        }
        for sent in page.shared {
          div {
            dt { say.name(of: sent.item, in: .shareItem) }
            dd(.lang(SharedItem.language.rawValue)) { sent.text }
          }
        }
        if let ground = linkage.ground {
          div {
            dt { say("linkage.preview.ground") }
            dd {
              if ground == "consent" {
                page.consents.map { consent in
                  say(
                    "linkage.preview.consent",
                    [
                      "party": say("party.\(consent.party.rawValue)"),
                      "from": say.short(consent.day, from: page.day), "until": say.typed(consent.until),
                    ])
                }.joined(separator: ", ")
              } else {
                say.name(of: ground, in: .disclosureGround) + ". " + (page.contents.groundWords ?? "")
              }
            }
          }
        }
      }
    }
  }

  private func reply(_ say: Speech) -> HTML {
    guard let reply = page.contents.reply, !reply.isEmpty || !page.attachments.isEmpty else {
      return .nothing
    }
    let lines: [(String, String?)] = [
      ("meeting", reply.meeting.nonEmpty), ("contact", reply.contact.nonEmpty), ("part", reply.part.nonEmpty),
      ("wait", reply.waitUntil.map { say.short($0, from: page.day) }), ("words", reply.words.nonEmpty),
    ]
    return section(.class("band"), .aria("labelledby", "reply")) {
      h2(.id("reply")) { say("linkage.reply") }
      dl(.class("facts mt3")) {
        for (name, text) in lines {
          if let text {
            div {
              dt { say("linkage.reply.\(name)") }
              dd { text }
            }
          }
        }
      }
      if !page.attachments.isEmpty {
        h3(.class("mt4")) { say("linkage.files") }
        ul(.class("people mt2")) {
          for file in page.attachments {
            li {
              a(.href(Route.linkageFile(file.id, of: linkage.id, in: self.file.id).address)) { file.name }
              span(.class("meta")) {
                say("linkage.file.size", ["size": say.grouped((file.size + 1023) / 1024)])
              }
            }
          }
        }
      }
    }
  }

  private func course(_ say: Speech) -> HTML {
    section(.class("band"), .aria("labelledby", "course")) {
      h2(.id("course")) { say("linkage.course") }
      ol(.class("ledger mt3")) {
        for line in page.steps.reversed() {
          li(.class("entry")) {
            p(.class("when")) { b { say.short(Day(inKoreaAt: line.step.at), from: page.day) } }
            div(.class("what")) {
              h3 { title(of: line.step, say) }
              p(.class("who")) {
                span {
                  line.by ?? say(line.step.way == .program ? "linkage.step.program" : "linkage.step.target")
                }
                if let way = say.lists[.linkageWay]?[line.step.way.rawValue] { span { say(way.words) } }
                if line.step.from != line.step.to, let reason = line.step.reason {
                  span { say.name(of: reason, in: .linkageReason) }
                }
              }
              line.words.map { words in p(.class("why")) { words } }
            }
          }
        }
      }
    }
  }

  private func title(of step: Linkage.Step, _ say: Speech) -> String {
    if step.from == nil { return say("linkage.step.made") }
    if step.from == step.to, let reason = step.reason, say.has("linkage.step.\(reason)") {
      return say("linkage.step.\(reason)")
    }
    return say("linkage.state.\(step.to.rawValue)")
  }

  private func link(_ frame: Frame) -> HTML {
    let say = frame.say
    guard linkage.sentAt != nil else { return .nothing }
    return section(.class("panel"), .aria("labelledby", "link")) {
      h2(.id("link")) { say("linkage.link") }
      p {
        page.linkStatus.map { status in
          say(
            "linkage.link.\(status.rawValue)",
            ["day": page.link.map { say.short(Day(inKoreaAt: $0.expiresAt), from: page.day) } ?? ""])
        } ?? say("linkage.link.none")
      }
      if linkage.state.isOpen, linkage.withdrawnOn == nil {
        div(.class("btn-row mt3")) {
          frame.form(.linkageAct(.renew, linkage.id, in: file.id)) {
            button(.class("btn")) { say("linkage.link.renew") }
          }
          if page.linkStatus == .good {
            frame.form(.linkageAct(.revoke, linkage.id, in: file.id)) {
              button(.class("btn quiet")) { say("linkage.link.revoke") }
            }
          }
        }
      }
      AgencyOpenings(openings: page.openings).html(say)
    }
  }

  // MARK: what can be done

  private func acts(_ frame: Frame) -> HTML {
    let say = frame.say
    let mine = Linkage.State.allCases.filter {
      linkage.state.moves(of: .requester).contains($0) && $0 != .requested
    }
    let theirs = Linkage.State.allCases.filter { linkage.state.moves(of: .target).contains($0) }
    if mine.isEmpty, theirs.isEmpty { return .nothing }
    return section(.class("panel"), .aria("labelledby", "acts")) {
      h2(.id("acts")) { say("linkage.acts") }
      if !theirs.isEmpty { answer(theirs, frame) }
      if linkage.state == .requested || linkage.state == .onHold { remind(frame) }
      if !mine.isEmpty { move(mine, frame) }
    }
  }

  private func fold(
    _ act: LinkageAct, _ title: String, _ frame: Frame, @HTMLBuilder content: () -> HTML
  ) -> HTML {
    details(.class("fold"), .open(tried == act)) {
      summary { title }
      frame.form(.linkageAct(act, linkage.id, in: file.id), .class("form tight"), .novalidate()) {
        input(.type("hidden"), .name("_version"), .value(String(linkage.version)))
        content()
      }
    }
  }

  /// What is wrong in the form of `act`: the same names stand in several forms of the page.
  private func wrong(_ act: LinkageAct) -> [Problem] { tried == act ? problems : [] }

  private func value(_ act: LinkageAct, _ name: String) -> String? { tried == act ? typed[name] : nil }

  private func id(_ act: LinkageAct, _ name: String) -> String { "\(act.rawValue)-\(name)" }

  private func entry(_ act: LinkageAct, _ name: String, _ words: String) -> Entry {
    Entry(name, words, value(act, name) ?? "").with {
      $0.id = id(act, name)
      $0.isOptional = true
      $0.isShort = true
    }
  }

  private func states(_ act: LinkageAct, _ states: [Linkage.State], _ frame: Frame) -> HTML {
    frame.choices(
      "state", frame.say("linkage.move.to"),
      states.map { ($0.rawValue, frame.say("linkage.state.\($0.rawValue)"), nil) },
      chosen: value(act, "state"), id: id(act, "state"), wrong(act))
  }

  private func reasons(_ act: LinkageAct, _ frame: Frame) -> HTML {
    let say = frame.say
    return frame.picker(
      "reason", say("linkage.move.reason"),
      (say.lists[.linkageReason]?.codes ?? []).map { ($0.value, say($0.words)) },
      chosen: value(act, "reason"), empty: say("form.choose"), id: id(act, "reason"), wrong(act))
  }

  private func line(_ act: LinkageAct, _ name: String, _ words: String, _ frame: Frame) -> HTML {
    frame.entry(entry(act, name, words).with { $0.maxlength = Form.longestLine }, wrong(act))
  }

  private func words(_ act: LinkageAct, _ title: String, _ frame: Frame) -> HTML {
    frame.longEntry(entry(act, "words", title), wrong(act))
  }

  private func ways(_ frame: Frame) -> HTML {
    let say = frame.say
    return frame.quick(
      "way", say("linkage.way"),
      (say.lists[.linkageWay]?.codes ?? []).map { ($0.value, say($0.words)) }, chosen: "phone")
  }

  private func answer(_ states: [Linkage.State], _ frame: Frame) -> HTML {
    let say = frame.say
    return fold(.answer, say("linkage.phone"), frame) {
      p(.class("hint")) { say("linkage.phone.text") }
      self.states(.answer, states, frame)
      reasons(.answer, frame)
      line(.answer, "meeting", say("linkage.reply.meeting"), frame)
      line(.answer, "contact", say("linkage.reply.contact"), frame)
      if states.contains(.accepted) { line(.answer, "part", say("linkage.phone.part"), frame) }
      line(.answer, "wait-until", say("linkage.field.wait-until"), frame)
      words(.answer, say("linkage.reply.words"), frame)
      ways(frame)
      div { button(.class("btn primary"), .data("busy", say("form.busy"))) { say("linkage.help.act") } }
    }
  }

  private func remind(_ frame: Frame) -> HTML {
    fold(.remind, frame.say("linkage.remind"), frame) {
      ways(frame)
      words(.remind, frame.say("linkage.move.words"), frame)
      div { button(.class("btn"), .data("busy", frame.say("form.busy"))) { frame.say("linkage.remind.act") } }
    }
  }

  private func move(_ states: [Linkage.State], _ frame: Frame) -> HTML {
    fold(.move, frame.say("linkage.move"), frame) {
      self.states(.move, states, frame)
      reasons(.move, frame)
      words(.move, frame.say("linkage.move.words"), frame)
      div {
        button(.class("btn danger"), .data("busy", frame.say("form.busy"))) { frame.say("linkage.move.act") }
      }
    }
  }

  private func help(_ frame: Frame) -> HTML {
    let say = frame.say
    guard linkage.sentAt != nil, linkage.state != .enteredInError else { return .nothing }
    return section(.class("band"), .id("help"), .tabindex(-1), .aria("labelledby", "help-t")) {
      h2(.id("help-t")) { say("linkage.help") }
      if let help = linkage.help {
        p {
          help.score.map { score in
            say(
              "linkage.help.kept",
              ["got": say("linkage.help.got.\(help.got.rawValue)"), "score": String(score)])
          } ?? say("linkage.help.got.\(help.got.rawValue)")
        }
        page.contents.helpWords.map { words in blockquote { p { q { words } } } }
      }
      if linkage.help == nil, linkage.acceptedOn != nil || !linkage.state.isOpen {
        frame.form(.linkageAct(.help, linkage.id, in: file.id), .class("form tight mt3"), .novalidate()) {
          input(.type("hidden"), .name("_version"), .value(String(linkage.version)))
          got(frame)
          score(frame)
          words(.help, say("linkage.help.words"), frame)
          div { button(.class("btn primary"), .data("busy", say("form.busy"))) { say("linkage.help.act") } }
        }
      }
    }
  }

  private func score(_ frame: Frame) -> HTML {
    let say = frame.say
    return frame.entry(
      entry(.help, "score", say("linkage.help.score")).with {
        $0.hint = say("linkage.help.score.hint")
        $0.isOptional = false
        $0.inputmode = "numeric"
        $0.width = "w4"
      }, wrong(.help))
  }

  private func got(_ frame: Frame) -> HTML {
    let say = frame.say
    return frame.quick(
      "got", say("linkage.help.got"),
      Linkage.Help.Got.allCases.map { ($0.rawValue, say("linkage.help.got.\($0.rawValue)")) },
      chosen: value(.help, "got"), id: id(.help, "got"), wrong(.help))
  }
}

/// That somebody else was faster, and nothing typed is lost.
struct BehindNote: Sendable {
  func html(_ frame: Frame) -> HTML {
    div(.class("note heed mt4"), .role("alert"), .tabindex(-1), .autofocus()) {
      p { frame.say("linkage.conflict") }
    }
  }
}

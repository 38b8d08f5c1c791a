import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice

extension Site {
  func addMyReferrals(to router: Router<PageContext>) {
    router.get(.mine) { request, context in
      let referrals = try await MyReferrals(office)(for: try context.asker)
      let frame = frame(request, context)
      return frame.response(MyReferralsPage(referrals: referrals).page(frame))
    }
    router.get(.sent) { request, context in
      let referral = try await MyReferrals(office)(try context.id(of: Referral.self), for: try context.asker)
      let frame = frame(request, context)
      return frame.response(
        SentReferralPage(referral: referral, form: office.practice.forms["referral"]).page(frame))
    }
  }
}

/// How far each referral has come.
struct MyReferralsPage: Sendable {
  let referrals: [SentReferral]

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("mine.title"), place: .mine, width: .phone) {
      frame.pageHead(say("mine.title"), lead: say("mine.lead"))
      if referrals.isEmpty {
        frame.empty(say("mine.none"), say("mine.none.text"), act: (say("nav.refer"), .refer))
      } else {
        ul(.class("people")) {
          for referral in referrals {
            li(.data("row", "")) {
              a(.href(Route.sent(referral.id).address)) {
                b { referral.student.name }
                " " + (referral.student.classLabel ?? "")
              }
              span(.class(referral.status.isOver ? "tag done" : "tag act")) {
                say("referral-status.\(referral.status.rawValue)")
              }
              span(.class("meta")) { say("mine.sent-at", ["when": say.moment(referral.at)]) }
            }
          }
        }
      }
    }
  }
}

/// One referral as its sender may see it: status, who has it, what is asked, and what is not shown and why.
struct SentReferralPage: Sendable {
  let referral: SentReferral
  let form: Form?

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("mine.title"), place: .mine, width: .phone) {
      frame.pageHead(
        [referral.student.name, referral.student.classLabel].compactMap { $0 }.joined(separator: " "),
        lead: say("mine.sent-at", ["when": say.moment(referral.at)]), eyebrow: say("mine.title"))
      steps(frame)
      for reply in referral.replies where reply.request != nil {
        section(.class("note mt4")) {
          h2 { say("mine.request") }
          p { reply.request }
        }
      }
      section(.class("mt5")) {
        h2 { say("mine.hidden") }
        p(.class("meta mt2")) { say("mine.hidden.text") }
      }
      if let form, let answers = referral.answers {
        details(.class("fold mt5")) {
          summary { say("mine.wrote") }
          div { RecordView(frame: frame, form: form, answers: answers).html }
        }
      }
    }
  }

  private func steps(_ frame: Frame) -> HTML {
    let say = frame.say
    let isReceived = referral.status != .sent
    return ol(.class("steps")) {
      li(.class(isReceived ? "past" : "now"), .current("step", if: !isReceived)) {
        b { say("mine.step.sent") }
        p(.class("meta")) { isReceived ? say.moment(referral.at) : say("mine.step.wait") }
      }
      for reply in referral.replies {
        li(.class("past")) {
          b { say("reply-kind.\(reply.kind.rawValue)") }
          p(.class("meta")) { say.moment(reply.at) + " · " + reply.by }
          if !reply.text.isEmpty { p { reply.text } }
        }
      }
      if isReceived, !referral.status.isOver {
        li(.class("now"), .current("step", if: true)) {
          b { say("mine.step.received") }
          referral.handler.map { name in p { say("mine.handler", ["name": name]) } }
          p(.class("meta")) { say("mine.step.work") }
        }
      }
      if referral.status.isOver {
        li(.class("now"), .current("step", if: true)) {
          b { say("referral-status.\(referral.status.rawValue)") }
        }
      } else {
        li { b(.class("meta")) { say("mine.step.result") } }
      }
    }
  }
}

extension Referral.Status {
  /// Nothing more will come.
  var isOver: Bool {
    switch self {
    case .sent, .received: false
    case .selected, .helped, .notSelected, .closed: true
    }
  }
}

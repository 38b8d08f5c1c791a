import CaseWork
import Markup
import Operations

/// A case in figures: every goal from where it began to where it stands, T before and now, scales, what was given.
struct EvaluationSheet: Sendable {
  let page: EvaluationPage

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return section(.class("band"), .aria("labelledby", "sheet")) {
      h2(.id("sheet")) { say("sheet.title") }
      score(say)
      if page.goals.isEmpty { p(.class("meta mt2")) { say("sheet.no-plan") } } else { goals(say) }
      scores(frame)
      services(say)
    }
  }

  private func score(_ say: Speech) -> HTML {
    guard let before = page.summary.scoreBefore, let now = page.summary.scoreAfter else { return .nothing }
    return div(.class("score mt3")) {
      p {
        span(.class("t")) { now.description }
        " "
        span(.class("meta")) { say("case.score", ["before": before.description]) }
      }
      p(.class("meta")) {
        say(
          "sheet.reached",
          ["reached": String(page.summary.reached), "count": String(page.summary.courses.count)])
      }
    }
  }

  private func goals(_ say: Speech) -> HTML {
    table(.class("table cards mt3")) {
      caption(.class("sr")) { say("sheet.goals") }
      thead {
        tr {
          th(.scope("col")) { say("sheet.goal") }
          th(.scope("col")) { say("sheet.before") }
          th(.scope("col")) { say("sheet.now") }
        }
      }
      tbody {
        for line in page.goals {
          tr {
            th(.scope("row")) { "\(line.goal.number). \(line.goal.title)" }
            td(.data("label", say("sheet.before"))) { level(line.course.baseline, line.textBefore, say) }
            td(.data("label", say("sheet.now"))) { level(line.course.last, line.textNow, say) }
          }
        }
      }
    }
  }

  private func level(_ rating: Int?, _ text: String?, _ say: Speech) -> HTML {
    guard let rating else { return span(.class("meta")) { say("sheet.unrated") } }
    return HTML.several([
      span(.class(rating < 0 ? "tag heed" : "tag done")) { CaseView.signed(rating) },
      .text(" " + (text ?? "")),
    ])
  }

  private func scores(_ frame: Frame) -> HTML {
    let say = frame.say
    let courses = page.scores?.filter { $0.last != nil } ?? []
    if courses.isEmpty { return .nothing }
    return table(.class("table cards mt4")) {
      caption { say("sheet.scores") }
      thead {
        tr {
          th(.scope("col")) { say("sheet.instrument") }
          th(.scope("col"), .class("n")) { say("sheet.before") }
          th(.scope("col"), .class("n")) { say("sheet.now") }
        }
      }
      tbody {
        for course in courses {
          tr {
            th(.scope("row")) {
              say.name(of: course.instrument, in: CodeList.Name(rawValue: "instrument")) + " "
              span(.class("meta")) {
                [
                  say.name(of: course.respondent, in: CodeList.Name(rawValue: "respondent")),
                  course.scale == "total" ? nil : course.scale,
                ].compactMap { $0 }.joined(separator: " · ")
              }
            }
            td(.class("n"), .data("label", say("sheet.before"))) {
              "\(course.first.score) "
              span(.class("meta")) { say.short(course.first.day, from: frame.today) }
            }
            td(.class("n"), .data("label", say("sheet.now"))) {
              if let last = course.last {
                "\(last.score) "
                span(.class("meta")) { say.short(last.day, from: frame.today) }
              }
            }
          }
        }
      }
    }
  }

  private func services(_ say: Speech) -> HTML {
    if page.summary.services.isEmpty { return p(.class("meta mt4")) { say("sheet.no-service") } }
    return table(.class("table cards mt4")) {
      caption { say("sheet.services") }
      thead {
        tr {
          th(.scope("col")) { say("sheet.service") }
          for column in ["count", "people", "minutes", "amount"] {
            th(.scope("col"), .class("n")) { say("sheet.\(column)") }
          }
        }
      }
      tbody {
        for total in page.summary.services {
          row(
            total.service.map { say.name(of: $0, in: .service) } ?? say("sheet.total"), total, say)
        }
        row(say("sheet.total"), page.summary.total, say)
      }
    }
  }

  private func row(_ name: String, _ total: ServiceTotal, _ say: Speech) -> HTML {
    tr {
      th(.scope("row")) { name }
      td(.class("n"), .data("label", say("sheet.count"))) { say.grouped(total.count) }
      td(.class("n"), .data("label", say("sheet.people"))) { say.grouped(total.people) }
      td(.class("n"), .data("label", say("sheet.minutes"))) { say.grouped(total.minutes) }
      td(.class("n"), .data("label", say("sheet.amount"))) { say.grouped(total.amount) }
    }
  }
}

/// What a closure stands on: what is missing, the follow-ups it will plan, how long everything is kept.
struct ClosingSheet: Sendable {
  let page: ClosingPage

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    return HTML.several([
      page.missing.isEmpty
        ? .nothing
        : div(.class("note heed mt4")) {
          h2 { say("closing.missing") }
          MissingList(missing: page.missing, place: Site.places(in: page.file.id)).html(frame)
        },
      dl(.class("facts mt4")) {
        div {
          dt { say("closing.follow-ups") }
          dd { page.followUps.map { say.short($0.due, from: frame.today) }.joined(separator: ", ") }
        }
        div {
          dt { say("closing.kept") }
          dd { say("closing.kept.until", ["day": say.short(page.retention.recordsUntil, from: frame.today)]) }
        }
      },
      EvaluationSheet(page: page.evaluation).html(frame),
    ])
  }
}

extension ClosingPage {
  /// The text by rule, a line each, as the beginning of the summary.
  func summary(in say: Speech) -> String {
    report.lines.map { $0.text(say.wordings, say.lists, say.language) }.joined(separator: "\n")
  }
}

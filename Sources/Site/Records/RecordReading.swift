import CaseWork
import Gateway
import Markup
import Operations
import Practice

/// One record to be read: what it says, what it said before, who wrote and approved it, and what may be done with it.
struct RecordReading: Sendable {
  let page: RecordPage
  let form: Form
  var options = PickerOptions()
  /// The case in figures, beside an evaluation and a closing report.
  var evaluation: EvaluationPage?
  /// Who gives what, beside a plan.
  var coordination: CoordinationPage?
  /// What a score was taken with.
  var instrument: Instrument?
  /// Of handing a plan back without saying why.
  var problems: [Problem] = []
  var reason = ""
  /// What the decision of a conference still needs.
  var missing: [Missing] = []

  private var record: CaseRecord { page.record }
  private var id: ID<CaseFile> { page.file.id }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let kind = say("kind.\(record.kind.rawValue)")
    return Page("\(page.student.name) \(kind)", place: .cases, problems: problems.count) {
      frame.crumbs([(say("caseload.title"), .cases), (page.student.name, .caseFile(id)), (kind, nil)])
      frame.errorSummary(problems.map { (text: say($0), place: $0.field) })
      frame.pageHead(
        say("record.title", ["name": page.student.name, "kind": kind, "series": String(record.series)]),
        lead: say("record.by", ["day": say.long(record.day), "name": page.author]), act: acts(say))
      tags(say)
      if !missing.isEmpty { stillMissing(frame) }
      split("mt5") {
        comparison(frame)
        instrument.map { ScoreNote(instrument: $0, answers: record.answers).html(frame) }
        evaluation.map { EvaluationSheet(page: $0).html(frame) }
        RecordView(frame: frame, form: form, answers: record.answers, options: options).html
        coordination.map { CoordinationView(page: $0).html(frame) }
        changes(frame)
      } side: {
        decision(frame)
        approval(frame)
        versions(frame)
      }
    }
  }

  private func acts(_ say: Speech) -> HTML {
    HTML.several([
      page.mayCorrect
        ? a(.class("btn primary"), .href(Route.correctRecord(record.id, in: id).address)) {
          say(record.kind.isWrittenAtOnce ? "record.correct" : "record.go-on")
        } : .nothing,
      record.kind == .accessRequest
        ? a(.class("btn"), .href(Route.accessCopy(record.id, in: id).address)) { say("copy.see") } : .nothing,
      a(.class("btn"), .href(Route.caseFile(id).address)) { say("record.back") },
    ])
  }

  private func tags(_ say: Speech) -> HTML {
    p(.class("tags mt2")) {
      if let approver = page.approver {
        span(.class("tag done")) { say("record.approved", ["name": approver]) }
        span(.class("tag")) { say("record.locked") }
      } else if let asked = page.askedAt {
        span(.class("tag act")) { say("record.handed-in", ["when": say.moment(asked)]) }
      } else if !record.kind.isWrittenAtOnce {
        span(.class("tag heed")) { say("record.unfinished") }
      }
    }
  }

  private func stillMissing(_ frame: Frame) -> HTML {
    div(.class("note heed mt4"), .role("alert"), .tabindex(-1), .autofocus()) {
      h2 { frame.say("record.missing") }
      MissingList(missing: missing, place: Site.places(in: id)).html(frame)
    }
  }

  /// The decision of a conference, by somebody who may take it.
  private func decision(_ frame: Frame) -> HTML {
    guard page.maySelect else { return .nothing }
    let say = frame.say
    return section(.class("panel"), .aria("labelledby", "decide")) {
      h2(.id("decide")) { say("select.title") }
      p(.class("meta mt2")) { say("select.text") }
      frame.form(.selectByRecord(record.id, in: id), .class("mt3")) {
        input(.type("hidden"), .name("_version"), .value(String(record.version)))
        button(.class("btn primary full"), .data("busy", say("form.busy"))) { say("select.act") }
      }
    }
  }

  private func approval(_ frame: Frame) -> HTML {
    guard page.mayApprove else { return .nothing }
    let say = frame.say
    let problem = problems.first { $0.field == "reason" }
    return section(.class("panel"), .aria("labelledby", "approve")) {
      h2(.id("approve")) { say("approve.title") }
      p(.class("meta mt2")) { say("approve.text") }
      frame.form(.approveRecord(record.id, in: id), .class("mt3")) {
        input(.type("hidden"), .name("_version"), .value(String(record.version)))
        button(.class("btn primary full"), .data("busy", say("form.busy"))) { say("approve.act") }
      }
      details(.class("fold mt4"), .open(problem != nil)) {
        summary { say("approve.back") }
        frame.form(.handBackRecord(record.id, in: id), .class("form tight")) {
          input(.type("hidden"), .name("_version"), .value(String(record.version)))
          div(.class(problem == nil ? "field" : "field bad")) {
            label(.for("reason")) { say("approve.reason") }
            p(.class("hint"), .id("reason-h")) { say("approve.reason.hint") }
            if let problem { frame.errorLine(say(problem), id: "reason-e") }
            textarea(
              .class("area short"), .id("reason"), .name("reason"), .maxlength(Form.longestText), .required(),
              .aria("describedby", problem == nil ? "reason-h" : "reason-e reason-h")
            ) { reason }
          }
          button(.class("btn"), .data("busy", say("form.busy"))) { say("approve.back.act") }
        }
      }
    }
  }

  /// A reassessment beside the assessment before it: area by area, then the risk.
  private func comparison(_ frame: Frame) -> HTML {
    guard record.kind == .reassessment, let before = page.before else { return .nothing }
    return ComparisonView(
      comparison: AssessmentComparison(from: before.answers, to: record.answers, form: form),
      before: before.day, after: record.day
    ).html(frame)
  }

  private func changes(_ frame: Frame) -> HTML {
    guard let difference = page.difference, let before = page.before else { return .nothing }
    return section(.class("band"), .aria("labelledby", "df")) {
      h2(.id("df")) {
        frame.say(
          record.kind == .plan ? "record.changes.plan" : "record.changes",
          ["series": String(before.series), "day": frame.say.short(before.day, from: frame.today)])
      }
      difference.isEmpty
        ? p(.class("meta mt2")) { frame.say("record.changes.none") }
        : DifferenceView(frame: frame, form: form, difference: difference, options: options).html
    }
  }

  private func versions(_ frame: Frame) -> HTML {
    if page.versions.isEmpty { return .nothing }
    let say = frame.say
    return section(.aria("labelledby", "vs")) {
      h2(.id("vs")) { say("record.versions") }
      for (version, next) in zip(page.versions, page.versions.dropFirst().map(\.answers) + [record.answers])
        .reversed()
      {
        details(.class("fold mt2")) {
          summary {
            say(
              "record.version",
              [
                "number": String(version.version), "name": version.author,
                "when": say.moment(version.writtenAt),
              ])
          }
          DifferenceView(
            frame: frame, form: form, difference: Difference(from: version.answers, to: next, form: form),
            options: options
          ).html
        }
      }
    }
  }
}

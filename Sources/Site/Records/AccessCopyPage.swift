import CaseWork
import Markup
import Operations

/// What is handed over on a request to read (개인정보 보호법 제35조): the records in the range asked for, names of others
/// masked, and what is withheld with its ground. Made to be printed.
struct AccessCopyPage: Sendable {
  let copy: AccessCopy
  let forms: [String: Form]

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("copy.title", ["name": copy.student.name]), place: .cases, width: .narrow) {
      frame.crumbs([
        (copy.student.name, .caseFile(copy.file.id)),
        (say("kind.access-request"), .record(copy.request.id, in: copy.file.id)),
      ])
      frame.pageHead(say("copy.title", ["name": copy.student.name]), lead: say("copy.lead"))
      if copy.request.approval == nil { div(.class("note heed compact mt4")) { p { say("copy.draft") } } }
      withheld(say)
      if copy.records.isEmpty { frame.empty(say("copy.none"), say("copy.none.text")) }
      for record in copy.records { self.record(record, frame) }
    }
  }

  private func withheld(_ say: Speech) -> HTML {
    if copy.withheld.isEmpty { return .nothing }
    return section(.class("band"), .aria("labelledby", "withheld")) {
      h2(.id("withheld")) { say("copy.withheld") }
      ul(.class("lines mt3")) {
        for item in copy.withheld {
          li {
            b { say.name(of: item.what, in: CodeList.Name(rawValue: "access-part")) }
            " " + say.name(of: item.ground, in: CodeList.Name(rawValue: "access-ground")) + ": " + item.why
          }
        }
      }
    }
  }

  private func record(_ record: CaseRecord, _ frame: Frame) -> HTML {
    let say = frame.say
    let title =
      say("kind.\(record.kind.rawValue)") + " \(record.series) · " + say.short(record.day, from: frame.today)
    return article(.class("band"), .aria("label", title)) {
      h2 { title }
      if let form = forms[record.kind.rawValue] {
        RecordView(frame: frame, form: form, answers: record.answers).html
      }
    }
  }
}

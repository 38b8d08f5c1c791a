import Foundation
import Gateway
import Markup

/// What I opened: the same rows the privacy officer sees.
struct ReadsPage: Sendable {
  let reads: [Line]
  /// Where the earlier ones are.
  var more: Route?

  struct Line: Sendable {
    let at: Date
    /// The kind of thing, as the log names it.
    let what: String
    let count: Int
    let address: String
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("reads.title")) {
      frame.pageHead(say("reads.title"), lead: say("reads.lead"))
      if reads.isEmpty {
        frame.empty(say("reads.none"), say("reads.none.text"))
      } else {
        table(.class("table cards")) {
          caption(.class("sr")) { say("reads.title") }
          thead {
            tr {
              th(.scope("col")) { say("reads.when") }
              th(.scope("col")) { say("reads.what") }
              th(.scope("col"), .class("n")) { say("reads.count") }
              th(.scope("col")) { say("reads.where") }
            }
          }
          tbody {
            for line in reads {
              tr {
                th(.scope("row")) { say.moment(line.at) }
                td(.data("label", say("reads.what"))) {
                  say.has("read.\(line.what)") ? say("read.\(line.what)") : say("read.other")
                }
                td(.data("label", say("reads.count")), .class("n")) { String(line.count) }
                td(.data("label", say("reads.where"))) { line.address }
              }
            }
          }
        }
        if let more { p(.class("pager")) { a(.class("btn"), .href(more.address)) { say("reads.more") } } }
      }
    }
  }
}

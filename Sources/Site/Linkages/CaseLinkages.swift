import CaseWork
import Markup
import Operations

extension CaseView {
  /// The agencies that were asked for help, and where each stands.
  func linkages(_ frame: Frame) -> HTML {
    if page.linkages.isEmpty { return .nothing }
    let say = frame.say
    return section(.class("band"), .id("linkages"), .tabindex(-1), .aria("labelledby", "li")) {
      h2(.id("li")) { say("linkage.title") }
      LinkageLines(
        lines: page.linkages, mayOpen: page.acts.contains(.linkResources), day: page.day
      ).html(frame)
      p {
        a(.class("link-act"), .href(Route.linkages(of: page.file.id).address)) { say("linkage.all") }
      }
    }
  }
}

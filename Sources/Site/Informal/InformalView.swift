import CaseWork
import Foundation
import Markup
import Operations

/// The people around one student who can help, and what was told of each before.
struct InformalView: Sendable {
  let found: InformalPage

  private var file: ID<CaseFile> { found.file.id }

  func page(_ frame: Frame) -> Page {
    let (say, name) = (frame.say, found.student.name)
    let there = found.histories.filter { $0.now?.told.ended == nil }
    let ended = found.histories.filter { $0.now?.told.ended != nil }
    return Page(say("informal.title", ["name": name])) {
      frame.crumbs([(name, .caseFile(file)), (say("informal.crumb"), nil)])
      frame.pageHead(say("informal.title", ["name": name]), lead: say("informal.lead"))
      if found.mayChange {
        p { a(.class("btn primary"), .href(Route.newInformal(in: file).address)) { say("informal.add") } }
      }
      if there.isEmpty { p(.class("hint mt3")) { say("informal.none") } }
      list(there, frame)
      ties(frame)
      if !ended.isEmpty {
        details(.class("fold mt5")) {
          summary { say("informal.ended", ["count": String(ended.count)]) }
          list(ended, frame)
        }
      }
    }
  }

  /// Whom the newest assessment names: a new one begins with the name.
  private func ties(_ frame: Frame) -> HTML {
    let say = frame.say
    guard !found.ties.isEmpty else { return .nothing }
    return section(.class("band"), .aria("labelledby", "ties")) {
      h2(.id("ties")) { say("informal.ties") }
      p(.class("hint")) { say("informal.ties.lead") }
      ul(.class("people mt2")) {
        for (index, tie) in found.ties.enumerated() {
          li {
            b { tie.name }
            a(.class("btn"), .href(Route.newInformal(in: file).with("tie", String(index)).address)) {
              say("informal.ties.act")
              span(.class("sr")) { ": " + tie.name }
            }
          }
        }
      }
    }
  }

  private func list(_ histories: [InformalHistory], _ frame: Frame) -> HTML {
    ul(.class("people mt3")) { histories.map { line($0, frame) } }
  }

  private func line(_ history: InformalHistory, _ frame: Frame) -> HTML {
    let say = frame.say
    guard let person = history.now else { return .nothing }
    let told = person.told
    return li {
      b { told.name }
      span(.class("meta")) {
        [say.name(of: told.kind, in: .informalKind), told.relation].compactMap(\.self).joined(
          separator: " · ")
      }
      p { [told.gives, told.often].compactMap(\.self).joined(separator: " · ") }
      p(.class("meta")) { told.needs.map { say.name(of: $0, in: .needArea) }.joined(separator: ", ") }
      p(.class("meta")) { facts(told, say).joined(separator: " · ") }
      if let ended = told.ended {
        p(.class("meta")) {
          [
            say("informal.ended.on", ["day": say.typed(ended.on)]),
            say.name(of: ended.reason, in: .informalEnd), ended.words,
          ].compactMap(\.self).joined(separator: " · ")
        }
      } else if found.mayChange {
        p {
          a(.class("link-act"), .href(Route.informalPerson(person.id, in: file).address)) {
            say("informal.change")
            span(.class("sr")) { ": " + told.name }
          }
        }
      }
      past(history, frame)
    }
  }

  private func facts(_ told: InformalResource.Told, _ say: Speech) -> [String] {
    [
      told.reach.map { say("informal.reached", ["text": $0]) },
      told.from.map { say("informal.since", ["day": say.typed($0)]) },
      told.until.map { say("informal.up-to", ["day": say.typed($0)]) },
      say("informal.student", ["answer": say.name(of: told.agreed, in: .agreement)]),
      told.checkedOn.map { say("informal.checked-on", ["day": say.typed($0)]) },
    ].compactMap(\.self)
  }

  /// What was changed, the newest first.
  private func past(_ history: InformalHistory, _ frame: Frame) -> HTML {
    let say = frame.say
    guard history.versions.count > 1 else { return .nothing }
    let changes = zip(history.versions, history.versions.dropFirst()).reversed()
    return details(.class("fold")) {
      summary { say("informal.history", ["count": String(history.versions.count - 1)]) }
      ul(.class("lines mt2")) {
        for (before, after) in changes {
          li {
            div {
              p(.class("meta")) {
                [say.typed(Day(inKoreaAt: after.at)), found.names[after.by] ?? ""].filter { !$0.isEmpty }
                  .joined(separator: " · ")
              }
              for text in differences(before.resource.told, after.resource.told, say) { p { text } }
            }
          }
        }
      }
    }
  }

  private func differences(
    _ before: InformalResource.Told, _ after: InformalResource.Told, _ say: Speech
  ) -> [String] {
    var lines = InformalFormPage.groups.flatMap(\.fields).compactMap { field -> String? in
      let (old, new) = (field.get(before), field.get(after))
      guard old != new else { return nil }
      return say(
        "informal.changed",
        [
          "field": say("informal.\(field.name)"), "before": spoken(old, field, say),
          "after": spoken(new, field, say),
        ])
    }
    if before.ended == nil, let ended = after.ended {
      lines.append(say.name(of: ended.reason, in: .informalEnd))
    }
    return lines
  }

  private func spoken(
    _ texts: [String], _ field: CardField<InformalResource.Told>, _ say: Speech
  ) -> String {
    guard !texts.isEmpty else { return say("informal.nothing") }
    return switch field.kind {
    case .one(let list), .many(let list): texts.map { say.name(of: $0, in: list) }.joined(separator: ", ")
    case .line, .text, .among, .lines, .yes: texts.joined(separator: ", ")
    }
  }
}

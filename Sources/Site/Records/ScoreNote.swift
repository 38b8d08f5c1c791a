import CaseWork
import Markup

/// What a score says, and what it does not: the band by its norm, subscales over their cut-off, and that a screening is
/// no diagnosis.
struct ScoreNote: Sendable {
  let instrument: Instrument
  let answers: Answers

  func html(_ frame: Frame) -> HTML {
    let say = frame.say
    let scoring = instrument.scored(answers)
    let over = instrument.subscales.filter { scoring.overCutOff.contains($0.id) }
    return section(.class("note compact"), .aria("labelledby", "score-note")) {
      h2(.id("score-note")) { say("score.note") }
      if let band = scoring.band { p { b { say(band.words) } } }
      if !over.isEmpty {
        p { say("score.over", ["names": over.map { say($0.title) }.joined(separator: ", ")]) }
      }
      p(.class("meta")) { say(instrument.caution) }
      if instrument.isRisky(answers) { DangerCall(text: "score.danger").html(frame) }
    }
  }
}

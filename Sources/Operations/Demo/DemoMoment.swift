internal import CaseWork
internal import Foundation
internal import Practice

/// One step of the script at one instant.
struct DemoMoment: Sendable {
  let caseID: String
  let verb: String
  let instant: Date
  /// The place in its file, so that two things of one minute keep their order.
  let number: Int
  let by: String
  let value: DemoValue
  /// Counts the repetitions of a step.
  let turn: Int

  var day: Day { Day(inKoreaAt: instant) }

  /// A step as it stands, or a row of contacts unrolled over the days with lessons.
  static func moments(
    of step: DemoStep, number: Int, in caseID: String, _ calendar: SchoolCalendar
  ) -> [DemoMoment] {
    let (hour, minute) = clock(step.time ?? "14:\(10 + number)")
    let by = step.by ?? "yedam"
    func moment(on day: Day, turn: Int = 0) -> DemoMoment {
      let instant = day.startInKorea.addingTimeInterval(Double(hour * 3600 + minute * 60 + number % 60))
      return DemoMoment(
        caseID: caseID, verb: step.verb, instant: instant, number: number, by: by, value: step.value,
        turn: turn)
    }
    guard step.verb == "contacts", let last = step.value["to"]?.day, let every = step.value["every"]?.number
    else {
      return [moment(on: step.day)]
    }
    var moments: [DemoMoment] = []
    var day = step.day
    while day <= last {
      var open = day
      while !calendar.isSchoolDay(open) { open = open.adding(days: 1) }
      if open <= last { moments.append(moment(on: open, turn: moments.count)) }
      day = day.adding(days: every)
    }
    return moments
  }

  private static func clock(_ text: String) -> (Int, Int) {
    let parts = text.split(separator: ":").compactMap { Int($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : (14, 0)
  }
}

public import Foundation

/// One student's place in a programme, or in its waiting list.
///
/// Whoever left and comes back gets another one.
public struct Seat: Hashable, Sendable {
  public let id: ID<Seat>
  public let programme: ID<Programme>
  public let caseFile: ID<CaseFile>
  public let student: ID<Student>
  public private(set) var state: State
  /// The order of the waiting list.
  public let askedAt: Date
  /// Who changed it last.
  public private(set) var by: ID<Staff>
  /// The first day on which they belong to it; `nil` for whoever never got a place.
  public private(set) var enrolledOn: Day?
  /// The last day.
  public private(set) var leftOn: Day?
  public private(set) var version: Int

  public enum State: String, Hashable, Sendable, CaseIterable { case waiting, enrolled, left }

  public init(
    id: ID<Seat>, programme: ID<Programme>, caseFile: ID<CaseFile>, student: ID<Student>, state: State,
    askedAt: Date, by: ID<Staff>, enrolledOn: Day? = nil, leftOn: Day? = nil, version: Int = 1
  ) {
    self.id = id
    self.programme = programme
    self.caseFile = caseFile
    self.student = student
    self.state = state
    self.askedAt = askedAt
    self.by = by
    self.enrolledOn = enrolledOn
    self.leftOn = leftOn
    self.version = version
  }

  /// Whether they belong to the programme on `day`: only then is attendance taken.
  public func isEnrolled(on day: Day) -> Bool {
    guard let enrolledOn else { return false }
    return enrolledOn <= day && (leftOn.map { day <= $0 } ?? true)
  }

  public func left(by staff: ID<Staff>, on day: Day) throws(Refusal) -> Seat {
    guard state != .left else { throw .conflict(.alreadyAnswered) }
    if let enrolledOn, day < enrolledOn { throw .invalid([Problem("left", "ends-before-start")]) }
    var seat = changed(by: staff)
    seat.state = .left
    seat.leftOn = day
    return seat
  }

  fileprivate func enrolled(by staff: ID<Staff>, on day: Day) -> Seat {
    var seat = changed(by: staff)
    seat.state = .enrolled
    seat.enrolledOn = day
    return seat
  }

  private func changed(by staff: ID<Staff>) -> Seat {
    var seat = self
    seat.by = staff
    seat.version += 1
    return seat
  }
}

/// All seats of one programme, and how many there may be.
public struct SeatList: Hashable, Sendable {
  public let seats: [Seat]
  public let places: Int

  public init(_ seats: [Seat], places: Int) {
    self.seats = seats
    self.places = places
  }

  public var enrolled: [Seat] { seats.filter { $0.state == .enrolled } }

  /// Whoever waits, the first in front.
  public var waiting: [Seat] {
    seats.filter { $0.state == .waiting }.sorted { ($0.askedAt, $0.id) < ($1.askedAt, $1.id) }
  }

  public var free: Int { max(0, places - enrolled.count) }

  /// Where somebody new comes to: free places belong first to those who wait already.
  public var stateOfNext: Seat.State { free > waiting.count ? .enrolled : .waiting }

  /// Who may have the place that is free.
  ///
  /// A proposal: it is a worker who gives the place, having asked the family, for a student who waited for weeks may
  /// have lost interest or consent, and nobody shall find themselves enrolled without being told.
  public var nextToMoveUp: Seat? { free > 0 ? waiting.first : nil }

  /// The first day of whoever gets a place on `day`: a day on which they were there already is not counted twice.
  public func firstDay(of caseFile: ID<CaseFile>, on day: Day) -> Day {
    let last = seats.filter { $0.caseFile == caseFile && $0.enrolledOn != nil }.compactMap(\.leftOn).max()
    return last.map { max(day, $0.adding(days: 1)) } ?? day
  }

  /// The first of the waiting list gets the free place.
  ///
  /// - Throws: `Refusal.invalid` where nothing is free or somebody waited longer.
  public func movingUp(_ id: ID<Seat>, by staff: ID<Staff>, on day: Day) throws(Refusal) -> Seat {
    guard let seat = seats.first(where: { $0.id == id }) else { throw .notFound }
    guard seat.state == .waiting else { throw .conflict(.alreadyAnswered) }
    guard free > 0 else { throw .invalid([Problem("seats", "programme-full")]) }
    guard waiting.first?.id == id else { throw .invalid([Problem("seats", "not-first-waiting")]) }
    return seat.enrolled(by: staff, on: firstDay(of: seat.caseFile, on: day))
  }
}

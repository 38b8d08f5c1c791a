/// What a programme came to, each thing counted for itself: 회, 명, 연인원, 시간.
public struct ProgrammeTotals: Hashable, Sendable {
  /// 회: sessions that were held.
  public let sessions: Int
  /// 명: students who were there at least once, each counted once.
  public let students: Int
  /// 연인원: everybody each time.
  public let visits: Int
  /// 시간: minutes of the sessions that were held, however many came.
  public let minutes: Int
  /// Of those who were expected, in a hundred; `nil` while nobody was.
  public let rate: Int?

  public init(sessions: [ProgrammeSession], attendance: [Attendance], seats: [Seat]) {
    let held = sessions.filter(\.isHeld)
    let ids = Set(held.map(\.id))
    let counted = attendance.filter { ids.contains($0.session) }
    let there = counted.filter(\.mark.isThere)
    let students = Dictionary(seats.map { ($0.id, $0.student) }, uniquingKeysWith: { first, _ in first })
    self.sessions = held.count
    self.students = Set(there.compactMap { students[$0.seat] }).count
    visits = there.count
    minutes = held.reduce(0) { $0 + $1.minutes }
    rate = ProgrammeTotals.rate(of: counted.map(\.mark))
  }

  /// How many in a hundred were there. Whoever was excused was not expected, and counts on neither side.
  public static func rate(of marks: [Attendance.Mark]) -> Int? {
    let expected = marks.filter { $0 != .excused }
    guard !expected.isEmpty else { return nil }
    return (expected.count(where: \.isThere) * 200 + expected.count) / (expected.count * 2)
  }
}

extension ConsentState {
  /// Whether taking part was agreed to by everybody who must, by answers of one case.
  public static func participates(_ consents: [Consent], on day: Day) -> Bool {
    let counting = Consent.counting(consents.filter { $0.purpose == .participation })
    return Consent.Purpose.participation.parties(isFourteen: nil).allSatisfy { party in
      counting.first { $0.party == party }?.status(on: day) == .yes
    }
  }
}

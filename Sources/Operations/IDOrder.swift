internal import CaseWork
internal import Foundation
internal import Synchronization

/// Keeps ids in the order in which they are made, whatever the machine's clock does.
///
/// An id sorts by its milliseconds and the 18 bits behind them, which count (RFC 9562 §6.2, method 1). Both together
/// only ever grow: while a clock that was set back has not caught up, and when the count runs over, ids go on from the
/// last one.
final class IDOrder: Sendable {
  /// A clock further back than this was not set back, it had run ahead: then it is followed, for an order that held on
  /// to the wrong year would be worth less than the right one.
  private static let longestStep: UInt64 = 86_400_000
  private static let bits: UInt64 = 18

  /// Milliseconds since 1970, and the count in the lowest 18 bits.
  private let last = Atomic<UInt64>(0)

  /// The next id at `instant`, or right behind the last one where that is later.
  func id<Record>(at instant: Date, random: UUID) -> ID<Record> {
    let place = next(Self.milliseconds(instant))
    var bytes = random.uuid
    bytes.0 = UInt8(truncatingIfNeeded: place >> 14 & 0x0F)
    bytes.1 = UInt8(truncatingIfNeeded: place >> 6)
    bytes.2 = UInt8(truncatingIfNeeded: place & 0x3F)
    return ID(at: Self.date(place >> Self.bits), random: UUID(uuid: bytes))
  }

  /// `instant`, or that of the last id where the clock was set back behind it.
  func time(_ instant: Date) -> Date {
    let (now, latest) = (Self.milliseconds(instant), last.load(ordering: .relaxed) >> Self.bits)
    return now < latest && latest - now <= Self.longestStep ? Self.date(latest) : instant
  }

  /// Goes on behind an id that another program made.
  func follow(_ instant: Date) {
    let place = (Self.milliseconds(instant) + 1) << Self.bits - 1
    _ = last.max(place, ordering: .relaxed)
  }

  private func next(_ now: UInt64) -> UInt64 {
    var seen = last.load(ordering: .relaxed)
    while true {
      let isBehind = now <= seen >> Self.bits && seen >> Self.bits - now <= Self.longestStep
      let place = isBehind ? seen + 1 : now << Self.bits
      let (exchanged, original) = last.compareExchange(expected: seen, desired: place, ordering: .relaxed)
      if exchanged { return place }
      seen = original
    }
  }

  /// As an id has them.
  private static func milliseconds(_ instant: Date) -> UInt64 {
    UInt64(max(0, (instant.timeIntervalSince1970 * 1000).rounded()))
  }

  private static func date(_ milliseconds: UInt64) -> Date {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
  }
}

internal import Foundation
internal import Synchronization

/// Counts ids in the bits after their instant (RFC 9562 §6.2, method 1), so that the rows of one act keep their order.
///
/// 18 bits: only after 262,144 ids of one instant does the order begin anew.
final class IDOrder: Sendable {
  private let count = Atomic<UInt32>(0)

  /// `random` with the next number in the bits that an id takes first.
  func next(_ random: UUID) -> UUID {
    let number = count.wrappingAdd(1, ordering: .relaxed).oldValue
    var bytes = random.uuid
    bytes.0 = UInt8(truncatingIfNeeded: number >> 14 & 0x0F)
    bytes.1 = UInt8(truncatingIfNeeded: number >> 6)
    bytes.2 = UInt8(truncatingIfNeeded: number & 0x3F)
    return UUID(uuid: bytes)
  }
}

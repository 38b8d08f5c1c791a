import Foundation

/// The same numbers for the same seed (SplitMix64); `GYEOT_TEST_SEED` repeats a run.
public struct Chance: Sendable {
  public let seed: UInt64
  private var state: UInt64

  public init() {
    seed = UInt64(ProcessInfo.processInfo.environment["GYEOT_TEST_SEED"] ?? "") ?? .random(in: 0...9999)
    state = seed
  }

  public mutating func next(in range: ClosedRange<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return range.lowerBound + Int((mixed ^ mixed >> 31) % UInt64(range.count))
  }
}

/// How much of a test is run: `bin/test --long` runs all of it.
public enum Length {
  public static let isLong = !(ProcessInfo.processInfo.environment["GYEOT_TEST_LONG"] ?? "").isEmpty
}

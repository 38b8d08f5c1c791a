import TestSupport
import Testing

@testable import Repositories

@Suite struct `Places in the order of the alphabet` {
  /// Puts numbers in one after another, each between its neighbours; the places in the order of the numbers.
  private func places(_ numbers: [Int], between present: [String] = []) -> [String] {
    var taken = zip([0, Int.max], present).map { (number: $0.0, place: $0.1) }
    for number in numbers {
      let index = taken.firstIndex { $0.number > number } ?? taken.count
      let place = PlaceInOrder.between(
        index > 0 ? taken[index - 1].place : nil, index < taken.count ? taken[index].place : nil)
      taken.insert((number, place), at: index)
    }
    return taken.map(\.place)
  }

  @Test func `one is found between any two, however they come in, and none is long`() {
    var chance = Chance()
    let count = 1_000
    var mixed = Array(1...count)
    for place in mixed.indices { mixed.swapAt(place, chance.next(in: place...count - 1)) }
    for (numbers, longest, within) in [
      (Array(1...count), 7, 40), ((1...count).reversed(), 7, 40), (mixed, 30, 40),
    ] {
      let all = places(numbers)
      #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
      #expect(all.allSatisfy { $0.utf8.count <= longest }, "\(all.map(\.utf8.count).max() ?? 0)")
      // And all of them between two that were neighbours before.
      let more = places(numbers, between: ["5000001", "5000002"])
      #expect(more.count == count + 2 && zip(more, more.dropFirst()).allSatisfy { $0 < $1 })
      #expect(more.allSatisfy { $0.utf8.count <= within }, "\(more.map(\.utf8.count).max() ?? 0)")
    }
  }

  @Test func `beside the ends of all numbers there is room as well`() {
    for (before, after) in [
      (nil, "0000001"), (nil, "00000000001"), ("zzzzzzz", nil), ("zzzzzzzzzzzzzzzzzzzz", nil),
      ("4zzzzzzzzzzzzzzzzzzz", "5000000"), ("5", "5000000000000000000001"),
    ] as [(String?, String?)] {
      let place = PlaceInOrder.between(before, after)
      #expect(before.map { $0 < place } ?? true, "\(place)")
      #expect(after.map { place < $0 } ?? true, "\(place)")
    }
  }
}

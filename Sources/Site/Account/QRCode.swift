/// A QR code (ISO/IEC 18004) of a short text: bytes, error correction M, versions 1 to 10.
///
/// Written here because the one code this program shows is no reason to carry a library.
struct QRCode: Sendable {
  let size: Int
  /// Dark modules, row after row.
  private(set) var modules: [Bool]
  private var isFunction: [Bool]
  private let version: Int

  /// Per version from 1: codewords in all, correction codewords a block, blocks.
  private static let capacities: [(total: Int, correction: Int, blocks: Int)] = [
    (26, 10, 1), (44, 16, 1), (70, 26, 1), (100, 18, 2), (134, 24, 2), (172, 16, 4), (196, 18, 4),
    (242, 22, 4),
    (292, 22, 5), (346, 26, 5),
  ]
  private static let alignments: [[Int]] = [
    [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
  ]

  /// `nil` for a text that is longer than 213 bytes.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let fitting = QRCode.capacities.indices.first { index in
      bytes.count + (index < 9 ? 2 : 3) <= QRCode.dataCount(index)
    }
    guard let index = fitting else { return nil }
    version = index + 1
    size = 17 + 4 * version
    modules = Array(repeating: false, count: size * size)
    isFunction = modules
    drawPatterns()
    draw(QRCode.interleaved(QRCode.data(bytes, index), index))
    chooseMask()
  }

  subscript(_ x: Int, _ y: Int) -> Bool { modules[y * size + x] }

  private static func dataCount(_ index: Int) -> Int {
    capacities[index].total - capacities[index].correction * capacities[index].blocks
  }

  private static func data(_ bytes: [UInt8], _ index: Int) -> [UInt8] {
    var bits: [Bool] = []
    let append = { (value: Int, count: Int) in
      for bit in stride(from: count - 1, through: 0, by: -1) { bits.append(value >> bit & 1 == 1) }
    }
    append(0b0100, 4)
    append(bytes.count, index < 9 ? 8 : 16)
    for byte in bytes { append(Int(byte), 8) }
    let capacity = dataCount(index) * 8
    append(0, min(4, capacity - bits.count))
    append(0, (8 - bits.count % 8) % 8)
    var words = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    var pad: UInt8 = 0xEC
    while words.count < dataCount(index) {
      words.append(pad)
      pad ^= 0xEC ^ 0x11
    }
    return words
  }

  private static func interleaved(_ data: [UInt8], _ index: Int) -> [UInt8] {
    let (total, correction, count) = capacities[index]
    let short = total / count - correction
    let longBlocks = total % count
    let divisor = ReedSolomon.divisor(degree: correction)
    var blocks: [(data: [UInt8], correction: [UInt8])] = []
    var start = 0
    for block in 0..<count {
      let length = short + (block >= count - longBlocks ? 1 : 0)
      let part = Array(data[start..<start + length])
      start += length
      blocks.append((part, ReedSolomon.remainder(of: part, by: divisor)))
    }
    var words: [UInt8] = []
    for position in 0...short {
      for block in blocks where position < block.data.count { words.append(block.data[position]) }
    }
    for position in 0..<correction { for block in blocks { words.append(block.correction[position]) } }
    return words
  }

  private mutating func set(_ x: Int, _ y: Int, _ isDark: Bool) {
    modules[y * size + x] = isDark
    isFunction[y * size + x] = true
  }

  private mutating func drawPatterns() {
    for position in 0..<size {
      set(6, position, position.isMultiple(of: 2))
      set(position, 6, position.isMultiple(of: 2))
    }
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
    let places = QRCode.alignments[version - 1]
    for x in places {
      for y in places where !isCorner(x, y) {
        for dy in -2...2 { for dx in -2...2 { set(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) } }
      }
    }
    drawFormat(mask: 0)
    drawVersion()
  }

  /// Where a finder stands, there is no alignment pattern.
  private func isCorner(_ x: Int, _ y: Int) -> Bool {
    (x == 6 && (y == 6 || y == size - 7)) || (x == size - 7 && y == 6)
  }

  private mutating func drawFinder(_ x: Int, _ y: Int) {
    for dy in -4...4 {
      for dx in -4...4 {
        let (column, row) = (x + dx, y + dy)
        guard (0..<size).contains(column), (0..<size).contains(row) else { continue }
        let distance = max(abs(dx), abs(dy))
        set(column, row, distance != 2 && distance != 4)
      }
    }
  }

  /// Error correction M is 0 in the format bits.
  private mutating func drawFormat(mask: Int) {
    var remainder = mask
    for _ in 0..<10 { remainder = remainder << 1 ^ (remainder >> 9) * 0x537 }
    let bits = (mask << 10 | remainder) ^ 0x5412
    let bit = { (index: Int) in bits >> index & 1 == 1 }
    for index in 0...5 { set(8, index, bit(index)) }
    set(8, 7, bit(6))
    set(8, 8, bit(7))
    set(7, 8, bit(8))
    for index in 9..<15 { set(14 - index, 8, bit(index)) }
    for index in 0..<8 { set(size - 1 - index, 8, bit(index)) }
    for index in 8..<15 { set(8, size - 15 + index, bit(index)) }
    set(8, size - 8, true)
  }

  private mutating func drawVersion() {
    guard version >= 7 else { return }
    var remainder = version
    for _ in 0..<12 { remainder = remainder << 1 ^ (remainder >> 11) * 0x1F25 }
    let bits = version << 12 | remainder
    for index in 0..<18 {
      let isDark = bits >> index & 1 == 1
      set(size - 11 + index % 3, index / 3, isDark)
      set(index / 3, size - 11 + index % 3, isDark)
    }
  }

  /// In two columns at a time from the right, up and down in turn.
  private mutating func draw(_ words: [UInt8]) {
    var index = 0
    for pair in stride(from: size - 1, through: 1, by: -2).map({ $0 <= 6 ? $0 - 1 : $0 }) {
      let isUpward = (pair + 1) & 2 == 0
      for step in 0..<size {
        let y = isUpward ? size - 1 - step : step
        for x in [pair, pair - 1] where !isFunction[y * size + x] && index < words.count * 8 {
          modules[y * size + x] = words[index / 8] >> (7 - index % 8) & 1 == 1
          index += 1
        }
      }
    }
  }

  private mutating func chooseMask() {
    let plain = self
    var best: (penalty: Int, code: QRCode)?
    for mask in 0..<8 {
      var candidate = plain
      candidate.apply(mask)
      candidate.drawFormat(mask: mask)
      let penalty = candidate.penalty
      if penalty < best?.penalty ?? .max { best = (penalty, candidate) }
    }
    if let best { self = best.code }
  }

  private mutating func apply(_ mask: Int) {
    for y in 0..<size {
      for x in 0..<size where !isFunction[y * size + x] && QRCode.inverts(mask, x, y) {
        modules[y * size + x].toggle()
      }
    }
  }

  private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
    switch mask {
    case 0: (x + y) % 2 == 0
    case 1: y % 2 == 0
    case 2: x % 3 == 0
    case 3: (x + y) % 3 == 0
    case 4: (x / 3 + y / 2) % 2 == 0
    case 5: x * y % 2 + x * y % 3 == 0
    case 6: (x * y % 2 + x * y % 3) % 2 == 0
    default: ((x + y) % 2 + x * y % 3) % 2 == 0
    }
  }

  /// How hard the code is to read: long runs, blocks, what looks like a finder, too dark or too light.
  private var penalty: Int {
    var sum = 0
    for line in 0..<size {
      sum += QRCode.penalty(of: (0..<size).map { self[$0, line] })
      sum += QRCode.penalty(of: (0..<size).map { self[line, $0] })
    }
    for y in 0..<size - 1 {
      for x in 0..<size - 1 {
        let dark = [self[x, y], self[x + 1, y], self[x, y + 1], self[x + 1, y + 1]].count { $0 }
        if dark == 0 || dark == 4 { sum += 3 }
      }
    }
    let dark = modules.count { $0 }
    return sum + abs(dark * 20 - size * size * 10) / (size * size) * 10
  }

  /// A finder with four light modules after or before it.
  private static let finderLike: Set<Int> = [0b101_1101_0000, 0b000_0101_1101]

  private static func penalty(of line: [Bool]) -> Int {
    var sum = 0
    var run = 0
    var window = 0
    for (index, isDark) in line.enumerated() {
      run = index > 0 && isDark == line[index - 1] ? run + 1 : 1
      if run == 5 { sum += 3 } else if run > 5 { sum += 1 }
      window = (window << 1 | (isDark ? 1 : 0)) & 0x7FF
      if index >= 10, finderLike.contains(window) { sum += 40 }
    }
    return sum
  }
}

/// Correction codewords over GF(2⁸) with the polynomial x⁸ + x⁴ + x³ + x² + 1.
private enum ReedSolomon {
  static func divisor(degree: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: degree - 1) + [1]
    var root: UInt8 = 1
    for _ in 0..<degree {
      for index in result.indices {
        result[index] = product(result[index], root)
        if index + 1 < result.count { result[index] ^= result[index + 1] }
      }
      root = product(root, 2)
    }
    return result
  }

  static func remainder(of data: [UInt8], by divisor: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: divisor.count)
    for byte in data {
      let factor = byte ^ result.removeFirst()
      result.append(0)
      for index in result.indices { result[index] ^= product(divisor[index], factor) }
    }
    return result
  }

  private static func product(_ x: UInt8, _ y: UInt8) -> UInt8 {
    var product = 0
    for bit in stride(from: 7, through: 0, by: -1) {
      product = product << 1 ^ (product >> 7) * 0x11D
      product ^= Int(y) >> bit & 1 * Int(x)
    }
    return UInt8(truncatingIfNeeded: product)
  }
}

internal import Store
internal import Vault

/// A table whose rows the trail knows: what each says stands, as a digest, in the event of the act that changed it last.
struct AnchoredTable: Sendable {
  let name: String
  /// Whether its rows belong to the chain of the office, whatever school they name.
  let isOfOffice: Bool
  /// Every column the digest takes in.
  let columns: [String]
  /// The columns, named so that they are told from those of a statement's other tables.
  let list: SQL
  /// Columns that follow from others, or that change with every look at a page.
  let passing: Set<String>
  private let key: [Int]
  private let school: Int?

  /// - Parameters:
  ///   - name: the table's.
  ///   - key: the columns of its primary key, without the school where that is the chain's.
  ///   - others: what else the digest takes in.
  ///   - passing: what it leaves out.
  ///   - isOfOffice: whether its rows belong to the chain of the office.
  init(_ name: String, key: String, _ others: String, passing: String = "", isOfOffice: Bool = false) {
    func names(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }
    self.name = name
    self.isOfOffice = isOfOffice
    self.passing = Set(names(passing))
    let all = (isOfOffice ? [] : ["school_id"]) + names(key) + names(others)
    columns = all
    list = SQL(stringLiteral: all.map { "\(name).\($0)" }.joined(separator: ", "))
    self.key = names(key).compactMap { all.firstIndex(of: $0) }
    school = isOfOffice ? nil : 0
  }

  /// What the trail keeps of a row, whose columns begin at the first.
  func anchor(of row: borrowing Row) throws -> Anchor {
    var (bytes, keys): ([UInt8], [String]) = ([], [])
    for (index, column) in columns.enumerated() {
      let value = try row.get(index, as: Value.self)
      if key.contains(index) { keys.append(value.text) }
      value.append(to: &bytes, as: column)
    }
    let chain = try school.map { try row.get($0, as: String.self) } ?? "office"
    return Anchor(chain: chain, row: "\(name) \(keys.joined(separator: "/"))", digest: Anchor.digest(bytes))
  }
}

/// A row as the trail knows it.
public struct Anchor: Hashable, Sendable {
  /// The school, or `office`.
  public let chain: String
  /// The table and the row's key in it.
  public let row: String
  public let digest: String

  /// Stands in the place of the digest of a row that was taken away.
  public static let gone = "-"

  /// 128 bits in hexadecimal digits.
  static func digest(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: Chain.digest(of: bytes).prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self)
  }
}

extension Value {
  fileprivate var text: String {
    switch self {
    case .null: ""
    case .integer(let number): String(number)
    case .text(let text): text
    case .bytes: "bytes"
    }
  }

  /// The column's name, the kind of value, its length and its bytes. What is absent leaves nothing, so that a column added
  /// later does not change the digests of older rows.
  fileprivate func append(to bytes: inout [UInt8], as column: String) {
    let (kind, content): (UInt8, [UInt8]) =
      switch self {
      case .null: (0, [])
      case .integer(let number): (1, Array(String(number).utf8))
      case .text(let text): (2, Array(text.utf8))
      case .bytes(let content): (3, content)
      }
    guard kind > 0 else { return }
    bytes += column.utf8
    bytes += [0, kind]
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: content.count >> shift))
    }
    bytes += content
  }
}

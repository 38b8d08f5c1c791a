/// The one place where a sealed value opens: table, record and version.
public struct Binding: Hashable, Sendable {
  public let table: String
  public let record: String
  public let version: Int

  public init(table: String, record: String, version: Int) {
    self.table = table
    self.record = record
    self.version = version
  }

  /// Each part with its length before it, so that no two places read alike.
  func associatedData(of owner: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in [owner, table, record, String(version)] {
      let text = Array(part.utf8)
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: text.count >> shift)) }
      bytes += text
    }
    return bytes
  }
}

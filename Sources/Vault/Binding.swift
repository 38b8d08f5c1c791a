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
    let version = String(version)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 + owner.utf8.count + table.utf8.count + record.utf8.count + version.utf8.count)
    for part in [owner, table, record, version] {
      let count = part.utf8.count
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
      bytes.append(contentsOf: part.utf8)
    }
    return bytes
  }
}

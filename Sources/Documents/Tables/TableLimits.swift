/// What one table may cost to read. The standard is several times the largest school.
public struct TableLimits: Hashable, Sendable {
  public var bytes: Int
  public var rows: Int
  public var columns: Int
  public var cells: Int
  /// UTF-8 bytes in one cell; Excel itself ends at 32,767 characters.
  public var cellBytes: Int
  /// Parts in the archive of a workbook.
  public var parts: Int
  /// Bytes of all parts together once unpacked, counted as they come and not as the archive declares them.
  public var unpackedBytes: Int
  /// How many times larger than the file its parts may grow, beyond the first mebibyte.
  public var growth: Int
  /// Elements within elements.
  public var depth: Int

  public init(
    bytes: Int = 32 << 20, rows: Int = 120_000, columns: Int = 256, cells: Int = 4_000_000,
    cellBytes: Int = 100_000, parts: Int = 2_000, unpackedBytes: Int = 256 << 20, growth: Int = 100,
    depth: Int = 64
  ) {
    self.bytes = bytes
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.cellBytes = cellBytes
    self.parts = parts
    self.unpackedBytes = unpackedBytes
    self.growth = growth
    self.depth = depth
  }

  public static let standard = TableLimits()
}

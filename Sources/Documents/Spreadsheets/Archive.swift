import CZip

/// The parts of a ZIP archive held in memory, read within limits.
///
/// What the archive declares about itself is not believed: bytes are counted as they come out.
final class Archive {
  private let handle: OpaquePointer
  /// libzip reads from here until it is closed.
  private let memory: UnsafeMutableRawBufferPointer
  private let limits: TableLimits
  private let allowance: Int
  private let indices: [String: zip_uint64_t]
  private var unpacked = 0

  init(_ bytes: [UInt8], limits: TableLimits) throws(TableProblem) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    memory.copyBytes(from: bytes)
    guard let source = zip_source_buffer_create(memory.baseAddress, zip_uint64_t(bytes.count), 0, nil) else {
      memory.deallocate()
      throw TableProblem(.damaged)
    }
    guard let handle = zip_open_from_source(source, ZIP_RDONLY, nil) else {
      zip_source_free(source)
      memory.deallocate()
      throw TableProblem(.damaged)
    }
    do throws(TableProblem) {
      indices = try Self.index(handle, limits: limits)
    } catch {
      zip_discard(handle)
      memory.deallocate()
      throw error
    }
    self.handle = handle
    self.memory = memory
    self.limits = limits
    allowance = min(limits.unpackedBytes, max(1 << 20, bytes.count * limits.growth))
  }

  deinit {
    zip_discard(handle)
    memory.deallocate()
  }

  /// In the order in which they lie there.
  var names: [String] { indices.sorted { $0.value < $1.value }.map(\.key) }

  func holds(_ name: String) -> Bool { indices[name] != nil }

  /// The part called `name`, or `nil` where there is none.
  func part(_ name: String) throws(TableProblem) -> [UInt8]? {
    guard let index = indices[name] else { return nil }
    guard let file = zip_fopen_index(handle, index, 0) else {
      throw TableProblem(zip_error_code_zip(zip_get_error(handle)) == ZIP_ER_NOPASSWD ? .encrypted : .damaged)
    }
    defer { zip_fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Int(zip_fread(file, &chunk, zip_uint64_t(chunk.count)))
      guard count >= 0 else { throw TableProblem(.damaged) }
      if count == 0 { return bytes }
      unpacked += count
      guard unpacked <= allowance else { throw TableProblem(.tooLarge) }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private static func index(
    _ handle: OpaquePointer, limits: TableLimits
  ) throws(TableProblem) -> [String: zip_uint64_t] {
    let count = Int(zip_get_num_entries(handle, 0))
    guard count <= limits.parts else { throw TableProblem(.tooLarge) }
    var indices: [String: zip_uint64_t] = [:]
    for number in 0..<count {
      let index = zip_uint64_t(number)
      guard let pointer = zip_get_name(handle, index, 0) else { throw TableProblem(.damaged) }
      // Two parts of one name would be read differently by different programs.
      guard indices.updateValue(index, forKey: String(cString: pointer)) == nil else {
        throw TableProblem(.damaged)
      }
    }
    return indices
  }
}

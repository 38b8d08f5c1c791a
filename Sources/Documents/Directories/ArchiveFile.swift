import CZip

/// A ZIP archive made in memory, byte for byte the same for the same parts.
enum ArchiveFile {
  static func bytes(of parts: [(name: String, bytes: [UInt8])]) throws(TableProblem) -> [UInt8] {
    guard let source = zip_source_buffer_create(nil, 0, 0, nil) else { throw TableProblem(.damaged) }
    // Held beyond the archive, which gives its own hold up when it closes.
    zip_source_keep(source)
    defer { zip_source_free(source) }
    guard let archive = zip_open_from_source(source, ZIP_TRUNCATE, nil) else {
      zip_source_free(source)
      throw TableProblem(.damaged)
    }
    var memory: [UnsafeMutableRawBufferPointer] = []
    // libzip reads the parts only when it closes the archive.
    defer { for part in memory { part.deallocate() } }
    for (name, bytes) in parts {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
      copy.copyBytes(from: bytes)
      memory.append(copy)
      guard let part = zip_source_buffer(archive, copy.baseAddress, zip_uint64_t(bytes.count), 0) else {
        zip_discard(archive)
        throw TableProblem(.damaged)
      }
      let index = zip_file_add(archive, name, part, zip_flags_t(ZIP_FL_ENC_UTF_8))
      guard index >= 0 else {
        zip_source_free(part)
        zip_discard(archive)
        throw TableProblem(.damaged)
      }
      // 1 January 1980, the first day of DOS.
      zip_file_set_dostime(archive, zip_uint64_t(index), 0, 0x21, 0)
    }
    guard zip_close(archive) == 0 else {
      zip_discard(archive)
      throw TableProblem(.damaged)
    }
    return try bytes(in: source)
  }

  private static func bytes(in source: OpaquePointer) throws(TableProblem) -> [UInt8] {
    guard zip_source_open(source) == 0 else { throw TableProblem(.damaged) }
    defer { zip_source_close(source) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Int(zip_source_read(source, &chunk, zip_uint64_t(chunk.count)))
      guard count >= 0 else { throw TableProblem(.damaged) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}

import Foundation

/// Runs one reader under libFuzzer: `gyeot-fuzz READER [flags and folders of libFuzzer]`. `bin/fuzz` builds and calls it.
@main
struct Fuzz {
  static func main() {
    guard CommandLine.argc > 1, let reader = Reader(rawValue: CommandLine.arguments[1]) else {
      FileHandle.standardError.write(
        Data("gyeot-fuzz: one of \(Reader.allCases.map(\.rawValue).joined(separator: ", "))\n".utf8))
      exit(2)
    }
    chosen = reader
    var count = CommandLine.argc - 1
    // libFuzzer takes the first for the name of the program.
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = CommandLine.unsafeArgv + 1
    exit(
      runFuzzer(&count, &arguments) { start, length in
        do throws(Reader.Broken) {
          try Fuzz.chosen.read(Array(UnsafeBufferPointer(start: start, count: length)))
        } catch {
          preconditionFailure(error.promise)
        }
        return 0
      })
  }

  /// For a C function carries nothing along; set once, before the first input.
  nonisolated(unsafe) private static var chosen = Reader.table
}

/// libFuzzer's own loop, for programs that bring their `main`.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ each: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

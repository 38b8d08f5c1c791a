import Foundation

/// What the program says to the person at the terminal. Written at once, also into a pipe.
enum Terminal {
  static func line(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// A line that the next one replaces, where somebody looks on.
  static func progress(_ text: String) {
    let end = isatty(FileHandle.standardError.fileDescriptor) == 1 ? "\r" : "\n"
    FileHandle.standardError.write(Data((text + end).utf8))
  }
}

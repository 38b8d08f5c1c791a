import Glibc

/// What the program has in memory, keys and the words of children among it, is written nowhere when it dies.
enum Discretion {
  /// Signals of a program that went wrong: Swift's backtracer would print registers and the memory they point at.
  private static let crashes = [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

  static func begin() {
    for crash in crashes { signal(crash, SIG_DFL) }
    // One byte and not none: to the kernel it says as well that no program may be given the image by a pipe (core(5)).
    var limit = rlimit(rlim_cur: 1, rlim_max: 1)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
  }
}

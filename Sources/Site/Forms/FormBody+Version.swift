import Gateway

extension FormBody {
  /// The version of a record that the page was made from; 0, which no record has, for what cannot be one.
  func version(_ name: String = "version") -> Int {
    self[name].flatMap { Int($0) }.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil } ?? 0
  }
}

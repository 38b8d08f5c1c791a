/// What can be picked in a form besides codes: people, resources, goals, each by the text that is sent.
struct PickerOptions: Sendable {
  var staff: [Option] = []
  var resources: [Option] = []
  var relatives: [Option] = []
  var goals: [Option] = []

  struct Option: Hashable, Sendable {
    let value: String
    let words: String
    let hint: String?

    init(_ value: String, _ words: String, hint: String? = nil) {
      self.value = value
      self.words = words
      self.hint = hint
    }
  }
}

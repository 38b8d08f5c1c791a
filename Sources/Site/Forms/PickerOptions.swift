import CaseWork

/// What can be picked in a form besides codes: people, resources, goals, each by the text that is sent.
struct PickerOptions: Sendable {
  var staff: [Option] = []
  var resources: [Option] = []
  /// Whether the directory has more than these, so that they are looked for.
  var hasMoreResources = false
  /// What was looked for, and where.
  var found: (place: String, text: String)?
  var relatives: [Option] = []
  /// People around the student who can help.
  var people: [Option] = []
  var goals: [Option] = []
  /// Of long lists, the codes used most often here, the most frequent first: they stand in front, the rest folds.
  var usual: [CodeList.Name: [String]] = [:]

  struct Option: Hashable, Sendable {
    let value: String
    let words: String
    let hint: String?
    /// Whether it can be chosen anew; what cannot is only named where it was chosen before.
    let isOffered: Bool

    init(_ value: String, _ words: String, hint: String? = nil, isOffered: Bool = true) {
      self.value = value
      self.words = words
      self.hint = hint
      self.isOffered = isOffered
    }
  }
}

import CaseWork
import Gateway

/// What was pressed in a form, beside what was typed. Names of ours begin with `_`, fields' names never do.
struct FormIntent: Sendable {
  let wish: Wish
  let answers: Answers
  /// Letter by letter what was typed, where anything was: what a draft keeps.
  let draft: Answers
  /// The version that was being changed; 0 for a new record.
  let version: Int

  enum Wish: Hashable, Sendable {
    case add(group: String)
    case remove(group: String, row: Int)
    /// Resources are looked for by what was typed beside the field at this place.
    case find(place: String, text: String)
    case draft
    /// Saved and finished: the value of the button, such as `save` or `finish`.
    case save(String)
  }

  init(_ body: FormBody, form: Form) {
    version = body.version("_version")
    var typed = Answers(body.values.filter { !$0.key.hasPrefix("_") })
    let normalized = form.normalized(typed)
    draft = normalized.isEmpty ? Answers() : typed
    if let group = body["_add"] {
      wish = .add(group: group)
      answers = typed
    } else if let place = body["_find"] {
      wish = .find(place: place, text: body["_find.\(place)"] ?? "")
      answers = typed
    } else if let place = body["_remove"], let dot = place.lastIndex(of: "."),
      let row = Int(place[place.index(after: dot)...])
    {
      let group = String(place[..<dot])
      var rows = FormIntent.rows(of: group, in: typed)
      if rows.indices.contains(row) { rows.remove(at: row) }
      typed = typed.replacing(group, with: rows)
      wish = .remove(group: group, row: row)
      answers = typed
    } else {
      wish = body["_save"] == "draft" ? .draft : .save(body["_save"] ?? "save")
      answers = normalized
    }
  }

  /// The rows by the places they had on the page, the empty ones kept, so that the pressed row is the removed one.
  private static func rows(of group: String, in answers: Answers) -> [Answers] {
    let indices = answers.indices(of: group)
    guard let last = indices.max() else { return [] }
    let rows = Dictionary(zip(indices, answers.rows(group)), uniquingKeysWith: { first, _ in first })
    return (0...last).map { rows[$0] ?? Answers() }
  }
}

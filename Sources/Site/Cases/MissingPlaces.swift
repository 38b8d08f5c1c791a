import CaseWork

// Where each thing that a rule finds missing is filled in: a gate on the case page and a refused step lead to the same field.
extension Site {
  /// The page and the field of a place as the rules name it, such as `assessment#strengths`.
  ///
  /// Consent is not a form of the case: it leads to the page of consents. `nil` for a place no page knows.
  static func place(of place: String, in file: ID<CaseFile>) -> Route? {
    let parts = place.split(separator: "#", maxSplits: 1).map(String.init)
    guard let form = parts.first else { return nil }
    if form == "consent" { return Route.consent(file).at(parts.count > 1 ? parts[1] : nil) }
    guard let kind = CaseRecord.Kind(rawValue: form) else { return nil }
    return Route.writeRecord(kind, in: file).at(parts.count > 1 ? parts[1] : nil)
  }

  /// The same for one missing thing of a case.
  static func places(in file: ID<CaseFile>) -> @Sendable (Missing) -> Route? {
    { place(of: $0.place, in: file) }
  }
}

import CaseWork
import Foundation

extension DirectoryDraft {
  /// The fields of one object as the standard demands them; `nil` where it cannot be, which is noted.
  mutating func fields(
    _ kind: Kind, from given: [String: DirectoryEntry.Value], at place: DirectoryProblem.Place
  ) -> [String: DirectoryEntry.Value]? {
    var fields: [String: DirectoryEntry.Value] = [:]
    for field in kind.fields {
      guard let value = given[field.name] else { continue }
      switch FieldValue(named(value, by: field, of: kind, in: given), as: field.type) {
      case .same(let value): fields[field.name] = value
      case .corrected(let value):
        fields[field.name] = value
        note(.corrected, at: place, field: field.name)
      case .none:
        note(.notTaken, at: place, field: field.name)
        countUnmapped(field.name, in: place.table)
      }
    }
    if kind == .schedule { writeTimes(&fields, at: place) }
    for field in kind.fields where field.isRequired && fields[field.name] == nil {
      if let value = certain(field.name, of: kind, fields) {
        fields[field.name] = value
        note(.defaulted, at: place, field: field.name)
      } else if field.mayBeEmpty, !Self.indispensable.contains(field.name) {
        note(.leftEmpty, at: place, field: field.name)
      } else {
        note(.missing, at: place, field: field.name)
        return nil
      }
    }
    if kind == .address, ["address_1", "city", "postal_code"].allSatisfy({ fields[$0] == nil }) {
      note(.empty, at: place)
      return nil
    }
    return fields
  }

  /// A name of another object that is no UUID becomes the id that object gets.
  private func named(
    _ value: DirectoryEntry.Value, by field: DirectoryEntry.Field, of kind: Kind,
    in given: [String: DirectoryEntry.Value]
  ) -> DirectoryEntry.Value {
    guard field.type == .uuid else { return value }
    let text =
      switch value {
      case .text(let text): text.trimmed
      case .number(let number): DirectoryEntry.written(number)
      }
    guard !text.isEmpty, UUID(uuidString: text) == nil else { return .text(text) }
    var target = kind.target(of: field.name)
    if let open = kind.openOwner, open.id == field.name, case .text(let word)? = given[open.kind] {
      target = DirectoryTable.kind(named: word)
    }
    return target.map { .text(identity.id($0.rawValue, given: text).uuidString.lowercased()) } ?? .text(text)
  }

  /// What is certain where the standard demands a value that nobody said.
  private func certain(
    _ field: String, of kind: Kind, _ fields: [String: DirectoryEntry.Value]
  ) -> DirectoryEntry.Value? {
    switch (kind, field) {
    case (_, "description"): fields["name"]
    case (.service, "status"): .text("active")
    case (.location, "location_type"), (.address, "address_type"): .text("physical")
    case (.address, "country"): .text(options.country)
    default: nil
    }
  }

  private static let indispensable: Set<String> = ["name", "number", "url", "identifier"]

  /// Hours with two digits: `9:00` as `09:00`.
  private mutating func writeTimes(
    _ fields: inout [String: DirectoryEntry.Value], at place: DirectoryProblem.Place
  ) {
    for name in ["opens_at", "closes_at"] {
      guard case .text(let time)? = fields[name], time.wholeMatch(of: /[0-9]:[0-9]{2}([^0-9].*)?/) != nil
      else { continue }
      fields[name] = .text("0" + time)
      note(.corrected, at: place, field: name)
    }
  }
}

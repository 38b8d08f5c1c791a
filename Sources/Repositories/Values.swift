public import CaseWork
public import Store

// How the values of the field lie in columns: ids and days as text, enums by their code.

extension ID: SQLValue {
  public var sqlValue: Value { .text(description) }

  public init?(sqlValue: Value) {
    guard case .text(let text) = sqlValue else { return nil }
    self.init(text)
  }

  public init?(column: borrowing Column) {
    guard let id = column.withText({ ID(utf8: $0) }) else { return nil }
    self = id
  }
}

extension Day: SQLValue {
  public var sqlValue: Value { .text(description) }

  public init?(sqlValue: Value) {
    guard case .text(let text) = sqlValue else { return nil }
    self.init(text)
  }

  public init?(column: borrowing Column) {
    guard let day = column.withText({ Day(utf8: $0) }) else { return nil }
    self = day
  }
}

extension Role: SQLValue {}
extension School.Kind: SQLValue {}
extension Stage: SQLValue {}
extension Standing: SQLValue {}
extension CaseRecord.Kind: SQLValue {}
extension Referral.Status: SQLValue {}
extension Referral.Reply.Kind: SQLValue {}
extension Consent.Purpose: SQLValue {}
extension Consent.Party: SQLValue {}
extension Consent.Answer: SQLValue {}
extension Policy.Clock.Calendar: SQLValue {}

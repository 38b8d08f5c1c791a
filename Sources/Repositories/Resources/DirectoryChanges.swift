public import CaseWork
public import Foundation
public import Store

/// One field of a resource or of what it offers that was changed.
public struct DirectoryChange: Hashable, Sendable {
  public let id: ID<DirectoryChange>
  public let resource: ID<Resource>
  /// The standard's name of the object: `organization`, `service`, …
  public let subjectKind: String
  public let subject: String
  /// The standard's name of the field, or `verified`, `added`.
  public let field: String
  /// What stood there; of people to ask for neither is kept.
  public let before: String?
  public let after: String?
  public let by: ID<Staff>
  public let at: Date

  public init(
    id: ID<DirectoryChange>, resource: ID<Resource>, subjectKind: String, subject: String, field: String,
    before: String?, after: String?, by: ID<Staff>, at: Date
  ) {
    self.id = id
    self.resource = resource
    self.subjectKind = subjectKind
    self.subject = subject
    self.field = field
    self.before = before
    self.after = after
    self.by = by
    self.at = at
  }
}

extension Session {
  public func add(_ changes: [DirectoryChange]) throws {
    for change in changes {
      try execute(
        """
        INSERT INTO directory_change (
          resource_id, id, subject_kind, subject_id, field, before, after, by_id, at)
        VALUES (
          \(change.resource), \(change.id), \(change.subjectKind), \(change.subject), \(change.field),
          \(change.before), \(change.after), \(change.by), \(change.at))
        """)
    }
  }

  /// The course of a resource's changes, newest first.
  public func directoryChanges(of resource: ID<Resource>, atMost limit: Int) throws -> [DirectoryChange] {
    try rows(
      """
      SELECT id, resource_id, subject_kind, subject_id, field, before, after, by_id, at
      FROM directory_change
      WHERE resource_id = \(resource)
      ORDER BY id DESC
      LIMIT \(limit)
      """
    ) { row in
      DirectoryChange(
        id: try row.get(0), resource: try row.get(1), subjectKind: try row.get(2), subject: try row.get(3),
        field: try row.get(4), before: try row.optional(5), after: try row.optional(6), by: try row.get(7),
        at: try row.get(8))
    }
  }
}

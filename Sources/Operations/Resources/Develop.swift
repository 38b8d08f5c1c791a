public import CaseWork
import Foundation
import Practice
import Repositories
import Store
import Vault

/// Develops a resource that cases lack (자원 개발): from a plan over talks to an agreement, or to giving it up.
public struct Develop: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func begin(
    _ title: String, for need: String, until due: Day?, by asker: Asker
  ) async throws -> Development {
    try await office.act(by: asker) { desk in
      let school = try desk.schoolOfKeeper()
      let title = Text.cleaned(title, keepingLines: false)
      var problems: [Problem] = []
      if title.isEmpty { problems.append(Problem("title", "required")) }
      if title.count > 100 { problems.append(Problem("title", "too-long", "100")) }
      if desk.practice.list("need-area")[need] == nil {
        problems.append(Problem("need", "choose"))
      }
      if let due, due < desk.day { problems.append(Problem("due", "in-past")) }
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      let development = Development(
        id: desk.newID(), school: school, leader: desk.staff.id, need: need, title: title,
        begunOn: desk.day, dueOn: due)
      try desk.session.developments.insert(development)
      try desk.note(
        "begin-development", "development", development.id.description, in: school, detail: need)
      return development
    }
  }

  /// Notes a talk; what was planned is then under way.
  public func note(
    _ contact: Development.Contact, on day: Day, of id: ID<Development>, by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let school = try desk.schoolOfKeeper()
      var problems: [Problem] = []
      if contact.who.isEmpty { problems.append(Problem("who", "required")) }
      if contact.text.isEmpty { problems.append(Problem("text", "required")) }
      if contact.text.count > 2000 { problems.append(Problem("text", "too-long", "2000")) }
      if day > desk.day { problems.append(Problem("day", "in-the-future")) }
      if NationalID.isFound(in: contact.text) { problems.append(Problem("text", "national-id")) }
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      let development = try desk.session.developments.find(id)
      _ = try desk.session.developments.update(try development.talked())
      let made: ID<Development.Contact> = desk.newID()
      try desk.session.developments.add(
        made, to: id, on: day, by: desk.staff.id,
        sealed: try desk.sealer.seal(json: contact, for: .office, at: Desk.place(of: made)))
      try desk.note("talk-of-development", "development", id.description, in: school)
    }
  }

  /// Ends it with the resource it led to, or given up.
  public func end(
    _ id: ID<Development>, _ state: Development.State, with resource: ID<Resource>?, from version: Int,
    by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let school = try desk.schoolOfKeeper()
      let development = try desk.session.developments.find(id)
      guard development.version == version else { throw Refusal.conflict(.changedByAnother) }
      if let resource { _ = try desk.session.resources.find(resource) }
      _ = try desk.session.developments.update(
        try development.ended(state, with: resource, on: desk.day))
      try desk.note(
        "end-development", "development", id.description, in: school, detail: state.rawValue)
    }
  }

  public func read(_ id: ID<Development>, by asker: Asker) async throws -> DevelopmentPage {
    try await office.look("development", by: asker) { desk in
      guard desk.staff.keepsDirectory else { throw Refusal.notFound }
      let development = try desk.session.developments.find(id)
      let contacts = try desk.session.developments.contacts(of: id).map { stored in
        DevelopmentPage.Talk(
          day: stored.day, by: stored.by,
          contact: try desk.sealer.open(
            json: Development.Contact.self, stored.sealed, of: .office, at: Desk.place(of: stored.id)))
      }
      return Looked(
        DevelopmentPage(
          development: development, talks: contacts,
          names: try desk.staffNames(contacts.map(\.by) + [development.leader]),
          resource: try development.resource.flatMap { try desk.resourceNames([$0])[$0] }),
        at: [])
    }
  }
}

public struct DevelopmentPage: Hashable, Sendable {
  public let development: Development
  /// Newest first.
  public let talks: [Talk]
  public let names: [ID<Staff>: String]
  /// The name of the resource it led to.
  public let resource: String?

  public struct Talk: Hashable, Sendable {
    public let day: Day
    public let by: ID<Staff>
    public let contact: Development.Contact
  }
}

extension Desk {
  fileprivate static func place(of contact: ID<Development.Contact>) -> Binding {
    Binding(table: "development_contact", record: contact.description, version: 1)
  }
}

public import CaseWork
import Practice
import Repositories
import Store

/// Adds a resource (사회자원) to the directory, or changes it.
public struct KeepResource: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Saves `resource`; version 0 makes a new one, another is the version that was read.
  @discardableResult
  public func callAsFunction(_ resource: Resource, by asker: Asker) async throws -> Resource {
    try await office.act(by: asker) { desk in
      guard let school = desk.staff.schools(as: [.caseManager, .centreStaff]).first else {
        throw Refusal.notAllowed
      }
      var problems: [Problem] = []
      if resource.name.isEmpty { problems.append(Problem("name", "required")) }
      if desk.practice.codes[CodeList.Name(rawValue: "organisation")]?[resource.kind] == nil {
        problems.append(Problem("kind", "unknown-code"))
      }
      if NationalID.isFound(in: resource.description) {
        problems.append(Problem("description", "national-id"))
      }
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      let isNew = resource.version == 0
      var saved = isNew ? resource.with(id: desk.newID()) : resource
      saved.version += 1
      let sealed = try desk.seal(saved)
      if isNew {
        try desk.session.resources.insert(saved, sealed: sealed)
      } else {
        try desk.session.resources.update(saved, sealed: sealed)
      }
      try desk.note(isNew ? "add-resource" : "change-resource", "resource", saved.id.description, in: school)
      return saved
    }
  }
}

/// The directory of resources; everybody who works with the program may look a resource up.
public struct FindResources: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Those of a kind, serving a need, of school or community, and with `text` in name or description.
  public func callAsFunction(
    kind: String? = nil, need: String? = nil, place: String? = nil, text: String = "", by asker: Asker
  ) async throws -> [Resource] {
    try await office.look("resources", by: asker) { desk in
      let all = try desk.session.resources.all(kind: kind, need: need).map { try desk.open($0) }
        .filter { place == nil || $0.place == place }
      let wanted = Text.cleaned(text, keepingLines: false)
      let found =
        wanted.isEmpty ? all : all.filter { $0.name.contains(wanted) || $0.description.contains(wanted) }
      return Looked(found, at: [])
    }
  }

  public func callAsFunction(_ id: ID<Resource>, by asker: Asker) async throws -> Resource {
    try await office.look("resource", by: asker) { desk in
      Looked(try desk.open(try desk.session.resources.find(id)), at: [])
    }
  }
}

extension Resource {
  fileprivate func with(id: ID<Resource>) -> Resource {
    Resource(
      id: id, name: name, kind: kind, needs: needs, formality: formality, place: place, phone: phone,
      contactPerson: contactPerson, description: description, verifiedOn: verifiedOn, version: version)
  }
}

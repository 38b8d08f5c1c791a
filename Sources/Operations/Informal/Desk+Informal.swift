public import CaseWork
public import Foundation
import Practice
import Repositories
import Store

// People around a student who can help lie under the student's key, each version at its own place.
extension Desk {
  /// Whether the asker may know who they are: whoever reads what was assessed.
  func mayKnowPeople(around seen: CaseFiles.Seen) -> Bool { readable(seen).contains(.assessment) }

  /// How each is now, those who have ended last.
  func informalResources(of file: CaseFile) throws -> [InformalResource] {
    try histories(of: file).compactMap(\.versions.last?.resource)
  }

  func histories(of file: CaseFile) throws -> [InformalHistory] {
    let stored = try session.informalResources(of: file).all()
    var order: [ID<InformalResource>] = []
    var versions: [ID<InformalResource>: [InformalHistory.Version]] = [:]
    for row in stored {
      if versions[row.id] == nil { order.append(row.id) }
      let told = try open(
        InformalResource.Told.self, row.sealed, "informal_resource", row.id.description, row.version, of: file
      )
      versions[row.id, default: []].append(
        InformalHistory.Version(
          resource: InformalResource(id: row.id, told, version: row.version), by: row.by, at: row.at))
    }
    let all = order.compactMap { id in versions[id].map(InformalHistory.init) }
    return all.filter { $0.now?.told.ended == nil } + all.filter { $0.now?.told.ended != nil }
  }

  /// Those who were named as the givers of something, by their ids, also such as have ended.
  func informalNames(
    _ ids: [ID<InformalResource>], of file: CaseFile
  ) throws -> [ID<InformalResource>: String] {
    guard !ids.isEmpty else { return [:] }
    let named = try informalResources(of: file).filter { ids.contains($0.id) }
    return Dictionary(named.map { ($0.id, $0.told.name) }) { first, _ in first }
  }

  func keep(_ resource: InformalResource, in file: CaseFile) throws -> InformalResource {
    var next = resource
    next.version += 1
    try session.informalResources(of: file).add(
      next.id, version: next.version, by: staff.id, at: instant,
      sealed: try seal(next.told, "informal_resource", next.id.description, next.version, of: file))
    return next
  }
}

/// What was told of one person, version by version.
public struct InformalHistory: Hashable, Sendable {
  /// The oldest first; never empty.
  public let versions: [Version]

  public var now: InformalResource? { versions.last?.resource }

  public struct Version: Hashable, Sendable {
    public let resource: InformalResource
    public let by: ID<Staff>
    public let at: Date
  }
}

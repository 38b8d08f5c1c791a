public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// What somebody wants to ask of an agency.
public struct LinkageInput: Hashable, Sendable {
  public var recipient: ID<Resource>?
  public var kind: Linkage.Kind
  public var isJoint: Bool
  /// N01 … N15.
  public var needs: [String]
  /// Codes of `share-item`.
  public var items: [String]
  /// What is typed for items that the program does not know by itself.
  public var texts: [String: String]
  public var message: String

  public init(
    recipient: ID<Resource>? = nil, kind: Linkage.Kind = .agency, isJoint: Bool = false, needs: [String] = [],
    items: [String] = [], texts: [String: String] = [:], message: String = ""
  ) {
    self.recipient = recipient
    self.kind = kind
    self.isJoint = isJoint
    self.needs = needs
    self.items = items
    self.texts = texts
    self.message = message
  }
}

/// F19: begins to ask an agency for help. Nothing leaves before `SendLinkage`.
public struct DraftLinkage: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `Refusal.invalid` naming `recipient`, `items`, `message`, `needs` or `texts.<item>`.
  public func callAsFunction(
    _ input: LinkageInput, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> Linkage {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .linkResources)
      guard !file.hasEnded else { throw Refusal.conflict(.alreadyClosed) }
      let checked = try desk.checked(input)
      let linkage = Linkage(
        id: desk.newID(), school: file.school, caseFile: file.id,
        number: try desk.session.linkages(of: file).nextNumber(), by: desk.staff.id, madeAt: desk.instant,
        recipient: checked.recipient, kind: input.kind, isJoint: input.isJoint, needs: input.needs,
        items: input.items, stateSince: desk.instant)
      try desk.insert(linkage, checked.contents, of: file)
      try desk.add(
        Linkage.Step(
          id: desk.newID(), linkage: linkage.id, by: desk.staff.id, party: .requester, way: .page,
          at: desk.instant, from: nil, to: .draft, reason: nil), of: file)
      try desk.note("draft-linkage", of: linkage)
      return linkage
    }
  }

  /// Changes one that has not gone out.
  public func callAsFunction(
    _ input: LinkageInput, changing linkage: ID<Linkage>, from version: Int, in id: ID<CaseFile>,
    by asker: Asker
  ) async throws -> Linkage {
    try await office.act(by: asker) { desk in
      let (file, old, contents) = try desk.linkage(linkage, from: version, in: id)
      guard old.state == .draft else { throw Refusal.conflict(.alreadyAnswered) }
      let checked = try desk.checked(input)
      var next = old
      next.recipient = checked.recipient
      next.kind = input.kind
      next.isJoint = input.isJoint
      next.needs = input.needs
      next.items = input.items
      var kept = contents
      kept.message = checked.contents.message
      kept.texts = checked.contents.texts
      let saved = try desk.update(next, kept, of: file)
      try desk.note("draft-linkage", of: saved)
      return saved
    }
  }
}

extension Desk {
  fileprivate func checked(
    _ input: LinkageInput
  ) throws -> (recipient: ID<Resource>, contents: LinkageContents) {
    var problems: [Problem] = []
    var contents = LinkageContents()
    var recipient: ID<Resource>?
    if let wanted = input.recipient, try session.resources.some([wanted]).contains(where: { $0.id == wanted })
    {
      recipient = wanted
    } else {
      problems.append(Problem("recipient", "choose"))
    }
    let items = practice.list("share-item")
    if input.items.isEmpty || input.items.contains(where: { items[$0] == nil }) {
      problems.append(Problem("items", "required"))
    }
    let areas = practice.list("need-area")
    if input.needs.contains(where: { areas[$0] == nil })
      || input.items.contains("needs") && input.needs.isEmpty
    {
      problems.append(Problem("needs", "choose"))
    }
    contents.message = text(input.message, "message", &problems)
    if contents.message.isEmpty, !problems.contains(where: { $0.field == "message" }) {
      problems.append(Problem("message", "required"))
    }
    for item in input.items where !SharedItem.known.contains(item) && items[item] != nil {
      let field = "texts.\(item)"
      contents.texts[item] = text(input.texts[item] ?? "", field, &problems)
      if contents.texts[item]?.isEmpty ?? true, !problems.contains(where: { $0.field == field }) {
        problems.append(Problem(field, "required"))
      }
    }
    guard problems.isEmpty, let recipient else { throw Refusal.invalid(problems) }
    return (recipient, contents)
  }

  /// A text, or what is wrong with it among `problems`.
  private func text(_ typed: String, _ field: String, _ problems: inout [Problem]) -> String {
    do {
      return try checked(typed, field: field, keepingLines: true)
    } catch {
      if case Refusal.invalid(let found)? = error as? Refusal { problems += found }
      return ""
    }
  }
}

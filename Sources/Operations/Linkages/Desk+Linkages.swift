import CaseWork
import Foundation
import Practice
import Repositories
import Store
import Vault

// What every act on a linkage works with.
extension Desk {
  func open(_ stored: StoredLinkage, of file: CaseFile) throws -> LinkageContents {
    try open(
      LinkageContents.self, stored.sealed, "linkage", stored.linkage.id.description, stored.linkage.version,
      of: file)
  }

  func insert(_ linkage: Linkage, _ contents: LinkageContents, of file: CaseFile) throws {
    try session.linkages(of: file).insert(
      linkage, sealed: try seal(contents, "linkage", linkage.id.description, linkage.version, of: file))
  }

  /// Saves it as the next version.
  func update(_ linkage: Linkage, _ contents: LinkageContents, of file: CaseFile) throws -> Linkage {
    var next = linkage
    next.version += 1
    try session.linkages(of: file).update(
      next, sealed: try seal(contents, "linkage", next.id.description, next.version, of: file))
    return next
  }

  /// Keeps a move, or what was done without one, with its words.
  func add(
    _ step: Linkage.Step, words: String? = nil, of file: CaseFile
  ) throws {
    try session.linkages(of: file).add(
      step,
      sealed: try words.flatMap { $0.isEmpty ? nil : $0 }.map {
        try seal($0, "linkage_step", step.id.description, 1, of: file)
      })
  }

  /// One linkage to be changed: found, its version as it was seen, and the act permitted.
  func linkage(
    _ id: ID<Linkage>, from version: Int, in caseFile: ID<CaseFile>
  ) throws -> (file: CaseFile, linkage: Linkage, contents: LinkageContents) {
    let file = try find(caseFile, for: .linkResources)
    let stored = try session.linkages(of: file).find(id)
    guard stored.linkage.version == version else { throw Refusal.conflict(.changedByAnother) }
    return (file, stored.linkage, try open(stored, of: file))
  }

  /// Moves it and keeps the step; the links of one that has ended are closed.
  func move(
    _ linkage: Linkage, _ contents: LinkageContents, to state: Linkage.State, by party: Linkage.Party,
    because reason: String?, way: Linkage.Way, staff: ID<Staff>?, words: String? = nil, of file: CaseFile
  ) throws -> Linkage {
    let moved = try linkage.moved(to: state, by: party, because: reason, at: instant)
    let saved = try update(moved, contents, of: file)
    try add(
      Linkage.Step(
        id: newID(), linkage: linkage.id, by: staff, party: party, way: way, at: instant,
        from: linkage.state, to: state, reason: reason),
      words: words, of: file)
    if !state.isOpen {
      try session.agencyLinks.revokeAll(of: .linkage(linkage.id), in: linkage.school, at: instant)
    }
    return saved
  }

  /// A reason of the list.
  func checkedReason(_ reason: String?, needed: Bool) throws -> String? {
    guard let reason, !reason.isEmpty else {
      if needed { throw Refusal.invalid([Problem("reason", "choose")]) }
      return nil
    }
    guard practice.list("linkage-reason")[reason] != nil else {
      throw Refusal.invalid([Problem("reason", "unknown-code")])
    }
    return reason
  }

  func note(_ act: String, of linkage: Linkage, detail: String = "") throws {
    try note(
      act, "linkage", linkage.id.description, in: linkage.school, caseFile: linkage.caseFile, detail: detail)
  }
}

extension Desk {
  /// What each item says, as it would go out today: known things from the student's own records, the rest as typed.
  func shared(
    _ linkage: Linkage, _ contents: LinkageContents, of file: CaseFile
  ) throws -> [LinkageContents.Sent] {
    let known = try known(of: file, needs: linkage.needs, items: linkage.items)
    return practice.list("share-item").codes.map(\.value).filter(linkage.items.contains).map { item in
      LinkageContents.Sent(item: item, text: known[item] ?? contents.texts[item] ?? "")
    }
  }

  /// The grade alone: which class it is, nobody was asked to tell.
  private func grade(_ line: StudentLine) -> String {
    guard let number = line.classLabel?.split(separator: "-").first else { return "" }
    return practice.wordings("linkage.grade", SharedItem.language, ["grade": String(number)])
  }

  private func known(
    of file: CaseFile, needs: [String], items: [String]
  ) throws -> [String: String] {
    let students = session.students(of: [file.school], with: sealer)
    let student = try students.find(file.student)
    let line = try line(of: file)
    var known: [String: String] = [
      "name": line.name, "grade": grade(line), "contact": student.profile.phone ?? "",
    ]
    let areas = practice.list("need-area")
    known["needs"] = needs.compactMap { areas[$0]?.words(SharedItem.language) }.joined(separator: ", ")
    if items.contains("guardian-contact") {
      let guardians = try students.relatives(of: student).filter {
        $0.endedAt == nil && $0.relative.isLegalGuardian && !$0.relative.mustNotContact
      }
      known["guardian-contact"] = guardians.map { kept in
        [kept.relative.name, kept.relative.phone].compactMap(\.self).joined(separator: " ")
      }.joined(separator: ", ")
    }
    return known
  }
}

public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// What might serve a need of a student, in the order in which it fits, each with its reasons.
public struct ReadMatches: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter need: one of the needs of the newest assessment; `nil` for the first of them.
  /// - Throws: `Refusal.notFound` for whoever may not read what was assessed.
  public func callAsFunction(
    _ id: ID<CaseFile>, for need: String? = nil, by asker: Asker
  ) async throws -> MatchPage {
    try await office.look("read-matches", by: asker) { desk in
      let seen = try desk.see(id)
      guard desk.readable(seen).contains(.assessment) else { throw Refusal.notFound }
      return Looked(
        try desk.matches(for: need, of: seen), at: [Subject(seen.file.student, seen.file.school)])
    }
  }
}

public struct MatchPage: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  /// Of the newest assessment, by priority; any need area where nothing was assessed yet.
  public let needs: [String]
  /// The one that is looked for.
  public let need: String
  /// The best of those that were weighed, and some that are ruled out.
  public let matches: [ResourceMatch]
  /// How many of those weighed fit.
  public let fittingCount: Int
  /// Somebody around the student who can help with it.
  public let people: [InformalMatch]
  /// Whether more might serve it than are told here.
  public let isCut: Bool
  /// Needs for which nothing was found, still unmet, newest first.
  public let unmet: [Unmet]
  /// Whether the asker may ask an agency, or note that there is none.
  public let mayLink: Bool

  public struct Unmet: Hashable, Sendable {
    public let unmet: UnmetNeed
    /// What exactly was missing.
    public let words: String?
  }

  public var fitting: [ResourceMatch] { matches.filter(\.isEligible) }
  public var others: [ResourceMatch] { matches.filter { !$0.isEligible } }
}

extension Desk {
  /// As many as are weighed for one page, as many of those as it shows, and as many as are shown with what rules them out.
  private static let weighed = 200
  private static let shown = 40
  private static let ruledOut = 20

  fileprivate func matches(for need: String?, of seen: CaseFiles.Seen) throws -> MatchPage {
    let file = seen.file
    let areas = practice.list("need-area").codes.map(\.value)
    let assessed = try session.counted(of: file).needs().map(\.area)
    let needs = assessed.isEmpty ? areas : assessed
    guard let need = need ?? needs.first, areas.contains(need) else { throw Refusal.notFound }
    let place = try session.schools.place(of: file.school)
    let wish = try wish(for: need, of: file, near: place)
    let found = try session.offers.candidates(for: wish, ruledOut: false, atMost: Self.weighed + 1)
    let weighed =
      try found.prefix(Self.weighed)
      + session.offers.candidates(for: wish, ruledOut: true, atMost: Self.ruledOut)
    let known = try session.gaps.experience(
      with: Set(weighed.map(\.fit.resource)).sorted(), since: day.adding(months: -24).startInKorea)
    let candidates = weighed.map { found in
      ResourceCandidate(
        found.fit, experience: known[found.fit.resource],
        distance: place.point.flatMap { school in found.points.map { school.kilometres(to: $0) }.min() })
    }
    let ranked = ResourceMatching(practice.policy.resources).ranked(candidates, for: wish)
    let fitting = ranked.filter(\.isEligible)
    let people = InformalMatch.some(
      of: try informalResources(of: file), for: need, practice.policy.resources, on: day)
    return MatchPage(
      file: file, student: try line(of: file), needs: needs, need: need,
      matches: Array(fitting.prefix(Self.shown))
        + ranked.filter { !$0.isEligible }.prefix(Self.ruledOut),
      fittingCount: fitting.count, people: people,
      isCut: found.count > Self.weighed || fitting.count > Self.shown, unmet: try unmet(of: file),
      mayLink: practice.permissions.allow(.linkResources, as: seen.roles, at: file.stage) && !file.hasEnded)
  }

  private func unmet(of file: CaseFile) throws -> [MatchPage.Unmet] {
    try session.unmetNeeds(of: file).all().filter { $0.unmet.metOn == nil }.map { stored in
      MatchPage.Unmet(
        unmet: stored.unmet,
        words: try stored.sealed.map {
          try open(String.self, $0, "unmet_need", stored.unmet.id.description, 1, of: file)
        })
    }
  }

  /// What the directory is asked with: age, grade, groups, language; no name, no address.
  private func wish(for need: String, of file: CaseFile, near place: SchoolPlace) throws -> ResourceWish {
    let students = session.students(of: [file.school], with: sealer)
    let student = try students.find(file.student)
    return ResourceWish(
      need: need, age: student.profile.birthDay?.age(on: day),
      grade: try gradeOfAll(of: file),
      categories: Set(try students.categories(of: student).map(\.code)),
      gender: student.profile.sex, area: place.area, language: languageCode(student.profile.language), on: day
    )
  }

  /// The code of a language that was written in words.
  private func languageCode(_ words: String?) -> String? {
    guard let words else { return nil }
    let known = practice.list("language").codes
    return known.first { [$0.value, $0.words(.korean), $0.words(.english)].contains(words) }?.value
  }
}

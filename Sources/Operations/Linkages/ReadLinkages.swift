public import CaseWork
public import Foundation
import Practice
public import Repositories
import Store
import Vault

/// The linkages of a case: to whom, where each stands, and, for those who work with agencies, all of it.
public struct ReadLinkages: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// For whoever reads the case's records; others see none.
  public func callAsFunction(_ id: ID<CaseFile>, for asker: Asker) async throws -> CaseLinkages {
    try await office.look("read-linkages", by: asker) { desk in
      let seen = try desk.see(id)
      let file = seen.file
      let may = desk.practice.permissions.allow(.linkResources, as: seen.roles, at: file.stage)
      let lines = try desk.linkageLines(of: seen)
      return Looked(
        CaseLinkages(
          file: file, student: try desk.line(of: file), lines: lines, mayLink: may && !file.hasEnded,
          mayOpen: may, day: desk.day, calendar: try desk.calendar(of: file.school)),
        at: [Subject(file.student, file.school)])
    }
  }

  /// One of them in full.
  public func callAsFunction(
    _ linkage: ID<Linkage>, in id: ID<CaseFile>, for asker: Asker
  ) async throws -> LinkagePage {
    try await office.look("read-linkage", by: asker) { desk in
      let file = try desk.find(id, for: .linkResources)
      return Looked(try desk.page(of: linkage, in: file), at: [Subject(file.student, file.school)])
    }
  }

  /// One file that an agency sent.
  public func file(
    _ id: ID<StoredLinkageFile>, of linkage: ID<Linkage>, in caseFile: ID<CaseFile>, for asker: Asker
  ) async throws -> LinkageAttachment {
    try await office.look("read-linkage-file", by: asker) { desk in
      let file = try desk.find(caseFile, for: .linkResources)
      let stored = try desk.session.linkages(of: file).find(linkage)
      let files = desk.session.files(of: stored.linkage)
      guard let found = try files.all().first(where: { $0.id == id }) else { throw Refusal.notFound }
      let bytes = try desk.sealer.open(
        try files.bytes(of: id), of: .student(file.student, file.school),
        at: .init(table: "linkage_file", record: id.description, version: 1))
      return Looked(
        LinkageAttachment(kind: found.kind, bytes: bytes), at: [Subject(file.student, file.school)])
    }
  }
}

/// What a new linkage begins with: what the program knows already.
public struct BeginLinkage: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<CaseFile>, for asker: Asker) async throws -> LinkageStart {
    try await office.look("read-linkages", by: asker) { desk in
      let file = try desk.find(id, for: .linkResources)
      guard !file.hasEnded else { throw Refusal.conflict(.alreadyClosed) }
      let facts = try desk.facts(of: file)
      let plan = try desk.plans(of: file).current
      let counting = facts.consents.filter { $0.purpose == .share && $0.answer == .yes }
      return Looked(
        LinkageStart(
          file: file, student: try desk.line(of: file), goals: plan.goals.map(\.title),
          needs: plan.goals.compactMap(\.need),
          items: counting.reduce(into: [:]) { items, consent in
            guard let recipient = consent.recipient else { return }
            items[recipient] = items[recipient].map { $0.intersection(consent.items) } ?? Set(consent.items)
          }, known: SharedItem.known), at: [Subject(file.student, file.school)])
    }
  }
}

/// What is there before anything is typed.
public struct LinkageStart: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  /// Titles and needs of the goals of the plan that holds.
  public let goals: [String]
  public let needs: [String]
  /// What may be told to whom by consent, as far as everybody asked has said yes.
  public let items: [ID<Resource>: Set<String>]
  public let known: Set<String>
}

/// The linkages of one case.
public struct CaseLinkages: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  public let lines: [LinkageLine]
  public let mayLink: Bool
  /// Whether one of them may be opened by this person.
  public let mayOpen: Bool
  public let day: Day
  public let calendar: SchoolCalendar
}

/// One linkage as a list shows it.
public struct LinkageLine: Hashable, Sendable {
  public let linkage: Linkage
  public let recipient: String

  public init(linkage: Linkage, recipient: String) {
    self.linkage = linkage
    self.recipient = recipient
  }
}

/// What an agency sent beside its words.
public struct LinkageAttachment: Hashable, Sendable {
  public let kind: AgencyFile
  public let bytes: [UInt8]
}

/// One linkage with all that belongs to it.
public struct LinkagePage: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  public let linkage: Linkage
  public let recipient: String
  public let school: String
  /// How the agency is reached, for the code and for reminding.
  public let phone: String?
  public let contents: LinkageContents
  /// What would go today; of one that was sent, what went.
  public let shared: [LinkageContents.Sent]
  /// Whether consent covers it today.
  public let coverage: ShareCoverage
  /// The consents it went on, or would.
  public let consents: [Consent]
  public let steps: [Step]
  /// The newest way in.
  public let link: AgencyLink?
  public let linkStatus: AgencyLink.Status?
  public let openings: [AgencyLink.Opening]
  public let attachments: [Attachment]
  public let day: Day

  public struct Step: Hashable, Sendable {
    public let step: Linkage.Step
    /// `nil` for the agency, and for the clock.
    public let by: String?
    public let words: String?
  }

  public struct Attachment: Hashable, Sendable {
    public let id: ID<StoredLinkageFile>
    public let name: String
    public let kind: AgencyFile
    public let size: Int
    public let at: Date
  }
}

extension Desk {
  /// The linkages of a case, for whoever reads its records.
  func linkageLines(of seen: CaseFiles.Seen) throws -> [LinkageLine] {
    let permissions = practice.permissions
    guard
      permissions.allow(.linkResources, as: seen.roles, at: seen.file.stage)
        || permissions.allow(.readRecords, as: seen.roles, at: seen.file.stage)
    else { return [] }
    let all = try session.linkages(of: seen.file).all().map(\.linkage)
    let names = try resourceNames(all.map(\.recipient))
    return all.map { LinkageLine(linkage: $0, recipient: names[$0.recipient] ?? "") }
  }

  fileprivate func page(of id: ID<Linkage>, in file: CaseFile) throws -> LinkagePage {
    let stored = try session.linkages(of: file).find(id)
    let linkage = stored.linkage
    let contents = try open(stored, of: file)
    let facts = try facts(of: file)
    let coverage = facts.shareCoverage(of: linkage.items, to: linkage.recipient, on: day)
    let stands = Set(linkage.sentAt == nil ? coverage.consents : linkage.consents)
    let resource = try session.resources.some([linkage.recipient]).first.map { try open($0) }
    let steps = try session.linkages(of: file).steps(of: id)
    let names = try staffNames(steps.compactMap(\.step.by))
    let link = try session.agencyLinks.newest(of: id, in: file.school)?.link
    return LinkagePage(
      file: file, student: try line(of: file), linkage: linkage, recipient: resource?.name ?? "",
      school: try session.schools.find(file.school)?.name ?? "",
      phone: resource?.phone, contents: contents,
      shared: linkage.sentAt == nil ? try shared(linkage, contents, of: file) : contents.sent,
      coverage: coverage, consents: try session.consents(of: file).all().filter { stands.contains($0.id) },
      steps: try steps.map { step, sealed in
        LinkagePage.Step(
          step: step, by: step.by.map { names[$0] ?? "" },
          words: try sealed.map {
            try open(String.self, $0, "linkage_step", step.id.description, 1, of: file)
          })
      },
      link: link, linkStatus: link?.status(at: instant),
      openings: try session.agencyLinks.openings(of: .linkage(id), in: file.school, atMost: 20),
      attachments: try session.files(of: linkage).all().map { stored in
        LinkagePage.Attachment(
          id: stored.id,
          name: try open(
            String.self, stored.sealedName, "linkage_file", "\(stored.id).name", 1, of: file),
          kind: stored.kind, size: stored.size, at: stored.at)
      }, day: day)
  }
}

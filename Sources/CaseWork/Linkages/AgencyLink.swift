public import Foundation

/// A way in for an agency without an account: good once, for a while, with a short code told by telephone.
///
/// The address carries 256 random bits of which only the hash is stored, and nothing that tells whom it is about.
public struct AgencyLink: Hashable, Sendable {
  public let id: ID<AgencyLink>
  public let school: ID<School>
  public let purpose: Purpose
  public let subject: Subject
  public let madeAt: Date
  public let expiresAt: Date
  public let failures: Int
  public let usedAt: Date?
  public let revokedAt: Date?
  public let lockedAt: Date?

  public init(
    id: ID<AgencyLink>, school: ID<School>, purpose: Purpose, subject: Subject, madeAt: Date,
    expiresAt: Date, failures: Int = 0, usedAt: Date? = nil, revokedAt: Date? = nil, lockedAt: Date? = nil
  ) {
    self.id = id
    self.school = school
    self.purpose = purpose
    self.subject = subject
    self.madeAt = madeAt
    self.expiresAt = expiresAt
    self.failures = failures
    self.usedAt = usedAt
    self.revokedAt = revokedAt
    self.lockedAt = lockedAt
  }

  public enum Purpose: String, Hashable, Sendable, Codable, CaseIterable {
    /// To answer whether the agency accepts.
    case reply
    /// To tell what became of it.
    case outcome
    /// To refer a student to the school.
    case referral
  }

  /// What somebody comes to by it.
  public enum Subject: Hashable, Sendable {
    case linkage(ID<Linkage>)
    /// What an agency is asked to write, before the school knows whom it is about.
    case referral(ID<AgencyReferral>)

    /// Of the record, as text.
    public var id: String {
      switch self {
      case .linkage(let id): id.description
      case .referral(let id): id.description
      }
    }

    /// As the trail calls it.
    public var kind: String {
      switch self {
      case .linkage: "linkage"
      case .referral: "agency-referral"
      }
    }
  }

  /// Whether it still opens, and why not.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    case good, used, revoked, expired, locked
  }

  /// - Parameter isLook: whether nothing is to be sent: a referral that was sent still shows how far it has come.
  public func status(at instant: Date, isLook: Bool = false) -> Status {
    if revokedAt != nil { return .revoked }
    if usedAt != nil, !(isLook && purpose == .referral) { return .used }
    if lockedAt != nil { return .locked }
    return expiresAt <= instant ? .expired : .good
  }

  /// One look at it, right or wrong.
  public struct Opening: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
      /// The page that asks for the code.
      case asked
      case wrongCode = "wrong-code"
      case opened, answered, used, revoked, expired, locked
    }

    /// From how many of one outcome on no more than one a day is kept of it.
    public static let many = 200

    public let at: Date
    public let address: String
    public let outcome: Outcome

    public init(at: Date, address: String, outcome: Outcome) {
      self.at = at
      self.address = address
      self.outcome = outcome
    }
  }
}

extension AgencyLink.Status {
  /// What an opening of a link in this state is kept as.
  public var outcome: AgencyLink.Opening.Outcome {
    switch self {
    case .good: .asked
    case .used: .used
    case .revoked: .revoked
    case .expired: .expired
    case .locked: .locked
    }
  }
}

/// What an agency may send beside its words: known by its first bytes, whatever it is called.
public enum AgencyFile: String, Hashable, Sendable, Codable, CaseIterable {
  case pdf = "application/pdf"
  case png = "image/png"
  case jpeg = "image/jpeg"

  /// 5 MB.
  public static let largest = 5 << 20

  public init?(_ bytes: [UInt8]) {
    let found = AgencyFile.allCases.first { bytes.starts(with: $0.beginning) }
    guard let found else { return nil }
    self = found
  }

  public var ending: String {
    switch self {
    case .pdf: "pdf"
    case .png: "png"
    case .jpeg: "jpg"
    }
  }

  private var beginning: [UInt8] {
    switch self {
    case .pdf: Array("%PDF-".utf8)
    case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    case .jpeg: [0xFF, 0xD8, 0xFF]
    }
  }
}

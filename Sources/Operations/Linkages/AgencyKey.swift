public import CaseWork
import Foundation
import Practice
import Repositories
import Store
import Vault

/// The address and the code of one link, as they are given to an agency.
public struct AgencyKey: Hashable, Sendable {
  /// 64 hexadecimal digits: the last part of the address.
  public let token: String
  /// Six digits, told by telephone.
  public let code: String
  public let expiresOn: Day
}

extension Desk {
  /// A new way in; the ones before are closed.
  func makeKey(
    for subject: AgencyLink.Subject, purpose: AgencyLink.Purpose, under owner: KeyOwner, in school: ID<School>
  ) throws -> AgencyKey {
    let code = AgencyCode.random()
    let token = try makeLink(
      for: subject, purpose: purpose,
      codeToken: try sealer.makeToken(
        AgencyCode.text(code, of: subject), purpose: AgencyCode.purpose, of: owner),
      in: school)
    return AgencyKey(token: token.text, code: code, expiresOn: Day(inKoreaAt: token.expiresAt))
  }

  /// Another link with the code of the one before.
  func makeLink(
    for subject: AgencyLink.Subject, purpose: AgencyLink.Purpose, codeToken: String, in school: ID<School>
  ) throws -> (text: String, expiresAt: Date) {
    try session.agencyLinks.revokeAll(of: subject, in: school, at: instant)
    let token = SessionToken.random()
    let days = Double(practice.policy.linkages.linkDays)
    let link = AgencyLink(
      id: newID(), school: school, purpose: purpose, subject: subject, madeAt: instant,
      expiresAt: instant.addingTimeInterval(days * 86_400))
    try session.agencyLinks.insert(link, tokenHash: token.hash, codeToken: codeToken)
    return (token.text, link.expiresAt)
  }
}

/// The short code that is told by telephone: six digits, kept only as a token under a key.
enum AgencyCode {
  static let purpose = "agency-code"

  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<6).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
  }

  static func text(_ code: String, of subject: AgencyLink.Subject) -> String { "\(subject.id) \(code)" }

  /// As people type it: with spaces, dashes or full-width digits.
  static func cleaned(_ typed: String) -> String {
    String(Text.withPlainDigits(typed).filter { ("0"..."9").contains($0) }.prefix(12))
  }
}

public import CaseWork
public import Operations

extension World {
  /// One who may receive referrals made a way in for a welfare centre.
  public func askedAgency(by person: Person = .caseManager) async throws -> AskedAgency {
    let asker = asker(person)
    let agency = try await KeepResource(office)(
      Resource(
        id: office.id(at: office.clock()), name: "한솔복지관(가상)", kind: "ORG-04", formality: "formal",
        place: "community", phone: "02-000-0000", description: "돕는다."), by: asker)
    return try await AskAgency(office)(agency.id, by: asker)
  }

  /// What an agency sent by its way in.
  public func sentByAgency(
    _ answers: Answers = Filled.agencyReferral, by person: Person = .caseManager
  ) async throws -> AskedAgency {
    let asked = try await askedAgency(by: person)
    let proof = try await AgencyDoor(office).confirm(asked.key.code, at: asked.key.token, from: "192.0.2.60")
    _ = try await SendAgencyReferral(office)(
      answers, at: asked.key.token, proof: proof.text, from: "192.0.2.60")
    return asked
  }
}

extension Filled {
  public static let agencyReferral = answers([
    "student-name": "박하린", "student-class": "2학년", "needs": "N03", "facts": "저녁마다 동생과 둘이 있습니다.",
    "guesses": "아버지가 밤에 일하시는 것 같습니다.", "urgency": "normal", "family-knows": "told", "ground": "consent",
    "contact": "정가온 02-000-0000", "joint": "yes",
  ])
}

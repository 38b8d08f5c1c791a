public import CaseWork
public import Operations

/// A served case of a student of fourteen, three agencies, and consent to tell two of them.
public struct LinkageWorld: Sendable {
  public let world: World
  public let file: CaseFile
  public let agency: ID<Resource>
  public let other: ID<Resource>
  public let unasked: ID<Resource>
  public var manager: Asker { world.asker(.caseManager) }

  public init(_ engine: Engine) async throws {
    world = try await World.make(on: engine)
    file = try await world.servedCase(.narae)
    let world = world
    func kept(_ name: String) async throws -> ID<Resource> {
      try await KeepResource(world.office)(
        Resource(
          id: world.office.id(at: world.office.clock()), name: name, kind: "ORG-01",
          formality: "formal", place: "community", phone: "02-000-0000", description: "상담한다."),
        by: world.asker(.caseManager)
      ).id
    }
    agency = try await kept("다솜상담센터(가상)")
    other = try await kept("한솔복지관(가상)")
    unasked = try await kept("새솔의원(가상)")
    for recipient in [agency, other] {
      try await AnswerConsent(world.office)(
        [
          AnswerConsent.Given(
            .share, .student, .yes, method: "paper", wording: .init(id: "share", version: 1),
            recipient: recipient, items: ["name", "grade", "needs", "student-words"])
        ], in: file.id, by: world.asker(.caseManager))
    }
  }

  public func drafted(
    to recipient: ID<Resource>, items: [String] = ["name", "grade", "needs", "student-words"],
    texts: [String: String] = ["student-words": "누가 이야기를 들어줬으면 좋겠어요."]
  ) async throws -> Linkage {
    try await DraftLinkage(world.office)(
      LinkageInput(
        recipient: recipient, needs: ["N04"], items: items, texts: texts, message: "주 1회 상담으로 도와주세요."),
      in: file.id, by: manager)
  }

  public func sent(to recipient: ID<Resource>) async throws -> SentLinkage {
    let draft = try await drafted(to: recipient)
    return try await SendLinkage(world.office)(draft.id, from: draft.version, in: file.id, by: manager)
  }
}

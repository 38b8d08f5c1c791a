internal import CaseWork
internal import Foundation
internal import Practice

// What a case asked of agencies, what they answered, and what was found nowhere.
extension DemoPlayer {
  /// Drafts a linkage and sends it at once; `as` is the name under which later steps speak of it.
  func link(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let value = moment.value
    let file = try opened
    guard let name = value["as"]?.text, let recipient = value["to"]?.text.flatMap({ resources[$0] }) else {
      throw DemoProblem(file: moment.caseID, reason: "a linkage needs a name and a resource")
    }
    let drafted = try await DraftLinkage(then)(
      LinkageInput(
        recipient: recipient, kind: value["kind"]?.text.flatMap(Linkage.Kind.init(rawValue:)) ?? .agency,
        isJoint: value["joint"]?.isYes ?? false, needs: value["needs"]?.texts ?? [],
        items: value["items"]?.texts ?? [], message: value["text"]?.text ?? ""), in: file, by: asker)
    _ = try await SendLinkage(then)(drafted.id, from: drafted.version, in: file, by: asker)
    linkages[name] = drafted.id
  }

  /// What the agency said on the telephone, or what the school did with it.
  func moveLink(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let (linkage, version) = try await linkage(moment, by: asker)
    let value = moment.value
    guard let state = value["state"]?.text.flatMap(Linkage.State.init(rawValue:)) else {
      throw DemoProblem(file: moment.caseID, reason: "no state to move to")
    }
    try await MoveLinkage(then)(
      linkage, from: version, to: state, as: .target, way: .phone, because: value["reason"]?.text,
      reply: value["text"]?.text.map { LinkageContents.Reply(words: $0) }, in: try opened, by: asker)
  }

  /// What the student said of it.
  func answerHelp(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let (linkage, version) = try await linkage(moment, by: asker)
    let value = moment.value
    try await AnswerHelp(then)(
      linkage, from: version, got: value["got"]?.text.flatMap(Linkage.Help.Got.init(rawValue:)),
      score: value["score"]?.number, words: value["text"]?.text ?? "", in: try opened, by: asker)
  }

  func noteUnmet(_ moment: DemoMoment, at then: Office, by asker: Asker) async throws {
    let value = moment.value
    try await RecordUnmetNeed(then)(
      value["need"]?.text ?? "", because: value["reason"]?.text ?? "", text: value["text"]?.text,
      in: try opened, by: asker)
  }

  private func linkage(_ moment: DemoMoment, by asker: Asker) async throws -> (ID<Linkage>, Int) {
    guard let id = moment.value["of"]?.text.flatMap({ linkages[$0] }) else {
      throw DemoProblem(file: moment.caseID, reason: "no such linkage")
    }
    let page = try await ReadLinkages(office.at(moment.instant))(id, in: try opened, for: asker)
    return (id, page.linkage.version)
  }
}

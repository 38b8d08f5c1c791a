import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addConsent(to router: Router<PageContext>) {
    router.get(.consent) { request, context in
      let consents = try await ReadConsents(office)(
        try context.id(of: CaseFile.self), for: try context.asker)
      let frame = frame(request, context)
      return frame.response(ConsentsPage(consents: consents, texts: office.practice.consentTexts).page(frame))
    }
    router.get(.askConsent) { request, context in
      let query = request.uri.queryParameters
      let asking = try await asking(
        query.get("party"), query.getAll("purpose"), to: query.get("recipient"), context)
      let frame = frame(request, context)
      return frame.response(asking.page(frame))
    }
    router.post(.askConsent) { _, context in
      let id = try context.id(of: CaseFile.self)
      let form = context.form
      var asking = try await asking(
        form["_party"], form[all: "_purpose"], to: form["recipient"], context)
      asking.answers = Answers(form.values.filter { !$0.key.hasPrefix("_") })
      asking.problems = asking.unanswered
      do {
        guard asking.problems.isEmpty else { throw Refusal.invalid(asking.problems) }
        try await AnswerConsent(office)(asking.given, in: id, by: try context.asker)
        return .to(.consent(id).done("consent"))
      } catch Refusal.invalid(let problems) {
        asking.problems = asking.named(problems)
        let frame = frame(context)
        return frame.response(asking.page(frame), status: .unprocessableContent)
      }
    }
    router.post(.withdrawConsent) { _, context in
      let id = try context.id(of: CaseFile.self)
      try await WithdrawConsent(office)(
        try context.id(of: Consent.self, "consent"), in: id, method: context.form["method"] ?? "in-person",
        note: context.form["note"]?.nonEmpty, by: try context.asker)
      return .to(.consent(id).done("consent-withdrawn"))
    }
  }

  /// The questions of one sitting: those asked for, or those that this person still has to answer.
  private func asking(
    _ party: String?, _ purposes: [some StringProtocol], to recipient: String?, _ context: PageContext
  ) async throws -> ConsentAsking {
    let id = try context.id(of: CaseFile.self)
    let asker = try context.asker
    let consents = try await ReadConsents(office)(id, for: asker)
    guard consents.mayRecord else { throw Refusal.notAllowed }
    guard let party = party.flatMap({ Consent.Party(rawValue: $0) }) else { throw Refusal.notFound }
    let chosen = purposes.compactMap { Consent.Purpose(rawValue: String($0)) }
    let open = consents.states.filter { state in
      state.parties.contains { $0.party == party && $0.status != .yes }
    }.map(\.purpose)
    // Sharing may be open with several agencies: each question stands here once, and the next agency comes next.
    let asked = Consent.Purpose.allCases.filter((chosen.isEmpty ? open : chosen).contains)
    let household =
      party == .guardian ? try? await ReadHousehold(office)(consents.file.student, by: asker) : nil
    let resources =
      asked.contains(.share)
      ? try await ReadResource(office).names(by: asker, with: recipient.flatMap { ID($0) }) : []
    return ConsentAsking(
      consents: consents, party: party, purposes: asked, texts: office.practice.consentTexts,
      relatives: household?.relatives.filter { $0.endedAt == nil }.map(\.relative) ?? [],
      resources: resources, answers: Answers(recipient.map { ["recipient": [$0]] } ?? [:]))
  }
}

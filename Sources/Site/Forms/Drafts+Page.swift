import CaseWork
import Foundation
import Gateway
import Hummingbird
import NIOCore
import Operations
import Practice
import Repositories

extension Site {
  /// Keeps what is being typed; the page's module sends it, the answer is the time it was kept.
  func addDrafts(to router: Router<PageContext>) {
    router.post(.drafts) { _, context in
      let visitor = try context.signedIn
      guard let place = context.form["_place"] else { throw Refusal.notFound }
      try await SaveDraft(office)(try draft(of: context.form, at: place), at: place, by: visitor.staff)
      let time = frame(context).say.seconds(office.clock())
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(string: "{\"time\":\"\(time)\"}")))
    }
  }

  /// What of a form is kept, by the form its place names.
  private func draft(of body: FormBody, at place: String) throws -> Answers {
    let name = String(place.prefix { $0 != "/" })
    if name == SweepPage.draftForm { return SweepPage.draft(of: body) }
    guard let form = office.practice.forms[name] else { throw Refusal.notFound }
    return FormIntent(body, form: form).draft
  }

  /// What a form begins with: the draft, where it is wanted, or the offer of it.
  ///
  /// - Parameters:
  ///   - page: the form as it would be without a draft.
  ///   - here: the form's own address.
  func offeringDraft(
    _ page: FormPage, at here: Route, _ request: Request, _ context: PageContext
  ) async throws -> FormPage {
    let wish = request.uri.queryParameters.get("draft")
    guard let place = page.draftPlace, wish != "new",
      let draft = try await ReadDrafts(office)(at: place, of: try context.signedIn.staff)
    else { return page }
    var page = page
    let say = frame(context).say
    if wish == "resume" {
      page.answers = draft.answers
      page.savedAt = say.seconds(draft.savedAt)
    } else {
      page.foundDraft = .init(draft, at: here, say)
    }
    return page
  }
}

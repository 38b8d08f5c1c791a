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
      guard let place = context.form["_place"],
        let form = office.practice.forms[String(place.prefix { $0 != "/" })]
      else { throw Refusal.notFound }
      try await SaveDraft(office)(FormIntent(context.form, form: form).draft, at: place, by: visitor.staff)
      let time = frame(context).say.seconds(office.clock())
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(string: "{\"time\":\"\(time)\"}")))
    }
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
      let length = draft.answers.paths.reduce(0) { $0 + draft.answers[all: $1].reduce(0) { $0 + $1.count } }
      page.foundDraft = .init(
        when: say.moment(draft.savedAt), length: length, resume: here.with("draft", "resume"),
        discard: here.with("draft", "new"))
    }
    return page
  }
}

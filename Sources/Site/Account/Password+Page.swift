import CaseWork
import Gateway
import Hummingbird
import Operations
import Practice
import Vault

extension Site {
  func addPassword(to router: Router<PageContext>) {
    router.get(.password) { request, context in
      let frame = frame(request, context)
      return frame.response(try passwordPage(context).page(frame))
    }
    router.post(.password) { request, context in
      do {
        return try await changePassword(request, context)
      } catch Refusal.invalid(let problems) {
        let frame = frame(context)
        return frame.response(
          try passwordPage(context, problems).page(frame), status: .unprocessableContent)
      }
    }
  }

  private func changePassword(_ request: Request, _ context: PageContext) async throws -> Response {
    let form = context.form
    guard let secret = context.secret.flatMap({ SessionToken($0) }),
      let signedIn = try await FindSession(office)(secret)
    else { throw NotSignedIn() }
    guard form["password"] == form["again"] else {
      throw Refusal.invalid([Problem("again", "passwords-differ")])
    }
    let token = try await ChangePassword(office)(
      from: form["old-password"] ?? "", to: form["password"] ?? "", by: signedIn, address: context.address,
      device: request.device)
    var response = Response.to(.sessions.done("password"))
    response.setCookie(SessionCookie.cookie(.session, token.text, isSecure: context.isSecure))
    return response
  }

  private func passwordPage(_ context: PageContext, _ problems: [Problem] = []) throws -> PasswordPage {
    guard let visitor = context.visitor else { throw NotSignedIn() }
    if visitor.duty == .secondFactor { _ = try context.signedIn }
    return PasswordPage(
      minimumLength: office.practice.policy.signIn.minimumPasswordLength,
      isForced: visitor.duty == .newPassword,
      problems: problems)
  }
}

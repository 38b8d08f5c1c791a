import CaseWork
import Gateway
import HTTPTypes
import Hummingbird
import Markup
import Operations
import Repositories
import Vault

extension Site {
  /// Who a session's secret belongs to, and what they must do first.
  func visitor(of secret: String) async throws -> Visitor? {
    guard let token = SessionToken(secret), let found = try await FindSession(office)(token) else {
      return nil
    }
    let duty: Visitor.Duty? = found.awaitsCode ? .secondFactor : found.mustChangePassword ? .newPassword : nil
    return Visitor(
      staff: found.staff, session: found.session.description, formToken: FormToken.token(for: secret),
      duty: duty,
      signedInAt: found.begunAt)
  }

  func addSignIn(to router: Router<PageContext>) {
    router.get(.signIn) { request, context in
      if context.visitor != nil { return .to(.home) }
      let frame = frame(request, context)
      return frame.response(SignInPage(next: request.uri.queryParameters.get("next")).page(frame))
    }
    router.post(.signIn) { request, context in
      let form = context.form
      do {
        let entered = try await SignIn(office)(
          form["name"] ?? "", password: form["password"] ?? "", from: context.address, on: request.device,
          insteadOf: context.secret.flatMap { SessionToken($0) })
        return session(entered.token, next: entered.signedIn.awaitsCode ? nil : form["next"], context)
      } catch Refusal.invalid(let problems) {
        let frame = frame(context)
        let page = SignInPage(name: form["name"] ?? "", next: form["next"], problem: problems.first)
        return frame.response(page.page(frame), status: .unprocessableContent)
      } catch let wait as TooManyAttempts {
        let frame = frame(context)
        let page = SignInPage(
          name: form["name"] ?? "", next: form["next"],
          problem: Problem("password", "too-many-attempts", String(wait.minutes)))
        var response = frame.response(page.page(frame), status: .tooManyRequests)
        response.headers[.retryAfter] = String(wait.retryAfter)
        return response
      }
    }
    router.post(.signOut) { _, context in
      if let visitor = context.visitor, let id = ID<SignInSession>(visitor.session) {
        try await EndSession(office)(id, by: visitor.staff)
      }
      var response = Response.to(.signIn.done("signed-out"))
      response.setCookie(SessionCookie.expired(.session, isSecure: context.isSecure))
      return response
    }
  }

  func addSecondFactor(to router: Router<PageContext>) {
    router.get(.secondFactor) { request, context in
      guard context.visitor?.duty == .secondFactor else { return .to(.home) }
      let frame = frame(request, context)
      return frame.response(CodePage().page(frame))
    }
    router.post(.secondFactor) { _, context in
      guard let token = context.secret.flatMap({ SessionToken($0) }) else { throw NotSignedIn() }
      do {
        return session(
          try await ConfirmCode(office)(context.form["code"] ?? "", with: token), next: nil, context)
      } catch Refusal.invalid(let problems) {
        let frame = frame(context)
        return frame.response(CodePage(problem: problems.first).page(frame), status: .unprocessableContent)
      } catch Refusal.notFound {
        // Locked meanwhile, or begun too long ago: the door again.
        throw NotSignedIn()
      }
    }
  }

  /// The session's cookie, and the way on.
  func session(_ token: SessionToken, next: String?, _ context: PageContext) -> Response {
    let way = next.flatMap { Address(returning: $0) } ?? Route.home.address
    var response = Response.redirect(to: way.description)
    response.setCookie(SessionCookie.cookie(.session, token.text, isSecure: context.isSecure))
    return response
  }
}

extension Request {
  /// The browser's own name for itself.
  var device: String { headers[.userAgent] ?? "" }
}

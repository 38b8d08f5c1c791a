import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Vault

extension Site {
  func addSecondStep(to router: Router<PageContext>) {
    router.get(.secondStep) { request, context in
      let staff = try context.signedIn.staff
      let state = try await ReadSecondStep(office)(of: staff)
      let frame = frame(request, context)
      if state.isOn {
        return frame.response(SecondStepPage(codesLeft: state.recoveryCodesLeft).page(frame))
      }
      let offer = try await EnableTOTP(office).begin(for: staff, issuer: frame.say("frame.brand"))
      return frame.response(SecondStepSetUpPage(secret: offer.secret, address: offer.address).page(frame))
    }
    router.post(.secondStep) { _, context in try await enableSecondStep(context) }
    router.post(.secondStepOff) { _, context in
      let staff = try context.signedIn.staff
      do {
        try await DisableTOTP(office)(
          code: context.form["code"] ?? "", password: context.form["password"] ?? "", by: staff)
        return .to(.secondStep.done("second-step-off"))
      } catch Refusal.invalid(let problems) {
        let state = try await ReadSecondStep(office)(of: staff)
        let frame = frame(context)
        return frame.response(
          SecondStepPage(codesLeft: state.recoveryCodesLeft, problems: problems).page(frame),
          status: .unprocessableContent)
      }
    }
  }

  private func enableSecondStep(_ context: PageContext) async throws -> Response {
    let staff = try context.signedIn.staff
    let secret = context.form["secret"] ?? ""
    let frame = frame(context)
    do {
      let recovery = try await EnableTOTP(office)(
        secret: secret, code: context.form["code"] ?? "", password: context.form["password"] ?? "", by: staff)
      return frame.response(RecoveryCodesPage(codes: recovery.codes).page(frame))
    } catch Refusal.invalid(let problems) {
      // The same secret again: it stands in the app already.
      guard
        let address = try await EnableTOTP(office).address(
          of: secret, for: staff, issuer: frame.say("frame.brand"))
      else { return .to(.secondStep) }
      let page = SecondStepSetUpPage(secret: secret, address: address, problems: problems)
      return frame.response(page.page(frame), status: .unprocessableContent)
    } catch Refusal.conflict(.alreadyExists) {
      return .to(.secondStep)
    }
  }
}

import CaseWork
import Gateway
import Hummingbird
import Markup

extension Site {
  func addPreferences(to router: Router<PageContext>) {
    router.post(.preferences) { _, context in
      let back = context.form["next"].flatMap { Address(returning: $0) } ?? Route.home.address
      var response = Response.redirect(to: back.description)
      for cookie in chosen(in: context.form, isSecure: context.isSecure) { response.setCookie(cookie) }
      return response
    }
  }

  /// Only values that are known become cookies.
  private func chosen(in form: FormBody, isSecure: Bool) -> [Cookie] {
    let theme = form["theme"].flatMap { Preferences.Theme(rawValue: $0) }?.rawValue
    let language = form["language"].flatMap { Language(rawValue: $0) }?.rawValue
    let keys = form["keys"].flatMap { ["on", "off"].contains($0) ? $0 : nil }
    return [("theme", theme), ("language", language), ("keys", keys)].compactMap { name, value in
      value.map { Preferences.cookie(name, $0, isSecure: isSecure) }
    }
  }
}

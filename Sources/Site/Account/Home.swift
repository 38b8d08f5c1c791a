import CaseWork
import Gateway
import Hummingbird

extension Site {
  /// The first page of somebody's work.
  func addHome(to router: Router<PageContext>) {
    router.get(.home) { _, context in
      let visitor = try context.signedIn
      return .to(Place.places(of: visitor.staff).first?.route ?? .keys)
    }
  }
}

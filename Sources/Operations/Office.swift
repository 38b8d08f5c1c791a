public import CaseWork
public import Foundation
public import Practice
internal import Repositories
public import Store
public import Vault

/// What every act needs: the store, the keys, the practice, the clock, chance, the trail of reads.
public struct Office: Sendable {
  public let database: any Database
  public let vault: Vault
  public let practice: Practice
  public let clock: @Sendable () -> Date
  public let random: @Sendable () -> UUID
  public let trail: Trail
  let passwordDesk: PasswordDesk
  let students = RememberedStudents()
  private let order = IDOrder()

  public init(
    database: any Database, vault: Vault, practice: Practice, clock: @escaping @Sendable () -> Date,
    random: @escaping @Sendable () -> UUID, trail: Trail? = nil, passwords: Passwords = Passwords()
  ) {
    let order = order
    let database = AnchoringDatabase(
      database, vault: vault, clock: clock, makeID: { order.id(at: $0, random: random()) })
    self.database = database
    self.vault = vault
    self.practice = practice
    self.clock = clock
    self.random = random
    self.trail = trail ?? Trail(database)
    passwordDesk = PasswordDesk(passwords)
  }

  /// A new id that sorts by `instant`, and after every id made here before.
  public func id<Record>(at instant: Date) -> ID<Record> { order.id(at: instant, random: random()) }

  /// The time that acts on cases go by: the clock's, but never before the last of them, so that what was done later is
  /// later also after the clock was set back. What runs out by itself goes by `clock`.
  var time: Date { order.time(clock()) }

  /// Goes on behind what other programs, or this one before its last start, have left in the trail.
  public func followTrail() async throws {
    let newest = try await database.read { try ($0.events.newest, $0.accessRows.newest) }
    for instant in [newest.0?.madeAt, newest.1?.madeAt].compactMap(\.self) { order.follow(instant) }
  }
}

/// Who asks, from where, on which page: what a row of the access log needs.
public struct Asker: Hashable, Sendable {
  public let staff: Staff
  /// The network address the request came from.
  public let address: String
  /// The pattern of the page's address, such as `/cases/{id}`.
  public let route: String
  /// What was sent, where the asker wants something done.
  public let form: SentForm?
  /// Where what was sent lay as a draft, which goes with the act.
  public private(set) var draft: String?

  public init(staff: Staff, address: String, route: String, form: SentForm? = nil) {
    self.staff = staff
    self.address = address
    self.route = route
    self.form = form
  }

  /// The same, whose draft at this place is thrown away by what they do.
  public func discarding(draft place: String) -> Asker {
    var asker = self
    asker.draft = place
    return asker
  }
}

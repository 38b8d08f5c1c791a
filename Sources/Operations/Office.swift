public import CaseWork
public import Foundation
public import Practice
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
  private let order = IDOrder()

  public init(
    database: any Database, vault: Vault, practice: Practice, clock: @escaping @Sendable () -> Date,
    random: @escaping @Sendable () -> UUID, trail: Trail? = nil, passwords: Passwords = Passwords()
  ) {
    self.database = database
    self.vault = vault
    self.practice = practice
    self.clock = clock
    self.random = random
    self.trail = trail ?? Trail(database)
    passwordDesk = PasswordDesk(passwords)
  }

  /// A new id that sorts by `instant`, and after those made here at the same instant before.
  public func id<Record>(at instant: Date) -> ID<Record> { ID(at: instant, random: order.next(random())) }
}

/// Who asks, from where, on which page: what a row of the access log needs.
public struct Asker: Hashable, Sendable {
  public let staff: Staff
  /// The network address the request came from.
  public let address: String
  /// The pattern of the page's address, such as `/cases/{id}`.
  public let route: String

  public init(staff: Staff, address: String, route: String) {
    self.staff = staff
    self.address = address
    self.route = route
  }
}

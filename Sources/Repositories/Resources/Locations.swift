public import CaseWork
public import Store

/// A place of the directory, or that something is offered there, as it lies in the store.
public struct StoredDirectoryEntry: Sendable {
  public let id: String
  public let version: Int
  public let sealed: [UInt8]
}

/// Where help is given: the locations of the directory and what is offered at each.
public struct Locations {
  let session: any Session

  /// Adds a location, or writes it anew; of the same id there is only one.
  ///
  /// - Parameter resource: whose it is, where that one is in the directory.
  public func keep(
    _ entry: DirectoryEntry, of resource: ID<Resource>?, version: Int, sealed: [UInt8]
  ) throws {
    let id = entry.key
    let (latitude, longitude) = (micro(entry[number: "latitude"]), micro(entry[number: "longitude"]))
    let document = entry.withoutContacts.document()
    let postcode = entry.postcode ?? ""
    guard version > 1 else {
      try session.execute(
        """
        INSERT INTO location (id, resource_id, latitude, longitude, document, sealed, version, postcode)
        VALUES (\(id), \(resource), \(latitude), \(longitude), \(document), \(sealed), \(version), \(postcode))
        """)
      return
    }
    let changed = try session.execute(
      """
      UPDATE location
      SET resource_id = \(resource), latitude = \(latitude), longitude = \(longitude),
        document = \(document), sealed = \(sealed), version = \(version), postcode = \(postcode)
      WHERE id = \(id) AND version = \(version - 1)
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
    let offers = try session.rows(
      "SELECT DISTINCT offer_id FROM offer_location WHERE location_id = \(id)"
    ) { try $0.get(0, as: ID<Offer>.self) }
    try keepPlaces(of: offers)
  }

  /// What is asked by where some offers are given: their public places, and what is near.
  private func keepPlaces(of offers: [ID<Offer>]) throws {
    for offer in offers { try session.publicDirectory.keepPlaces(of: offer) }
    try session.offers.keepPoints(of: offers)
  }

  /// Keeps the postcodes of locations written before they were kept, some at a time.
  ///
  /// - Returns: how many there were.
  public func keepMissingPostcodes(atMost limit: Int) throws -> Int {
    let missing = try session.rows(
      "SELECT id, document FROM location WHERE postcode IS NULL ORDER BY id LIMIT \(limit)"
    ) { (try $0.get(0, as: String.self), try $0.get(1, as: String.self)) }
    for (id, document) in missing {
      let postcode = DirectoryEntry(.location, document: document)?.postcode ?? ""
      try session.execute("UPDATE location SET postcode = \(postcode) WHERE id = \(id)")
    }
    return missing.count
  }

  /// Says that an offer is given at a location.
  public func keep(
    _ entry: DirectoryEntry, of offer: ID<Offer>, at location: String, version: Int, sealed: [UInt8]
  ) throws {
    let id = entry.key
    let document = entry.withoutContacts.document()
    guard version > 1 else {
      try session.execute(
        """
        INSERT INTO offer_location (id, offer_id, location_id, document, sealed, version)
        VALUES (\(id), \(offer), \(location), \(document), \(sealed), \(version))
        """)
      try keepPlaces(of: [offer])
      return
    }
    let changed = try session.execute(
      """
      UPDATE offer_location
      SET offer_id = \(offer), location_id = \(location), document = \(document), sealed = \(sealed),
        version = \(version)
      WHERE id = \(id) AND version = \(version - 1)
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
    try keepPlaces(of: [offer])
  }

  public func all(of resource: ID<Resource>, atMost limit: Int) throws -> [StoredDirectoryEntry] {
    try session.rows(
      """
      SELECT id, version, sealed
      FROM location
      WHERE resource_id = \(resource)
      ORDER BY id
      LIMIT \(limit)
      """,
      StoredDirectoryEntry.init(row:))
  }

  public func some(_ ids: [String]) throws -> [StoredDirectoryEntry] {
    try session.rows(
      "SELECT id, version, sealed FROM location WHERE id IN \(SQL.list(ids))", StoredDirectoryEntry.init(row:)
    )
  }

  public func offered(_ ids: [String]) throws -> [StoredDirectoryEntry] {
    try session.rows(
      "SELECT id, version, sealed FROM offer_location WHERE id IN \(SQL.list(ids))",
      StoredDirectoryEntry.init(row:))
  }

  /// Millionths of a degree, as the columns hold them.
  private func micro(_ degrees: Double?) -> Int? {
    degrees.flatMap { Int(exactly: ($0 * 1_000_000).rounded()) }
  }
}

extension DirectoryEntry {
  /// The postcode of the first address of a location that has one, as it is asked for.
  var postcode: String? {
    self[part: "addresses"].lazy.compactMap { $0["postal_code"] }.map { PublicWish.plainPostcode($0) }
      .first { !$0.isEmpty }
  }
}

extension Session {
  public var locations: Locations { Locations(session: self) }
}

extension StoredDirectoryEntry {
  init(row: borrowing Row) throws {
    id = try row.get(0)
    version = try row.get(1)
    sealed = try row.get(2)
  }
}

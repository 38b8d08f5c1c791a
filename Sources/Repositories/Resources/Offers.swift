public import CaseWork
public import Foundation
public import Store

/// An offer as it lies in the store.
public struct StoredOffer: Sendable {
  public let id: ID<Offer>
  public let version: Int
  public let sealed: [UInt8]
}

/// A line of the directory: what a list shows of an offer without opening it.
public struct OfferLine: Hashable, Sendable {
  public let id: ID<Offer>
  public let resource: ID<Resource>
  public let name: String
  public let resourceName: String
  /// ORG-01 …
  public let kind: String
  public let needs: [String]
  public let status: Offer.Status
  public let cost: String?
  public let freePlaces: Int?
  public let waitingDays: Int?
  public let phone: String?
  public let verifiedOn: Day?
}

/// What is asked of the directory; all of it must hold.
public struct OfferWish: Hashable, Sendable {
  /// Letters of a name or of what is told of it, in any order of words.
  public var text = ""
  public var need: String?
  public var field: String?
  public var kind: String?
  /// `school`, `community`.
  public var place: String?
  public var area: String?
  public var hasFreePlaces = false
  /// Weekday (0 is Sunday) and minute of the day on which it must be open.
  public var openAt: OpenAt?

  public init() {}

  public struct OpenAt: Hashable, Sendable {
    public let weekday: Int
    public let minute: Int

    public init(weekday: Int, minute: Int) {
      self.weekday = weekday
      self.minute = minute
    }
  }
}

/// What the resources of the directory offer.
public struct Offers {
  let session: any Session

  public func insert(
    _ offer: Offer, of resource: Resource, sealed: [UInt8], at instant: Date
  ) throws {
    let line = OfferColumns(offer, of: resource)
    let place = try freePlace(for: offer, of: resource)
    try session.execute(
      """
      INSERT INTO offer (
        id, resource_id, place_in_order, name, resource_name, kind, needs, status, cost, free_places, waiting_days,
        phone, verified_on, published_at, document, sealed, changed_at, version)
      VALUES (
        \(offer.id), \(resource.id), \(place), \(offer.name), \(resource.name), \(resource.kind),
        \(text(offer.needs)), \(offer.status), \(offer.cost), \(offer.capacity?.free), \(offer.waitingDays),
        \(offer.phone ?? resource.phone), \(offer.verifiedOn), \(resource.isPublic ? instant : nil),
        \(line.document), \(sealed), \(instant), \(offer.version))
      """
    )
    try keep(offer, line, of: resource, at: place)
  }

  /// Saves a changed offer, or one whose resource has changed; `offer.version` is the next version.
  public func update(
    _ offer: Offer, of resource: Resource, sealed: [UInt8], at instant: Date
  ) throws {
    let line = OfferColumns(offer, of: resource)
    let old = try session.row("SELECT place_in_order, resource_name, name FROM offer WHERE id = \(offer.id)")
    {
      (try $0.get(0, as: String.self), try $0.get(1, as: String.self), try $0.get(2, as: String.self))
    }
    guard let old else { throw Refusal.notFound }
    let place =
      old.1 == resource.name && old.2 == offer.name ? old.0 : try freePlace(for: offer, of: resource)
    let changed = try session.execute(
      """
      UPDATE offer
      SET place_in_order = \(place), name = \(offer.name), resource_name = \(resource.name),
        kind = \(resource.kind), needs = \(text(offer.needs)), status = \(offer.status), cost = \(offer.cost),
        free_places = \(offer.capacity?.free), waiting_days = \(offer.waitingDays),
        phone = \(offer.phone ?? resource.phone), verified_on = \(offer.verifiedOn),
        published_at = \(resource.isPublic ? instant : nil), document = \(line.document), sealed = \(sealed),
        changed_at = \(instant), version = \(offer.version)
      WHERE id = \(offer.id) AND resource_id = \(resource.id) AND version = \(offer.version - 1)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
    try session.execute("DELETE FROM offer_trait WHERE place_in_order = \(old.0)")
    try session.execute("DELETE FROM offer_hours WHERE offer_id = \(offer.id)")
    try keep(offer, line, of: resource, at: place)
  }

  /// A place in the order of the alphabet that is nobody's yet, right behind the offer that comes before.
  private func freePlace(for offer: Offer, of resource: Resource) throws -> String {
    let before = try session.row(
      """
      SELECT place_in_order FROM offer
      WHERE resource_name <= \(resource.name)
        AND (resource_name < \(resource.name) OR name < \(offer.name) OR name = \(offer.name) AND id < \(offer.id))
        AND id <> \(offer.id)
      ORDER BY resource_name DESC, name DESC, id DESC
      LIMIT 1
      """
    ) { try $0.get(0, as: String.self) }
    let after = try session.row(
      """
      SELECT place_in_order FROM offer WHERE place_in_order > \(before ?? "") ORDER BY place_in_order LIMIT 1
      """
    ) { try $0.get(0, as: String.self) }
    return PlaceInOrder.between(before, after)
  }

  private func keep(_ offer: Offer, _ line: OfferColumns, of resource: Resource, at place: String) throws {
    try session.publicDirectory.keepTerms(of: offer.entry)
    try session.publicDirectory.keepPlaces(of: offer.id)
    try keepFit(OfferFit(offer, of: resource), at: place)
    try keepTraits(line, at: place)
    let hours = Set(offer.hours.spans).map { span -> [Value] in
      [offer.id.sqlValue, span.weekday.sqlValue, span.opens.sqlValue, span.closes.sqlValue]
    }
    try session.insert(hours, "offer_hours (offer_id, weekday, opens, closes)")
  }

  private func keepTraits(_ line: OfferColumns, at place: String) throws {
    let traits = line.traits.map { trait -> [Value] in
      [trait.list.rawValue.sqlValue, .text(trait.code), .text(place)]
    }
    try session.insert(traits, "offer_trait (list, code, place_in_order)")
  }

  /// Keeps the traits of offers that have none, some at a time.
  ///
  /// - Returns: how many of them have traits now; 0 when there is nothing more to do.
  public func keepMissingTraits(atMost limit: Int) throws -> Int {
    try keepMissing(
      "NOT EXISTS (SELECT 1 FROM offer_trait t WHERE t.place_in_order = o.place_in_order)", atMost: limit
    ) { offer, resource, place in
      try keepTraits(OfferColumns(offer, of: resource), at: place)
      return true
    }
  }

  /// Keeps what follows from offers `o` that lack it, from their documents and those of their resources.
  func keepMissing(
    _ condition: SQL, atMost limit: Int, _ keep: (Offer, Resource, _ place: String) throws -> Bool
  ) throws -> Int {
    let missing = try session.rows(
      """
      SELECT o.document, r.document, o.place_in_order
      FROM offer o
      JOIN resource r ON r.id = o.resource_id
      WHERE r.document IS NOT NULL AND \(condition)
      LIMIT \(limit)
      """
    ) { row in
      (try row.get(0, as: String.self), try row.get(1, as: String.self), try row.get(2, as: String.self))
    }
    return try missing.count { offer, resource, place in
      guard let offer = DirectoryEntry(.service, document: offer),
        let resource = DirectoryEntry(.organization, document: resource)
      else { throw Refusal.notFound }
      return try keep(Offer(offer), Resource(resource), place)
    }
  }

  public func find(_ id: ID<Offer>) throws -> StoredOffer {
    let found = try session.row(
      "SELECT \(StoredOffer.columns) FROM offer WHERE id = \(id)", StoredOffer.init(row:))
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Everything one resource offers, in the order of the alphabet.
  public func all(of resource: ID<Resource>, atMost limit: Int) throws -> [StoredOffer] {
    try session.rows(
      """
      SELECT \(StoredOffer.columns)
      FROM offer
      WHERE resource_id = \(resource)
      ORDER BY name, id
      LIMIT \(limit)
      """,
      StoredOffer.init(row:))
  }

  public func some(_ ids: [ID<Offer>]) throws -> [StoredOffer] {
    try session.rows(
      "SELECT \(StoredOffer.columns) FROM offer WHERE id IN \(SQL.list(ids))", StoredOffer.init(row:))
  }

  /// A page of the directory, in the order of the alphabet, behind the offer `after`.
  ///
  /// Each part of the wish is looked up in an index that lies in this order, so that a page takes as long in a large
  /// directory as in a small one.
  public func lines(_ wish: OfferWish, after: ID<Offer>? = nil, atMost limit: Int) throws -> [OfferLine] {
    let traits = try rarestFirst(OfferColumns.asked(by: wish))
    var conditions: [SQL] = ["o.status <> 'defunct'"]
    let place = try after.flatMap { id in
      try session.row("SELECT place_in_order FROM offer WHERE id = \(id)") { try $0.get(0, as: String.self) }
    }
    if let place {
      let order: SQL = traits.isEmpty ? "o.place_in_order" : "t.place_in_order"
      conditions.append("\(order) > \(place)")
    } else if traits.isEmpty {
      // From the beginning, by the index.
      conditions.append("o.place_in_order >= ''")
    }
    conditions += traits.dropFirst().map { trait in
      """
      EXISTS (
        SELECT 1 FROM offer_trait x
        WHERE x.list = \(trait.list.rawValue) AND x.code = \(trait.code) AND x.place_in_order = t.place_in_order
      )
      """
    }
    if let open = wish.openAt {
      conditions.append(
        """
        EXISTS (
          SELECT 1 FROM offer_hours h
          WHERE h.offer_id = o.id AND h.weekday = \(open.weekday) AND h.opens <= \(open.minute)
            AND h.closes > \(open.minute)
        )
        """)
    }
    let all = conditions.joined(by: " AND ")
    guard let first = traits.first else {
      return try session.rows(
        """
        SELECT \(OfferLine.columns)
        FROM offer o
        WHERE \(all)
        ORDER BY o.place_in_order
        LIMIT \(limit)
        """,
        OfferLine.init(row:))
    }
    return try session.rows(
      """
      SELECT \(OfferLine.columns)
      FROM offer_trait t
      JOIN offer o ON o.place_in_order = t.place_in_order
      WHERE t.list = \(first.list.rawValue) AND t.code = \(first.code) AND \(all)
      ORDER BY t.place_in_order
      LIMIT \(limit)
      """,
      OfferLine.init(row:))
  }
}

/// What a trait of an offer is of, as its row tells it.
public enum TraitList: Int, Hashable, Sendable {
  case letters, need, field, kind, place, area, free
}

/// What follows from an offer and its resource, for finding and sorting.
struct OfferColumns {
  struct Trait: Hashable {
    let list: TraitList
    let code: String
  }

  let document: String
  let traits: Set<Trait>

  init(_ offer: Offer, of resource: Resource) {
    document = offer.entry.withoutContacts.document()
    var traits = Set(offer.needs.map { Trait(list: .need, code: $0) })
    traits.formUnion(offer.fields.map { Trait(list: .field, code: $0) })
    traits.formUnion(offer.areas.map { Trait(list: .area, code: $0) })
    traits.insert(Trait(list: .kind, code: resource.kind))
    traits.insert(Trait(list: .place, code: resource.place))
    if (offer.capacity?.free ?? 0) > 0 { traits.insert(Trait(list: .free, code: "yes")) }
    let names = [
      offer.name, offer.entry["alternate_name"] ?? "", resource.name, resource.alternateName ?? "",
    ]
    for name in names { traits.formUnion(Self.letters(SearchTerms.kept(for: name))) }
    // Of what is told at length only pairs of letters, and only of its beginning.
    for told in [offer.description, resource.description] {
      traits.formUnion(
        Self.letters(SearchTerms.kept(for: String(told.prefix(200))).filter { $0.hasPrefix("n") }))
    }
    self.traits = traits
  }

  private static func letters(_ terms: Set<String>) -> [Trait] {
    terms.map { Trait(list: .letters, code: $0) }
  }

  /// The traits an offer must carry, those that are carried by few first: they lead the search.
  static func asked(by wish: OfferWish) -> [Trait] {
    let terms = wish.text.split(whereSeparator: \.isWhitespace).reduce(into: Set<String>()) {
      $0.formUnion(SearchTerms.asked(by: String($1)))
    }
    // A pair says what its letters say, and single letters of what is told at length are not kept.
    let pairs = terms.filter { !$0.hasPrefix("u") && !$0.hasPrefix("v") }
    let letters = (pairs.isEmpty ? terms : pairs).sorted().map { Trait(list: .letters, code: $0) }
    let codes: [(TraitList, String?)] = [
      (.area, wish.area), (.field, wish.field), (.kind, wish.kind), (.need, wish.need),
      (.free, wish.hasFreePlaces ? "yes" : nil),
      (.place, wish.place),
    ]
    return letters + codes.compactMap { list, code in code.map { Trait(list: list, code: $0) } }
  }
}

extension Offers {
  /// The rarest trait leads, for every offer that carries it is gone through; common ones are counted only so far.
  private func rarestFirst(_ traits: [OfferColumns.Trait]) throws -> [OfferColumns.Trait] {
    guard traits.count > 1 else { return traits }
    let counted = try traits.map { trait in
      let count = try session.row(Self.counting(trait.list, trait.code)) { try $0.get(0, as: Int.self) }
      return (trait: trait, count: count ?? 0)
    }
    // Among equal ones the order of before.
    return counted.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
      .map(\.element.trait)
  }

  private static let countedTo = 5_000

  public static func counting(_ list: TraitList, _ code: String) -> SQL {
    """
    SELECT count(*) FROM (
      SELECT 1 FROM offer_trait t WHERE t.list = \(list.rawValue) AND t.code = \(code) LIMIT \(countedTo)
    ) counted
    """
  }
}

extension Session {
  public var offers: Offers { Offers(session: self) }
}

extension Offer.Status: SQLValue {}

extension StoredOffer {
  static let columns: SQL = "id, version, sealed"

  init(row: borrowing Row) throws {
    id = try row.get(0)
    version = try row.get(1)
    sealed = try row.get(2)
  }
}

extension OfferLine {
  static let columns: SQL = """
    o.id, o.resource_id, o.name, o.resource_name, o.kind, o.needs, o.status, o.cost, o.free_places, o.waiting_days,
    o.phone, o.verified_on
    """

  init(row: borrowing Row) throws {
    id = try row.get(0)
    resource = try row.get(1)
    name = try row.get(2)
    resourceName = try row.get(3)
    kind = try row.get(4)
    needs = codes(try row.get(5))
    status = try row.get(6)
    cost = try row.optional(7)
    freePlaces = try row.optional(8)
    waitingDays = try row.optional(9)
    phone = try row.optional(10)
    verifiedOn = try row.optional(11)
  }
}

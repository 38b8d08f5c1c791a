public import CaseWork
public import Foundation
public import Store

/// What is asked of the public directory; all of it must hold.
public struct PublicWish: Hashable, Sendable {
  /// Letters of a name or of what is told.
  public var text: String?
  /// Ids in small letters.
  public var term: String?
  public var taxonomy: String?
  public var organization: String?
  public var changedAfter: Date?
  /// Of places: their postcode, or how it begins.
  public var postcode: String?
  /// Of places: within so many kilometres of those that have the postcode.
  public var proximity: Double?

  public init() {}

  /// In capital letters and without spaces and dashes: 06236, EC1A1BB.
  public static func plainPostcode(_ text: String) -> String {
    text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}

/// The lists of the public directory that lie in the store by their rows.
public enum PublicList: Hashable, Sendable {
  case organizations, services, places
}

/// An object of the public directory, as its row tells it.
public struct PublicRow: Sendable {
  public let id: String
  public let document: String
  /// The document of the resource, of a service; of the location, of a place, where that is public.
  public let owner: String?
  public let changedAt: Date
}

/// What anybody may read of the directory: only what was published, and never the sealed part of it.
public struct PublicDirectory {
  let session: any Session

  /// How many there are, counted in an index of what is public, or in one of what is asked for.
  public func count(_ list: PublicList, _ wish: PublicWish) throws -> Int {
    if list == .places, wish.proximity != nil { return try near(wish).count }
    return try session.row(Self.counting(list, wish)) { try $0.get(0) } ?? 0
  }

  /// The ids of a part of a list, in their order, behind `after` or from `offset` on.
  public func ids(
    _ list: PublicList, _ wish: PublicWish, after: String? = nil, offset: Int = 0, atMost limit: Int
  ) throws -> [String] {
    if list == .places, wish.proximity != nil {
      let behind = try near(wish).drop { id in after.map { id <= $0 } ?? false }
      return Array(behind.dropFirst(offset).prefix(limit))
    }
    return try session.rows(Self.choosing(list, wish, after: after, offset: offset, atMost: limit)) {
      try $0.get(0)
    }
  }

  public static func counting(_ list: PublicList, _ wish: PublicWish) -> SQL {
    "SELECT count(*) FROM \(from(list, wish)) WHERE \(clause(list, wish))"
  }

  public static func choosing(
    _ list: PublicList, _ wish: PublicWish, after: String?, offset: Int, atMost limit: Int
  ) -> SQL {
    let id = id(of: list)
    let behind: [SQL] = after.map { ["\(id) > \($0)"] } ?? []
    return """
      SELECT \(id) FROM \(from(list, wish))
      WHERE \(clause(list, wish, behind))
      ORDER BY \(id)
      LIMIT \(limit) OFFSET \(offset)
      """
  }

  private static func id(of list: PublicList) -> SQL {
    switch list {
    case .organizations: "r.id"
    case .services: "o.id"
    case .places: "p.id"
    }
  }

  private static func from(_ list: PublicList, _ wish: PublicWish) -> SQL {
    switch list {
    case .organizations: "resource r"
    case .services: "offer o"
    case .places: "public_place p"
    }
  }

  private static func clause(_ list: PublicList, _ wish: PublicWish, _ more: [SQL] = []) -> SQL {
    let all = conditions(list, wish) + more
    // Every public place, by its key.
    return all.isEmpty ? "p.id >= ''" : all.joined(by: " AND ")
  }

  private static func conditions(_ list: PublicList, _ wish: PublicWish) -> [SQL] {
    var all: [SQL]
    let subject: SQL
    switch list {
    case .organizations: (all, subject) = (["r.published_at IS NOT NULL"], "r.id")
    case .services: (all, subject) = (["o.published_at IS NOT NULL"], "o.id")
    case .places: (all, subject) = ([], "p.offer_id")
    }
    all += letters(of: wish).map { code -> SQL in
      let marked: SQL = """
        SELECT t.place_in_order FROM offer_trait t
        WHERE t.list = \(TraitList.letters.rawValue) AND t.code = \(code)
        """
      return switch list {
      // Every offer carries the letters of its resource.
      case .organizations:
        "r.id IN (SELECT x.resource_id FROM offer x WHERE x.place_in_order IN (\(marked)))"
      case .services: "o.place_in_order IN (\(marked))"
      case .places: "p.offer_id IN (SELECT x.id FROM offer x WHERE x.place_in_order IN (\(marked)))"
      }
    }
    if let term = wish.term {
      all.append("\(subject) IN (SELECT u.subject_id FROM term_use u WHERE u.term_id = \(term))")
    }
    if let taxonomy = wish.taxonomy {
      all.append("\(subject) IN (SELECT u.subject_id FROM term_use u WHERE \(ofTaxonomy(taxonomy)))")
    }
    if let organization = wish.organization {
      let id: SQL =
        switch list {
        case .organizations: "r.id"
        case .services: "o.resource_id"
        case .places: "p.resource_id"
        }
      all.append("\(id) = \(organization)")
    }
    if let instant = wish.changedAfter {
      switch list {
      case .organizations: all.append("r.changed_at > \(instant)")
      case .services: all.append("o.changed_at > \(instant)")
      case .places:
        // Or else all of them would be gone through in the order of their ids.
        all.append("p.id IN (SELECT v.id FROM public_place v WHERE v.changed_at > \(instant))")
      }
    }
    if list == .places, wish.proximity == nil, let postcode = wish.postcode {
      all += ofPostcode(postcode)
    }
    return all
  }

  /// Fewer digits than Korea's five are how a postcode begins; anything else is one.
  private static func ofPostcode(_ text: String) -> [SQL] {
    guard !text.isEmpty else { return ["1 = 0"] }
    guard text.count < 5, text.allSatisfy(\.isNumber) else { return ["p.postcode = \(text)"] }
    // The colon stands right behind the nine.
    return ["p.postcode >= \(text)", "p.postcode < \(text + ":")"]
  }

  /// What nobody can have written is found nowhere.
  private static func letters(of wish: PublicWish) -> [String] {
    guard let text = wish.text else { return [] }
    var asked = OfferWish()
    asked.text = text
    let traits = OfferColumns.asked(by: asked).map(\.code)
    return traits.isEmpty ? [""] : traits
  }

  /// The terms of one of our taxonomies begin alike; those of another stand in the store.
  private static func ofTaxonomy(_ id: String) -> SQL {
    guard let list = UUID(uuidString: id).flatMap(DirectoryTerm.list(ofTaxonomy:)) else {
      return "u.term_id IN (SELECT t.id FROM directory_term t WHERE t.taxonomy_id = \(id))"
    }
    let beginning = String(DirectoryTerm.taxonomy(list).uuidString.lowercased().prefix(4))
    return """
      u.term_id >= \(beginning) AND u.term_id < \(beginning + "g")
      AND u.term_id LIKE \(beginning + "____-____-80__-80__-____________")
      """
  }
}

/// What is near.
extension PublicDirectory {
  static let pointsOfPostcode = 1_000

  /// The ids of places within the distance of those with the postcode, in order; none where no place has it.
  private func near(_ wish: PublicWish) throws -> [String] {
    guard let kilometres = wish.proximity, let postcode = wish.postcode else { return [] }
    let points = try session.rows(Self.locating(postcode)) { row in
      GeoPoint(try row.optional(0), try row.optional(1))
    }.compactMap(\.self)
    guard let middle = GeoPoint.middle(of: points) else { return [] }
    return try session.rows(Self.approaching(wish, middle, kilometres)) { row in
      let point = GeoPoint(try row.optional(1), try row.optional(2))
      let isNear = point.map { middle.kilometres(to: $0) <= kilometres } ?? false
      return isNear ? try row.get(0, as: String.self) : nil
    }.compactMap(\.self)
  }

  /// Where the places with a postcode are.
  public static func locating(_ postcode: String) -> SQL {
    """
    SELECT p.latitude, p.longitude FROM public_place p
    WHERE \(ofPostcode(postcode).joined(by: " AND ")) AND p.latitude IS NOT NULL
    LIMIT \(pointsOfPostcode)
    """
  }

  /// The places in a box that holds the circle around a point.
  public static func approaching(_ wish: PublicWish, _ middle: GeoPoint, _ kilometres: Double) -> SQL {
    let box = middle.box(within: kilometres)
    let isInBox: [SQL] = [
      "p.latitude BETWEEN \(box.latitude.lowerBound) AND \(box.latitude.upperBound)",
      "p.longitude BETWEEN \(box.longitude.lowerBound) AND \(box.longitude.upperBound)",
    ]
    return """
      SELECT p.id, p.latitude, p.longitude FROM public_place p
      WHERE \(clause(.places, wish, isInBox))
      ORDER BY p.id
      """
  }
}

extension GeoPoint {
  /// The mean of some points; `nil` of none.
  static func middle(of points: [GeoPoint]) -> GeoPoint? {
    guard !points.isEmpty else { return nil }
    let count = Double(points.count)
    return GeoPoint(
      latitude: points.map(\.latitude).reduce(0, +) / count,
      longitude: points.map(\.longitude).reduce(0, +) / count)
  }

  /// Millionths of a degree between which every point within a distance lies. Near a pole it is every longitude; what
  /// lies across the 180th meridian is left out.
  func box(within kilometres: Double) -> (latitude: ClosedRange<Int>, longitude: ClosedRange<Int>) {
    let degree = 111.19
    func range(_ middle: Double, _ width: Double, _ most: Double) -> ClosedRange<Int> {
      let (from, to) = (max(-most, middle - width), min(most, middle + width))
      return Int((from * 1_000_000).rounded(.down))...Int((to * 1_000_000).rounded(.up))
    }
    let height = kilometres / degree
    let narrowest = cos(min(90, abs(latitude) + height) * .pi / 180)
    return (
      range(latitude, height, 90), range(longitude, narrowest > 0.01 ? height / narrowest : 360, 180)
    )
  }
}

extension PublicDirectory {
  /// The rows of these ids, in the order of the ids.
  public func rows(_ list: PublicList, _ ids: [String]) throws -> [PublicRow] {
    let chosen: SQL =
      switch list {
      case .organizations:
        """
        SELECT r.id, r.document, NULL, r.changed_at FROM resource r
        WHERE r.id IN \(SQL.list(ids)) AND r.published_at IS NOT NULL AND r.document IS NOT NULL ORDER BY r.id
        """
      case .services:
        """
        SELECT o.id, o.document, r.document, o.changed_at FROM offer o JOIN resource r ON r.id = o.resource_id
        WHERE o.id IN \(SQL.list(ids)) AND o.published_at IS NOT NULL AND r.published_at IS NOT NULL ORDER BY o.id
        """
      case .places: "\(places) WHERE v.id IN \(SQL.list(ids)) ORDER BY v.id"
      }
    return try session.rows(chosen, PublicRow.init(row:))
  }

  /// Where these offers are given.
  public func places(ofServices ids: [String]) throws -> [PublicRow] {
    try session.rows("\(places) WHERE v.offer_id IN \(SQL.list(ids)) ORDER BY v.id", PublicRow.init(row:))
  }

  /// A location of a resource that is not public stays unsaid.
  private var places: SQL {
    """
    SELECT v.id, p.document, CASE WHEN l.resource_id IS NULL OR r.published_at IS NOT NULL THEN l.document END, o.changed_at
    FROM public_place v
    JOIN offer_location p ON p.id = v.id
    JOIN offer o ON o.id = p.offer_id AND o.published_at IS NOT NULL
    JOIN location l ON l.id = p.location_id
    LEFT JOIN resource r ON r.id = l.resource_id
    """
  }

  /// The documents of the locations of a resource, which the caller has found to be public.
  public func locations(of resource: String, atMost limit: Int) throws -> [String] {
    try session.rows(
      "SELECT document FROM location WHERE resource_id = \(resource) ORDER BY id LIMIT \(limit)"
    ) { try $0.get(0) }
  }
}

/// The taxonomies of other directories and their terms.
extension PublicDirectory {
  public struct TermWish: Hashable, Sendable {
    public var text: String?
    public var taxonomy: String?
    public var parent: String?
    public var onlyTop = false

    public init() {}
  }

  public func countTerms(_ wish: TermWish) throws -> Int {
    try session.row(Self.countingTerms(wish)) { try $0.get(0) } ?? 0
  }

  public func terms(
    _ wish: TermWish, after: String? = nil, offset: Int = 0, atMost limit: Int
  ) throws -> [(id: String, document: String)] {
    try session.rows(
      """
      SELECT id, document FROM directory_term
      WHERE \(Self.terms(wish)) AND id > \(after ?? "")
      ORDER BY id LIMIT \(limit) OFFSET \(offset)
      """
    ) { (try $0.get(0), try $0.get(1)) }
  }

  public static func countingTerms(_ wish: TermWish) -> SQL {
    "SELECT count(*) FROM directory_term WHERE \(terms(wish))"
  }

  public func countTaxonomies(_ text: String?) throws -> Int {
    try session.row("SELECT count(*) FROM directory_taxonomy WHERE \(Self.told(text, .taxonomy))") {
      try $0.get(0)
    } ?? 0
  }

  public func taxonomies(
    _ text: String?, after: String? = nil, offset: Int = 0, atMost limit: Int
  ) throws -> [(id: String, document: String)] {
    try session.rows(
      """
      SELECT id, document FROM directory_taxonomy
      WHERE \(Self.told(text, .taxonomy)) AND id > \(after ?? "")
      ORDER BY id LIMIT \(limit) OFFSET \(offset)
      """
    ) { (try $0.get(0), try $0.get(1)) }
  }

  public func terms(_ ids: [String]) throws -> [String] {
    try session.rows("SELECT document FROM directory_term WHERE id IN \(SQL.list(ids))") { try $0.get(0) }
  }

  public func taxonomies(_ ids: [String]) throws -> [String] {
    try session.rows("SELECT document FROM directory_taxonomy WHERE id IN \(SQL.list(ids))") { try $0.get(0) }
  }

  private static func terms(_ wish: TermWish) -> SQL {
    var all = [told(wish.text, .taxonomyTerm)]
    if let taxonomy = wish.taxonomy { all.append("taxonomy_id = \(taxonomy)") }
    if let parent = wish.parent { all.append("parent_id = \(parent)") }
    if wish.onlyTop { all.append("parent_id = ''") }
    return all.joined(by: " AND ")
  }

  /// Every pair of letters that is asked for stands in what is told of it.
  private static func told(_ text: String?, _ kind: DirectoryEntry.Kind) -> SQL {
    guard let text else { return "id > ''" }
    let codes = text.split(whereSeparator: \.isWhitespace).reduce(into: Set<String>()) {
      $0.formUnion(SearchTerms.asked(by: String($1)))
    }
    guard !codes.isEmpty else { return "1 = 0" }
    return codes.sorted().map { code -> SQL in
      "id IN (SELECT w.id FROM directory_letters w WHERE w.kind = \(kind.rawValue) AND w.code = \(code))"
    }.joined(by: " AND ")
  }
}

/// What the lists are asked by, kept with the rows themselves.
extension PublicDirectory {
  /// The terms an object carries, instead of all it has carried.
  func keepTerms(of entry: DirectoryEntry) throws {
    try session.execute("DELETE FROM term_use WHERE subject_id = \(entry.key)")
    let terms = Set(entry[part: "attributes"].compactMap { $0["taxonomy_term_id"]?.lowercased() })
    try session.insert(
      terms.sorted().map { [Value.text($0), .text(entry.key)] }, "term_use (term_id, subject_id)")
  }

  /// Where an offer is given stands in the public list only while the offer is public.
  func keepPlaces(of offer: ID<Offer>) throws {
    // What is given here now may have been given by another before.
    try session.execute(
      """
      DELETE FROM public_place
      WHERE offer_id = \(offer) OR id IN (SELECT p.id FROM offer_location p WHERE p.offer_id = \(offer))
      """)
    try session.execute(
      """
      \(Self.publishing)
      WHERE p.offer_id = \(offer) AND o.published_at IS NOT NULL
      """)
  }

  /// Public places as their rows follow from others: a location of a resource that is not public says nothing of where.
  private static let publishing: SQL = """
    INSERT INTO public_place (id, offer_id, resource_id, changed_at, postcode, latitude, longitude)
    SELECT p.id, p.offer_id, o.resource_id, o.changed_at,
      CASE WHEN l.resource_id IS NULL OR r.published_at IS NOT NULL THEN l.postcode END,
      CASE WHEN l.resource_id IS NULL OR r.published_at IS NOT NULL THEN l.latitude END,
      CASE WHEN l.resource_id IS NULL OR r.published_at IS NOT NULL THEN l.longitude END
    FROM offer_location p
    JOIN offer o ON o.id = p.offer_id
    JOIN location l ON l.id = p.location_id
    LEFT JOIN resource r ON r.id = l.resource_id
    """

  /// Fills in the places that were public before they were kept so.
  public func keepMissingPlaces() throws {
    try session.execute(
      """
      \(Self.publishing)
      WHERE o.published_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM public_place v WHERE v.id = p.id)
      """)
  }

  /// What is said of where others help at the locations of a resource, which may have become public or stopped being so.
  func keepPlaces(atLocationsOf resource: ID<Resource>) throws {
    let offers = try session.rows(
      """
      SELECT DISTINCT p.offer_id FROM location l JOIN offer_location p ON p.location_id = l.id
      WHERE l.resource_id = \(resource)
      """
    ) { try $0.get(0, as: ID<Offer>.self) }
    for offer in offers { try keepPlaces(of: offer) }
  }

  /// Fills in the terms of what was written before they were kept.
  public func keepMissingTerms() throws {
    let resources: [String] = try session.rows(
      """
      SELECT r.document FROM resource r
      WHERE r.document IS NOT NULL AND NOT EXISTS (SELECT 1 FROM term_use u WHERE u.subject_id = r.id)
      """
    ) { try $0.get(0) }
    for entry in resources.compactMap({ DirectoryEntry(.organization, document: $0) }) {
      try keepTerms(of: entry)
    }
    let offers: [String] = try session.rows(
      """
      SELECT o.document FROM offer o
      WHERE NOT EXISTS (SELECT 1 FROM term_use u WHERE u.subject_id = o.id)
      """
    ) { try $0.get(0) }
    for entry in offers.compactMap({ DirectoryEntry(.service, document: $0) }) { try keepTerms(of: entry) }
  }
}

extension Session {
  public var publicDirectory: PublicDirectory { PublicDirectory(session: self) }
}

extension PublicRow {
  init(row: borrowing Row) throws {
    id = try row.get(0)
    document = try row.get(1)
    owner = try row.optional(2)
    changedAt = try row.get(3)
  }
}

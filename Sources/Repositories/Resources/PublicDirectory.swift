import CaseWork
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

  public init() {}
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
    try session.row(Self.counting(list, wish)) { try $0.get(0) } ?? 0
  }

  /// The ids of a part of a list, in their order, behind `after` or from `offset` on.
  public func ids(
    _ list: PublicList, _ wish: PublicWish, after: String? = nil, offset: Int = 0, atMost limit: Int
  ) throws -> [String] {
    try session.rows(Self.choosing(list, wish, after: after, offset: offset, atMost: limit)) {
      try $0.get(0)
    }
  }

  public static func counting(_ list: PublicList, _ wish: PublicWish) -> SQL {
    "SELECT count(*) FROM \(from(list, wish)) WHERE \(conditions(list, wish).joined(by: " AND "))"
  }

  public static func choosing(
    _ list: PublicList, _ wish: PublicWish, after: String?, offset: Int, atMost limit: Int
  ) -> SQL {
    let id = id(of: list)
    let behind: [SQL] = after.map { ["\(id) > \($0)"] } ?? []
    return """
      SELECT \(id) FROM \(from(list, wish))
      WHERE \((conditions(list, wish) + behind).joined(by: " AND "))
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
    case .places: wish == PublicWish() ? "public_place p" : "public_place p JOIN offer o ON o.id = p.offer_id"
    }
  }

  private static func conditions(_ list: PublicList, _ wish: PublicWish) -> [SQL] {
    // Of a list of places the first condition only keeps the clause from being empty.
    var all: [SQL]
    let subject: SQL
    switch list {
    case .organizations: (all, subject) = (["r.published_at IS NOT NULL"], "r.id")
    case .services: (all, subject) = (["o.published_at IS NOT NULL"], "o.id")
    case .places:
      (all, subject) = ([wish == PublicWish() ? "p.id >= ''" : "o.published_at IS NOT NULL"], "o.id")
    }
    all += letters(of: wish).map { code -> SQL in
      let offers: SQL = "SELECT m.offer_id FROM offer_mark m WHERE m.list = 'letters' AND m.code = \(code)"
      // Every offer carries the letters of its resource.
      guard list == .organizations else { return "\(subject) IN (\(offers))" }
      return "\(subject) IN (SELECT x.resource_id FROM offer x WHERE x.id IN (\(offers)))"
    }
    if let term = wish.term {
      all.append("\(subject) IN (SELECT u.subject_id FROM term_use u WHERE u.term_id = \(term))")
    }
    if let taxonomy = wish.taxonomy {
      all.append("\(subject) IN (SELECT u.subject_id FROM term_use u WHERE \(ofTaxonomy(taxonomy)))")
    }
    if let organization = wish.organization {
      all.append(list == .organizations ? "r.id = \(organization)" : "o.resource_id = \(organization)")
    }
    if let instant = wish.changedAfter {
      all.append(list == .organizations ? "r.changed_at > \(instant)" : "o.changed_at > \(instant)")
    }
    return all
  }

  /// What nobody can have written is found nowhere.
  private static func letters(of wish: PublicWish) -> [String] {
    guard let text = wish.text else { return [] }
    var asked = OfferWish()
    asked.text = text
    let marks = OfferColumns.asked(by: asked).map(\.code)
    return marks.isEmpty ? [""] : marks
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
    try session.row("SELECT count(*) FROM directory_term WHERE \(terms(wish))") { try $0.get(0) } ?? 0
  }

  public func terms(
    _ wish: TermWish, after: String? = nil, offset: Int = 0, atMost limit: Int
  ) throws -> [(id: String, document: String)] {
    try session.rows(
      """
      SELECT id, document FROM directory_term
      WHERE \(terms(wish)) AND id > \(after ?? "")
      ORDER BY id LIMIT \(limit) OFFSET \(offset)
      """
    ) { (try $0.get(0), try $0.get(1)) }
  }

  public func countTaxonomies(_ text: String?) throws -> Int {
    try session.row("SELECT count(*) FROM directory_taxonomy WHERE \(told(text))") { try $0.get(0) } ?? 0
  }

  public func taxonomies(
    _ text: String?, after: String? = nil, offset: Int = 0, atMost limit: Int
  ) throws -> [(id: String, document: String)] {
    try session.rows(
      """
      SELECT id, document FROM directory_taxonomy
      WHERE \(told(text)) AND id > \(after ?? "")
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

  private func terms(_ wish: TermWish) -> SQL {
    var all = [told(wish.text)]
    if let taxonomy = wish.taxonomy { all.append("taxonomy_id = \(taxonomy)") }
    // A quotation mark within a text is written with a stroke before it, so only the field itself looks like this.
    if let parent = wish.parent { all.append("document LIKE \("%\"parent_id\":\"\(parent)\"%")") }
    if wish.onlyTop { all.append("document NOT LIKE '%\"parent_id\":\"%'") }
    return all.joined(by: " AND ")
  }

  private func told(_ text: String?) -> SQL {
    guard let text else { return "id > ''" }
    let pattern = text.lowercased().replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing(
      "_", with: "\\_")
    return "lower(document) LIKE \("%\(pattern)%") ESCAPE '\\'"
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
      INSERT INTO public_place (id, offer_id)
      SELECT p.id, p.offer_id FROM offer_location p JOIN offer o ON o.id = p.offer_id
      WHERE p.offer_id = \(offer) AND o.published_at IS NOT NULL
      """)
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

public import CaseWork
import Foundation
public import Store

/// An offer that is weighed, and where it is given.
public struct WeighedOffer: Sendable {
  public let fit: OfferFit
  public let points: [GeoPoint]
}

extension Offers {
  /// What might serve a need, without whom to ask for, in the order of the alphabet: those that nothing of the wish rules
  /// out, or those that something does.
  ///
  /// All of it lies in one table in this order, so that nothing else is looked up.
  public func candidates(
    for wish: ResourceWish, ruledOut isRuledOut: Bool, atMost limit: Int
  ) throws -> [WeighedOffer] {
    try session.rows(Self.weighing(wish, ruledOut: isRuledOut, atMost: limit)) { row in
      guard let fit = OfferFit(text: try row.get(0)) else { throw Refusal.notFound }
      return WeighedOffer(fit: fit, points: Self.points(try row.get(1)))
    }
  }

  public static func weighing(_ wish: ResourceWish, ruledOut isRuledOut: Bool, atMost limit: Int) -> SQL {
    let hard = conditions(of: wish).joined(by: " AND ")
    let asked: SQL = isRuledOut ? "NOT (\(hard))" : hard
    return """
      SELECT f.fit, f.points
      FROM offer_fit f
      WHERE f.need = \(wish.need) AND \(asked)
      ORDER BY f.place_in_order, f.offer_id
      LIMIT \(limit)
      """
  }

  /// What rules out for certain; groups and areas are weighed by their words afterwards.
  private static func conditions(of wish: ResourceWish) -> [SQL] {
    var all: [SQL] = ["f.is_running = 1"]
    if let age = wish.age {
      all.append("(f.youngest IS NULL OR f.youngest <= \(age))")
      all.append("(f.oldest IS NULL OR f.oldest >= \(age))")
    }
    if let grade = wish.grade { all.append("(f.grades = 0 OR f.grades & \(1 << grade) <> 0)") }
    if let gender = wish.gender { all.append("(f.gender IS NULL OR f.gender = \(gender))") }
    // An area that covers another shares a word with it; where it is given may be near all the same.
    let words = (wish.area ?? "").split(separator: " ").map { "%\($0)%" }
    if !words.isEmpty {
      let shared = words.map { word -> SQL in "f.areas LIKE \(word)" }.joined(by: " OR ")
      all.append("(f.areas = '' OR f.points <> '' OR \(shared))")
    }
    return all
  }

  /// Keeps what is weighed of an offer, instead of what was kept before.
  ///
  /// - Returns: whether there is anything: an offer that has ended, or serves no need, is not weighed.
  @discardableResult
  func keepFit(_ fit: OfferFit, at placeInOrder: String) throws -> Bool {
    try session.execute("DELETE FROM offer_fit WHERE offer_id = \(fit.offer)")
    guard [.active, .temporarilyClosed].contains(fit.status), !fit.needs.isEmpty else { return false }
    let grades = fit.grades.filter { (1...12).contains($0) }.reduce(0) { $0 | 1 << $1 }
    let rows = Set(fit.needs).map { need -> [Value] in
      [
        .text(need), .text(placeInOrder), fit.offer.sqlValue, value(fit.minimumAge), value(fit.maximumAge),
        value(fit.gender), grades.sqlValue, (fit.status == .active).sqlValue,
        .text(fit.areas.joined(separator: ", ")), .text(""), .text(fit.text),
      ]
    }
    try session.insert(
      rows,
      """
      offer_fit (
        need, place_in_order, offer_id, youngest, oldest, gender, grades, is_running, areas, points, fit)
      """)
    try keepPoints(of: [fit.offer])
    return true
  }

  private func value(_ value: (some SQLValue)?) -> Value { value?.sqlValue ?? .null }

  /// Keeps where some offers are given, as far as it is known.
  func keepPoints(of offers: [ID<Offer>]) throws {
    guard !offers.isEmpty else { return }
    var points: [ID<Offer>: [String]] = [:]
    try session.forEach(
      """
      SELECT p.offer_id, l.latitude, l.longitude
      FROM offer_location p
      JOIN location l ON l.id = p.location_id
      WHERE p.offer_id IN \(SQL.list(offers)) AND l.latitude IS NOT NULL AND l.longitude IS NOT NULL
      ORDER BY p.id
      """
    ) { row in
      let (latitude, longitude) = (try row.get(1, as: Int.self), try row.get(2, as: Int.self))
      points[try row.get(0), default: []].append("\(latitude),\(longitude)")
    }
    for offer in offers {
      let text = (points[offer] ?? []).joined(separator: " ")
      try session.execute(
        "UPDATE offer_fit SET points = \(text) WHERE offer_id = \(offer) AND points <> \(text)")
    }
  }

  private static func points(_ text: String) -> [GeoPoint] {
    text.isEmpty
      ? []
      : text.split(separator: " ").compactMap { point in
        let degrees = point.split(separator: ",").map { Int($0) }
        return degrees.count == 2 ? GeoPoint(degrees[0], degrees[1]) : nil
      }
  }

  /// Keeps the weights of offers written before there were any, some at a time.
  ///
  /// - Returns: how many of them have weights now; 0 when there is nothing more to do.
  public func keepMissingFits(atMost limit: Int) throws -> Int {
    try keepMissing(
      """
      o.status IN ('active', 'temporarily closed') AND o.needs <> ''
        AND NOT EXISTS (SELECT 1 FROM offer_fit f WHERE f.offer_id = o.id)
      """, atMost: limit
    ) { offer, resource, place in try keepFit(OfferFit(offer, of: resource), at: place) }
  }
}

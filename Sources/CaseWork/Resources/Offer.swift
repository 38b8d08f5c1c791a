import Foundation

/// A service a resource offers (제공 서비스): for whom, when, at what cost, with how many places.
///
/// The service of Open Referral HSDS 3.1, as `Resource` is the organization.
public struct Offer: Hashable, Sendable {
  public private(set) var entry: DirectoryEntry
  public var version: Int

  public init(_ entry: DirectoryEntry, version: Int = 1) {
    self.entry = entry
    self.version = version
  }

  /// A new one, version 0 until it is kept.
  public init(id: ID<Offer>, of resource: ID<Resource>, name: String, needs: [String] = []) {
    self.init(DirectoryEntry(.service, id: id.value), version: 0)
    entry["organization_id"] = resource.description
    entry["status"] = "active"
    self.name = name
    self.needs = needs
  }

  public var id: ID<Offer> { ID(entry.id) }

  public var resource: ID<Resource> {
    get { ID(entry["organization_id"].flatMap(UUID.init(uuidString:)) ?? entry.id) }
    set { entry["organization_id"] = newValue.description }
  }

  public enum Status: String, Hashable, Sendable, CaseIterable {
    case active, inactive, defunct
    case temporarilyClosed = "temporarily closed"
  }
}

extension Offer {
  public var name: String {
    get { entry["name"] ?? "" }
    set { entry["name"] = newValue }
  }

  public var description: String {
    get { entry["description"] ?? "" }
    set { entry["description"] = newValue }
  }

  public var status: Status {
    get { entry["status"].flatMap(Status.init(rawValue:)) ?? .active }
    set { entry["status"] = newValue.rawValue }
  }

  /// Need areas it serves (N01 … N15).
  public var needs: [String] {
    get { entry.codes(.need) }
    set { entry.set(newValue, in: .need) }
  }

  /// The fields it lies in (RES-D) and the forms of its help (RES-T).
  public var fields: [String] {
    get { entry.codes(.field) }
    set { entry.set(newValue, in: .field) }
  }

  public var forms: [String] {
    get { entry.codes(.form) }
    set { entry.set(newValue, in: .form) }
  }

  /// `free`, `partly`, `by-income`, `paid`; `nil` where nobody has asked.
  public var cost: String? {
    get { entry.codes(.cost).first }
    set { entry.set([newValue].compactMap(\.self), in: .cost) }
  }

  public var costText: String? {
    get { entry["fees_description"] }
    set { entry["fees_description"] = newValue }
  }

  /// How to apply, and what to bring.
  public var application: String? {
    get { entry["application_process"] }
    set { entry["application_process"] = newValue }
  }

  public var documents: [String] {
    get { entry[part: "required_documents"].compactMap { $0["document"] } }
    set { entry.setAll("required_documents", .requiredDocument, "document", to: newValue) }
  }

  /// ISO 639 codes of the languages it speaks, or their names where no code was given.
  public var languages: [String] {
    get { entry[part: "languages"].compactMap { $0["code"] ?? $0["name"] } }
    set { entry.setAll("languages", .language, "code", to: newValue) }
  }

  public var phone: String? {
    get { entry[part: "phones"].first?["number"] }
    set { entry.setFirst("phones", .phone, "number", to: newValue) }
  }

  /// When somebody last made sure that all of this holds.
  public var verifiedOn: Day? {
    get { entry["assured_date"].flatMap { Day($0) } }
    set { entry["assured_date"] = newValue?.description }
  }

  /// The days one waits for it, as the agency tells; the office's own experience stands elsewhere.
  public var waitingDays: Int? {
    get { entry.value(.waiting, "days").flatMap { Int($0) } }
    set { entry.set(newValue.map(String.init), at: "days", in: .waiting) }
  }

  /// Places: how many are free, of how many, as of when.
  public var capacity: Capacity? {
    get {
      guard let told = entry[part: "capacities"].first, let free = told[number: "available"] else {
        return nil
      }
      return Capacity(
        free: Int(free), of: told[number: "maximum"].map { Int($0) },
        on: told["updated"].flatMap { Day(String($0.prefix(10))) })
    }
    set {
      var all = self.entry[part: "capacities"]
      guard let newValue else {
        if !all.isEmpty { all.removeFirst() }
        entry[part: "capacities"] = all
        return
      }
      var told =
        all.first
        ?? DirectoryEntry(
          .serviceCapacity, id: entry.id.joined(with: DirectoryTerm.name(of: "capacities")))
      told[number: "available"] = Double(newValue.free)
      told[number: "maximum"] = newValue.of.map(Double.init)
      told["updated"] = newValue.on.map { "\($0)T00:00:00+09:00" } ?? told["updated"]
      if told[part: "unit"].isEmpty {
        var unit = DirectoryEntry(.unit, id: DirectoryTerm.name(of: "people"))
        unit["name"] = "people"
        told[part: "unit"] = [unit]
        told["unit_id"] = unit.id.uuidString.lowercased()
      }
      entry[part: "capacities"] = [told] + all.dropFirst()
    }
  }

  public struct Capacity: Hashable, Sendable {
    public let free: Int
    public let of: Int?
    public let on: Day?

    public init(free: Int, of: Int?, on: Day?) {
      self.free = free
      self.of = of
      self.on = on
    }
  }
}

/// For whom it is: hard limits, each `nil` or empty where there is none.
extension Offer {
  public var minimumAge: Int? {
    get { entry[number: "minimum_age"].map { Int($0) } }
    set { entry[number: "minimum_age"] = newValue.map(Double.init) }
  }

  public var maximumAge: Int? {
    get { entry[number: "maximum_age"].map { Int($0) } }
    set { entry[number: "maximum_age"] = newValue.map(Double.init) }
  }

  /// Grades counted through from 1 (초1) to 12 (고3).
  public var grades: [Int] {
    get { entry.codes(.grade).compactMap { Int($0) }.sorted() }
    set { entry.set(newValue.sorted().map(String.init), in: .grade) }
  }

  /// Groups of the welfare category (WC) it is only for.
  public var categories: [String] {
    get { entry.codes(.category) }
    set { entry.set(newValue, in: .category) }
  }

  /// `female` or `male`, where the law lets a service be for one only.
  public var gender: String? {
    get { entry.codes(.gender).first }
    set { entry.set([newValue].compactMap(\.self), in: .gender) }
  }

  /// Income and whatever else no list has a code for.
  public var eligibility: String? {
    get { entry["eligibility_description"] }
    set { entry["eligibility_description"] = newValue }
  }

  /// The areas it serves, as 다솜구 or 다솜구 다솜1동.
  public var areas: [String] {
    get { entry[part: "service_areas"].compactMap { $0["name"] } }
    set { entry.setAll("service_areas", .serviceArea, "name", to: newValue) }
  }
}

extension DirectoryEntry {
  /// Sets one field of every object of a list: those that say the same stay as they are.
  mutating func setAll(_ part: String, _ kind: Kind, _ field: String, to texts: [String]) {
    let had = self[part: part]
    self[part: part] = texts.filter { !$0.isEmpty }.enumerated().map { index, text in
      if let same = had.first(where: { $0[field] == text }) { return same }
      var entry = DirectoryEntry(
        kind, id: id.joined(with: DirectoryTerm.name(of: "\(part)\(index)\(text)")))
      entry[field] = text
      return entry
    }
  }
}

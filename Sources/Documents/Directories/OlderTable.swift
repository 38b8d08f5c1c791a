import CaseWork
import Foundation

/// What a row of any table tells, in the words of HSDS 3.1. Tables of 2.x and before had other names, and rows that are
/// several objects today.
enum OlderTable {
  struct Object {
    let kind: DirectoryEntry.Kind
    /// Ids that are no UUIDs are told apart within it.
    let space: String
    var cells: [String: String]
    /// Whether the row stands for this one, of the several it tells.
    var isMain = true
    /// Where this object names the first one of its row.
    var ownerField: String?
  }

  static func isOne(_ name: String, header: [String]) -> Bool {
    let base = DirectoryTable.base(name)
    if names.contains(base) { return true }
    return columns.contains { $0.tables.contains(base) && header.contains($0.column) }
  }

  private static let names: Set<String> = [
    "regular_schedules", "regular_schedule", "holiday_schedules", "holiday_schedule", "postal_addresses",
    "postal_address", "physical_addresses", "physical_address", "eligibility", "service_taxonomy",
    "accessibility_for_disabilities", "payments_accepted", "service_attribute", "service_attributes",
    "other_attribute", "other_attributes",
  ]

  private static let columns: [(tables: [String], column: String)] = [
    (["organizations", "organization"], "url"), (["phones", "phone"], "language"),
    (["languages", "language"], "language"), (["service_areas", "service_area"], "service_area"),
    (["services", "service"], "location_id"), (["taxonomy", "taxonomies"], "vocabulary"),
  ]

  /// The objects of one row, the one that bears its id first; none where the table is not the standard's.
  static func objects(
    of table: String, _ cells: [String: String], isOlder: Bool, identity: DirectoryIdentity
  ) -> [Object] {
    var cells = cells
    func move(_ old: String, to new: String) {
      guard cells[new] == nil, let cell = cells.removeValue(forKey: old) else { return }
      cells[new] = cell
    }
    func one(_ kind: DirectoryEntry.Kind, space: String? = nil) -> [Object] {
      [Object(kind: kind, space: space ?? kind.rawValue, cells: cells)]
    }
    switch table {
    case "organizations", "organization":
      move("url", to: "website")
      return one(.organization)
    case "services", "service":
      if isOlder { move("fees", to: "fees_description") }
      guard let location = cells.removeValue(forKey: "location_id") else { return one(.service) }
      return one(.service) + [
        Object(
          kind: .serviceAtLocation, space: "service_at_location", cells: ["location_id": location],
          isMain: false, ownerField: "service_id")
      ]
    case "phones", "phone":
      guard let language = cells.removeValue(forKey: "language") else { return one(.phone) }
      return one(.phone) + [
        Object(
          kind: .language, space: "language", cells: ["name": language], isMain: false, ownerField: "phone_id"
        )
      ]
    case "languages", "language":
      move("language", to: "name")
      return one(.language)
    case "service_areas", "service_area":
      move("service_area", to: "name")
      return one(.serviceArea)
    case "accessibility_for_disabilities", "accessibility", "accessibilities":
      move("accessibility", to: "description")
      return one(.accessibility)
    case "regular_schedules", "regular_schedule":
      if let day = cells["weekday"].flatMap(weekday) {
        cells["weekday"] = nil
        (cells["freq"], cells["byday"]) = ("WEEKLY", day)
      }
      return one(.schedule, space: regularSchedule)
    case "holiday_schedules", "holiday_schedule":
      if let day = cells["start_date"] { cells["dtstart"] = day }
      move("start_date", to: "valid_from")
      move("end_date", to: "valid_to")
      if let closed = cells["closed"]?.lowercased(), ["true", "yes", "1", "y", "t"].contains(closed) {
        cells["closed"] = nil
        cells["notes"] = cells["notes"].map { $0 + "\nclosed" } ?? "closed"
      }
      return one(.schedule, space: "holiday_schedule")
    case "postal_addresses", "postal_address": return address(cells, type: "postal", identity)
    case "physical_addresses", "physical_address": return address(cells, type: "physical", identity)
    case "taxonomy", "taxonomies":
      guard isOlder else { return one(.taxonomy) }
      move("vocabulary", to: "taxonomy")
      return one(.taxonomyTerm)
    case "service_taxonomy", "service_taxonomies", "service_attribute", "service_attributes":
      move("taxonomy_id", to: "taxonomy_term_id")
      move("taxonomy_detail", to: "value")
      move("service_id", to: "link_id")
      cells["link_entity"] = "service"
      return one(.attribute, space: table)
    case "other_attribute", "other_attributes":
      move("link_type", to: "link_entity")
      return one(.attribute, space: "other_attribute")
    default:
      return DirectoryTable.kind(named: table).map { one($0) } ?? []
    }
  }

  static let regularSchedule = "regular_schedule"

  /// An address of an organization alone needs a place of its own today.
  private static func address(
    _ given: [String: String], type: String, _ identity: DirectoryIdentity
  ) -> [Object] {
    var cells = given
    cells["address_type"] = type
    for column in ["address_3", "address_4"] {
      guard let line = cells.removeValue(forKey: column) else { continue }
      cells["address_2"] = cells["address_2"].map { $0 + ", " + line } ?? line
    }
    let organization = cells.removeValue(forKey: "organization_id")
    if cells["location_id"] != nil || organization == nil
      || ["address_1", "city", "postal_code"].allSatisfy({ cells[$0] == nil })
    {
      return [Object(kind: .address, space: type + "_address", cells: cells)]
    }
    var place = ["location_type": type]
    place["organization_id"] = organization
    var inner = cells
    inner["id"] = nil
    // The place is told apart by all the address says.
    let words = given.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    place["id"] = identity.made(type + "_address", words).uuidString.lowercased()
    return [
      Object(kind: .location, space: "location", cells: place, isMain: false),
      Object(kind: .address, space: type + "_address", cells: inner, ownerField: "location_id"),
    ]
  }

  /// `Monday`, `Mon`, `MO` as iCalendar writes it.
  private static func weekday(_ word: String) -> String? {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let lowered = word.trimmed.lowercased()
    guard lowered.count >= 2, let day = days.first(where: { $0.hasPrefix(lowered) }) else { return nil }
    return String(day.prefix(2)).uppercased()
  }
}

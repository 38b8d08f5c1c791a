import CaseWork
import Foundation

/// Reads a table of services: one row is one service of an organization, and rows of one 기관명 are one organization.
///
/// Ids come from the names, so that the same list read again is the same directory.
struct KoreanDirectoryTable {
  typealias Column = KoreanDirectoryColumns.Field

  private let columns: KoreanDirectoryColumns
  private var draft: DirectoryDraft
  private var place = DirectoryProblem.Place(table: tableName)

  private static let tableName = "services"

  init(columns: KoreanDirectoryColumns, options: DirectoryOptions) {
    self.columns = columns
    draft = DirectoryDraft(options: options)
  }

  mutating func reading(of table: Table) -> DirectoryReading {
    let header = table.rows.indices.contains(columns.header) ? table.rows[columns.header].cells : []
    let taken = Set(columns.columns.values)
    for row in table.rows.dropFirst(columns.header + 1) {
      place = DirectoryProblem.Place(table: Self.tableName, row: row.number)
      draft.countRead(Self.tableName)
      if take(Cells(row: row, columns: columns.columns)) { draft.countTaken(Self.tableName) }
      for (column, cell) in row.cells.enumerated() where !taken.contains(column) && !cell.trimmed.isEmpty {
        let heading = column < header.count ? header[column].trimmed : ""
        draft.countUnmapped(heading.isEmpty ? String(column + 1) : heading, in: Self.tableName)
      }
    }
    return draft.reading(.columns)
  }

  /// One row by what its columns say.
  struct Cells {
    let row: Table.Row
    let columns: [Column: Int]

    subscript(column: Column) -> String? {
      guard let index = columns[column] else { return nil }
      let cell = row[index].withoutControls.precomposed.trimmed
      return cell.isEmpty ? nil : cell
    }

    /// What stands in one cell, one beside the other.
    func list(_ column: Column, by separators: String = ",;/·\n") -> [String] {
      (self[column] ?? "").split { separators.contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }
  }

  /// Whether the row is a service of the directory now.
  private mutating func take(_ cells: Cells) -> Bool {
    guard let organizationName = cells[.organizationName] else { return refuse(.organizationName) }
    // A list of organizations alone: each of them is its one service.
    let isNamed = columns.columns[.serviceName] != nil
    guard let serviceName = isNamed ? cells[.serviceName] : organizationName else {
      return refuse(.serviceName)
    }
    let organization = takeOrganization(organizationName, cells)
    let location = takeLocation(of: organization, named: organizationName, cells)
    let id = draft.identity.made("service", [organizationName, serviceName])
    if draft.holds(.service, id) {
      // The same service at another place.
      guard let location, join(service: id, location: location) else {
        draft.note(.duplicate, at: place, field: isNamed ? Column.serviceName.rawValue : nil)
        return false
      }
      return true
    }
    takeService(serviceName, id: id, of: organization, cells)
    if let location { _ = join(service: id, location: location) }
    return true
  }

  private mutating func refuse(_ column: Column) -> Bool {
    draft.note(.missing, at: place, field: column.rawValue)
    return false
  }

  // What the organization is said to be where its name first comes holds.
  private mutating func takeOrganization(_ name: String, _ cells: Cells) -> UUID {
    let id = draft.identity.made("organization", [name])
    let website = cells[.website].map { ["website": DirectoryEntry.Value.text($0)] } ?? [:]
    let email = cells[.email].map { ["email": DirectoryEntry.Value.text($0)] } ?? [:]
    guard !draft.holds(.organization, id) else { return id }
    let given = ["name": DirectoryEntry.Value.text(name), "description": .text(name)]
      .merging(website) { first, _ in first }.merging(email) { first, _ in first }
    // A value that does not fit is noted with the service, which has the same.
    let fields = given.filter { key, value in
      let type = DirectoryEntry.Kind.organization.fields.first { $0.name == key }?.type ?? .text
      return FieldValue(value, as: type) != .none
    }
    guard let checked = quietly({ $0.fields(.organization, from: fields, at: $1) }) else { return id }
    var entry = DirectoryEntry(.organization, id: id, fields: checked)
    entry[part: "attributes"] = cells[.organizationKind].map { [term($0, of: "기관유형", for: id)] } ?? []
    draft.put(entry, at: place)
    return id
  }

  private func quietly<Result>(
    _ check: (inout DirectoryDraft, DirectoryProblem.Place) -> Result
  ) -> Result {
    var copy = DirectoryDraft(options: draft.options)
    return check(&copy, place)
  }

  /// A word of a list of ours, as a term of a taxonomy of its name.
  private mutating func term(_ word: String, of taxonomy: String, for owner: UUID) -> DirectoryEntry {
    let taxonomyID = draft.identity.made("taxonomy", [taxonomy])
    let termID = draft.identity.made("taxonomy_term", [taxonomy, word])
    if !draft.holds(.taxonomy, taxonomyID) {
      let entry = DirectoryEntry(
        .taxonomy, id: taxonomyID, fields: ["name": .text(taxonomy), "description": .text(taxonomy)])
      draft.put(entry, at: place)
    }
    if !draft.holds(.taxonomyTerm, termID) {
      var fields: [String: DirectoryEntry.Value] = [
        "name": .text(word), "description": .text(word), "taxonomy": .text(taxonomy),
        "taxonomy_id": .text(taxonomyID.uuidString.lowercased()), "language": .text("ko"),
      ]
      if word.wholeMatch(of: /[A-Z]+-?[0-9]+/) != nil { fields["code"] = .text(word) }
      draft.put(DirectoryEntry(.taxonomyTerm, id: termID, fields: fields), at: place)
    }
    return DirectoryEntry(
      .attribute, id: draft.identity.made("attribute", [owner.uuidString, taxonomy, word]),
      fields: [
        "taxonomy_term_id": .text(termID.uuidString.lowercased()), "link_type": .text(taxonomy),
        "value": .text(word),
      ])
  }

  private mutating func takeService(_ name: String, id: UUID, of organization: UUID, _ cells: Cells) {
    var given: [String: DirectoryEntry.Value] = [
      "name": .text(name), "organization_id": .text(organization.uuidString.lowercased()),
      "status": .text(status(cells)),
    ]
    let plain: [(String, Column)] = [
      ("alternate_name", .otherName), ("description", .description),
      ("eligibility_description", .eligibility),
      ("fees_description", .fees), ("application_process", .application), ("wait_time", .waiting),
      ("url", .website), ("email", .email), ("assured_date", .verifiedOn),
    ]
    for (field, column) in plain { given[field] = cells[column].map { .text($0) } }
    for (field, column) in [("minimum_age", Column.minimumAge), ("maximum_age", .maximumAge)] {
      given[field] = number(column, cells).map { .number($0) }
    }
    guard let fields = draft.fields(.service, from: given, at: place) else { return }
    var entry = DirectoryEntry(.service, id: id, fields: fields)
    for word in cells.list(.area) { entry[part: "attributes"].append(term(word, of: "분야", for: id)) }
    takeParts(of: &entry, cells)
    entry[part: "capacities"] = capacities(of: id, cells)
    draft.put(entry, at: place)
  }

  private mutating func takeParts(of entry: inout DirectoryEntry, _ cells: Cells) {
    let id = entry.id.uuidString
    let identity = draft.identity
    for number in cells.list(.phone, by: ",;/\n") {
      entry[part: "phones"].append(
        DirectoryEntry(
          .phone, id: identity.made("phone", [id, number]),
          fields: ["number": .text(number), "type": .text("voice")]))
    }
    for name in cells.list(.contactPerson) {
      entry[part: "contacts"].append(
        DirectoryEntry(.contact, id: identity.made("contact", [id, name]), fields: ["name": .text(name)]))
    }
    for document in cells.list(.documents, by: ",;\n") {
      entry[part: "required_documents"].append(
        DirectoryEntry(
          .requiredDocument, id: identity.made("required_document", [id, document]),
          fields: ["document": .text(document)]))
    }
    for name in cells.list(.languages) {
      var fields: [String: DirectoryEntry.Value] = ["name": .text(name)]
      if let code = KoreanWords.languages[name] { fields["code"] = .text(code) }
      entry[part: "languages"].append(
        DirectoryEntry(.language, id: identity.made("language", [id, name]), fields: fields))
    }
    if let hours = cells[.hours] {
      entry[part: "schedules"] = KoreanWords.hours(hours).enumerated().map { index, fields in
        DirectoryEntry(
          .schedule, id: identity.made("schedule", [id, hours, String(index)]), fields: fields)
      }
    }
  }

  private mutating func status(_ cells: Cells) -> String {
    guard let word = cells[.status] else { return "active" }
    if let status = KoreanWords.statuses[word] { return status }
    draft.note(.notTaken, at: place, field: Column.status.rawValue)
    draft.countUnmapped(Column.status.rawValue, in: Self.tableName)
    return "active"
  }

  /// `만 6세`, `30명` and `1,200` as numbers.
  private mutating func number(_ column: Column, _ cells: Cells) -> Double? {
    guard let cell = cells[column] else { return nil }
    let bare = cell.replacing(",", with: "").wholeMatch(of: /만?\s*([0-9]+(\.[0-9]+)?)\s*[세명일]?/)
    if let number = bare.flatMap({ Double($0.1) }) { return number }
    draft.note(.notTaken, at: place, field: column.rawValue)
    draft.countUnmapped(column.rawValue, in: Self.tableName)
    return nil
  }

  private mutating func capacities(of service: UUID, _ cells: Cells) -> [DirectoryEntry] {
    let maximum = number(.capacity, cells)
    let occupied = number(.occupied, cells)
    let said = number(.available, cells)
    guard maximum != nil || occupied != nil || said != nil else { return [] }
    let free = said ?? maximum.flatMap { maximum in occupied.map { max(0, maximum - $0) } }
    let day = cells[.verifiedOn].flatMap(Day.init(typed:)) ?? draft.options.today
    guard let free, let day else {
      // How many may come without how many there are says nothing of what is free.
      let field = free == nil ? Column.available : .verifiedOn
      draft.note(.notTaken, at: place, field: field.rawValue)
      draft.countUnmapped(field.rawValue, in: Self.tableName)
      return []
    }
    let unit = DirectoryEntry(
      .unit, id: draft.identity.made("unit", ["명"]), fields: ["name": .text("명")])
    var fields: [String: DirectoryEntry.Value] = [
      "available": .number(free), "updated": .text("\(day)T00:00:00+09:00"),
    ]
    if let maximum { fields["maximum"] = .number(maximum) }
    return [
      DirectoryEntry(
        .serviceCapacity, id: draft.identity.made("service_capacity", [service.uuidString]),
        fields: fields, parts: ["unit": [unit]])
    ]
  }

  /// The place of the row; `nil` where it says none.
  private mutating func takeLocation(of organization: UUID, named name: String, _ cells: Cells) -> UUID? {
    let telling: [Column] = [
      .placeName, .address, .province, .city, .district, .postalCode, .latitude, .longitude, .accessibility,
      .transportation,
    ]
    guard telling.contains(where: { cells[$0] != nil }) else { return nil }
    let address = KoreanAddress(
      cells[.address], province: cells[.province], city: cells[.city], district: cells[.district])
    let id = draft.identity.made(
      "location",
      [organization.uuidString, cells[.placeName] ?? "", address.words.joined(separator: " ")])
    guard !draft.holds(.location, id) else { return id }
    var given: [String: DirectoryEntry.Value] = [
      "location_type": .text("physical"), "organization_id": .text(organization.uuidString.lowercased()),
      "name": .text(cells[.placeName] ?? name),
    ]
    given["transportation"] = cells[.transportation].map { .text($0) }
    for (field, column, limit) in [("latitude", Column.latitude, 90.0), ("longitude", .longitude, 180)] {
      guard let cell = cells[column] else { continue }
      if let number = Double(cell), abs(number) <= limit {
        given[field] = .number(number)
      } else {
        draft.note(.notTaken, at: place, field: column.rawValue)
        draft.countUnmapped(column.rawValue, in: Self.tableName)
      }
    }
    guard let fields = draft.fields(.location, from: given, at: place) else { return nil }
    var entry = DirectoryEntry(.location, id: id, fields: fields)
    entry[part: "accessibility"] =
      cells[.accessibility].map { text in
        [
          DirectoryEntry(
            .accessibility, id: draft.identity.made("accessibility", [id.uuidString, text]),
            fields: ["description": .text(text)])
        ]
      } ?? []
    if !address.words.isEmpty { entry[part: "addresses"] = self.address(address, of: id, cells) }
    draft.put(entry, at: place)
    return id
  }

  private mutating func address(
    _ address: KoreanAddress, of location: UUID, _ cells: Cells
  ) -> [DirectoryEntry] {
    var given: [String: DirectoryEntry.Value] = ["address_type": .text("physical"), "country": .text("KR")]
    let parts = [
      ("address_1", address.line), ("state_province", address.province), ("city", address.city),
      ("region", address.district), ("postal_code", cells[.postalCode]),
    ]
    for (field, text) in parts { given[field] = text.map { .text($0) } }
    guard let fields = draft.fields(.address, from: given, at: place) else { return [] }
    return [
      DirectoryEntry(.address, id: draft.identity.made("address", [location.uuidString]), fields: fields)
    ]
  }

  /// `false` where the service is given there already.
  private mutating func join(service: UUID, location: UUID) -> Bool {
    let id = draft.identity.made("service_at_location", [service.uuidString, location.uuidString])
    guard !draft.holds(.serviceAtLocation, id) else { return false }
    draft.put(
      DirectoryEntry(
        .serviceAtLocation, id: id,
        fields: [
          "service_id": .text(service.uuidString.lowercased()),
          "location_id": .text(location.uuidString.lowercased()),
        ]), at: place)
    return true
  }
}

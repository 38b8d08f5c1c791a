import CaseWork

/// The tables of the standard's tabular form.
enum DirectoryTable {
  /// In the order in which a package lists them, the named before those who name them.
  static let files: [(kind: DirectoryEntry.Kind, file: String)] = [
    (.organization, "organizations.csv"), (.program, "programs.csv"), (.service, "services.csv"),
    (.location, "locations.csv"), (.serviceAtLocation, "service_at_location.csv"),
    (.address, "addresses.csv"), (.phone, "phones.csv"), (.contact, "contacts.csv"),
    (.schedule, "schedules.csv"), (.serviceArea, "service_areas.csv"), (.language, "languages.csv"),
    (.accessibility, "accessibility.csv"), (.costOption, "cost_options.csv"),
    (.requiredDocument, "required_documents.csv"), (.funding, "funding.csv"),
    (.organizationIdentifier, "organization_identifiers.csv"), (.url, "url.csv"), (.unit, "units.csv"),
    (.serviceCapacity, "service_capacity.csv"), (.taxonomy, "taxonomies.csv"),
    (.taxonomyTerm, "taxonomy_terms.csv"), (.attribute, "attributes.csv"), (.metadata, "metadata.csv"),
  ]

  /// The kind whose table or object is called `name`, in any of the ways in which it is called: in the singular or the
  /// plural, with a folder before it and an ending behind it.
  static func kind(named name: String) -> DirectoryEntry.Kind? { kinds[base(name)] }

  /// The table's name without its folder and ending, in small letters.
  static func base(_ name: String) -> String {
    let file = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? name
    let lowered = file.lowercased().trimmed
    return [".csv", ".txt", ".tsv"].first { lowered.hasSuffix($0) }.map { String(lowered.dropLast($0.count)) }
      ?? lowered
  }

  private static let kinds: [String: DirectoryEntry.Kind] = {
    var kinds: [String: DirectoryEntry.Kind] = [
      "services_at_location": .serviceAtLocation, "services_at_locations": .serviceAtLocation,
      "service_at_locations": .serviceAtLocation, "accessibilities": .accessibility,
      "service_capacities": .serviceCapacity, "capacities": .serviceCapacity, "capacity": .serviceCapacity,
      "fundings": .funding, "urls": .url,
    ]
    for (kind, file) in files {
      kinds[kind.rawValue] = kind
      kinds[base(file)] = kind
    }
    return kinds
  }()
}

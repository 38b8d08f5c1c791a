extension DirectoryEntry {
  struct Shape {
    let fields: [Field]
    let parts: [Part]
  }

  /// Open Referral HSDS 3.1, object by object. A star marks what must be there; `name:type` says what a field holds where
  /// it is not plain text; `[list]:kind` and `one:kind` are places for objects below.
  static let shapes: [Kind: Shape] = Dictionary(
    uniqueKeysWithValues: Kind.allCases.map { kind in (kind, Shape(lines[kind] ?? "", of: kind)) })

  private static let lines: [Kind: String] = [
    .organization: """
    name* alternate_name description* email:email website:uri tax_status tax_id year_incorporated:number legal_status
    logo uri:uri parent_organization_id:uuid [additional_websites]:url [funding]:funding [contacts]:contact
    [phones]:phone [locations]:location [programs]:program [organization_identifiers]:organization_identifier
    """,
    .service: """
    organization_id:uuid program_id:uuid name* alternate_name description url:uri email:email
    status*:active|inactive|defunct|temporarily_closed interpretation_services application_process fees_description
    wait_time fees accreditations eligibility_description minimum_age:number maximum_age:number assured_date:day
    assurer_email:email licenses alert last_modified:instant [additional_urls]:url [phones]:phone
    [schedules]:schedule [service_areas]:service_area [service_at_locations]:service_at_location
    [languages]:language one.organization:organization [funding]:funding [cost_options]:cost_option
    one.program:program [required_documents]:required_document [contacts]:contact [capacities]:service_capacity
    """,
    .location: """
    location_type*:physical|postal|virtual url:uri organization_id:uuid name alternate_name description
    transportation latitude:number longitude:number external_identifier external_identifier_type
    [languages]:language [addresses]:address [contacts]:contact [accessibility]:accessibility [phones]:phone
    [schedules]:schedule
    """,
    .serviceAtLocation: """
    service_id:uuid location_id:uuid description [service_areas]:service_area [contacts]:contact [phones]:phone
    [schedules]:schedule one.location:location
    """,
    .program: "organization_id:uuid name* alternate_name description*",
    .taxonomy: "name* description* uri:uri version",
    .taxonomyTerm: """
    code name* description* parent_id:uuid taxonomy language taxonomy_id:uuid term_uri:uri
    one.taxonomy_detail:taxonomy
    """,
    .attribute: """
    link_id:uuid taxonomy_term_id:uuid link_type link_entity value label one.taxonomy_term:taxonomy_term
    """,
    .metadata: """
    resource_id:uuid resource_type last_action_date*:day last_action_type* field_name* previous_value*
    replacement_value* updated_by*
    """,
    .unit: "name* scheme identifier uri:uri",
    .url: "label url*:uri organization_id:uuid service_id:uuid",
    .phone: """
    location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid number*
    extension:number type description [languages]:language
    """,
    .address: """
    location_id:uuid attention address_1* address_2 city* region state_province* postal_code* country*
    address_type*:physical|postal|virtual
    """,
    .schedule: """
    service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:day valid_to:day dtstart:day
    timezone:number until:day count:number wkst:MO|TU|WE|TH|FR|SA|SU freq:WEEKLY|MONTHLY interval:number byday
    byweekno bymonthday byyearday description opens_at closes_at schedule_link:uri attending_type notes
    """,
    .contact: """
    organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name title department
    email:email [phones]:phone
    """,
    .language: "service_id:uuid location_id:uuid phone_id:uuid name code note",
    .accessibility: "location_id:uuid description details url:uri",
    .funding: "organization_id:uuid service_id:uuid source",
    .costOption: """
    service_id:uuid valid_from:day valid_to:day option currency amount:number amount_description
    """,
    .requiredDocument: "service_id:uuid document uri:uri",
    .serviceArea: "service_id:uuid service_at_location_id:uuid name description extent extent_type uri:uri",
    .serviceCapacity: """
    service_id:uuid unit_id:uuid available*:number maximum:number description updated*:instant one.unit:unit
    """,
    .organizationIdentifier: "organization_id:uuid identifier_scheme identifier_type* identifier*",
  ]
}

extension DirectoryEntry.Shape {
  /// Everything but these may carry words of a taxonomy and the history of its changes.
  private static let plain: Set<DirectoryEntry.Kind> = [.metadata, .taxonomy, .taxonomyTerm, .attribute]

  init(_ line: String, of kind: DirectoryEntry.Kind) {
    var fields: [DirectoryEntry.Field] = []
    var parts: [DirectoryEntry.Part] = []
    for word in line.split(whereSeparator: \.isWhitespace) {
      let halves = word.split(separator: ":", maxSplits: 1)
      let (name, type) = (String(halves[0]), halves.count > 1 ? String(halves[1]) : "text")
      if name.hasPrefix("["), let below = DirectoryEntry.Kind(rawValue: type) {
        parts.append(
          DirectoryEntry.Part(name: String(name.dropFirst().dropLast()), kind: below, isList: true))
      } else if name.hasPrefix("one."), let below = DirectoryEntry.Kind(rawValue: type) {
        parts.append(DirectoryEntry.Part(name: String(name.dropFirst(4)), kind: below, isList: false))
      } else {
        let isRequired = name.hasSuffix("*")
        fields.append(
          DirectoryEntry.Field(
            name: isRequired ? String(name.dropLast()) : name, type: DirectoryEntry.FieldType(type),
            isRequired: isRequired))
      }
    }
    if !Self.plain.contains(kind) {
      parts.append(DirectoryEntry.Part(name: "attributes", kind: .attribute, isList: true))
    }
    if kind != .metadata {
      parts.append(DirectoryEntry.Part(name: "metadata", kind: .metadata, isList: true))
    }
    self.fields = fields
    self.parts = parts
  }
}

extension DirectoryEntry.FieldType {
  fileprivate init(_ word: String) {
    self =
      switch word {
      case "text": .text
      case "number": .number
      case "uuid": .uuid
      case "uri": .uri
      case "email": .email
      case "day": .day
      case "instant": .instant
      default: .oneOf(word.split(separator: "|").map { String($0).replacing("_", with: " ") })
      }
  }
}

import CaseWork

/// A list of the standard and what it may be asked by.
struct Endpoint {
  let name: String
  let kind: DirectoryEntry.Kind
  let parameters: [String]
  /// What one of its objects may be asked by.
  let ofOne: [String]
  let about: String

  static let all = [
    Endpoint(
      name: "services", kind: .service,
      parameters: [
        "search", "page", "per_page", "format", "taxonomy_term_id", "taxonomy_id", "organization_id",
        "modified_after",
        "minimal", "full",
      ], ofOne: [], about: "What help is offered"),
    Endpoint(
      name: "organizations", kind: .organization,
      parameters: [
        "search", "page", "per_page", "format", "taxonomy_term_id", "taxonomy_id", "full", "full_service",
      ], ofOne: ["full_service"], about: "Who helps"),
    Endpoint(
      name: "service_at_locations", kind: .serviceAtLocation,
      parameters: [
        "search", "page", "per_page", "format", "taxonomy_term_id", "taxonomy_id", "organization_id",
        "modified_after",
        "full", "postcode", "proximity",
      ], ofOne: [], about: "Where a service is given"),
    Endpoint(
      name: "taxonomies", kind: .taxonomy, parameters: ["search", "page", "per_page", "format"], ofOne: [],
      about: "Lists of words that objects are sorted by"),
    Endpoint(
      name: "taxonomy_terms", kind: .taxonomyTerm,
      parameters: ["search", "page", "per_page", "format", "taxonomy_id", "top_only", "parent_id"], ofOne: [],
      about: "Words that objects are sorted by"),
  ]
}

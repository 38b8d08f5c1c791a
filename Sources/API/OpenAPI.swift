import CaseWork
import Foundation

/// What the API says of itself, made from the same table that the directory is read by.
enum OpenAPI {
  static let document = written(whole)

  static func written(_ object: [String: Any]) -> String {
    let data = try? JSONSerialization.data(
      withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data ?? Data("{}".utf8), as: UTF8.self)
  }

  private static var whole: [String: Any] {
    var paths: [String: Any] = [
      "/hsds": ["get": operation("about", "Which version this is", [], reference("about"))],
      "/hsds/openapi.json": ["get": operation("openapi", "This description", [], ["type": "object"])],
    ]
    for endpoint in Endpoint.all {
      var list = operation(
        "list_\(endpoint.name)", "\(endpoint.about), page by page", endpoint.parameters,
        pages(of: endpoint.kind), isStream: true)
      list["tags"] = [endpoint.name]
      paths["/hsds/\(endpoint.name)"] = ["get": list]
      var one = operation(
        "read_\(endpoint.name)", "\(endpoint.about): one, with all that belongs to it", endpoint.ofOne,
        reference(endpoint.kind.rawValue))
      let id: [String: Any] = [
        "name": "id", "in": "path", "required": true, "schema": ["type": "string", "format": "uuid"],
      ]
      one["parameters"] = [id] + (one["parameters"] as? [[String: Any]] ?? [])
      one["tags"] = [endpoint.name]
      paths["/hsds/\(endpoint.name)/{id}"] = ["get": one]
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Public directory of help", "version": "3.1",
        "description":
          "What an office has published of the help it knows of, in the shape of Open Referral HSDS 3.1.",
      ],
      "paths": paths, "components": ["schemas": schemas],
    ]
  }

  private static func operation(
    _ id: String, _ about: String, _ parameters: [String], _ schema: [String: Any], isStream: Bool = false
  ) -> [String: Any] {
    var content: [String: Any] = ["application/json": ["schema": schema]]
    if isStream { content["application/x-ndjson"] = [String: Any]() }
    let problem: [String: Any] = ["application/json": ["schema": reference("problem")]]
    return [
      "operationId": id, "summary": about,
      "parameters": parameters.map { name -> [String: Any] in
        let (schema, words) = Self.parameters[name] ?? (["type": "string"], "")
        return ["name": name, "in": "query", "required": false, "description": words, "schema": schema]
      },
      "responses":
        ([
          "200": ["description": "Found", "content": content],
          "400": ["description": "A parameter that is not understood", "content": problem],
          "404": ["description": "There is nothing of this name, or it is not public", "content": problem],
        ] as [String: [String: Any]]),
    ]
  }

  private static let parameters: [String: ([String: any Sendable], String)] = [
    "search": (["type": "string", "maxLength": 100], "Letters of a name or of what is told."),
    "page": (["type": "integer", "minimum": 1, "maximum": 1_000_000], "Which page, from 1."),
    "per_page": (
      ["type": "integer", "minimum": 1, "maximum": 100], "How many on a page; 50 where nothing is said."
    ),
    "format": (
      ["type": "string", "enum": ["json", "ndjson"]],
      "`ndjson` gives the whole list, a line an object, without pages."
    ),
    "taxonomy_term_id": (uuid, "Only what carries this term."),
    "taxonomy_id": (uuid, "Only what carries a term of this taxonomy; of terms, its own."),
    "organization_id": (uuid, "Only what this organization offers."),
    "parent_id": (uuid, "Only terms right below this one."),
    "top_only": (["type": "boolean"], "Only terms that stand below no other."),
    "modified_after": (["type": "string", "format": "date-time"], "Only what was changed after this."),
    "minimal": (["type": "boolean"], "Only the id and when it was changed."),
    "full": (["type": "boolean"], "Each with all that belongs to it."),
    "full_service": (["type": "boolean"], "Each with what it offers, and all that belongs to that."),
    "postcode": (
      ["type": "string", "maxLength": 20],
      "Only places with this postcode; fewer than five digits are how it begins. Empty where no place has it."
    ),
    "proximity": (
      ["type": "number", "exclusiveMinimum": 0, "maximum": 500],
      "With a postcode: only places within so many kilometres of the middle of those that have it."
    ),
  ]
  private static let uuid: [String: any Sendable] = ["type": "string", "format": "uuid"]

  private static func reference(_ name: String) -> [String: Any] { ["$ref": "#/components/schemas/\(name)"] }

  private static func pages(of kind: DirectoryEntry.Kind) -> [String: Any] {
    let item = reference(kind.rawValue)
    let contents: [String: Any] = kind == .service ? ["anyOf": [item, reference("minimal")]] : item
    let (number, flag) = (["type": "integer", "minimum": 0] as [String: Any], ["type": "boolean"])
    return [
      "type": "object",
      "required": [
        "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
      ],
      "properties": [
        "total_items": number, "total_pages": number, "page_number": number, "size": number,
        "first_page": flag,
        "last_page": flag, "empty": flag, "contents": ["type": "array", "items": contents] as [String: Any],
      ] as [String: Any],
    ]
  }

  private static var schemas: [String: Any] {
    let text = ["type": "string"]
    var schemas: [String: Any] = [
      "about": [
        "type": "object", "required": ["version", "profile", "openapi_url"],
        "properties": ["version": text, "profile": text, "openapi_url": text],
      ] as [String: Any],
      "problem": [
        "type": "object", "required": ["error"], "properties": ["error": text, "parameter": text],
      ] as [String: Any],
      "minimal": [
        "type": "object", "required": ["id", "last_modified"], "additionalProperties": false,
        "properties": ["id": uuid, "last_modified": ["type": "string", "format": "date-time"]]
          as [String: Any],
      ] as [String: Any],
    ]
    for kind in DirectoryEntry.Kind.allCases where kind != .contact && kind != .metadata {
      schemas[kind.rawValue] = schema(of: kind)
    }
    return schemas
  }

  private static func schema(of kind: DirectoryEntry.Kind) -> [String: Any] {
    var properties: [String: Any] = ["id": uuid]
    for field in kind.fields where !DocumentText.ofPeople.contains(field.name) {
      properties[field.name] = schema(of: field.type)
    }
    for part in kind.parts where !DocumentText.ofPeople.contains(part.name) {
      let below = reference(part.kind.rawValue)
      properties[part.name] = part.isList ? (["type": "array", "items": below] as [String: Any]) : below
    }
    if kind == .organization {
      properties["services"] = ["type": "array", "items": reference("service")] as [String: Any]
    }
    return [
      "type": "object", "properties": properties,
      "required": ["id"] + kind.fields.filter(\.isRequired).map(\.name),
    ]
  }

  private static func schema(of type: DirectoryEntry.FieldType) -> [String: Any] {
    switch type {
    case .number: ["type": "number"]
    case .uuid: uuid
    // An address that is not well formed is told as it was given.
    case .text, .uri, .email, .day, .instant: ["type": "string"]
    case .oneOf(let words): ["type": "string", "enum": words]
    }
  }
}

import CaseWork
import Foundation

/// What lies in a tabular package, for programs that read tables by their description (Frictionless Data Package).
enum DirectoryDescription {
  static var bytes: [UInt8] {
    let package: [String: Any] = [
      "name": "directory-of-help", "title": "Directory of help",
      "description":
        "Organizations, their services and places, in the tabular form of Open Referral HSDS 3.1.",
      "profile": "tabular-data-package", "version": "3.1",
      "resources": DirectoryTable.files.map { resource($0.kind, $0.file) },
    ]
    let written = try? JSONSerialization.data(
      withJSONObject: package, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    return Array(written ?? Data("{}".utf8))
  }

  private static func resource(_ kind: DirectoryEntry.Kind, _ file: String) -> [String: Any] {
    var schema: [String: Any] = [
      "primaryKey": "id",
      "fields": [field("id", .uuid, isRequired: true, isUnique: true)]
        + kind.fields.map { field($0.name, $0.type, isRequired: $0.isRequired && !$0.mayBeEmpty) },
    ]
    let keys = kind.fields.compactMap { field -> [String: Any]? in
      guard let target = kind.target(of: field.name), field.type == .uuid else { return nil }
      return ["fields": field.name, "reference": ["resource": target.rawValue, "fields": "id"]]
    }
    if !keys.isEmpty { schema["foreignKeys"] = keys }
    return [
      "name": kind.rawValue, "path": file, "profile": "tabular-data-resource", "format": "csv",
      "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    ]
  }

  private static func field(
    _ name: String, _ type: DirectoryEntry.FieldType, isRequired: Bool, isUnique: Bool = false
  ) -> [String: Any] {
    var constraints: [String: Any] = [:]
    if isRequired { constraints["required"] = true }
    if isUnique { constraints["unique"] = true }
    var field: [String: Any] = ["name": name]
    switch type {
    case .text: field["type"] = "string"
    case .number: field["type"] = "number"
    case .day: field["type"] = "date"
    case .instant: (field["type"], field["format"]) = ("datetime", "any")
    case .uuid: (field["type"], field["format"]) = ("string", "uuid")
    case .uri: (field["type"], field["format"]) = ("string", "uri")
    case .email: (field["type"], field["format"]) = ("string", "email")
    case .oneOf(let words):
      field["type"] = "string"
      constraints["enum"] = words
    }
    if !constraints.isEmpty { field["constraints"] = constraints }
    return field
  }
}

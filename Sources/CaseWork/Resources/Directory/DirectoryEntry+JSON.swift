public import Foundation

extension DirectoryEntry {
  /// Reads one object as the standard writes it; what the standard does not know is handed to `unknown` with its path.
  ///
  /// An object without an id, or with one that is no UUID, gets the one `makeID` gives for its path.
  public init(
    _ kind: Kind, json object: [String: Any], at path: String = "",
    makeID: (_ kind: Kind, _ given: String?, _ path: String) -> UUID,
    unknown: ((_ path: String) -> Void)? = nil
  ) {
    let given = object["id"] as? String
    var fields: [String: Value] = [:]
    var parts: [String: [DirectoryEntry]] = [:]
    let known = kind.fields
    for field in known {
      guard let value = object[field.name], !(value is NSNull), value as? String != "" else { continue }
      if let value = Value(value, as: field.type) {
        fields[field.name] = value
      } else {
        unknown?(path + "." + field.name)
      }
    }
    for part in kind.parts {
      guard let value = object[part.name], !(value is NSNull) else { continue }
      let objects = part.isList ? value as? [[String: Any]] : (value as? [String: Any]).map { [$0] }
      guard let objects else {
        unknown?(path + "." + part.name)
        continue
      }
      parts[part.name] = objects.enumerated().map { index, object in
        let below = part.isList ? "\(path).\(part.name)[\(index)]" : "\(path).\(part.name)"
        return DirectoryEntry(part.kind, json: object, at: below, makeID: makeID, unknown: unknown)
      }
    }
    if let unknown {
      let names = Set(known.map(\.name)).union(kind.parts.map(\.name)).union(["id"])
      for name in object.keys.sorted() where !names.contains(name) { unknown(path + "." + name) }
    }
    self.init(
      kind, id: given.flatMap(UUID.init(uuidString:)) ?? makeID(kind, given, path), fields: fields,
      parts: parts)
  }

  /// As the standard writes it; lists and one-to-one objects that are named in `leaving` stay out. A text that the
  /// standard demands and nobody has said is written as an empty one.
  public func json(leaving: Set<String> = []) -> [String: Any] {
    var object: [String: Any] = ["id": key]
    for (name, value) in fields {
      switch value {
      case .text(let text): object[name] = text
      case .number(let number):
        if let whole = Int(exactly: number) { object[name] = whole } else { object[name] = number }
      }
    }
    for field in kind.fields where field.isRequired && field.mayBeEmpty && fields[field.name] == nil {
      object[field.name] = ""
    }
    for part in kind.parts where !leaving.contains(part.name) {
      let below = self[part: part.name].map { $0.json() }
      guard let first = below.first else { continue }
      if part.isList { object[part.name] = below } else { object[part.name] = first }
    }
    return object
  }

  /// One line of JSON, its names in order.
  public func document(leaving: Set<String> = []) -> String {
    let written = try? JSONSerialization.data(
      withJSONObject: json(leaving: leaving), options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: written ?? Data("{}".utf8), as: UTF8.self)
  }

  /// What `document` has written; `nil` where it was not this.
  public init?(_ kind: Kind, document: String) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any],
      let id = (object["id"] as? String).flatMap(UUID.init(uuidString:))
    else { return nil }
    self.init(kind, json: object, makeID: { _, _, _ in id })
  }
}

extension DirectoryEntry.Value {
  /// A value of JSON as a field of this type holds it; numbers written as text are taken for numbers, and the other way
  /// round. An empty text is no value of its own.
  init?(_ value: Any, as type: DirectoryEntry.FieldType) {
    switch (type, value) {
    case (.number, let text as String):
      guard let number = Double(text), number.isFinite else { return nil }
      self = .number(number)
    case (.number, let number as NSNumber): self = .number(number.doubleValue)
    case (.number, _): return nil
    case (_, let text as String):
      guard !text.isEmpty else { return nil }
      self = .text(text)
    case (_, let number as NSNumber): self = .text(DirectoryEntry.written(number.doubleValue))
    default: return nil
    }
  }
}

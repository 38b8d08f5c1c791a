import CaseWork
import Foundation
import Gateway
import Operations

/// A parameter that cannot be taken, and why.
struct BadParameter: Error {
  let name: String
  let why: String
}

/// The parameters of one request, read strictly: what is unknown, said twice or not understood is refused by name.
struct Query {
  private let values: [String: String]

  init(_ text: String, allowing known: [String]) throws {
    guard let body = try? FormBody(urlEncoded: text.utf8, fields: 50) else {
      throw BadParameter(name: "query", why: "is not written as a query is")
    }
    for name in body.values.keys.sorted() {
      guard known.contains(name) else { throw BadParameter(name: name, why: "is not known here") }
      guard body[all: name].count == 1 else { throw BadParameter(name: name, why: "is given more than once") }
    }
    values = body.values.compactMapValues(\.first).filter { !$0.value.isEmpty }
  }

  func text(_ name: String, atMost limit: Int = 100) throws -> String? {
    guard let text = values[name] else { return nil }
    guard text.count <= limit, !text.unicodeScalars.contains("\0") else {
      throw BadParameter(name: name, why: "is a text of at most \(limit) characters")
    }
    return text
  }

  func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = values[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw BadParameter(name: name, why: "is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number above nothing that may have decimals.
  func number(_ name: String, upTo most: Double) throws -> Double? {
    guard let text = values[name] else { return nil }
    guard let number = Double(text), number > 0, number <= most else {
      throw BadParameter(name: name, why: "is a number above 0, at most \(Int(most))")
    }
    return number
  }

  func flag(_ name: String) throws -> Bool {
    switch values[name] {
    case nil, "false"?: false
    case "true"?: true
    default: throw BadParameter(name: name, why: "is true or false")
    }
  }

  /// In small letters, as ids lie in the store.
  func id(_ name: String) throws -> String? {
    guard let text = values[name] else { return nil }
    guard let id = UUID(uuidString: text) else { throw BadParameter(name: name, why: "is a UUID") }
    return id.uuidString.lowercased()
  }

  func instant(_ name: String) throws -> Date? {
    guard let text = values[name] else { return nil }
    let formats = [
      Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
      Date.ISO8601FormatStyle().year().month().day(),
    ]
    for format in formats {
      if let instant = try? format.parse(text), abs(instant.timeIntervalSince1970) < 1e11 { return instant }
    }
    throw BadParameter(name: name, why: "is a day or a moment like 2026-03-02T00:00:00Z")
  }

  func choice(_ name: String, of choices: [String]) throws -> String? {
    guard let text = values[name] else { return nil }
    guard choices.contains(text) else {
      throw BadParameter(name: name, why: "is one of \(choices.joined(separator: ", "))")
    }
    return text
  }
}

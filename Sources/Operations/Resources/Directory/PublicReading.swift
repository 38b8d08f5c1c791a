import CaseWork
import Documents
import Foundation
import Repositories

/// One reading of the public directory in one snapshot.
struct PublicReading {
  private static let placesShown = 1000
  private let store: PublicDirectory
  private let own: OwnTaxonomies

  init(_ store: PublicDirectory, _ own: OwnTaxonomies) {
    self.store = store
    self.own = own
  }

  func page(
    _ kind: DirectoryEntry.Kind, _ wish: DirectoryWish, _ form: DirectoryForm, offset: Int, size: Int
  ) throws -> DirectoryPage {
    guard let list = kind.list else {
      let ours = ours(kind, wish)
      let (before, total) = (ours.dropFirst(offset).prefix(size), try storedCount(kind, wish))
      let rest = try stored(
        kind, wish, offset: max(0, offset - ours.count), atMost: size - before.count)
      return DirectoryPage(
        total: ours.count + total, items: try finished(Array(before) + rest.map(\.document), kind))
    }
    let total = try store.count(list, PublicWish(wish))
    guard offset < total else { return DirectoryPage(total: total, items: []) }
    let ids = try store.ids(list, PublicWish(wish), offset: offset, atMost: size)
    return DirectoryPage(total: total, items: try some(kind, ids, form))
  }

  func part(
    _ kind: DirectoryEntry.Kind, _ wish: DirectoryWish, _ form: DirectoryForm, after last: String?,
    atMost limit: Int
  ) throws -> DirectoryPart {
    guard let list = kind.list else {
      let ours = last == nil ? ours(kind, wish) : []
      let rest = try stored(kind, wish, after: last, atMost: limit)
      return DirectoryPart(
        items: try finished(ours + rest.map(\.document), kind), last: rest.count < limit ? nil : rest.last?.id
      )
    }
    let ids = try store.ids(list, PublicWish(wish), after: last, atMost: limit)
    return DirectoryPart(items: try some(kind, ids, form), last: ids.count < limit ? nil : ids.last)
  }

  /// The public ones among these.
  func some(_ kind: DirectoryEntry.Kind, _ ids: [String], _ form: DirectoryForm) throws -> [String] {
    guard let list = kind.list else {
      let ours = (kind == .taxonomy ? own.taxonomies : own.terms).filter { ids.contains($0.key) }
      let others = try kind == .taxonomy ? store.taxonomies(ids) : store.terms(ids)
      return try finished(ours.map { $0.document() } + others, kind)
    }
    return try store.rows(list, ids).map { row in
      switch form {
      case .minimal:
        return "{\"id\":\"\(row.id)\",\"last_modified\":\"\(Self.written(row.changedAt))\"}"
      case .plain: return plain(row, list)
      case .full(let withServices):
        let told = try full(row, list)
        guard withServices, list == .organizations else { return told }
        let offered = try services(of: row).joined(separator: ",")
        return DocumentText.adding("services", "[\(offered)]", to: told)
      }
    }
  }
}

/// Our own taxonomies before those of others.
extension PublicReading {
  private func ours(_ kind: DirectoryEntry.Kind, _ wish: DirectoryWish) -> [String] {
    (kind == .taxonomy ? own.taxonomies(wish.text) : own.terms(wish)).map { $0.document() }
  }

  private func storedCount(_ kind: DirectoryEntry.Kind, _ wish: DirectoryWish) throws -> Int {
    try kind == .taxonomy ? store.countTaxonomies(wish.text) : store.countTerms(.init(wish))
  }

  private func stored(
    _ kind: DirectoryEntry.Kind, _ wish: DirectoryWish, after: String? = nil, offset: Int = 0,
    atMost limit: Int
  ) throws -> [(id: String, document: String)] {
    try kind == .taxonomy
      ? store.taxonomies(wish.text, after: after, offset: offset, atMost: limit)
      : store.terms(.init(wish), after: after, offset: offset, atMost: limit)
  }

  /// A term is told with its taxonomy, which it has one of.
  private func finished(_ documents: [String], _ kind: DirectoryEntry.Kind) throws -> [String] {
    let bare = documents.map { Self.shown($0) }
    guard kind == .taxonomyTerm else { return bare }
    let entries = documents.compactMap { DirectoryEntry(.taxonomyTerm, document: $0) }
    let taxonomies = try self.taxonomies(of: entries)
    return zip(bare, entries).map { text, entry in
      guard entry[part: "taxonomy_detail"].isEmpty,
        let taxonomy = entry["taxonomy_id"].flatMap({ taxonomies[$0.lowercased()] })
      else { return text }
      return DocumentText.adding("taxonomy_detail", Self.shown(taxonomy.document()), to: text)
    }
  }

  private func taxonomies(of terms: [DirectoryEntry]) throws -> [String: DirectoryEntry] {
    let ids = Set(terms.compactMap { $0["taxonomy_id"]?.lowercased() })
    let others = try store.taxonomies(ids.sorted()).compactMap { DirectoryEntry(.taxonomy, document: $0) }
    return Dictionary(
      (own.taxonomies.filter { ids.contains($0.key) } + others).map { ($0.key, $0) },
      uniquingKeysWith: { a, _ in a })
  }
}

/// Objects that have others below them.
extension PublicReading {
  private static func shown(_ document: String, withLists: Bool = true) -> String {
    DocumentText.copied(document, without: DocumentText.ofPeople, withLists: withLists)
  }

  private static func written(_ instant: Date) -> String {
    instant.formatted(.iso8601)
  }

  private func plain(_ row: PublicRow, _ list: PublicList) -> String {
    let hidden =
      DocumentText.ofPeople + (list == .services ? ["last_modified", "organization"] : ["location"])
    var text = DocumentText.copied(row.document, without: hidden, withLists: false)
    switch list {
    case .organizations: return text
    case .places:
      return row.owner.map {
        DocumentText.adding("location", Self.shown($0, withLists: false), to: text)
      } ?? text
    case .services:
      text = DocumentText.adding("last_modified", "\"\(Self.written(row.changedAt))\"", to: text)
      guard let owner = row.owner else { return text }
      text = DocumentText.adding("organization", Self.shown(owner, withLists: false), to: text)
      guard row.document.contains("\"program_id\":"),
        let service = DirectoryEntry(.service, document: row.document), service[part: "program"].isEmpty,
        let resource = DirectoryEntry(.organization, document: owner),
        let program = resource[part: "programs"].first(where: {
          $0.key == service["program_id"]?.lowercased()
        })
      else { return text }
      return DocumentText.adding("program", Self.shown(program.document(), withLists: false), to: text)
    }
  }

  private func full(_ row: PublicRow, _ list: PublicList) throws -> String {
    var directory = Directory()
    let entry: DirectoryEntry?
    switch list {
    case .organizations:
      entry = DirectoryEntry(.organization, document: row.document)
      directory.programs = entry?[part: "programs"] ?? []
      directory.locations = try store.locations(of: row.id, atMost: Self.placesShown).compactMap {
        DirectoryEntry(.location, document: $0)
      }
    case .services:
      entry = DirectoryEntry(.service, document: row.document)
      let owner = row.owner.flatMap { DirectoryEntry(.organization, document: $0) }
      directory.organizations = [owner].compactMap(\.self)
      directory.programs = owner?[part: "programs"] ?? []
      try add(store.places(ofServices: [row.id]), to: &directory)
    case .places:
      entry = DirectoryEntry(.serviceAtLocation, document: row.document)
      try add([row], to: &directory)
    }
    guard let entry else { throw Refusal.notFound }
    try addTerms(to: &directory, of: entry)
    let text = Self.shown(WholeDirectory(directory).whole(entry).document())
    guard list == .services else { return text }
    return DocumentText.adding(
      "last_modified", "\"\(Self.written(row.changedAt))\"",
      to: DocumentText.copied(text, without: ["last_modified"], withLists: true))
  }

  private func add(_ places: [PublicRow], to directory: inout Directory) throws {
    directory.serviceAtLocations += places.compactMap {
      DirectoryEntry(.serviceAtLocation, document: $0.document)
    }
    var known: Set<UUID> = []
    directory.locations += places.compactMap { place in
      place.owner.flatMap { DirectoryEntry(.location, document: $0) }
    }.filter { known.insert($0.id).inserted }
  }

  /// The words of the terms that stand anywhere in it.
  private func addTerms(to directory: inout Directory, of entry: DirectoryEntry) throws {
    var ids: Set<String> = []
    for entry in [entry] + Directory.kinds.flatMap({ directory[$0] }) { entry.collectTerms(into: &ids) }
    directory.taxonomyTerms =
      own.terms.filter { ids.contains($0.key) }
      + (try store.terms(ids.sorted()).compactMap { DirectoryEntry(.taxonomyTerm, document: $0) })
    directory.taxonomies = Array(try taxonomies(of: directory.taxonomyTerms).values)
  }

  private func services(of resource: PublicRow) throws -> [String] {
    var wish = PublicWish()
    wish.organization = resource.id
    let ids = try store.ids(.services, wish, atMost: Self.placesShown)
    return try store.rows(.services, ids).map { try full($0, .services) }
  }
}

extension DirectoryEntry {
  fileprivate func collectTerms(into ids: inout Set<String>) {
    if kind == .attribute, let id = self["taxonomy_term_id"] { ids.insert(id.lowercased()) }
    for below in parts.values.joined() { below.collectTerms(into: &ids) }
  }
}

extension DirectoryEntry.Kind {
  /// The list of rows it lies in; `nil` for taxonomies and terms, of which the first are our own.
  fileprivate var list: PublicList? {
    switch self {
    case .organization: .organizations
    case .service: .services
    case .serviceAtLocation: .places
    default: nil
    }
  }
}

extension PublicWish {
  fileprivate init(_ wish: DirectoryWish) {
    self.init()
    text = wish.text
    term = wish.term
    taxonomy = wish.taxonomy
    organization = wish.organization
    changedAfter = wish.changedAfter
    postcode = wish.postcode.map { PublicWish.plainPostcode($0) }
    proximity = wish.proximity
  }
}

extension PublicDirectory.TermWish {
  fileprivate init(_ wish: DirectoryWish) {
    self.init()
    text = wish.text
    taxonomy = wish.taxonomy
    parent = wish.parent
    onlyTop = wish.onlyTop
  }
}

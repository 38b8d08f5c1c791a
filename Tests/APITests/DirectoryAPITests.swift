import API
import CaseWork
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Operations
import Repositories
import Site
import Store
import TestSupport
import Testing

/// Two public resources, one that is not, and where one of them helps.
private struct PublicWorld {
  let world: World
  let open: Resource
  let other: Resource
  let hidden: Resource
  let place: String
  let hiddenPlace: String

  init(_ engine: Engine) async throws {
    world = try await World.make(on: engine)
    open = try await Self.keep("하늘빛지역아동센터", offering: ["저녁 돌봄", "주말 놀이"], needs: ["N11"], in: world)
    other = try await Self.keep("가람종합사회복지관", offering: ["가족 상담"], needs: ["N06"], in: world)
    hidden = try await Self.keep("숨은나눔이웃", offering: ["숨은 도움"], needs: ["N11"], isPublic: false, in: world)
    place = try await Self.place("열린 마당", of: open, in: world)
    hiddenPlace = try await Self.place("숨은 마당", of: hidden, in: world)
  }

  private static func keep(
    _ name: String, offering offers: [String], needs: [String], isPublic: Bool = true, in world: World
  ) async throws -> Resource {
    var resource = Resource(
      id: world.office.id(at: world.office.clock()), name: name, kind: "ORG-07", formality: "formal",
      place: "community", phone: "02-0000-0107", contactPerson: "길라임담당", description: "곁에서 돕는 곳",
      verifiedOn: world.today)
    resource.isPublic = isPublic
    let offers = offers.map { text in
      var offer = Offer(
        id: world.office.id(at: world.office.clock()), of: resource.id, name: text, needs: needs)
      offer.description = "\(text) \"이야기\""
      return offer
    }
    return try await KeepResource(world.office)(resource, offering: offers, by: world.asker(.caseManager))
  }

  /// A place of the resource where the first of its offers is given.
  private static func place(_ name: String, of resource: Resource, in world: World) async throws -> String {
    var location = DirectoryEntry(.location, id: UUID())
    location["location_type"] = "physical"
    location["name"] = name
    location["organization_id"] = resource.id.description
    var contact = DirectoryEntry(.contact, id: UUID())
    contact["name"] = "길라임담당"
    location[part: "contacts"] = [contact]
    var given = DirectoryEntry(.serviceAtLocation, id: UUID())
    given["location_id"] = location.key
    let (where_, what) = (location, given)
    try await world.office.database.write { session in
      guard let offer = try session.offers.all(of: resource.id, atMost: 1).first else {
        throw Refusal.notFound
      }
      var what = what
      what["service_id"] = offer.id.description
      try session.locations.keep(where_, of: resource.id, version: 1, sealed: [1])
      try session.locations.keep(what, of: offer.id, at: where_.key, version: 1, sealed: [1])
    }
    return given.key
  }

  /// The offers of the open resource.
  func offers() async throws -> [ID<Offer>] {
    let id = open.id
    return try await world.office.database.read { session in
      try session.offers.all(of: id, atMost: 9).map(\.id)
    }
  }

  private static func location(
    _ id: UUID, _ postcode: String, _ latitude: Double, _ longitude: Double
  ) -> DirectoryEntry {
    var location = DirectoryEntry(.location, id: id)
    location["location_type"] = "physical"
    location[number: "latitude"] = latitude
    location[number: "longitude"] = longitude
    var address = DirectoryEntry(.address, id: UUID())
    address["postal_code"] = postcode
    location[part: "addresses"] = [address]
    return location
  }

  /// Says that an offer is given at a place of its own, whose location has the same id.
  func place(
    _ postcode: String, _ latitude: Double, _ longitude: Double, of resource: ID<Resource>?,
    _ offer: ID<Offer>
  ) async throws -> String {
    let id = UUID()
    let location = Self.location(id, postcode, latitude, longitude)
    var given = DirectoryEntry(.serviceAtLocation, id: id)
    (given["location_id"], given["service_id"]) = (location.key, offer.description)
    let place = given
    try await world.office.database.write { session in
      try session.locations.keep(location, of: resource, version: 1, sealed: [1])
      try session.locations.keep(place, of: offer, at: location.key, version: 1, sealed: [1])
    }
    return place.key
  }

  func move(
    _ place: String, to postcode: String, _ latitude: Double, _ longitude: Double, of resource: ID<Resource>
  ) async throws {
    let location = Self.location(UUID(uuidString: place) ?? UUID(), postcode, latitude, longitude)
    try await world.office.database.write { session in
      try session.locations.keep(location, of: resource, version: 2, sealed: [1])
    }
  }

  func test(
    isPublic: Bool = true, _ body: @escaping @Sendable (Client) async throws -> Void
  ) async throws {
    let router = try Site(world.office).router(
      logger: Logger(label: "api") { _ in SwiftLogNoOpLogHandler() },
      open: isPublic ? DirectoryAPI(world.office, origin: "https://gyeot.example") : nil)
    try await Application(router: router).test(.router) { try await body(Client(client: $0)) }
    try await world.database.close()
  }
}

private struct Client: Sendable {
  let client: any TestClientProtocol

  func ask(
    _ path: String, _ method: HTTPRequest.Method = .get
  ) async throws -> (status: Int, headers: HTTPFields, body: String) {
    let answer = try await client.execute(uri: path, method: method)
    return (answer.status.code, answer.headers, String(buffer: answer.body))
  }

  func object(_ path: String) async throws -> [String: Any] {
    let answer = try await ask(path)
    #expect(answer.status == 200, "\(path): \(answer.body)")
    return try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
  }

  func items(_ path: String) async throws -> [[String: Any]] {
    try #require(try await object(path)["contents"] as? [[String: Any]])
  }

  func names(_ path: String) async throws -> Set<String> {
    Set(try await items(path).compactMap { $0["name"] as? String })
  }
}

@Suite struct `The public directory` {
  @Test(arguments: Engine.available)
  func `gives lists page by page and each object whole`(_ engine: Engine) async throws {
    let world = try await PublicWorld(engine)
    try await world.test { client in
      let about = try await client.object("/hsds")
      #expect(about["version"] as? String == "3.1")
      #expect(about["openapi_url"] as? String == "https://gyeot.example/hsds/openapi.json")
      #expect(try await client.object("/hsds/")["version"] as? String == "3.1")
      #expect(try await client.object("/hsds/openapi.json")["openapi"] as? String == "3.1.0")

      let first = try await client.object("/hsds/services?per_page=2")
      #expect(first["total_items"] as? Int == 3 && first["total_pages"] as? Int == 2)
      #expect(first["size"] as? Int == 2 && first["page_number"] as? Int == 1)
      #expect(first["first_page"] as? Bool == true && first["last_page"] as? Bool == false)
      let second = try await client.object("/hsds/services?per_page=2&page=2")
      #expect(second["size"] as? Int == 1 && second["last_page"] as? Bool == true)
      let beyond = try await client.object("/hsds/services?page=9")
      #expect(beyond["empty"] as? Bool == true && beyond["total_items"] as? Int == 3)

      let listed = try await client.items("/hsds/services")
      #expect(listed.allSatisfy { $0["organization"] is [String: Any] && $0["last_modified"] is String })
      #expect(listed.allSatisfy { item in !item.values.contains { $0 is [Any] } })
      for item in listed {
        let id = try #require(item["id"] as? String)
        let whole = try await client.object("/hsds/services/\(id)")
        #expect(whole["name"] as? String == item["name"] as? String)
        let attributes = try #require(whole["attributes"] as? [[String: Any]])
        #expect(attributes.contains { ($0["taxonomy_term"] as? [String: Any])?["taxonomy_detail"] != nil })
      }
      let minimal = try await client.items("/hsds/services?minimal=true")
      #expect(minimal.count == 3 && minimal.allSatisfy { Set($0.keys) == ["id", "last_modified"] })
      let full = try await client.items("/hsds/services?full=true")
      #expect(full.contains { $0["service_at_locations"] is [Any] })
      let organizations = try await client.items("/hsds/organizations?full_service=true")
      #expect(organizations.map { ($0["services"] as? [Any])?.count ?? 0 }.sorted() == [1, 2])
      let place = try await client.object("/hsds/service_at_locations/\(world.place)")
      #expect((place["location"] as? [String: Any])?["name"] as? String == "열린 마당")
      #expect(try await client.items("/hsds/service_at_locations").count == 1)
    }
  }

  @Test(arguments: Engine.available)
  func `is asked by filters that all must hold`(_ engine: Engine) async throws {
    let world = try await PublicWorld(engine)
    try await world.test { client in
      let care = DirectoryTerm(.need, "N11").id.uuidString.lowercased()
      let need = DirectoryTerm.taxonomy(.need).uuidString.lowercased()
      let kind = DirectoryTerm.taxonomy(.organisation).uuidString
      let services = "/hsds/services?"
      #expect(try await client.names(services + "taxonomy_term_id=\(care)") == ["저녁 돌봄", "주말 놀이"])
      #expect(try await client.items(services + "taxonomy_id=\(need)").count == 3)
      #expect(try await client.items(services + "taxonomy_id=\(kind)").isEmpty)
      #expect(try await client.names(services + "organization_id=\(world.other.id)") == ["가족 상담"])
      #expect(try await client.names(services + "search=%EC%83%81%EB%8B%B4") == ["가족 상담"])
      #expect(try await client.items(services + "search=%21").isEmpty)
      #expect(try await client.items(services + "modified_after=2000-01-01").count == 3)
      #expect(try await client.items(services + "modified_after=2999-01-01T00:00:00Z").isEmpty)
      #expect(
        try await client.items(services + "taxonomy_term_id=\(care)&organization_id=\(world.other.id)")
          .isEmpty)
      #expect(
        try await client.names(
          services + "taxonomy_term_id=\(care)&organization_id=\(world.open.id)&search=%EB%86%80%EC%9D%B4"
            + "&taxonomy_id=\(need)&modified_after=2000-01-01") == ["주말 놀이"])
      #expect(
        try await client.names("/hsds/organizations?search=%EA%B0%80%EB%9E%8C") == ["가람종합사회복지관"])
      #expect(try await client.items("/hsds/organizations?taxonomy_id=\(kind)").count == 2)
      let places = "/hsds/service_at_locations?"
      #expect(try await client.items(places + "taxonomy_term_id=\(care)").count == 1)
      #expect(try await client.items(places + "organization_id=\(world.other.id)").isEmpty)

      let terms = try await client.items("/hsds/taxonomy_terms?taxonomy_id=\(need)&per_page=100")
      #expect(terms.count == 15 && terms.contains { $0["name"] as? String == "돌봄" })
      #expect(terms.contains { $0["description"] as? String == "Care" })
      #expect(try await client.items("/hsds/taxonomy_terms?parent_id=\(care)").isEmpty)
      #expect(try await client.items("/hsds/taxonomy_terms?top_only=true&search=N11").count == 1)
      #expect(try await client.items("/hsds/taxonomies").count == DirectoryTerm.List.allCases.count)
      #expect(try await client.object("/hsds/taxonomy_terms/\(care)")["code"] as? String == "N11")
      #expect(try await client.object("/hsds/taxonomies/\(need)")["id"] as? String == need)

      let lines = try await client.ask("/hsds/services?format=ndjson")
      #expect(lines.headers[.contentType] == "application/x-ndjson")
      #expect(lines.body.split(separator: "\n").count == 3)
      #expect(
        try await client.ask("/hsds/taxonomies?format=ndjson").body.split(separator: "\n").count
          == DirectoryTerm.List.allCases.count)
    }
  }

  @Test(arguments: Engine.available)
  func `shows nothing unpublished and nobody to ask for`(_ engine: Engine) async throws {
    let world = try await PublicWorld(engine)
    try await world.test { client in
      var told = ""
      for list in ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"] {
        for query in ["per_page=100", "format=ndjson"] {
          told += try await client.ask("/hsds/\(list)?\(query)").body
        }
        for item in try await client.items("/hsds/\(list)") {
          told += try await client.ask("/hsds/\(list)/\(item["id"] as? String ?? "")").body
        }
      }
      told += try await client.ask("/hsds/services?full=true").body
      told += try await client.ask("/hsds/organizations?full=true&full_service=true").body
      told += try await client.ask("/hsds/service_at_locations?full=true").body
      #expect(told.contains("하늘빛") && told.contains("열린 마당"))
      for secret in ["길라임", "숨은", "contacts", "assurer_email", "updated_by"] {
        #expect(!told.contains(secret), "\(secret)")
      }
      for path in [
        "organizations/\(world.hidden.id)", "service_at_locations/\(world.hiddenPlace)", "services/\(UUID())",
        "services/x", "contacts", "a/b/c",
      ] {
        let answer = try await client.ask("/hsds/\(path)")
        #expect(answer.status == 404 && answer.headers[.contentType] == "application/json", "\(path)")
      }
      // What is taken back is gone at once, with where it is given.
      var resource = world.open
      resource.isPublic = false
      try await KeepResource(world.world.office)(resource, by: world.world.asker(.caseManager))
      #expect(try await client.names("/hsds/services") == ["가족 상담"])
      #expect(try await client.items("/hsds/service_at_locations").isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func `refuses by name what it does not understand, and other methods`(_ engine: Engine) async throws {
    let world = try await PublicWorld(engine)
    try await world.test { client in
      for (query, name) in [
        ("page=0", "page"), ("page=x", "page"), ("per_page=101", "per_page"), ("format=xml", "format"),
        ("minimal=yes", "minimal"), ("organization_id=1", "organization_id"),
        ("modified_after=soon", "modified_after"),
        ("page=1&page=2", "page"), ("colour=red", "colour"), ("search=%FF", "query"),
      ] {
        let answer = try await client.ask("/hsds/services?\(query)")
        #expect(
          answer.status == 400 && answer.body.contains("\"parameter\":\"\(name)\""),
          "\(query): \(answer.body)")
      }
      for (query, name) in [
        ("proximity=3", "proximity"), ("postcode=06236&proximity=near", "proximity"),
        ("postcode=06236&proximity=0", "proximity"), ("postcode=06236&proximity=501", "proximity"),
      ] {
        let answer = try await client.ask("/hsds/service_at_locations?\(query)")
        #expect(answer.status == 400 && answer.body.contains("\"parameter\":\"\(name)\""), "\(query)")
      }
      for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "TRACE"] {
        let answer = try await client.ask("/hsds/services", try #require(HTTPRequest.Method(method)))
        #expect(answer.status == 405 && answer.headers[.allow] == "GET, HEAD", "\(method)")
      }
      let head = try await client.ask("/hsds/services", .head)
      #expect(head.status == 200 && head.body.isEmpty)
      let answer = try await client.ask("/hsds/services")
      #expect(answer.headers[.accessControlAllowOrigin] == "*")
      #expect(answer.headers[.cacheControl] == "public, max-age=60")
      #expect(answer.headers[.setCookie] == nil)
      #expect(try await client.ask("/sign-in").headers[.accessControlAllowOrigin] == nil)
    }
  }

  @Test(arguments: Engine.available)
  func `finds places by postcode and near one, and none of what is not public`(
    _ engine: Engine
  ) async throws {
    let world = try await PublicWorld(engine)
    // Two of the open resource three kilometres apart, one farther off, one at a location that stays unsaid.
    let offers = try await world.offers()
    let near = try await world.place("06236", 37.500, 127.030, of: world.open.id, offers[0])
    let next = try await world.place("06 241", 37.527, 127.030, of: world.open.id, offers[1])
    let far = try await world.place("48058", 35.170, 129.130, of: nil, offers[1])
    let unsaid = try await world.place("06236", 37.500, 127.030, of: world.hidden.id, offers[0])
    try await world.test { client in
      let path = "/hsds/service_at_locations?"
      func ids(_ query: String) async throws -> Set<String> {
        Set(try await client.items(path + query).compactMap { $0["id"] as? String })
      }
      #expect(try await ids("postcode=06236") == [near])
      #expect(try await ids("postcode=06-241") == [next])
      #expect(try await ids("postcode=062") == [near, next])
      #expect(try await ids("postcode=06236&proximity=2.9") == [near])
      #expect(try await ids("postcode=06236&proximity=3.1") == [near, next])
      #expect(try await ids("postcode=48058&proximity=500") == [near, next, far])
      #expect(try await ids("postcode=06236&proximity=3.1&organization_id=\(world.other.id)").isEmpty)
      #expect(try await ids("postcode=06236&proximity=3.1&organization_id=\(world.open.id)").count == 2)
      // What no place has is found nowhere, and is no mistake.
      for query in ["postcode=99999", "postcode=99999&proximity=5", "postcode=--", "postcode=%25"] {
        let page = try await client.object(path + query)
        #expect(page["total_items"] as? Int == 0 && page["empty"] as? Bool == true, "\(query)")
      }
      let first = try await client.object(path + "postcode=06236&proximity=500&per_page=1")
      #expect(first["total_items"] as? Int == 3 && first["total_pages"] as? Int == 3)
      let lines = try await client.ask(path + "postcode=06236&proximity=500&format=ndjson").body
      #expect(lines.split(separator: "\n").count == 3)
      // Once the resource is public its location may be told, and is found at once.
      var resource = world.hidden
      resource.isPublic = true
      try await KeepResource(world.world.office)(resource, by: world.world.asker(.caseManager))
      #expect(try await ids("postcode=06236") == [near, unsaid])
      // A place that has moved is found where it is now.
      try await world.move(near, to: "30121", 36.480, 127.289, of: world.open.id)
      #expect(try await ids("postcode=06236") == [unsaid])
      #expect(try await ids("postcode=30121&proximity=1") == [near])
    }
  }

  @Test(arguments: Engine.available)
  func `finds terms of other directories by letters and by the term above`(_ engine: Engine) async throws {
    let world = try await PublicWorld(engine)
    var above = DirectoryEntry(.taxonomyTerm, id: UUID())
    (above["name"], above["code"], above["description"]) = ("먹을거리", "F", "밥과 반찬")
    var below = DirectoryEntry(.taxonomyTerm, id: UUID())
    (below["name"], below["code"], below["parent_id"]) = ("반찬 나눔", "F1", above.key)
    let (terms, aboveKey) = ([above, below], above.key)
    try await world.world.office.database.write { session in
      for term in terms { try session.directoryTerms.keep(term) }
      // Twice is once.
      try session.directoryTerms.keep(terms[1])
    }
    try await world.test { client in
      let path = "/hsds/taxonomy_terms?per_page=100&"
      let both = try await client.names(path + "search=%EB%B0%98%EC%B0%AC")
      #expect(both == ["먹을거리", "반찬 나눔"])
      #expect(
        try await client.names(path + "search=%EB%B0%98%EC%B0%AC%20%EB%82%98%EB%88%94") == ["반찬 나눔"])
      #expect(try await client.names(path + "parent_id=\(aboveKey)") == ["반찬 나눔"])
      #expect(try await client.names(path + "top_only=true&search=%EB%B0%98%EC%B0%AC") == ["먹을거리"])
      #expect(try await client.names(path + "search=%25").isEmpty)
    }
  }

  @Test func `is like any page that is not there while it is off`() async throws {
    try await PublicWorld(.sqlite).test(isPublic: false) { client in
      for path in ["/hsds", "/hsds/", "/hsds/services", "/hsds/openapi.json"] {
        let (answer, unknown) = (try await client.ask(path), try await client.ask("/nowhere"))
        #expect(answer.status == 404 && answer.headers[.contentType] == unknown.headers[.contentType])
        #expect(answer.headers[.accessControlAllowOrigin] == nil && answer.headers[.allow] == nil)
      }
    }
  }

  @Test func `finds its lists by indexes`() async throws {
    let world = try await World.make(on: .sqlite)
    var wishes = [PublicWish(), PublicWish(), PublicWish(), PublicWish(), PublicWish()]
    wishes[1].term = DirectoryTerm(.need, "N11").id.uuidString.lowercased()
    wishes[2].organization = UUID().uuidString.lowercased()
    wishes[3].changedAfter = Date()
    wishes[4].text = "돌봄"
    let statements = [PublicList.organizations, .services, .places].flatMap { list in
      wishes.flatMap { wish in
        [
          PublicDirectory.counting(list, wish),
          PublicDirectory.choosing(list, wish, after: nil, offset: 10, atMost: 50),
        ]
      }
    }
    let middle = try #require(GeoPoint(latitude: 37.5, longitude: 127))
    var term = PublicDirectory.TermWish()
    (term.text, term.parent) = ("돌봄", UUID().uuidString.lowercased())
    wishes[0].postcode = "062"
    let more = [
      PublicDirectory.counting(.places, wishes[0]), PublicDirectory.locating("06236"),
      PublicDirectory.approaching(PublicWish(), middle, 3), PublicDirectory.countingTerms(term),
    ]
    let found = try await world.database.read { session in try more.map { try session.explain($0) } }
    #expect(found[0].contains("public_place_by_postcode") && found[1].contains("public_place_by_postcode"))
    #expect(found[2].contains("public_place_by_latitude"))
    #expect(!found[3].contains("SCAN"), "\(found[3])")
    let ofPlaces = [1, 2, 4].map { PublicDirectory.counting(.places, wishes[$0]) }
    let asked = try await world.database.read { session in try ofPlaces.map { try session.explain($0) } }
    #expect(
      asked[0].contains("public_place_by_offer") && asked[2].contains("public_place_by_offer"), "\(asked)")
    #expect(asked[1].contains("public_place_by_resource"), "\(asked[1])")
    let plans = try await world.database.read { session in try statements.map { try session.explain($0) } }
    for plan in plans {
      for step in plan.split(separator: "\n") where step.contains("SCAN ") {
        #expect(step.contains("INDEX"), "\(plan)")
      }
    }
    try await world.database.close()
  }
}

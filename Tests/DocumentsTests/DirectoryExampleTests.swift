import CaseWork
import Documents
import Foundation
import Testing

@Suite(.enabled(if: StandardFiles.areHere, "the files of HSDS are not beside the repository"))
struct `The standard's own examples` {
  private func read(_ name: String) throws -> DirectoryReading {
    try DirectoryFile.read(try StandardFiles.bytes("examples/\(name)"), name: name)
  }

  @Test func `a whole service comes apart into lists`() throws {
    let reading = try read("service_full.json")
    let directory = reading.directory
    #expect(reading.form == .json)
    #expect(reading.whole == directory)
    #expect(reading.unmapped == [])
    let service = try #require(directory.services.first)
    #expect(directory.services.count == 1)
    #expect(service["name"] == "Community Counselling")
    #expect(service["organization_id"] == directory.organizations[0].id.uuidString.lowercased())
    #expect(service["program_id"] == directory.programs[0].id.uuidString.lowercased())
    #expect(directory.serviceAtLocations.count == 1)
    #expect(directory.serviceAtLocations[0]["service_id"] == service.id.uuidString.lowercased())
    #expect(
      directory.serviceAtLocations[0]["location_id"] == directory.locations[0].id.uuidString.lowercased())
    #expect(service[part: "phones"].first?[part: "languages"].first?["code"] == "ur")
    #expect(service[part: "capacities"].first?[part: "unit"].first?["name"] == "Kilogram")
    #expect(service[part: "service_at_locations"] == [] && service[part: "organization"] == [])
    #expect(directory.taxonomyTerms.count == 1 && directory.taxonomies.count == 1)
    #expect(directory.taxonomyTerms[0]["taxonomy_id"] == directory.taxonomies[0].id.uuidString.lowercased())
  }

  @Test func `a whole organization brings its services, places and programmes`() throws {
    let reading = try read("organization_full.json")
    #expect(reading.whole != nil)
    #expect(reading.directory.organizations.count == 1)
    #expect(reading.directory.services.count == 1)
    #expect(reading.directory.programs.count == 1)
    let id = reading.directory.organizations[0].id.uuidString.lowercased()
    #expect(reading.directory.services[0]["organization_id"] == id)
    #expect(reading.directory.locations.contains { $0["organization_id"] == id })
  }

  @Test(arguments: [
    ("service_list.json", [DirectoryEntry.Kind.service, .organization, .program]),
    ("organization_list.json", [.organization]), ("taxonomy_list.json", [.taxonomy]),
    ("taxonomy_term_list.json", [.taxonomyTerm]), ("taxonomy.json", [.taxonomy]),
    ("taxonomy_term.json", [.taxonomyTerm, .taxonomy]), ("location.json", [.location]),
    ("service_at_location_list.json", [.serviceAtLocation, .service, .location, .organization]),
    ("service_at_location_full.json", [.serviceAtLocation, .service, .location]),
  ])
  func `a page or an object is known by its fields`(_ name: String, _ kinds: [DirectoryEntry.Kind]) throws {
    let reading = try read(name)
    #expect(reading.whole != nil)
    #expect(reading.unmapped == [])
    for kind in kinds { #expect(reading.directory[kind].count == 1, "\(kind)") }
  }

  @Test func `the example's tables are one service with all that belongs to it`() throws {
    let reading = try DirectoryFile.read(try StandardFiles.tables("examples/csv"))
    #expect(reading.form == .tables)
    let directory = reading.directory
    for kind in Directory.kinds { #expect(directory[kind].count == 1, "\(kind)") }
    let service = directory.services[0]
    #expect(service[part: "phones"].count == 1)
    #expect(service[part: "schedules"].first?["byday"] == "TH,FR")
    #expect(service[part: "cost_options"].first?[number: "amount"] == 35)
    #expect(service[part: "phones"].first?[part: "languages"].count == 1)
    #expect(directory.locations[0][part: "addresses"].first?["postal_code"] == "ABC 1234")
    #expect(directory.organizations[0][part: "phones"] == service[part: "phones"])
    // What the example itself leaves open: a change of something that is not there, a unit of another id, a web address
    // and a word that belong to nobody.
    let refused = reading.problems.filter(\.code.refuses)
    #expect(
      Set(refused.map { "\($0.place.table) \($0.code.rawValue)" }) == [
        "metadata no-owner", "service_capacity missing", "url no-owner", "attributes no-owner",
      ])
    #expect(reading.whole == nil)
    #expect(reading.unmapped.allSatisfy { ["meta_table_descriptions", "units"].contains($0.table) })
  }
}

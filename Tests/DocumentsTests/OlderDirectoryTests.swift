import CaseWork
import Documents
import Foundation
import Testing

struct `Tables of the older form` {
  private func read(_ tables: [String: String]) throws -> DirectoryReading {
    try DirectoryFile.read(
      tables.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) },
      options: DirectoryOptions(country: "US"))
  }

  @Test func `every table of 2-x has its place today`() throws {
    let reading = try read([
      "organizations.csv": "id,name,url\n1,Help,www.help.org\n",
      "programs.csv": "id,organization_id,name\np1,1,Youth\n",
      "services.csv": "id,organization_id,program_id,name,fees,location_id\n7,1,p1,Advice,free,5\n",
      "locations.csv": "id,organization_id,name\n5,1,House\n",
      "services_at_location.csv": "id,service_id,location_id,description\ns,7,5,upstairs\n",
      "phones.csv": "id,service_id,number,language,extension\nf,7,123,Korean,x\n",
      "contacts.csv": "id,service_id,name\nc,7,Kim\n",
      "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\n1,7,Mon,9:00,17:30\n",
      "holiday_schedules.csv":
        "id,location_id,closed,start_date,end_date\n1,5,true,2026-12-25,2026-12-26\n",
      "physical_addresses.csv":
        "id,location_id,address_1,address_2,address_3,city,state_province,postal_code,country\n1,5,1 Road,Suite 2,Back,Town,IL,60601,\n",
      "eligibility.csv": "id,service_id,eligibility\n1,7,under 18\n2,7,in school\n",
      "languages.csv": "id,service_id,language\n1,7,Polish\n",
      "accessibility_for_disabilities.csv": "id,location_id,accessibility,details\n1,5,ramp,at the back\n",
      "taxonomy.csv": "id,name,parent_id,parent_name,vocabulary\nt1,Law,,,own\nt2,Youth law,t1,Law,own\n",
      "service_taxonomy.csv": "id,service_id,taxonomy_id,taxonomy_detail\n1,7,t2,only civil\n",
      "service_areas.csv": "id,service_id,service_area,description\n1,7,Cook County,all of it\n",
      "required_documents.csv": "id,service_id,document\n1,7,passport\n",
      "payments_accepted.csv": "id,service_id,payment\n1,7,cash\n",
    ])
    #expect(reading.form == .olderTables)
    #expect(reading.refused == 0)
    let directory = reading.directory
    #expect(directory.organizations.first?["website"] == "https://www.help.org")
    #expect(directory.organizations.first?[part: "organization_identifiers"].first?["identifier"] == "1")
    let service = try #require(directory.services.first)
    #expect(service["fees_description"] == "free" && service["fees"] == nil)
    #expect(service["eligibility_description"] == "under 18\nin school")
    #expect(service[part: "schedules"].first?["byday"] == "MO")
    #expect(service[part: "schedules"].first?["opens_at"] == "09:00")
    #expect(service[part: "languages"].first?["name"] == "Polish")
    #expect(service[part: "phones"].first?[part: "languages"].first?["name"] == "Korean")
    #expect(service[part: "service_areas"].first?["name"] == "Cook County")
    #expect(service[part: "contacts"].count == 1 && service[part: "required_documents"].count == 1)
    #expect(
      service[part: "attributes"].first?["taxonomy_term_id"]
        == directory.taxonomyTerms.first { $0["name"] == "Youth law" }?.id.uuidString.lowercased())
    #expect(
      directory.taxonomyTerms.first { $0["name"] == "Youth law" }?["parent_id"]
        == directory.taxonomyTerms.first { $0["name"] == "Law" }?.id.uuidString.lowercased())
    // One said by the table that joins, one by the column of the service.
    #expect(directory.serviceAtLocations.count == 2)
    let location = try #require(directory.locations.first)
    #expect(location["external_identifier"] == "5")
    #expect(location[part: "accessibility"].first?["description"] == "ramp")
    #expect(location[part: "schedules"].first?["valid_to"] == "2026-12-26")
    #expect(location[part: "schedules"].first?["notes"] == "closed")
    #expect(location[part: "addresses"].first?["address_2"] == "Suite 2, Back")
    #expect(location[part: "addresses"].first?["country"] == "US")
    let unmapped = Set(reading.unmapped.map { "\($0.table).\($0.field)" })
    #expect(
      unmapped.isSuperset(of: [
        "payments_accepted.payment", "phones.extension", "taxonomy.parent_name", "services.id",
      ]))
    #expect(
      reading.problems.contains { $0.code == .notTaken && $0.field == "extension" && $0.place.row == 2 })
    #expect(reading.problems.contains { $0.code == .defaulted && $0.field == "country" })
  }

  @Test func `an address of an organization alone gets a place`() throws {
    let reading = try read([
      "organizations.csv": "id,name\n1,Help\n",
      "postal_addresses.csv":
        "organization_id,address_1,city,state_province,postal_code\n1,1 Road,Town,IL,60601\n",
    ])
    let location = try #require(reading.directory.locations.first)
    #expect(location["location_type"] == "postal")
    #expect(location["organization_id"] == reading.directory.organizations.first?.id.uuidString.lowercased())
    #expect(location[part: "addresses"].first?["address_type"] == "postal")
    #expect(reading.whole != nil)
  }

  @Test func `rows that cannot be are refused with their number and the rest is taken`() throws {
    let reading = try read([
      "organizations.csv": "id,name\n1,Help\n1,Again\n,\n2,\n",
      "services.csv": "id,organization_id,name,status\n7,1,Advice,CLOSED\n8,9,Other,Inactive\n",
      "phones.csv": "service_id,number\n7,1\n99,2\n7,\n7,1\n",
      "url.csv": "id,service_id,url\na,7,not a url\n",
    ])
    let refused = reading.problems.filter(\.code.refuses)
      .map { "\($0.place.table) \($0.place.row ?? 0) \($0.code.rawValue) \($0.field ?? "")" }
    #expect(
      Set(refused) == [
        "organizations 3 duplicate id", "organizations 5 missing name", "phones 3 no-owner ",
        "phones 4 missing number", "url 2 missing url",
      ])
    #expect(reading.whole == nil)
    #expect(reading.directory.services.map { $0["status"] } == ["active", "inactive"])
    #expect(reading.problems.contains { $0.code == .notTaken && $0.field == "status" })
    #expect(reading.problems.contains { $0.code == .dangling && $0.field == "organization_id" })
    // Two alike without ids are two.
    #expect(reading.directory.services[0][part: "phones"].count == 2)
    #expect(Set(reading.directory.services[0][part: "phones"].map(\.id)).count == 2)
  }

  @Test func `a part of what is refused is refused as well`() throws {
    let reading = try read([
      "services.csv": "id,name\n7,Advice\n", "contacts.csv": "id,service_id,name\nc,8,Kim\n",
      "phones.csv": "id,contact_id,number\nf,c,1\n", "languages.csv": "id,phone_id,name\nl,f,Korean\n",
    ])
    #expect(reading.counts["phones"]?.taken == 0 && reading.counts["languages"]?.taken == 0)
    #expect(reading.refused == 3)
  }
}

import CaseWork
import Documents
import Foundation
import Testing

/// The directory of Illinois Legal Aid Online in HSDS 2.x.
@Suite(.enabled(if: StandardFiles.areHere, "the files of HSDS are not beside the repository"))
struct `A real directory of the older form` {
  private func read(source: String = "ilao") throws -> DirectoryReading {
    try DirectoryFile.read(
      try StandardFiles.tables("real-hsds2-ilao"), options: DirectoryOptions(source: source, country: "US"))
  }

  @Test func `every row is counted, and those that say nothing are refused by their numbers`() throws {
    let reading = try read()
    #expect(reading.form == .olderTables)
    #expect(
      reading.counts.mapValues { [$0.read, $0.taken] } == [
        "organizations": [33, 33], "services": [430, 429], "locations": [520, 520], "phones": [982, 963],
        "postal_addresses": [33, 33], "regular_schedules": [2492, 2492],
      ])
    let refused = reading.problems.filter(\.code.refuses)
    #expect(refused.count == 20)
    // 19 telephones without a number and a service without a name.
    #expect(
      refused.filter { $0.place.table == "phones" && $0.field == "number" && $0.code == .missing }.count == 19
    )
    #expect(
      refused.filter { $0.place.table == "services" && $0.field == "name" && $0.code == .missing }.count == 1)
    #expect(refused.allSatisfy { $0.place.row != nil })
    #expect(reading.whole == nil)
    #expect(reading.unlisted == 0)
  }

  @Test func `everything stands where it belongs`() throws {
    let directory = try read().directory
    #expect(directory.organizations.count == 33)
    #expect(directory.services.count == 429)
    // 520, and one for the postal address of each organization.
    #expect(directory.locations.count == 553)
    #expect(directory.locations.filter { $0["location_type"] == "postal" }.count == 33)
    let owners = directory.organizations + directory.services + directory.locations
    #expect(owners.map { $0[part: "phones"].count }.reduce(0, +) == 963)
    #expect(owners.map { $0[part: "schedules"].count }.reduce(0, +) == 2492)
    #expect(owners.map { $0[part: "addresses"].count }.reduce(0, +) == 33)
    #expect(directory.services.allSatisfy { $0["status"] == "active" && $0["fees_description"] != nil })
    #expect(directory.organizations.allSatisfy { $0["website"] != nil && $0["email"] != nil })
    #expect(directory.locations.allSatisfy { $0[part: "addresses"].allSatisfy { $0["country"] == "US" } })
  }

  @Test func `item by item it says what the tables say to another reader`() throws {
    let script = """
      import csv, json, sys, collections
      folder = sys.argv[2] + '/real-hsds2-ilao/'
      def rows(name):
          return list(csv.DictReader(open(folder + name + '.csv', encoding='utf-8-sig', newline='')))
      lines = []
      for row in rows('organizations'):
          lines.append('|'.join(['organization', row['id'], row['name'], row['email'], row['url'].strip()]))
      names = {}
      for row in rows('services'):
          if row['name']:
              names[row['id']] = row['name']
              lines.append('|'.join(['service', row['name'], row['description'], row['application_process'], row['fees'], row['url'].strip()]))
      for row in rows('locations'):
          lines.append('|'.join(['location', row['id'], row['name']]))
      for row in rows('phones'):
          if row['number']:
              owner = row['organization_id'] or row['location_id'] or names[row['service_id']]
              lines.append('|'.join(['phone', owner, row['number']]))
      for row in rows('regular_schedules'):
          hours = [('0' + h if len(h) == 4 else h) for h in (row['opens_at'], row['closes_at'])]
          lines.append('|'.join(['schedule', row['location_id'], row['weekday'][:2].upper()] + hours))
      print(json.dumps(sorted(lines)))
      """
    let verdict = try StandardFiles.verdict(of: script, on: [])
    let expected = try JSONDecoder().decode([String].self, from: Data(verdict.utf8))
    let directory = try read().directory
    var lines: [String] = []
    func phones(_ entry: DirectoryEntry, _ owner: String) {
      for phone in entry[part: "phones"] { lines.append("phone|\(owner)|\(phone["number"] ?? "")") }
    }
    for entry in directory.organizations {
      let given = entry[part: "organization_identifiers"].first?["identifier"] ?? ""
      lines.append(
        "organization|\(given)|\(entry["name"] ?? "")|\(entry["email"] ?? "")|\(entry["website"] ?? "")")
      phones(entry, given)
    }
    for entry in directory.services {
      let says = ["name", "description", "application_process", "fees_description", "url"].map {
        entry[$0] ?? ""
      }
      lines.append("service|" + says.joined(separator: "|"))
      phones(entry, says[0])
    }
    for entry in directory.locations where entry["location_type"] != "postal" {
      let given = entry["external_identifier"] ?? ""
      lines.append("location|\(given)|\(entry["name"] ?? "")")
      phones(entry, given)
      for schedule in entry[part: "schedules"] {
        #expect(schedule["freq"] == "WEEKLY")
        lines.append(
          "schedule|\(given)|"
            + ["byday", "opens_at", "closes_at"].map { schedule[$0] ?? "" }.joined(separator: "|"))
      }
    }
    #expect(lines.count == 33 + 429 + 520 + 963 + 2492)
    #expect(lines.count == expected.count)
    #expect(Set(lines).symmetricDifference(expected).sorted().prefix(5) == [])
    #expect(Dictionary(grouping: lines) { $0 } == Dictionary(grouping: expected) { $0 })
  }

  @Test func `read again it is the same, and another source's is not`() throws {
    let first = try read()
    #expect(try read() == first)
    let other = try read(source: "other").directory
    #expect(Set(other.services.map(\.id)).isDisjoint(with: first.directory.services.map(\.id)))
  }

  @Test func `written and read again it is the same`() throws {
    let directory = try read().directory
    let json = try DirectoryFile.read(DirectoryFile.json(of: directory), name: "a.json")
    #expect(json.refused == 0)
    #expect(Contents(json.directory) == Contents(directory))
    let tables = try DirectoryFile.read(try DirectoryFile.package(of: directory), name: "a.zip")
    #expect(tables.refused == 0 && tables.form == .tables)
    #expect(Contents(tables.directory) == Contents(directory))
  }
}

/// A directory whatever the order of its lists.
struct Contents: Equatable {
  let entries: [DirectoryEntry.Kind: [UUID: DirectoryEntry]]

  init(_ directory: Directory) {
    entries = Dictionary(
      uniqueKeysWithValues: Directory.kinds.map { kind in
        (kind, Dictionary(directory[kind].map { ($0.id, $0) }) { first, _ in first })
      })
  }
}

import CaseWork
import Documents
import Foundation
import Testing

/// What we write, against the schemas of Open Referral by somebody else's checker.
@Suite(
  .enabled(
    if: StandardFiles.haveChecker, "the schemas of HSDS or Python with jsonschema are not here; run bin/test")
)
struct `A written directory and the standard's schemas` {
  private static let checker = """
    import glob, json, os, sys
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012
    schemas = {os.path.basename(p): json.load(open(p)) for p in glob.glob(sys.argv[2] + '/schema/*.json')}
    registry = Registry().with_resources(
        [(n, Resource.from_contents(s, default_specification=DRAFT202012)) for n, s in schemas.items()])
    def errors(schema, instance):
        validator = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
        return [f'{list(e.absolute_path)}: {e.message[:120]}' for e in validator.iter_errors(instance)]

    """

  private static let documents =
    checker + """
      names = {'organizations': 'organization', 'services': 'service', 'locations': 'location',
               'programs': 'program', 'taxonomies': 'taxonomy', 'taxonomy_terms': 'taxonomy_term',
               'service_at_locations': 'service_at_location'}
      count = 0
      for line in open(sys.argv[1], encoding='utf-8'):
          for name, objects in json.loads(json.loads(line)).items():
              for item in objects:
                  count += 1
                  found = errors({'$ref': names[name] + '.json'}, item)
                  if found:
                      sys.exit(print(name, found[:3]) or 1)
      print('valid', count)
      """

  private static let packages =
    checker + """
      import csv, io, zipfile
      archive = zipfile.ZipFile(sys.argv[1])
      assert archive.testzip() is None
      package = json.loads(archive.read('datapackage.json'))
      official = {r['path'] for r in json.load(open(sys.argv[2] + '/datapackage.json'))['resources']}
      mine = {r['path'] for r in package['resources']}
      assert official - mine <= {'meta_table_descriptions.csv'}, official - mine
      compiled = json.load(open(sys.argv[2] + '/schema/compiled/tabular.json'))
      rows, ids = {}, {}
      for resource in package['resources']:
          text = archive.read(resource['path']).decode('utf-8')
          table = list(csv.reader(io.StringIO(text, newline=''), strict=True))
          header = table[0]
          assert header == [f['name'] for f in resource['schema']['fields']], resource['path']
          example = sys.argv[2] + '/examples/csv/' + resource['path']
          if os.path.exists(example):
              wanted = next(csv.reader(open(example, encoding='utf-8', newline='')))
              assert set(wanted) <= set(header), (resource['path'], set(wanted) - set(header))
          schema = schemas[resource['name'] + '.json']
          plain = {n: p for n, p in schema['properties'].items() if p.get('type') != 'array' and '$ref' not in p}
          assert set(plain) <= set(header), (resource['path'], set(plain) - set(header))
          needed = [n for n in schema.get('required', []) if n in plain]
          needed += [n for n in schema.get('tabular_required', []) if n not in needed]
          rows[resource['name']] = []
          for cells in table[1:]:
              assert len(cells) == len(header)
              row = {}
              for name, cell in zip(header, cells):
                  if cell != '' or (name in needed and plain[name].get('format') is None):
                      row[name] = float(cell) if plain[name].get('type') == 'number' else cell
              rows[resource['name']].append(row)
              found = errors({'type': 'object', 'properties': plain, 'required': needed}, row)
              if found:
                  sys.exit(print(resource['path'], found[:3]) or 1)
          ids[resource['name']] = {row['id'] for row in rows[resource['name']]}
          assert len(ids[resource['name']]) == len(table) - 1, 'id twice in ' + resource['path']
      found = errors(compiled, {n: r for n, r in rows.items() if n in compiled['properties']})
      if found:
          sys.exit(print('compiled', found[:3]) or 1)
      for resource in package['resources']:
          for key in resource['schema'].get('foreignKeys', []):
              if key['fields'] == 'parent_organization_id':
                  continue
              for row in rows[resource['name']]:
                  value = row.get(key['fields'])
                  assert value is None or value in ids[key['reference']['resource']], (resource['name'], key)
      print('valid', sum(len(r) for r in rows.values()))
      """

  /// Each JSON as one line, a text within JSON.
  private func lines(_ documents: [[UInt8]]) throws -> [UInt8] {
    try documents.flatMap { bytes in
      try JSONEncoder().encode(String(decoding: bytes, as: UTF8.self)) + [0x0A]
    }
  }

  @Test func `two hundred directories as JSON are valid, object by object`() throws {
    let documents = (1000..<1200).map { DirectoryFile.json(of: GeneratedDirectory(seed: $0).directory) }
    let verdict = try StandardFiles.verdict(of: Self.documents, on: try lines(documents))
    #expect(verdict.hasPrefix("valid"), "\(verdict)")
    #expect(
      (Int(verdict.split(separator: " ").last?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "") ?? 0)
        > 1000)
  }

  @Test func `directories as tables are valid, row by row and as a package`() throws {
    for seed in UInt64(2000)..<2012 {
      let directory = GeneratedDirectory(seed: seed, isStrict: true).directory
      let verdict = try StandardFiles.verdict(
        of: Self.packages, on: try DirectoryFile.package(of: directory))
      #expect(verdict.hasPrefix("valid"), "seed \(seed): \(verdict)")
    }
  }

  @Test func `the real directory of the older form is valid in the form of today`() throws {
    let directory = try DirectoryFile.read(
      try StandardFiles.tables("real-hsds2-ilao"), options: DirectoryOptions(source: "ilao", country: "US")
    ).directory
    let verdict = try StandardFiles.verdict(
      of: Self.documents, on: try lines([DirectoryFile.json(of: directory)]))
    // Organizations, services, and the places of organizations that are not in it.
    #expect(verdict == "valid \(33 + 429 + 448)\n")
  }

  @Test func `the example's tables are valid after a journey through ours`() throws {
    let directory = try DirectoryFile.read(try StandardFiles.tables("examples/csv")).directory
    let verdict = try StandardFiles.verdict(
      of: Self.documents, on: try lines([DirectoryFile.json(of: directory)]))
    #expect(verdict.hasPrefix("valid"), "\(verdict)")
  }

  @Test func `the checker does find what is wrong`() throws {
    let wrong = Array(#"{"services":[{"id":"1","name":"a","status":"open"}]}"#.utf8)
    let verdict = try StandardFiles.verdict(of: Self.documents, on: try lines([wrong]))
    #expect(verdict.hasPrefix("failed") && verdict.contains("services"))
  }
}

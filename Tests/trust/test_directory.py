"""The public directory as other programs read it: the standard's own schemas, and a tester nobody here wrote."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

from skip import Skip

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "hsds" / "schema"
LISTS = {"services": "service", "organizations": "organization", "service_at_locations": "service_at_location",
         "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term"}


def read(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)


def listed(server, name, query=""):
    page, all_of_them = 1, []
    while True:
        told = read(f"{server.origin}/hsds/{name}?per_page=100&page={page}{query}")
        all_of_them += told["contents"]
        if told["last_page"]:
            assert told["total_items"] == len(all_of_them)
            return all_of_them
        page += 1


def test_every_object_is_what_the_standard_says(server):
    if not SCHEMAS.is_dir():
        raise Skip("the schemas of HSDS are not here")
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012
    registry = Registry().with_resources(
        [(file.name, Resource.from_contents(json.loads(file.read_text()), default_specification=DRAFT202012))
         for file in SCHEMAS.glob("*.json")])
    problems, checked = [], 0
    for name, kind in LISTS.items():
        judge = Draft202012Validator({"$ref": f"{kind}.json"}, registry=registry, format_checker=FormatChecker())
        items = listed(server, name)
        whole = [read(f"{server.origin}/hsds/{name}/{item['id']}") for item in items]
        full = listed(server, name, "&full=true") if kind.startswith(("service", "org")) else []
        for item in items + whole + full:
            checked += 1
            problems += [f"{name} {item.get('id')}: {error.message[:200]}" for error in judge.iter_errors(item)]
    print(f"{checked} objects of the directory were checked")
    assert not problems, "\n".join(problems[:10])
    assert listed(server, "services"), "the demo has public services"


def test_a_stranger_finds_no_fault_in_it(server, place, out):
    tester = Path(sys.executable).with_name("schemathesis")
    if not tester.exists():
        raise Skip("schemathesis is not here")
    told = read(f"{server.origin}/hsds/openapi.json")
    # An id nobody has leads to 404 and nowhere else, so each path is asked for what is there.
    for name in LISTS:
        ids = [item["id"] for item in read(f"{server.origin}/hsds/{name}?per_page=20")["contents"]]
        if ids:
            told["paths"][f"/hsds/{name}/{{id}}"]["get"]["parameters"][0]["schema"]["enum"] = ids
    description = place / "openapi.json"
    description.write_text(json.dumps(told))
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    result = subprocess.run(
        [tester, "run", description, "--url", server.origin, "--phases", "examples,coverage,fuzzing", "-c", checks,
         "--max-examples", "50"],
        cwd=place, capture_output=True, text=True, timeout=400)
    (out / "schemathesis.out").write_text(result.stdout + result.stderr)
    assert result.returncode == 0, result.stdout[-3000:]
    print("\n".join(line for line in result.stdout.splitlines() if "generated" in line or "Test cases" in line))

"""Every address of the program, read from its own table, so that a new one is under test the day it is written."""

import re
from pathlib import Path

SITE = Path(__file__).resolve().parents[2] / "Sources" / "Site"
NOBODY = "00000000-0000-4000-8000-000000000000"


def patterns():
    """Name to pattern, as `Route.Pattern` has them."""
    table = (SITE / "Route.swift").read_text(encoding="utf-8")
    return dict(re.findall(r'^    case (\w+) = "(/[^"]*)"$', table, re.M))


def routes(method):
    """The patterns that pages register for a method."""
    known, names = patterns(), set()
    for file in SITE.rglob("*.swift"):
        names |= set(re.findall(rf"router\.{method}\(\s*\.(\w+)", file.read_text(encoding="utf-8")))
    assert names <= set(known), names - set(known)
    return sorted(known[name] for name in names)


def filled(pattern, **values):
    """The address of a record that is not there."""
    values = {"year": "2026", "kind": "contact", "step": "intake", "act": "owner", "code": "C01"} | values
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], NOBODY), pattern)

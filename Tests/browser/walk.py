"""Walks through a demo as each of its people over plain HTTP: every link, and every form that only looks."""

import re
import time
from collections import Counter, deque
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urldefrag, urljoin, urlsplit

import lxml.html
import requests

SITE = Path(__file__).resolve().parents[2] / "Sources/Site"
UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
# What people type where a page looks something up.
# Of a child without a case, of many, of nobody, of a child with a case and a household.
SEARCHES = ("김다온", "ㄱㄷㅇ", "없는이름", "박하린")


def patterns():
    """Every address of the site by its name, as the program's own list has it."""
    text = (SITE / "Route.swift").read_text(encoding="utf-8")
    return dict(re.findall(r'^ {4}case (\w+) = "(/[^"]*)"', text, re.M))


def pages():
    """The patterns that can be looked at."""
    names = patterns()
    read = re.compile(r"\.get\(\s*\.(\w+)")
    found = {name for file in SITE.rglob("*.swift") for name in read.findall(file.read_text(encoding="utf-8"))}
    return {names[name] for name in found if name in names}


def pattern_of(path):
    parts = path.split("/")
    fits = [p for p in patterns().values() if len(p.split("/")) == len(parts)
            and all(a == b or a.startswith("{") for a, b in zip(p.split("/"), parts))]
    # The more is said word by word, the better it fits: `/students/new` is no student.
    return min(fits, key=lambda p: p.count("{"), default=path)


class Person:
    """Somebody signed in over HTTP."""

    def __init__(self, server, role, language="ko"):
        self.server, self.role, self.language = server, role, language
        self.session = requests.Session()
        self.session.cookies.set("language", language)
        door = self.see("/sign-in")
        fields = dict(door.tree.forms[-1].form_values()) | {"name": server.roles[role], "password": server.password}
        self.session.post(server.origin + "/sign-in", data=fields, timeout=30)
        assert not self.see("/").path.startswith("/sign-in"), role

    def see(self, address):
        return Seen(self.session.get(self.server.origin + address, timeout=60), self)


class Seen:
    """A page as it came over the wire."""

    def __init__(self, answer, person):
        self.person, self.status, self.bytes = person, answer.status_code, answer.content
        parts = urlsplit(answer.url)
        self.path, self.query = parts.path, parts.query
        self.address = parts.path + ("?" + parts.query if parts.query else "")
        self.pattern = pattern_of(parts.path)
        # What one pattern serves may be many pages: each form and each step is one of its own.
        said = re.search(r"/(write|steps)/([a-z-]+)", self.path)
        self.place = f"{self.pattern} {said[2]}" if said else self.pattern
        self.is_page = answer.headers.get("content-type", "").startswith("text/html")
        self.tree = lxml.html.document_fromstring(self.bytes.decode("utf-8")) if self.is_page else None
        self.ids = Counter(self.tree.xpath("//@id")) if self.is_page else Counter()

    def links(self):
        """Address and fragment of each link of ours."""
        for href in self.tree.xpath("//a/@href") if self.is_page else ():
            whole, fragment = urldefrag(urljoin(self.person.server.origin + self.address, href))
            if whole.startswith(self.person.server.origin + "/"):
                yield whole.removeprefix(self.person.server.origin), fragment

    def looks(self):
        """What the forms that only look can ask for: as they stand, and each choice in turn."""
        for form in self.tree.forms if self.is_page else ():
            if (form.method or "GET") != "GET":
                continue
            start = dict(form.form_values())
            asked = [start]
            for field in form.xpath(".//select"):
                asked += [start | {field.name: value} for value in field.xpath("option/@value")]
            for field in form.xpath(".//input[@type='radio' or @type='checkbox']"):
                asked.append(start | {field.name: field.get("value")})
            for field in form.xpath(".//input[@type='search'][@name]"):
                asked += [start | {field.name: words} for words in SEARCHES]
            action = urlsplit(urljoin(self.person.server.origin + self.address, form.action or "")).path
            yield from (action + "?" + urlencode(fields) for fields in asked)

    def parts(self):
        """What the page is made of: its elements by class."""
        return {f"{e.tag}.{name}" for e in self.tree.xpath("//main//*[@class]") for name in e.get("class").split()}


def kinds(address):
    """What an address shows, each apart: its place, and each choice in it that is no id. Alike is seen a few times only."""
    parts = urlsplit(address)
    place = re.sub(r"/\d{4}(?=/|$)", "/{year}", UUID.sub("{id}", parts.path))
    asked = parse_qsl(parts.query, keep_blank_values=True)
    # Of ids, days and words one is like the other; choices are not.
    return [(place,)] + [(place, name, value if re.fullmatch(r"[A-Za-z][A-Za-z-]{0,23}|[A-Z]+-?\d+|", value) else "…")
                         for name, value in asked]


class Walk:
    """One person's way through the site: `most` pages of a kind, but all of those that few of a kind lead on from."""

    def __init__(self, server, role, most, language="ko", whole=()):
        self.person = Person(server, role, language)
        self.pages, self.dead, self.seconds = [], [], 0.0
        start = time.monotonic()
        self.go(most, {(place,) for place in whole})
        self.seconds = time.monotonic() - start

    def go(self, most, whole):
        ways, known, taken, wanted = deque([("/", "")]), {"/"}, Counter(), []
        ids = {}
        while ways:
            address, source = ways.popleft()
            page = self.person.see(address)
            if page.status != 200:
                self.dead.append(f"{source} → {address}: {page.status}")
                continue
            ids[address] = page.ids
            self.pages.append(page)
            found = [(to, fragment) for to, fragment in page.links()]
            wanted += [(address, to, fragment) for to, fragment in found if fragment]
            for to in dict.fromkeys([to for to, _ in found] + list(page.looks())):
                if to not in known and any(taken[kind] < most or kind in whole for kind in kinds(to)):
                    known.add(to)
                    taken.update(kinds(to))
                    ways.append((to, address))
        self.dead += [f"{source} → {to}#{fragment}: no such place" for source, to, fragment in dict.fromkeys(wanted)
                      if to in ids and fragment not in ids[to]]

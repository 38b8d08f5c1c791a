"""Every page of every role: over the wire, and as people with different eyes and windows see it."""

import functools
import re
from collections import Counter

from sound import PACK, Korean, faults, markup_errors
from walk import SITE, Walk, pages

# It looks whether pages move, and beside other work they once did by a hair.
PART = "alone"

# A walk that sees four of each kind may pass by the few students with a household written down, and records of one kind.
RARE = {"/students/{id}/people/{person}", "/students/{id}/people/{person}/end",
        "/cases/{id}/records/{record}/copy", "/cases/{id}/records/{record}/correct"}
# Where the few are found: by looking at all students and all records.
WAYS_TO_RARE = ("/students/{id}", "/students/{id}/household", "/cases/{id}/records/{id}")
# The width of the window and whether it is dark.
SIGHTS = [(1280, False), (320, True), (1280, True), (320, False)]
# What no link leads to: the door, where people stand before they are let in, a sheet, the probes; and a list of wrong
# rows, which only a class list with wrong rows has; a directory that is brought in, which only its file leads to.
UNLINKED = {"/", "/sign-in", "/sign-in/code", "/assets/{digest}/{name}", "/healthz", "/readyz",
            "/rosters/{school}/{id}/problems.csv", "/directory/imports/{id}"}
# A walk that sees four of each kind may pass by the cases with linkages, and agencies come by an address that no page
# links; test_linkage and test_agency_referral go there.
LINKAGES = {"/cases/{id}/linkages/{linkage}", "/cases/{id}/linkages/{linkage}/edit", "/l/{token}",
            "/cases/{id}/linkages/{linkage}/files/{file}", "/cases/{id}/linkages/{linkage}/send",
            "/agency-referrals/{id}"}
# Wider than the window, and words that do not fit what holds them. The width is told, because a telephone's window calls
# itself as wide as what is in it. What somebody typed into a line may be longer than the line; its arrow keys move along it.
ROOM = """
  const room = arguments[0], wide = document.documentElement.scrollWidth - room;
  const cut = [...document.querySelectorAll("main *, header *")].filter(e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (e.matches("input:not([type]), input[type=text], input[type=search]") && e.value) return false;
    if (e.closest("svg, .sr, textarea, .scroller, .tabs") || box.width < 2 || style.overflow === "visible") return false;
    return e.scrollWidth > e.clientWidth + 1;
  }).map(e => e.outerHTML.slice(0, 90));
  return (wide > 0 ? [wide + " px too wide: " + widest()] : []).concat(cut);
  function widest() {
    return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > room + 1)
      .map(e => e.outerHTML.slice(0, 90)).slice(-1)[0];
  }"""
SHIFTS = """
  const done = arguments[0];
  let sum = 0, what = [];
  new PerformanceObserver(list => {
    for (const shift of list.getEntries()) {
      sum += shift.value;
      what.push(...shift.sources.map(s => s.node?.outerHTML?.slice(0, 60)));
    }
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done([sum, what]), 60);"""


@functools.cache
def walks(server, long, language="ko"):
    most = 60 if long else 4 if language == "ko" else 1
    return [Walk(server, role, most, language, WAYS_TO_RARE if long else ()) for role in server.roles]


def chosen(server, long):
    """Of what the walks saw: each place once for each role, and each page that shows what none of its place did."""
    seen = set()
    for walk in walks(server, long):
        mine = set()
        if long:
            seen = set()
        for page in walk.pages:
            if not page.is_page:
                continue
            parts = {(page.place, part) for part in page.parts()}
            if page.place not in mine or parts - seen:
                mine.add(page.place)
                seen |= parts
                yield walk.person, page


def told(found):
    return f"{len(found)} found\n" + "\n".join(list(dict.fromkeys(found))[:40])


def test_no_way_leads_nowhere_and_no_page_is_faulty(server, long):
    found, seen = [], Counter()
    korean = Korean()
    for language in ("ko", "en"):
        for walk in walks(server, long, language):
            found += [f"{walk.person.role}: {dead}" for dead in walk.dead]
            for page in walk.pages:
                seen[page.pattern] += 1
                if page.is_page:
                    found += [f"{walk.person.role} at {page.address}: {fault}" for fault in faults(page, korean)]
            print(f"  {language} {walk.person.role}: {len(walk.pages)} pages in {walk.seconds:.1f} s")
    assert not found, told(found)
    unseen = pages() - UNLINKED - LINKAGES - (set() if long else RARE) - set(seen)
    assert not unseen, f"no link leads to {sorted(unseen)}"


def test_every_act_of_the_trail_has_words():
    """What the trail calls things is no key either: every act and every subject that is noted somewhere is in the pack."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in (SITE.parent / "Operations").rglob("*.swift"))
    acts = set(re.findall(r'\bact: "([a-z-]+)"|note\(\s*"([a-z-]+)"', code))
    named = {word for pair in acts for word in pair if word}
    subjects = set(re.findall(r'subjectKind: "([a-z-]+)"', code)) | set(re.findall(r'note\(\s*"[a-z-]+", "([a-z-]+)"', code))
    words = "\n".join(file.read_text(encoding="utf-8") for file in (PACK / "wordings").glob("*.yaml"))
    wanted = [f"event.{act}" for act in named] + [f"subject.{kind}" for kind in subjects]
    assert len(named) > 30 and len(subjects) > 5, (named, subjects)
    assert not [key for key in wanted if f"\n{key}:" not in words], [k for k in wanted if f"\n{k}:" not in words]


def test_every_page_is_html_as_the_standard_reads_it(server, long):
    found, seen = [], set()
    for person, page in chosen(server, long):
        if long or page.pattern not in seen:
            seen.add(page.pattern)
            found += [f"{person.role} at {page.address}: {error}" for error in markup_errors(page)]
    assert len(seen) > 30, seen
    assert not found, told(found)


def test_every_page_is_for_every_eye(server, window, long):
    """axe-core, the room words need at their own size and at twice the size, and the calm of a page that loads."""
    browser = window()
    found, looked, times = [], Counter(), Counter()
    for person, page in chosen(server, long):
        browser.wear(person)
        first = times[page.place]
        times[page.place] += 1
        sights = SIGHTS if long else [SIGHTS[(first + sum(map(ord, page.place))) % 4]]
        for number, (width, dark) in enumerate(sights):
            where = f"{person.role} at {page.address}, {width} px{', dark' if dark else ''}"
            browser.size(width)
            browser.media(dark=dark)
            if number == 0 or long:
                browser.open(page.address)
                shift, what = browser.driver.execute_async_script(SHIFTS)
                if shift > 0:
                    found.append(f"{where}: moves by {shift:.3f}: {what}")
            found += [f"{where}: {violation}" for violation in browser.axe()]
            looked[width, dark] += 1
        for width, percent in ((320, 100), (1280, 100), (1280, 200), (768, 200)):
            browser.size(width)
            browser.text_size(percent)
            found += [f"{person.role} at {page.address}, {width} px, text {percent} %: {room}"
                      for room in browser.driver.execute_script(ROOM, width)]
        browser.text_size(100)
        found += [f"{person.role} at {page.address}: {words}" for words in browser.complaints()]
    print(f"  {sum(times.values())} pages of {len(times)} places; axe in {dict(looked)}")
    assert not found, told(found)
    assert len(looked) == len(SIGHTS), looked

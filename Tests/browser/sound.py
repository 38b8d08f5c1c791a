"""What must hold of every page as it comes over the wire."""

import functools
import re
import warnings
from pathlib import Path

import html5lib
from ruamel.yaml import YAML

PACK = Path(__file__).resolve().parents[2] / "Sources/Practice/Pack"
LARGEST = 100_000
HANGUL = re.compile("[가-힣]")
# `form.more`, `not-yet`: what the program calls things, which nobody should read.
KEY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+|[a-z]+(?:-[a-z]+)+")
HOLE = re.compile(r"\{[a-z-]+\}")
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label", "data-busy")


def sayings():
    """Every pair of Korean and English in the pack."""
    pairs = []

    def read(thing):
        if isinstance(thing, dict):
            for key, korean in thing.items():
                if re.search(r"(^|-)ko$", str(key)) and isinstance(korean, str):
                    pairs.append((korean, thing.get(re.sub("ko$", "en", key)) or ""))
                elif isinstance(korean, list) and len(korean) == 2 and all(isinstance(w, str) for w in korean):
                    pairs.append(tuple(korean))
                else:
                    read(korean)
        elif isinstance(thing, list):
            # `[EF1, 받음, In]`: a code and its words.
            if len(thing) >= 3 and all(isinstance(word, str) for word in thing[:3]):
                pairs.append((thing[1], thing[2]))
            for part in thing:
                read(part)

    for file in PACK.rglob("*.yaml"):
        if "demo" not in file.parts:
            read(YAML(typ="safe", pure=True).load(file))
    return pairs


def demo():
    """Every text of the demo world, which is data in whatever language it was written."""
    return "\n".join(file.read_text(encoding="utf-8") for file in (PACK / "demo").rglob("*.yaml"))


class Korean:
    """Knows what of our own is said in Korean, so that it is missed on no English page."""

    def __init__(self):
        # What the demo world says is data, whatever pattern of ours it may look like.
        self.data = data = set(re.split(r"[:,;\n\[\]{}\"]\s*", demo()))
        ours = {ko for ko, en in sayings() if len(HANGUL.findall(HOLE.sub("", ko))) > 1 and ko != en and ko not in data}
        assert len(ours) > 1000, len(ours)
        self.whole = {words for words in ours if not HOLE.search(words)}
        self.filled = [re.compile(".*?".join(map(re.escape, HOLE.split(words))), re.S)
                       for words in ours if HOLE.search(words)]
        # The same words stand on many pages.
        self.said = functools.cache(self.said)

    def said(self, text):
        return text in self.whole or text not in self.data and any(words.fullmatch(text) for words in self.filled)


def texts(page):
    """What is read or heard, piece by piece."""
    for element in page.tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        pieces = [element.text, element.tail] + [element.get(name) for name in SPOKEN]
        if element.tag in ("textarea", "option"):
            pieces = [element.tail] if element.tag == "textarea" else pieces
        for text in pieces:
            if text and text.strip():
                yield element, text.strip()


def faults(page, korean):
    """What is wrong with a page, in words."""
    tree, found = page.tree, []
    if len(page.bytes) > LARGEST:
        found.append(f"{len(page.bytes)} bytes")
    found += [f"id {name} stands {count} times" for name, count in page.ids.items() if count > 1]
    found += [f"#{place[1:]} is not on the page" for place in set(tree.xpath("//a/@href[starts-with(., '#')]"))
              if place[1:] not in page.ids]
    for attribute in ("for", "form", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
        for value in tree.xpath(f"//@{attribute}"):
            found += [f"{attribute} names {name}, which is nowhere" for name in value.split() if name not in page.ids]
    if len(tree.xpath("//h1")) != 1:
        found.append(f"{len(tree.xpath('//h1'))} first headings")
    if tree.get("lang") != page.person.language:
        found.append(f"lang is {tree.get('lang')}")
    for text in {text for _, text in texts(page)}:
        if KEY.fullmatch(text) or HOLE.search(text):
            found.append(f"untranslated: {text}")
        if page.person.language == "en" and HANGUL.search(text) and korean.said(text):
            found.append(f"Korean on an English page: {text}")
    return found + scriptless(tree)


def scriptless(tree):
    """What could not be done without script: a form without a button, a button that is no form's."""
    found = []
    for form in tree.forms:
        own = form.xpath(".//button[not(@type='button' or @type='reset')] | .//input[@type='submit']")
        elsewhere = tree.xpath("//button[@form=$id]", id=form.get("id")) if form.get("id") else []
        if not own and not elsewhere:
            found.append(f"no button sends {form.get('action')}")
    # The note before a session ends and the cover after it are the script's own: without script nothing tells when that is.
    found += [f"a button for script only: {button.text_content().strip()}"
              for button in tree.xpath("//button[@type='button'][not(ancestor::*[@id='idle-note' or @id='idle-cover'])]")]
    if inline := tree.xpath("//@style | //@onclick | //@onchange | //@oninput | //script[not(@src)] | //style"):
        found.append(f"inline: {inline[0]}")
    return found


def markup_errors(page):
    """Where the page is not HTML as the standard's own parser reads it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser.parse(page.bytes.decode("utf-8"))
    return [f"{code} {found or ''} at {place}" for place, code, found in parser.errors]

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
# The words of a session as they are written into each child's record, in the language of who wrote it: data from then on.
WRITTEN = re.compile(r".+ [0-9]+회: .+")
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
    """Every text of the demo world, which is data in whatever language it was written: line by line."""

    def read(thing):
        if isinstance(thing, dict):
            for part in (*thing.keys(), *thing.values()):
                yield from read(part)
        elif isinstance(thing, list):
            for part in thing:
                yield from read(part)
        elif isinstance(thing, str):
            yield thing.strip()
            yield from map(str.strip, thing.splitlines())

    files = [file.read_text(encoding="utf-8") for file in (PACK / "demo").rglob("*.yaml")]
    texts = {text for file in files for text in read(YAML(typ="safe", pure=True).load(file))}
    # Notes in one line hold several texts.
    return texts.union(*(re.split(r"[:,;\n\[\]{}\"]\s*", file) for file in files))


class Korean:
    """Knows what of our own is said in Korean, so that it is missed on no English page."""

    def __init__(self):
        # What the demo world says is data, whatever pattern of ours it may look like.
        self.data = data = demo()
        ours = {ko for ko, en in sayings() if len(HANGUL.findall(HOLE.sub("", ko))) > 1 and ko != en and ko not in data}
        assert len(ours) > 1000, len(ours)
        self.whole = {words for words in ours if not HOLE.search(words)}
        self.filled = [re.compile(".*?".join(map(re.escape, HOLE.split(words))), re.S)
                       for words in ours if HOLE.search(words)]
        # The same words stand on many pages.
        self.said = functools.cache(self.said)

    def said(self, text):
        if text in self.whole:
            return True
        if text in self.data or WRITTEN.fullmatch(text) or not any(words.fullmatch(text) for words in self.filled):
            return False
        return bool(HANGUL.search(self.own(text)))

    def own(self, text):
        """Without what is data: `Condition: 가정 50만 원까지` says nothing in Korean of its own."""
        for data in sorted((data for data in self.data if len(data) > 3 and data in text), key=len, reverse=True):
            text = text.replace(data, "")
        return text

    @functools.cache
    def is_piece(self, text):
        """Whether it is a part of what is data, as a drawing breaks a name into lines."""
        return any(text in data for data in self.data)


def texts(page):
    """What is read or heard, piece by piece, and the element that holds it."""
    for element in page.tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        pieces = [(element, element.get(name)) for name in SPOKEN] + [(element.getparent(), element.tail)]
        if element.tag != "textarea":
            pieces.append((element, element.text))
        for holder, text in pieces:
            if text and text.strip():
                yield holder, text.strip()


def is_own(element, text, korean):
    """Whether an English page may not say it in Korean: neither what is told to be Korean, nor a line of a name in a drawing."""
    said_so = element.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["ko"]
    return not said_so and not (element.tag == "text" and korean.is_piece(text))


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
    told = list(texts(page))
    found += [f"untranslated: {text}" for text in {text for _, text in told} if KEY.fullmatch(text) or HOLE.search(text)]
    if page.person.language == "en":
        found += {f"Korean on an English page: {text}" for element, text in told
                  if HANGUL.search(text) and korean.said(text) and is_own(element, text, korean)}
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

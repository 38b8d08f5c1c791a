"""A case manager who writes notes and remembers which of them were acknowledged."""

import datetime
import html
import re
import urllib.parse
import uuid

from visitor import FORM, Page, Visitor

KOREA = datetime.timezone(datetime.timedelta(hours=9))
# What a text must survive: syllables composed and in pieces, emoji joined by invisible letters, quotes, ends of lines.
LONG = "\n".join(
    f"{number}. 아침에 “배고파요”라고 했다 <b>&amp; 3 > 2</b> 👩🏽‍🏫👨‍👩‍👧‍👦🇰🇷 한글 \ttab  끝 " for number in range(60))


class Writer:
    def __init__(self, origin, place, case="이도윤"):
        self.visitor = Visitor(origin).sign_in(place.roles["case-manager"], place.password)
        found = self.visitor.get("/cases?" + urllib.parse.urlencode({"q": case}))
        self.case = re.search(r'href="(/cases/[0-9a-f-]{36})"', found.text)[1]
        self.acknowledged, self.count = {}, 0

    def fields(self, text):
        return [("_once", str(uuid.uuid4())), ("_version", "0"), ("day", str(datetime.datetime.now(KOREA).date())), ("minutes", "20"),
                ("service", "D16"), ("method", "M01"), ("facts", text), ("risk-check", "safe"), ("_save", "save")]

    def write(self, extra=""):
        """One note more; its text and the answer."""
        self.count += 1
        text = f"{self.count}번째 만남 {extra}".strip()
        return text, self.note(text, self.visitor.post(f"{self.case}/write/contact", self.fields(text)))

    def note(self, text, answer):
        if answer.status == 303:
            record = re.search(r"record=([0-9a-f-]{36})", answer.location)
            assert record, answer
            self.acknowledged[text] = record[1]
        return answer

    def send_again(self, answer):
        """Presses the button of the page that gave back what was not saved."""
        form = next(form for form in Page(answer.text).forms if form.action == f"{self.case}/write/contact")
        # A text area's words stand between its tags, without the line break right behind the first.
        areas = {name: html.unescape(text) for name, text in areas_of(answer.text)}
        fields = [(name, areas.get(name, value)) for name, value, kind in form.fields if kind != "button"]
        body = urllib.parse.urlencode(fields)
        return self.visitor.ask("POST", form.action, body, {"Content-Type": FORM})

    def keeps(self, answer, text):
        """Whether a page that says no still has what was typed, letter by letter."""
        given = [html.unescape(area) for _, area in areas_of(answer.text)]
        hidden = [html.unescape(value) for value in re.findall(r'name="facts" value="([^"]*)"', answer.text)]
        return text in given + hidden

    def lost(self):
        """Acknowledged notes that are not there, or are not what was written."""
        missing = []
        for text, record in self.acknowledged.items():
            page = self.visitor.get(f"{self.case}/records/{record}")
            if page.status != 200 or seen(text.split("\n")[0]) not in seen(html.unescape(page.text)):
                missing.append((text[:40], page.status))
        return missing

    def go_on_at(self, origin):
        """The same browser, at a program that was started again."""
        old, self.visitor = self.visitor, Visitor(origin)
        self.visitor.cookies, self.visitor.token = old.cookies, old.token


def areas_of(text):
    return re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', text, re.S)


def seen(text):
    """As a reader sees it: a page shows any space as one."""
    return " ".join(text.split())

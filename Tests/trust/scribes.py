"""People who write without a pause, and a ledger of all they asked for and all that was acknowledged."""

import datetime
import http.client
import re
import threading
import time
import uuid

from visitor import Visitor

UNANSWERED = 0
# What an office may see while machines die; anything else is a surprise.
AWAY = {UNANSWERED, 502, 503, 504}


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        self.number = 0
        self.contacts, self.referrals, self.drafts = {}, {}, {}
        # Acts that were said to be done already when they were asked for again: done, but under an id nobody told.
        self.known = {"contact": 0, "referral": 0}
        self.asked = {"contact": 0, "referral": 0}
        self.acknowledged, self.errors, self.surprises = [], [], []

    def next(self, kind):
        with self.lock:
            self.number += 1
            if kind in self.asked:
                self.asked[kind] += 1
            return self.number

    def note(self, answer_status):
        with self.lock:
            (self.errors if answer_status in AWAY else self.acknowledged).append((time.monotonic(), answer_status))

    def wonder(self, what):
        with self.lock:
            self.surprises.append(what)

    def outage(self, since):
        """Seconds from `since` to the last error, and of the longest silence in which nothing was acknowledged."""
        with self.lock:
            errors = [at - since for at, _ in self.errors if at >= since]
            good = [at for at, _ in self.acknowledged if at >= since]
        return max(errors, default=0.0), max((b - a for a, b in zip([since, *good], good)), default=float("inf"))


class Scribe(threading.Thread):
    """One person at one browser, writing the same kind of thing again and again until told to stop.

    What was not acknowledged is sent again just as a browser does on reload: the same form with the same id.
    """

    def __init__(self, origin, name, password, ledger, pause=0.02):
        super().__init__(daemon=True)
        self.visitor = Visitor(origin).sign_in(name, password)
        self.ledger, self.pause, self.stopping = ledger, pause, threading.Event()
        self.sent = 0

    def run(self):
        try:
            while not self.stopping.is_set():
                self.write()
                time.sleep(self.pause)
        except Exception as error:
            self.ledger.wonder(f"{type(self).__name__}: {error!r}")

    def stop(self):
        self.stopping.set()
        self.join(120)
        assert not self.is_alive(), "a scribe was never answered"

    def send(self, path, fields):
        """Sends a form until it is acknowledged; the answer, or nothing where it was done before."""
        fields = [*fields, ("_once", str(uuid.uuid4()))]
        while True:
            try:
                answer = self.visitor.post(path, fields)
                status = answer.status
            except (OSError, http.client.HTTPException):
                self.visitor.line.close()
                answer, status = None, UNANSWERED
            if status in AWAY:
                self.ledger.note(status)
                time.sleep(0.2)
                continue
            if status == 409 and "이미 저장했어요" in answer.text:
                self.ledger.note(status)
                return None
            if status not in (200, 303) or "/sign-in" in answer.location:
                raise AssertionError(f"{path}: {answer}")
            self.ledger.note(status)
            self.press_again(path, fields)
            return answer

    def press_again(self, path, fields):
        """Now and then the button is pressed a second time; that is answered, and nothing is done."""
        self.sent += 1
        if path == "/drafts" or self.sent % 20:
            return
        try:
            again = self.visitor.post(path, fields)
        except (OSError, http.client.HTTPException):
            self.visitor.line.close()
            return
        assert again.status in AWAY or again.status == 409 and "이미 저장했어요" in again.text, again


class ContactScribe(Scribe):
    """A case manager after each conversation."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.case = self.find_case()

    def find_case(self):
        """A case of theirs in which a contact may be written now."""
        cases = re.findall(r'href="/cases/([0-9a-f-]{36})"', self.visitor.get("/cases").text)
        return next(case for case in dict.fromkeys(cases)
                    if self.visitor.get(f"/cases/{case}/write/contact").status == 200)

    def write(self):
        text = f"{self.ledger.next('contact')}번째 만남"
        answer = self.send(f"/cases/{self.case}/write/contact", [
            ("_version", "0"), ("day", str(today())), ("minutes", "20"), ("service", "D16"), ("method", "M01"),
            ("facts", text), ("risk-check", "safe"), ("_save", "save")])
        with self.ledger.lock:
            if answer:
                self.ledger.contacts[re.search(r"record=([0-9a-f-]{36})", answer.location)[1]] = (self.case, text)
            else:
                self.ledger.known["contact"] += 1


class ReferralScribe(Scribe):
    """A teacher who refers a student."""

    # Which of the students found: a referral that is sent takes the draft about the same student away.
    place = 0

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        found = self.visitor.get("/referrals/new?q=%EA%B9%80").text
        students = re.findall(r"/referrals/new\?student=([0-9a-f-]{36})", found)
        self.student = list(dict.fromkeys(students))[self.place]

    def write(self):
        text = f"{self.ledger.next('referral')}번째 의뢰"
        answer = self.send("/referrals/new", [
            ("_version", "0"), ("_student", self.student), ("needs", "N02"), ("facts", text),
            ("measures", "전화했습니다."), ("urgency", "normal"), ("family-knows", "not-yet"), ("_save", "send")])
        with self.ledger.lock:
            if answer:
                self.ledger.referrals[re.search(r"/([0-9a-f-]{36})", answer.location)[1]] = text
            else:
                self.ledger.known["referral"] += 1


class DraftScribe(ReferralScribe):
    """The same teacher's other window, which keeps a draft while they type."""

    place = 1

    def write(self):
        number = self.ledger.next("draft")
        self.send("/drafts", [("_version", "0"), ("_place", f"referral/{self.student}"), ("facts", str(number))])
        with self.ledger.lock:
            self.ledger.drafts[self.student] = number


class Reader(Scribe):
    """Somebody who only reads; each reading is logged durably."""

    def write(self):
        try:
            status = self.visitor.get("/cases").status
        except (OSError, http.client.HTTPException):
            self.visitor.line.close()
            status = UNANSWERED
        if status not in AWAY and status != 200:
            raise AssertionError(f"/cases: {status}")
        self.ledger.note(status)


def today():
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()

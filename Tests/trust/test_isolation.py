"""Nobody meets a word of a school in which they do not work, however many work at once."""

import random
import re
import threading
import time
import urllib.parse

from postgres import Postgres, folder_of_postgres
from schools import ANY_MARK, GIVEN, ID, MARKS, Schools, Seen, refer, upload, write_contact
from visitor import Visitor


def test_no_school_meets_another(program, place, out, long):
    world = Schools(program, place, out)
    try:
        if long:
            world.build(of_one_school=9, of_two=20)
        else:
            world.build(of_one_school=1, of_two=3, more=["teacher", "teacher", "principal", "privacy-officer"])
        assert len(world.members) == (200 if long else 27)
        work(world, seconds=180 if long else 8, database=None)
        # The same world once more, brought to the other engine as an office would bring it.
        database = folder_of_postgres(place)
        postgres = Postgres(database, out).start()
        try:
            archive = world.folder / "world.gyeot"
            world.run("backup", str(archive), *world.options())
            world.run("restore", str(archive), *world.options(postgres.url))
            work(world, seconds=180 if long else 8, database=postgres.url)
        finally:
            world.stop()
            postgres.stop()
    finally:
        world.stop()


def work(world, seconds, database):
    """Everybody at once, each at what they do all day and at what they have no business with."""
    world.stop()
    world.log.unlink(missing_ok=True)
    world.serve(database, log_level="trace", metrics_enabled="true")
    seen, end, failures = Seen(), time.monotonic() + seconds, []

    def day(member):
        # The cookie of the store that was copied opens here as well.
        line = Visitor(world.origin)
        line.cookies = dict(member.visitor.cookies)
        try:
            line.get("/account/sessions")
            Day(world, member, line, seen).until(end)
        except Exception as error:  # noqa: BLE001
            failures.append((member.name, repr(error)))
        finally:
            line.close()

    threads = [threading.Thread(target=day, args=(member,)) for member in world.members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    metrics = Visitor(world.origin).get("/metrics")
    world.stop()
    assert not failures, failures[:5]
    assert not seen.wrong, seen.wrong[:10]
    judge(world, seen, metrics)
    print(f"{database and 'postgres' or 'sqlite'}: {len(world.members)} people of {len(MARKS)} schools, "
          f"{seen.answers} answers, {sum(map(len, seen.own.values()))} kinds of them with the own mark")


def judge(world, seen, metrics):
    # A test that sees nothing finds nothing: everybody has met the marks of all their schools, on several pages.
    for member in world.members:
        for mark in member.marks:
            pages = seen.own.get((member.name, mark), set())
            least = {"case-manager": 6, "principal": 3, "vice-principal": 3, "privacy-officer": 1}.get(member.role, 3)
            assert len(pages) >= least, (member.name, member.role, mark, pages)
    kinds = seen.kinds
    for what in ("search", "case", "student", "write", "preview", "export", "refer"):
        assert set(kinds[what]) & {200, 303}, (what, kinds[what])
    for what, statuses in kinds.items():
        assert not [status for status in statuses if status >= 500], (what, statuses)
        if what.startswith("other's"):
            assert set(statuses) == {404}, (what, statuses)
    log = world.log.read_text(encoding="utf-8")
    assert log.count("request") > 200, "at this level the log tells each request"
    assert metrics.status == 200 and "http" in metrics.text
    for name, text in (("log", log), ("metrics", metrics.text)):
        found = ANY_MARK.findall(text + urllib.parse.unquote(text)) + re.findall(GIVEN, urllib.parse.unquote(text))
        assert not found, (name, found[:5])


class Day:
    """One person's clicks."""

    def __init__(self, world, member, line, seen):
        self.world, self.member, self.line, self.seen = world, member, line, seen
        self.chance = random.Random(member.name)
        self.lists = {}

    def until(self, end):
        kinds = {"case-manager": [self.read, self.read, self.search, self.write, self.draft, self.preview, self.export],
                 "teacher": [self.mine, self.search_to_refer, self.refer],
                 "principal": [self.read, self.read, self.search], "vice-principal": [self.read, self.search],
                 "privacy-officer": [self.oversee]}[self.member.role]
        # Each at least once, then as chance has it.
        for act in kinds:
            act()
        while time.monotonic() < end:
            self.chance.choice(kinds)()
            self.intrude()

    def get(self, what, path):
        return self.seen.note(self.member, what, self.line.get(path))

    @property
    def school(self):
        return self.chance.choice(self.member.schools)

    def read(self):
        self.get("today", "/today")
        listed = self.get("cases", "/cases")
        cases = re.findall(rf"/cases/({ID})", listed.text)
        for school in self.member.schools:
            student = self.chance.choice(school.students)
            self.get("student", f"/students/{student}")
            self.get("household", f"/students/{student}/household")
        if cases:
            self.get("case", f"/cases/{self.chance.choice(cases)}")
        self.get("inbox", "/referrals")
        for school in self.member.schools:
            self.get("referral", f"/referrals/{self.chance.choice(school.referrals)}")

    def search(self):
        for words in (GIVEN, "ㅅㅂ"):
            self.get("search", "/students?q=" + urllib.parse.quote(words))

    def search_to_refer(self):
        self.get("search", "/referrals/new?q=" + urllib.parse.quote(GIVEN))

    def mine(self):
        self.get("my referrals", "/referrals/mine")
        self.get("student", f"/students/{self.chance.choice(self.school.students)}")

    def refer(self):
        school = self.school
        student = self.chance.choice(school.students)
        self.get("form", f"/referrals/new?student={student}")
        self.seen.note(self.member, "refer", refer(self.line, student, school.mark))

    def write(self):
        school = self.school
        case = self.chance.choice(school.cases)
        self.get("form", f"/cases/{case}/write/contact")
        self.seen.note(self.member, "write", write_contact(self.line, case, school.mark))
        # Refused, with what was typed shown again.
        wrong = self.line.post(f"/cases/{case}/write/contact", {"facts": school.mark, "day": "내일", "_save": "finish"})
        self.seen.note(self.member, "refused", wrong)

    def draft(self):
        school = self.school
        case = self.chance.choice(school.cases)
        self.seen.note(self.member, "draft", self.line.post(f"/cases/{case}/write/contact", [
            ("_version", "0"), ("_place", f"contact/{case}"), ("facts", f"{school.mark} 아직"), ("_save", "draft")]))
        self.get("drafts", "/drafts")

    def preview(self):
        school = self.school
        self.get("rosters", "/rosters")
        answer = self.seen.note(self.member, "preview", upload(self.line, school))
        if match := re.search(rf"/rosters/{ID}/{ID}", answer.location):
            self.lists[school.mark] = match[0]
            self.get("preview", match[0])

    def export(self):
        if not self.lists:
            self.preview()
        self.get("export", self.chance.choice(list(self.lists.values())) + "/problems.csv")

    def oversee(self):
        for page in ("reads", "events"):
            self.get(page, f"/oversight/{page}")

    def intrude(self):
        """At the addresses of a school in which one does not work."""
        others = [school for school in self.world.schools if school not in self.member.schools]
        school = self.chance.choice(others)
        case, student = self.chance.choice(school.cases), self.chance.choice(school.students)
        referral = self.chance.choice(school.referrals)
        path = self.chance.choice([
            f"/cases/{case}", f"/cases/{case}/write/contact", f"/cases/{case}/manage", f"/cases/{case}/consent",
            f"/students/{student}", f"/students/{student}/household", f"/referrals/{referral}",
            f"/schools/{school.identity}", f"/referrals/mine/{referral}"])
        self.get("other's page", path)
        answer = write_contact(self.line, case, self.member.schools[0].mark)
        self.seen.note(self.member, "other's write", answer)

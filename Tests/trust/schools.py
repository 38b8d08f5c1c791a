"""Twenty schools in one store, made through the pages as an office makes them. Whatever is written in a school bears that
school's mark, so that a single one in the wrong place tells."""

import re
import subprocess
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from running import Running
from visitor import FORM, Visitor

PASSWORD = "느티나무 아래 벤치 하나"
# The same in every school, so that a search finds all that the searcher may see, and no more.
GIVEN = "솔비"
# Syllables that stand in no word of Korean: the pages themselves have none of them.
MARKS = [chr(0xBDC0 + number) + chr(0xC4C0 + number) for number in range(20)]
ANY_MARK = re.compile("|".join(MARKS))
ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


class Member:
    """Somebody who works in one school or in several, and the marks they may meet."""

    def __init__(self, name, role, schools):
        self.name, self.role, self.schools = name, role, schools
        self.visitor = None

    @property
    def marks(self):
        return {school.mark for school in self.schools}


class School:
    def __init__(self, number, identity):
        self.mark, self.identity = MARKS[number], identity
        self.students, self.cases, self.referrals = [], [], []

    def class_list(self):
        rows = [f"9{number},{GIVEN}{self.mark}{number},2,{number}" for number in range(1, 4)]
        # The last two rows are wrong, so that there are refusals to look at and to export.
        rows += [f",{GIVEN}{self.mark},2,3", f"99,{GIVEN}{self.mark},스물,3"]
        return "\n".join(["학번,성명,학년,반", *rows]).encode()


class Schools:
    """The store, its people, and the program that serves it."""

    def __init__(self, program, folder, out):
        self.program, self.folder, self.out = program, Path(folder), Path(out)
        self.store, self.key = self.folder / "data" / "gyeot.sqlite", self.folder / "key" / "root.key"
        self.log = self.folder / "server.log"
        self.schools, self.members, self.running = [], [], None
        self.passwords = {}

    # The program

    def run(self, *command, succeeds=True):
        done = subprocess.run([self.program, *command], capture_output=True, text=True, timeout=300)
        assert (done.returncode == 0) == succeeds, done.stdout + done.stderr
        return done.stdout + done.stderr

    def options(self, database=None):
        return ["--database", str(database or self.store), "--key-file", str(self.key)]

    def serve(self, database=None, seconds=60, **settings):
        self.running = Running(
            self.program, ["serve", "--port", "0", *self.options(database)], self.folder, "server", seconds, **settings)
        self.origin = self.running.origin
        return self.origin

    def stop(self):
        if self.running:
            self.running.stop()

    # The world

    def build(self, of_one_school, of_two, more=()):
        """So many people in each school, so many who work in two, and one of each other role somewhere."""
        said = self.run("setup", *self.options(), "--office", "한빛(가상)", "--school", "첫 학교(가상)", "--name", "마루한",
                        "--sign-in", "admin")
        self.passwords["admin"] = re.search(r"first password of admin: (\S+)", said)[1]
        self.serve()
        admin = self.enter("admin")
        self.schools = [self.add_school(admin, number) for number in range(len(MARKS))]
        roles = ["case-manager", "teacher", "principal", "privacy-officer", "teacher", "vice-principal"]
        for number, school in enumerate(self.schools):
            for place in range(of_one_school):
                self.hire(admin, f"person{number}x{place}", roles[place % len(roles)], [school])
        for number, role in enumerate(more):
            self.hire(admin, f"other{number}", role, [self.schools[number]])
        for number in range(of_two):
            pair = [self.schools[(number * 3 + step) % len(MARKS)] for step in (0, 1)]
            self.hire(admin, f"joint{number}", "case-manager", pair)
        admin.close()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self.arrive, self.members))
            list(pool.map(self.furnish, self.schools))
        return self

    def add_school(self, admin, number):
        answer = admin.post("/schools/new", {"name": f"학교 {number + 1}(가상)", "kind": "middle"})
        assert answer.status == 303, answer
        return School(number, re.search(ID, answer.location)[0])

    def hire(self, admin, name, role, schools):
        fields = [("name", "강예담"), ("sign-in-name", name)] + [(f"roles.{s.identity}", role) for s in schools]
        answer = admin.post("/staff/new", fields)
        assert answer.status == 200, answer
        self.passwords[name] = re.search(r">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<", answer.text)[1]
        self.members.append(Member(name, role, schools))

    def arrive(self, member):
        member.visitor = self.enter(member.name)

    def enter(self, name):
        """The first sign-in, at which the password is changed."""
        visitor, first = Visitor(self.origin), self.passwords[name]
        # Passwords are hashed one after another, on purpose; many who come at once wait for each other.
        visitor.line.timeout = 300
        assert visitor.try_password(name, first).status == 303
        visitor.get("/account/password")
        answer = visitor.post("/account/password", {"old-password": first, "password": PASSWORD, "again": PASSWORD})
        assert answer.status == 303, answer
        visitor.get("/account/sessions")
        return visitor

    def furnish(self, school):
        """Three students, a case of two of them, a referral that waits of the third."""
        manager = next(m for m in self.members if m.schools == [school] and m.role == "case-manager").visitor
        for number in range(1, 4):
            answer = manager.post("/students/new", {
                "school": school.identity, "name": f"{GIVEN}{school.mark}", "number": str(number),
                "birth-day": "2013-05-01", "grade": "2", "class": "3", "seat": str(number)})
            assert answer.status == 303, answer
            school.students.append(re.search(ID, answer.location)[0])
        for student in school.students:
            refer(manager, student, school.mark)
        for referral in set(re.findall(rf'href="/referrals/({ID})', manager.get("/referrals").text)):
            school.referrals.append(referral)
            if len(school.cases) < 2:
                answer = manager.post(f"/referrals/{referral}/receive")
                school.cases.append(re.search(rf"/cases/({ID})", answer.location)[1])
        for case in school.cases:
            write_contact(manager, case, school.mark)


def refer(visitor, student, mark):
    answer = visitor.post("/referrals/new", [
        ("_version", "0"), ("_place", f"referral/{student}"), ("_student", student), ("needs", "N02"),
        ("facts", f"{mark} 아홉 번 지각했다."), ("measures", f"{mark} 전화했다."), ("urgency", "normal"),
        ("family-knows", "not-yet"), ("_save", "send")])
    assert answer.status == 303, answer
    return answer


def write_contact(visitor, case, mark):
    return visitor.post(f"/cases/{case}/write/contact", [
        ("_version", "0"), ("_place", f"contact/{case}"), ("day", date.today().isoformat()), ("minutes", "20"),
        ("service", "D16"), ("method", "M01"), ("facts", f"{mark} 함께 아침을 먹었다."), ("risk-check", "safe"),
        ("_save", "finish")])


def upload(visitor, school):
    """A class list, as a browser sends the file."""
    parts = {"_token": visitor.token, "school": school.identity, "year": str(date.today().year), "sheet": ""}
    body = b"".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                    for name, value in parts.items())
    body += b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    body += school.class_list() + b"\r\n--b--\r\n"
    return visitor.ask("POST", "/rosters", body, {"Content-Type": "multipart/form-data; boundary=b"})


def marks_in(answer):
    """Every mark in an answer, its headers and what they encode among it."""
    headers = " ".join(f"{name} {value}" for name, value in answer.headers.items())
    return set(ANY_MARK.findall(answer.text)) | set(ANY_MARK.findall(urllib.parse.unquote(headers)))


class Seen:
    """What each person met, gathered by many threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.answers, self.wrong, self.own, self.kinds = 0, [], {}, {}

    def note(self, member, what, answer):
        marks = marks_in(answer)
        with self.lock:
            self.answers += 1
            self.kinds.setdefault(what, {}).setdefault(answer.status, 0)
            self.kinds[what][answer.status] += 1
            for mark in marks & member.marks:
                self.own.setdefault((member.name, mark), set()).add(what)
            if strange := marks - member.marks:
                self.wrong.append((member.name, what, answer.status, sorted(strange)))
        return answer

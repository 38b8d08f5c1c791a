"""What is measured of one world: every page and act that a Monday morning needs."""

import os
import re
import statistics
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from load import Rate, load
from visit import Visit

PASSWORD = "a-long-password-of-the-bench"
# Who signs in at most: each leads fifty cases of a school of their own, as far as there are schools.
PEOPLE = 48
WRITING = ("service note", "group session of 20")


class Server:
    """The program on a world, as it would serve a district."""

    def __init__(self, program, place):
        self.program, self.place = program, place
        self.begun = time.monotonic()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GYEOT_")}
        environment["GYEOT_METRICS_ENABLED"] = "true"
        self.process = subprocess.Popen(
            [program, "serve", "--database", place.url, "--key-file", place.key, "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
        for line in self.process.stdout:
            if match := re.match(r"^ready (http://\S+)", line):
                self.origin = match[1]
                break
        else:
            raise RuntimeError("bench: the program did not become ready")
        self.first_answer = self.wait_for_answer()

    def wait_for_answer(self):
        urllib.request.urlopen(self.origin + "/readyz").read()
        return time.monotonic() - self.begun

    def memory(self):
        """Megabytes now, and at the most so far."""
        status = open(f"/proc/{self.process.pid}/status").read()
        return [int(re.search(rf"^{name}:\s+(\d+)", status, re.M)[1]) / 1024 for name in ("VmRSS", "VmHWM")]

    def seconds(self):
        """Seconds of processor so far: what a machine that does other things too cannot blur."""
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def statements(self):
        text = urllib.request.urlopen(self.origin + "/metrics").read().decode()
        found = re.search(r"^gyeot_store_statements_total (\S+)", text, re.M)
        return float(found[1]) if found else 0

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


@dataclass
class Line:
    name: str
    rate: Rate
    # `/healthz`, asked right before, because a machine is not as fast at one minute as at the next.
    alive: Rate
    statements: float | None
    work: float
    cold: float | None = None


def cold_first(program, place, students):
    """Milliseconds of the first request of each kind when neither the program nor the system has read anything yet.

    Empty where the system does not let its page cache be dropped.
    """
    server = Server(program, place)
    try:
        (school, manager), *_ = who(max(1, students // 1000))[::-1]
        visit = Visit(server.origin, f"bench{school}-{manager}", PASSWORD)
        case = visit.cases()[0]
        cookie = visit.cookie
    finally:
        server.stop()
    times = {}
    for name, path in (("Today", "/today"), ("caseload of 50", "/cases"), ("case", case),
                       ("search 2 syllables", "/students?q=" + quote("서준"))):
        place.stop()
        if not drop_page_cache():
            place.start()
            return {}
        place.start()
        server = Server(program, place)
        try:
            visit = Visit.resume(server.origin, cookie)
            times[name] = visit.timed(path)
        finally:
            server.stop()
    return times


def drop_page_cache():
    try:
        os.sync()
        with open("/proc/sys/vm/drop_caches", "w") as file:
            file.write("3")
        return True
    except OSError:
        return False


def measure(program, place, students, seconds, connections, tell=print):
    """Starts the program on a world and measures it; the lines of its table and the facts around it."""
    schools = max(1, students // 1000)
    server = Server(program, place)
    facts = {"start": server.first_answer, "size": place.size()}
    try:
        people = [Visit(server.origin, f"bench{school}-{manager}", PASSWORD)
                  for school, manager in who(schools)]
        requests = Requests(people)
        probe = [("GET", "/healthz", "", "")]
        alive, work = worked(server, probe, seconds, connections)
        tell(line_of("healthz", alive, alive, None, work))
        lines = []
        for name, some in requests.reading.items():
            load(server.origin, some, 1, connections)
            statements = count(server, people[0], some)
            alive = load(server.origin, probe, 2, connections)
            rate, work = worked(server, some, seconds, connections)
            lines.append(Line(name, rate, alive, statements, work))
            tell(line_of(name, rate, alive, statements, work))
        facts["bare"] = bare = place.bare_commits(2)
        for name, some in requests.writing.items():
            load(server.origin, some, 1, connections)
            alive = load(server.origin, probe, 2, connections)
            rate, work = worked(server, some, seconds, connections)
            lines.append(Line(name, rate, alive, count(server, people[0], some), work))
            tell(line_of(name, rate, alive, lines[-1].statements, work)
                 + f"  {rate.a_second / bare:5.2f} of bare commits")
        facts["healthz"] = statistics.median(line.alive.a_second for line in lines)
        facts["memory"], facts["peak"] = server.memory()
        return lines, facts
    finally:
        server.stop()


def who(schools):
    """Managers spread over the schools."""
    return [(number * schools // min(PEOPLE, schools * 4) % schools if schools * 4 > PEOPLE else number // 4,
             number % 4) for number in range(min(PEOPLE, schools * 4))]


def count(server, visit, some):
    """Statements of one request, when everything is warm and nothing else is under way; looking costs none."""
    for _ in range(60):
        before = server.statements()
        time.sleep(0.6)
        # The notary looks twice a second whether something waits.
        if server.statements() - before <= 2:
            break
    method, path, cookie, body = some[0]
    before = server.statements()
    visit.connection.request(method, path, body.replace("{n}", "1000000007") or None, {
        "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
    visit.connection.getresponse().read()
    return server.statements() - before


def worked(server, some, seconds, connections):
    """The rate, and the milliseconds of processor that the program spent on each answer."""
    before = server.seconds()
    rate = load(server.origin, some, seconds, connections)
    return rate, (server.seconds() - before) * 1000 / max(1, rate.a_second * seconds)


def line_of(name, rate, alive, statements, work):
    told = "" if statements is None else f"{statements:4.0f} statements"
    return (f"{name:<22}{rate.a_second:9.0f} req/s  p50 {rate.p50:7.2f} ms  p99 {rate.p99:7.2f} ms  "
            f"{work:6.3f} ms of processor  {rate.a_second / alive.a_second * 100:6.2f} % of healthz  failed {rate.failed}  {told}")


class Requests:
    """What people ask for, in turn."""

    def __init__(self, people):
        cases = {visit: visit.cases() for visit in people}
        get = lambda paths: [("GET", path, visit.cookie, "") for visit in people for path in paths(visit)]  # noqa: E731
        self.reading = {
            "Today": get(lambda _: ["/today"]),
            "caseload of 50": get(lambda _: ["/cases"]),
            "case": get(lambda visit: cases[visit][:6]),
            "search 2 syllables": get(lambda _: ["/students?q=" + quote(name) for name in ("서준", "하은", "민서")]),
            "search 초성": get(lambda _: ["/students?q=" + quote(name) for name in ("ㅅㅈ", "ㅎㅇ", "ㄱㅁㅅ")]),
            "monthly report": get(lambda _: ["/months", f"/months?month={month_before()}"]),
            "directory": get(lambda _: ["/resources"]),
            "directory by need": get(lambda _: ["/resources?need=N03", "/resources?need=N11&free=yes"]),
            "directory by text": get(lambda _: ["/resources?q=" + quote(text) for text in ("상담", "한빛 도서관", "ㅎㅂ")]),
            "resource": get(lambda visit: visit.resources()[:6]),
            "what fits": get(lambda visit: [case + "/matches?need=N03" for case in cases[visit][:3]]),
        }
        notes = [post(visit, case + "/write/contact", note(visit)) for visit in people for case in cases[visit][:12]]
        sessions = [post(visit, "/sessions/new", together(cases[visit][-20:])) for visit in people]
        self.writing = dict(zip(WRITING, (notes, sessions)))


def post(visit, path, fields):
    return "POST", path, visit.cookie, urlencode([("_token", visit.token), *fields], safe="{}")


def note(visit):
    return [("_version", "0"), ("day", today()), ("minutes", "20"), ("service", "D16"), ("method", "M01"),
            ("facts", "{n}번째 만남. 아침에 함께 등교했습니다."), ("risk-check", "safe"), ("_save", "save")]


def together(cases):
    ids = [case.split("/")[-1] for case in cases]
    return [("_version", "0"), ("day", today()), ("minutes", "60"), ("service", "D12"), ("method", "M01"),
            ("facts", "{n}번째 모임. 함께 요리했습니다."), ("risk-check", "safe"), ("_save", "save"),
            *[("_case", case) for case in ids], *[(f"_came.{case}", "yes") for case in ids]]


def month_before():
    year, month = map(int, today().split("-")[:2])
    return f"{year - (month == 1)}-{(month + 10) % 12 + 1:02}"


def today():
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 3600))

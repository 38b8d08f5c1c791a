"""The machines of a province die one after the other, and nothing that was acknowledged is lost.

PostgreSQL on three machines under Patroni and etcd, two programs behind HAProxy: see cluster.py.
"""

import os
import random
import subprocess
import time
from pathlib import Path

from cluster import Cluster, Programs, missing_programs, wait_until
from scribes import ContactScribe, DraftScribe, Ledger, Reader, ReferralScribe
from skip import Skip
from visitor import Visitor

# It measures how long something takes.
PART = "alone"

# Each counts what one act must have written together with what it did not.
HALVES = {
    "contacts without what was given": """
        SELECT count(*) FROM case_record r WHERE r.kind = 'contact' AND NOT EXISTS (
          SELECT 1 FROM service_given g
          WHERE g.school_id = r.school_id AND g.case_id = r.case_id AND g.record_id = r.id)""",
    "services without their contact": """
        SELECT count(*) FROM service_given g WHERE NOT EXISTS (
          SELECT 1 FROM case_record r
          WHERE r.school_id = g.school_id AND r.case_id = g.case_id AND r.id = g.record_id)""",
    "contacts without their event, or with two": """
        SELECT count(*) FROM case_record r
        WHERE r.kind = 'contact' AND (SELECT count(*) FROM event e WHERE e.subject_id = r.id) <> 1""",
    "referrals without their event, or with two": """
        SELECT count(*) FROM referral r WHERE r.status = 'sent'
          AND (SELECT count(*) FROM event e WHERE e.act = 'refer' AND e.subject_id = r.id) <> 1""",
    "events of referrals that are not there": """
        SELECT count(*) FROM event e
        WHERE e.act = 'refer' AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.id = e.subject_id)""",
    "rows of the trail neither linked nor waiting": """
        SELECT count(*) FROM event e
        WHERE NOT EXISTS (SELECT 1 FROM chain_link l WHERE l.row_kind = 'event' AND l.row_id = e.id)
          AND NOT EXISTS (SELECT 1 FROM chain_pending p WHERE p.row_kind = 'event' AND p.row_id = e.id)""",
}


def test_nothing_acknowledged_is_lost_when_machines_die(server, program, place, out, long):
    if missing := missing_programs():
        raise Skip(f"not installed: {', '.join(missing)} (run bin/setup)")
    times = 5 if long else 1
    with Cluster(place) as cluster:
        key = load(program, place, server, cluster)
        with Programs(program, place, cluster.url, key, out) as programs:
            before = count(cluster)
            work = Work(f"http://127.0.0.1:{programs.port}", server.roles, server.password)
            events = []
            try:
                shared(programs)
                for _ in range(times):
                    events.append(primary_dies(cluster, work.ledger))
                events.append(switch_over(cluster, work.ledger))
                for index in ([0, 1] * 3)[:times]:
                    events.append(program_dies(programs, index, cluster, work.ledger))
                if long:
                    events.append(primary_hangs(cluster, work.ledger))
            finally:
                work.stop()
                tell(events, work.ledger, out)
            assert not work.ledger.surprises, work.ledger.surprises[:5]
            for what, limit, errors, silence in events:
                assert errors <= limit and silence <= limit, f"{what}: errors {errors:.1f} s, silence {silence:.1f} s"
            check(work, before, cluster, programs)
            verify(program, cluster, key)


class Work:
    """Everybody who writes and reads, each signed in once and for all."""

    def __init__(self, origin, names, password):
        self.ledger = Ledger()
        people = [(ContactScribe, "case-manager"), (ContactScribe, "case-manager"), (ReferralScribe, "teacher"),
                  (DraftScribe, "teacher"), (Reader, "supervisor")]
        self.scribes = [kind(origin, names[role], password, self.ledger) for kind, role in people]
        for scribe in self.scribes:
            scribe.start()

    def stop(self):
        for scribe in self.scribes:
            scribe.stopping.set()
        for scribe in self.scribes:
            scribe.stop()


def load(program, place, server, cluster):
    """Puts the demo's world, which is loaded already, into the cluster; the root key."""
    demo, archive = Path(server.folder) / "demo", place / "demo.backup"
    run(program, "backup", archive, "--database", demo / "gyeot.sqlite", "--key-file", demo / "root.key")
    run(program, "restore", archive, "--database", cluster.url, "--key-file", demo / "root.key")
    # Rows that came in at once have no statistics yet.
    cluster.sql("ANALYZE")
    return demo / "root.key"


def run(program, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GYEOT_")}
    done = subprocess.run([program, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def count(cluster):
    contacts, referrals = cluster.sql(
        "SELECT (SELECT count(*) FROM case_record WHERE kind = 'contact'), (SELECT count(*) FROM referral)").split("|")
    return {"contact": int(contacts), "referral": int(referrals)}


# What happens to the machines. Each answers with what it was, how long errors may last, and how long they did.

def shared(programs):
    """Both programs get work from the beginning."""
    time.sleep(3)
    numbers = [total for _, total in programs.states()]
    assert min(numbers) > 10 and max(numbers) < 3 * min(numbers), f"not shared: {numbers}"


def primary_dies(cluster, ledger):
    cluster.settle()
    time.sleep(random.uniform(1, 2))
    old, since = cluster.primary, time.monotonic()
    old.kill()
    wait_until(lambda: cluster.primary not in (None, old), 60, "another primary")
    time.sleep(3)
    old.start()
    cluster.settle()
    assert cluster.role(old) != "primary"
    # Its coming back is not to be noticed either.
    return "primary killed", 20, *ledger.outage(since)


def switch_over(cluster, ledger):
    cluster.settle()
    since = time.monotonic()
    _, new = cluster.switch_over()
    time.sleep(3)
    cluster.settle()
    assert cluster.primary is new
    return "planned switchover", 5, *ledger.outage(since)


def program_dies(programs, index, cluster, ledger):
    since = time.monotonic()
    programs.kill(index)
    time.sleep(3)
    # The other does what only one at a time does, too: it takes over the trail.
    wait_until(lambda: int(cluster.sql("SELECT count(*) FROM lease WHERE name = 'notary' AND until_at > "
                                       "extract(epoch FROM now()) * 1000")) == 1, 15, "a notary")
    at_death = programs.states()[index][1]
    programs.start(index)
    wait_until(lambda: programs.states()[index][0], 15, "HAProxy sees it again")
    wait_until(lambda: programs.states()[index][1] > at_death + 10, 15, "it gets work again")
    return f"program {index} killed", 5, *ledger.outage(since)


def primary_hangs(cluster, ledger):
    """The worst kind of death: the machine keeps its connections open and answers nothing."""
    cluster.settle()
    old, since = cluster.primary, time.monotonic()
    old.stop()
    try:
        wait_until(lambda: next((node for node in cluster.nodes if node is not old
                                 and cluster.role(node) == "primary"), None), 60, "another primary")
        time.sleep(12)
    finally:
        old.go_on()
    cluster.settle()
    assert cluster.role(old) != "primary"
    return "primary hangs", 20, *ledger.outage(since)


# What must be true at the end.

def check(work, before, cluster, programs):
    ledger = work.ledger
    wait_until(lambda: cluster.sql("SELECT count(*) FROM chain_pending") == "0", 30, "all linked")
    after = count(cluster)
    # Sent again and again until acknowledged, and done once: no more rows than acts.
    for kind in ("contact", "referral"):
        assert after[kind] - before[kind] == ledger.asked[kind], (kind, before, after, ledger.asked)
    for table, told, kind in (("case_record", ledger.contacts, "contact"), ("referral", ledger.referrals, "referral")):
        kept = set(cluster.sql(f"SELECT id FROM {table}").split("\n"))
        assert not set(told) - kept, f"{len(set(told) - kept)} acknowledged rows of {table} are lost"
        assert len(told) + ledger.known[kind] == ledger.asked[kind]
    for what, query in HALVES.items():
        assert cluster.sql(query) == "0", what
    # Nobody was signed out: the cookies of the first minute still open the door, at both programs.
    for scribe in work.scribes:
        for port in programs.ports:
            own = Visitor(f"http://127.0.0.1:{port}")
            own.cookies = dict(scribe.visitor.cookies)
            assert own.is_signed_in(), f"{type(scribe).__name__} was signed out"
    manager = work.scribes[0].visitor
    for record, (case, text) in random.sample(sorted(ledger.contacts.items()), min(40, len(ledger.contacts))):
        assert text in manager.get(f"/cases/{case}/records/{record}").text, f"the text of {record}"
    for student, number in ledger.drafts.items():
        page = work.scribes[3].visitor.get(f"/referrals/new?student={student}&draft=resume").text
        assert f">{number}</textarea>" in page.replace("\n", ""), f"draft {number}"


def verify(program, cluster, key):
    assert "BROKEN" not in run(program, "audit", "verify", "--database", cluster.url, "--key-file", key)


def tell(events, ledger, out):
    lines = [f"{what}: errors for {errors:.1f} s, longest silence {silence:.1f} s (at most {limit} s)"
             for what, limit, errors, silence in events]
    lines.append(f"{len(ledger.acknowledged)} answers, {sum(ledger.asked.values())} acts asked, "
                 f"{len(ledger.errors)} errors, {sum(ledger.known.values())} acts sent again and found done")
    (out / "failover.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines), flush=True)

"""No room, and a disk that may not be written to: people are told, nothing acknowledged is lost, and it goes on."""

import contextlib
import html
import os
import sqlite3
import subprocess
import time

from postgres import PROGRAMS, Postgres
from served import Served
from standing import Standing
from volume import FailingDisk, SmallDisk
from writer import LONG, Writer, seen

FULL = "꽉 찼거나 쓸 수 없게"


def refusals(writer, wanted, at_most):
    """Writes until so many notes in a row are refused; the last refused text with its answer.

    What the store has set aside may take some notes more: those are acknowledged, and have to be there later.
    """
    row = []
    for _ in range(at_most):
        text, answer = writer.write(LONG)
        if answer.status == 303:
            row = []
            continue
        assert answer.status in (507, 503), answer
        assert writer.keeps(answer, text), f"what was typed is not on the page: {answer}"
        row.append((text, answer))
        if len(row) == wanted:
            return row[-1]
    raise AssertionError(f"the disk never ran full in {at_most} notes")


COUNT = "SELECT COUNT(*) FROM case_record WHERE kind = 'contact'"


def notes_in(store):
    with contextlib.closing(sqlite3.connect(store)) as database:
        return database.execute(COUNT).fetchone()[0]


def notes_at(postgres):
    done = subprocess.run([PROGRAMS / "psql", "-qtAX", "-d", postgres.url, "-c", COUNT], capture_output=True, text=True,
                          check=True, cwd="/")
    return int(done.stdout)


def reads_again(writer, text, record):
    page = writer.visitor.get(f"{writer.case}/records/{record}")
    assert page.status == 200 and seen(text.split("\n")[0]) in seen(html.unescape(page.text)), page


def test_a_full_disk_under_sqlite(server, program, place, out):
    with SmallDisk(place / "disk", 48) as disk, Standing(server, program, disk.folder, out) as standing:
        instance = standing.serve()
        before = notes_in(standing.store)
        writer = Writer(instance.origin, standing)
        for _ in range(5):
            assert writer.write()[1].status == 303
        disk.fill()
        text, answer = refusals(writer, 5, 400)
        assert answer.status == 507 and FULL in answer.text, answer
        # A page with somebody's data needs a row in the log of readings, which finds no room either.
        page = writer.visitor.get(writer.case)
        assert page.status == 507 and FULL in page.text, page
        draft = writer.visitor.post("/drafts", [("_place", f"contact/{writer.case[-36:]}"), ("facts", LONG)])
        assert draft.status == 507, draft
        assert instance.is_alive and writer.visitor.get("/healthz").status == 200

        disk.make_room()
        # Nobody has started anything anew: the page that said no is sent again as it is.
        again = writer.note(text, writer.send_again(answer))
        assert again.status == 303, again
        reads_again(writer, text, writer.acknowledged[text])
        assert writer.write()[1].status == 303
        assert not writer.lost(), writer.lost()
        assert instance.is_alive
        instance.stop()
        # Not one more than was acknowledged: what was refused is not there.
        assert notes_in(standing.store) == before + len(writer.acknowledged)
        status, said = standing.verify()
        assert status == 0, said


def test_a_full_disk_under_postgresql(server, program, place, out):
    place.chmod(0o755)
    with SmallDisk(place / "disk", 160) as disk, Standing(server, program, place, out) as standing:
        postgres = Postgres(disk.folder, out, max_wal_size="8MB", min_wal_size="2MB", shared_buffers="16MB",
                            checkpoint_timeout="30s")
        try:
            postgres.start()
            served = Served(standing, postgres, program, place, out)
            origin = served.serve()
            try:
                full_postgresql(disk, postgres, served, origin)
            finally:
                served.stop()
        finally:
            postgres.stop()


def full_postgresql(disk, postgres, served, origin):
    writer, before = Writer(origin, served), notes_at(postgres)
    for _ in range(5):
        assert writer.write()[1].status == 303
    disk.fill()
    text, answer = refusals(writer, 2, 400)
    assert (FULL if answer.status == 507 else "확인하지 못했어요") in answer.text, answer
    assert served.running.is_alive

    disk.make_room()
    # Without room for its log the database gives up; its administrator starts it again.
    if not postgres.is_running:
        postgres.start()
    end = time.monotonic() + 60
    again = writer.send_again(answer)
    while again.status >= 500 and time.monotonic() < end:
        time.sleep(0.5)
        again = writer.send_again(again)
    # It may be that it was kept before the answer was lost; then it is not kept twice.
    assert again.status == 303 or again.status == 409 and "이미 저장했어요" in again.text, again
    if again.status == 303:
        writer.note(text, again)
    assert writer.write()[1].status == 303
    assert not writer.lost(), writer.lost()
    # What was lost under way may have been kept, each at most once.
    assert len(writer.acknowledged) <= notes_at(postgres) - before <= writer.count
    served.stop()
    status, said = served.verify()
    assert status == 0, said


def test_a_disk_that_turns_read_only_under_sqlite(server, program, place, out):
    with FailingDisk(place / "disk", place / "image", 64) as disk:
        with Standing(server, program, disk.folder, out) as standing:
            # The world that was copied lies there since long; what is written from now on counts.
            os.sync()
            instance = standing.serve()
            before = notes_in(standing.store)
            writer = Writer(instance.origin, standing)
            for _ in range(5):
                assert writer.write()[1].status == 303
            disk.fail()
            text, answer = refusals(writer, 3, 10)
            assert answer.status == 507 and FULL in answer.text, answer
            page = writer.visitor.get(writer.case)
            assert page.status == 507 and FULL in page.text, page
            instance.stop()
            # What the kernel has taken away comes back only with the disk itself; until then a start says why not.
            status, said = standing.verify()
            assert status == 0 or "may not be written" in said or "Read-only" in said, said

            disk.repair()
            instance = standing.serve()
            writer.go_on_at(instance.origin)
            again = writer.note(text, writer.send_again(answer))
            assert again.status == 303, again
            assert writer.write()[1].status == 303
            assert not writer.lost(), writer.lost()
            instance.stop()
            assert notes_in(standing.store) == before + len(writer.acknowledged)
            status, said = standing.verify()
            assert status == 0, said

"""Many connections that ask for nothing, and few that ask for ever: each has its bound, and the others are served on."""

import concurrent.futures
import re
import resource
import selectors
import socket
import sqlite3
import time
import urllib.parse
from pathlib import Path

from standing import Standing
from visitor import FORM, Visitor

# It measures how long something takes.
PART = "alone"

KILOBYTE, MEGABYTE = 1 << 10, 1 << 20


def connect(door):
    return socket.create_connection(("127.0.0.1", door.port), timeout=30)


def seconds_until_closed(line, at_most, drip=None):
    """How long the other side keeps the connection; `drip` is sent again and again meanwhile. What came, too."""
    begun, came = time.monotonic(), b""
    line.settimeout(0.2)
    while time.monotonic() - begun < at_most:
        try:
            if drip:
                line.sendall(drip)
            data = line.recv(65536)
            if not data:
                return time.monotonic() - begun, came
            came += data
        except TimeoutError:
            continue
        except (ConnectionResetError, BrokenPipeError):
            return time.monotonic() - begun, came
    return None, came


def serves(door):
    """How long a page takes beside whatever else is open."""
    begun = time.monotonic()
    visitor = Visitor(door.origin)
    assert visitor.get("/sign-in").status == 200
    visitor.close()
    return time.monotonic() - begun


def test_whoever_is_slow_is_shown_out(server, program, place, out):
    with Standing(server, program, place, out) as world:
        door = world.serve(head_seconds=2, body_seconds=3, idle_seconds=4, answer_seconds=3)
        teacher = Visitor(door.origin).sign_in(world.roles["teacher"], world.password)

        form = urllib.parse.urlencode([("_token", teacher.token), ("_place", "referral/x"), ("facts", "한 글자씩")])
        head = ("POST /drafts HTTP/1.1\r\nHost: x\r\nCookie: gyeot=" + teacher.cookies["gyeot"] + f"\r\nContent-Type: {FORM}\r\n"
                "Content-Length: 100000\r\n\r\n").encode()
        kept = len(drafts(world))

        def keep_waiting(case):
            begin, drip = case[:2]
            line = connect(door)
            line.sendall(begin)
            return (case, *seconds_until_closed(line, 12, drip))

        cases = [
            # Nothing at all; a head without an end; a head line by line; what can be no head.
            (b"", None, 2), (b"GET / HTTP/1.1\r\nHost: x\r\n", None, 2), (b"GET / HTTP/1.1\r\nHost: x\r\n", b"a: b\r\n", 2),
            (b"", b"G", 0),
            # A body that never ends, and one that ends a byte at a time: a body has one deadline, not one a byte.
            (head + form.encode(), None, 3), (head + form.encode(), b"a", 3),
            # A kept connection that asks for nothing more.
            (b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", None, 4)]
        with concurrent.futures.ThreadPoolExecutor(len(cases)) as waiting:
            for (begin, drip, least), spent, came in waiting.map(keep_waiting, cases):
                assert spent is not None and least - 0.5 < spent < least + 3, (begin[:60], drip, spent)
                assert (b" 200 " in came) == begin.startswith(b"GET /healthz"), came
                assert b" 303 " not in came, came
        # What had come read like a whole form, and was not taken for one.
        assert len(drafts(world)) == kept
        # Nor is one that the sender breaks off, or of which no length was told.
        line = connect(door)
        line.sendall(head + form.encode())
        line.shutdown(socket.SHUT_WR)
        assert b" 200 " not in seconds_until_closed(line, 5)[1]
        chunk = form.encode()
        line = connect(door)
        line.sendall(head.replace(b"Content-Length: 100000", b"Transfer-Encoding: chunked")
                     + b"%x\r\n%s\r\n0\r\n\r\n" % (len(chunk), chunk))
        assert b" 400 " in seconds_until_closed(line, 5)[1]
        assert len(drafts(world)) == kept
        whole = teacher.post("/drafts", [("_place", "referral/x"), ("facts", "한 번에")])
        assert whole.status == 200 and len(drafts(world)) == kept + 1, whole

        # An answer that nobody takes: enough requests on one connection to fill every buffer on the way.
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", door.port))
        line.settimeout(2)
        asset = next(a for a in assets(teacher) if a.endswith(".css"))
        ask = f"GET {asset} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 400
        before = door.memory
        try:
            line.sendall(ask)
        except TimeoutError:
            pass
        time.sleep(5)
        assert door.memory - before < 60 * MEGABYTE, (door.memory - before) // MEGABYTE
        spent, _ = drained(line)
        assert spent is not None, "the connection stands though nobody took the answers"
        assert serves(door) < 2


def assets(visitor):
    return re.findall(r'href="(/assets/[^"]+)"', visitor.get("/today").text)


def drained(line):
    """Reads to the end of what was sent; tells when the other side had closed."""
    begun = time.monotonic()
    line.settimeout(5)
    try:
        while line.recv(1 << 20):
            pass
    except TimeoutError:
        return None, 0
    except ConnectionResetError:
        pass
    return time.monotonic() - begun, 0


def drafts(world):
    with sqlite3.connect(f"file:{world.store}?mode=ro", uri=True) as store:
        return store.execute("SELECT * FROM draft").fetchall()


def test_no_more_connections_than_allowed(server, program, place, out):
    with Standing(server, program, place, out) as world:
        door = world.serve(connections_limit=40, head_seconds=3)
        lines = [connect(door) for _ in range(120)]
        time.sleep(0.5)
        # Those beyond the limit are not accepted: the program holds no file for them.
        assert open_connections(door) <= 45, open_connections(door)
        # They wait, and are served when the idle ones have been shown out.
        begun = time.monotonic()
        assert serves(door) < 25
        assert time.monotonic() - begun > 1
        for line in lines:
            line.close()
        assert serves(door) < 5


def open_connections(door):
    """Connections that the program itself has accepted."""
    count = 0
    for link in Path(f"/proc/{door.process.pid}/fd").iterdir():
        try:
            count += str(link.readlink()).startswith("socket:")
        except OSError:
            pass
    return count


def test_idle_connections_cost_little(server, program, place, out, long):
    """5,000 in the short form, as many as this machine's open files allow in the long one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    wanted = min(15_000 if long else 5_000, hard - 1_000)
    with Standing(server, program, place, out) as world:
        door = world.serve(connections_limit=20_000, head_seconds=20, idle_seconds=20)
        serves(door)
        before, lines = door.memory, []
        begun = time.monotonic()
        try:
            for number in range(wanted):
                # Half have asked once and are kept, half never say anything.
                line = connect(door)
                if number % 2:
                    line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                lines.append(line)
            opened = time.monotonic() - begun
            time.sleep(1)
            grown = door.memory - before
            beside = serves(door)
            print(f"{wanted} connections in {opened:.1f} s: {grown / wanted / KILOBYTE:.1f} kB each, {grown // MEGABYTE} MB in all; "
                  f"a page beside them {beside * 1000:.0f} ms")
            assert grown / wanted < 40 * KILOBYTE, grown / wanted
            # Far from waiting for one of them to be shown out; a busy machine takes its time.
            assert beside < 10
            # All of them are shown out by themselves.
            waiting = selectors.DefaultSelector()
            for line in lines:
                line.setblocking(False)
                waiting.register(line, selectors.EVENT_READ)
            end = time.monotonic() + 60
            left = wanted
            while left and time.monotonic() < end:
                for key, _ in waiting.select(1):
                    try:
                        if key.fileobj.recv(65536):
                            continue
                    except (BlockingIOError, ConnectionResetError):
                        pass
                    waiting.unregister(key.fileobj)
                    left -= 1
            assert left == 0, left
            assert open_connections(door) < 50
            assert serves(door) < 2
        finally:
            for line in lines:
                line.close()
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

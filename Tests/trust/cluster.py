"""A PostgreSQL of three machines as a province has it, on loopback: etcd, Patroni, and HAProxy before the programs.

Patroni and HAProxy read the very files that docs/high-availability.md gives to the administrator.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import string
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

FILES = Path(__file__).resolve().parents[2] / "docs" / "high-availability"
PROGRAMS = Path("/usr/lib/postgresql/15/bin")


def missing_programs():
    wanted = ["patroni", "etcd", "haproxy", str(PROGRAMS / "postgres")]
    return [name for name in wanted if not shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")]


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def wait_until(condition, seconds, what):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


def fill(name, to, **values):
    """Writes one of the administrator's files with its ${…} filled in; an unknown one is an error."""
    to.write_text(string.Template((FILES / name).read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
    return to


def ask(url, data=None, seconds=3):
    """Status and text of an answer; (0, "") where there was none."""
    try:
        body = None if data is None else json.dumps(data).encode()
        with urllib.request.urlopen(urllib.request.Request(url, body), timeout=seconds) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def children(process):
    """All processes under one, as the kernel knows them now."""
    parents = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            pass
    found, level = [], [process]
    while level:
        level = [child for child, parent in parents.items() if parent in level]
        found += level
    return found


def send(processes, number):
    for process in processes:
        try:
            os.kill(process, number)
        except ProcessLookupError:
            pass


class Started:
    """A program that was started here, its words in a file."""

    def __init__(self, arguments, log, environment=None, as_postgres=False):
        # PostgreSQL refuses root.
        if as_postgres and os.getuid() == 0:
            arguments = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", *arguments]
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GYEOT_", "PATRONI_", "ETCD_"))}
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                list(map(str, arguments)), stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
                env=kept | (environment or {}), start_new_session=True)

    @property
    def is_running(self):
        return self.process.poll() is None

    def end(self, number=signal.SIGTERM, seconds=20):
        if self.is_running:
            self.process.send_signal(number)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Node:
    """One machine of the database: PostgreSQL under its Patroni."""

    def __init__(self, name, folder, etcd, passwords):
        self.name, self.folder, self.started = name, folder / name, None
        self.port, self.rest = free_port(), free_port()
        self.folder.mkdir()
        self.settings = fill(
            "patroni.yml", self.folder / "patroni.yml", NODE=name, ADDRESS="127.0.0.1", PORT=self.port,
            REST_PORT=self.rest, ETCD=etcd, DATA=self.folder / "data", FOLDER=self.folder, NETWORK="127.0.0.1/32",
            WATCHDOG="off", **passwords)
        if os.getuid() == 0:
            for place in (self.folder, self.settings):
                shutil.chown(place, "postgres", "postgres")
        self.settings.chmod(0o600)

    def start(self):
        # Debian's own Python, whatever else is on the path.
        self.started = Started(
            ["/usr/bin/python3", "/usr/bin/patroni", self.settings], self.folder / "patroni.log", as_postgres=True)

    @property
    def postmaster(self):
        try:
            return int((self.folder / "data" / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None

    @property
    def processes(self):
        """Patroni, PostgreSQL and all their processes."""
        first = [self.started.process.pid] if self.started and self.started.is_running else []
        if (server := self.postmaster) and Path(f"/proc/{server}").exists():
            first.append(server)
        return first + [child for process in first for child in children(process)]

    def kill(self):
        """As when the plug is pulled: every process at once, and nothing written any more."""
        send(self.processes, signal.SIGKILL)
        self.started.process.wait()
        wait_until(lambda: not Path(f"/proc/{self.postmaster}").exists(), 10, f"{self.name} dead")

    def stop(self):
        send(self.processes, signal.SIGSTOP)

    def go_on(self):
        send(self.processes, signal.SIGCONT)


class Cluster:
    """Three database machines and one etcd; ends with everything it started."""

    def __init__(self, place):
        self.folder = Path(place) / "cluster"
        self.folder.mkdir()
        # The folder above belongs to whoever runs the tests; PostgreSQL's user must pass through.
        Path(place).chmod(0o755)
        self.passwords = {
            f"{name}_PASSWORD": secrets.token_hex(12) for name in ("POSTGRES", "REPLICATION", "REWIND")}
        self.password = secrets.token_hex(12)
        self.etcd, self.nodes = None, []

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_):
        self.end()

    def start(self):
        client, peer = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        self.etcd = Started(
            ["etcd", "--name", "only", "--data-dir", self.folder / "etcd", "--listen-client-urls", client,
             "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
             "--initial-cluster", f"only={peer}", "--unsafe-no-fsync"], self.folder / "etcd.log")
        wait_until(lambda: ask(client + "/health")[0] == 200, 30, "etcd healthy")
        self.nodes = [Node(f"node{number}", self.folder, client.removeprefix("http://"), self.passwords)
                      for number in (1, 2, 3)]
        self.nodes[0].start()
        wait_until(lambda: self.primary, 60, "a primary")
        for node in self.nodes[1:]:
            node.start()
        self.settle()
        self.sql(f"CREATE ROLE gyeot LOGIN PASSWORD '{self.password}'", "postgres")
        self.sql("CREATE DATABASE gyeot OWNER gyeot TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
                 "postgres")

    def end(self):
        for node in self.nodes:
            send(node.processes, signal.SIGKILL)
            if node.started:
                node.started.process.wait()
        if self.etcd:
            self.etcd.end(signal.SIGKILL)

    @property
    def url(self):
        """What the administrator writes into database.url."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgres://gyeot:{self.password}@{hosts}/gyeot?target_session_attrs=read-write"

    def role(self, node):
        """As the node itself tells it: `primary`, `sync`, `replica`, or nothing."""
        for role in ("primary", "sync", "replica"):
            if ask(f"http://127.0.0.1:{node.rest}/{role}", seconds=2)[0] == 200:
                return role
        return None

    @property
    def primary(self):
        return next((node for node in self.nodes
                     if ask(f"http://127.0.0.1:{node.rest}/primary", seconds=2)[0] == 200), None)

    def settle(self, seconds=240):
        """Waits until one node leads, another holds each commit, and the third follows: ready for the next failure."""
        def whole():
            roles = [self.role(node) for node in self.nodes]
            return sorted(map(str, roles)) == ["primary", "replica", "sync"] and self.streaming() == 2
        wait_until(whole, seconds, "primary, synchronous standby and replica")

    def streaming(self):
        primary = self.primary
        query = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
        return int(self.sql(query, "postgres", node=primary) or 0) if primary else 0

    def switch_over(self):
        """As an administrator does before maintenance: to the standby that holds every commit."""
        old = self.primary
        new = next(node for node in self.nodes if self.role(node) == "sync")
        status, text = ask(f"http://127.0.0.1:{old.rest}/switchover", {"leader": old.name, "candidate": new.name}, 60)
        assert status == 200, (status, text)
        return old, new

    def sql(self, query, database="gyeot", node=None):
        """What a query on the primary answers, one line a row; nothing where it could not be asked."""
        node = node or wait_until(lambda: self.primary, 60, "a primary")
        done = subprocess.run(
            [PROGRAMS / "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--host", "127.0.0.1",
             "--port", str(node.port), "--username", "postgres", "--dbname", database, "--command", query],
            env=os.environ | {"PGPASSWORD": self.passwords["POSTGRES_PASSWORD"], "PGCONNECT_TIMEOUT": "3"},
            capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise AssertionError(done.stderr.strip())
        return done.stdout.strip()


class Programs:
    """Two programs on one database, and HAProxy before them."""

    def __init__(self, program, folder, url, key, out):
        self.program, self.folder, self.url, self.key, self.out = program, Path(folder), url, key, Path(out)
        self.ports = [free_port(), free_port()]
        self.running = [None, None]
        self.port, self.proxy = free_port(), None

    def __enter__(self):
        try:
            for index in (0, 1):
                self.start(index)
            self.start_proxy()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_):
        self.end()

    def start(self, index):
        log = self.out / f"failover-{index}.log"
        self.running[index] = Started(
            [self.program, "serve", "--port", self.ports[index]], log,
            {"GYEOT_LOG_LEVEL": "warning", "GYEOT_DATABASE_URL": self.url, "GYEOT_KEY_FILE": str(self.key), "GYEOT_PROXY_TRUSTED": "127.0.0.1"})
        wait_until(lambda: ask(f"http://127.0.0.1:{self.ports[index]}/readyz")[0] == 200, 60, f"program {index} ready")

    def start_proxy(self):
        shutil.copy(FILES / "away.http", self.folder / "away.http")
        settings = fill(
            "haproxy.cfg", self.folder / "haproxy.cfg", BIND=f"127.0.0.1:{self.port}", FOLDER=self.folder,
            FIRST=f"127.0.0.1:{self.ports[0]}", SECOND=f"127.0.0.1:{self.ports[1]}")
        # Debian's own file stands before ours on a real machine; here only what tells who is up.
        own = self.folder / "own.cfg"
        own.write_text(f"global\n  stats socket {self.folder}/haproxy.sock mode 600 level admin\n")
        environment = {"PATH": os.environ["PATH"] + ":/usr/sbin"}
        self.proxy = Started(["haproxy", "-db", "-f", own, "-f", settings], self.folder / "haproxy.log", environment)
        wait_until(lambda: ask(f"http://127.0.0.1:{self.port}/readyz")[0] == 200, 20, "HAProxy ready")

    def kill(self, index):
        self.running[index].process.kill()
        self.running[index].process.wait()

    def states(self):
        """Of each program as HAProxy sees it: whether it is up, and how many requests it was given."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.folder / "haproxy.sock"))
            line.sendall(b"show stat\n")
            text = b"".join(iter(lambda: line.recv(65_536), b"")).decode()
        rows = [row.split(",") for row in text.lstrip("# ").strip().split("\n")]
        status, total = rows[0].index("status"), rows[0].index("stot")
        found = {row[1]: (row[status].startswith("UP"), int(row[total])) for row in rows[1:] if row[0] == "programs"}
        return [found["first"], found["second"]]

    def end(self):
        for started in [*self.running, self.proxy]:
            if started:
                started.end(seconds=15)

"""Where a world lies: a SQLite file, or a PostgreSQL of its own on loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

POSTGRES = Path("/usr/lib/postgresql/15/bin")


class SQLitePlace:
    engine = "sqlite"

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.url = str(self.folder / "gyeot.sqlite")
        self.key = str(self.folder / "root.key")

    def start(self):
        return self

    def stop(self):
        pass

    def bare_commits(self, seconds):
        """Commits a second of one row each, by one connection and nothing else."""
        import sqlite3
        file = self.folder / "bare.sqlite"
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS note (number INTEGER PRIMARY KEY, text TEXT)")
        end, count = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO note (text) VALUES (?)", ("x" * 300,))
            connection.execute("COMMIT")
            count += 1
        connection.close()
        for left in self.folder.glob("bare.sqlite*"):
            left.unlink()
        return count / seconds

    def size(self):
        return sum(file.stat().st_size for file in self.folder.glob("gyeot.sqlite*"))


class PostgresPlace:
    engine = "postgres"

    def __init__(self, folder):
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.key = str(self.folder / "root.key")
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if not self.data.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            # The server will not run as root, and must reach its folder.
            shutil.chown(self.folder, self.user)
            self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                     "--lc-collate=C", "--lc-ctype=C")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self):
        # A quarter of what a small database host has; everything else as it comes, above all durable commits.
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c shared_buffers=512MB -c max_wal_size=4GB"
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", options, "start")
        return self

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def run(self, program, *arguments):
        command = [str(POSTGRES / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", self.user, "--", *command]
        # Into nothing, for the server keeps what it was started with.
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def bare_commits(self, seconds):
        script = self.folder / "bare.sql"
        script.write_text("INSERT INTO bare (text) VALUES (repeat('x', 300));\n")
        self.psql("CREATE TABLE IF NOT EXISTS bare (number bigserial PRIMARY KEY, text text)")
        said = subprocess.run(
            [str(POSTGRES / "pgbench"), "-n", "-c1", f"-T{max(1, int(seconds))}", "-M", "prepared", "-f", str(script),
             self.url], capture_output=True, text=True, check=True).stdout
        self.psql("DROP TABLE bare")
        return float(said.split("tps = ")[1].split()[0])

    def psql(self, statement):
        return subprocess.run([str(POSTGRES / "psql"), "-Atqc", statement, self.url], capture_output=True, text=True,
                              check=True).stdout.strip()

    def size(self):
        return int(self.psql("SELECT pg_database_size('postgres')"))


PLACES = {"sqlite": SQLitePlace, "postgres": PostgresPlace}

"""Where a world lies: a SQLite file, or a PostgreSQL of its own."""

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "harness"))

from postgres import PROGRAMS, Postgres  # noqa: E402


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
        self.folder.mkdir(parents=True, exist_ok=True)
        self.key = str(self.folder / "root.key")
        # A quarter of what a small database host has; everything else as it comes, above all durable commits.
        self.server = Postgres(self.folder, self.folder, segment=16, shared_buffers="512MB", max_wal_size="4GB")
        self.url = self.server.url

    def start(self):
        self.server.start()
        return self

    def stop(self):
        self.server.stop()

    def bare_commits(self, seconds):
        script = self.folder / "bare.sql"
        script.write_text("INSERT INTO bare (text) VALUES (repeat('x', 300));\n")
        self.psql("CREATE TABLE IF NOT EXISTS bare (number bigserial PRIMARY KEY, text text)")
        said = subprocess.run(
            [str(PROGRAMS / "pgbench"), "-n", "-c1", f"-T{max(1, int(seconds))}", "-M", "prepared", "-f", str(script),
             self.url], capture_output=True, text=True, check=True).stdout
        self.psql("DROP TABLE bare")
        return float(said.split("tps = ")[1].split()[0])

    def psql(self, statement):
        return subprocess.run([str(PROGRAMS / "psql"), "-Atqc", statement, self.url], capture_output=True, text=True,
                              check=True).stdout.strip()

    def size(self):
        return int(self.psql("SELECT pg_database_size('postgres')"))


PLACES = {"sqlite": SQLitePlace, "postgres": PostgresPlace}

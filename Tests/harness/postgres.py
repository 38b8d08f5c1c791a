"""A PostgreSQL of the test's own in a folder, reached by a socket in it and over no network."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from skip import Skip

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


def folder_of_postgres(place):
    place.chmod(0o755)
    folder = place / "postgres"
    folder.mkdir()
    return folder


class Postgres:
    def __init__(self, folder, out, segment=1, **settings):
        """`segment` is the size of a file of its log in MB: small where a disk is, the usual 16 where speed counts."""
        if not (PROGRAMS / "initdb").exists():
            raise Skip("PostgreSQL is not installed")
        self.folder, self.data, self.log = Path(folder), Path(folder) / "data", Path(out) / "postgres.log"
        self.settings = {"listen_addresses": "''", "unix_socket_directories": f"'{folder}'", "fsync": "on", **settings}
        self.process = None
        # PostgreSQL refuses root.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
        if self.data.exists():
            return
        subprocess.run([PROGRAMS / "initdb", "-D", self.data, "-U", "postgres", "--auth", "trust", "--encoding", "UTF8",
                        "--locale", "C", "--wal-segsize", str(segment)],
                       check=True, stdout=subprocess.DEVNULL, cwd="/", **self.user)

    @property
    def url(self):
        return f"postgresql:///postgres?host={self.folder}&user=postgres"

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def start(self, seconds=60):
        options = [f"-c{name}={value.strip(chr(39))}" for name, value in self.settings.items()]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([PROGRAMS / "postgres", "-D", self.data, *options],
                                            stdout=log, stderr=log, cwd="/", start_new_session=True, **self.user)
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.is_running:
            ready = subprocess.run([PROGRAMS / "pg_isready", "-q", "-h", self.folder, "-d", "postgres"])
            if ready.returncode == 0:
                return self
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not become ready; see {self.log}")

    def stop(self):
        if self.is_running:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait()

"""The demo's world in a PostgreSQL, served by the program."""

import subprocess
from pathlib import Path

from running import Running


class Served:
    """Brought there as an office would: by a backup of the SQLite store, restored."""

    def __init__(self, standing, postgres, program, place, out):
        self.program, self.out = program, Path(out)
        self.roles, self.password = standing.roles, standing.password
        self.options = ["--database", postgres.url, "--key-file", str(standing.folder / "root.key")]
        archive = Path(place) / "world.gyeot"
        self.run("backup", str(archive), "--database", str(standing.store), *self.options[2:])
        self.run("restore", str(archive), *self.options)
        self.running = None

    def run(self, *command, check=True):
        done = subprocess.run([self.program, *command], capture_output=True, text=True, timeout=300)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done.returncode, done.stdout + done.stderr

    def verify(self):
        return self.run("audit", "verify", *self.options, check=False)

    def serve(self, seconds=60):
        self.running = Running(self.program, ["serve", "--port", "0", *self.options], self.out, "served", seconds)
        return self.running.origin

    def stop(self):
        if self.running:
            self.running.stop()

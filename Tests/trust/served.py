"""The demo's world in a PostgreSQL, served by the program."""

import re
import signal
import subprocess
import time
from pathlib import Path


class Served:
    """Brought there as an office would: by a backup of the SQLite store, restored."""

    def __init__(self, standing, postgres, program, place, out):
        self.program, self.out = program, Path(out)
        self.roles, self.password = standing.roles, standing.password
        self.options = ["--database", postgres.url, "--key-file", str(standing.folder / "root.key")]
        archive = Path(place) / "world.gyeot"
        self.run("backup", str(archive), "--database", str(standing.store), *self.options[2:])
        self.run("restore", str(archive), *self.options)
        self.process = None

    def run(self, *command, check=True):
        done = subprocess.run([self.program, *command], capture_output=True, text=True, timeout=300)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done.returncode, done.stdout + done.stderr

    def verify(self):
        return self.run("audit", "verify", *self.options, check=False)

    def serve(self, seconds=60):
        said = self.out / "served.out"
        with open(said, "wb") as out, open(self.out / "server.log", "ab") as log:
            self.process = subprocess.Popen([self.program, "serve", "--port", "0", *self.options],
                                            stdout=out, stderr=log, start_new_session=True)
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            if ready := re.search(r"^ready (https?://\S+)$", said.read_text(encoding="utf-8"), re.M):
                return ready[1]
            time.sleep(0.05)
        raise RuntimeError(f"the program did not become ready; see {self.out}/server.log")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

"""A world that is loaded once and then stands up many times: copies of the shared demo's store, each with its own
server, settings and instances."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path


PACK = Path(__file__).resolve().parents[2] / "Sources" / "Practice" / "Pack"


class Standing:
    """A copy of the demo that `server` loaded, in `place`, served by as many instances as are asked for."""

    def __init__(self, server, program, place, out):
        self.program, self.out, self.folder = program, Path(out), Path(place) / "demo"
        self.roles, self.password = server.roles, server.password
        self.instances = []
        self.folder.mkdir()
        source = Path(server.folder) / "demo"
        # The other is in use: SQLite's own backup takes a state that is whole.
        with sqlite3.connect(source / "gyeot.sqlite") as old, sqlite3.connect(self.store) as new:
            old.backup(new)
        for name in ("root.key", "loaded"):
            shutil.copy2(source / name, self.folder / name)

    @property
    def store(self):
        return self.folder / "gyeot.sqlite"

    def serve(self, seconds=30, **settings):
        """Starts an instance; a setting is `head_seconds=2` for `head.seconds`."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GYEOT_")}
        environment |= {"GYEOT_" + name.upper(): str(value) for name, value in settings.items()}
        said = self.out / f"standing-{os.getpid()}-{len(self.instances)}.out"
        with open(said, "wb") as out, open(self.out / "server.log", "ab") as log:
            process = subprocess.Popen(
                [self.program, "demo", "--port", "0", "--data", str(self.folder)],
                stdout=out, stderr=log, start_new_session=True, env=environment)
        self.instances.append(process)
        end = time.monotonic() + seconds
        while time.monotonic() < end and process.poll() is None:
            if ready := re.search(r"^ready (https?://\S+)$", said.read_text(encoding="utf-8"), re.M):
                said.unlink()
                return Instance(process, ready[1])
            time.sleep(0.05)
        raise RuntimeError(f"the program did not become ready; see {self.out}/server.log")

    def practice(self, **numbers):
        """A practice folder like the one built in, with other numbers for the door."""
        folder = self.folder.parent / "practice"
        shutil.copytree(PACK, folder)
        policy = folder / "policy.yaml"
        text = policy.read_text(encoding="utf-8")
        for name, number in numbers.items():
            text, count = re.subn(rf"\b{name}: \d+", f"{name}: {number}", text)
            assert count == 1, name
        policy.write_text(text, encoding="utf-8")
        return folder

    def verify(self):
        """What `gyeot audit verify` says of the store: its status and its text."""
        done = subprocess.run(
            [self.program, "audit", "verify", "--database", str(self.store), "--key-file", str(self.folder / "root.key")],
            capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.instances:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.instances:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Instance:
    def __init__(self, process, origin):
        self.process, self.origin = process, origin
        self.port = int(origin.rsplit(":", 1)[1])

    @property
    def memory(self):
        """Resident bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024

    @property
    def peak(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024

    def work(self):
        """Seconds of processor so far, over all threads (clock_getcpuclockid(3))."""
        return time.clock_gettime(~self.process.pid << 3 | 2)

    @property
    def is_alive(self):
        return self.process.poll() is None

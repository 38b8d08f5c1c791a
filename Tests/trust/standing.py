"""A world that is loaded once and then stands up many times: copies of the shared demo's store, each with its own
server, settings and instances."""

import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

from running import Running

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
        arguments = ["demo", "--port", "0", "--data", self.folder]
        name = f"standing-{os.getpid()}-{len(self.instances)}"
        self.instances.append(Running(self.program, arguments, self.out, name, seconds, **settings))
        return self.instances[-1]

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
        for instance in self.instances:
            instance.stop()

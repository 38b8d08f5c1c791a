"""The program as it runs for a test: started, ready at an address, stopped as an office would stop it."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

READY = re.compile(r"^ready (https?://\S+)$", re.M)


class Running:
    """`program` with `arguments`; what it says goes to `out/<name>.out`, what it logs to `out/server.log`.

    A setting is `head_seconds=2` for `head.seconds`; of the tests' own environment the program sees nothing that is
    called like a setting.
    """

    def __init__(self, program, arguments, out, name, seconds=60, **settings):
        self.log, self.said_to = Path(out) / "server.log", Path(out) / f"{name}.out"
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GYEOT_")}
        environment |= {"GYEOT_" + key.upper(): str(value) for key, value in settings.items()}
        # Into a file, because a pipe read line by line hides what lies in its buffer.
        with open(self.said_to, "wb") as said, open(self.log, "ab") as log:
            self.process = subprocess.Popen([program, *map(str, arguments)], stdout=said, stderr=log,
                                            start_new_session=True, env=environment)
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.is_alive:
            if ready := READY.search(self.said):
                self.origin = ready[1]
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the program did not become ready; see {self.log}")

    @property
    def said(self):
        return self.said_to.read_text(encoding="utf-8")

    @property
    def port(self):
        return int(self.origin.rsplit(":", 1)[1])

    @property
    def is_alive(self):
        return self.process.poll() is None

    @property
    def memory(self):
        """Resident bytes."""
        return self._status("VmRSS")

    @property
    def peak(self):
        return self._status("VmHWM")

    def _status(self, name):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", status)[1]) * 1024

    def work(self):
        """Seconds of processor so far, over all threads (clock_getcpuclockid(3))."""
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def stop(self, seconds=40):
        if not self.is_alive:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

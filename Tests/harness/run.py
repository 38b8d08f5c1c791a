"""Runs every function named test_… of every file named test_….py in a folder.

A test says by the names of its parameters what it needs:
  server   the demo that all tests of the run share, started with the first that asks for it
  window   opens a browser window on it, of nobody's as yet: `window(width=360, dark=True, script=False)`
  program  the path of the program, for a test that starts its own
  place    an empty folder of its own, removed after the test
  out      the folder for pictures and logs
  long     whether the long form was asked for (`bin/test --long`)
Raising `Skip` says why it cannot be run.

A file may say to which part of its folder it belongs, so that `bin/test` runs parts beside each other (`--part`): `PART =
"alone"` where it measures what other work beside it would disturb.
"""

import argparse
import importlib
import inspect
import os
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from house import Browser, Server  # noqa: E402
from skip import Skip  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--program", required=True)
    parser.add_argument("--out", default="out")
    parser.add_argument("--filter", default="")
    parser.add_argument("--part", default="all", help="of the folder: all, a name, or others, which have none")
    options = parser.parse_args()
    folder, out = Path(options.folder), Path(options.out)
    out.mkdir(exist_ok=True)
    count = out / f"{folder.name}-{options.part}.count"
    count.unlink(missing_ok=True)

    sys.path.insert(0, str(folder))
    tests = []
    for file in sorted(folder.glob("test_*.py")):
        module = importlib.import_module(file.stem)
        if options.part not in ("all", getattr(module, "PART", "others")):
            continue
        tests += [(f"{file.stem}.{name}", value) for name, value in vars(module).items()
                  if name.startswith("test_") and callable(value) and value.__module__ == file.stem]
    run = Run(options.program, out)
    try:
        results = [run.test(name, test) for name, test in tests if options.filter in name]
    finally:
        run.end()
    # The reasons stand behind the numbers, for the line that sums up.
    reasons = sorted({reason for result, reason in results if result == "skipped"})
    numbers = [sum(result == wanted for result, _ in results) for wanted in ("passed", "failed", "skipped")]
    count.write_text(" ".join(map(str, numbers)) + " " + "; ".join(reasons) + "\n")
    return 1 if numbers[1] else 0


class Run:
    def __init__(self, program, out):
        self.program, self.out = program, out
        self.server, self.broken = None, None
        self.windows = []

    def test(self, name, test):
        windows, folders = [], []
        start = time.monotonic()
        try:
            test(**{need: self.need(need, windows, folders) for need in inspect.signature(test).parameters})
            result, why = "passed", ""
        except Skip as reason:
            result, why = "skipped", str(reason)
        except Exception as error:
            result, why = "failed", str(error)
            traceback.print_exc()
            for index, opened in enumerate(windows):
                try:
                    opened.shot(f"failed-{name}-{index}")
                except Exception:
                    pass
        finally:
            # The windows are used again: starting a browser takes longer than most tests.
            self.windows += windows
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)
        print(f"{result} {name} ({time.monotonic() - start:.1f} s){': ' + why if why else ''}", flush=True)
        return result, why

    def need(self, name, windows, folders):
        match name:
            case "server":
                return self.demo()
            case "window":
                def window(**arguments):
                    windows.append(self.window().afresh(**arguments))
                    return windows[-1]
                return window
            case "place":
                folders.append(tempfile.mkdtemp(prefix="gyeot-test-"))
                return Path(folders[-1])
            case "program":
                return self.program
            case "out":
                return self.out
            case "long":
                return bool(os.environ.get("GYEOT_TEST_LONG"))
            case _:
                raise ValueError(f"a test asks for {name}, which nobody gives")

    def window(self):
        """One that an earlier test has left, if it still answers, or a new one."""
        while self.windows:
            old = self.windows.pop()
            try:
                old.driver.current_url
                return old
            except Exception:
                old.close()
        return Browser(self.demo(), self.out)

    def demo(self):
        # A demo that did not start is not started again for each test.
        if self.broken:
            raise RuntimeError(self.broken)
        if not self.server:
            server = Server(self.program, self.out)
            try:
                self.server = server.start()
            except Exception as error:
                self.broken = str(error)
                server.remove()
                raise
        return self.server

    def end(self):
        for window in self.windows:
            window.close()
        if self.server:
            self.server.remove()


if __name__ == "__main__":
    sys.exit(main())

"""Runs every function named test_… of every file named test_….py against one demo.

A test takes the server and a way to open windows, which are closed for it. Raising `Skip` says why it cannot be run.
"""

import argparse
import importlib
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from house import Browser, Server  # noqa: E402
from skip import Skip  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--out", default="out")
    parser.add_argument("--filter", default="")
    options = parser.parse_args()
    out = Path(options.out)
    out.mkdir(exist_ok=True)
    (out / "server.log").unlink(missing_ok=True)
    (out / "browser.count").unlink(missing_ok=True)

    tests = []
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(file.stem)
        tests += [(f"{file.stem}.{name}", value) for name, value in vars(module).items()
                  if name.startswith("test_") and callable(value) and value.__module__ == file.stem]
    tests = [(name, test) for name, test in tests if options.filter in name]
    passed = failed = skipped = 0
    if tests:
        server = Server(options.program, out)
        try:
            server.start()
            for name, test in tests:
                result = run(name, test, server, out)
                passed += result == "passed"
                failed += result == "failed"
                skipped += result == "skipped"
        except Exception:
            traceback.print_exc()
            failed += len(tests) - passed - failed - skipped
        finally:
            server.remove()
    (out / "browser.count").write_text(f"{passed} {failed} {skipped}\n")
    return 1 if failed else 0


def run(name, test, server, out):
    windows = []

    def window(**arguments):
        windows.append(Browser(server, out, **arguments))
        return windows[-1]

    start = time.monotonic()
    try:
        test(server, window)
        result, why = "passed", ""
    except Skip as reason:
        result, why = "skipped", f": {reason}"
    except Exception as error:
        result, why = "failed", f": {error}"
        traceback.print_exc()
        for index, opened in enumerate(windows):
            try:
                opened.shot(f"failed-{name}-{index}")
            except Exception:
                pass
    finally:
        for opened in windows:
            try:
                opened.close()
            except Exception:
                pass
    print(f"browser {result} {name} ({time.monotonic() - start:.1f} s){why}", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())

"""Measures a release build: start, second start, the door and a page, with plain keep-alive connections."""

import argparse
import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time


def start(program, folder, database):
    arguments = [program, "demo", "--port", "0", "--data", folder]
    if database:
        arguments += ["--database", database]
    begun = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    password, names = "", []
    for line in process.stdout:
        if match := re.match(r"^ready http://([^:]+):(\d+)", line):
            return process, match[1], int(match[2]), time.monotonic() - begun, names, password
        if match := re.match(r"^  (.+?)  (\S+)  (\S+)$", line.rstrip("\n")):
            names.append((match[1], match[2]))
            password = match[3]
    raise SystemExit("bench: the demo did not become ready")


def measure(host, port, path, seconds, connections, cookie=None):
    counts, times, lock = [0, 0], [], threading.Lock()
    end = time.monotonic() + seconds

    def work():
        connection = http.client.HTTPConnection(host, port)
        own, good, bad = [], 0, 0
        while time.monotonic() < end:
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = connection.getresponse()
            answer.read()
            own.append(time.perf_counter() - begun)
            good, bad = good + (answer.status < 400), bad + (answer.status >= 400)
        with lock:
            counts[0] += good
            counts[1] += bad
            times.extend(own)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    p = lambda q: times[min(len(times) - 1, int(len(times) * q))] * 1000 if times else 0
    print(f"{path:<14} {counts[0] / seconds:8.0f} req/s  p50 {p(.5):6.1f} ms  p99 {p(.99):6.1f} ms  failed {counts[1]}")
    return counts[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--database")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="gyeot-bench-")
    failed = 0
    try:
        process, host, port, first, _, _ = start(options.program, folder, options.database)
        try:
            print(f"first start    {first:8.2f} s")
            for path in ("/healthz", "/readyz", "/sign-in"):
                failed += measure(host, port, path, options.seconds, options.connections)
        finally:
            process.terminate()
            process.wait(30)
        process, *_rest = start(options.program, folder, options.database)
        print(f"second start   {_rest[2]:8.2f} s")
        process.terminate()
        begun = time.monotonic()
        process.wait(30)
        print(f"stop           {time.monotonic() - begun:8.2f} s")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

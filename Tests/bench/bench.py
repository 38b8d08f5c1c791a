"""Measures a release build: start, second start, pages before and after a long class list came in, and that import."""

import argparse
import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse


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
    name = re.sub(r"[0-9a-f-]{36}", "{id}", path)
    print(f"{name:<14} {counts[0] / seconds:8.0f} req/s  p50 {p(.5):6.1f} ms  p99 {p(.99):6.1f} ms  failed {counts[1]}")
    return counts[1], p(.5)


def sign_in(host, port, name, password):
    """The cookie of a session, as a browser would get it."""
    connection = http.client.HTTPConnection(host, port)
    connection.request("GET", "/sign-in")
    answer = connection.getresponse()
    door, page = answer.getheader("Set-Cookie", "").split(";")[0], answer.read().decode()
    token = re.search(r'name="_token" value="([^"]+)"', page)[1]
    body = urllib.parse.urlencode({"_token": token, "name": name, "password": password})
    connection.request("POST", "/sign-in", body, {
        "Cookie": door, "Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    return answer.getheader("Set-Cookie").split(";")[0]


def pages(host, port, name, password, options):
    """Of somebody signed in: Today, the caseload, a case. The middle time of each, and how many failed."""
    cookie = sign_in(host, port, name, password)
    connection = http.client.HTTPConnection(host, port)
    connection.request("GET", "/cases", headers={"Cookie": cookie})
    case = re.search(r'href="(/cases/[0-9a-f-]{36})"', connection.getresponse().read().decode())[1]
    times, failed = {}, 0
    for path in ("/today", "/cases", case):
        bad, times[path] = measure(host, port, path, options.seconds, options.connections, cookie)
        failed += bad
    return times, failed


def bring(options, folder, rows, first, name):
    """Imports a list of `rows` students, one in a hundred of them broken; the seconds it took."""
    made = f"{folder}/{rows}.csv"
    subprocess.run(
        [sys.executable, "bin/make-roster", "--rows", str(rows), "--broken", "0.01", "--first", str(first), "--output", made],
        check=True, stdout=subprocess.DEVNULL)
    begun = time.monotonic()
    subprocess.run(
        [options.program, "import", "--key-file", f"{folder}/root.key",
         "--database", options.database or f"{folder}/gyeot.sqlite", "--school", "달무리초(가상)", "--as", name,
         "--good-rows", made],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    taken = time.monotonic() - begun
    print(f"import {rows:>7} {taken:8.2f} s  {rows / taken:8.0f} rows/s")
    return taken


def end(process):
    process.terminate()
    process.wait(30)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--rows", type=int, default=50_000, help="of the long class list")
    parser.add_argument("--database")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="gyeot-bench-")
    failed = 0
    try:
        process, host, port, first, names, password = start(options.program, folder, options.database)
        manager = names[1][1]
        try:
            print(f"first start    {first:8.2f} s")
            for path in ("/healthz", "/readyz", "/sign-in"):
                failed += measure(host, port, path, options.seconds, options.connections)[0]
            few, bad = pages(host, port, manager, password, options)
            failed += bad
        finally:
            end(process)
        bring(options, folder, 600, 300_000, manager)
        bring(options, folder, options.rows, 400_000, manager)
        process, host, port, second, _, _ = start(options.program, folder, options.database)
        try:
            print(f"second start   {second:8.2f} s")
            many, bad = pages(host, port, manager, password, options)
            failed += bad
            for (path, before), after in zip(few.items(), many.values()):
                name = re.sub(r"[0-9a-f-]{36}", "{id}", path)
                print(f"{name:<14} {after / before:8.2f} times as long with {options.rows} students more")
        finally:
            begun = time.monotonic()
            end(process)
            print(f"stop           {time.monotonic() - begun:8.2f} s")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Requests from many connections at once, by wrk."""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


@dataclass
class Rate:
    """What a load got: answers a second, the middle and the ninety-ninth of a hundred times in ms, failures."""

    a_second: float
    p50: float
    p99: float
    failed: int


def load(origin, requests, seconds, connections=16):
    """Sends `requests` (method, path, cookie, body) in turn for some seconds."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        for method, path, cookie, body in requests:
            file.write(f"{method}\t{path}\t{cookie}\t{body}\n")
        file.flush()
        ran = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency",
             "-s", str(Path(__file__).parent / "load.lua"), origin, "--", file.name],
            capture_output=True, text=True, timeout=seconds + 90)
    said = ran.stdout
    if ran.returncode or "Requests/sec" not in said:
        raise RuntimeError(f"wrk: {said}{ran.stderr}")
    failed = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", said))
    if broken := re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said):
        failed += sum(map(int, broken.groups()))
    if "answered" in ran.stderr:
        failed = max(failed, 1)
    return Rate(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), part(said, 50), part(said, 99), failed)


def part(said, percent):
    number, unit = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", said, re.M).groups()
    return float(number) * UNITS[unit]

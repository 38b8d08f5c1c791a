"""Measures the release build on worlds of several sizes, on SQLite and PostgreSQL, and keeps the result in docs/speed.md.

Every world has one open case for five students, ten contacts a case, a thousand students a school. The load comes from
the same machine, as many connections as asked for; everything is told as a ratio to the plain answer /healthz too, for
a machine is fast or slow, busy or idle.
"""

import argparse
import datetime
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import WRITING, cold_first, measure
from roster import bring
from stores import PLACES

DOCUMENT = Path(__file__).parents[2] / "docs" / "speed.md"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--maker", required=True, help="the program that makes worlds")
    parser.add_argument("--engines", default="sqlite,postgres")
    parser.add_argument("--students", default="1000", help="sizes, separated by commas")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--services", type=int, default=20_000, help="of the directory of resources")
    parser.add_argument("--rows", type=int, default=50_000, help="of the long class list")
    parser.add_argument("--keep", help="a folder in which worlds stay for the next time")
    parser.add_argument("--record", action="store_true", help="write the result into docs/speed.md")
    options = parser.parse_args()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="gyeot-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    # PostgreSQL does not run as root, and must reach its own folder in here.
    folder.chmod(0o755)
    failed, told = 0, []
    try:
        for engine in options.engines.split(","):
            first = None
            for students in map(int, options.students.split(",")):
                lines, facts = one(options, folder / f"{engine}-{students}", engine, students)
                failed += sum(failures(line, options.seconds) for line in lines)
                first = first or lines
                told.append((engine, students, lines, facts))
                grown(first, lines, students)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    if options.record:
        record(told, options)
    return 1 if failed else 0


def failures(line, seconds):
    """A page must never fail; of acts on the same cases at once, a few may be refused."""
    asked = line.rate.a_second * seconds
    return line.rate.failed if line.name not in WRITING or line.rate.failed > asked / 10 else 0


def one(options, folder, engine, students):
    """Makes the world if it is not there yet, and measures it."""
    place = PLACES[engine](folder).start()
    try:
        print(f"\n{engine}, {students:,} students", flush=True)
        if not Path(place.key).exists():
            begun = datetime.datetime.now()
            subprocess.run([options.maker, "--database", place.url, "--key-file", place.key,
                            "--students", str(students), "--services", str(options.services)], check=True, stderr=subprocess.DEVNULL)
            print(f"made in {(datetime.datetime.now() - begun).total_seconds():.0f} s", flush=True)
        tell = lambda line: print(line, flush=True)  # noqa: E731
        cold = cold_first(options.program, place, students)
        lines, facts = measure(options.program, place, students, options.seconds, options.connections, tell)
        for line in lines:
            line.cold = cold.get(line.name)
        facts["import"] = bring(options.program, place, options.rows)
        print(f"store {facts['size'] / 1e6:,.0f} MB, first answer {facts['start']:.2f} s after the start, "
              f"memory {facts['memory']:.0f} MB, at most {facts['peak']:.0f} MB, bare commits {facts['bare']:.0f}/s, "
              f"class list of {options.rows:,} rows {facts['import']:.1f} s", flush=True)
        for name, milliseconds in cold.items():
            print(f"cold {name:<18} {milliseconds:8.1f} ms at the first time, nothing in memory", flush=True)
        return lines, facts
    finally:
        place.stop()


def grown(first, lines, students):
    if first is lines:
        return
    for before, after in zip(first, lines):
        print(f"growth {before.name:<18} {before.rate.a_second / after.rate.a_second:5.2f} times as long", flush=True)


def record(told, options):
    """Puts the tables between the two marks of the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    parts = [f"Measured on {datetime.date.today()}, commit {commit}, {options.connections} connections, "
             f"{options.seconds} s a line: `bin/bench --students {options.students} --engines {options.engines} "
             f"--seconds {options.seconds} --record`.\n"]
    for engine, students, lines, facts in told:
        parts.append(f"### {engine}, {students:,} students\n")
        parts.append(f"Store {facts['size'] / 1e6:,.0f} MB; first answer {facts['start']:.2f} s after the start; memory "
                     f"{facts['memory']:.0f} MB, at most {facts['peak']:.0f} MB; `/healthz` {facts['healthz']:,.0f} "
                     f"req/s; bare durable commits through one connection {facts['bare']:,.0f}/s; class list of "
                     f"{options.rows:,} rows {facts['import']:.1f} s.\n")
        parts.append("| | req/s | p50 ms | p99 ms | of `/healthz` | statements | processor ms | first time, cold ms |\n"
                     "|---|---|---|---|---|---|---|---|")
        for line in lines:
            cold = "" if line.cold is None else f"{line.cold:.0f}"
            parts.append(f"| {line.name} | {line.rate.a_second:,.0f} | {line.rate.p50:.1f} | {line.rate.p99:.1f} "
                         f"| {line.rate.a_second / line.alive.a_second * 100:.1f} % | {line.statements:.0f} "
                         f"| {line.work:.2f} | {cold} |")
        parts.append("")
    begin, end = "<!-- figures -->", "<!-- end of figures -->"
    made = re.sub(f"{begin}.*{end}", lambda _: begin + "\n" + "\n".join(parts) + end, text, flags=re.S)
    DOCUMENT.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

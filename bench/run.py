#!/usr/bin/env python3
"""Measures the nightly chain on drops of growing size: a first night, and a second with half a percent of change.

    run.py --vigie build/vigie
    run.py --vigie build/vigie --sizes 10000,100000 --repeat 3 --stages --json bench.json
    run.py --vigie build/vigie --rules build/rule_times
    run.py --vigie build/vigie --postgres

Drops are made by make_drop.py, once for each size, and kept in the work folder; the store, the mails and the workbooks
are made anew for every repetition. Shown are medians over the repetitions. Nothing is compared with a limit: read the
seconds as ratios, between nights, stages and sizes, on one machine.
"""

import argparse
import collections
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "tests", "postgres"))
from server import PASSWORD, Server  # noqa: E402

NIGHTS = (("first", "2026-11-20"), ("second", "2026-11-21"))
DONE, HELD = 0, 3  # HELD: a first night at size has more closings and mails than go out without approval

CONFIGURATION = """\
store.connector = SQLite
store.connection = vigie.db
source.bench.connector = csv
source.bench.path = first
source.bench.label = Caf de mesure
source.bench.mail = mcp@caf.example
compliance.mail = conformite@caf.example
mail.transport = files
mail.directory = out/mail
mail.from = vigie@caf.example
report.directory = out/reports
"""

# seconds: wall; stages: name -> seconds, in the order in which they ended
Measure = collections.namedtuple("Measure", "accounts night rows seconds cpu peak_mb code stages")


def make_drop(out, arguments, before=()):
    """Makes a drop, or takes the one that the same arguments (and those of the night before) made; returns its rows."""
    key, made = " ".join([*before, *arguments]), out + ".made"
    if os.path.exists(made):
        with open(made, encoding="utf-8") as file:
            made_for, rows = file.read().split("\n")[:2]
        if made_for == key:
            return int(rows)
    shutil.rmtree(out, ignore_errors=True)
    printed = subprocess.run([sys.executable, os.path.join(HERE, "make_drop.py"), "--out", out, *arguments], check=True,
                             capture_output=True, text=True).stdout
    rows = int(printed.rpartition("all=")[2])
    with open(made, "w", encoding="utf-8") as file:
        file.write(f"{key}\n{rows}\n")
    return rows


def make_drops(folder, accounts, options):
    (first, first_day), (second, second_day) = NIGHTS
    new = ["--accounts", str(accounts), "--as-of", first_day, "--violations", str(options.violations)]
    evolved = ["--next", os.path.join(folder, first), "--as-of", second_day, "--change", str(options.change)]
    return {first: make_drop(os.path.join(folder, first), new),
            second: make_drop(os.path.join(folder, second), evolved, before=new)}


def stages_of(log):
    """Sums the seconds of the stage lines of a JSON log; other lines are not looked at."""
    stages = {}
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and event.get("event") == "stage":
                stages[event["stage"]] = stages.get(event["stage"], 0.0) + event["seconds"]
    return stages


def run_night(options, folder, accounts, night, day, rows):
    command = [options.vigie, "--config", os.path.join(folder, "vigie.properties"), "--as-of", day,
               "--log-format", "json"]
    for setting in [f"source.bench.path={night}", *options.set]:
        command += ["--set", setting]
    log = os.path.join(folder, f"{night}.log")
    with open(log, "w", encoding="utf-8") as stderr:
        began = time.perf_counter()
        process = subprocess.Popen(command + ["run"], stdout=subprocess.DEVNULL, stderr=stderr)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (DONE, HELD):
        with open(log, encoding="utf-8", errors="replace") as lines:
            sys.exit(f"{' '.join(command)} run: ended with {process.returncode}\n{lines.read()[-2000:]}")
    return Measure(accounts, night, rows, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
                   process.returncode, stages_of(log))


def clear(folder):
    shutil.rmtree(os.path.join(folder, "out"), ignore_errors=True)
    for name in os.listdir(folder):
        if name.startswith("vigie.db"):
            os.remove(os.path.join(folder, name))


def configure(folder, server, schema):
    """The store is a file, or where there is a server a new schema on it."""
    text = CONFIGURATION
    if server is not None:
        text = text.replace("store.connector = SQLite\nstore.connection = vigie.db\n", "store.connector = ODBC\n"
                            f"store.connection = {server.connection_without_password}\n"
                            f"store.password-file = password\nstore.schema = {schema}\n")
        with open(os.path.join(folder, "password"), "w", encoding="utf-8") as file:
            os.chmod(file.name, 0o600)
            file.write(PASSWORD)
    with open(os.path.join(folder, "vigie.properties"), "w", encoding="utf-8") as file:
        file.write(text)


def measure_size(options, accounts, server):
    folder = os.path.join(options.work, str(accounts))
    os.makedirs(folder, exist_ok=True)
    rows = make_drops(folder, accounts, options)
    measures = collections.defaultdict(list)
    for n in range(options.repeat):
        clear(folder)
        configure(folder, server, f"bench_{accounts}_{n}")
        for night, day in NIGHTS:
            measures[night].append(run_night(options, folder, accounts, night, day, rows[night]))
    return [median(measures[night]) for night, _ in NIGHTS]


def median(measures):
    def middle(field):
        return round(statistics.median(getattr(measure, field) for measure in measures), 3)

    stages = {stage: round(statistics.median(measure.stages.get(stage, 0.0) for measure in measures), 3)
              for stage in measures[0].stages}
    return measures[0]._replace(seconds=middle("seconds"), cpu=middle("cpu"), peak_mb=middle("peak_mb"), stages=stages)


def print_table(header, rows):
    widths = [max(len(row[at]) for row in [header, *rows]) for at in range(len(header))]
    for row in [header, *rows]:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths)))
    print()


def print_nights(measures):
    print_table(["accounts", "night", "rows", "wall s", "cpu s", "rows/s", "peak MB", "exit"],
                [[f"{m.accounts:,}", m.night, f"{m.rows:,}", f"{m.seconds:.2f}", f"{m.cpu:.2f}",
                  f"{m.rows / m.seconds:,.0f}", f"{m.peak_mb:.0f}", str(m.code)] for m in measures])


def print_growth(measures):
    """How much more a larger size costs: below the factor of the rows is better than in proportion."""
    rows = []
    for night, _ in NIGHTS:
        series = [m for m in measures if m.night == night]
        for small, large in zip(series, series[1:]):
            rows.append([f"{small.accounts:,} to {large.accounts:,}", night, f"x{large.rows / small.rows:.1f}",
                         f"x{large.seconds / small.seconds:.1f}", f"x{large.cpu / small.cpu:.1f}",
                         f"x{large.peak_mb / small.peak_mb:.1f}"])
    if rows:
        print_table(["growth", "night", "rows", "wall", "cpu", "peak"], rows)


def time_rules(options, accounts):
    """Seconds by rule on the first drop of a size, each alone on one thread; the slowest first."""
    drop = os.path.join(options.work, str(accounts), NIGHTS[0][0])
    printed = subprocess.run([options.rules, drop, NIGHTS[0][1], str(options.repeat)], check=True, capture_output=True,
                             text=True).stdout
    return {name: float(seconds) for name, seconds, _ in (line.split("\t") for line in printed.splitlines())}


def print_rules(sizes, times):
    """The slowest of the largest size first."""
    largest = times[-1]
    print_table(["rule (s)", *(f"{accounts:,}" for accounts in sizes)],
                [[name, *(f"{of_size[name]:.3f}" for of_size in times)]
                 for name in sorted(largest, key=largest.get, reverse=True)])


def print_stages(measures):
    names = list(dict.fromkeys(stage for m in measures for stage in m.stages))
    if not names:
        print("No stage in the log.")
        return
    print_table(["stage (s)", *(f"{m.accounts:,} {m.night}" for m in measures)],
                [[name, *(f"{m.stages.get(name, 0.0):.2f}" for m in measures)] for name in names])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vigie", required=True, help="the program")
    parser.add_argument("--sizes", default="10000,100000,1000000", help="numbers of accounts (10000,100000,1000000)")
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "vigie-bench"),
                        help="where drops, stores and reports are made (vigie-bench in the folder for temporary files)")
    parser.add_argument("--repeat", type=int, default=1, help="times that each pair of nights is run (1)")
    parser.add_argument("--violations", type=float, default=0.02, help="violations for each account (0.02)")
    parser.add_argument("--change", type=float, default=0.005, help="fraction of records that change overnight (0.005)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="passed on to the program")
    parser.add_argument("--postgres", action="store_true",
                        help="the store in a PostgreSQL server of its own, that flushes nothing to its disk")
    parser.add_argument("--stages", action="store_true", help="also the seconds of each stage")
    parser.add_argument("--rules", metavar="PROGRAM", help="also the seconds of each rule, measured by rule_times")
    parser.add_argument("--json", metavar="FILE", help="also write the figures to FILE")
    options = parser.parse_args()
    options.vigie = os.path.abspath(options.vigie)
    if not os.access(options.vigie, os.X_OK):
        parser.error(f"{options.vigie} is no program")
    if options.rules and not os.access(options.rules, os.X_OK):
        parser.error(f"{options.rules} is no program")
    try:
        options.sizes = sorted({int(size) for size in options.sizes.split(",")})
    except ValueError:
        parser.error("--sizes takes whole numbers, separated by commas")
    if options.repeat < 1 or options.sizes[0] < 1:
        parser.error("--repeat and --sizes must be 1 or more")
    return options


def main():
    options = arguments()
    measures = []
    with Server() if options.postgres else contextlib.nullcontext() as server:
        for accounts in options.sizes:
            print(f"{accounts:,} accounts …", file=sys.stderr)
            measures += measure_size(options, accounts, server)
    print_nights(measures)
    print_growth(measures)
    if options.stages:
        print_stages(measures)
    if options.rules:
        print_rules(options.sizes, [time_rules(options, accounts) for accounts in options.sizes])
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump([measure._asdict() for measure in measures], file, indent=2)
            file.write("\n")


if __name__ == "__main__":
    main()

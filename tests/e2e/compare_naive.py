#!/usr/bin/env python3
"""Compares the program with the naive judgement of tests/naive, row by row, over the same nights.

    compare_naive.py --vigie PATH --night DAY NAME=DIR [NAME2=DIR2] [--night DAY2 NAME=DIR ...] [--set KEY=VALUE ...]

After the day of a night may also stand `accept-shrink`; `approve:NAME`, which lets the held closings of that source go
before the night; and `waivers:FILE`, of lines `source,rule,convention,subject,until` that are let stand from then on.
Findings are compared without detail, recommendation and the rules that judge free text. After each
night the lists, their order and the exit code must be the same; else the first differences are printed, and the exit
code is 1.
"""

import argparse
import csv
import io
import os
import subprocess
import sys
import tempfile
from collections import Counter

NAIVE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "naive", "naive.py")
JUDGED = {"account-shared-mailbox", "account-functional-name", "cdap-t1-unauthorized", "cdap-t1-diploma-unchecked",
          "cdap-t9-unauthorized"}
LISTS = {"findings": ["--all"], "actions": ["--all"], "rejects": [], "history": ["--limit", "0"]}
SHOWN = 10      # differences per list and night

# What would end a night otherwise for a reason that the naive judgement does not know.
QUIET = {"mail.max-per-run": "1000000", "import.max-age-days": "36500"}


class Night:
    def __init__(self, words):
        self.day, self.drops, self.accept_shrink, self.approve, self.waivers = words[0], {}, False, [], []
        for word in words[1:]:
            if word == "accept-shrink":
                self.accept_shrink = True
            elif word.startswith("approve:"):
                self.approve.append(word.removeprefix("approve:"))
            elif word.startswith("waivers:"):
                self.waivers.append(word.removeprefix("waivers:"))
            else:
                name, folder = word.split("=", 1)
                self.drops[name] = os.path.abspath(folder)


def write_configuration(path, drops, settings):
    """A configuration whose store, mail and reports stand beside it. A setting that is None takes a line out."""
    lines = {"store.connector": "SQLite", "store.connection": "vigie.db", "compliance.mail": "conformite@caf.example",
             "mail.transport": "files", "mail.directory": "out/mail", "mail.from": "vigie@caf.example",
             "report.directory": "out/reports", **QUIET}
    for name, folder in drops.items():
        lines.update({"source." + name + ".connector": "csv", "source." + name + ".path": folder,
                      "source." + name + ".label": "Source " + name, "source." + name + ".mail": "mcp@caf.example"})
    lines.update(settings)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(key + " = " + value + "\n" for key, value in lines.items() if value is not None)


def call(command, allowed):
    """(exit code, output); line breaks within values stay as they are."""
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in allowed:
        told = done.stderr.decode("utf-8", "replace")[-3000:]
        raise SystemExit("%s\nended with %d\n%s" % (" ".join(command), done.returncode, told))
    return done.returncode, done.stdout.decode("utf-8")


def plan_of(vigie, source):
    """The id of the source's held closings: the column `plan`, or `id`, of `vigie plans`."""
    _, output = call(vigie + ["plans", "--source", source, "--format", "csv"], [0])
    plans = list(csv.DictReader(io.StringIO(output, newline="")))
    if not plans:
        raise SystemExit("nothing is held for " + source)
    return plans[0].get("plan") or plans[0]["id"]


def run_vigie(program, home, night, known_drops, settings):
    """One night of the program; returns its exit code and its lists by name."""
    configuration = os.path.join(home, "vigie.properties")
    write_configuration(configuration, known_drops, settings)
    vigie = [program, "--config", configuration]
    for source in night.approve:
        call(vigie + ["approve", plan_of(vigie, source), "--by", "Comparaison", "--reason", "Comparaison"], [0])
    for path in night.waivers:
        with open(path, encoding="utf-8", newline="") as file:
            for source, rule, convention, subject, until in csv.reader(file):
                call(vigie + ["waive", rule, "--source", source, "--convention", convention, "--subject", subject, "--until",
                              until, "--by", "Comparaison", "--reason", "Comparaison"], [0])
    command = vigie + ["--as-of", night.day, "--quiet", "run"] + ["--accept-shrink"] * night.accept_shrink
    if set(night.drops) != set(known_drops):
        command += [word for name in night.drops for word in ("--source", name)]
    code, _ = call(command, [0, 3])
    return code, {name: read_rows(name, call(vigie + [name, "--format", "csv"] + options, [0])[1])
                  for name, options in LISTS.items()}


def run_naive(home, night, settings):
    """The same night of the naive judgement."""
    out = os.path.join(home, "naive")
    command = [sys.executable, "-B", NAIVE, "--state", os.path.join(home, "naive.state"), "--out", out]
    command += ["--as-of", night.day, "--all"]
    command += [word for name, folder in night.drops.items() for word in ("--source", name + "=" + folder)]
    command += [word for key, value in settings.items() for word in ("--set", key + "=" + value)]
    command += ["--accept-shrink"] * night.accept_shrink
    command += [word for source in night.approve for word in ("--approve", source)]
    command += [word for path in night.waivers for word in ("--waivers", path)]
    code, _ = call(command, [0, 3])
    lists = {}
    for name in LISTS:
        with open(os.path.join(out, name + ".csv"), encoding="utf-8", newline="") as file:
            lists[name] = read_rows(name, file.read())
    return code, lists


def read_rows(name, text):
    """The header and the rows of a list, without what is not compared."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [column for column in reader.fieldnames or [] if column not in ("detail", "recommendation")]
    rows = [tuple(row[column] for column in columns) for row in reader
            if not (name == "findings" and row["rule"] in JUDGED)]
    return [tuple(columns)] + rows


def differences(name, ours, naives):
    """Lines that tell how two lists differ: rows that only one has, then a difference in order."""
    if ours == naives:
        return []
    if ours[0] != naives[0]:
        return ["columns: vigie " + ",".join(ours[0]), "columns: naive " + ",".join(naives[0])]
    lonely = [(row, "only vigie: ") for row in (Counter(ours) - Counter(naives)).elements()]
    lonely += [(row, "only naive: ") for row in (Counter(naives) - Counter(ours)).elements()]
    if lonely:
        count = "%s: %d rows by vigie, %d by naive, %d differ" % (name, len(ours) - 1, len(naives) - 1, len(lonely))
        return ([count, "  columns:    " + ",".join(ours[0])]
                + ["  " + who + show(row) for row, who in sorted(lonely)[:SHOWN]])
    at = next(i for i, (a, b) in enumerate(zip(ours, naives)) if a != b)
    return [name + ": the same rows in another order, first at row %d" % at,
            "  vigie: " + show(ours[at]), "  naive: " + show(naives[at])]


def show(row):
    """A row on one line, line breaks and quotes visible."""
    return ",".join(repr(value)[1:-1] for value in row)


def compare_night(vigie, naive):
    """(exit code, lists) of both; the lines that tell what differs."""
    told = [] if vigie[0] == naive[0] else ["exit code: vigie %d, naive %d" % (vigie[0], naive[0])]
    for name in LISTS:
        told += differences(name, vigie[1][name], naive[1][name])
    return told


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vigie", required=True, metavar="PATH", help="the program")
    parser.add_argument("--night", action="append", nargs="+", required=True, metavar="WORD", help="DAY NAME=DIR ...")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="for every night")
    options = parser.parse_args(arguments)
    settings = dict(pair.split("=", 1) for pair in options.set)
    known_drops, differ = {}, False
    with tempfile.TemporaryDirectory(prefix="compare-naive-") as home:
        for night in map(Night, options.night):
            known_drops.update(night.drops)
            vigie = run_vigie(os.path.abspath(options.vigie), home, night, known_drops, settings)
            naive = run_naive(home, night, settings)
            told = compare_night(vigie, naive)
            print("%s: %s" % (night.day, "differs" if told else "the same: " + ", ".join(
                "%d %s" % (len(rows) - 1, name) for name, rows in naive[1].items())))
            print("\n".join("  " + line for line in told), end="\n" if told else "")
            differ = differ or bool(told)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

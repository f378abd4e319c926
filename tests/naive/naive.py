#!/usr/bin/env python3
"""A second, naive judgement of drops, written from the specification: slow, plain, and independent of the program.

    naive.py --state FILE --as-of DAY --source NAME=DIR [--source ...] --out OUTDIR

imports, reconciles and detects for the sources named, and writes findings.csv, actions.csv, rejects.csv and
history.csv of all sources in the state, in the form of the program's lists (detail and recommendation stay empty). The
state is kept between the nights. Exit code 2: a day before the last import's; 3: a drop refused or actions held.
"""

import argparse
import csv
import os
import pickle
import sys
from collections import defaultdict

from contract import read_day
from intake import Refused, import_drop, new_source
from reconcile import list_actions, reconcile
from rules import detect, list_findings, well_formed
from world import World

FINDINGS = "source,rule,severity,convention,subject,status,first_seen,last_seen,age_days,service,partner,detail," \
           "recommendation"
ACTIONS = "source,convention,kind,subject,date,reason,cause,state,first_seen"
REJECTS = "source,file,line,reason,field,value,record"
HISTORY = "source,file,key,as_of,change,field,old,new"


class Settings:
    def __init__(self, pairs):
        self.values = dict(pair.split("=", 1) for pair in pairs)

    def number(self, key, default):
        return float(self.values.get(key, default))

    def rule(self, source, rule_id, name, default):
        everywhere = self.values.get("rule." + rule_id + "." + name, default)
        return self.values.get("source." + source + ".rule." + rule_id + "." + name, everywhere)

    def defaults(self, source):
        prefix = "source." + source + ".default."
        return {key.removeprefix(prefix): value for key, value in self.values.items() if key.startswith(prefix)}


def write_list(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)


def holders_of_mails(worlds):
    """mail, case aside -> the identifiants of the active accounts that have it, of any source."""
    holders = defaultdict(set)
    for w in worlds:
        for account in w.active_accounts():
            if well_formed(account["mail"]):
                holders[account["mail"].lower()].add(account["identifiant"])
    return holders


def run_night(sources, drops, day, settings, accept_shrink, approved):
    """One night over the drops (name -> folder); returns the refusals by source."""
    refusals, worlds = {}, {}
    for name, folder in drops.items():
        state = sources.setdefault(name, new_source())
        try:
            import_drop(state, folder, day, settings, settings.defaults(name), accept_shrink)
        except Refused as refusal:
            refusals[name] = str(refusal)
        else:
            state["afas_managers"] |= World(state, day).afas_managers()
    for name, state in sources.items():
        if state["imported_on"]:
            worlds[name] = World(state, day)
    holders = holders_of_mails(worlds.values())
    for name in drops:
        if name in worlds:
            worlds[name].holders_of_mail = holders
            reconcile(sources[name], worlds[name], settings, approved.get(name))
            detect(name, sources[name], worlds[name], settings)
    return refusals


def write_lists(folder, sources, settings, everything):
    os.makedirs(folder, exist_ok=True)
    findings, actions, rejects, history = [], [], [], []
    for name, state in sorted(sources.items()):
        findings += list_findings(name, state, settings, everything)
        actions += list_actions(name, state, everything)
        rejects += [(name, file + ".csv", line, reason, field, value, record)
                    for file, line, reason, field, value, record in state["rejects"]]
        history += [(name, file + ".csv", *rest) for file, *rest in state["history"]]
    rejects.sort(key=lambda row: row[:3])
    history.sort(key=lambda row: (row[0], row[1], row[2], row[3], row[5]))
    write_list(folder, "findings.csv", FINDINGS, findings)
    write_list(folder, "actions.csv", ACTIONS, actions)
    write_list(folder, "rejects.csv", REJECTS, rejects)
    write_list(folder, "history.csv", HISTORY, history)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", required=True, metavar="FILE")
    parser.add_argument("--as-of", required=True, type=read_day, metavar="DAY")
    parser.add_argument("--source", action="append", required=True, metavar="NAME=DIR")
    parser.add_argument("--out", required=True, metavar="OUTDIR")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--accept-shrink", action="store_true")
    parser.add_argument("--approve", action="append", default=[], metavar="SOURCE", help="lets its held plan go")
    parser.add_argument("--waivers", action="append", default=[], metavar="FILE",
                        help="CSV without header: source,rule,convention,subject,until; kept with the state")
    parser.add_argument("--all", action="store_true", help="lists what is resolved, confirmed and obsolete too")
    options = parser.parse_args(arguments)
    if options.as_of is None:
        parser.error("--as-of is not a day")
    sources, settings = {}, Settings(options.set)
    if os.path.exists(options.state):
        with open(options.state, "rb") as file:
            sources = pickle.load(file)
    drops = dict(pair.split("=", 1) for pair in options.source)
    if any(name in sources and options.as_of < sources[name]["last_run_on"] for name in drops):
        print("naive: the day is before the last import's", file=sys.stderr)
        return 2
    for path in options.waivers:
        with open(path, encoding="utf-8", newline="") as file:
            for source, *waiver in csv.reader(file):
                sources[source]["waivers"].add(tuple(waiver))
    approved = {name: set(sources[name]["plan"]) for name in options.approve if name in sources}
    refusals = run_night(sources, drops, options.as_of, settings, options.accept_shrink, approved)
    for name, reason in sorted(refusals.items()):
        print("naive: %s: the drop is refused: %s" % (name, reason), file=sys.stderr)
    write_lists(options.out, sources, settings, options.all)
    with open(options.state, "wb") as file:
        pickle.dump(sources, file)
    return 3 if refusals or any(sources[name]["plan"] for name in drops) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

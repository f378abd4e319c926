"""Makes a store of a version of the schema, for the tests of upgrades: run it with the last program of that version,
before a step is added to connectors/store/schema.cpp, and keep what it writes.

    VIGIE=PROGRAM make_store.py        # writes VERSION.sql beside this file

Three nights on the drop of drop(): findings of every status, closings that are sent and held, a plan, rejects, history,
a waiver where the program knows them, mails that went and mails that wait since their folder could not be written.
"""

import contextlib
import os
import sqlite3
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))
import drops  # noqa: E402

DAYS = ["2026-11-18", "2026-11-19", "2026-11-20"]
# Of the last night: its closings are held, and its mails wait.
SETTINGS = {"reconcile.max-closures": "1"}


def drop(night):
    """VIL4's mail is mended in the second night, VIL5's is missing in each, VIL6 comes and leaves."""
    files = drops.faulty_drop()
    if night == 0:
        files["utilisateurs"][3]["mail"] = ""
    else:
        files["utilisateurs"].append(drops.account("VIL6", mail="creche@rosny.example"))
        files["appartenances"].append(drops.membership("T2PE", "VIL6"))
    if night == 2:
        drops.leave(files, "VIL6", on="2026-11-19")
    return files


def dump(file):
    with contextlib.closing(sqlite3.connect(file)) as store:
        version = store.execute("PRAGMA user_version").fetchone()[0]
        return version, "\n".join([*store.iterdump(), f"PRAGMA user_version = {version};"]) + "\n"


def main():
    vigie = drops.Vigie()
    try:
        for night, day in enumerate(DAYS):
            if night == 2:
                vigie.configure(SETTINGS | {"mail.directory": "vigie.properties"})
            vigie.drop(drop(night), on=day)
            vigie.run("run", as_of=day)
            if night == 1:
                finding = next(finding for finding in vigie.findings() if finding["subject"] == "VIL5")
                vigie.run("waive", finding["rule"], "--convention", finding["convention"], "--subject", "VIL5",
                          "--until", "2027-03-31", "--reason", "Congé maternité", "--by", "A. Durand", as_of=day)
        version, text = dump(vigie.path("vigie.db"))
        with open(os.path.join(HERE, f"{version}.sql"), "w", encoding="utf-8", newline="") as file:
            file.write(text.replace(vigie.folder, "/srv/vigie"))
    finally:
        vigie.close()


if __name__ == "__main__":
    main()

"""A store of every older version: what reads leaves it as it is, what writes brings it up to date, and the next night
goes on where the older program ended."""

import contextlib
import glob
import os
import re
import shutil
import sqlite3
import sys
import unittest

import drops

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "stores"))
from make_store import DAYS, HERE, SETTINGS, drop  # noqa: E402

DAY, NEXT_DAY = DAYS[-1], "2026-11-21"
KEPT = {
    "finding": "source, rule, convention, subject, severity, first_seen, resolved, resolved_on, returns",
    "action": "source, kind, convention, subject, due_on, state, first_seen, sent_on",
    "plan": "id, kind, state, held_on, count",
    "change": "import, file, record, kind, field, old, new",
    "mail": "source, address, convention, as_of, subject, message_id, message",
    "told": "source, address, convention, finding, returns",
    "known_records": "source, file, piece, digests",
    "utilisateurs": "*",
    "appartenances": "*",
}


def stored_versions():
    return sorted(int(re.sub(r"\D", "", os.path.basename(path))) for path in glob.glob(os.path.join(HERE, "*.sql")))


def of_every_version(test):
    def run(self):
        for version in stored_versions():
            with self.subTest(version=version):
                self.put(version)
                test(self, version)
    return run


class UpgradeTest(unittest.TestCase):
    def setUp(self):
        self.vigie = drops.Vigie(SETTINGS)
        self.addCleanup(self.vigie.close)

    def put(self, version):
        """The store that the older program left."""
        path = self.vigie.path("vigie.db")
        for name in glob.glob(path + "*"):
            os.remove(name)
        shutil.rmtree(self.vigie.path("out"), ignore_errors=True)
        self.vigie.drop(drop(2), on=DAY)
        with open(os.path.join(HERE, f"{version}.sql"), encoding="utf-8", newline="") as file, \
                contextlib.closing(sqlite3.connect(path)) as store:
            store.executescript(file.read())
        os.chmod(path, 0o640)

    def query(self, statement):
        with contextlib.closing(sqlite3.connect(self.vigie.path("vigie.db"))) as store:
            return store.execute(statement).fetchall()

    def kept(self):
        return {table: set(self.query(f"SELECT {columns} FROM {table}")) for table, columns in KEPT.items()}

    def lists(self):
        """Sentences aside: a finding's are those of the program that found it last."""
        findings = [{name: value for name, value in finding.items() if name not in ("detail", "recommendation")}
                    for finding in self.vigie.rows("findings", "--all")]
        return self.vigie.lists() | {"findings": findings}

    def version(self):
        return self.query("PRAGMA user_version")[0][0]

    def test_there_is_one_of_every_version(self):
        self.vigie.drop(drop(2), on=DAY)
        self.vigie.run("run", as_of=DAY)
        self.assertLessEqual(set(range(1, self.version())), set(stored_versions()))

    @of_every_version
    def test_who_only_reads_leaves_it_as_it_is(self, version):
        before = drops.tree(self.vigie.folder)
        self.vigie.lists()
        self.vigie.output("status")
        self.vigie.output("explain", "VIL5", "--as-of", DAY)
        self.assertIn(self.vigie.run("run", "--dry-run", as_of=DAY).code, (0, 3))
        self.assertEqual(drops.tree(self.vigie.folder), before)
        self.assertEqual(self.version(), version)

    @of_every_version
    def test_the_same_night_again_changes_nothing_and_sends_what_waited(self, _version):
        before, lists = self.kept(), self.lists()
        waiting = self.query("SELECT count(*) FROM mail WHERE state = 'queued'")[0][0]
        self.assertGreater(waiting, 0)
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 3)
        self.assertEqual(self.kept(), before)
        self.assertEqual(self.lists(), lists)
        self.assertEqual(self.query("SELECT count(*) FROM mail WHERE state = 'queued'")[0][0], 0)
        self.assertEqual(len(self.vigie.files("mail")), waiting)

    @of_every_version
    def test_the_next_night_tells_nobody_what_was_told(self, _version):
        before = self.kept()
        self.vigie.run("run", as_of=DAY)
        self.vigie.drop(drop(2), on=NEXT_DAY)
        self.assertEqual(self.vigie.run("run", as_of=NEXT_DAY).code, 3)
        self.assertEqual([name for name in self.vigie.files("mail") if name.startswith(NEXT_DAY)
                          and "conformite" not in name], [])
        self.assertLessEqual(before["told"], self.kept()["told"])
        self.assertEqual({finding["first_seen"] for finding in self.vigie.findings(rule="account-departed")},
                         {DAYS[0], DAY})

    @of_every_version
    def test_a_plan_that_was_held_can_be_approved(self, _version):
        plan = self.query("SELECT id FROM plan WHERE state = 'held'")[0][0]
        self.vigie.output("approve", plan, "--by", "A. Durand", "--reason", "Départ confirmé", "--as-of", DAY)
        self.vigie.run("run", as_of=DAY)
        self.assertEqual({action["state"] for action in self.vigie.actions()}, {"sent"})

    @of_every_version
    def test_a_waiver_holds_on(self, version):
        if version < 2:
            return
        self.vigie.run("run", as_of=DAY)
        self.assertEqual([(row["subject"], row["by"]) for row in self.vigie.rows("waivers")], [("VIL5", "A. Durand")])
        self.assertIn("waived", {finding["status"] for finding in self.vigie.findings()})


if __name__ == "__main__":
    unittest.main()

"""What becomes of a store over the years: `vigie purge`, and `vigie backup`."""

import os
import shutil
import signal
import stat
import subprocess
import unittest

import drops
from drops import DAY, SOURCE, faulty_drop, tree, valid_drop
from nights import STEPS, NightTest
from processes import ProcessTest

LONG_AGO = "2022-01-10"
A_DAY_LATER = "2022-01-11"


class PurgeTest(NightTest):
    def setUp(self):
        """An account, with a mailbox to find fault with, and its membership left the export years ago."""
        super().setUp()
        self.run_night(faulty_drop(), day=LONG_AGO)
        files = faulty_drop()
        for name in ("utilisateurs", "appartenances"):
            files[name] = [row for row in files[name] if row["identifiant"] != "VIL5"]
        self.run_night(files, day=A_DAY_LATER)

    def history(self, account):
        return [row["change"] for row in self.vigie.history() if account in row["key"].split(":")]

    def test_takes_what_left_long_ago_for_ever(self):
        self.assertEqual(self.history("VIL5"), ["added", "withdrawn"] * 2)
        there = self.history("VIL1")
        told = self.vigie.output("purge", "--as-of", DAY)
        self.assertRegex(told, rf"(?m)^{SOURCE} +2 +2 +\d+ +1 ")
        self.assertIn("removed that ended before 2023-11-21 (store.keep-history-days = 1095)", told)
        self.assertEqual(self.history("VIL5"), [])
        self.assertEqual(self.history("VIL1"), there)
        self.assertNotIn(("account-invalid-mail", "VIL5"), self.found("--all"))
        self.assertIn("0 rows removed", self.vigie.output("purge", "--as-of", DAY))

    def test_the_night_after_it_goes_on_from_what_is_there(self):
        self.vigie.output("purge", "--as-of", DAY)
        self.run_night(faulty_drop(), day=DAY)
        self.assertEqual(self.found()["account-invalid-mail", "VIL5"], "new")
        self.assertEqual(self.history("VIL5"), ["added"] * 2)
        before = self.vigie.lists()
        self.run_night(day=DAY)
        self.assertEqual(self.vigie.lists(), before)

    def test_a_rehearsal_counts_and_takes_nothing(self):
        before = tree(self.vigie.folder)
        rehearsed = self.vigie.output("purge", "--dry-run", "--as-of", DAY)
        self.assertIn("would be removed", rehearsed)
        self.assertEqual(tree(self.vigie.folder), before)
        done = self.vigie.output("purge", "--as-of", DAY)
        self.assertEqual(rehearsed.replace("would be ", ""), done)

    def test_the_key_says_how_long(self):
        before = self.vigie.lists()
        self.assertIn("0 rows removed", self.vigie.output("purge", "--as-of", DAY,
                                                          "--set", "store.keep-history-days=1800"))
        self.assertEqual(self.vigie.lists(), before)
        self.assertEqual(self.vigie.run("purge", "--set", "store.keep-history-days=89").code, 2)

    def test_not_for_a_day_to_come(self):
        result = self.vigie.run("purge", as_of="2029-01-01")
        self.assertEqual(result.code, 2)
        self.assertIn("is still to come; try it with --dry-run", result.stderr)
        self.assertTrue(self.history("VIL5"))
        self.assertIn("would be removed", self.vigie.output("purge", "--dry-run", "--as-of", "2029-01-01"))

    def test_no_night_does_it(self):
        self.run_night(faulty_drop(), day=DAY)
        for step in STEPS:
            self.run_night(command=step, day=DAY)
        self.assertIn("withdrawn", self.history("VIL5"))

    def test_is_a_job_with_a_schedule_and_runs_of_its_own(self):
        self.vigie.configure({"schedule.run": "15 2 * * *", "schedule.purge": "0 5 1 * *"})
        jobs = {job["job"]: job for job in self.vigie.rows("status", "--jobs")}
        self.assertEqual(jobs["purge"]["last_good_at"], "", "a night is no purge")
        self.vigie.output("purge", "--as-of", DAY)
        jobs = {job["job"]: job for job in self.vigie.rows("status", "--jobs")}
        self.assertNotEqual(jobs["purge"]["last_good_at"], "")
        self.assertRegex(jobs["purge"]["result"], r"^\d+ rows removed")

    def test_waits_for_a_run(self):
        with drops.locked(self.vigie.path("vigie.db.lock")):
            self.assertEqual(self.vigie.run("purge", as_of=DAY).code, 6)
        self.assertTrue(self.history("VIL5"))


class BackupTest(NightTest):
    def setUp(self):
        super().setUp()
        self.run_night(faulty_drop())

    def test_is_the_store_as_it_is(self):
        before = self.vigie.lists()
        self.assertRegex(self.vigie.output("backup", self.vigie.path("copy.db")), r"backup written to .*copy\.db: \d+ ")
        self.assertEqual(stat.S_IMODE(os.stat(self.vigie.path("copy.db")).st_mode), 0o640)
        self.run_night(valid_drop(), day="2026-11-21")
        self.assertNotEqual(self.vigie.lists(), before)
        self.assertEqual([name for name in os.listdir(self.vigie.folder) if "copy" in name], ["copy.db"])
        for name in ("vigie.db", "vigie.db-wal", "vigie.db-shm"):
            if os.path.exists(self.vigie.path(name)):
                os.remove(self.vigie.path(name))
        shutil.move(self.vigie.path("copy.db"), self.vigie.path("vigie.db"))
        self.assertEqual(self.vigie.lists(), before)

    def test_replaces_no_file(self):
        place = self.vigie.path("copy.db")
        with open(place, "w", encoding="utf-8") as file:
            file.write("somebody's")
        before = tree(self.vigie.folder)
        result = self.vigie.run("backup", place)
        self.assertEqual(result.code, 2)
        self.assertIn("is there already; name a file that is not", result.stderr)
        self.assertEqual(tree(self.vigie.folder), before)

    def test_without_its_folder(self):
        result = self.vigie.run("backup", self.vigie.path("none", "copy.db"))
        self.assertEqual(result.code, 2)
        self.assertIn("there is no folder", result.stderr)

    def test_rehearsed_writes_nothing(self):
        before = tree(self.vigie.folder)
        self.assertIn("would be copied", self.vigie.output("backup", self.vigie.path("copy.db"), "--dry-run"))
        self.assertEqual(tree(self.vigie.folder), before)

    def test_without_a_store(self):
        os.remove(self.vigie.path("vigie.db"))
        result = self.vigie.run("backup", self.vigie.path("copy.db"))
        self.assertEqual(result.code, 5)
        self.assertFalse(os.path.exists(self.vigie.path("copy.db")))

    def test_that_does_not_fit_leaves_nothing(self):
        command = f"trap '' XFSZ; ulimit -f 8; exec {self.vigie.program} --config {self.vigie.configuration} backup copy.db"
        done = subprocess.run(["bash", "-c", command], cwd=self.vigie.folder, capture_output=True)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertEqual([name for name in os.listdir(self.vigie.folder) if "copy" in name], [])


class BackupBesideARunTest(ProcessTest):
    def test_is_whole(self):
        self.next_night(DAY, "2026-11-21", {SOURCE: 1500})
        run = self.start(self.vigie, "2026-11-21")
        run.stderr.readline()
        run.send_signal(signal.SIGSTOP)
        try:
            self.vigie.output("backup", self.vigie.path("copy.db"))
        finally:
            run.send_signal(signal.SIGCONT)
        run.stderr.read()
        run.stderr.close()
        self.assertIn(run.wait(), (0, 3))
        rows = self.vigie.rows("status", "--set", f"store.connection={self.vigie.path('copy.db')}")
        self.assertEqual(rows[-1]["as_of"], DAY)


if __name__ == "__main__":
    unittest.main()

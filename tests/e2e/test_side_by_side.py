"""Processes beside each other: runs, rehearsals and lists on one store, and what befalls the store meanwhile."""

import concurrent.futures
import itertools
import os
import re
import resource
import shutil
import sqlite3
import time
import unittest

import drops
from drops import DAY, SOURCE, faulty_drop, tree, valid_drop
from nights import STEPS, NightTest
from processes import ProcessTest, make_drop

NEXT_DAY = "2026-11-21"
LISTS = ("findings", "actions", "rejects", "plans", "status", "check")
DONE = (0, 3)
LAST_MOMENTS = 0.2  # seconds at most between the end of a run's lock and its own


class BesideARunTest(ProcessTest):
    def beside(self, vigie, run, *chains):
        """Repeats each chain of commands, beside the others, while the run is under way.

        [(command, result, whether the run was still under way when it ended)]
        """
        results = []

        def repeat(commands):
            for command in itertools.cycle(commands):
                if run.poll() is not None:
                    return
                result = vigie.run(*command, as_of=NEXT_DAY)
                time.sleep(LAST_MOMENTS)
                results.append((command, result, run.poll() is None))

        with concurrent.futures.ThreadPoolExecutor(len(chains)) as together:
            for done in [together.submit(repeat, commands) for commands in chains]:
                done.result()
        return results

    def start_alone(self, vigie, day):
        """Starts a run whose log nobody reads, and waits until it has the lock."""
        run = self.start(vigie, day)
        while str(run.pid) not in self.holder(vigie):
            time.sleep(0.001)
        drain = concurrent.futures.ThreadPoolExecutor(1)
        self.addCleanup(drain.shutdown)
        self.addCleanup(run.stderr.close)
        drain.submit(run.stderr.read)
        return run

    @staticmethod
    def holder(vigie):
        try:
            with open(vigie.path("vigie.db.lock"), encoding="utf-8") as lock:
                return lock.read()
        except FileNotFoundError:
            return ""

    def test_a_second_night(self):
        """20,000 accounts: rehearsals and lists end well and disturb nothing; what would write gives way."""
        self.next_night(DAY, NEXT_DAY, {SOURCE: 20000})
        alone = self.copy()
        code = self.run_whole(alone, NEXT_DAY)[0]
        run = self.start_alone(self.vigie, NEXT_DAY)
        rehearsals = [(command, "--dry-run") for command in ("run", *STEPS)]
        writers = [(command,) for command in ("run", *STEPS)]
        writers.append(("approve", "0123456789abcdef", "--by", "A. Durand", "--reason", "Vérifié"))
        results = self.beside(self.vigie, run, rehearsals, [*writers, *[(name,) for name in LISTS]])
        self.assertEqual(run.wait(), code)
        gave_way = 0
        for command, result, still in results:
            with self.subTest(" ".join(command)):
                if command not in writers:
                    self.assertIn(result.code, DONE, result.stderr)
                elif still:
                    self.assertEqual(result.code, 6, result.stderr)
                    self.assertIn(f"process {run.pid} since 20", result.stderr)
                    gave_way += 1
        self.assertGreater(gave_way, 0)
        self.assert_same(self.outcome(alone), self.outcome(self.vigie))

    def test_a_first_night(self):
        """Where there is no store yet, and then one that is being filled."""
        make_drop(self.vigie.drop_folder(), NEXT_DAY, "--accounts", "20000", "--violations", "0.05")
        alone = self.copy()
        code = self.run_whole(alone, NEXT_DAY)[0]
        run = self.start_alone(self.vigie, NEXT_DAY)
        results = self.beside(self.vigie, run, [("run", "--dry-run")], [(name,) for name in LISTS])
        self.assertEqual(run.wait(), code)
        for command, result, _ in results:
            with self.subTest(" ".join(command)):
                if result.code == 5:
                    self.assertIn("no store at", result.stderr)
                else:
                    self.assertIn(result.code, DONE, result.stderr)
        self.assert_same(self.outcome(alone), self.outcome(self.vigie))

    def test_status_tells_a_run_under_way_from_one_that_was_killed(self):
        self.next_night(DAY, NEXT_DAY, {SOURCE: 20000})
        self.assertTrue(self.kill_after(self.start(self.vigie, NEXT_DAY), lines=2))
        self.assertEqual(self.vigie.rows("status")[0]["result"], "interrupted")
        run = self.start(self.vigie, NEXT_DAY)
        self.assertIn(b"`vigie run` of 20", run.stderr.readline())
        run.stderr.readline()
        self.assertEqual([row["result"] for row in self.vigie.rows("status")[:2]], ["under way", "interrupted"])
        self.assertNotIn(b"was interrupted", run.stderr.read())
        run.stderr.close()
        run.wait()
        self.assertNotIn("interrupted", self.vigie.run("run", as_of=NEXT_DAY).stderr, "it is said once")
        self.assertEqual(self.vigie.rows("status")[2]["result"], "interrupted")

    def test_a_rehearsal_that_is_killed_leaves_nothing(self):
        self.next_night(DAY, NEXT_DAY, {SOURCE: 2000})
        before = tree(self.vigie.folder)
        for lines in range(6):
            with self.subTest(lines=lines):
                killed = self.kill_after(self.start(self.vigie, NEXT_DAY, "run", "--dry-run"), lines=lines)
                self.assertTrue(killed)
                left = tree(self.vigie.folder)
                for name in ("vigie.db-wal", "vigie.db-shm"):
                    left.pop(name, None)  # where processes meet; made anew by whoever comes next
                self.assertEqual(left, before)


class LostStoreTest(ProcessTest):
    def lose(self, act):
        """Starts a second night, acts after its import, long before its mails, and lets it end; (code, log)."""
        self.next_night(DAY, NEXT_DAY, {SOURCE: 20000})
        mails = self.vigie.files("mail")
        run = self.start(self.vigie, NEXT_DAY)
        log = b""
        while b"imported" not in log and b" rows, " not in log:
            log += run.stderr.readline()
        act()
        log += run.stderr.read()
        run.stderr.close()
        self.assertEqual(self.vigie.files("mail"), mails, "nothing goes out that the store does not know of")
        return run.wait(), log.decode("utf-8")

    def test_a_store_that_is_deleted_while_a_run_is_at_work(self):
        code, log = self.lose(lambda: os.remove(self.vigie.path("vigie.db")))
        self.assertEqual(code, 5, log)
        self.assertIn(f"the store {self.vigie.path('vigie.db')} was moved or deleted", log)

    def test_a_store_that_is_moved_away_while_a_run_is_at_work(self):
        code, log = self.lose(lambda: shutil.move(self.vigie.path("vigie.db"), self.vigie.path("elsewhere.db")))
        self.assertEqual(code, 5, log)

    def test_a_disk_that_takes_no_more(self):
        """A limit on the size of files stands for the disk: the step is undone, and the next run does it."""
        self.next_night(DAY, NEXT_DAY, {SOURCE: 2000})
        before = self.vigie.lists()
        limit = os.path.getsize(self.vigie.path("vigie.db")) // 8
        run = self.start(self.vigie, NEXT_DAY, restore_signals=False,
                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        log = run.stderr.read().decode("utf-8")
        run.stderr.close()
        self.assertEqual(run.wait(), 5, log)
        self.assertIn(f"the store {self.vigie.path('vigie.db')} cannot be read or written, its disk reports", log)
        self.assertEqual(self.vigie.lists(), before)
        self.assertIn(self.run_whole(self.vigie, NEXT_DAY)[0], DONE)


class SameAnswerTest(NightTest):
    """What a run would say of the store, its rehearsal and vigie check say too."""

    def assert_all_say(self, text, code=5):
        self.vigie.drop(valid_drop())
        before = tree(self.vigie.folder)
        told = set()
        for command in (("run", "--dry-run"), ("detect", "--dry-run"), ("check",), ("run",), ("detect",)):
            with self.subTest(" ".join(command)):
                result = self.vigie.run(*command, as_of=DAY)
                self.assertEqual(result.code, code, result.stdout + result.stderr)
                lines = (result.stderr + result.stdout).splitlines()
                said = (line.removeprefix("vigie: ").removeprefix("wrong").strip() for line in lines if text in line)
                told |= {re.sub(r"^\S+, line \d+: ", "", line) for line in said}
        self.assertEqual(len(told), 1, told)
        after = tree(self.vigie.folder)
        after.pop("vigie.db.lock", None)
        self.assertEqual(after, before)

    def test_no_folder(self):
        self.vigie.configure({"store.connection": "absent/vigie.db"})
        self.assert_all_say("its folder: No such file or directory")

    def test_a_folder_in_its_place(self):
        os.mkdir(self.vigie.path("vigie.db"))
        self.assert_all_say("it is a folder")

    def test_no_database(self):
        with open(self.vigie.path("vigie.db"), "w", encoding="utf-8") as file:
            file.write("Nothing of the kind, but long enough to be read as the head of something. " * 20)
        self.assert_all_say("is no SQLite database")

    def test_another_program_s_database(self):
        with sqlite3.connect(self.vigie.path("vigie.db")) as other:
            other.execute("CREATE TABLE places(id)")
        other.close()
        self.assert_all_say("is another program's database")


class NoNightYetTest(NightTest):
    def test_an_empty_file_is_no_store_and_stays_empty(self):
        self.vigie.drop(faulty_drop())
        with open(self.vigie.path("vigie.db"), "wb") as file:
            os.fchmod(file.fileno(), 0o640)  # what becomes the store keeps its mode
        before = tree(self.vigie.folder)
        for command in ("findings", "actions", "rejects", "history", "plans", "status"):
            with self.subTest(command):
                self.assertIn("no store at", self.run_night(command=command, code=5).stderr)
        self.assertIn("made by the first run", self.run_night(command="check").stdout)
        self.vigie.output("rules", "--source", SOURCE)
        self.run_night(None, "--dry-run")
        self.assertEqual(tree(self.vigie.folder), before)
        self.run_night()

    def test_steps_on_a_store_that_is_gone_overwrite_nothing(self):
        self.run_night(faulty_drop())
        os.remove(self.vigie.path("vigie.db"))
        before = tree(self.vigie.path("out"))
        for command in ("reconcile", "detect", "notify", "report"):
            with self.subTest(command):
                self.assertIn("no store at", self.run_night(command=command, code=5).stderr)
                self.assertIn("no store at", self.run_night(None, "--dry-run", command=command, code=5).stderr)
        self.assertEqual(tree(self.vigie.path("out")), before)
        self.assertFalse(os.path.exists(self.vigie.path("vigie.db")))


class EndedByAnErrorTest(NightTest):
    def test_status_says_how(self):
        self.vigie.drop(faulty_drop())
        os.mkdir(self.vigie.path("out"))
        with open(self.vigie.path("out", "reports"), "wb"):
            pass
        told = self.run_night(code=1).stderr
        run = self.vigie.rows("status")[0]
        self.assertEqual(run["exit"], "1")
        self.assertTrue(run["result"].startswith("stopped: "), run)
        self.assertIn(run["result"].removeprefix("stopped: "), told)
        self.assertNotEqual(run["seconds"], "")


class BusyTest(NightTest):
    def test_another_program_that_keeps_the_store(self):
        """Each waits for 10 seconds, then says that it is no run that has it."""
        self.run_night(faulty_drop())
        with sqlite3.connect(self.vigie.path("vigie.db"), isolation_level=None) as other:
            other.execute("PRAGMA journal_mode = DELETE")
            other.execute("BEGIN EXCLUSIVE")
            commands = [("findings",), ("run", "--dry-run"), ("check",)]
            with concurrent.futures.ThreadPoolExecutor(len(commands)) as together:
                results = list(together.map(lambda command: self.vigie.run(*command, as_of=DAY), commands))
            commands.append(("run",))
            results.append(self.vigie.run("run", as_of=DAY))
            other.execute("ROLLBACK")
        other.close()
        for command, result in zip(commands, results):
            with self.subTest(" ".join(command)):
                self.assertEqual(result.code, 6, result.stderr)
                self.assertIn("no run of Vigie, but a backup or another program", result.stderr)
        self.run_night()

    def test_a_run_that_keeps_the_store_is_named(self):
        self.run_night(faulty_drop())
        other = sqlite3.connect(self.vigie.path("vigie.db"), isolation_level=None)
        self.addCleanup(other.close)
        with drops.locked(self.vigie.path("vigie.db.lock")):
            other.execute("PRAGMA journal_mode = DELETE")
            other.execute("BEGIN EXCLUSIVE")
            result = self.vigie.run("findings")
        self.assertEqual(result.code, 6, result.stderr)
        self.assertRegex(result.stderr, r"process \d+ since 20.* writes to it \(vigie status\); wait until it ends")


class LimitTest(NightTest):
    def test_a_limit_that_is_no_number_of_rows(self):
        self.run_night(faulty_drop())
        for command in ("status", "history"):
            for limit in ("-1", "2147483648", "99999999999999999999", "ten", "1.5"):
                with self.subTest(command=command, limit=limit):
                    self.assertIn("limit", self.run_night(None, "--limit", limit, command=command, code=2).stderr)
            self.run_night(None, "--limit", "2147483647", command=command)


if __name__ == "__main__":
    unittest.main()

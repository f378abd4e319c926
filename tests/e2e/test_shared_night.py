"""Several processes on one store in PostgreSQL: each source is one's at a time, and a night shared out is the same night.

The environment variable VIGIE_ROUNDS says how often processes are killed in the middle of it; a few times where it is not
set.
"""

import os
import random
import signal
import subprocess
import time
import unittest

import drops
from drops import DAY, faulty_drop
from nights import NIGHTS
from test_many_sources import SOURCES, drop_of
from test_postgres import DONE, PostgresTest

ROUNDS = int(os.environ.get("VIGIE_ROUNDS", "3"))
PROCESSES = 4
KILLED = 2


class SharedTest(PostgresTest):
    sources = SOURCES

    def setUp(self):
        super().setUp()
        for source in self.sources:
            self.sqlite.drop(drop_of(source), source)
        self.alone = self.with_drops()
        began = time.monotonic()
        self.assertIn(self.alone.run("run", as_of=DAY).code, DONE)
        self.seconds = time.monotonic() - began

    def with_drops(self, **settings):
        """A Vigie with an empty store, on the drops that all have."""
        paths = {f"source.{source}.path": self.sqlite.drop_folder(source) for source in self.sources}
        vigie = self.on_server(**paths, **{"mail.max-per-run": "100000"}, **settings)
        vigie.configure(vigie.settings, self.sources)
        return vigie

    def begin(self, vigie, *options, day=DAY):
        """A process of the night, its log in a file."""
        with open(vigie.path(f"log{len(os.listdir(vigie.folder))}"), "w", encoding="utf-8") as log:
            process = subprocess.Popen([vigie.program, "--config", vigie.configuration, "--as-of", day, "run", *options],
                                       stdout=subprocess.DEVNULL, stderr=log)
        process.log = log.name
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def text_of_log(self, process):
        with open(process.log, encoding="utf-8") as log:
            return log.read()

    def sql(self, vigie, statement):
        return self.server.sql(statement.replace("{}", vigie.schema + ".")).split()

    def assert_done_once(self, vigie, day=DAY):
        """Nothing is left out, nothing is there twice, and nothing differs from what one process alone leaves."""
        self.assertEqual(self.sql(vigie, "SELECT count(*), count(DISTINCT source), count(*) FILTER (WHERE good = 1) "
                                         "FROM {}import"), ["100|100|100"])
        for of, columns in (("finding", "source, rule, convention, subject"),
                            ("action", "source, kind, convention, subject"),
                            ("mail", "source, address, convention, as_of")):
            self.assertEqual(self.sql(vigie, f"SELECT 1 FROM {{}}{of} GROUP BY {columns} HAVING count(*) > 1"), [], of)
        for table in ("finding", "action", "mail", "mail_life", "told", "tally", "access", "change", "utilisateurs",
                      "known_records", "source", "plan", "reject"):
            count = f"SELECT count(*) FROM {{}}{table}"
            self.assertEqual(self.sql(vigie, count), self.sql(self.alone, count), table)
        self.assertEqual(self.sql(vigie, "SELECT count(*) FROM {}source WHERE finished_on IS NULL"), ["0"])
        self.assertEqual(self.sql(vigie, "SELECT DISTINCT state FROM {}mail"), ["sent"])
        self.assert_same(self.outcome_of(self.alone), self.outcome_of(vigie))

    def outcome_of(self, vigie):
        """All that is left, as it is left, the runs' numbers in workbooks aside."""
        left = self.outcome(vigie)
        return {name: content for name, content in left.items() if "docProps" not in name}


class SharedNightTest(SharedTest):
    def test_is_the_night_of_one_alone_whoever_is_killed(self):
        chance = random.Random(int(os.environ.get("VIGIE_SEED", "1")))
        killed = 0
        for number in range(ROUNDS):
            with self.subTest(round=number):
                vigie = self.with_drops(**{"run.share": "true"})
                processes = [self.begin(vigie) for _ in range(PROCESSES)]
                for process in chance.sample(processes, KILLED):
                    time.sleep(chance.uniform(0, self.seconds / 5))
                    process.kill()
                    killed += process.wait() == -signal.SIGKILL
                    processes.remove(process)
                    processes.append(self.begin(vigie))
                for process in processes:
                    self.assertIn(process.wait(), DONE, self.text_of_log(process))
                self.assert_done_once(vigie)
                vigie.close()
        self.assertGreaterEqual(killed, ROUNDS, "most had ended before they were killed")

    def test_again_finds_nothing_left(self):
        vigie = self.with_drops()
        for _ in range(2):
            self.assertIn(vigie.run("run", "--share", "--jobs", "3", as_of=DAY).code, DONE)
        self.assert_done_once(vigie)
        self.assertIn("0 of 100 sources were judged here", vigie.run("run", "--share", as_of=DAY).stdout)
        self.assertIn(vigie.run("run", "--share", as_of=NIGHTS[1]).code, DONE)
        self.assertEqual(self.sql(vigie, "SELECT count(*) FROM {}import"), ["200"])

    def test_a_process_that_hangs_keeps_what_it_has_and_no_more(self):
        vigie = self.with_drops(**{"run.share": "true"})
        hanging = self.begin(vigie)
        while self.sql(vigie, "SELECT to_regclass('{}mail_life') IS NOT NULL") != ["t"]:
            time.sleep(0.05)
        while int(self.sql(vigie, "SELECT count(*) FROM {}import")[0]) < 3:
            time.sleep(0.02)
        hanging.send_signal(signal.SIGSTOP)
        other = self.begin(vigie)
        while int(self.sql(vigie, "SELECT count(*) FROM {}import")[0]) < 99:
            self.assertIsNone(other.poll(), self.text_of_log(other))
            time.sleep(0.1)
        if other.poll() is None:  # the one that hangs has claimed a source
            self.assertEqual({run["result"] for run in vigie.rows("status")}, {"under way"})
        hanging.kill()
        hanging.wait()
        self.assertIn(other.wait(), DONE, self.text_of_log(other))
        self.assert_done_once(vigie)
        self.assertEqual(sorted(run["result"].split(" ")[0] for run in vigie.rows("status"))[-1], "interrupted")


class ClaimedSourceTest(SharedTest):
    sources = SOURCES[:3]

    def stopped(self, vigie, *options):
        """A run that is stopped with what it claimed."""
        run = self.start(vigie, DAY, "run", *options)
        self.addCleanup(run.wait)
        self.addCleanup(run.kill)
        self.addCleanup(run.stderr.close)
        run.stderr.readline()
        run.send_signal(signal.SIGSTOP)
        return run

    def test_a_second_run_of_a_source_is_turned_away_and_told_who_has_it(self):
        vigie = self.with_drops()
        run = self.stopped(vigie, "--source", self.sources[0])
        for command in ("run", "import", "reconcile", "detect", "notify", "report"):
            with self.subTest(command):
                second = vigie.run(command, as_of=DAY)
                self.assertEqual(second.code, 6, second.stderr)
                self.assertRegex(second.stderr, rf"another run works on the source {self.sources[0]}: process {run.pid} "
                                                r"on .* since 20.*; wait until it ends \(vigie status\)")
        self.assertEqual(self.sql(vigie, "SELECT count(*) FROM {}run"), ["1"], "who was turned away did not begin")

    def test_other_sources_go_on_beside_it(self):
        vigie = self.with_drops()
        run = self.stopped(vigie, "--source", self.sources[0])
        other = vigie.run("run", "--source", self.sources[1], "--source", self.sources[2], as_of=DAY)
        self.assertIn(other.code, DONE, other.stderr)
        self.assertEqual({row["result"] for row in vigie.rows("status")} & {"under way"}, {"under way"})
        run.send_signal(signal.SIGCONT)
        run.stderr.read()
        self.assertIn(run.wait(), DONE)
        self.assertEqual(self.known_by(vigie), self.known_by(self.alone))

    @staticmethod
    def known_by(vigie):
        """What findings are known by: which other sources have a mail, each run knew of its own time."""
        return [(f["source"], f["rule"], f["convention"], f["subject"]) for f in vigie.findings()]

    def test_what_changes_the_whole_store_waits_for_all(self):
        vigie = self.with_drops()
        self.assertIn(vigie.run("run", as_of=DAY).code, DONE)
        self.stopped(vigie, "--source", self.sources[0])
        finding = vigie.findings()[0]
        for command in (("purge",), ("waive", finding["rule"], "--source", self.sources[1], "--convention",
                                     finding["convention"], "--subject", finding["subject"], "--until", NIGHTS[1],
                                     "--reason", "Accord", "--by", "Chef")):
            with self.subTest(command[0]):
                self.assertEqual(vigie.run(*command, as_of=DAY).code, 6)

    def test_a_store_in_a_file_is_not_shared(self):
        for option in (["--share"], ["--set", "run.share=true"]):
            result = self.sqlite.run("run", *option, as_of=DAY)
            self.assertEqual(result.code, 2)
            self.assertIn("a night is shared in a store on PostgreSQL", result.stderr)
            self.assertFalse(os.path.exists(self.sqlite.path("vigie.db")))


class SameForAnyNumberOnPostgresTest(PostgresTest):
    sources = SOURCES[:6]

    def test_at_once(self):
        left = []
        for source in self.sources:
            self.sqlite.drop(drop_of(source, faulty_drop), source)
        for at_once in ("1", "4"):
            vigie = self.on_server()
            vigie.configure(vigie.settings | {f"source.{source}.path": self.sqlite.drop_folder(source)
                                              for source in self.sources}, self.sources)
            self.assertIn(vigie.run("run", "--jobs", at_once, as_of=DAY).code, DONE)
            left.append(self.outcome(vigie))
        self.assert_same(*left)


if __name__ == "__main__":
    unittest.main()

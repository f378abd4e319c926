"""Nights on a store in PostgreSQL: the same as on SQLite, whatever happens to the run or to the server."""

import datetime
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

import drops
from drops import DAY, SOURCE, faulty_drop, valid_drop
from mail_server import MailServer
from processes import ProcessTest, make_drop

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "postgres"))
from server import PASSWORD, Server  # noqa: E402

NEXT_DAY = "2026-11-21"
DONE = (0, 3)


class PostgresTest(ProcessTest):
    """A server for each class, a schema for each Vigie."""

    schemas = 0

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        super().setUp()
        self.sqlite = self.vigie
        self.vigie = self.on_server()

    def on_server(self, **settings):
        PostgresTest.schemas += 1
        vigie = drops.Vigie(sources=self.sources)
        self.addCleanup(vigie.close)
        with open(vigie.path("password"), "w", encoding="utf-8") as file:
            os.chmod(file.name, 0o600)
            file.write(PASSWORD + "\n")
        vigie.schema = f"s{PostgresTest.schemas}"
        vigie.settings = {"store.connector": "ODBC", "store.connection": self.server.connection_without_password,
                          "store.password-file": "password", "store.schema": vigie.schema,
                          "store.connect-seconds": "2"} | settings
        vigie.configure(vigie.settings)
        return vigie

    def make_nights(self, accounts):
        """Drops of two nights; {day: folder}."""
        first, second = self.sqlite.path("first"), self.sqlite.path("second")
        make_drop(first, DAY, "--accounts", str(accounts), "--violations", "0.05", "--dirty", "0.01")
        make_drop(second, NEXT_DAY, "--next", first, "--change", "0.03")
        return {DAY: first, NEXT_DAY: second}

    def put(self, vigie, folder):
        vigie.configure(getattr(vigie, "settings", {}) | {f"source.{SOURCE}.path": folder})

    def run_nights(self, vigie, nights):
        for day, folder in nights.items():
            self.put(vigie, folder)
            self.assertIn(self.run_whole(vigie, day)[0], DONE)

    def rows_in(self, vigie):
        """How many rows each table has."""
        tables = self.server.sql(f"SELECT tablename FROM pg_tables WHERE schemaname = '{vigie.schema}'").split()
        return {table: self.server.sql(f"SELECT count(*) FROM {vigie.schema}.{table}") for table in tables}

    def read_until(self, run, text):
        log = b""
        while text not in log:
            line = run.stderr.readline()
            self.assertTrue(line, log)
            log += line
        return log

    def end(self, run, log=b""):
        log += run.stderr.read()
        run.stderr.close()
        return run.wait(), log.decode("utf-8")


class SameNightTest(PostgresTest):
    def test_leaves_what_a_night_on_sqlite_leaves(self):
        nights = self.make_nights(1500)
        for vigie in (self.sqlite, self.vigie):
            self.run_nights(vigie, nights)
        self.assert_same(self.outcome(self.sqlite), self.outcome(self.vigie))

    def test_step_by_step_too(self):
        nights = self.make_nights(300)
        for vigie in (self.sqlite, self.vigie):
            for day, folder in nights.items():
                self.put(vigie, folder)
                for step in ("import", "reconcile", "detect", "notify", "report"):
                    self.assertIn(vigie.run(step, as_of=day).code, DONE)
        self.assert_same(self.outcome(self.sqlite), self.outcome(self.vigie))

    def test_decisions_are_kept(self):
        for vigie in (self.sqlite, self.vigie):
            vigie.drop(faulty_drop())
            self.assertIn(vigie.run("run", as_of=DAY).code, DONE)
            finding = vigie.findings()[0]
            vigie.output("waive", finding["rule"], "--convention", finding["convention"], "--subject",
                         finding["subject"], "--until", NEXT_DAY, "--reason", "Accord", "--by", "Chef", "--as-of", DAY)
        self.assertEqual(self.vigie.lists(), self.sqlite.lists())

    def test_answers_about_an_account_do(self):
        """What is there, what was taken away, and who left."""
        files = valid_drop()
        later = {name: [row for row in rows if "VIL3" not in (row.get("identifiant"), row.get("responsable"))]
                 for name, rows in files.items()} | {"habilitations": files["habilitations"][1:]}
        answers = []
        for vigie in (self.sqlite, self.vigie):
            for day, night in ((DAY, files), (NEXT_DAY, later)):
                vigie.drop(night, on=day)
                self.assertIn(vigie.run("run", "--accept-shrink", as_of=day).code, DONE)
            answers.append([vigie.output("explain", account, "--as-of", NEXT_DAY)
                            for account in ("VIL1", "VIL2", "VIL3")])
        self.assertEqual(*answers)

    def test_mails_that_a_server_does_not_take_do(self):
        for vigie in (self.sqlite, self.vigie):
            server = MailServer()
            self.addCleanup(server.close)
            settings = {"mail.transport": "smtp", "mail.host": "127.0.0.1", "mail.port": str(server.port),
                        "mail.security": "none", "mail.retry-seconds": "none", "mail.from": "vigie@caf.example"}
            vigie.configure(getattr(vigie, "settings", {}) | settings)
            vigie.drop(faulty_drop())
            self.assertIn(vigie.run("run", as_of=DAY).code, DONE)
            sent = len(server.mails)
            self.assertGreater(sent, 1)
            vigie.output("mails", "--resend", "1", "--dry-run")
            vigie.output("mails", "--resend", "1")
            server.close()
            self.assertEqual(vigie.run("notify", as_of=DAY).code, 4)
            self.assertEqual([mail["state"] for mail in vigie.rows("mails")], ["queued"] + ["sent"] * (sent - 1))
            vigie.configure(getattr(vigie, "settings", {}) | settings | {"mail.redirect-to": "essai@caf.example"})
            self.assertIn(vigie.run("run", as_of=NEXT_DAY).code, (*DONE, 4))
        listed = [[{name: text for name, text in mail.items() if name != "answer"} for mail in vigie.rows("mails")]
                  for vigie in (self.sqlite, self.vigie)]
        self.assertEqual(*listed)

    def test_keys_of_any_length(self):
        """The longest ones go in, with the closings that they name; longer ones are rejected, row by row."""
        draw = random.Random(1)
        longest = ["".join(draw.choices("0123456789abcdefghijklmnopqrstuvwxyz", k=500)) for _ in range(2)]
        too_long = "".join(draw.choices("0123456789abcdefghijklmnopqrstuvwxyz", k=3000))
        files = valid_drop()
        drops.add_partner(files, longest[0], "CCA")
        files["conventions"][1]["date_cloture"] = "2026-11-10"
        for rows in files.values():
            for row in rows:
                for column in ("code", "groupe"):
                    if row.get(column) == "T2PE" and row["convention"] == longest[0]:
                        row[column] = longest[1]
        files["groupes"].append(drops.group(too_long))
        files["appartenances"].append(drops.membership(too_long, "VIL1"))
        for vigie in (self.sqlite, self.vigie):
            vigie.drop(files)
            self.assertIn(vigie.run("run", as_of=DAY).code, DONE)
            self.assertEqual([reject["reason"] for reject in vigie.rejects()], ["bad-value", "bad-value"])
            self.assertTrue(any(longest[1] in action["subject"] for action in vigie.actions()))
        self.assertEqual(self.vigie.lists(), self.sqlite.lists())

    def test_a_rehearsal_changes_nothing(self):
        nights = self.make_nights(300)
        self.put(self.vigie, nights[DAY])
        for expected in ({}, None):
            result = self.vigie.run("run", "--dry-run", as_of=DAY)
            self.assertIn(result.code, DONE, result.stderr)
            self.assertEqual(self.rows_in(self.vigie), {} if expected == {} else before)
            self.assertIn(self.run_whole(self.vigie, DAY)[0], DONE)
            before = self.rows_in(self.vigie)
        self.put(self.vigie, nights[NEXT_DAY])
        rehearsed = self.vigie.run("run", "--dry-run", as_of=NEXT_DAY)
        self.assertEqual(self.rows_in(self.vigie), before)
        done = self.vigie.run("run", as_of=NEXT_DAY)
        findings = [line for line in done.stdout.splitlines() if "findings open" in line]
        self.assertEqual([line for line in rehearsed.stdout.splitlines() if "findings open" in line], findings)


class ServiceTest(PostgresTest):
    def setUp(self):
        super().setUp()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.vigie.settings |= {"schedule.run": "15 2 * * *", "http.listen": str(self.port)}
        self.vigie.configure(self.vigie.settings)
        self.vigie.drop(valid_drop(), on=datetime.date.today().isoformat())
        self.assertIn(self.vigie.run("run").code, DONE)
        self.server.sql(f"UPDATE {self.vigie.schema}.run SET started_at = started_at - 3 * 86400, "
                        "finished_at = finished_at - 3 * 86400")

    def ask(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8")

    def test_catches_up_answers_and_outlives_its_server(self):
        with open(self.vigie.path("log"), "w", encoding="utf-8") as log:
            service = subprocess.Popen([self.vigie.program, "--config", self.vigie.configuration, "serve"],
                                       stdout=subprocess.DEVNULL, stderr=log)
        self.addCleanup(service.wait)
        self.addCleanup(service.kill)
        self.wait_in_log("ended with 0")
        self.assertEqual([run["exit"] for run in self.vigie.rows("status")], ["0", "0"])
        self.assertEqual(self.ask("/healthz")[0], 200)
        self.assertIn('vigie_last_run_exit_code{job="run"} 0', self.ask("/metrics")[1])
        self.server.stop("fast")
        try:
            self.assertEqual(self.ask("/healthz")[0], 503)
            service.send_signal(signal.SIGHUP)
            self.wait_in_log("stays in force")
        finally:
            self.server.start(self.server.port)
        self.assertEqual(self.ask("/healthz")[0], 200)
        service.send_signal(signal.SIGTERM)
        self.assertEqual(service.wait(30), 0)

    def wait_in_log(self, text):
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            with open(self.vigie.path("log"), encoding="utf-8") as log:
                said = log.read()
            if text in said:
                return
            time.sleep(0.1)
        self.fail(said)


class InterruptedTest(PostgresTest):
    def setUp(self):
        super().setUp()
        self.nights = self.make_nights(1500)
        self.run_nights(self.sqlite, self.nights)
        self.wanted = self.outcome(self.sqlite)
        self.put(self.vigie, self.nights[DAY])
        self.assertIn(self.run_whole(self.vigie, DAY)[0], DONE)
        self.put(self.vigie, self.nights[NEXT_DAY])

    def heals(self):
        code, _, _ = self.run_whole(self.vigie, NEXT_DAY)
        self.assertIn(code, DONE)
        self.assert_same(self.wanted, self.outcome(self.vigie))

    def test_killed_and_run_again(self):
        for lines in (1, 2, 4):
            self.kill_after(self.start(self.vigie, NEXT_DAY), lines=lines)
        self.heals()

    def test_killed_in_its_first_night(self):
        other = self.on_server()
        self.put(other, self.nights[DAY])
        for seconds in (0.05, 0.1, 0.2):
            self.kill_after(self.start(other, DAY), seconds=seconds)
        self.run_nights(other, self.nights)
        self.assert_same(self.wanted, self.outcome(other))

    def test_its_connection_is_taken_away(self):
        run = self.start(self.vigie, NEXT_DAY)
        log = self.read_until(run, b" rows, ")
        self.server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'process%'")
        code, log = self.end(run, log)
        self.assertEqual(code, 5, log)
        self.assertIn(f"schema {self.vigie.schema} was lost while it was worked on", log)
        self.heals()

    def test_the_server_goes_and_comes_back(self):
        run = self.start(self.vigie, NEXT_DAY)
        log = self.read_until(run, b" rows, ")
        self.server.stop()
        code, log = self.end(run, log)
        self.server.start(self.server.port)
        self.assertEqual(code, 5, log)
        self.heals()


class UnreachableTest(PostgresTest):
    def test_a_server_that_is_not_there(self):
        self.vigie.drop(valid_drop())
        self.server.stop()
        try:
            for command in (("run",), ("run", "--dry-run"), ("findings",), ("check",)):
                with self.subTest(command):
                    result = self.vigie.run(*command, as_of=DAY)
                    self.assertEqual(result.code, 5, result.stderr)
                    self.assertIn("cannot be reached: ", result.stdout + result.stderr)
                    self.assertNotIn(PASSWORD, result.stdout + result.stderr)
        finally:
            self.server.start(self.server.port)

    def test_a_server_that_is_late_is_waited_for(self):
        self.vigie.configure(self.vigie.settings | {"store.connect-seconds": "60"})
        self.vigie.drop(valid_drop())
        self.server.stop()
        late = threading.Timer(2, self.server.start, [self.server.port])
        late.start()
        result = self.vigie.run("run", as_of=DAY)
        late.join()
        self.assertEqual(result.code, 0, result.stderr)

    def test_what_waiting_does_not_mend_is_said_at_once(self):
        self.vigie.drop(valid_drop())
        for settings, said in (
                ({"store.connection": self.server.connection_without_password + ";PWD=wrong",
                  "store.password-file": "none"}, "no password in"),
                ({"store.connection": self.server.connection_without_password.replace("UID=vigie", "UID=nobody")},
                 "password authentication failed"),
                ({"store.connection": self.server.connection_without_password.replace("Driver=PostgreSQL ANSI",
                                                                                      "Driver=None")}, "Can't open lib"),
                ({"store.connection": "vigie.db"}, "must be KEY=VALUE pairs")):
            with self.subTest(said):
                self.vigie.configure(self.vigie.settings | {"store.connect-seconds": "60"} | settings)
                began = time.monotonic()
                result = self.vigie.run("run", as_of=DAY)
                self.assertIn(result.code, (2, 5), result.stderr)
                self.assertIn(said, result.stderr)
                self.assertNotIn(PASSWORD, result.stderr)
                self.assertLess(time.monotonic() - began, 30)

    def test_another_program_s_schema(self):
        self.server.sql(f"CREATE SCHEMA {self.vigie.schema}; CREATE TABLE {self.vigie.schema}.places(id bigint)")
        self.vigie.drop(valid_drop())
        for command in (("run",), ("run", "--dry-run"), ("findings",), ("check",)):
            with self.subTest(command):
                result = self.vigie.run(*command, as_of=DAY)
                self.assertEqual(result.code, 5, result.stderr)
                self.assertIn("is another program's", result.stdout + result.stderr)
        self.assertEqual(self.rows_in(self.vigie), {"places": "0"})

    def test_nothing_stored_yet(self):
        self.vigie.drop(valid_drop())
        for command in ("findings", "status", "reconcile"):
            with self.subTest(command):
                result = self.vigie.run(command)
                self.assertEqual(result.code, 5, result.stderr)
                self.assertIn("no store at vigie at 127.0.0.1", result.stderr)
        self.assertIn("made by the first run", self.vigie.output("check"))
        self.assertEqual(self.rows_in(self.vigie), {})


class SideBySideTest(PostgresTest):
    def test_one_run_at_a_time_and_rehearsals_and_lists_beside_it(self):
        nights = self.make_nights(1500)
        self.put(self.vigie, nights[DAY])
        self.assertIn(self.run_whole(self.vigie, DAY)[0], DONE)
        self.put(self.vigie, nights[NEXT_DAY])
        run = self.start(self.vigie, NEXT_DAY)
        log = run.stderr.readline()
        run.send_signal(signal.SIGSTOP)
        stopped = self.rows_in(self.vigie)
        try:
            second = self.vigie.run("run", as_of=NEXT_DAY)
            self.assertEqual(second.code, 6, second.stderr)
            self.assertRegex(second.stderr, rf"source {SOURCE}: process {run.pid} on .* since 20.*; wait until it ends \(vigie")
            self.assertIn(self.vigie.run("run", "--dry-run", as_of=NEXT_DAY).code, DONE)
            self.vigie.lists()
            self.assertEqual(self.rows_in(self.vigie), stopped)
        finally:
            run.send_signal(signal.SIGCONT)
        code, log = self.end(run, log)
        self.assertIn(code, DONE, log)


if __name__ == "__main__":
    unittest.main()

"""`vigie serve`: the schedule, a missed night, signals, what systemd and a monitor are told."""

import contextlib
import datetime
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
import unittest

import drops
from drops import locked, valid_drop
from processes import make_drop

NEVER = "0 0 29 2 *"  # but on the next 29th of February
PATIENCE = 90


def today():
    return datetime.date.today().isoformat()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServeTest(unittest.TestCase):
    def setUp(self):
        self.vigie = drops.Vigie({"schedule.run": NEVER})
        self.addCleanup(self.vigie.close)
        self.service = None

    def serve(self, *options, environment=None):
        self.log = open(self.vigie.path("log"), "w+", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.service = subprocess.Popen(
            [self.vigie.program, "--config", self.vigie.configuration, "--log-format", "json", *options, "serve"],
            cwd=self.vigie.folder, stdout=subprocess.DEVNULL, stderr=self.log,
            env=dict(os.environ, TZ="Europe/Paris", **(environment or {})))
        self.addCleanup(self.end)
        self.wait_for(lambda: self.events("serving"), "the service to begin")

    def end(self):
        self.service.kill()
        self.service.wait()

    def events(self, name):
        with open(self.vigie.path("log"), encoding="utf-8") as log:
            lines = [json.loads(line) for line in log if line.endswith("}\n")]
        return [line for line in lines if line["event"] == name]

    def wait_for(self, condition, what):
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            found = condition()
            if found:
                return found
            if self.service.poll() is not None:
                self.fail(f"the service ended with {self.service.returncode}, waiting for {what}: {self.text()}")
            time.sleep(0.05)
        self.fail(f"waited for {what}: {self.text()}")

    def text(self):
        with open(self.vigie.path("log"), encoding="utf-8") as log:
            return log.read()

    def stop(self):
        """Its exit code."""
        self.service.send_signal(signal.SIGTERM)
        return self.service.wait(30)

    def job(self):
        """The process of the job that runs."""
        return int(subprocess.run(["pgrep", "-P", str(self.service.pid)], capture_output=True, check=True).stdout)

    def runs(self):
        return self.vigie.rows("status")

    def run_long_ago(self, files):
        """A good run, three days ago."""
        self.vigie.drop(files, on=today())
        self.assertEqual(self.vigie.run("run").code, 0)
        with contextlib.closing(sqlite3.connect(self.vigie.path("vigie.db"))) as store:
            store.execute("UPDATE run SET started_at = started_at - 3 * 86400, finished_at = finished_at - 3 * 86400")
            store.commit()

    def configure(self, **settings):
        self.vigie.configure({name.replace("_", "."): value for name, value in settings.items()})


class ScheduleTest(ServeTest):
    def test_a_missed_night_runs_at_once_and_once(self):
        self.run_long_ago(valid_drop())
        self.configure(schedule_run="15 2 * * *")
        self.serve()
        ended = self.wait_for(lambda: self.events("ended"), "the missed night")
        self.assertEqual((ended[0]["job"], ended[0]["exit"]), ("run", 0))
        self.assertEqual(len(self.events("missed")), 1)
        detected = self.events("detected")[0]
        self.assertEqual(detected["run"], 2)
        self.assertRegex(detected["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(self.stop(), 0)
        self.assertEqual([run["command"] for run in self.runs()], ["run", "run"])
        self.serve()
        time.sleep(1)
        self.assertEqual(self.events("missed"), [])
        self.assertEqual(self.stop(), 0)

    def test_before_the_first_night_nothing_was_missed(self):
        self.serve()
        time.sleep(1)
        self.assertEqual(self.stop(), 0)
        self.assertFalse(os.path.exists(self.vigie.path("vigie.db")))

    def test_services_that_begin_together_do_not_begin_the_night_together(self):
        self.configure(schedule_run=NEVER, schedule_jitter="3600")
        services = [subprocess.Popen([self.vigie.program, "--config", self.vigie.configuration, "serve"],
                                     cwd=self.vigie.folder, stderr=subprocess.PIPE, text=True) for _ in range(5)]
        nights = set()
        for service in services:
            with service:
                nights.add(service.stderr.readline())
                service.terminate()
        self.assertIn("next: vigie run at ", min(nights))
        self.assertGreater(len(nights), 2, nights)

    def test_a_schedule_a_minute_ahead_with_the_configuration_that_was_read(self):
        """Broken meanwhile, and not read again or refused: the night runs as it was."""
        self.vigie.drop(valid_drop(), on=today())
        self.configure(schedule_run="* * * * *")
        self.serve()
        with open(self.vigie.configuration, "a", encoding="utf-8") as file:
            file.write("broken\n")
        self.service.send_signal(signal.SIGHUP)
        failed = self.wait_for(lambda: self.events("reload-failed"), "the reload")
        self.assertIn("no = in this line", failed[0]["message"])
        self.assertIn("stays in force", failed[0]["message"])
        ended = self.wait_for(lambda: self.events("ended"), "the night")
        self.assertEqual(ended[0]["exit"], 0, self.text())
        self.assertTrue(self.vigie.files("reports", ".xlsx"))
        self.assertEqual(self.stop(), 0)

    def test_a_busy_store_is_tried_again(self):
        self.run_long_ago(valid_drop())
        self.configure(schedule_run="15 2 * * *")
        with locked(self.vigie.path("vigie.db.lock")):
            self.serve()
            failed = self.wait_for(lambda: self.events("failed"), "the job to find the store busy")
            self.assertEqual(failed[0]["exit"], 6)
            self.assertIn("again in 300 s", failed[0]["message"])
            self.assertEqual(self.stop(), 0)

    def test_nothing_to_serve_is_an_error(self):
        self.vigie.configure({})
        result = self.vigie.run("serve")
        self.assertEqual(result.code, 2)
        self.assertIn("no job has a schedule", result.stderr)

    def test_is_for_no_single_day(self):
        for option in ("--dry-run", "--as-of=2026-11-20"):
            self.assertEqual(self.vigie.run("serve", option).code, 2)

    def test_refuses_a_store_that_everybody_can_read(self):
        self.run_long_ago(valid_drop())
        os.chmod(self.vigie.path("vigie.db"), 0o644)
        result = self.vigie.run("serve")
        self.assertEqual(result.code, 2)
        self.assertIn("open to everybody (mode 0644); chmod 0640", result.stderr)
        self.assertIn("open to everybody", self.vigie.run("run").stderr)
        check = self.vigie.run("check")
        self.assertEqual(check.code, 2)
        self.assertIn("open to everybody", check.stdout)


class SignalTest(ServeTest):
    def test_sighup_takes_a_new_schedule(self):
        self.serve()
        self.configure(schedule_detect="5 4 * * *")
        self.service.send_signal(signal.SIGHUP)
        self.wait_for(lambda: len(self.events("serving")) == 2, "the new schedule")
        self.assertRegex(self.events("serving")[1]["message"], r"next: vigie detect at .* 04:05:00")
        self.assertEqual(self.stop(), 0)

    def test_sighup_with_an_address_that_is_taken_keeps_the_one_before(self):
        port = free_port()
        self.configure(schedule_run=NEVER, http_listen=str(port))
        self.serve()
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            self.configure(schedule_run="5 4 * * *", http_listen=str(other.getsockname()[1]))
            self.service.send_signal(signal.SIGHUP)
            failed = self.wait_for(lambda: self.events("reload-failed"), "the reload to fail")
        self.assertIn("http.listen: cannot listen on", failed[0]["message"])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.addCleanup(connection.close)
        connection.request("GET", "/healthz")
        self.assertEqual(connection.getresponse().status, 503)
        self.assertIn("next: vigie run at 2028-02-29", self.events("serving")[-1]["message"])
        self.assertEqual(self.stop(), 0)

    def test_sighup_while_a_job_runs_that_the_new_schedule_has_not(self):
        make_drop(self.vigie.drop_folder(), today(), "--accounts", "3000")
        self.configure(schedule_run="* * * * *")
        self.serve()
        self.wait_for(lambda: self.events("begins"), "the night to begin")
        self.configure(schedule_detect=NEVER)
        self.service.send_signal(signal.SIGHUP)
        self.wait_for(lambda: self.events("ended"), "the night to end")
        self.wait_for(lambda: self.events("reloaded"), "the new schedule")
        self.assertEqual(self.stop(), 0)

    def test_sigterm_lets_the_running_night_end(self):
        make_drop(self.vigie.drop_folder(), today(), "--accounts", "3000")
        self.configure(schedule_run="* * * * *")
        self.serve()
        self.wait_for(lambda: self.events("begins"), "the night to begin")
        self.assertEqual(self.stop(), 0)
        self.assertEqual(self.events("ended")[0]["job"], "run", self.text())
        self.assertEqual([run["result"] for run in self.runs() if run["result"] in ("interrupted", "under way")], [])

    def test_sigterm_ends_a_night_that_hangs_and_loses_nothing(self):
        self.run_long_ago(valid_drop())
        before = self.vigie.findings()
        make_drop(self.vigie.drop_folder(), today(), "--accounts", "20000")
        self.vigie.configure({"schedule.run": "15 2 * * *", "import.max-shrink-percent": "100"})
        self.serve()
        self.wait_for(lambda: self.runs()[0]["result"] == "under way", "the night to begin")
        job = self.job()
        os.kill(job, signal.SIGSTOP)
        began = time.monotonic()
        self.assertEqual(self.stop(), 0)
        self.assertLess(time.monotonic() - began, 30)
        self.assertEqual(len(self.events("ending")), 1)
        self.assertEqual(self.vigie.findings(), before)
        self.assertEqual(self.runs()[0]["result"], "interrupted")


class WatchedTest(ServeTest):
    def test_systemd_is_told(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(self.vigie.path("notify"))
            manager.settimeout(30)
            self.serve(environment={"NOTIFY_SOCKET": self.vigie.path("notify"), "WATCHDOG_USEC": "600000"})
            self.until(manager, "READY=1", "STATUS=next: vigie run at ")
            for _ in range(3):
                self.until(manager, "WATCHDOG=1")
            self.service.send_signal(signal.SIGHUP)
            self.until(manager, "RELOADING=1", "MONOTONIC_USEC=")
            self.until(manager, "READY=1")
            self.service.send_signal(signal.SIGTERM)
            self.until(manager, "STOPPING=1")
            self.assertEqual(self.service.wait(30), 0)

    def until(self, manager, *parts):
        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            told = manager.recv(4096).decode("utf-8")
            if all(part in told for part in parts):
                return
        self.fail(f"systemd was not told {parts}")

    def asked(self, port, path, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.addCleanup(connection.close)
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8")

    def test_health_and_metrics(self):
        port = free_port()
        self.configure(schedule_run=NEVER, http_listen=str(port), metrics_file="vigie.prom")
        self.serve()
        self.assertEqual(self.asked(port, "/healthz"), (503, "no night has gone through yet\n"))
        self.vigie.drop(drops.faulty_drop(), on=today())
        self.assertEqual(self.vigie.run("run").code, 0)
        self.assertEqual(self.asked(port, "/healthz")[0], 200)
        status, text = self.asked(port, "/metrics")
        self.assertEqual(status, 200)
        found = {finding["severity"] for finding in self.vigie.findings()}
        for severity in found:
            count = len(self.vigie.findings(severity=severity))
            self.assertIn(f'vigie_findings_open{{source="caf931",severity="{severity}"}} {count}\n', text)
        self.assertIn('vigie_last_run_exit_code{job="run"} 0\n', text)
        with open(self.vigie.path("vigie.prom"), encoding="utf-8") as file:
            self.assertEqual({line for line in file if "findings" in line},
                             {line for line in text.splitlines(True) if "findings" in line})
        self.assertEqual(self.asked(port, "/other")[0], 404)
        self.assertEqual(self.asked(port, "/metrics", "POST")[0], 405)
        with contextlib.closing(sqlite3.connect(self.vigie.path("vigie.db"))) as store:
            store.execute("UPDATE run SET started_at = started_at - 27 * 3600")
            store.commit()
        status, text = self.asked(port, "/healthz")
        self.assertEqual(status, 503)
        self.assertIn("more than 26 hours ago", text)
        self.assertEqual(self.stop(), 0)

    def test_a_job_inherits_no_socket(self):
        """It would keep the address after the service has let it go."""
        make_drop(self.vigie.drop_folder(), today(), "--accounts", "3000")
        self.configure(schedule_run="* * * * *", http_listen=str(free_port()))
        self.serve()
        self.wait_for(lambda: self.events("begins"), "the night to begin")
        job = self.job()
        os.kill(job, signal.SIGSTOP)
        files = [os.readlink(f"/proc/{job}/fd/{number}") for number in os.listdir(f"/proc/{job}/fd")]
        os.kill(job, signal.SIGCONT)
        self.assertEqual([file for file in files if file.startswith("socket:")], [])
        self.assertEqual(self.stop(), 0)

    def test_an_address_that_is_taken_is_said(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            self.configure(schedule_run=NEVER, http_listen=str(other.getsockname()[1]))
            result = self.vigie.run("serve")
            self.assertEqual(result.code, 1)
            self.assertIn("http.listen: cannot listen on 127.0.0.1:", result.stderr)

    def test_nor_is_it_shared_with_another_service(self):
        self.configure(schedule_run=NEVER, http_listen=str(free_port()))
        self.serve()
        result = self.vigie.run("serve")
        self.assertEqual(result.code, 1)
        self.assertIn("http.listen: cannot listen on 127.0.0.1:", result.stderr)
        self.assertEqual(self.stop(), 0)

    def test_status_by_job(self):
        self.vigie.drop(valid_drop(), on=today())
        self.configure(schedule_run="15 2 * * *", schedule_report="0 7 * * mon")
        self.assertEqual(self.vigie.run("run").code, 0)
        jobs = {job["job"]: job for job in self.vigie.rows("status", "--jobs")}
        self.assertEqual(set(jobs), {"run", "report"})
        self.assertEqual((jobs["run"]["exit"], jobs["run"]["schedule"]), ("0", "15 2 * * *"))
        self.assertTrue(jobs["run"]["next_at"].endswith(" 02:15:00"))
        self.assertEqual(jobs["report"]["last_started_at"], "")
        self.assertEqual(jobs["report"]["last_good_at"], jobs["run"]["last_good_at"])
        self.assertRegex(self.vigie.output("status"), r"next: vigie run at \S+ 02:15:00")


if __name__ == "__main__":
    unittest.main()

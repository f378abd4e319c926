"""The program and the naive judgement of tests/naive agree, list by list and row by row, over several nights.

Drops come from bench/make_drop.py: clean and dirty, in this program's own form and as other exports write them.
"""

import contextlib
import csv
import io
import os
import subprocess
import sys
import tempfile
import unittest

import compare_naive
import databases
import drops

HERE = os.path.dirname(os.path.abspath(__file__))
MAKE_DROP = os.path.join(HERE, "..", "..", "bench", "make_drop.py")
NIGHTS = ["2026-11-20", "2026-11-21", "2026-11-22"]
DIALECTS = [["--encoding", "cp1252", "--separator", "tab", "--portal"],
            ["--encoding", "utf-8-sig", "--separator", ",", "--crlf", "--checksums"],
            ["--encoding", "cp1252", "--separator", ",", "--portal", "--crlf"]]


class NaiveTest(unittest.TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory(prefix="vigie-naive-")
        self.addCleanup(home.cleanup)
        self.home = home.name

    def make(self, name, day, *options):
        """Makes a drop; its folder."""
        folder = os.path.join(self.home, name)
        subprocess.run([sys.executable, "-B", MAKE_DROP, "--out", folder, "--as-of", day, *options], check=True,
                       stdout=subprocess.DEVNULL)
        return folder

    def make_nights(self, name, accounts, seed, *options, change="0.02", dialects=()):
        """Drops of three nights, each the one before with a day's changes; where dialects say so, as another export."""
        plain = [self.make(f"{name}1", NIGHTS[0], "--accounts", str(accounts), "--seed", str(seed), *options)]
        for n, day in enumerate(NIGHTS[1:], start=2):
            plain.append(self.make(f"{name}{n}", day, "--next", plain[-1], "--change", change, "--seed", str(seed)))
        return [self.make(f"{name}{n}-other", day, "--next", folder, "--change", "0", *dialects[n]) if n < len(dialects)
                else folder for n, (day, folder) in enumerate(zip(NIGHTS, plain))]

    def assert_agree(self, *nights, settings=()):
        """nights: [day, "name=folder", …]. What differs is the failure's message."""
        arguments = ["--vigie", os.environ["VIGIE"]]
        for night in nights:
            arguments += ["--night", *night]
        for setting in settings:
            arguments += ["--set", setting]
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            code = compare_naive.main(arguments)
        self.assertEqual(code, 0, "\n" + told.getvalue())
        return told.getvalue()

    def naive_findings(self, day, drop):
        """What the naive judgement finds in a drop."""
        subprocess.run([sys.executable, "-B", compare_naive.NAIVE, "--state", os.path.join(self.home, "state"),
                        "--as-of", day, "--source", "caf=" + drop, "--out", self.home], check=False)
        with open(os.path.join(self.home, "findings.csv"), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


class SmallTest(NaiveTest):
    """200 accounts."""

    def test_clean(self):
        for seed in (1, 2, 3):
            with self.subTest(seed):
                drops = self.make_nights(f"clean{seed}-", 200, seed)
                self.assert_agree(*([day, f"caf={drop}"] for day, drop in zip(NIGHTS, drops)))

    def test_dirty(self):
        for seed in (1, 2, 3):
            with self.subTest(seed):
                drops = self.make_nights(f"dirty{seed}-", 200, seed, "--violations", "0.3", "--dirty", "0.02",
                                         dialects=DIALECTS[seed - 1:])
                told = self.assert_agree(*([day, f"caf={drop}"] for day, drop in zip(NIGHTS, drops)))
                self.assertNotIn(" 0 findings", told)  # else the drops have nothing to agree about
                self.assertNotIn(" 0 rejects", told)

    def test_one_of_two_sources(self):
        """The same partners in two sources, so that all mails are in both; then a night for one of them only."""
        first = self.make_nights("one", 200, 4, "--violations", "0.2")
        second = self.make_nights("two", 200, 4, "--violations", "0.2", "--dirty", "0.01", change="0.1")
        self.assert_agree([NIGHTS[0], f"caf931={first[0]}", f"caf932={second[0]}"],
                          [NIGHTS[1], f"caf932={second[1]}"],
                          [NIGHTS[2], f"caf931={first[2]}", f"caf932={second[2]}"])

    def test_refused_and_accepted(self):
        """A drop that lost its accounts is refused; the next night it is let in."""
        drops = self.make_nights("small", 200, 5, "--violations", "0.2")
        half = self.make("half", NIGHTS[1], "--accounts", "80", "--seed", "5", "--violations", "0.2")
        self.assert_agree([NIGHTS[0], f"caf={drops[0]}"], [NIGHTS[1], f"caf={half}"],
                          [NIGHTS[1], f"caf={drops[1]}"], [NIGHTS[2], "accept-shrink", f"caf={half}"])

    def test_a_closing_is_not_late_while_drops_are_refused(self):
        drops = self.make_nights("late", 200, 9, "--violations", "0.5", change="0")
        half = self.make("half-late", NIGHTS[1], "--accounts", "80", "--seed", "9", "--violations", "0.5")
        self.assert_agree([NIGHTS[0], f"caf={drops[0]}"], [NIGHTS[1], f"caf={half}"], [NIGHTS[2], f"caf={drops[2]}"],
                          settings=["reconcile.overdue-days=1", "reconcile.max-closures-percent=100"])

    def test_held_and_approved(self):
        drops = self.make_nights("held", 200, 6, "--violations", "0.5", change="0")
        self.assert_agree([NIGHTS[0], f"caf={drops[0]}"], [NIGHTS[1], f"caf={drops[1]}"],
                          [NIGHTS[2], "approve:caf", f"caf={drops[2]}"], settings=["reconcile.max-closures=3"])

    def test_waived(self):
        """Two thirds of a night's findings are let stand: half of those for a night, the others for two."""
        drops = self.make_nights("waived", 200, 8, "--violations", "0.5", change="0.05")
        found = [row for n, row in enumerate(self.naive_findings(NIGHTS[0], drops[0])) if n % 3]
        self.assertLess({"account-departed", "account-convention-closed", "membership-account-closed",
                         "membership-group-closed"}, {row["rule"] for row in found})
        waivers = os.path.join(self.home, "waivers.csv")
        with open(waivers, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(["caf", row["rule"], row["convention"], row["subject"], NIGHTS[1 + n % 2]]
                                       for n, row in enumerate(found))
        self.assert_agree([NIGHTS[0], f"caf={drops[0]}"], [NIGHTS[1], "waivers:" + waivers, f"caf={drops[1]}"],
                          [NIGHTS[2], f"caf={drops[2]}"], settings=["reconcile.max-closures-percent=100"])

    def test_settings(self):
        drops = self.make_nights("settings", 200, 7, "--violations", "0.5", change="0.1")
        self.assert_agree(*([day, f"caf={drop}"] for day, drop in zip(NIGHTS, drops)), settings=[
            "reconcile.horizon-days=60", "reconcile.overdue-days=1", "reconcile.guard-min=3",
            "rule.account-inactive.days=30", "rule.account-never-used.days=0", "rule.afas-approver-pending.days=45",
            "rule.afas-too-many-providers.max=1", "rule.convention-expiring.days=10",
            "rule.group-empty.enabled=false", "source.caf.rule.group-empty.enabled=true",
            "rule.account-departed.severity=info"])


class DatabaseTest(NaiveTest):
    """The program reads from a database what the naive judgement reads from files: rows with a wrong number of fields,
    which a table cannot have, are left out of both."""

    def agree(self, database, *options):
        self.addCleanup(database.close)
        secret = os.path.join(self.home, "secret")
        with open(secret, "w", encoding="utf-8") as file:
            os.chmod(secret, 0o600)
            file.write(database.password)
        home = os.path.join(self.home, "home")
        os.mkdir(home)
        told = []
        for day, folder in zip(NIGHTS, self.make_nights("database", 200, 11, *options)):
            files, columns = databases.split_drop(folder)
            plain = os.path.join(self.home, "plain-" + day)
            drops.write_drop(plain, files, columns=columns)
            database.load(files, columns=columns)
            settings = database.settings(files, "caf", columns=columns) | {"source.caf.path": None}
            if database.password:
                settings["source.caf.password-file"] = secret
            night = compare_naive.Night([day, "caf=" + plain])
            ours = compare_naive.run_vigie(os.environ["VIGIE"], home, night, night.drops, settings)
            naives = compare_naive.run_naive(home, night, {})
            self.assertGreater(len(naives[1]["findings"]), 1)
            self.assertGreater(len(naives[1]["rejects"]), 1)
            told += compare_naive.compare_night(ours, naives)
        self.assertEqual(told, [], "\n" + "\n".join(told))

    def test_sqlite(self):
        self.agree(databases.Sqlite(), "--violations", "0.3", "--dirty", "0.02")

    def test_postgres(self):
        self.agree(databases.Postgres(), "--violations", "0.3", "--dirty", "0.02")


class LargerTest(NaiveTest):
    """2,000 accounts, and a second source of 200."""

    def agree(self, seed, *options):
        large = self.make_nights("large", 2000, seed, *options, dialects=DIALECTS[:seed - 1])
        small = self.make_nights("small", 200, seed + 10, *options, dialects=DIALECTS[seed - 1:])
        self.assert_agree(*([day, f"caf931={a}", f"caf932={b}"] for day, a, b in zip(NIGHTS, large, small)))

    def test_clean(self):
        self.agree(1)

    def test_faulty(self):
        self.agree(2, "--violations", "0.1")

    def test_dirty(self):
        self.agree(3, "--violations", "0.1", "--dirty", "0.02")


if __name__ == "__main__":
    unittest.main()

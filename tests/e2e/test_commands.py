"""The command line: configuration, dry runs, lock, store, exit codes and lists."""

import json
import os
import pty
import re
import sqlite3
import subprocess
import unittest
from unittest import mock

import drops
from drops import DAY, SOURCE, account, faulty_drop, membership, tree, valid_drop
from nights import NIGHTS, STEPS, NightTest


class DryRunTest(NightTest):
    def assert_writes_nothing(self, *arguments, day=DAY, code=0):
        before = tree(self.vigie.folder)
        result = self.vigie.run(*arguments, "--dry-run", as_of=day)
        self.assertEqual(result.code, code, result.stderr)
        self.assertEqual(tree(self.vigie.folder), before)
        return result

    def test_where_no_store_exists_yet(self):
        """A step ends as it would without --dry-run."""
        self.vigie.drop(faulty_drop())
        for command in ("run", *STEPS):
            with self.subTest(command):
                self.assert_writes_nothing(command, code=0 if command in ("run", "import") else 5)

    def test_on_a_store(self):
        self.run_night(faulty_drop())
        files = faulty_drop()
        drops.leave(files, "VIL5")
        self.vigie.drop(files, on=NIGHTS[1])
        for command in ("run", *STEPS):
            with self.subTest(command):
                self.assert_writes_nothing(command, day=NIGHTS[1])

    def test_computes_all_the_same(self):
        """And prints it: the closings are proposed, not sent."""
        self.vigie.drop(faulty_drop())
        told = self.assert_writes_nothing("run").stdout
        self.assertIn("2 findings open", told)
        lines = {" ".join(line.split()) for line in told.splitlines()}
        self.assertIn(f"{SOURCE} 19_214 close-account VIL4 {DAY} account-departed VIL4 proposed {DAY}", lines)
        self.assertTrue([line for line in lines if line.startswith(f"{SOURCE} account-invalid-mail major 19_214 VIL5 ")])

    def test_of_a_refused_drop(self):
        self.vigie.drop(faulty_drop() | {"groupes": ""})
        self.assert_writes_nothing("run", code=3)

    def test_of_an_approval(self):
        self.run_night(faulty_drop(), "--set", "reconcile.max-closures=1", code=3)
        plan = self.vigie.plans()[0]["plan"]
        self.assert_writes_nothing("approve", plan, "--by", "A. Durand", "--reason", "Vérifié")
        self.assertEqual(self.vigie.plans()[0]["approved_by"], "")

    def test_of_a_demonstration(self):
        self.assert_writes_nothing("demo", self.vigie.path("demo"))

    def test_lists_write_nothing_either(self):
        self.run_night(faulty_drop())
        before = tree(self.vigie.folder)
        self.vigie.lists()
        self.vigie.output("status")
        self.vigie.output("rules", "--source", SOURCE)
        self.assertEqual(tree(self.vigie.folder), before)


class TrialTest(NightTest):
    """A change of the settings, tried on the records that are there before it is made."""

    def tried(self, *settings):
        """What a rehearsal prints: {rule: counts}, and the lines after the table by rule."""
        options = [word for setting in settings for word in ("--set", setting)]
        told = self.vigie.run("detect", "--dry-run", *options, as_of=DAY)
        self.assertEqual(told.code, 0, told.stderr)
        lines = [line.split() for line in told.stdout.splitlines()]
        self.assertEqual(lines[0], ["source", "rule", "before", "new", "gone", "after", "regraded"], told.stdout)
        self.assertIn([], lines, told.stdout)
        end = lines.index([])
        counts = {words[1]: [int(word) for word in words[2:]] for words in lines[1:end] if words[0] == SOURCE}
        return counts, [" ".join(words) for words in lines[end + 1:]]

    def set_up_logins(self):
        files = valid_drop()
        logins = {"VIL6": "2026-08-22", "VIL7": "2026-08-21", "VIL8": "2026-01-01"}  # 90, 91 and 323 days ago
        files["utilisateurs"] += [account(name, derniere_connexion=day) for name, day in logins.items()]
        files["appartenances"] += [membership("T2PE", name) for name in logins]
        self.run_night(files)
        self.assertEqual(self.found(), {("account-inactive", "VIL8"): "new"})

    def test_what_would_be_new(self):
        self.set_up_logins()
        counts, rows = self.tried("rule.account-inactive.days=90")
        self.assertEqual(counts, {"account-inactive": [1, 1, 0, 2, 0]})
        listed = [row for row in rows if row.startswith(f"{SOURCE} account-inactive major 19_214 VIL")]
        self.assertEqual([row.split()[4] for row in listed], ["VIL7"])
        self.assertEqual(self.found(), {("account-inactive", "VIL8"): "new"})

    def test_what_would_go(self):
        self.set_up_logins()
        counts, rows = self.tried("rule.account-inactive.days=323")
        self.assertEqual(counts, {"account-inactive": [1, 0, 1, 0, 0]})
        self.assertTrue([row for row in rows if row.startswith(f"{SOURCE} account-inactive major 19_214 VIL8 resolved ")])

    def test_another_severity(self):
        self.set_up_logins()
        counts, rows = self.tried("rule.account-inactive.severity=info")
        self.assertEqual(counts, {"account-inactive": [1, 0, 0, 1, 1]})
        self.assertTrue([row for row in rows if row.startswith(f"{SOURCE} account-inactive info 19_214 VIL8 ")])

    def test_a_rule_switched_off(self):
        self.set_up_logins()
        told = self.vigie.run("detect", "--dry-run", "--set", "rule.account-inactive.enabled=false", as_of=DAY).stdout
        self.assertIn(f"{SOURCE}: account-inactive is switched off: findings that leave lists and mails without being "
                      "resolved: 1.", told)

    def test_what_would_be_back(self):
        self.set_up_logins()
        self.run_night(None, "--set", "rule.account-inactive.days=400", command="detect")
        counts, rows = self.tried("rule.account-inactive.days=180")
        self.assertEqual(counts, {"account-inactive": [0, 1, 0, 1, 0]})
        self.assertTrue([row for row in rows if row.startswith(f"{SOURCE} account-inactive major 19_214 VIL8 ")])


class LockTest(NightTest):
    def test_a_run_gives_way_to_one_that_is_under_way(self):
        self.run_night(faulty_drop())
        before = self.vigie.lists()
        with drops.locked(self.vigie.path("vigie.db.lock")):
            for command in ("run", *STEPS):
                with self.subTest(command):
                    self.assertIn("another run", self.run_night(command=command, code=6).stderr)
            self.run_night(None, "0123456789abcdef", "--by", "A. Durand", "--reason", "Vérifié", command="approve",
                           code=6)
            self.assertEqual(self.vigie.lists(), before)
        self.run_night()

    def test_a_lock_file_that_nobody_holds_stops_nothing(self):
        self.vigie.drop(faulty_drop())
        with open(self.vigie.path("vigie.db.lock"), "w", encoding="utf-8") as lock:
            lock.write("process 1 since 2026-11-19 02:15:00")
        self.run_night()


class StoreTest(NightTest):
    def test_a_newer_schema_is_left_alone(self):
        self.run_night(faulty_drop())
        store = sqlite3.connect(self.vigie.path("vigie.db"))
        store.execute("PRAGMA user_version = 99")
        store.close()
        before = tree(self.vigie.folder) | {"vigie.db.lock": None}
        for command in ("run", "detect", "findings"):
            with self.subTest(command):
                result = self.run_night(command=command, code=5)
                self.assertIn("99", result.stderr)
                self.assertIn("newer", result.stderr)
        self.assertEqual(tree(self.vigie.folder) | {"vigie.db.lock": None}, before)

    def test_what_needs_one_makes_none_and_no_lock(self):
        """A lock that is left behind would tell the next run that there was a store."""
        self.vigie.drop(faulty_drop())
        for command in (["mails", "--resend", "1"], ["waivers", "--end", "1"], ["purge"],
                        ["approve", "1", "--by", "A. Durand", "--reason", "relu"]):
            with self.subTest(command[0]):
                before = tree(self.vigie.folder)
                self.assertEqual(self.vigie.run(*command, as_of=DAY).code, 5)
                self.assertEqual(tree(self.vigie.folder), before)

    def test_a_file_that_is_no_store(self):
        self.vigie.drop(faulty_drop())
        with open(self.vigie.path("vigie.db"), "w", encoding="utf-8") as file:
            file.write("Nothing of the kind, but long enough to be read as the head of something. " * 20)
        self.assertIn("vigie.db", self.run_night(code=5).stderr)

    def test_a_folder_that_is_not_there(self):
        self.vigie.configure({"store.connection": "absent/vigie.db"})
        self.assertIn("absent/vigie.db", self.run_night(faulty_drop(), code=5).stderr)

    def test_somebody_who_reads_stops_no_run(self):
        """Not even one that fills the store with a further source."""
        self.run_night(faulty_drop())
        reader = sqlite3.connect(self.vigie.path("vigie.db"), isolation_level=None)
        self.addCleanup(reader.close)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM finding").fetchall()
        self.vigie.configure({}, sources=("caf931", "caf932"))
        self.vigie.drop(faulty_drop(), source="caf932")
        self.run_night()
        self.assertEqual({row["source"] for row in self.vigie.findings()}, {"caf931", "caf932"})

    def test_a_run_stops_nobody_who_reads(self):
        """Whether what it writes goes to the log, or, where a store is being filled, to the file itself."""
        self.run_night(faulty_drop())
        before = self.vigie.lists()
        for journal in ("WAL", "DELETE"):
            with self.subTest(journal):
                writer = sqlite3.connect(self.vigie.path("vigie.db"), isolation_level=None)
                writer.execute(f"PRAGMA journal_mode = {journal}")
                writer.execute("BEGIN IMMEDIATE")
                writer.execute("DELETE FROM finding")
                self.assertEqual(self.vigie.lists(), before)
                writer.close()

    def test_a_store_that_is_gone_is_told(self):
        """A new one is begun all the same: nothing else is left to do in the night."""
        self.run_night(faulty_drop())
        for name in os.listdir(self.vigie.folder):
            if name.startswith("vigie.db") and not name.endswith(".lock"):
                os.rename(self.vigie.path(name), self.vigie.path("moved-" + name))
        words = "vigie.db is gone"
        rehearsed = self.run_night(None, "--dry-run", day=NIGHTS[1])
        result = self.run_night(faulty_drop(), day=NIGHTS[1])
        for told in (rehearsed.stderr, rehearsed.stdout, result.stderr, result.stdout):
            self.assertIn(words, told)
        self.assertIn("vigie.db.lock", result.stderr)
        for told in (self.compliance_mail(NIGHTS[1]), self.cells("Synthèse", day=NIGHTS[1])):
            self.assertIn("La base de Vigie (vigie.db) n'était plus à sa place", told)
        self.assertNotIn(words, self.run_night(day=NIGHTS[2]).stderr)

    def test_so_is_one_that_was_cut_to_nothing(self):
        """As a copy leaves it that failed."""
        self.run_night(faulty_drop())
        os.truncate(self.vigie.path("vigie.db"), 0)
        self.assertIn("vigie.db is gone", self.run_night(faulty_drop(), day=NIGHTS[1]).stderr)
        self.assertIn("La base de Vigie (vigie.db) n'était plus à sa place", self.compliance_mail(NIGHTS[1]))

    def test_a_first_store_is_none_that_is_gone(self):
        """Whatever was tried before."""
        self.vigie.drop(faulty_drop())
        for command in (["detect"], ["approve", "0123456789abcdef", "--by", "A. Durand", "--reason", "Vérifié"],
                        ["waivers", "--end", "1"]):
            self.run_night(None, *command[1:], command=command[0], code=5)
        self.assertNotIn("is gone", self.run_night(faulty_drop()).stderr)

    def test_lists_before_the_first_run(self):
        for command in ("findings", "actions", "rejects", "history", "plans", "status"):
            with self.subTest(command):
                self.assertIn("vigie.db", self.run_night(command=command, code=5).stderr)


class CheckTest(NightTest):
    def test_a_folder_in_which_no_file_can_be_made(self):
        """Whatever rights it shows: below /proc even root makes none."""
        self.vigie.drop(valid_drop())
        self.vigie.configure({"report.directory": "/proc/self"})
        result = self.vigie.run("check")
        self.assertEqual(result.code, 2, result.stdout)
        self.assertRegex(result.stdout, r"wrong  \S+, line 7: report.directory: /proc/self cannot be written")

    def test_it_leaves_nothing_behind(self):
        self.vigie.drop(valid_drop())
        before = tree(self.vigie.folder)
        result = self.vigie.run("check")
        self.assertEqual(result.code, 0, result.stdout)
        self.assertEqual(tree(self.vigie.folder), before)


class ConfigurationTest(NightTest):
    def assert_refused(self, settings, *told):
        """Exit 2, and the message names all that is told and the line of each key."""
        self.vigie.configure(settings)
        with open(self.vigie.configuration, encoding="utf-8") as file:
            lines = file.read().splitlines()
        result = self.run_night(valid_drop(), code=2)
        for key in settings:
            line = 1 + next(n for n, line in enumerate(lines) if line.startswith(key + " ="))
            self.assertIn(f"line {line}: {key}", result.stderr)
        for text in told:
            self.assertIn(text, result.stderr)
        self.assertFalse(os.path.exists(self.vigie.path("vigie.db")))

    def test_an_unknown_key_and_the_nearest_known_one(self):
        self.assert_refused({"complience.mail": "x@caf.example"}, "compliance.mail")
        self.assert_refused({"import.max-reject": "3"}, "import.max-rejects")
        self.assert_refused({"source.caf931.labell": "Caf"}, "source.caf931.label")
        self.assert_refused({"rule.account-inactiv.days": "90"}, "account-inactive")
        self.assert_refused({"rule.account-inactive.day": "90"}, "days")

    def test_values_of_the_wrong_kind(self):
        for key, value in {"import.max-rejects": "ten", "mail.reminder-days": "-1", "compliance.mail": "conformité",
                           "rule.group-empty.enabled": "non", "rule.group-empty.severity": "high",
                           "rule.account-inactive.days": "6 months", "mail.transport": "pigeon",
                           "reconcile.mode": "destroy", "store.connector": "Oracle"}.items():
            with self.subTest(key):
                self.assert_refused({key: value})

    def test_all_is_said_at_once(self):
        self.assert_refused({"import.max-rejects": "ten", "unheard.of": "1"})

    def test_an_environment_variable(self):
        self.vigie.configure({"source.caf931.label": "${system.env.HOME}"})
        self.run_night(valid_drop())
        self.vigie.configure({"source.caf931.label": "${system.env.VIGIE_NOT_DEFINED}"})
        self.assertIn("VIGIE_NOT_DEFINED", self.run_night(code=2).stderr)

    def test_set_goes_before_the_file(self):
        self.vigie.configure({"rule.account-invalid-mail.severity": "minor"})
        self.run_night(faulty_drop(), "--set", "rule.account-invalid-mail.severity=info")
        self.assertEqual(self.vigie.findings(rule="account-invalid-mail")[0]["severity"], "info")

    def test_a_source_s_own_rule_goes_before_the_common_one(self):
        self.vigie.configure({"rule.account-inactive.days": "5", "source.caf931.rule.account-inactive.days": "15"})
        self.run_night(valid_drop())
        self.assertEqual(self.vigie.findings(), [])
        self.vigie.configure({"rule.account-inactive.days": "5"})
        self.run_night()
        self.assertEqual({row["rule"] for row in self.vigie.findings()}, {"account-inactive"})

    def test_usage(self):
        for arguments in (["--nonsense"], ["run", "--as-of", "yesterday"], ["findings", "--format", "yaml"],
                          ["run", "--source", "caf000"], ["run", "--set", "nonsense"], [], ["nonsense"],
                          ["findings", "--severity", "high"], ["approve"]):
            with self.subTest(" ".join(arguments)):
                self.assertEqual(self.vigie.run(*arguments).code, 2)

    def assert_usage(self, *arguments, told=()):
        result = self.vigie.run(*arguments)
        self.assertEqual((result.code, result.stdout), (2, ""), result.stderr)
        self.assertTrue(result.stderr.startswith("vigie: "), result.stderr)
        for text in told:
            self.assertIn(text, result.stderr)

    def test_a_mistyped_word_is_told_with_the_nearest(self):
        for arguments, *told in (
                (["findngs"], "no command findngs", "did you mean findings?"),
                (["nonsense"], "no command nonsense", "vigie --help"),
                ([], "no command"),
                (["run", "import"], "import is one word too many"),
                (["findings", "--sevrity", "major"], "no option --sevrity", "did you mean --severity?"),
                (["findings", "--account", "VIL4"], "no option --account", "vigie history"),
                (["--confg", "x", "run"], "no option --confg", "did you mean --config?"),
                (["findings", "--severity", "Critical"], "--severity", "no Critical", "did you mean critical?"),
                (["findings", "--status", "opened"], "--status", "did you mean open?", "new, open, waived, resolved"),
                (["findings", "--format", "yaml"], "--format", "table, csv, json"),
                (["findings", "--fail-on", "hi"], "--fail-on", "critical, major, minor, info"),
                (["findings", "--rule", "group-emty"], "--rule", "no rule group-emty", "did you mean group-empty?"),
                (["rules", "--rule", "group-emty"], "--rule", "did you mean group-empty?"),
                (["findings", "--source", "caf932"], "--source", "no source caf932", "did you mean caf931?"),
                (["actions", "--state", "sended"], "--state", "no sended", "did you mean sent or sending?"),
                (["actions", "--kind", "close-acount"], "--kind", "did you mean close-account?"),
                (["rejects", "--file", "utilisateur"], "--file", "did you mean utilisateurs?"),
                (["rejects", "--file", "utilisateurs.txt"], "--file", "no utilisateurs.txt"),
                (["rejects", "--reason", "bad_date"], "--reason", "no bad_date", "did you mean bad-date?"),
                (["history", "--file", "groupe.csv"], "--file", "did you mean groupes?"),
                (["run", "--log-format", "xml"], "--log-format", "text, json")):
            with self.subTest(" ".join(arguments)):
                self.assert_usage(*arguments, told=told)

    def test_an_option_without_a_value_or_given_twice(self):
        for option in ("--config", "--as-of", "--source", "--convention", "--rule", "--severity", "--format"):
            for form in ([option, ""], [option + "="], [option]):
                with self.subTest(form):
                    self.assert_usage("findings", *form, told=[option])
        for option, value in (("--as-of", DAY), ("--severity", "major"), ("--config", "x")):
            with self.subTest(option):
                self.assert_usage("findings", option, value, option, value, told=[option])
        self.assert_usage("run", "--set", "import.max-rejects=1", "--set", "import.max-rejects=2", told=["given twice"])

    def test_days_that_are_none(self):
        for day in ("yesterday", "2026-02-30", "2026-13-01", "0000-01-01", "20261120", "2026-11-20 ", "1", "10000-01-01"):
            for command, option in (("run", "--as-of"), ("history", "--since")):
                with self.subTest(option + day):
                    self.assert_usage(command, option, day, told=[option, "is no day", "2026-11-20"])

    def test_a_day_far_away_is_for_rehearsals_only(self):
        """A run for it would stop every run for a day before it."""
        self.vigie.drop(valid_drop())
        for day in ("9999-12-31", "2126-11-20", "0001-01-01"):
            with self.subTest(day):
                self.assert_usage("run", "--as-of", day, told=[day, "ten years"])
                self.assertFalse(os.path.exists(self.vigie.path("vigie.db")))
                self.assertIn(self.vigie.run("run", "--dry-run", as_of=day).code, (0, 3))

    def test_numbers_out_of_bounds(self):
        for count in ("-1", "1.5", "many", "", "4294967299", "99999999999999999999"):
            with self.subTest(count):
                self.assert_usage("status", "--limit", count, told=["--limit", "whole number"])
                self.assert_usage("run", "--jobs", count, told=["--jobs: must be a whole number from 1 to 64; it is " + count])

    def test_overrides_that_are_wrong(self):
        for setting, *told in (("nonsense", "KEY=VALUE"), ("=1", "KEY=VALUE"), ("import.max-reject=1", "unknown key"),
                               ("import.max-rejects=x", "--set: import.max-rejects", "whole number", "it is x"),
                               ("a b=1", "no key"), ("source.x.label=1", "source.x.path is missing")):
            with self.subTest(setting):
                self.assert_usage("run", "--set", setting, told=told)

    def test_the_help_of_each_command_has_what_the_documents_say(self):
        root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
        with open(os.path.join(root, "docs", "spec", "5-interfaces.md"), encoding="utf-8") as file:
            document = file.read().replace("\\|", "/")
        everywhere = self.vigie.output("--help")
        commands = set(re.findall(r"`vigie ([a-z]+)", document)) | set(STEPS)
        for command in commands:
            with self.subTest(command):
                self.assertIn(f"\n  {command} ", everywhere)
                self.assertIn("Usage: vigie " + command, self.vigie.output(command, "--help"))
        for option in re.findall(r"^\| `(--[a-z-]+)", document, re.MULTILINE):
            self.assertIn(f"  {option} ", everywhere)
        lists = re.findall(r"^\| `([a-z]+)` \| `[^|]*\|([^|]*)\|([^|]*)\|$", document, re.MULTILINE)
        self.assertEqual(len(lists), 10)
        for command, shows, filters in lists:
            told = self.vigie.output(command, "--help")
            known = set(re.findall(r"^  (--[a-z-]+)", told, re.MULTILINE)) - {"--fail-on"}
            with self.subTest(command):
                self.assertEqual(known, set(re.findall(r"--[a-z-]+", shows + filters)) | {"--format"})

    def test_exit_codes_are_the_documents(self):
        root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
        with open(os.path.join(root, "jobs", "errors.h"), encoding="utf-8") as file:
            codes = re.findall(r"inline constexpr int k\w+ = (\d+);", file.read())
        for document in ("README.md", "docs/errors.md", "docs/spec/5-interfaces.md"):
            with open(os.path.join(root, document), encoding="utf-8") as file:
                self.assertEqual(re.findall(r"^\| (\d+) \|", file.read(), re.MULTILINE), codes, document)
        self.assertEqual(re.findall(r"(?:codes:|;)\s(\d+)", self.vigie.output("--help")), codes)

    def test_help_and_version(self):
        for arguments in (["--help"], ["--version"], ["run", "--help"], ["findings", "--help"]):
            with self.subTest(" ".join(arguments)):
                self.assertNotEqual(self.vigie.output(*arguments), "")

    def test_options_before_and_after_the_command(self):
        self.vigie.drop(faulty_drop())
        self.assertEqual(self.vigie.run("run", "--as-of", DAY, "--quiet").code, 0)
        before = self.vigie.run("--source", SOURCE, "findings", "--format", "csv").stdout
        self.assertEqual(self.vigie.run("findings", "--format", "csv", "--source", SOURCE).stdout, before)


class FailOnTest(NightTest):
    def test_an_open_finding_that_is_at_least_that_severe(self):
        files = valid_drop()
        files["utilisateurs"][0]["mail"] = ""
        for severity, code in {"info": 10, "minor": 10, "major": 10, "critical": 0}.items():
            with self.subTest(severity):
                self.run_night(files, "--fail-on", severity, code=code)
                self.run_night(None, "--fail-on", severity, command="detect", code=code)
                self.assertEqual(self.vigie.run("findings", "--fail-on", severity).code, code)

    def test_resolved_ones_and_switched_off_rules_do_not_count(self):
        self.run_night(faulty_drop(), "--fail-on", "critical", code=10)
        self.run_night(None, "--fail-on", "critical", "--set", "rule.account-departed.enabled=false")
        self.run_night(valid_drop(), "--fail-on", "info", day=NIGHTS[1])

    def test_a_refusal_goes_before(self):
        self.run_night(faulty_drop())
        self.run_night({}, "--fail-on", "critical", day=NIGHTS[1], code=3)


class ListTest(NightTest):
    sources = ("caf931", "Caf932", "caf-a")
    NAMES = ("VIL10", "VIL2", "Vil2", "vil", "_A", "ÉVA", "Z", "z", "a:b", "a/b", "a b")
    ORDER = {"findings": ("source", "convention", "rule", "subject"),
             "actions": ("source", "convention", "kind", "subject"), "rejects": ("source", "file", "line"),
             "history": ("source", "file", "key", "as_of", "field")}

    def setUp(self):
        super().setUp()
        for source in self.sources:
            files = faulty_drop()
            drops.add_partner(files, "3_1", "CCA")
            files["utilisateurs"] += [account(name, mail="") for name in self.NAMES]
            drops.leave(files, *self.NAMES)
            files["lieux"] += [{"convention": "19_214", "activite": f'Inconnue "{n}",\nÉté; ', "lieu": "x"}
                               for n in range(11)]
            self.vigie.drop(files, source=source)
        self.run_night(None, "--set", "import.max-rejects=20", "--set", "reconcile.guard-min=50")

    def test_csv_and_json_agree(self):
        for name in self.ORDER:
            with self.subTest(name):
                options = ["--source", "caf931", "--source", "Caf932", "--source", "caf-a"]
                from_json = json.loads(self.vigie.output(name, "--format", "json", *options))
                from_csv = self.vigie.rows(name, *options)
                self.assertGreater(len(from_csv), 20)
                self.assertEqual([{key: "" if value is None else str(value) for key, value in row.items()}
                                  for row in from_json], from_csv)
                self.assertNotIn("", [value for row in from_json for value in row.values()])

    def test_numbers_are_numbers_in_json(self):
        self.assertEqual({type(row["age_days"]) for row in self.vigie.findings()}, {int})
        self.assertEqual({type(row["line"]) for row in self.vigie.rejects()}, {int})

    def test_sorted_by_bytes_and_lines_as_numbers(self):
        for name, columns in self.ORDER.items():
            with self.subTest(name):
                rows = self.vigie.rows(name, *(["--limit", "0"] if name == "history" else []))
                keys = [[int(row[c]) if c == "line" else row[c].encode() for c in columns] for row in rows]
                self.assertEqual(keys, sorted(keys))
                self.assertEqual(len({row["source"] for row in rows}), 3)

    def test_csv_is_rfc_4180_with_a_header(self):
        text = self.vigie.output("rejects", "--format", "csv")
        self.assertTrue(text.startswith("source,file,line,reason,field,value,record"))
        self.assertIn('Inconnue ""0"",\nÉté;', text)

    def test_filters(self):
        rows = self.vigie.rows("findings", "--source", "caf931", "--convention", "19_214", "--severity", "critical")
        self.assertEqual({(row["source"], row["convention"], row["severity"]) for row in rows},
                         {("caf931", "19_214", "critical")})
        self.assertEqual({row["kind"] for row in self.vigie.rows("actions", "--kind", "close-account")},
                         {"close-account"})
        self.assertEqual(self.vigie.rows("actions", "--state", "held"), [])
        self.assertEqual(self.vigie.rows("rejects", "--file", "lieux"),
                         self.vigie.rows("rejects", "--file", "lieux.csv"))

    def test_a_convention_or_account_that_nobody_knows(self):
        for command in ("findings", "actions", "history"):
            with self.subTest(command):
                result = self.vigie.run(command, "--convention", "19_21")
                self.assertEqual((result.code, result.stdout), (2, ""))
                self.assertIn("no convention 19_21", result.stderr)
                self.assertIn("did you mean 19_214?", result.stderr)
        result = self.vigie.run("history", "--account", "VIL99")
        self.assertEqual((result.code, result.stdout), (2, ""))
        self.assertIn("no account VIL99", result.stderr)
        self.assertEqual(self.vigie.rows("findings", "--convention", "3_1", "--rule", "group-empty"), [])

    def test_a_source_that_never_came_in_is_told(self):
        self.vigie.configure({}, sources=(*self.sources, "caf999"))
        for command in ("findings", "actions", "rejects"):
            with self.subTest(command):
                result = self.vigie.run(command, "--source", "caf999")
                self.assertEqual(result.code, 0)
                self.assertIn("nothing of the source caf999 has been imported yet", result.stderr)

    def test_a_source_whose_exports_were_all_refused_is_told(self):
        self.vigie.configure({}, sources=(*self.sources, "caf999"))
        self.assertEqual(self.vigie.run("import", "--source", "caf999", as_of=DAY).code, 3)
        for command in ("findings", "actions", "rejects"):
            with self.subTest(command):
                result = self.vigie.run(command, "--source", "caf999")
                self.assertIn("nothing of the source caf999 has been imported yet", result.stderr)

    def test_history_without_a_filter_shows_the_newest_thousand(self):
        self.assertLess(len(self.vigie.rows("history")), 1000)
        self.assertEqual(self.vigie.rows("history"), self.vigie.rows("history", "--limit", "0"))
        self.assertEqual(len(self.vigie.rows("history", "--limit", "7")), 7)

    def test_status_lists_the_runs(self):
        runs = self.vigie.rows("status")
        self.assertEqual([(row["command"], row["as_of"], row["exit"]) for row in runs], [("run", DAY, "0")])


class StreamTest(NightTest):
    def setUp(self):
        super().setUp()
        self.run_night(faulty_drop())

    def shell(self, command, **environment):
        return subprocess.run(["bash", "-c", f'"{self.vigie.program}" --config vigie.properties {command}'],
                              capture_output=True, cwd=self.vigie.folder, timeout=120, env=os.environ | environment)

    def test_a_reader_who_has_enough_ends_nothing(self):
        for command in ("history --limit 0 --format csv", f"run --as-of {DAY}", "--help"):
            with self.subTest(command):
                done = self.shell(command + ' | true; exit "${PIPESTATUS[0]}"')
                self.assertEqual((done.returncode, done.stderr.count(b"vigie:")), (0, 0), done.stderr)
        done = self.shell(f'run --as-of {DAY} --verbose 2>&1 >/dev/null | true; exit "${{PIPESTATUS[0]}}"')
        self.assertEqual(done.returncode, 0)

    def test_output_that_cannot_be_written_is_told(self):
        lists = [name + form for form in ("", " --format csv", " --format json")
                 for name in ("findings", "actions --all", "rejects", "history --limit 0", "rules", "plans", "status",
                              "mails", "waivers")]
        for command in (*lists, "rules --format markdown", "explain VIL4", "check", "--help", "--version"):
            for where, why in ((" > /dev/full", b"not all of the output could be written"),
                               (" >&-", b"the output could not be written: standard output is closed")):
                with self.subTest(command + where):
                    done = self.shell(command + where)
                    self.assertEqual(done.returncode, 1)
                    self.assertIn(why, done.stderr)
        for command in (f"run --as-of {DAY} > /dev/full", f"run --as-of {DAY} --dry-run >&-"):
            self.assertEqual(self.shell(command).returncode, 1, command)

    def test_another_end_goes_before(self):
        self.assertEqual(self.shell(f"run --as-of {DAY} --fail-on info > /dev/full").returncode, 10)

    def test_closed_streams_end_in_no_file(self):
        self.run_night(None, day=NIGHTS[1])
        before = self.outcome(NIGHTS[1])
        done = self.shell(f"run --as-of {NIGHTS[1]} <&- >&- 2>&-")
        self.assertEqual(done.returncode, 0)
        self.assert_same(before, self.outcome(NIGHTS[1]))

    def on_a_terminal(self, **environment):
        """What a run writes to standard error where that is a terminal."""
        controller, terminal = pty.openpty()
        with subprocess.Popen([self.vigie.program, "run", "--as-of", DAY], cwd=self.vigie.folder, stderr=terminal,
                              stdout=subprocess.DEVNULL, env=os.environ | {"TERM": "xterm"} | environment) as process:
            os.close(terminal)
            written = b""
            while True:
                try:
                    written += os.read(controller, 65536)
                except OSError:  # the terminal is closed
                    break
            self.assertEqual(process.wait(), 0)
        os.close(controller)
        return written

    def test_a_bar_is_for_terminals_that_can_draw_it(self):
        self.assertIn("█".encode(), self.on_a_terminal())
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            with self.subTest(environment):
                self.assertNotIn(b"\x1b", self.on_a_terminal(**environment))
        self.assertNotIn(b"\x1b", self.shell(f"run --as-of {DAY}").stderr)

    def test_a_stream_that_is_not_the_journal_s_gets_plain_text(self):
        with mock.patch.dict(os.environ, JOURNAL_STREAM="1:1"):
            log = self.vigie.run("run", as_of=DAY).stderr
        self.assertIn("findings open", log)
        self.assertNotIn("<6>", log)

    def test_no_word_of_the_data_reaches_a_terminal_as_a_command(self):
        files = faulty_drop()
        files["utilisateurs"][0]["nom"] = "ROUGE\x1b[31m\x07\u202e"
        for row in files["utilisateurs"]:
            row["\x1b]0;titre\x07"] = "x"
        self.run_night(files, day=NIGHTS[1])
        written = self.vigie.run("run", as_of=NIGHTS[1])
        for text in (written.stdout, written.stderr, self.vigie.output("findings"), self.vigie.output("history"),
                     self.vigie.output("check"), self.vigie.run("findings", "--rule", "\x1b[31m").stderr):
            self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f\x7f\u202e]")


if __name__ == "__main__":
    unittest.main()

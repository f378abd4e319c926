"""The night as people run it: one run, the same again, the next, and all that may stop or hold it."""

import fcntl
import json
import os
import sqlite3
import unittest

import drops
from drops import DAY, SOURCE, account, faulty_drop, grant, group, membership, text_of, tree, valid_drop

NIGHTS = [DAY, "2026-11-21", "2026-11-22", "2026-11-23"]
STEPS = ("import", "reconcile", "detect", "notify", "report")
KINDS = ("close-afas-profile", "close-membership", "close-grant", "close-designation", "close-group", "close-account")


class NightTest(unittest.TestCase):
    """A Vigie for each test, and short words for what the tests ask of it."""

    settings = {}
    sources = (SOURCE,)
    maxDiff = 4000

    def setUp(self):
        self.vigie = drops.Vigie(self.settings, self.sources)
        self.addCleanup(self.vigie.close)

    def run_night(self, files=None, *options, day=DAY, code=0, command="run", **how):
        """Runs on a drop, or on the one that is there; checks how that ends."""
        if files is not None:
            self.vigie.drop(files, **({"on": day} | how))
        result = self.vigie.run(command, *options, as_of=day)
        self.assertEqual(result.code, code, result.stderr)
        return result

    def found(self, *options):
        """{(rule, subject): status} of the findings that are listed."""
        return {(row["rule"], row["subject"]): row["status"] for row in self.vigie.rows("findings", *options)}

    def states(self, *options):
        """{(kind, subject): state} of the actions that are listed."""
        return {(row["kind"], row["subject"]): row["state"] for row in self.vigie.rows("actions", *options)}

    def compliance_mail(self, day=DAY):
        """The text of the mail to compliance."""
        mails = [mail for name, mail in self.vigie.mails(day).items() if "conformite" in name]
        self.assertEqual(len(mails), 1, self.vigie.files("mail"))
        return text_of(mails[0])

    def cells(self, sheet, about=f"{SOURCE}-", day=DAY):
        """A sheet as one text."""
        return "\n".join(self.vigie.workbook(about, day)[sheet])

    def outcome(self, day=DAY):
        """All that a night leaves, but for what says when it ran."""
        letters = {name: (mail["To"], mail["Subject"], mail["Message-ID"], mail["In-Reply-To"], text_of(mail))
                   for name, mail in self.vigie.mails().items()}
        books = {name: self.vigie.workbook(name.removeprefix("conformite-").removesuffix(f"{day}.xlsx"), day)
                 for name in self.vigie.files("reports", f"{day}.xlsx")}
        actions = {name: self.vigie.read("reports", name) for name in self.vigie.files("reports", ".csv")}
        return {"lists": self.vigie.lists(), "mails": letters, "workbooks": books, "actions files": actions}

    def assert_same(self, before, after):
        """Two outcomes: part by part, down to the sheet, the mail, the list that differs."""
        for part in before:
            self.assertEqual(set(after[part]), set(before[part]), part)
            for name, value in before[part].items():
                if isinstance(value, dict):
                    self.assert_same({name: value}, {name: after[part][name]})
                else:
                    with self.subTest(part=part, name=name):
                        self.assertEqual(after[part][name], value)


class RepeatedRunTest(NightTest):
    def test_the_same_night_again_changes_nothing(self):
        """Neither lists nor mails nor workbook nor actions file, on the first night and on one that brings changes."""
        for day, files in zip(NIGHTS, (faulty_drop(), self.changed_drop())):
            with self.subTest(day):
                self.run_night(files, day=day)
                first = self.outcome(day)
                mails = {name: self.vigie.read("mail", name) for name in self.vigie.files("mail")}
                self.run_night(day=day)
                self.assert_same(first, self.outcome(day))
                self.assertEqual({name: self.vigie.read("mail", name) for name in self.vigie.files("mail")}, mails)

    def changed_drop(self):
        """The faulty drop a night later: one finding is put right, one is new, and one account came."""
        files = faulty_drop()
        files["utilisateurs"][-1]["mail"] = "marie.dupont.vil5@rosny.example"
        files["utilisateurs"].append(account("VIL6"))
        files["appartenances"].append(membership("T2PE", "VIL6"))
        files["groupes"][0]["responsable"] = ""
        return files

    def test_the_next_night_with_the_same_drop(self):
        """Findings and closings go on, nobody is written to, and the history has nothing to tell."""
        self.run_night(faulty_drop())
        history = self.vigie.history()
        self.run_night(faulty_drop(), day=NIGHTS[1])
        self.assertEqual(self.vigie.history(), history)
        self.assertEqual({(row["status"], row["first_seen"], row["last_seen"], row["age_days"])
                          for row in self.vigie.findings()}, {("open", DAY, NIGHTS[1], 1)})
        self.assertEqual({(row["state"], row["date"], row["first_seen"]) for row in self.vigie.actions()},
                         {("sent", DAY, DAY)})
        self.assertEqual(self.vigie.mails(NIGHTS[1]), {})

    def test_the_life_of_a_finding(self):
        """New, open, resolved, and open again with the first day it was seen."""
        key = ("account-invalid-mail", "VIL5")
        faulty, right = faulty_drop(), faulty_drop()
        right["utilisateurs"][-1]["mail"] = "marie.dupont.vil5@rosny.example"
        self.run_night(faulty)
        self.assertEqual(self.found()[key], "new")
        self.run_night(right, day=NIGHTS[1])
        self.assertNotIn(key, self.found())
        self.assertEqual(self.found("--all")[key], "resolved")
        self.assertEqual(self.found("--status", "resolved"), {key: "resolved"})
        self.run_night(faulty, day=NIGHTS[2])
        finding = self.vigie.findings(rule="account-invalid-mail")[0]
        self.assertEqual((finding["status"], finding["first_seen"], finding["age_days"]), ("open", DAY, 2))

    def test_the_life_of_a_closing(self):
        """Sent once; overdue where nothing comes of it; confirmed by the drop; obsolete where its cause is gone."""
        files = faulty_drop()
        files["utilisateurs"].append(account("VIL6"))
        drops.leave(files, "VIL6")
        self.run_night(files)
        self.assertEqual(set(self.states().values()), {"sent"})
        files["appartenances"][4]["date_cloture"] = DAY
        files["departs"] = [row for row in files["departs"] if row["identifiant"] != "VIL6"]
        self.run_night(files, day="2026-11-27")
        self.assertEqual(self.states(), {("close-account", "VIL4"): "overdue"})
        self.assertEqual(self.states("--all"), {
            ("close-account", "VIL4"): "overdue", ("close-account", "VIL6"): "obsolete",
            ("close-membership", "T2PE/VIL4@2020-01-01"): "confirmed"})
        self.assertEqual([row["subject"] for row in self.vigie.actions_file(day="2026-11-27")], ["VIL4"])


class RefusedDropTest(NightTest):
    def broken(self):
        files = faulty_drop()
        files["utilisateurs"][0]["nom"] = "PERDU"
        del files["habilitations"]
        return files

    def test_the_last_good_state_goes_on(self):
        self.run_night(faulty_drop())
        lists = self.vigie.lists()
        result = self.run_night(self.broken(), day=NIGHTS[1], code=3)
        self.assertIn("habilitations.csv", result.stderr)
        self.assertEqual(self.vigie.lists()["history"], lists["history"])
        self.assertEqual(self.found(), {("account-departed", "VIL4"): "open", ("account-invalid-mail", "VIL5"): "open"})
        self.assertEqual({row["last_seen"] for row in self.vigie.findings()}, {NIGHTS[1]})
        self.assertEqual(self.vigie.lists()["actions"], lists["actions"])

    def test_compliance_is_told_and_nobody_else(self):
        self.run_night(faulty_drop())
        self.run_night(self.broken(), day=NIGHTS[1], code=3)
        self.assertEqual(len(self.vigie.mails(NIGHTS[1])), 1)
        told = self.compliance_mail(NIGHTS[1])
        self.assertIn("refusé", told)
        self.assertIn("habilitations.csv", told)

    def test_compliance_is_told_every_night_that_it_lasts(self):
        for day in NIGHTS[:3]:
            self.run_night(self.broken(), day=day, code=3)
            self.assertIn("refusé", self.compliance_mail(day))

    def test_the_workbook_says_so(self):
        self.run_night(faulty_drop())
        self.run_night(self.broken(), day=NIGHTS[1], code=3)
        for sheet in ("Synthèse", "Imports et rejets"):
            with self.subTest(sheet):
                self.assertIn("habilitations.csv", self.cells(sheet, day=NIGHTS[1]))
        self.assertEqual(len(self.vigie.workbook(f"{SOURCE}-", NIGHTS[1])["Anomalies"]), 3)

    def test_a_first_run_has_nothing_to_judge(self):
        self.run_night(self.broken(), code=3)
        self.assertEqual(self.vigie.findings(), [])
        self.assertIn("refusé", self.compliance_mail())
        self.assertIn("habilitations.csv", self.cells("Imports et rejets"))
        self.run_night(faulty_drop())
        self.assertEqual(len(self.vigie.findings()), 2)

    def test_a_good_drop_the_same_night_goes_in(self):
        self.run_night(self.broken(), code=3)
        self.run_night(faulty_drop())
        self.assertEqual(set(self.found().values()), {"new"})

    def test_rejects_are_those_of_the_refused_drop(self):
        files = faulty_drop()
        files["utilisateurs"] += [account(f"MAUVAIS{n}", statut="?") for n in range(11)]
        self.run_night(files, code=3)
        self.assertEqual(len(self.vigie.rejects()), 12)
        self.assertIn("MAUVAIS0", self.cells("Imports et rejets"))


class LateOrSmallDropTest(NightTest):
    def test_a_stale_drop_is_taken_and_told(self):
        self.run_night(faulty_drop(), on="2026-11-16", code=3)
        self.assertEqual(set(self.found().values()), {"new"})
        self.assertEqual(set(self.states().values()), {"sent"})
        self.assertIn("16/11/2026", self.compliance_mail())
        self.assertIn("16/11/2026", self.cells("Imports et rejets"))

    def shrunk(self):
        files = faulty_drop()
        files["lieux"] += [{"convention": "19_214", "activite": "ALSH Nord", "lieu": f"Salle {n}"} for n in range(60)]
        for place in ("École Nord", *(f"Salle {n}" for n in range(60))):
            files["profils_afas"].append(drops.profile("VIL1", "FDA", lieu=place))
        self.run_night(files)
        return faulty_drop()

    def test_a_drop_that_shrank_is_refused(self):
        result = self.run_night(self.shrunk(), day=NIGHTS[1], code=3)
        self.assertIn("--accept-shrink", result.stderr)
        self.assertIn("lieux.csv", self.compliance_mail(NIGHTS[1]))

    def test_accept_shrink(self):
        self.run_night(self.shrunk(), "--accept-shrink", day=NIGHTS[1])
        withdrawn = [row for row in self.vigie.history() if row["change"] == "withdrawn"]
        self.assertEqual({row["as_of"] for row in withdrawn}, {NIGHTS[1]})
        self.assertEqual(len(withdrawn), 121)


class GoingBackTest(NightTest):
    def test_no_step_works_for_a_day_before_the_last_import_s(self):
        self.run_night(faulty_drop(), day=NIGHTS[1])
        before = self.outcome(NIGHTS[1])
        for command in ("run", *STEPS):
            with self.subTest(command):
                result = self.run_night(command=command, day=DAY, code=2)
                self.assertIn(NIGHTS[1], result.stderr)
        self.assert_same(before, self.outcome(NIGHTS[1]))

    def test_no_source_is_touched_where_one_cannot_go_back(self):
        self.vigie.configure({}, sources=("caf931", "caf932"))
        self.vigie.drop(valid_drop(), source="caf932")
        self.vigie.drop(valid_drop())
        self.run_night(None, "--source", "caf932", day=NIGHTS[1])
        self.run_night(code=2)
        self.assertEqual(self.vigie.history(source="caf931"), [])

    def test_dry_run_may(self):
        self.run_night(faulty_drop(), day=NIGHTS[1])
        self.run_night(None, "--dry-run")


class DryRunTest(NightTest):
    def assert_writes_nothing(self, *arguments, day=DAY, code=0):
        before = tree(self.vigie.folder)
        result = self.vigie.run(*arguments, "--dry-run", as_of=day)
        self.assertEqual(result.code, code, result.stderr)
        self.assertEqual(tree(self.vigie.folder), before)
        return result

    def test_where_no_store_exists_yet(self):
        self.vigie.drop(faulty_drop())
        for command in ("run", *STEPS):
            with self.subTest(command):
                self.assert_writes_nothing(command)

    def test_on_a_store(self):
        self.run_night(faulty_drop())
        files = faulty_drop()
        drops.leave(files, "VIL5")
        self.vigie.drop(files, on=NIGHTS[1])
        for command in ("run", *STEPS):
            with self.subTest(command):
                self.assert_writes_nothing(command, day=NIGHTS[1])

    def test_computes_all_the_same(self):
        self.vigie.drop(faulty_drop())
        self.assertIn("2 findings open", self.assert_writes_nothing("run").stdout)

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


class LockTest(NightTest):
    def test_a_run_gives_way_to_one_that_is_under_way(self):
        self.run_night(faulty_drop())
        before = self.vigie.lists()
        with open(self.vigie.path("vigie.db.lock"), "r+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for command in ("run", *STEPS):
                with self.subTest(command):
                    self.assertIn("another run", self.run_night(command=command, code=6).stderr)
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

    def test_a_file_that_is_no_store(self):
        self.vigie.drop(faulty_drop())
        with open(self.vigie.path("vigie.db"), "w", encoding="utf-8") as file:
            file.write("Nothing of the kind, but long enough to be read as the head of something. " * 20)
        self.assertIn("vigie.db", self.run_night(code=5).stderr)

    def test_a_folder_that_is_not_there(self):
        self.vigie.configure({"store.connection": "absent/vigie.db"})
        self.assertIn("absent/vigie.db", self.run_night(faulty_drop(), code=5).stderr)

    def test_lists_before_the_first_run(self):
        for command in ("findings", "actions", "rejects", "history", "plans", "status"):
            with self.subTest(command):
                self.assertIn("vigie.db", self.run_night(command=command, code=5).stderr)


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
                self.run_night(command="detect", code=code, *[None, "--fail-on", severity])
                self.assertEqual(self.vigie.run("findings", "--fail-on", severity).code, code)

    def test_resolved_ones_and_switched_off_rules_do_not_count(self):
        self.run_night(faulty_drop(), "--fail-on", "critical", code=10)
        self.run_night(None, "--fail-on", "critical", "--set", "rule.account-departed.enabled=false")
        self.run_night(valid_drop(), "--fail-on", "info", day=NIGHTS[1])

    def test_a_refusal_goes_before(self):
        self.run_night(faulty_drop())
        self.run_night({}, "--fail-on", "critical", day=NIGHTS[1], code=3)


class GuardTest(NightTest):
    settings = {"reconcile.max-closures": "3"}

    def leaving(self, *accounts):
        """A drop in which these left: two closings each."""
        files = valid_drop()
        for who in ("VIL4", "VIL5", "VIL6"):
            files["utilisateurs"].append(account(who))
            files["appartenances"].append(membership("T2PE", who))
        drops.leave(files, *accounts)
        return files

    def held(self):
        """The id of the only plan."""
        plans = self.vigie.plans()
        self.assertEqual(len(plans), 1, plans)
        return plans[0]["plan"]

    def approve(self, plan, code=0):
        result = self.vigie.run("approve", plan, "--by", "A. Durand", "--reason", "Vérifié avec la Caf")
        self.assertEqual(result.code, code, result.stderr)
        return result

    def test_what_is_not_too_much_goes(self):
        self.run_night(self.leaving("VIL4"))
        self.assertEqual(set(self.states().values()), {"sent"})
        self.assertEqual(self.vigie.plans(), [])

    def test_too_much_is_held(self):
        result = self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        self.assertEqual(self.states(), {
            ("close-account", "VIL4"): "held", ("close-account", "VIL5"): "held",
            ("close-membership", "T2PE/VIL4@2020-01-01"): "held", ("close-membership", "T2PE/VIL5@2020-01-01"): "held"})
        self.assertEqual(self.vigie.actions_file(), [])
        plan = self.vigie.plans()[0]
        self.assertEqual((plan["source"], plan["kind"], plan["count"], plan["held_on"]), (SOURCE, "closings", "4", DAY))
        for told in (result.stdout, result.stderr, self.compliance_mail(), self.cells("Synthèse"),
                     self.cells("Rapprochement")):
            self.assertIn(plan["plan"], told)

    def test_the_content_of_a_plan(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        self.assertEqual([(row["kind"], row["subject"]) for row in self.vigie.plans(self.held())], [
            ("close-membership", "T2PE/VIL4@2020-01-01"), ("close-membership", "T2PE/VIL5@2020-01-01"),
            ("close-account", "VIL4"), ("close-account", "VIL5")])
        self.assertEqual(self.vigie.run("plans", "0123456789abcdef").code, 2)

    def test_it_is_held_and_told_every_night(self):
        files = self.leaving("VIL4", "VIL5")
        self.run_night(files, code=3)
        plan = self.held()
        for day in NIGHTS[1:3]:
            self.run_night(files, day=day, code=3)
            self.assertEqual(self.held(), plan)
            self.assertEqual(self.vigie.plans()[0]["held_on"], DAY)
            self.assertEqual({row["date"] for row in self.vigie.actions()}, {day})
            self.assertIn(plan, self.compliance_mail(day))

    def test_an_unknown_plan_is_refused_and_the_right_one_shown(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        before = self.vigie.lists()
        self.assertIn(self.held(), self.approve("0123456789abcdef", code=2).stderr)
        self.assertEqual(self.vigie.lists(), before)

    def test_an_approved_plan_goes_at_the_next_reconcile(self):
        files = self.leaving("VIL4", "VIL5")
        self.run_night(files, code=3)
        self.approve(self.held())
        self.assertEqual(self.vigie.plans()[0]["approved_by"], "A. Durand")
        self.assertEqual(set(self.states().values()), {"held"})
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual({(row["state"], row["date"], row["first_seen"]) for row in self.vigie.actions()},
                         {("sent", NIGHTS[1], DAY)})
        self.assertEqual(len(self.vigie.actions_file(day=NIGHTS[1])), 4)
        self.assertEqual(self.vigie.plans(), [])
        self.run_night(files, day=NIGHTS[2])
        self.assertEqual({row["date"] for row in self.vigie.actions()}, {NIGHTS[1]})

    def test_an_approved_plan_goes_the_same_night_too(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        self.approve(self.held())
        self.run_night(command="reconcile")
        self.assertEqual(set(self.states().values()), {"sent"})

    def test_a_plan_that_changes_after_its_approval_is_held_again(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        approved = self.held()
        self.approve(approved)
        self.run_night(self.leaving("VIL4", "VIL5", "VIL6"), day=NIGHTS[1], code=3)
        self.assertEqual(set(self.states().values()), {"held"})
        self.assertNotEqual(self.held(), approved)
        self.assertEqual(self.vigie.plans()[0]["count"], "6")
        self.assertIn(self.held(), self.approve(approved, code=2).stderr)

    def test_an_approval_is_for_one_time(self):
        files = self.leaving("VIL4", "VIL5")
        self.run_night(files, code=3)
        self.approve(self.held())
        self.run_night(files, day=NIGHTS[1])
        closed = self.leaving("VIL4", "VIL5")
        for row in closed["utilisateurs"] + closed["appartenances"]:
            if row["identifiant"] in ("VIL4", "VIL5"):
                row["date_cloture"] = NIGHTS[1]
        self.run_night(closed, day=NIGHTS[2])
        self.assertEqual(set(self.states("--all").values()), {"confirmed"})
        self.run_night(files, day=NIGHTS[3], code=3)
        self.assertEqual(set(self.states().values()), {"held"})

    def test_held_closings_that_their_owner_carries_out(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        files = self.leaving("VIL4", "VIL5")
        for row in files["utilisateurs"] + files["appartenances"]:
            if row["identifiant"] in ("VIL4", "VIL5"):
                row["date_cloture"] = DAY
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual(set(self.states("--all").values()), {"confirmed"})
        self.assertEqual(self.vigie.plans(), [])

    def test_share_of_one_kind(self):
        """More than the percentage of what is active of the kind, and more than guard-min."""
        settings = {"reconcile.guard-min": "1", "reconcile.max-closures-percent": "50"}
        files = valid_drop()
        files["utilisateurs"] += [account("VIL4"), account("VIL5")]
        drops.leave(files, "VIL4", "VIL5")
        self.vigie.configure(settings)
        self.run_night(files)  # 2 of 4
        files["utilisateurs"].append(account("VIL6"))
        files["utilisateurs"] += [account("VIL7"), account("VIL8"), account("VIL9")]
        drops.leave(files, "VIL6", "VIL7", "VIL8", "VIL9")
        self.run_night(files, day=NIGHTS[1])  # 4 of 8: those that were sent count no more
        files["utilisateurs"] += [account(f"VIL1{n}") for n in range(9)]
        drops.leave(files, *[f"VIL1{n}" for n in range(9)])
        self.run_night(files, day=NIGHTS[2], code=3)  # 9 of 17
        self.vigie.configure(settings | {"reconcile.guard-min": "9"})
        self.run_night(files, day=NIGHTS[3])

    def test_a_hold_of_one_source_stops_no_other(self):
        self.vigie.configure(self.settings, sources=("caf931", "caf932"))
        self.vigie.drop(self.leaving("VIL4", "VIL5"))
        self.vigie.drop(faulty_drop(), source="caf932")
        self.run_night(code=3)
        self.assertEqual({(row["source"], row["state"]) for row in self.vigie.actions()},
                         {("caf931", "held"), ("caf932", "sent")})

    def test_a_refused_drop_does_not_let_a_plan_go(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        plan = self.held()
        self.run_night({}, day=NIGHTS[1], code=3)
        self.assertEqual(self.held(), plan)


class HeldMailTest(NightTest):
    settings = {"mail.max-per-run": "1"}

    def two_partners(self):
        files = faulty_drop()
        drops.add_partner(files, "20_001", "CCA")
        files["utilisateurs"][-2]["mail"] = ""  # CCA2's
        return files

    def held(self):
        plans = self.vigie.plans()
        self.assertEqual([plan["kind"] for plan in plans], ["mails"])
        return plans[0]["plan"]

    def approve(self, plan, code=0):
        result = self.vigie.run("approve", plan, "--by", "A. Durand", "--reason", "Première nuit")
        self.assertEqual(result.code, code, result.stderr)
        return result

    def recipients(self, day=""):
        return sorted(mail["To"].addresses[0].addr_spec for mail in self.vigie.mails(day).values())

    def test_none_goes_but_compliance_s(self):
        result = self.run_night(self.two_partners(), code=3)
        self.assertEqual(self.recipients(), ["conformite@caf.example"])
        for told in (result.stdout, result.stderr, self.compliance_mail(), self.cells("Synthèse")):
            self.assertIn(self.held(), told)
        self.assertEqual([(row["address"], row["convention"]) for row in self.vigie.plans(self.held())], [
            ("marie.dupont.cca1@rosny.example", "20_001"), ("marie.dupont.vil1@rosny.example", "19_214")])

    def test_they_are_held_every_night(self):
        for day in NIGHTS[:3]:
            self.run_night(self.two_partners(), day=day, code=3)
            self.assertEqual(self.recipients(day), ["conformite@caf.example"])

    def test_approved_ones_go_once(self):
        self.run_night(self.two_partners(), code=3)
        self.approve(self.held())
        self.run_night(self.two_partners(), day=NIGHTS[1])
        both = ["marie.dupont.cca1@rosny.example", "marie.dupont.vil1@rosny.example"]
        self.assertEqual(self.recipients(NIGHTS[1]), both)
        self.assertEqual(self.vigie.plans(), [])
        self.run_night(day=NIGHTS[1])
        self.run_night(self.two_partners(), day=NIGHTS[2])
        self.assertEqual(self.recipients(NIGHTS[1]), both)
        self.assertEqual(self.recipients(NIGHTS[2]), [])

    def test_approved_ones_go_the_same_night_too(self):
        self.run_night(self.two_partners(), code=3)
        self.approve(self.held())
        self.run_night(command="notify")
        self.assertEqual(len(self.recipients()), 3)

    def test_approved_ones_say_what_they_would_have_said(self):
        """All but the day that they name: the closings too, and why they come to this recipient."""
        files = self.two_partners()
        files["utilisateurs"][0]["mail"] = "accueil@rosny.example"  # VIL1's: the Caf gets what concerns 19_214
        self.vigie.configure({})
        self.run_night(files)
        unheld = {name: text_of(mail) for name, mail in self.vigie.mails().items() if "conformite" not in name}
        self.vigie.close()
        self.vigie = drops.Vigie(self.settings)
        self.addCleanup(self.vigie.close)
        self.run_night(files, code=3)
        self.approve(self.held())
        self.run_night(command="notify")
        self.assertEqual({name: text_of(mail) for name, mail in self.vigie.mails().items() if "conformite" not in name},
                         unheld)

    def test_a_later_night_s_mails_replace_them(self):
        self.run_night(self.two_partners(), code=3)
        first = self.held()
        files = self.two_partners()
        files["groupes"][0]["responsable"] = ""
        self.run_night(files, day=NIGHTS[1], code=3)
        self.assertNotEqual(self.held(), first)
        self.assertIn(self.held(), self.approve(first, code=2).stderr)
        self.approve(self.held())
        self.run_night(day=NIGHTS[1], command="notify")
        told = " ".join(text_of(mail) for name, mail in self.vigie.mails(NIGHTS[1]).items() if "vil1" in name)
        self.assertIn("VIL5", told)
        self.assertIn("T2PE", told)

    def test_they_go_where_there_are_no_longer_too_many(self):
        self.run_night(self.two_partners(), code=3)
        self.run_night(faulty_drop(), day=NIGHTS[1])
        self.assertEqual(self.recipients(NIGHTS[1]), ["marie.dupont.vil1@rosny.example"])
        self.assertEqual(self.vigie.plans(), [])


class StepsTest(NightTest):
    sources = ("caf931", "caf932")
    settings = {"reconcile.max-closures": "3"}

    def nights(self):
        """Drops of three nights for two sources; the third of caf932 is refused, and its second held."""
        second, third = faulty_drop(), faulty_drop()
        drops.add_partner(second, "20_001", "CCA")
        third["utilisateurs"][-1]["mail"] = "marie.dupont.vil5@rosny.example"
        held = faulty_drop()
        held["utilisateurs"] += [account("VIL6"), account("VIL7")]
        drops.leave(held, "VIL6", "VIL7")
        return [({"caf931": faulty_drop(), "caf932": valid_drop()}, 0), ({"caf931": second, "caf932": held}, 3),
                ({"caf931": third, "caf932": valid_drop() | {"groupes": ""}}, 3)]

    def test_steps_one_at_a_time_are_a_run(self):
        """The same lists, mails, workbooks and actions files."""
        by_steps = drops.Vigie(self.settings, self.sources)
        self.addCleanup(by_steps.close)
        whole = self.vigie
        for day, (files_by_source, code) in zip(NIGHTS, self.nights()):
            for source, files in files_by_source.items():
                whole.drop(files, source=source, on=day)
                by_steps.drop(files, source=source, on=day)
            self.assertEqual(whole.run("run", as_of=day).code, code)
            codes = [by_steps.run(step, as_of=day).code for step in STEPS]
            with self.subTest(day):
                self.assertEqual(max(codes), code, codes)
                self.vigie = whole
                expected = self.outcome(day)
                self.vigie = by_steps
                self.assert_same(expected, self.outcome(day))
            self.vigie = whole


class RuleStateTest(NightTest):
    def state(self, rule):
        return self.vigie.rows("rules", "--source", SOURCE, "--rule", rule)[0]["state"]

    def without_departures(self):
        files = faulty_drop()
        del files["departs"]
        return files

    def test_a_rule_that_cannot_be_verified_keeps_its_findings_open(self):
        self.run_night(faulty_drop())
        self.assertEqual(self.state("account-departed"), "enabled")
        result = self.run_night(self.without_departures(), day=NIGHTS[1])
        finding = self.vigie.findings(rule="account-departed")[0]
        self.assertEqual((finding["status"], finding["last_seen"], finding["age_days"]), ("open", DAY, 1))
        self.assertIn("departs.csv", self.state("account-departed"))
        self.assertTrue(self.state("account-departed").startswith("not verifiable"))
        self.assertIn("account-departed", result.stderr)
        self.assertIn("departs.csv", self.cells("Synthèse", day=NIGHTS[1]))
        self.assertIn("Non vérifiable", self.cells("Règles", day=NIGHTS[1]))

    def test_it_is_judged_again_when_the_file_is_back(self):
        self.run_night(faulty_drop())
        self.run_night(self.without_departures(), day=NIGHTS[1])
        files = faulty_drop()
        files["departs"].pop()
        self.run_night(files, day=NIGHTS[2])
        self.assertEqual(self.found("--all")[("account-departed", "VIL4")], "resolved")

    def test_a_missing_column(self):
        self.run_night(faulty_drop())
        kept = [column for column in drops.COLUMNS["utilisateurs"] if column != "mail"]
        self.run_night(faulty_drop(), day=NIGHTS[1], columns={"utilisateurs": kept})
        self.assertEqual(self.found()[("account-invalid-mail", "VIL5")], "open")
        self.assertIn("mail", self.state("account-invalid-mail"))

    def test_an_empty_column_is_there(self):
        files = faulty_drop()
        for row in files["utilisateurs"]:
            row["profession"] = ""
        self.run_night(files)
        self.assertEqual(self.state("cdap-t1-unauthorized"), "enabled")

    def test_a_rule_that_is_switched_off_leaves_lists_mails_and_workbook(self):
        self.run_night(faulty_drop())
        self.vigie.configure({"rule.account-invalid-mail.enabled": "false"})
        files = faulty_drop()
        files["utilisateurs"].append(account("VIL6", mail=""))
        files["appartenances"].append(membership("T2PE", "VIL6"))
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual(self.state("account-invalid-mail"), "disabled")
        self.assertEqual(self.found("--all"), {("account-departed", "VIL4"): "open"})
        self.assertEqual(self.vigie.mails(NIGHTS[1]), {})
        self.assertNotIn("VIL5", self.cells("Anomalies", day=NIGHTS[1]))

    def test_it_comes_back_as_it_was(self):
        self.run_night(faulty_drop())
        self.run_night(faulty_drop(), "--set", "rule.account-invalid-mail.enabled=false", day=NIGHTS[1])
        self.run_night(faulty_drop(), day=NIGHTS[2])
        finding = self.vigie.findings(rule="account-invalid-mail")[0]
        self.assertEqual((finding["status"], finding["first_seen"], finding["age_days"]), ("open", DAY, 2))
        self.assertEqual(self.vigie.mails(NIGHTS[2]), {})

    def test_for_one_source_only(self):
        self.vigie.configure({"source.caf932.rule.account-invalid-mail.enabled": "false"}, sources=("caf931", "caf932"))
        self.vigie.drop(faulty_drop())
        self.vigie.drop(faulty_drop(), source="caf932")
        self.run_night()
        self.assertEqual([row["source"] for row in self.vigie.findings(rule="account-invalid-mail")], ["caf931"])


class ActionsFileTest(NightTest):
    def closed_convention(self):
        """A convention that ended, with all that can be closed in it, sub-groups before and after their parents."""
        files = valid_drop()
        files["conventions"][0] |= {"date_cloture": "2026-11-15", "statut": "Fermée"}
        files["groupes"] += [group("A-SUR", parent="Z-SOUS"), group("Z-SOUS", parent="M-PARENT"), group("M-PARENT")]
        files["habilitations"] += [grant("M-PARENT")]
        return files

    def test_in_the_order_in_which_the_portal_takes_them(self):
        self.run_night(self.closed_convention())
        rows = self.vigie.actions_file()
        self.assertEqual(set(rows[0]), set("source convention kind subject date reason cause state first_seen".split()))
        kinds = [KINDS.index(row["kind"]) for row in rows]
        self.assertEqual(kinds, sorted(kinds))
        self.assertEqual(set(kinds), set(range(len(KINDS))))
        groups = [row["subject"] for row in rows if row["kind"] == "close-group"]
        self.assertLess(groups.index("A-SUR"), groups.index("Z-SOUS"))
        self.assertLess(groups.index("Z-SOUS"), groups.index("M-PARENT"))

    def test_holds_what_the_list_holds(self):
        self.run_night(self.closed_convention())
        self.assertEqual(sorted(map(tuple, map(dict.values, self.vigie.actions_file()))),
                         sorted(map(tuple, map(dict.values, self.vigie.rows("actions")))))

    def test_each_night_has_its_own_with_all_that_is_not_confirmed(self):
        self.run_night(faulty_drop())
        files = faulty_drop()
        files["appartenances"][4]["date_cloture"] = DAY
        drops.leave(files, "VIL5")
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual([row["subject"] for row in self.vigie.actions_file()], ["T2PE/VIL4@2020-01-01", "VIL4"])
        self.assertEqual([row["subject"] for row in self.vigie.actions_file(day=NIGHTS[1])],
                         ["T2PE/VIL5@2020-01-01", "VIL4", "VIL5"])


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
        self.assertEqual(self.vigie.rows("rejects", "--file", "lieux"), self.vigie.rows("rejects", "--file", "lieux.csv"))

    def test_history_without_a_filter_shows_the_newest_thousand(self):
        self.assertLess(len(self.vigie.rows("history")), 1000)
        self.assertEqual(self.vigie.rows("history"), self.vigie.rows("history", "--limit", "0"))
        self.assertEqual(len(self.vigie.rows("history", "--limit", "7")), 7)

    def test_status_lists_the_runs(self):
        runs = self.vigie.rows("status")
        self.assertEqual([(row["command"], row["as_of"], row["exit"]) for row in runs], [("run", DAY, "0")])


if __name__ == "__main__":
    unittest.main()

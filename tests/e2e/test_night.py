"""The night as people run it: one run, the same again, the next, and drops that are refused, late or small."""

import re
import unittest

import drops
from drops import DAY, SOURCE, account, faulty_drop, membership, valid_drop
from nights import NIGHTS, STEPS, NightTest


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

    def test_a_closing_is_overdue_by_exports_that_could_have_shown_it_only(self):
        """Not where no export came since, nor where the old one lay there."""
        settings = {"import.max-shrink-percent": "50"}
        for name, how, code in (("refused", {"columns": {"groupes": ["code"]}}, 3), ("too old", {"on": DAY}, 3)):
            with self.subTest(name):
                self.vigie.close()
                self.vigie = drops.Vigie(settings)
                self.addCleanup(self.vigie.close)
                self.run_night(faulty_drop())
                self.run_night(faulty_drop(), day="2026-11-27", code=code, **how)
                self.assertEqual(set(self.states().values()), {"sent"})
                self.run_night(faulty_drop(), day="2026-11-28")
                self.assertEqual(set(self.states().values()), {"overdue"})


class SeverityTest(NightTest):
    """An approver waits since the 5th of November: a minor matter until the 20th, a major one from the 21st on."""

    PENDING = "afas-approver-pending"
    GROWN = "Cette anomalie, mineure auparavant, est majeure depuis le 21/11/2026."

    def waiting(self):
        files = valid_drop()
        files["utilisateurs"].append(account("VIL8"))
        files["appartenances"].append(membership("AFAS-DEC", "VIL8"))
        files["profils_afas"].append(drops.profile("VIL8", "Approbateur", etat="En attente", demande_le="2026-11-05",
                                                   pj3_recue_le="2026-11-05"))
        return files

    def addresses(self, day):
        return sorted(mail["To"].addresses[0].addr_spec for mail in self.vigie.mails(day).values())

    def row(self, day):
        return next(line for line in self.cells("Anomalies", day=day).splitlines() if self.PENDING in line)

    def test_what_grows_up_is_news_and_said_so(self):
        self.run_night(self.waiting())
        everybody = self.addresses(DAY)
        self.assertEqual(len(everybody), 3)
        self.run_night(self.waiting(), day=NIGHTS[1])
        self.assertEqual(self.addresses(NIGHTS[1]), everybody)
        for mail in self.vigie.mails(NIGHTS[1]).values():
            self.assertIn(self.GROWN, drops.text_of(mail))
        self.assertIn("Majeure", self.row(NIGHTS[1]))
        self.assertIn("Ouverte (mineure avant le 21/11/2026)", self.row(NIGHTS[1]))
        self.run_night(self.waiting(), day=NIGHTS[2])
        self.assertEqual(self.addresses(NIGHTS[2]), [])
        self.assertIn("Ouverte (mineure avant le 21/11/2026)", self.row(NIGHTS[2]))

    def test_lists_have_the_contract_s_columns(self):
        self.run_night(self.waiting())
        before = self.vigie.findings()[0]
        self.run_night(self.waiting(), day=NIGHTS[1])
        after = self.vigie.findings()[0]
        self.assertEqual((before["severity"], after["severity"], after["first_seen"]), ("minor", "major", DAY))
        self.assertEqual(list(before), list(after))
        self.assertEqual((after["status"], after["detail"].count("auparavant")), ("open", 0))

    def test_what_the_configuration_makes_graver_is_news_too(self):
        self.run_night(self.waiting())
        self.run_night(None, "--set", f"rule.{self.PENDING}.severity=critical", day=NIGHTS[1])
        self.assertEqual(len(self.addresses(NIGHTS[1])), 3)
        self.assertIn("critique depuis le 21/11/2026", self.compliance_mail(NIGHTS[1]))
        self.run_night(None, "--set", f"rule.{self.PENDING}.severity=info", day=NIGHTS[2])
        self.assertEqual(self.addresses(NIGHTS[2]), [])
        self.assertIn("Ouverte (critique avant le 22/11/2026)", self.row(NIGHTS[2]))

    def test_the_same_night_again_changes_nothing(self):
        self.run_night(self.waiting())
        self.run_night(self.waiting(), day=NIGHTS[1])
        first = self.outcome(NIGHTS[1])
        self.run_night(day=NIGHTS[1])
        self.assert_same(first, self.outcome(NIGHTS[1]))


class FiguresTest(NightTest):
    def synthesis(self, day):
        return self.cells("Synthèse", day=day)

    def without(self, *faults):
        files = faulty_drop()
        if "mail" in faults:
            files["utilisateurs"][-1]["mail"] = "marie.dupont.vil5@rosny.example"
        return files

    def test_what_an_officer_adds_up_is_right(self):
        self.run_night(faulty_drop())
        self.assertNotIn("à l'exécution précédente", self.synthesis(DAY))
        self.run_night(self.without("mail"), day=NIGHTS[1])
        self.assertIn("2 anomalies ouvertes à l'exécution précédente, + 0 nouvelle, − 1 résolue = 1 ouverte.",
                      self.synthesis(NIGHTS[1]))
        files = faulty_drop()
        files["utilisateurs"].append(account("VIL6", mail=""))
        files["appartenances"].append(membership("T2PE", "VIL6"))
        self.run_night(files, day=NIGHTS[2])
        expected = ("1 anomalie ouverte à l'exécution précédente, + 1 nouvelle, + 1 revenue, − 0 résolue = 3 ouvertes.")
        self.assertIn(expected, self.synthesis(NIGHTS[2]))
        self.run_night(day=NIGHTS[2])
        self.assertIn(expected, self.synthesis(NIGHTS[2]))
        waived = self.vigie.run("waive", "account-invalid-mail", "--convention", "19_214", "--subject", "VIL6",
                                "--until", "2026-12-31", "--by", "A. Durand", "--reason", "Essai", as_of=NIGHTS[2])
        self.assertEqual(waived.code, 0, waived.stderr)
        self.run_night(files, day=NIGHTS[3])
        self.assertIn("3 anomalies ouvertes à l'exécution précédente, + 0 nouvelle, − 0 résolue, − 1 par l'effet des "
                      "dérogations = 2 ouvertes.", self.synthesis(NIGHTS[3]))

    def test_log_and_summary_count_the_same(self):
        self.run_night(faulty_drop())
        self.run_night(self.without("mail"), day=NIGHTS[1])
        result = self.run_night(faulty_drop(), day=NIGHTS[2])
        self.assertIn("2 findings open, of these 0 new and 1 returned; 0 resolved; 0 waived, not counted", result.stderr)
        self.assertIn("2 findings open:", result.stdout)

    def test_held_closings_are_not_to_be_carried_out(self):
        files = faulty_drop()
        drops.leave(files, "VIL5")
        result = self.run_night(files, "--set", "reconcile.max-closures=1", code=3)
        self.assertIn("closings to carry out 0, held 4", result.stdout)
        headings, figures = [line.split(" | ") for line in self.synthesis(DAY).splitlines()
                             if "Clôtures à faire" in line or line.startswith(f"Caf {SOURCE} |")]
        self.assertEqual([cell for cell in headings if cell][-2:], ["Clôtures à faire", "Retenues"])
        self.assertEqual(figures[-1], "4")
        self.assertEqual(figures[headings.index("Clôtures à faire")], "0")


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

    def test_a_column_that_disappears_is_told(self):
        self.run_night(faulty_drop())
        kept = [column for column in drops.COLUMNS["groupes"] if column != "origine"]
        told = ("La colonne origine n'est plus dans l'export de groupes.csv ; les règles group-generated-changed et "
                "afas-group-not-by-caf ne sont plus vérifiables.")
        result = self.run_night(faulty_drop(), day=NIGHTS[1], columns={"groupes": kept})
        for text in (self.compliance_mail(NIGHTS[1]), self.cells("Imports et rejets", day=NIGHTS[1]),
                     self.cells("Synthèse", day=NIGHTS[1])):
            self.assertIn(told, text)
        for text in (result.stdout, result.stderr):
            self.assertIn("the column origine is no longer in groupes.csv; not verifiable any more: "
                          "group-generated-changed, afas-group-not-by-caf", text)
        self.run_night(day=NIGHTS[1])
        self.assertIn(told, self.cells("Imports et rejets", day=NIGHTS[1]))
        self.run_night(faulty_drop(), day=NIGHTS[2], columns={"groupes": kept})
        self.assertNotIn(told, self.cells("Imports et rejets", day=NIGHTS[2]))
        self.assertEqual(self.vigie.mails(NIGHTS[2]), {})

    def test_a_file_and_a_column_that_no_rule_needs_too(self):
        self.run_night(faulty_drop())
        kept = [column for column in drops.COLUMNS["utilisateurs"] if column != "telephone"]
        files = faulty_drop()
        del files["departs"]
        result = self.run_night(files, day=NIGHTS[1], columns={"utilisateurs": kept})
        sheet = self.cells("Imports et rejets", day=NIGHTS[1])
        self.assertIn("La colonne telephone n'est plus dans l'export de utilisateurs.csv.", sheet)
        self.assertIn("Le fichier departs.csv n'est plus dans l'export ; la règle account-departed n'est plus vérifiable.",
                      sheet)
        self.assertIn("no longer in the drop", result.stderr)

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

    def test_a_rule_that_is_switched_off_leaves_the_metrics(self):
        self.vigie.configure({"metrics.file": "vigie.prom"})
        self.run_night(faulty_drop())
        self.assertEqual(self.open_in_metrics(), {"critical": "1", "major": "1"})
        self.run_night(faulty_drop(), "--set", "rule.account-invalid-mail.enabled=false", day=NIGHTS[1])
        self.assertEqual(self.open_in_metrics(), {"critical": "1"})

    def open_in_metrics(self):
        with open(self.vigie.path("vigie.prom"), encoding="utf-8") as file:
            return dict(re.findall(r'^vigie_findings_open{source="caf931",severity="(\w+)"} (\d+)$', file.read(), re.M))

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


if __name__ == "__main__":
    unittest.main()

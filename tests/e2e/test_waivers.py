"""Accepted exceptions: what compliance lets stand is shown, told to nobody, and news again once it may stand no longer."""

import json
import os
import pwd
import unittest

import drops
from drops import DAY, SOURCE, account, faulty_drop, membership, text_of
from nights import NIGHTS, NightTest

RULE, SUBJECT = "account-invalid-mail", "VIL5"  # of the faulty drop; its other finding is that VIL4 left
LEFT = "account-departed"
MEMBERSHIP, ACCOUNT = ("close-membership", "T2PE/VIL4@2020-01-01"), ("close-account", "VIL4")
PARTNER = "marie.dupont.vil1@rosny.example"


class WaiverTest(NightTest):
    def waive(self, rule=RULE, subject=SUBJECT, *options, until=NIGHTS[2], reason="Adresse en cours de création",
              by="A. Durand", convention="19_214", day=DAY, code=0):
        result = self.vigie.run("waive", rule, "--convention", convention, "--subject", subject, "--until", until,
                                "--reason", reason, "--by", by, *options, as_of=day)
        self.assertEqual(result.code, code, result.stderr)
        return result

    def end(self, waiver, *options, day=DAY, code=0):
        result = self.vigie.run("waivers", "--end", str(waiver), *options, as_of=day)
        self.assertEqual(result.code, code, result.stderr)
        return result

    def waivers(self, *options):
        return self.vigie.rows("waivers", *options)

    def mail_to(self, address, day=DAY):
        """The mail of the day to the address; None: it got none."""
        mails = [mail for mail in self.vigie.mails(day).values() if mail["To"].addresses[0].addr_spec == address]
        self.assertLessEqual(len(mails), 1)
        return mails[0] if mails else None

    def assert_untold(self, words, day):
        """None of the day's mails, of whomever, has the words."""
        for name, mail in self.vigie.mails(day).items():
            self.assertNotIn(words, text_of(mail), name)
            self.assertNotIn(words, mail["Subject"], name)

    def told(self, words, day):
        """To whom a mail of the day has the words in it."""
        return sorted(mail["To"].addresses[0].addr_spec for mail in self.vigie.mails(day).values()
                      if words in text_of(mail))

    def rows(self, sheet, words, day=DAY):
        """The rows of a sheet that have the words in them."""
        return [row for row in self.vigie.workbook(f"{SOURCE}-", day)[sheet] if words in row]


class ShownTest(WaiverTest):
    """While it holds."""

    def test_it_is_in_lists_with_its_status(self):
        self.run_night(faulty_drop())
        self.assertEqual(self.found(), {(RULE, SUBJECT): "new", (LEFT, "VIL4"): "new"})
        told = self.waive().stdout
        for word in (RULE, SUBJECT, "19_214", SOURCE, NIGHTS[2]):
            self.assertIn(word, told)
        self.assertNotIn("no open finding", told)
        self.assertEqual(self.found(), {(RULE, SUBJECT): "waived", (LEFT, "VIL4"): "new"})
        self.assertEqual(self.found("--status", "waived"), {(RULE, SUBJECT): "waived"})
        self.assertEqual(self.found("--status", "new"), {(LEFT, "VIL4"): "new"})
        self.run_night(day=NIGHTS[1])
        self.assertEqual(self.found(), {(RULE, SUBJECT): "waived", (LEFT, "VIL4"): "open"})

    def test_the_list_of_waivers(self):
        self.run_night(faulty_drop())
        self.assertEqual(self.waivers(), [])
        self.waive()
        self.assertEqual(self.waivers(), [
            {"id": "1", "source": SOURCE, "rule": RULE, "convention": "19_214", "subject": SUBJECT, "until": NIGHTS[2],
             "reason": "Adresse en cours de création", "by": "A. Durand", "recorded_on": DAY, "ended_on": ""}])
        self.waive(LEFT, "VIL4")
        self.assertEqual([row["rule"] for row in self.waivers()], [LEFT, RULE])
        self.assertEqual([row["rule"] for row in self.waivers("--rule", LEFT)], [LEFT])
        self.assertEqual(len(self.waivers("--convention", "19_214")), 2)
        for unknown in (("--rule", "account-depart"), ("--convention", "19_215"), ("--source", "caf999")):
            self.assertEqual(self.vigie.run("waivers", *unknown).code, 2, unknown)

    def test_fail_on_leaves_it_aside(self):
        self.run_night(faulty_drop())
        self.waive(LEFT, "VIL4")
        self.assertEqual(self.vigie.run("findings", "--fail-on", "critical").code, 0)
        self.assertEqual(self.vigie.run("findings", "--fail-on", "major").code, 10)
        self.run_night(None, "--fail-on", "critical", day=NIGHTS[1])
        self.run_night(None, "--fail-on", "critical", day=NIGHTS[3], code=10)

    def test_it_is_in_no_mail(self):
        """It was waived before anybody heard of it."""
        files = faulty_drop()
        self.run_night(files, command="import")
        self.run_night(command="detect")
        self.waive()
        self.run_night()
        self.assertEqual(self.told("VIL4", DAY), ["conformite@caf.example", PARTNER])
        self.assert_untold(SUBJECT, DAY)
        for address in ("conformite@caf.example", PARTNER):
            self.assertTrue(self.mail_to(address)["Subject"].endswith(" - 1 anomalie (dont 1 critique)"))

    def test_it_is_in_no_mail_after_it_was_told(self):
        files = faulty_drop()
        self.run_night(files)
        self.assertEqual(self.told(SUBJECT, DAY), ["conformite@caf.example", PARTNER])
        self.waive()
        files["utilisateurs"].append(account("VIL6", mail=""))
        files["appartenances"].append(membership("T2PE", "VIL6"))
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual(self.told("VIL6", NIGHTS[1]), ["conformite@caf.example", PARTNER])
        self.assert_untold(SUBJECT, NIGHTS[1])
        self.assertIn(" - 2 anomalies ", self.mail_to(PARTNER, NIGHTS[1])["Subject"])

    def test_it_is_in_no_mail_to_the_caf(self):
        """The Caf's own matters, and what stays open for more than 30 days."""
        self.vigie.configure({"mail.escalation-days": "1"})
        files = faulty_drop()
        files["conventions"][0]["etat"] = "En cours"
        self.run_night(files)
        caf = "mcp@caf931.example"
        self.assertIsNotNone(self.mail_to(caf))
        for rule, subject in ((RULE, SUBJECT), ("convention-not-validated", "19_214")):
            self.waive(rule, subject, until=NIGHTS[2])
        self.run_night(day=NIGHTS[2])
        self.assertEqual(self.told("VIL4", NIGHTS[2]), ["conformite@caf.example", caf])
        self.assertTrue(self.mail_to(caf, NIGHTS[2])["Subject"].endswith(" - 1 anomalie (dont 1 critique)"))
        self.assert_untold(SUBJECT, NIGHTS[2])
        self.run_night(day=NIGHTS[3])
        self.assertIn("Cette anomalie n'est plus couverte par une dérogation depuis le 23/11/2026",
                      text_of(self.mail_to(caf, NIGHTS[3])))
        self.assertTrue(self.mail_to(caf, NIGHTS[3])["Subject"].endswith(" - 3 anomalies (dont 1 critique)"))

    def test_the_workbook_shows_it_and_does_not_count_it(self):
        self.run_night(faulty_drop())
        before = self.cells("Synthèse")
        self.waive()
        self.run_night(command="report")
        (row,) = self.rows("Anomalies", SUBJECT)
        self.assertIn("Dérogation jusqu'au 22/11/2026", row)
        self.assertEqual(self.vigie.workbook(f"{SOURCE}-")["Anomalies"][-1], row)  # after what is to be done
        (row,) = self.rows("Dérogations", SUBJECT)
        for words in ("Se termine bientôt", RULE, "19_214", "VILLE DE ROSNY", "2026-11-22", "Adresse en cours",
                      "A. Durand", "2026-11-20"):
            self.assertIn(words, row)
        after = self.cells("Synthèse")
        self.assertNotIn("dérogation", before)
        self.assertIn("1 anomalie fait l'objet d'une dérogation, hors des chiffres de cette page", after)
        self.waive(LEFT, "VIL4")
        self.run_night(day=NIGHTS[1])
        self.assertIn("2026-11-21 00:00:00 | 0 | 0 | 0 | 0", self.cells("Synthèse", day=NIGHTS[1]))
        for text, figures in ((before, "Total |  |  |  | 1 | 1 | 0 | 0 | 2"), (after, "Total |  |  |  | 1 | 0 | 0 | 0 | 1")):
            self.assertIn(figures, text)

    def test_four_questions_leave_it_aside(self):
        files = faulty_drop()
        files["utilisateurs"][-1]["mail"] = "accueil@rosny.example"
        self.run_night(files)
        self.assertTrue(self.rows("BAL partagées", SUBJECT))
        self.waive("account-shared-mailbox", SUBJECT)
        self.run_night(command="report")
        self.assertEqual(self.rows("BAL partagées", SUBJECT), [])

    def test_the_same_night_once_more_changes_nothing(self):
        self.run_night(faulty_drop())
        self.waive()
        self.run_night(day=NIGHTS[1])
        before = self.outcome(NIGHTS[1])
        self.run_night(day=NIGHTS[1])
        self.assert_same(before, self.outcome(NIGHTS[1]))

    def test_a_second_one_names_the_first(self):
        self.run_night(faulty_drop())
        self.assertNotIn("another", self.waive(until=NIGHTS[1]).stdout)
        told = self.waive(until=NIGHTS[2], by="C. Morel").stdout
        self.assertIn("waiver 2 recorded", told)
        self.assertIn(f"another waiver of it holds: 1, until {NIGHTS[1]}, by A. Durand; both are kept, and it stands until "
                      f"{NIGHTS[2]}", told)
        self.assertNotIn("end the other", told)
        told = self.waive(until=NIGHTS[1]).stdout
        self.assertIn(f"another waiver of it holds: 2, until {NIGHTS[2]}, by C. Morel", told)
        self.assertIn(f"to have it end on {NIGHTS[1]}, end the other: vigie waivers --end 2", told)
        self.end(2)
        self.assertIn("holds: 1,", self.waive(until=NIGHTS[3]).stdout)
        self.assertEqual(len(self.waivers()), 4)

    def test_blanks_around_a_subject_are_none_of_it(self):
        self.run_night(faulty_drop())
        self.assertNotIn("no open finding", self.waive(subject=f"  {SUBJECT}\t").stdout)
        self.assertEqual(self.found()[RULE, SUBJECT], "waived")
        self.assertEqual(self.waivers()[0]["subject"], SUBJECT)

    def test_of_two_the_longer_one_counts(self):
        self.run_night(faulty_drop())
        self.waive(until=NIGHTS[3])
        self.waive(until=NIGHTS[1])
        self.run_night(day=NIGHTS[2])
        self.assertEqual(self.found()[RULE, SUBJECT], "waived")
        self.assertIn("Dérogation jusqu'au 23/11/2026", self.rows("Anomalies", SUBJECT, NIGHTS[2])[0])


class OverTest(WaiverTest):
    """When it holds no more."""

    def test_its_last_day_is_the_day_it_names(self):
        self.run_night(faulty_drop())
        self.waive(until=NIGHTS[1])
        self.run_night(day=NIGHTS[1])
        self.assertEqual(self.found()[RULE, SUBJECT], "waived")
        self.assertEqual(self.told(SUBJECT, NIGHTS[1]), [])
        self.run_night(day=NIGHTS[2])
        self.assertEqual(self.found()[RULE, SUBJECT], "open")
        self.assertEqual(self.told("Cette anomalie n'est plus couverte par une dérogation depuis le 22/11/2026", NIGHTS[2]),
                         ["conformite@caf.example", PARTNER])
        self.assertIn("Terminée", self.rows("Dérogations", SUBJECT, NIGHTS[2])[0])

    def test_it_is_news_once(self):
        self.run_night(faulty_drop())
        self.waive(until=NIGHTS[1])
        for day in NIGHTS[1:]:
            self.run_night(day=day)
            self.run_night(day=day)
        self.assertEqual([len(self.vigie.mails(day)) for day in NIGHTS[1:]], [0, 2, 0])

    def test_it_keeps_its_age(self):
        self.run_night(faulty_drop())
        self.waive(until=NIGHTS[1])
        self.run_night(day=NIGHTS[3])
        (row,) = self.vigie.findings(rule=RULE)
        self.assertEqual((row["first_seen"], row["age_days"], row["status"]), (DAY, 3, "open"))

    def test_ended_by_a_person(self):
        self.run_night(faulty_drop())
        self.waive(until="2027-06-30")
        self.run_night(day=NIGHTS[1])
        told = self.end(1, "--by", "C. Morel", "--reason", "Accordée par erreur", day=NIGHTS[1]).stdout
        self.assertIn("waiver 1 ended on 2026-11-21", told)
        self.assertEqual(self.found()[RULE, SUBJECT], "open")
        self.assertEqual(self.waivers()[0]["ended_on"], NIGHTS[1])
        self.run_night(day=NIGHTS[2])
        self.assertEqual(self.told("Cette anomalie n'est plus couverte par une dérogation depuis le 21/11/2026", NIGHTS[2]),
                         ["conformite@caf.example", PARTNER])
        (row,) = self.rows("Dérogations", SUBJECT, NIGHTS[2])
        for words in ("Terminée", "2026-11-21", "C. Morel", "Accordée par erreur"):
            self.assertIn(words, row)

    def test_what_is_over_is_not_ended_again(self):
        """When it was over is kept as it was."""
        self.run_night(faulty_drop())
        self.waive(until=NIGHTS[1])
        self.waive(LEFT, "VIL4", until=NIGHTS[3])
        self.end(2)
        before = self.waivers()
        for waiver, day in (("1", NIGHTS[2]), ("2", NIGHTS[1]), ("3", DAY), ("0", DAY)):
            self.assertIn("vigie waivers", self.end(waiver, day=day, code=2).stderr)
        self.assertEqual(self.vigie.run("waivers", "--end", "one").code, 2)
        self.assertEqual(self.vigie.run("waivers", "--by", "A. Durand").code, 2)
        self.assertEqual(self.waivers(), before)

    def test_who_ended_it_is_kept_though_nobody_said(self):
        self.run_night(faulty_drop())
        self.waive()
        told = self.end(1).stdout
        self.assertIn("--by NAME and --reason TEXT", told)
        account = pwd.getpwuid(os.geteuid()).pw_name
        self.assertIn(f"by compte système {account}", told)
        self.run_night(day=NIGHTS[1])
        self.assertIn(f"compte système {account}", self.rows("Dérogations", SUBJECT, NIGHTS[1])[0])

    def test_who_said_both_is_not_asked(self):
        self.run_night(faulty_drop())
        self.waive()
        self.assertNotIn("--by NAME", self.end(1, "--by", " C. Morel ", "--reason", "Retour").stdout)
        self.run_night(day=NIGHTS[1])
        self.assertIn("| C. Morel | Retour", self.rows("Dérogations", SUBJECT, NIGHTS[1])[0])

    def test_ended_and_given_anew(self):
        self.run_night(faulty_drop())
        self.waive()
        self.end(1)
        self.waive(until=NIGHTS[1])
        self.run_night(day=NIGHTS[1])
        self.assertEqual(self.found()[RULE, SUBJECT], "waived")
        self.assertEqual([(row["id"], row["ended_on"]) for row in self.waivers()], [("1", DAY), ("2", "")])

    def test_resolved_meanwhile(self):
        """Nobody hears of it; its waiver is said to be of no use, until it is over."""
        self.run_night(faulty_drop())
        self.waive(until=NIGHTS[2])
        self.run_night(day=NIGHTS[1])
        files = faulty_drop()
        files["utilisateurs"][-1] = account(SUBJECT)
        result = self.run_night(files, day=NIGHTS[2])
        self.assertIn("waiver 1 of account-invalid-mail matches no open finding", result.stdout)
        self.assertEqual(self.found("--all")[RULE, SUBJECT], "resolved")
        self.assertEqual(self.vigie.mails(NIGHTS[2]), {})
        self.assertIn("Sans objet", self.rows("Dérogations", SUBJECT, NIGHTS[2])[0])
        self.assertNotIn("matches no", self.run_night(day=NIGHTS[3]).stdout)

    def test_resolved_the_night_after(self):
        """Who was told of it before is told that it is no more."""
        self.run_night(faulty_drop())
        self.waive(until="2027-06-30")
        files = faulty_drop()
        files["utilisateurs"][-1] = account(SUBJECT)
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual(self.vigie.mails(NIGHTS[1]), {})
        files["utilisateurs"].append(account("VIL6", mail=""))
        files["appartenances"].append(membership("T2PE", "VIL6"))
        self.run_night(files, day=NIGHTS[2])
        self.assertEqual(self.told(SUBJECT, NIGHTS[2]), ["conformite@caf.example", PARTNER])
        self.assertIn(" - 2 anomalies ", self.mail_to(PARTNER, NIGHTS[2])["Subject"])

    def test_it_returns_while_it_is_waived(self):
        files = faulty_drop()
        self.run_night(files)
        self.waive(until=NIGHTS[2])
        repaired = faulty_drop()
        repaired["utilisateurs"][-1] = account(SUBJECT)
        self.run_night(repaired, day=NIGHTS[1])
        self.run_night(files, day=NIGHTS[2])
        self.assertEqual(self.found()[RULE, SUBJECT], "waived")
        self.assert_untold(SUBJECT, NIGHTS[2])
        self.run_night(files, day=NIGHTS[3])
        self.assertEqual(self.told("Cette anomalie n'est plus couverte par une dérogation", NIGHTS[3]),
                         ["conformite@caf.example", PARTNER])


class HeldTest(WaiverTest):
    def test_an_approved_mail_leaves_out_what_was_waived_since(self):
        self.vigie.configure({"mail.max-per-run": "1"})
        files = faulty_drop()
        drops.add_partner(files, "20_001", "CCA")
        files["utilisateurs"][-2]["mail"] = ""  # CCA2's
        self.run_night(files, code=3)
        (plan,) = self.vigie.plans()
        self.waive()
        self.vigie.output("approve", plan["plan"], "--by", "A. Durand", "--reason", "Première nuit")
        self.run_night(day=NIGHTS[1])
        self.assertEqual(self.told("VIL4", NIGHTS[1]), [PARTNER])
        self.assert_untold(SUBJECT, NIGHTS[1])


class ClosingsTest(WaiverTest):
    def test_an_account_s_waiver_lets_all_stand_that_ends_with_it(self):
        files = faulty_drop()
        files["administrateurs"].append({"convention": "19_214", "identifiant": "VIL4", "date_ouverture": "2020-01-01"})
        files["profils_afas"].append(drops.profile("VIL4", "FDA"))
        self.run_night(files, command="import")
        self.run_night(command="detect")
        self.waive(LEFT, "VIL4")
        self.run_night()
        self.assertEqual(self.states(), dict.fromkeys(
            [MEMBERSHIP, ACCOUNT, ("close-designation", "VIL4@2020-01-01"),
             ("close-afas-profile", "VIL4:FDA:ALSH Nord@2020-01-01")], "waived"))
        self.assertEqual(self.vigie.actions_file(), [])
        self.assert_untold("Clôtures", DAY)
        self.run_night(day=NIGHTS[3])
        self.assertEqual(set(self.states().values()), {"sent"})
        self.assertEqual(len(self.vigie.actions_file(day=NIGHTS[3])), 4)
        self.assertEqual({row["date"] for row in self.vigie.actions()}, {NIGHTS[3]})

    def test_a_membership_s_waiver_lets_that_one_stand(self):
        files = faulty_drop()
        files["utilisateurs"][-2] |= {"date_cloture": "2026-11-10", "statut": "Fermé"}  # VIL4's
        self.run_night(files, command="import")
        self.run_night(command="detect")
        self.waive("membership-account-closed", "T2PE/VIL4")
        self.run_night()
        self.assertEqual(self.states(), {MEMBERSHIP: "waived"})

    def test_other_rules_let_nothing_stand(self):
        self.run_night(faulty_drop(), command="import")
        self.run_night(command="detect")
        self.waive("account-inactive", "VIL4")
        self.run_night()
        self.assertEqual(self.states(), {MEMBERSHIP: "sent", ACCOUNT: "sent"})

    def test_sent_before_and_after(self):
        self.run_night(faulty_drop())
        self.waive(LEFT, "VIL4", until=NIGHTS[1])
        self.run_night(day=NIGHTS[1])
        self.assertEqual(self.states(), {MEMBERSHIP: "waived", ACCOUNT: "waived"})
        self.assertEqual(self.vigie.actions_file(day=NIGHTS[1]), [])
        self.assertEqual(len(self.rows("Rapprochement", "| Dérogation |", NIGHTS[1])), 2)
        self.run_night(day=NIGHTS[2])
        self.assertEqual({(row["state"], row["date"], row["first_seen"]) for row in self.vigie.actions()},
                         {("sent", NIGHTS[2], DAY)})

    def test_carried_out_while_it_is_waived(self):
        self.run_night(faulty_drop())
        self.waive(LEFT, "VIL4")
        self.run_night(day=NIGHTS[1])
        files = faulty_drop()
        for row in files["utilisateurs"] + files["appartenances"]:
            if row["identifiant"] == "VIL4":
                row["date_cloture"] = NIGHTS[1]
        self.run_night(files, day=NIGHTS[2])
        self.assertEqual(self.states("--all"), {MEMBERSHIP: "confirmed", ACCOUNT: "confirmed"})

    def test_the_guard_counts_it_not(self):
        self.vigie.configure({"reconcile.max-closures": "1"})
        self.run_night(faulty_drop(), code=3)
        self.waive(LEFT, "VIL4", until=NIGHTS[1])
        self.run_night(day=NIGHTS[1])
        self.assertEqual(set(self.states().values()), {"waived"})
        self.assertEqual(self.vigie.plans(), [])
        self.run_night(day=NIGHTS[2], code=3)
        self.assertEqual(set(self.states().values()), {"held"})


class SourcesTest(WaiverTest):
    sources = ("caf931", "caf932")

    def setUp(self):
        super().setUp()
        self.vigie.drop(faulty_drop(), source="caf932")
        self.run_night(faulty_drop())

    def test_it_is_one_source_s(self):
        self.waive(RULE, SUBJECT, "--source", "caf932")
        self.run_night(day=NIGHTS[1])
        self.assertEqual({row["source"]: row["status"] for row in self.vigie.findings(rule=RULE)},
                         {"caf931": "open", "caf932": "waived"})
        self.assertEqual([row["source"] for row in self.waivers()], ["caf932"])
        self.assertEqual(self.waivers("--source", "caf931"), [])
        sheet = self.vigie.workbook("", NIGHTS[1])["Anomalies"]
        self.assertEqual(len([row for row in sheet if "Dérogation jusqu'au" in row]), 1)

    def test_which_one_must_be_said(self):
        told = self.waive(code=2).stderr
        for word in ("--source", "caf931", "caf932"):
            self.assertIn(word, told)
        self.assertEqual(self.waivers(), [])


class RefusedTest(WaiverTest):
    def setUp(self):
        super().setUp()
        self.run_night(faulty_drop())

    def tearDown(self):
        self.assertEqual(self.waivers(), [])

    def test_what_cannot_be(self):
        for arguments, words in (
                ({"rule": "account-invalid-mails"}, ("--rule", "account-invalid-mail")),
                ({"convention": "19_215"}, ("--convention", "19_214")),
                ({"until": "2026-11-19"}, ("--until", "2026-11-19", DAY)),
                ({"until": "2026-02-30"}, ("--until", "2026-02-30")),
                ({"until": ""}, ("--until",)),
                ({"reason": ""}, ("--reason",)), ({"reason": " \t"}, ("--reason",)),
                ({"by": ""}, ("--by",)), ({"by": " "}, ("--by",)),
                ({"subject": ""}, ("--subject",)), ({"subject": "  "}, ("--subject",)), ({"rule": ""}, ("RULE",))):
            with self.subTest(arguments):
                told = self.waive(**arguments, code=2).stderr
                for word in words:
                    self.assertIn(word, told)

    def test_a_rehearsal_records_nothing(self):
        self.assertIn("would be", self.waive(RULE, SUBJECT, "--dry-run").stdout)
        self.assertEqual(self.found()[RULE, SUBJECT], "new")

    def test_while_a_run_has_the_store(self):
        with drops.locked(self.vigie.path("vigie.db.lock")):
            self.waive(code=6)
            self.waive(RULE, SUBJECT, "--dry-run")
            self.assertEqual(self.waivers(), [])


class NoStoreTest(WaiverTest):
    def test_without_a_store_there_is_nothing_to_let_stand(self):
        for rehearsed in ((), ("--dry-run",)):
            self.assertIn("vigie run", self.waive(RULE, SUBJECT, *rehearsed, code=5).stderr)
            self.assertIn("vigie run", self.end(1, *rehearsed, code=5).stderr)


class ToldTest(WaiverTest):
    def test_what_matches_nothing_is_said(self):
        self.run_night(faulty_drop())
        told = self.waive(subject="VIL55").stdout
        self.assertIn("it matches no open finding", told)
        self.assertIn(f"vigie findings --rule {RULE} --convention 19_214", told)
        result = self.run_night(day=NIGHTS[1])
        self.assertIn("waiver 1 of account-invalid-mail matches no open finding", result.stdout)
        self.assertIn("Sans objet", self.rows("Dérogations", "VIL55", NIGHTS[1])[0])
        self.assertIn("1 dérogation en vigueur ne correspond à aucune anomalie ouverte",
                      self.cells("Synthèse", day=NIGHTS[1]))

    def test_what_matches_is_not(self):
        self.run_night(faulty_drop())
        self.waive()
        self.assertNotIn("matches no", self.run_night(day=NIGHTS[1]).stdout)
        self.assertNotIn("ne correspond", self.cells("Synthèse", day=NIGHTS[1]))

    def test_before_the_finding_is_there(self):
        files = drops.valid_drop()
        self.run_night(files)
        self.assertIn("it matches no open finding", self.waive().stdout)
        self.run_night(faulty_drop(), day=NIGHTS[1])
        self.assertEqual(self.found()[RULE, SUBJECT], "waived")
        self.assert_untold(SUBJECT, NIGHTS[1])

    def test_a_rehearsed_end_ends_nothing(self):
        self.run_night(faulty_drop())
        self.waive()
        self.assertIn("would end", self.end(1, "--dry-run").stdout)
        self.assertEqual(self.waivers()[0]["ended_on"], "")
        with drops.locked(self.vigie.path("vigie.db.lock")):
            self.end(1, code=6)

    def test_texts_of_any_kind(self):
        """What people write goes into lists and workbook as text, and nowhere else."""
        reasons = ["=1+1", 'Dit "oui", puis « non »; a,b', "deux\r\nlignes", "<b>gras</b> & <script>", "é" * 300,
                   "-- '; DROP TABLE waiver", "\x1b[31mrouge", "\u202eenvers"]
        self.run_night(faulty_drop())
        for reason in reasons:
            self.waive(reason=reason, by=reason)
        self.run_night(day=NIGHTS[1])
        for listed in (self.waivers(), json.loads(self.vigie.output("waivers", "--format", "json"))):
            self.assertEqual([row["reason"] for row in listed], reasons)
            self.assertEqual([row["by"] for row in listed], reasons)
        table = self.vigie.output("waivers")
        self.assertEqual(len(table.splitlines()), len(reasons) + table.splitlines().index(
            next(line for line in table.splitlines() if " account-invalid-mail " in line)))
        self.assertNotIn("\x1b", table)
        sheet = self.vigie.workbook(f"{SOURCE}-", NIGHTS[1])["Dérogations"]
        for words in ("=1+1 | =1+1", "<b>gras</b> & <script>", "é" * 300, 'Dit "oui"', "deux lignes"):
            self.assertTrue(any(words in row for row in sheet), words)
        self.run_night(day=NIGHTS[3])
        for mail in self.vigie.mails(NIGHTS[3]).values():
            for part in mail.walk():
                if part.get_content_maintype() == "text":
                    self.assertNotIn("script>", part.get_content())


if __name__ == "__main__":
    unittest.main()

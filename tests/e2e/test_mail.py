"""Mails: who gets what, when, under which subject, and what nobody may read."""

import os
import subprocess
import sys
import unittest

import drops
from drops import DAY, SOURCE, account, group, grant, membership, text_of, valid_drop

HERE = os.path.dirname(os.path.abspath(__file__))
CHECK_MAIL = os.path.join(HERE, "check_mail.py")
NEXT_DAY = "2026-11-21"
CAF, COMPLIANCE = f"mcp@{SOURCE}.example", "conformite@caf.example"


def address(identifiant):
    return f"marie.dupont.{identifiant.lower()}@rosny.example"


def without_mail(files, *accounts):
    """A major finding for each of these accounts, for administrators and managers."""
    for row in files["utilisateurs"]:
        if row["identifiant"] in accounts:
            row["mail"] = ""
    return files


def town():
    """The valid drop, with VIL6 as manager of T2CR, and of T2SUB below it by that; VIL4 is in T2PE, which is VIL1's."""
    files = valid_drop()
    files["utilisateurs"] += [account(who) for who in ("VIL4", "VIL6", "VIL7", "VIL8")]
    files["groupes"] += [group("T2CR", libelle="T2 Crèches", responsable="VIL6"),
                         group("T2SUB", libelle="T2 Crèche Nord", niveau="2", parent="T2CR")]
    files["habilitations"] += [grant("T2CR"), grant("T2SUB")]
    files["appartenances"] += [membership("T2PE", "VIL4"), membership("T2CR", "VIL6"), membership("T2CR", "VIL7"),
                               membership("T2SUB", "VIL8")]
    return files


class MailTest(unittest.TestCase):
    settings = {}
    maxDiff = 4000

    def setUp(self):
        self.vigie = drops.Vigie(self.settings)
        self.addCleanup(self.vigie.close)

    def run_night(self, files, day=DAY, code=0, **how):
        self.vigie.drop(files, on=day, **how)
        result = self.vigie.run("run", as_of=day)
        self.assertEqual(result.code, code, result.stderr)

    def by_recipient(self, day=DAY):
        """{(address, convention or source): mail} of a night; the file's name tells both."""
        mails = {}
        for name, mail in self.vigie.mails(day).items():
            to = mail["To"].addresses[0].addr_spec
            self.assertTrue(name.startswith(f"{day}-{to}-"), name)
            mails[to, name.removeprefix(f"{day}-{to}-").removesuffix(".eml")] = mail
        return mails

    def mail_to(self, to, about="19_214", day=DAY):
        mails = self.by_recipient(day)
        self.assertIn((to, about), mails)
        return mails[to, about]

    def text_to(self, to, about="19_214", day=DAY):
        return text_of(self.mail_to(to, about, day))

    def recipients(self, day=DAY):
        return sorted(to for to, _ in self.by_recipient(day))


class RecipientTest(MailTest):
    def test_each_gets_its_own_and_no_more(self):
        """Administrators their convention, managers their perimeter, compliance all; the Caf has no share in these."""
        files = without_mail(town(), "VIL4", "VIL7", "VIL8")
        drops.add_partner(files, "20_001", "CCA")
        self.run_night(without_mail(files, "CCA2"))
        expected = {(address("VIL1"), "19_214"): {"VIL4", "VIL7", "VIL8"},
                    (address("VIL6"), "19_214"): {"VIL7", "VIL8"}, (address("CCA1"), "20_001"): {"CCA2"},
                    (COMPLIANCE, SOURCE): {"VIL4", "VIL7", "VIL8", "CCA2"}}
        told = {recipient: {who for who in ("VIL4", "VIL7", "VIL8", "CCA2") if who in text_of(mail)}
                for recipient, mail in self.by_recipient().items()}
        self.assertEqual(told, expected)

    def test_a_manager_s_mail_speaks_of_nothing_outside_its_perimeter(self):
        files = without_mail(town(), "VIL4", "VIL7")
        drops.leave(files, "VIL4", "VIL7")
        files["groupes"][0]["libelle"] = "Petite enfance"
        self.run_night(files)
        mail = self.mail_to(address("VIL6"))
        for part in mail.walk():
            if not part.is_multipart():
                for outside in ("VIL4", "T2PE", "Petite enfance"):
                    self.assertNotIn(outside, part.get_content())
        closing = "Appartenance du compte {} au groupe {}, ouverte le 01/01/2020"
        self.assertIn(closing.format("VIL7", "T2CR"), text_of(mail))  # the closings of its own
        self.assertIn(closing.format("VIL4", "T2PE"), self.text_to(address("VIL1")))

    def test_a_manager_is_not_told_what_is_for_administrators_only(self):
        files = town()
        files["groupes"][2]["libelle"] = "Crèches"
        self.run_night(files)
        self.assertEqual(self.recipients(), [COMPLIANCE, address("VIL1")])

    def test_the_caf_gets_one_mail_for_its_source(self):
        files = valid_drop()
        drops.add_partner(files, "20_001", "CCA")
        for row in files["conventions"]:
            row["etat"] = "En attente"
        self.run_night(files)
        self.assertEqual(self.recipients(), [COMPLIANCE, CAF])
        told = self.text_to(CAF, SOURCE)
        self.assertIn("19_214", told)
        self.assertIn("20_001", told)

    def test_several_compliance_officers(self):
        self.vigie.configure({"compliance.mail": "a@caf.example, b@caf.example"})
        self.run_night(without_mail(valid_drop(), "VIL2"))
        self.assertEqual(self.recipients(), ["a@caf.example", "b@caf.example", address("VIL1")])

    def test_two_sources_are_two_mails(self):
        self.vigie.configure({}, sources=("caf931", "caf932"))
        self.vigie.drop(without_mail(valid_drop(), "VIL2"), source="caf932")
        self.run_night(without_mail(valid_drop(), "VIL2"))
        told = [name for name in self.vigie.files("mail") if "conformite" in name]
        self.assertEqual(told, [f"{DAY}-{COMPLIANCE}-{source}.eml" for source in ("caf931", "caf932")])

    def test_one_convention_of_two_sources_is_two_mails(self):
        """The same administrator, number and day: neither file replaces the other, and the first keeps its name."""
        self.vigie.configure({}, sources=("caf931", "caf932"))
        self.vigie.drop(without_mail(town(), "VIL4"), source="caf932")
        self.run_night(without_mail(town(), "VIL7"))
        told = {name: text_of(mail) for name, mail in self.vigie.mails().items() if address("VIL1") in name}
        first, second = f"{DAY}-{address('VIL1')}-19_214.eml", f"{DAY}-{address('VIL1')}-19_214~caf932.eml"
        self.assertEqual(sorted(told), [first, second])
        self.assertIn("VIL7", told[first])
        self.assertIn("VIL4", told[second])
        written = self.vigie.files("mail")
        self.run_night(without_mail(town(), "VIL7"))
        self.assertEqual(self.vigie.files("mail"), written)

    def test_nobody_is_written_to_where_nothing_is_wrong(self):
        self.run_night(valid_drop())
        self.assertEqual(self.vigie.files("mail"), [])


class ObstacleTest(MailTest):
    """Whom Vigie may not write to, who gets it instead, and why that is said."""

    def two_administrators(self):
        files = without_mail(town(), "VIL4")
        files["administrateurs"].append({"convention": "19_214", "identifiant": "VIL7", "date_ouverture": "2020-01-01"})
        return files

    def assert_goes_to(self, files, to, about, why):
        """VIL1 gets nothing; this one gets what VIL1 would have got, and reads why."""
        self.run_night(files)
        self.assertNotIn(address("VIL1"), self.recipients())
        told = self.text_to(to, about)
        self.assertIn("VIL4", told)
        self.assertIn(why, told)

    FAULTS = {"accueil@rosny.example": "est celle d'un service", "marie.dupont@yopmail.com": "domaine jetable",
              "marie..dupont@rosny.example": "mal formée"}

    def test_to_the_other_administrator(self):
        for mail, why in self.FAULTS.items():
            with self.subTest(mail):
                self.setUp()
                files = self.two_administrators()
                files["utilisateurs"][0]["mail"] = mail
                self.assert_goes_to(files, address("VIL7"), "19_214", why)
                self.assertNotIn(mail, self.recipients())

    def test_to_the_caf_where_there_is_no_other(self):
        for mail, why in self.FAULTS.items():
            with self.subTest(mail):
                self.setUp()
                files = without_mail(town(), "VIL4")
                files["utilisateurs"][0]["mail"] = mail
                self.assert_goes_to(files, CAF, SOURCE, why)

    def test_an_address_of_two_persons_is_neither_s(self):
        """Two managers, one address that bears no name: the administrator gets what both would have got."""
        files = without_mail(town(), "VIL4", "VIL7")
        files["groupes"][0]["responsable"] = "VIL8"
        for row in files["utilisateurs"]:
            if row["identifiant"] in ("VIL6", "VIL8"):
                row |= {"mail": "lilas75@rosny.example", "nom": "ROY", "prenom": "Anthony"}
        self.run_night(files)
        self.assertEqual(self.recipients(), [COMPLIANCE, "lilas75@rosny.example", address("VIL1")])
        self.setUp()
        for row in files["utilisateurs"]:
            if row["identifiant"] == "VIL6":
                row["nom"] = "MARTIN"
        self.run_night(files)
        self.assertEqual(self.recipients(), [COMPLIANCE, address("VIL1")])
        told = self.text_to(address("VIL1"))
        for said in ("VIL4", "VIL7", "l'adresse mail d'Anthony ROY", "est aussi celle d'une autre personne"):
            self.assertIn(said, told)

    def test_an_administrator_whose_account_is_closed(self):
        files = self.two_administrators()
        files["utilisateurs"][0] |= {"date_cloture": "2026-11-01", "statut": "Fermé"}
        self.assert_goes_to(files, address("VIL7"), "19_214", "clôturé")

    def test_a_manager_that_may_not_be_written_to(self):
        files = without_mail(town(), "VIL8")
        files["utilisateurs"][4]["mail"] = "creche@rosny.example"  # VIL6's
        self.run_night(files)
        self.assertNotIn("creche@rosny.example", self.recipients())
        told = self.text_to(address("VIL1"))
        self.assertIn("VIL8", told)
        self.assertIn("est celle d'un service", told)

    def test_a_manager_of_another_convention_gets_nothing(self):
        files = without_mail(town(), "VIL7")
        drops.add_partner(files, "20_001", "CCA")
        files["groupes"][2]["responsable"] = "CCA1"
        self.run_night(files)
        self.assertNotIn(address("CCA1"), self.recipients())
        self.assertIn("VIL7", self.text_to(address("VIL1")))

    def test_what_is_about_an_administrator_s_own_account_goes_to_the_others_and_to_the_caf(self):
        files = self.two_administrators()
        files["utilisateurs"][3]["mail"] = address("VIL4")
        files["utilisateurs"][0]["derniere_connexion"] = "2026-01-01"
        self.run_night(files)
        self.assertEqual(self.recipients(), [COMPLIANCE, address("VIL7"), CAF])
        self.assertIn("VIL1", self.text_to(CAF, SOURCE))

    def test_only_compliance_reads_of_another_partner_s_account(self):
        files = valid_drop()
        drops.add_partner(files, "20_001", "CCA")
        for row in files["utilisateurs"]:
            if row["identifiant"] in ("VIL2", "CCA2"):
                row["mail"] = "marie.dupont@rosny.example"
        self.run_night(files)
        for who, other in (("VIL1", "CCA2"), ("CCA1", "VIL2")):
            told = self.text_to(address(who), "19_214" if who == "VIL1" else "20_001")
            self.assertIn("un compte d'un autre partenaire", told)
            self.assertNotIn(other, told)
        told = self.text_to(COMPLIANCE, SOURCE)
        self.assertIn("CCA2", told)
        self.assertIn("VIL2", told)


class HostileAddressTest(MailTest):
    """An administrator's address that would be dangerous in a path or a header: nothing goes there, nothing breaks."""

    def test_no_file_and_no_header_comes_of_it(self):
        for mail in ("../../marie@rosny.example", "marie@rosny.example\r\nBcc: eve@evil.example", "a/b@rosny.example/..",
                     "marie\0@rosny.example", "\u202emarie@rosny.example", "m" * 300 + "@rosny.example",
                     "-marie@rosny.example;rm -rf", "marie@rosny.example,eve@evil.example"):
            with self.subTest(mail):
                self.setUp()
                files = without_mail(town(), "VIL4")
                files["utilisateurs"][0]["mail"] = mail
                self.vigie.drop(files, on=DAY)
                self.assertIn(self.vigie.run("run", as_of=DAY).code, (0, 3))
                self.assertLessEqual(set(self.recipients()), {COMPLIANCE, CAF})
                self.assertEqual(sorted(os.listdir(self.vigie.path("out"))), ["mail", "reports"])
                for each in self.vigie.mails().values():
                    self.assertIsNone(each["Bcc"])

    def test_a_well_formed_one_may_hold_any_sign_of_a_local_part(self):
        mail = "dupont.vil1!#$%&'*+/=?^_`{|}~-@rosny.example"
        files = without_mail(town(), "VIL4")
        files["utilisateurs"][0]["mail"] = mail
        self.run_night(files)
        name = f"{DAY}-dupont.vil1%21%23%24%25%26%27%2A+%2F=%3F%5E_%60%7B%7C%7D%7E-@rosny.example-19_214.eml"
        self.assertEqual(self.vigie.mails()[name]["To"].addresses[0].addr_spec, mail)

    def test_one_of_three_hundred_characters(self):
        mail = "dupont.vil1@" + "a." * 140 + "example"
        files = without_mail(town(), "VIL4")
        files["utilisateurs"][0]["mail"] = mail
        self.run_night(files)
        told = {m["To"].addresses[0].addr_spec: name for name, m in self.vigie.mails().items()}
        self.assertIn(mail, told)
        self.assertEqual(len(told[mail]), 200)


class RefusedTest(MailTest):
    def test_a_first_export_that_is_refused_is_no_zero(self):
        columns = [name for name in drops.COLUMNS["utilisateurs"] if name != "nom"]
        self.run_night(valid_drop(), code=3, columns={"utilisateurs": columns})
        mail = self.mail_to(COMPLIANCE, SOURCE)
        self.assertEqual(mail["Subject"], f"MCP {SOURCE} Caf {SOURCE} - export refusé, rien n'est vérifié")
        for part in mail.iter_parts():
            self.assertIn("n'est vérifié", part.get_content())
            self.assertNotIn("0 anomalie", part.get_content())
        self.assertIn(f"source.{SOURCE}.heading.nom", text_of(mail))

    def test_a_later_one_counts_what_is_still_known(self):
        self.run_night(without_mail(valid_drop(), "VIL2"))
        self.run_night({}, day=NEXT_DAY, code=3)
        self.assertTrue(self.mail_to(COMPLIANCE, SOURCE, NEXT_DAY)["Subject"].endswith(" - 1 anomalie"))


class SubjectTest(MailTest):
    def subject(self, files, to=address("VIL1"), about="19_214"):
        self.run_night(files)
        return self.mail_to(to, about)["Subject"]

    def test_one_service_one_finding(self):
        files = town()
        files["utilisateurs"][3]["mail"] = ""
        self.assertEqual(self.subject(files), "CDAP 19_214 VILLE DE ROSNY - 1 anomalie")

    def test_critical_ones_are_counted(self):
        files = without_mail(town(), "VIL4", "VIL7", "VIL8")
        drops.leave(files, "VIL8")
        self.assertEqual(self.subject(files), "CDAP 19_214 VILLE DE ROSNY - 4 anomalies (dont 1 critique)")

    def test_several_critical_ones(self):
        files = town()
        drops.leave(files, "VIL7", "VIL8")
        self.assertEqual(self.subject(files), "CDAP 19_214 VILLE DE ROSNY - 2 anomalies (dont 2 critiques)")

    def test_several_services_and_none(self):
        """In the order of the catalogue; MCP, for what belongs to no service, last."""
        files = without_mail(town(), "VIL2", "VIL4")  # VIL2 has Afas, VIL4 Cdap
        self.assertEqual(self.subject(files), "CDAP/AFAS 19_214 VILLE DE ROSNY - 2 anomalies")
        self.setUp()
        files = without_mail(town(), "VIL4")
        files["utilisateurs"].append(account("VIL9"))
        self.assertEqual(self.subject(files), "CDAP/MCP 19_214 VILLE DE ROSNY - 2 anomalies")

    def test_no_service(self):
        files = valid_drop()
        files["utilisateurs"].append(account("VIL9"))
        self.assertEqual(self.subject(files), "MCP 19_214 VILLE DE ROSNY - 1 anomalie")

    def test_capitals_keep_their_accents(self):
        files = without_mail(town(), "VIL4")
        files["conventions"][0]["organisme"] = "Mairie d’Évry-sur-Œuvre"
        self.assertEqual(self.subject(files), "CDAP 19_214 MAIRIE D’ÉVRY-SUR-ŒUVRE - 1 anomalie")

    def test_to_the_caf_and_to_compliance(self):
        self.vigie.configure({"source.caf931.label": "Caf de la Seine-Saint-Denis"})
        files = without_mail(town(), "VIL4")
        files["conventions"][0]["etat"] = ""
        self.run_night(files)
        self.assertEqual(self.mail_to(CAF, SOURCE)["Subject"], "MCP caf931 Caf de la Seine-Saint-Denis - 1 anomalie")
        self.assertEqual(self.mail_to(COMPLIANCE, SOURCE)["Subject"],
                         "MCP caf931 Caf de la Seine-Saint-Denis - 2 anomalies")

    def test_all_are_counted_before_any_cut(self):
        files = town()
        for n in range(150):
            files["utilisateurs"].append(account(f"PLUS{n}", mail=""))
            files["appartenances"].append(membership("T2PE", f"PLUS{n}"))
        self.assertEqual(self.subject(files), "CDAP 19_214 VILLE DE ROSNY - 150 anomalies")

    def test_new_and_open_ones_are_counted(self):
        self.run_night(without_mail(town(), "VIL4"))
        self.run_night(without_mail(town(), "VIL4", "VIL7"), day=NEXT_DAY)
        self.assertEqual(self.mail_to(address("VIL1"), day=NEXT_DAY)["Subject"],
                         "CDAP 19_214 VILLE DE ROSNY - 2 anomalies")


class CadenceTest(MailTest):
    settings = {"import.max-age-days": "100"}

    def test_what_is_told_is_no_news(self):
        files = without_mail(town(), "VIL4")
        self.run_night(files)
        for day in ("2026-11-21", "2026-11-26"):
            self.run_night(files, day=day)
            self.assertEqual(self.recipients(day), [])

    def test_a_reminder_after_seven_days_and_every_seven_days(self):
        files = without_mail(town(), "VIL4")
        self.run_night(files)
        for day, goes in {"2026-11-26": False, "2026-11-27": True, "2026-11-28": False, "2026-12-03": False,
                          "2026-12-04": True}.items():
            with self.subTest(day):
                self.run_night(files, day=day)
                self.assertEqual(address("VIL1") in self.recipients(day), goes)
        self.assertIn("20/11/2026", self.text_to(address("VIL1"), day="2026-12-04"))  # open since when

    def test_a_week_is_a_setting(self):
        self.vigie.configure(self.settings | {"mail.reminder-days": "2"})
        files = without_mail(town(), "VIL4")
        self.run_night(files)
        self.run_night(files, day="2026-11-22")
        self.assertIn(address("VIL1"), self.recipients("2026-11-22"))

    def test_no_reminder_of_what_is_minor(self):
        files = town()
        files["groupes"][0]["libelle"] = "Petite enfance"
        self.run_night(files)
        self.assertIn(address("VIL1"), self.recipients())
        self.run_night(files, day="2026-12-10")
        self.assertEqual(self.recipients("2026-12-10"), [])

    def test_a_week_counts_from_the_last_mail(self):
        self.run_night(without_mail(town(), "VIL4"))
        files = without_mail(town(), "VIL4", "VIL7")
        self.run_night(files, day="2026-11-25")
        self.run_night(files, day="2026-11-27")
        self.assertEqual(self.recipients("2026-11-27"), [])
        self.run_night(files, day="2026-12-02")
        self.assertIn(address("VIL1"), self.recipients("2026-12-02"))

    def test_news_is_for_those_whom_it_concerns(self):
        self.run_night(without_mail(town(), "VIL4"))
        self.run_night(without_mail(town(), "VIL4", "VIL7"), day=NEXT_DAY)
        self.assertEqual(self.recipients(NEXT_DAY), [COMPLIANCE, address("VIL1"), address("VIL6")])
        self.run_night(without_mail(town(), "VIL4", "VIL7", "VIL2"), day="2026-11-22")
        self.assertEqual(self.recipients("2026-11-22"), [COMPLIANCE, address("VIL1")])

    def test_what_is_put_right_is_told_with_the_next_news_only(self):
        self.run_night(without_mail(town(), "VIL4"))
        self.run_night(town(), day=NEXT_DAY)
        self.assertEqual(self.recipients(NEXT_DAY), [])
        self.run_night(without_mail(town(), "VIL7"), day="2026-11-22")
        told = self.text_to(address("VIL1"), day="2026-11-22")
        self.assertIn("VIL7", told)
        self.assertIn("VIL4", told)
        self.assertNotIn("VIL4", self.text_to(address("VIL6"), day="2026-11-22"))
        self.run_night(without_mail(town(), "VIL7", "VIL2"), day="2026-11-23")
        self.assertNotIn("VIL4", self.text_to(address("VIL1"), day="2026-11-23"))

    def test_a_finding_that_comes_back_is_news(self):
        self.run_night(without_mail(town(), "VIL4"))
        self.run_night(town(), day="2026-11-21")
        self.run_night(without_mail(town(), "VIL4"), day="2026-11-22")
        self.assertEqual(self.vigie.findings()[0]["status"], "open")
        told = self.text_to(address("VIL1"), day="2026-11-22")
        self.assertIn("VIL4", told)
        self.assertIn("Revenue après avoir été résolue", told)
        self.assertIn("Ouverte (revenue 1 fois)", "\n".join(self.vigie.workbook(f"{SOURCE}-", "2026-11-22")["Anomalies"]))
        self.run_night(without_mail(town(), "VIL4"), day="2026-11-23")
        self.assertEqual(self.recipients("2026-11-23"), [])

    def test_a_new_administrator_is_told_all_that_is_open(self):
        files = without_mail(town(), "VIL4")
        self.run_night(files)
        files["administrateurs"].append({"convention": "19_214", "identifiant": "VIL7", "date_ouverture": NEXT_DAY})
        self.run_night(files, day=NEXT_DAY)
        self.assertEqual(self.recipients(NEXT_DAY), [address("VIL7")])

    def test_what_stays_open_for_more_than_thirty_days_goes_to_the_caf(self):
        files = without_mail(town(), "VIL4")
        self.run_night(files)
        self.run_night(files, day="2026-12-20")
        self.assertNotIn(CAF, self.recipients("2026-12-20"))
        self.run_night(files, day="2026-12-21")
        self.assertIn("VIL4", self.text_to(CAF, SOURCE, "2026-12-21"))
        self.assertIn("30 jours", self.text_to(COMPLIANCE, SOURCE, "2026-12-21"))
        self.run_night(files, day="2026-12-22")
        self.assertEqual(self.recipients("2026-12-22"), [])

    def test_many_nights_are_many_mails_and_no_finding_is_told_twice_as_new(self):
        """Each of five nights brings a finding: five mails, each with one that is new and the others as open."""
        accounts = [f"PLUS{n}" for n in range(5)]
        for n, day in enumerate(("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"), start=1):
            files = town()
            for who in accounts[:n]:
                files["utilisateurs"].append(account(who, mail=""))
                files["appartenances"].append(membership("T2PE", who))
            self.run_night(files, day=day)
            text = self.text_to(address("VIL1"), day=day)
            self.assertEqual([text.index(who) < text.index(accounts[n - 1]) for who in accounts[:n - 1]],
                             [False] * (n - 1), "the new one comes first")


class ThreadTest(MailTest):
    settings = {"import.max-age-days": "100"}

    def nights(self):
        self.run_night(without_mail(town(), "VIL4"))
        self.run_night(without_mail(town(), "VIL4", "VIL7"), day="2026-11-21")
        self.run_night(without_mail(town(), "VIL4", "VIL7", "VIL8"), day="2026-11-22")

    def test_later_mails_answer_the_first_of_their_thread(self):
        self.nights()
        first = {recipient: mail["Message-ID"] for recipient, mail in self.by_recipient().items()}
        first[address("VIL6"), "19_214"] = self.mail_to(address("VIL6"), day="2026-11-21")["Message-ID"]
        for recipient, mail in self.by_recipient("2026-11-22").items():
            with self.subTest(recipient):
                self.assertEqual(mail["In-Reply-To"], first[recipient])
                self.assertEqual(mail["References"], first[recipient])
        for mail in self.by_recipient().values():
            self.assertIsNone(mail["In-Reply-To"])

    def test_message_ids_are_unique(self):
        self.nights()
        ids = [mail["Message-ID"] for mail in self.vigie.mails().values()]
        self.assertEqual(len(ids), 8)
        self.assertEqual(len(set(ids)), len(ids))

    def test_message_ids_are_stable(self):
        """Made again from nothing, the same mails have the same ids: who gets one twice sees that it is one."""
        self.nights()
        before = {name: mail["Message-ID"] for name, mail in self.vigie.mails().items()}
        self.setUp()
        self.nights()
        self.assertEqual({name: mail["Message-ID"] for name, mail in self.vigie.mails().items()}, before)

    def test_sources_are_threads_of_their_own(self):
        self.vigie.configure(self.settings, sources=("caf931", "caf932"))
        self.vigie.drop(without_mail(valid_drop(), "VIL2"), source="caf932")
        self.run_night(without_mail(valid_drop(), "VIL2"))
        ids = [mail["Message-ID"] for name, mail in self.vigie.mails().items() if COMPLIANCE in name]
        self.assertEqual(len(set(ids)), 2)


class FormTest(MailTest):
    def test_all_mails_are_well_made(self):
        """Headers, encodings, alternatives, nothing remote: what check_mail.py asks of a mail."""
        files = without_mail(town(), "VIL4", "VIL7")
        drops.leave(files, "VIL7")
        files["conventions"][0] |= {"organisme": "Société « L'Été » <b>& Cie</b> " + "très longue " * 20, "etat": ""}
        files["utilisateurs"][3] |= {"nom": "=?UTF-8?Q?x?=", "prenom": "Zoé\u200bÉlodie"}
        self.run_night(files)
        self.assertEqual(len(self.vigie.files("mail")), 4)
        done = subprocess.run([sys.executable, CHECK_MAIL, self.vigie.path("out", "mail")], capture_output=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout.decode() + done.stderr.decode())

    def test_text_and_html_say_the_same(self):
        self.run_night(without_mail(town(), "VIL4", "VIL7"))
        mail = self.mail_to(address("VIL1"))
        self.assertEqual([part.get_content_type() for part in mail.iter_parts()], ["text/plain", "text/html"])
        for part in mail.iter_parts():
            for said in ("VIL4", "VIL7", "Gestion des habilitations", "Mes utilisateurs", "20/11/2026"):
                self.assertIn(said, part.get_content().replace("\r\n", " ").replace("\n", " "))
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertEqual(mail["From"].addresses[0].addr_spec, "vigie@caf.example")

    def test_file_names_are_safe(self):
        files = without_mail(town(), "VIL4")
        for rows in files.values():
            for row in rows:
                for column in ("convention", "numero"):
                    if column in row:
                        row[column] = "../19/214"
        self.run_night(files)
        self.assertEqual(len(self.vigie.files("mail", ".eml")), 2)
        self.assertEqual(sorted(os.listdir(self.vigie.path("out"))), ["mail", "reports"])

    def test_only_owner_and_group_may_read(self):
        self.run_night(without_mail(town(), "VIL4"))
        for path, (mode, _) in drops.tree(self.vigie.path("out")).items():
            with self.subTest(path):
                self.assertEqual(mode & 0o7777, 0o640 if "." in os.path.basename(path) else 0o750)


class WorkbookPathTest(MailTest):
    def test_compliance_alone_is_told_where_tonight_s_workbook_stands(self):
        files = without_mail(town(), "VIL4")
        files["conventions"][0]["etat"] = ""
        self.run_night(files)
        path = self.vigie.path("out", "reports", f"conformite-{SOURCE}-{DAY}.xlsx")
        self.assertTrue(os.path.isfile(path))
        for (to, _), mail in self.by_recipient().items():
            for part in mail.iter_parts():
                self.assertEqual(path in part.get_content(), to == COMPLIANCE, to)


class OutboxTest(MailTest):
    def test_what_cannot_be_handed_over_is_kept_and_goes_once(self):
        os.makedirs(self.vigie.path("out"))
        with open(self.vigie.path("out", "mail"), "w", encoding="utf-8"):
            pass  # a file where the folder should be
        self.run_night(without_mail(town(), "VIL4"), code=4)
        self.assertEqual(len(self.vigie.findings()), 1)
        self.assertTrue(self.vigie.files("reports", ".xlsx"))
        os.remove(self.vigie.path("out", "mail"))
        self.run_night(without_mail(town(), "VIL4"), day=NEXT_DAY)
        self.assertEqual(self.recipients(), [COMPLIANCE, address("VIL1")])
        self.assertEqual(self.recipients(NEXT_DAY), [])

    def test_a_refused_drop_goes_before_it(self):
        os.makedirs(self.vigie.path("out"))
        with open(self.vigie.path("out", "mail"), "w", encoding="utf-8"):
            pass
        self.run_night({}, code=3)


if __name__ == "__main__":
    unittest.main()

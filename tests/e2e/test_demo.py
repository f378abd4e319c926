"""The demonstration: what config/demo/README.md says of it, no more and no less."""

import os
import subprocess
import sys
import unittest

import drops
from drops import text_of

HERE = os.path.dirname(os.path.abspath(__file__))
FARANDOLE = [f"ENF01302S{letter}" for letter in "MNOPQR"]

# By source and convention: rule, severity, subjects.
FINDINGS = {
    ("caf132", "18_132"): [
        ("account-disposable-mail", "major", FARANDOLE),
        ("account-inactive", "major", ["ENF01302SM"]),
        ("afas-approver-absent", "critical", ["ESC Farandole Istres"]),
        ("afas-approver-pending", "major", ["ENF01302SN:ESC Farandole Istres"]),
        ("afas-approver-document-missing", "major", ["ENF01302SN:ESC Farandole Istres"]),
        ("afas-declarer-without-profile", "minor", ["ENF01302SP"]),
        ("membership-opens-early", "info", ["AFAS-HAB/ENF01302SM"])],
    ("caf931", "17_042"): [("account-convention-closed", "critical", ["ASS09301AA", "ASS09301AB"])],
    ("caf931", "19_214"): [
        ("bulletin-missing", "critical", ["DGFIPREC:Dgfip:Recouvrement"]),
        ("grant-outside-contract", "major", ["T18ACC:Cdap:T18"]),
        ("administrator-too-many", "major", ["19_214"]),
        ("group-manager-missing", "critical", ["T2CR"]),
        ("group-manager-closed", "critical", ["T1CESF"]),
        ("group-without-role", "minor", ["T2LOG"]),
        ("group-several-cdap-roles", "major", ["T4RSA"]),
        ("group-label-mismatch", "minor", ["T2JEU"]),
        ("subgroup-role-not-in-parent", "critical", ["T1PMI:Cdap:T1"]),
        ("account-shared-mailbox", "critical", ["VIL09301AR", "VIL09301AO"]),
        ("account-functional-name", "major", ["VIL09301AO"]),
        ("account-duplicate-mail", "critical", ["VIL09301AN"]),
        ("account-duplicate-person", "info", ["VIL09301BH", "VIL09301BI"]),
        ("account-invalid-mail", "major", ["VIL09301AX"]),
        ("account-mail-outside-partner", "minor", ["VIL09301AY"]),
        ("account-inactive", "major", ["VIL09301AS"]),
        ("account-never-used", "minor", ["VIL09301BJ"]),
        ("account-without-group", "minor", ["VIL09301BK"]),
        ("account-departed", "critical", ["VIL09301AM"]),
        ("account-afas-not-removed", "critical", ["VIL09301BG"]),
        ("account-status-mismatch", "minor", ["VIL09301BL"]),
        ("membership-account-closed", "critical", ["T1CESF/VIL09301AJ"]),
        ("membership-group-closed", "major", ["T2ANC/VIL09301AY"]),
        ("membership-foreign-account", "critical", ["T2LOG/HLM09301AB"]),
        ("cdap-t1-unauthorized", "critical", ["VIL09301AG"]),
        ("cdap-t1-profession-unknown", "major", ["VIL09301AI"]),
        ("cdap-t1-diploma-unchecked", "minor", ["VIL09301AH"]),
        ("cdap-t4-instructor-number", "critical", ["VIL09301AV"]),
        ("afas-group-not-by-caf", "major", ["AFASJEU"]),
        ("afas-manager-not-enabled", "minor", ["AFASJEU"]),
        ("afas-too-many-providers", "minor", ["ALSH Les Marronniers:FDA"])],
    ("caf931", "20_118"): [
        ("convention-contract-missing", "major", ["20_118"]),
        ("bulletin-unsigned", "major", ["Offre Bailleurs@2020-10-06"]),
        ("administrator-account-closed", "major", ["HLM09301AA"]),
        ("administrator-missing", "critical", ["20_118"]),
        ("account-duplicate-mail", "critical", ["HLM09301AC"]),
        ("cdap-t10-landlord-code", "major", ["HLM09301AC"])],
    ("caf931", "21_056"): [
        ("convention-expiring", "info", ["21_056"]),
        ("cdap-t9-unauthorized", "critical", ["MJP09301AC"])],
}

# By convention: kind, reason, cause, subjects.
CLOSINGS = {
    "17_042": [
        ("close-membership", "convention-closed", "17_042",
         ["T2CRECHE/ASS09301AA@2017-01-16", "T2CRECHE/ASS09301AB@2018-09-04"]),
        ("close-grant", "convention-closed", "17_042", ["T2CRECHE:Cdap:T2@2017-01-16"]),
        ("close-designation", "convention-closed", "17_042", ["ASS09301AA@2017-01-16"]),
        ("close-group", "convention-closed", "17_042", ["T2CRECHE"]),
        ("close-account", "convention-closed", "17_042", ["ASS09301AA", "ASS09301AB"])],
    "19_214": [
        ("close-membership", "account-departed", "VIL09301AM", ["T1CESF/VIL09301AM@2019-09-02"]),
        ("close-account", "account-departed", "VIL09301AM", ["VIL09301AM"]),
        ("close-membership", "account-closed", "VIL09301AJ", ["T1CESF/VIL09301AJ@2019-03-21"]),
        ("close-afas-profile", "account-closed", "VIL09301BG", ["VIL09301BG:FDA:ALSH Les Marronniers@2019-09-02"]),
        ("close-membership", "group-closed", "T2ANC", ["T2ANC/VIL09301AY@2021-09-06"]),
        ("close-grant", "group-closed", "T2ANC", ["T2ANC:Cdap:T2@2019-09-02"])],
    "20_118": [("close-designation", "account-closed", "HLM09301AA", ["HLM09301AA@2020-10-06"])],
}


class DemoTest(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        """One demonstration, of today, for all that only look at it."""
        cls.vigie = drops.Vigie()
        cls.addClassCleanup(cls.vigie.close)
        cls.codes = cls.demonstrate(cls.vigie)

    @staticmethod
    def demonstrate(vigie, day=None):
        """Writes and runs a demonstration in the folder of a Vigie; the two exit codes."""
        os.remove(vigie.configuration)
        command = [vigie.program, *(["--as-of", day] if day else []), "demo", vigie.folder]
        written = subprocess.run(command, capture_output=True, check=False)
        run = vigie.run("run", as_of=day)
        return written.returncode, run.code, run.stderr

    def check_findings(self, vigie):
        expected = {(source, convention, rule, severity, subject)
                    for (source, convention), findings in FINDINGS.items()
                    for rule, severity, subjects in findings for subject in subjects}
        found = [(row["source"], row["convention"], row["rule"], row["severity"], row["subject"])
                 for row in vigie.findings()]
        self.assertEqual(sorted(found), sorted(expected))
        self.assertEqual({row["status"] for row in vigie.findings()}, {"new"})

    def check_closings(self, vigie):
        expected = {("caf931", convention, kind, reason, cause, subject) for convention, closings in CLOSINGS.items()
                    for kind, reason, cause, subjects in closings for subject in subjects}
        found = [(row["source"], row["convention"], row["kind"], row["reason"], row["cause"], row["subject"])
                 for row in vigie.actions()]
        self.assertEqual(sorted(found), sorted(expected))

    def mail_to(self, address):
        mails = [text_of(mail) for mail in self.vigie.mails().values() if mail["To"].addresses[0].addr_spec == address]
        self.assertEqual(len(mails), 1, self.vigie.files("mail"))
        return mails[0]

    def test_ends_well(self):
        self.assertEqual(self.codes[:2], (0, 0), self.codes[2])
        self.assertEqual(self.vigie.plans(), [])

    def test_findings(self):
        self.check_findings(self.vigie)

    def test_closings(self):
        self.check_closings(self.vigie)
        self.assertEqual({row["state"] for row in self.vigie.actions()}, {"sent"})

    def test_rejects(self):
        self.assertEqual([(row["source"], row["file"], row["reason"], row["field"]) for row in self.vigie.rejects()], [
            ("caf931", "appartenances.csv", "unknown-reference", "identifiant"),
            ("caf931", "utilisateurs.csv", "bad-date", "date_ouverture")])

    def test_another_year_gives_the_same(self):
        for day in ("2024-02-29", "2033-01-05"):
            with self.subTest(day):
                vigie = drops.Vigie()
                self.addCleanup(vigie.close)
                written, run, stderr = self.demonstrate(vigie, day)
                self.assertEqual((written, run), (0, 0), stderr)
                self.check_findings(vigie)
                self.check_closings(vigie)

    def test_three_workbooks(self):
        names = self.vigie.files("reports", ".xlsx")
        self.assertEqual([name[:-len("AAAA-MM-JJ.xlsx")] for name in names],
                         sorted(["conformite-", "conformite-caf132-", "conformite-caf931-"]))
        listed = self.vigie.path("findings.json")
        for name in names:
            with self.subTest(name):
                about = name.split("-")[1]
                source = ["--source", about] if about.startswith("caf") else []
                with open(listed, "w", encoding="utf-8") as file:
                    file.write(self.vigie.output("findings", "--format", "json", *source))
                self.check("check_workbook.py", self.vigie.path("out", "reports", name), "--findings", listed)

    def test_mails_are_well_made(self):
        self.check("check_mail.py", self.vigie.path("out", "mail"))

    def check(self, script, *arguments):
        done = subprocess.run([sys.executable, os.path.join(HERE, script), *arguments], capture_output=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout.decode() + done.stderr.decode())

    def test_the_administrator_of_la_farandole_gets_no_mail_and_the_caf_is_told_why(self):
        self.assertEqual([name for name in self.vigie.files("mail") if "yopmail" in name], [])
        told = self.mail_to("mcp@caf132.example")
        self.assertIn("Stéphane Bruet, administrateur partenaire", told)
        self.assertIn("domaine jetable, « yopmail.com »", told)
        self.assertIn("ENF01302SR", told)

    def test_only_compliance_reads_the_name_of_another_partner_s_account(self):
        told = self.mail_to("helene.legrand@ville-rosny.example")
        self.assertIn("un compte d'un autre partenaire", told)
        self.assertNotIn("HLM09301AC", told)
        self.assertIn("HLM09301AC", self.compliance_mail("caf931"))

    def compliance_mail(self, source):
        return next(text_of(mail) for name, mail in self.vigie.mails().items()
                    if name.endswith(f"conformite@caf.example-{source}.eml"))

    def test_rules_that_the_portal_s_export_cannot_verify(self):
        rules = {row["id"]: row["state"] for row in self.vigie.rows("rules", "--source", "caf132")}
        for rule in ("account-departed", "account-mail-outside-partner", "cdap-t1-unauthorized", "subgroup-cycle"):
            self.assertTrue(rules[rule].startswith("not verifiable"), (rule, rules[rule]))

    def test_is_not_written_over_a_configuration(self):
        before = drops.tree(self.vigie.folder)
        self.assertEqual(self.vigie.run("demo", self.vigie.folder).code, 2)
        self.assertEqual(drops.tree(self.vigie.folder), before)


if __name__ == "__main__":
    unittest.main()

"""No mail says to anybody what is not theirs: check_perimeters.py, on nights of drops from bench/make_drop.py.

And it would say so: a mail that gives somebody away, goes to somebody else, or is not there, is found.
"""

import copy
import os
import subprocess
import sys
import tempfile
import unittest

from check_perimeters import CAF, COMPLIANCE, Checker, run_night
from compare_naive import Night

HERE = os.path.dirname(os.path.abspath(__file__))
MAKE_DROP = os.path.join(HERE, "..", "..", "bench", "make_drop.py")
NIGHTS = ["2026-11-20", "2026-11-21", "2026-11-28"]
DIALECT = ["--encoding", "cp1252", "--separator", "tab", "--portal"]


class Home:
    """A folder for drops, and the nights on them."""

    def __init__(self, test):
        home = tempfile.TemporaryDirectory(prefix="vigie-perimeters-")
        (test.addClassCleanup if isinstance(test, type) else test.addCleanup)(home.cleanup)
        self.folder = home.name

    def make(self, name, day, *options):
        folder = os.path.join(self.folder, name)
        subprocess.run([sys.executable, "-B", MAKE_DROP, "--out", folder, "--as-of", day, *options], check=True,
                       stdout=subprocess.DEVNULL)
        return folder

    def run_night(self, day, **drops):
        """(night, findings, mails) of all the sources."""
        night = Night([day] + [f"{name}={folder}" for name, folder in drops.items()])
        findings, mails = run_night(os.environ["VIGIE"], self.folder, night, drops, Checker().vigie_settings)
        return night, findings, mails


class GeneratedTest(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.home, self.checker = Home(self), Checker()

    def make(self, *how):
        return self.home.make(*how)

    def assert_no_faults(self, day, **drops):
        night, findings, mails = self.home.run_night(day, **drops)
        self.assertEqual(self.checker.check(night, findings, mails), [])
        return mails

    def test_three_nights_of_two_sources(self):
        """The second night brings news, the third a reminder; rows are rejected, and their records kept."""
        first = self.make("a1", NIGHTS[0], "--accounts", "2000", "--violations", "0.2", "--dirty", "0.02")
        other = self.make("b1", NIGHTS[0], "--accounts", "300", "--violations", "0.4", "--seed", "2")
        mails = self.assert_no_faults(NIGHTS[0], caf931=first, caf932=other)
        self.assertGreater(len(mails), 100)
        for day, number in zip(NIGHTS[1:], "23"):
            first = self.make("a" + number, day, "--next", first, "--change", "0.05")
            shown = self.make("a" + number + "-other", day, "--next", first, "--change", "0", *DIALECT)
            mails = self.assert_no_faults(day, caf931=shown, caf932=other)
            self.assertGreater(len(mails), 20)

    def test_where_nothing_is_wrong_nobody_is_written_to(self):
        drop = self.make("clean", NIGHTS[0], "--accounts", "2000")
        self.assertEqual(self.assert_no_faults(NIGHTS[0], caf931=drop), {})


class PlantedTest(unittest.TestCase):
    """What the check must find: it is asked about a night's mails with one thing changed."""

    @classmethod
    def setUpClass(cls):
        home, checker = Home(cls), Checker()
        drop = home.make("drop", NIGHTS[0], "--accounts", "400", "--violations", "0.5")
        cls.night, findings, cls.mails = home.run_night(NIGHTS[0], caf931=drop)
        cls.faults_before = checker.check(cls.night, findings, cls.mails)
        cls.source = checker.sources[0]
        cls.letters = cls.source.letters(NIGHTS[0])

    def setUp(self):
        self.assertEqual(self.faults_before, [])

    def faults(self, mails):
        checker = Checker()
        checker.sources = [self.source]
        return checker.read(self.night, mails)

    def a_mail_to(self, wanted):
        """(file, convention, the codes that it may name) of one to a person who is so."""
        for (address, convention), (person, _) in sorted(self.letters.items(), key=lambda item: item[0]):
            file = f"{NIGHTS[0]}-{address}-{convention}.eml"
            if person and file in self.mails and wanted(person):
                return file, person
        self.fail("no such mail")

    def a_manager_s(self):
        """One with groups outside of its perimeter, and an account that is in these alone."""
        def is_of_a_part(person):
            return not person.administrators and self.outside(person)
        return self.a_mail_to(is_of_a_part)

    def outside(self, person):
        """An account of the convention without a membership in the perimeter."""
        inside = {m["identifiant"] for m in self.source.world.memberships if m["groupe"] in person.perimeter}
        names = {(self.source.world.accounts[who]["nom"], self.source.world.accounts[who]["prenom"]) for who in inside}
        return next((row for who, row in self.source.world.accounts.items() if row["convention"] == person.convention
                     and who not in inside | person.accounts and (row["nom"], row["prenom"]) not in names), None)

    def assert_found(self, file, kind, text, parts=("plain", "html")):
        for part in parts:
            with self.subTest(part, text=text):
                mails = dict(self.mails)
                mails[file] = mail = copy.deepcopy(self.mails[file])
                body = mail.get_body((part,))
                content = body.get_content()
                at = content.index("Voici ce que") if part == "plain" else content.index("</body>")
                body.set_content(content[:at] + f" {text} " + content[at:], subtype=part)
                found = self.faults(mails)
                self.assertTrue(found)
                self.assertTrue(all(fault.startswith(f"{file}: {kind} ") for fault in found), found)

    def test_an_account_of_another_group(self):
        file, person = self.a_manager_s()
        account = self.outside(person)
        self.assert_found(file, "compte", account["identifiant"])
        self.assert_found(file, "name", account["prenom"] + " " + account["nom"])
        self.assert_found(file, "address", account["mail"])

    def test_another_group(self):
        file, person = self.a_manager_s()
        groups = self.source.groups_of[person.convention]
        code = next(code for code in groups if code not in person.perimeter and not code.startswith("AFAS"))
        self.assert_found(file, "group", code)

    def test_an_activity_to_a_manager(self):
        activities = {numero: name for numero, name in self.source.world.activities}
        file, person = self.a_mail_to(lambda person: not person.administrators and person.convention in activities)
        self.assert_found(file, "activity", activities[person.convention])

    def test_another_partner(self):
        file, person = self.a_mail_to(lambda person: person.administrators)
        other = next(row for row in self.source.world.conventions.values() if row["numero"] != person.convention)
        account = next(who for who, row in self.source.world.accounts.items() if row["convention"] == other["numero"])
        self.assert_found(file, "convention", other["numero"])
        self.assert_found(file, "partner", other["organisme"])
        self.assert_found(file, "compte", account)

    def assert_header_is_found(self, name, value, fault):
        file, _ = self.a_manager_s()
        mails = dict(self.mails)
        mails[file] = mail = copy.deepcopy(self.mails[file])
        mail.replace_header(name, value(mail[name]))
        found = self.faults(mails)
        self.assertEqual([each for each in found if not each.startswith(f"{file}: {fault}")], [])
        self.assertTrue(found)

    def test_a_finding_too_many(self):
        self.assert_header_is_found("Subject", lambda subject: subject.replace(" - ", " - 1", 1), "subject")

    def test_a_service_of_others(self):
        self.assert_header_is_found("Subject", lambda subject: "OFFRE BAILLEURS/" + subject, "service OFFRE BAILLEURS")

    def test_somebody_else_s_mail(self):
        self.assert_header_is_found("To", lambda _: "eve@evil.example", "goes to eve@evil.example")

    def test_a_mail_too_many_and_one_too_few(self):
        file, _ = self.a_manager_s()
        mails = dict(self.mails)
        mails["2026-11-20-eve@evil.example-" + file.rsplit("-", 1)[1]] = mails.pop(file)
        found = self.faults(mails)
        self.assertEqual(len(found), 2, found)
        self.assertIn("and no mail", found[0])
        self.assertIn("should not have gone", found[1])

    def test_the_caf_s_address_to_a_manager(self):
        file, _ = self.a_manager_s()
        mails = dict(self.mails)
        mails[file] = mail = copy.deepcopy(self.mails[file])
        mail.get_body(("plain",)).set_content(mail.get_body(("plain",)).get_content() + f"Écrire à {CAF}.")
        self.assertEqual(self.faults(mails), [f"{file}: tells a manager to write to the Caf"])
        self.assertNotIn(COMPLIANCE, file)


if __name__ == "__main__":
    unittest.main()

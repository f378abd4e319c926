"""`vigie explain`: what an account can use and why not, from what the store holds."""

import unittest

from drops import DAY, faulty_drop, valid_drop
from nights import NIGHTS, NightTest


class ExplainTest(NightTest):
    def answers(self, *options, day=DAY, service="Cdap"):
        """{cause: row} about one service, advice aside."""
        rows = self.vigie.rows("explain", *options, "--service", service, "--as-of", day)
        return {row["cause"]: row for row in rows if row["usable"]}

    def test_what_the_drop_gives(self):
        self.run_night(valid_drop())
        held = self.answers("VIL1")["held"]
        self.assertEqual((held["usable"], held["service"], held["convention"]), ("yes", "Cdap", "19_214"))
        self.assertIn(f"« {held['group']} »", held["detail"])

    def test_a_role_that_was_taken_out_of_the_data_and_who_was_taken_out_of_the_group(self):
        files = valid_drop()
        self.run_night(files)
        group = self.answers("VIL1")["held"]["group"]
        self.run_night(files | {"habilitations": [row for row in files["habilitations"] if row["groupe"] != group]},
                       "--set", "import.max-shrink-percent=100", day=NIGHTS[1])
        removed = self.answers("VIL1", day=NIGHTS[1])["role-removed"]
        self.assertEqual((removed["usable"], removed["group"]), ("no", group))
        self.assertIn("retiré le 21/11/2026", removed["detail"])
        self.run_night(files | {"appartenances": [row for row in files["appartenances"] if row["identifiant"] != "VIL1"]},
                       "--set", "import.max-shrink-percent=100", day=NIGHTS[2])
        self.assertIn("depuis le 22/11/2026", self.answers("VIL1", day=NIGHTS[2])["membership-closed"]["detail"])

    def test_an_account_that_left_the_data(self):
        files = valid_drop()
        self.run_night(files)
        gone = {name: [row for row in rows if "VIL3" not in (row.get("identifiant"), row.get("responsable"))]
                for name, rows in files.items()}
        self.run_night(gone, "--accept-shrink", day=NIGHTS[1])
        withdrawn = self.answers("VIL3", day=NIGHTS[1])["account-withdrawn"]
        self.assertIn("n'est plus dans l'export depuis le 21/11/2026", withdrawn["detail"])

    def test_what_is_open_against_it_is_told(self):
        self.run_night(faulty_drop())
        finding = next(row for row in self.vigie.findings() if row["rule"] == "account-invalid-mail")
        rows = {row["cause"]: row for row in self.vigie.rows("explain", finding["subject"], "--as-of", DAY)}
        told = rows["open-finding"]
        self.assertEqual((told["detail"], told["recommendation"], told["usable"]),
                         (finding["detail"], finding["recommendation"], ""))
        self.assertNotIn("open-finding", {row["cause"] for row in self.vigie.rows("explain", "VIL1")})

    def test_one_that_nobody_knows(self):
        self.run_night(valid_drop())
        unknown = self.vigie.run("explain", "VIL99")
        self.assertEqual(unknown.code, 2)
        self.assertRegex(unknown.stderr, r"no account VIL99 has ever been imported; did you mean VIL\d")
        mail = valid_drop()["utilisateurs"][0]["mail"]
        self.assertRegex(self.vigie.run("explain", mail.upper()).stderr, r"of that name or mail there is: VIL\d \(")

    def test_a_service_that_nobody_knows(self):
        self.run_night(valid_drop())
        self.assertEqual(self.vigie.rows("explain", "VIL1", "--service", "cafpro")[0]["service"], "Cdap")
        unknown = self.vigie.run("explain", "VIL1", "--service", "Cdpa")
        self.assertEqual(unknown.code, 2)
        self.assertIn("did you mean Cdap?", unknown.stderr)

    def test_the_page_and_json_say_the_same(self):
        self.run_night(valid_drop())
        page = self.vigie.output("explain", "VIL1", "--as-of", DAY)
        self.assertIn("Au 20/11/2026, d'après l'export de la source caf931 du 20/11/2026\n", page)
        self.assertIn("\nCdap : oui\n", page)
        self.assertIn("\nBon à savoir\n", page)
        for row in self.vigie.rows("explain", "VIL1", "--as-of", DAY):
            self.assertIn(row["detail"], page)
            self.assertIn(row["recommendation"], page)

    def test_without_a_store_it_says_so(self):
        self.assertEqual(self.vigie.run("explain", "VIL1").code, 5)


if __name__ == "__main__":
    unittest.main()

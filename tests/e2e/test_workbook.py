"""What officers read in the workbook: figures, the rows behind them, what changed, how rules are set."""

import os
import re
import subprocess
import sys
import unittest
import warnings

import openpyxl

from drops import COLUMNS, DAY, SOURCE, add_partner, faulty_drop, group, membership, valid_drop
from hostile import TEXTS, hostile_drop, shown
from nights import NIGHTS, NightTest

MONTH_AGO, LATER = "2026-10-21", "2026-10-22"  # 30 and 29 days before DAY
LATER_STILL = "2026-12-31"
TILES = {"Critiques": "Critique", "Majeures": "Majeure", "Mineures": "Mineure", "Informations": "Information"}
FAMILIES = "Famille"


def below(cell, rows, columns=0):
    return cell.offset(rows, columns)


class WorkbookTest(NightTest):
    def book(self, about=f"{SOURCE}-", day=DAY):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl does not read the bars drawn in cells
            return openpyxl.load_workbook(self.vigie.path("out", "reports", f"conformite-{about}{day}.xlsx"))

    def place(self, sheet, words):
        """The cell that holds the words and nothing else."""
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == words]
        self.assertTrue(cells, f"{words} is nowhere")
        return cells[0]

    def table(self, sheet):
        """Rows of a list as dicts."""
        headings = [cell.value for cell in sheet[1]]
        return [dict(zip(headings, (cell.value for cell in row))) for row in sheet.iter_rows(min_row=2)]

    def target(self, book, cell):
        """Sheet and row that a cell leads to."""
        self.assertIsNotNone(cell.hyperlink, f"{cell.coordinate} leads nowhere")
        sheet, row = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location).groups()
        return book[sheet], int(row)

    def row(self, book, cell):
        sheet, row = self.target(book, cell)
        return dict(zip((c.value for c in sheet[1]), (c.value for c in sheet[row])))


class LinkTest(WorkbookTest):
    def setUp(self):
        super().setUp()
        self.run_night(faulty_drop())
        self.whole = self.book()
        self.page = self.whole["Synthèse"]

    def test_a_severity_leads_to_its_first_row(self):
        rows = self.table(self.whole["Anomalies"])
        for label, severity in TILES.items():
            figure = below(self.place(self.page, label), 1)
            those = [i for i, row in enumerate(rows) if row["Gravité"] == severity]
            self.assertEqual(figure.value, len(those), label)
            if those:
                self.assertEqual(self.target(self.whole, figure)[1], those[0] + 2, label)
            else:
                self.assertIsNone(figure.hyperlink, label)

    def test_a_family_leads_to_its_rows(self):
        families = {row["Règle"]: row["Famille"] for row in self.table(self.whole["Règles"])}
        corner = self.place(self.page, FAMILIES)
        severities = [below(corner, 0, column).value for column in range(4, 8)]
        figures = 0
        for down in range(1, 20):
            family = below(corner, down).value
            if family == "Total":
                break
            for column, severity in enumerate(severities, 4):
                cell = below(corner, down, column)
                if cell.value:
                    figures += cell.value
                    row = self.row(self.whole, cell)
                    self.assertEqual((families[row["Règle"]], row["Gravité"]), (family, TILES[severity]))
                else:
                    self.assertIsNone(cell.hyperlink)
        self.assertEqual(figures, len(self.table(self.whole["Anomalies"])))

    def test_sources_and_answers_lead_to_their_rows(self):
        heading = self.place(self.page, "Clôtures à faire")
        closings = below(heading, 1)
        self.assertGreater(closings.value, 0)
        self.assertEqual(self.row(self.whole, closings)["État"], "À exécuter")
        imported = below(self.place(self.page, "Dernier import"), 1)
        sheet, row = self.target(self.whole, imported)
        self.assertEqual((sheet.title, sheet.cell(row, 1).value), ("Imports et rejets", "conventions.csv"))
        accounts = below(self.place(self.page, "Comptes"), 1)
        sheet, row = self.target(self.whole, accounts)
        self.assertEqual((sheet.title, sheet.cell(row, 1).value), ("Imports et rejets", "utilisateurs.csv"))
        self.assertIn(accounts.value, [cell.value for cell in sheet[row]])


class NoticeTest(WorkbookTest):
    def test_what_cannot_be_verified_is_one_notice_before_what_is_waived(self):
        files = faulty_drop()
        del files["departs"]
        columns = [name for name in COLUMNS["utilisateurs"] if name not in ("profession", "derniere_connexion")]
        self.run_night(files, columns={"utilisateurs": columns})
        self.vigie.output("waive", "account-invalid-mail", "--convention", "19_214", "--subject", "VIL5", "--until",
                          LATER_STILL, "--reason", "En cours", "--by", "A. Durand", "--as-of", DAY)
        self.run_night(command="report")
        page = self.book()["Synthèse"]
        first = self.place(page, "À savoir")
        lost, waived = below(first, 1).value, below(first, 2).value
        for words in ("règles non vérifiables", "fichier departs.csv absent", "colonne profession absente",
                      "colonne derniere_connexion absente"):
            self.assertIn(words, lost.replace("\u00a0", " "))
        self.assertIn("dérogation", waived)


class ChangeTest(WorkbookTest):
    def changes(self, day=DAY):
        """What the first tile says below its figure; and the last row of the families."""
        tile = self.place(self.book(day=day)["Synthèse"], "Majeures")
        return below(tile, 1).value, below(tile, 2).value, below(tile, 3).value, self.families(day)["Total"][-3:]

    def families(self, day=DAY):
        """{family: its figures, the total and the two changes last}."""
        corner = self.place(self.book(day=day)["Synthèse"], FAMILIES)
        figures = {}
        for down in range(1, 20):
            figures[below(corner, down).value] = [below(corner, down, column).value for column in range(4, 11)]
            if "Total" in figures:
                break
        return figures

    def test_since_the_last_run_and_since_30_days(self):
        self.run_night(valid_drop(), day=MONTH_AGO)
        self.run_night(faulty_drop(), day=LATER)
        self.run_night(faulty_drop())
        now, since_run, in_month, (total, run_change, month_change) = self.changes()
        self.assertEqual(since_run, "inchangé")
        self.assertEqual(in_month, f"en 30 jours : +{now}")
        self.assertEqual((run_change, month_change), (1, total))  # VIL4 left in between

    def test_a_family_of_which_nothing_is_open_any_more_is_shown(self):
        self.run_night(faulty_drop(), day=MONTH_AGO)
        without_manager = valid_drop()
        without_manager["groupes"][0]["responsable"] = ""
        self.run_night(without_manager, "--accept-shrink")
        total, run_change, month_change = self.families()["Comptes"][-3:]
        self.assertEqual(total, 0)
        self.assertLess(run_change, 0)
        self.assertEqual(run_change, month_change)

    def test_nothing_is_known_of_30_days_ago(self):
        self.run_night(valid_drop(), day=LATER)
        self.run_night(faulty_drop())
        _, since_run, in_month, (total, run_change, month_change) = self.changes()
        self.assertTrue(since_run.startswith("+"), since_run)
        self.assertEqual(in_month, "pas de relevé d'il y a 30 jours")
        self.assertEqual((run_change, month_change), (total, "–"))


class SettingsTest(WorkbookTest):
    sources = ("caf132", SOURCE)

    def test_a_rule_has_a_row_for_each_way_in_which_sources_set_it(self):
        self.vigie.configure({f"source.{SOURCE}.rule.account-inactive.days": "90",
                              f"source.{SOURCE}.rule.account-invalid-mail.enabled": "false"}, self.sources)
        for source in self.sources:
            self.vigie.drop(faulty_drop(), source, on=DAY)
        self.run_night()
        rules = self.table(self.book("")["Règles"])
        of = {rule: [(row["Sources"], row["Paramètre"], row["État"], row["Ouvertes"]) for row in rules if row["Règle"] == rule]
              for rule in ("account-inactive", "account-invalid-mail", "account-departed")}
        self.assertEqual([(each[0], each[1]) for each in of["account-inactive"]],
                         [("caf132", "180 jours"), (SOURCE, "90 jours")])
        self.assertEqual(of["account-invalid-mail"], [("caf132", None, "Active", 1), (SOURCE, None, "Désactivée", 0)])
        self.assertEqual(of["account-departed"], [("Toutes", None, "Active", 2)])
        self.assertEqual(sum(row["Ouvertes"] for row in rules), len(self.vigie.findings()))
        own = self.table(self.book()["Règles"])
        self.assertEqual([row["Paramètre"] for row in own if row["Règle"] == "account-inactive"], ["90 jours"])


class WaiverTest(WorkbookTest):
    def waive(self, until):
        finding = self.vigie.findings(rule="account-invalid-mail")[0]
        self.vigie.output("waive", finding["rule"], "--convention", finding["convention"], "--subject",
                          finding["subject"], "--until", until, "--reason", "Essai", "--by", "A. Durand",
                          "--as-of", DAY)

    def page(self, day):
        return "\n".join(self.vigie.workbook(f"{SOURCE}-", day)["Synthèse"])

    def test_one_that_ends_soon_is_on_the_first_page(self):
        self.run_night(faulty_drop())
        self.waive("2026-12-01")
        self.run_night(faulty_drop(), day=NIGHTS[1])
        self.assertIn("1 dérogation se termine dans les 30 jours, le 01/12/2026 : voir « Dérogations ».",
                      self.page(NIGHTS[1]))

    def test_one_that_holds_for_long_is_not(self):
        self.run_night(faulty_drop())
        self.waive("2027-06-01")
        self.run_night(faulty_drop(), day=NIGHTS[1])
        self.assertNotIn("se termine", self.page(NIGHTS[1]))


class KeepingTest(WorkbookTest):
    settings = {"report.keep-days": "2"}

    def put(self, name):
        with open(self.vigie.path("out", "reports", name), "w", encoding="utf-8") as file:
            file.write(name)

    def test_old_ones_go_and_nothing_else(self):
        for day in NIGHTS[:2]:
            self.run_night(valid_drop(), day=day)
        others = ["conformite-notes-2026-01-01.xlsx", f"copie-conformite-{SOURCE}-2026-01-01.xlsx"]
        for name in others:
            self.put(name)
        for day in NIGHTS[2:]:
            result = self.run_night(valid_drop(), day=day)
        self.assertIn(f"conformite-{SOURCE}-{DAY}.xlsx: older than report.keep-days", result.stderr)
        kept = [f"conformite-{SOURCE}-{day}.xlsx" for day in NIGHTS[1:]]
        self.assertEqual(self.vigie.files("reports", ".xlsx"), sorted(kept + others))
        self.assertEqual(len(self.vigie.files("reports", ".csv")), len(NIGHTS))

    def test_latest_is_the_newest(self):
        for day in NIGHTS[:2]:
            self.run_night(valid_drop(), day=day)
        link = self.vigie.path("out", "reports", f"conformite-{SOURCE}-latest.xlsx")
        self.assertEqual(os.readlink(link), f"conformite-{SOURCE}-{NIGHTS[1]}.xlsx")

    def test_a_link_that_cannot_be_made_is_a_warning(self):
        self.run_night(valid_drop())
        link = f"conformite-{SOURCE}-latest.xlsx"
        os.remove(self.vigie.path("out", "reports", link))
        self.put(link)
        result = self.run_night(valid_drop(), day=NIGHTS[1])
        self.assertIn("move it away", result.stderr)
        self.assertEqual(self.vigie.read("reports", link).decode(), link)

    def test_a_rehearsal_removes_nothing(self):
        for day in NIGHTS[:3]:
            self.run_night(valid_drop(), day=day)
        before = os.listdir(self.vigie.path("out", "reports"))
        self.run_night(valid_drop(), "--dry-run", day="2026-12-20")
        self.assertEqual(os.listdir(self.vigie.path("out", "reports")), before)


class PartnerTest(WorkbookTest):
    settings = {"report.partners": "true"}
    CONVENTIONS = ("19_214", "07/3")

    def setUp(self):
        super().setUp()
        files = faulty_drop()
        add_partner(files, self.CONVENTIONS[1], "CCA")
        for row in files["utilisateurs"]:
            if row["identifiant"] in ("VIL1", "CCA2"):
                row["mail"] = ""
        files["appartenances"].append(membership("T2PE", "CCA2"))  # in a group of another partner
        self.run_night(files)

    def partner_book(self, name):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(self.partner_folder(name))

    def partner_folder(self, *names):
        return self.vigie.path("out", "reports", "partenaires", SOURCE, *names)

    def test_one_for_each_convention_with_findings(self):
        self.assertEqual(sorted(os.listdir(self.partner_folder())),
                         [f"conformite-07%2F3-{DAY}.xlsx", f"conformite-19_214-{DAY}.xlsx"])
        for name in os.listdir(self.partner_folder()):
            self.assertEqual(os.stat(self.partner_folder(name)).st_mode & 0o7777, 0o640)
        self.assertEqual(os.stat(self.partner_folder()).st_mode & 0o7777, 0o750)

    def test_it_holds_that_convention_only(self):
        words = {"19_214": ("VIL", "ROSNY"), "07/3": ("CCA", "PARTENAIRE")}
        for convention, others in (("19_214", "07/3"), ("07/3", "19_214")):
            book = self.partner_book(f"conformite-{convention.replace('/', '%2F')}-{DAY}.xlsx")
            texts = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
            for word in (others, words[others][1], *(f"{words[others][0]}{i}." for i in range(1, 6))):
                self.assertNotIn(word, texts, convention)
            self.assertEqual(set(row["Convention"] for row in self.table(book["Anomalies"])), {convention})
            self.assertNotIn("Imports et rejets", book.sheetnames)
            self.assertNotIn("Dérogations", book.sheetnames)

    def test_nobody_reads_of_its_own_account(self):
        rows = self.table(self.partner_book(f"conformite-19_214-{DAY}.xlsx")["Anomalies"])
        found = {(row["Règle"], row["Sujet"]) for row in rows}
        officers = {(row["rule"], row["subject"]) for row in self.vigie.findings(convention="19_214")}
        self.assertIn(("account-invalid-mail", "VIL1"), officers)
        self.assertNotIn(("account-invalid-mail", "VIL1"), found)
        self.assertIn(("account-invalid-mail", "VIL5"), found)
        self.assertLess(found, officers)

    def test_what_compliance_lets_stand_is_not_in_it(self):
        self.vigie.output("waive", "account-invalid-mail", "--convention", "19_214", "--subject", "VIL5", "--until",
                          "2027-01-01", "--reason", "Essai", "--by", "A. Durand", "--as-of", DAY)
        self.run_night(day=NIGHTS[1])
        rows = self.table(self.partner_book(f"conformite-19_214-{NIGHTS[1]}.xlsx")["Anomalies"])
        self.assertNotIn("VIL5", [row["Sujet"] for row in rows])

    def test_old_ones_go(self):
        self.run_night(None, "--set", "report.keep-days=1", day=NIGHTS[2])
        self.assertEqual({name[-15:-5] for name in os.listdir(self.partner_folder())}, {NIGHTS[2]})

    def test_none_where_nobody_asks(self):
        self.vigie.configure({})
        self.run_night(day=NIGHTS[1])
        self.assertEqual({name[-15:-5] for name in os.listdir(self.partner_folder())}, {DAY})


class ContentTest(WorkbookTest):
    """Whatever the night was like, openpyxl reads the workbook back, and it says what the lists say."""

    def check(self, files, findings=None, texts=True):
        self.run_night(files)
        self.compare(*("findings", "actions", "rejects") if texts else ())
        if findings is not None:
            self.assertEqual(len(self.vigie.findings()), findings)
        return self.book()

    def compare(self, *lists):
        name = self.vigie.path("out", "reports", f"conformite-{SOURCE}-{DAY}.xlsx")
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_workbook.py")
        done = subprocess.run([sys.executable, script, name, *(f"--{each}={self.listed(each)}" for each in lists)],
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def listed(self, name):
        """A file with the list."""
        file = self.vigie.path(name + ".json")
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(self.vigie.output(name, "--format", "json"))
        return file

    def test_an_empty_night(self):
        book = self.check(valid_drop(), findings=0)
        self.assertIn("Aucune anomalie n'est ouverte.", [cell.value for cell in book["Synthèse"]["A"]])
        self.assertIn("$A$1:$G$2", book["Dérogations"].print_area)  # large enough to be read

    def test_a_night_before_the_first_import(self):
        files = valid_drop()
        del files["utilisateurs"]
        self.run_night(files, code=3)
        book = self.book()
        for name in ("Anomalies", "BAL partagées", "T1 non autorisés", "Responsables manquants",
                     "Approbateurs en attente", "Rapprochement", "Accès par service"):
            said = book[name]["A2"].value.replace("\u00a0", " ")
            self.assertEqual(said, "Non vérifié : aucun export n'a encore été importé.", name)
        tile = self.place(book["Synthèse"], "Critiques")
        self.assertEqual([below(tile, 1).value, below(tile, 2).value], ["–", None])

    def test_a_night_with_one_finding(self):
        files = valid_drop()
        files["groupes"].append(group("VIDE", responsable="VIL1"))
        book = self.check(files)
        self.assertEqual(len(self.table(book["Anomalies"])), len(self.vigie.findings()))

    def test_actions_and_rejects_are_those_of_the_lists(self):
        book = self.check(faulty_drop())
        self.assertEqual((len(self.vigie.actions()), len(self.vigie.rejects())), (2, 1))
        lines = [[cell.value for cell in row] for row in book["Imports et rejets"].iter_rows()]
        counts = lines[[line[0] for line in lines].index("Rejets par motif") + 2]
        self.assertEqual(counts[:2], ["lieux.csv", 1])
        # A row as it came runs over the cells beside it, and is no reason to print all smaller.
        self.assertIn(f"$A$1:$K${len(lines)}", book["Imports et rejets"].print_area)

    def test_waivers_are_those_of_the_list(self):
        self.run_night(faulty_drop())
        for rule, subject in (("account-invalid-mail", "VIL5"), ("account-departed", "VIL4")):
            self.vigie.output("waive", rule, "--convention", "19_214", "--subject", subject, "--until", LATER_STILL,
                              "--reason", "=1+1, accordé", "--by", "A. Durand", "--as-of", DAY)
        self.vigie.output("waivers", "--end", "1", "--as-of", DAY)
        self.run_night(command="report")
        self.compare("findings", "actions", "rejects", "waivers")
        self.assertEqual(len(self.table(self.book()["Dérogations"])), 2)

    def test_hostile_texts_are_texts(self):
        book = self.check(hostile_drop(), texts=False)  # cells hold no control characters, lists may
        self.assertEqual(len(self.table(book["Anomalies"])), len(self.vigie.findings()))
        persons = " ".join(row["Personne"] or "" for row in self.table(book["Anomalies"]))
        persons = re.sub(r"\s+", " ", persons)
        for text in TEXTS:
            self.assertIn(shown(text)[:40], persons)
        for sheet in book:
            for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
                self.assertLessEqual(len(cell.value.encode("utf-16-le")) // 2, 32_767, cell.coordinate)
                self.assertIsNone(re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", cell.value), cell.coordinate)


if __name__ == "__main__":
    unittest.main()

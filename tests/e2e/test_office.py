"""LibreOffice opens the workbooks: every sheet is there, nothing is repaired, no value is too wide for its column."""

import os
import subprocess
import tempfile
import unittest

import drops

SHEETS = ["Synthèse", "Anomalies", "BAL partagées", "T1 non autorisés", "Responsables manquants",
          "Approbateurs en attente", "Rapprochement", "Accès par service", "Imports et rejets", "Dérogations", "Règles"]


def printed(workbook):
    """The text of the workbook as LibreOffice prints it; a page's footer names its sheet."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
                        "--outdir", folder, workbook], check=True, timeout=240, capture_output=True)
        pdf = os.path.join(folder, os.path.basename(workbook).replace(".xlsx", ".pdf"))
        return subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout


class OfficeTest(unittest.TestCase):

    def setUp(self):
        self.vigie = drops.Vigie()
        self.addCleanup(self.vigie.close)

    def print_workbook(self, files):
        self.vigie.drop(files)
        code, _, errors = self.vigie.run("run", as_of=drops.DAY)
        self.assertIn(code, (0, 3), errors)
        name, = self.vigie.files("reports", ".xlsx")
        return printed(self.vigie.path("out", "reports", name))

    def assert_whole(self, text):
        self.assertNotIn("###", text)
        for sheet in SHEETS:
            self.assertIn(sheet, text)

    def test_a_night_with_findings(self):
        text = self.print_workbook(drops.faulty_drop())
        self.assert_whole(text)
        self.assertIn("Critiques", text)

    def test_a_night_without_findings(self):
        self.assert_whole(self.print_workbook(drops.valid_drop()))

    def test_texts_that_look_like_formulas_are_texts(self):
        files = drops.valid_drop()
        files["utilisateurs"][0]["nom"] = '=HYPERLINK("http://x.example";"y")'
        files["utilisateurs"][0]["mail"] = ""
        text = self.print_workbook(files)
        self.assert_whole(text)
        self.assertIn("=HYPERLINK", text)


if __name__ == "__main__":
    unittest.main()

"""`vigie report --format html`: the workbook's content as one page, whole, accessible, and safe whatever the data hold."""

import html.parser
import os
import re
import unittest

from drops import DAY, SOURCE, faulty_drop, valid_drop
from hostile import TEXTS, hostile_drop, shown
from nights import NightTest

VOID = {"meta", "input", "br"}


class Page(html.parser.HTMLParser):
    """The tables of a page, and all its tags with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.tables, self.open, self.faults = [], {}, [], []
        self.section = self.text = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes, tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "section":
            self.section = attributes["aria-labelledby"]
        if tag == "table":
            self.rows = self.tables.setdefault(self.section, [])
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.text = ""

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)
        if tag in ("td", "th"):
            self.rows[-1].append(self.text)
            self.text = None

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def all(self, tag):
        return [attributes for name, attributes, _ in self.tags if name == tag]

    def rows_of(self, section):
        """Rows of a list as dicts."""
        headings, *rows = self.tables.get(section, [[]])
        return [dict(zip(headings, row)) for row in rows]


class PageTest(NightTest):
    def page(self, files, *options, code=0):
        self.run_night(files, *options, code=code)
        return self.report()

    def report(self, day=DAY, about=f"{SOURCE}-"):
        result = self.vigie.run("report", "--format", "html", as_of=day)
        self.assertEqual(result.code, 0, result.stderr)
        return Page(self.vigie.read("reports", f"conformite-{about}{day}.html").decode("utf-8"))

    def assert_sound(self, page):
        self.assertEqual((page.faults, page.open), ([], []))
        self.assertEqual(page.all("html")[0]["lang"], "fr")
        ids = [attributes["id"] for _, attributes, _ in page.tags if "id" in attributes]
        self.assertEqual(len(ids), len(set(ids)), "an id twice")
        for link in page.all("a"):
            self.assertTrue(link["href"].startswith("#"), link)
            self.assertIn(link["href"][1:], ids)
        for tag, attributes, within in page.tags:
            self.assertFalse({"src", "onclick", "onerror", "onload", "action"} & set(attributes), (tag, attributes))
            self.assertNotIn(tag, ("link", "img", "iframe", "object", "form", "base"))
            if tag == "input":
                self.assertTrue("aria-label" in attributes or "label" in within, attributes)
            if tag == "th":
                self.assertIn(attributes.get("scope"), ("col", "row"))
        self.assertEqual((len(page.all("script")), len(page.all("style"))), (1, 1))
        self.assertEqual(len(page.all("table")), len(page.all("caption")))
        policy, = (meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
        self.assertIn("default-src 'none'", policy)

    def test_before_the_first_import_there_are_no_figures(self):
        files = faulty_drop()
        del files["utilisateurs"]
        page = self.page(files, code=3)
        self.assert_sound(page)
        figures = [row for row in page.tables["synthese"] if row[:1] == ["Total"]]
        self.assertEqual(figures, [])

    def test_it_holds_the_findings(self):
        page = self.page(faulty_drop())
        self.assert_sound(page)
        found = {(row["Règle"], row["Sujet"], row["Détail"].replace("\u00a0", " ")) for row in page.rows_of("anomalies")}
        self.assertEqual(found, {(row["rule"], row["subject"], row["detail"]) for row in self.vigie.findings()})
        self.assertEqual(len(page.rows_of("rapprochement")), len(self.vigie.actions()))
        self.assertEqual(len(page.rows_of("rejets")), len(self.vigie.rejects()))

    def test_an_empty_night(self):
        page = self.page(valid_drop())
        self.assert_sound(page)
        self.assertEqual(page.rows_of("anomalies"), [])

    def test_it_stands_beside_the_workbook_and_has_its_rights(self):
        self.page(valid_drop())
        name = self.vigie.path("out", "reports", f"conformite-{SOURCE}-{DAY}.html")
        self.assertEqual(os.stat(name).st_mode & 0o7777, 0o640)
        self.assertEqual(os.readlink(name.replace(DAY, "latest")), os.path.basename(name))
        self.assertIn(f"conformite-{SOURCE}-{DAY}.xlsx", self.vigie.files("reports"))

    def test_hostile_texts_are_texts(self):
        page = self.page(hostile_drop())
        self.assert_sound(page)
        persons = "\n".join(row["Personne"] for row in page.rows_of("anomalies"))
        for text in TEXTS:
            self.assertIn(shown(text)[:40], re.sub(r"\s+", " ", persons))

    def test_another_format_is_refused(self):
        self.run_night(valid_drop())
        result = self.vigie.run("report", "--format", "pdf", as_of=DAY)
        self.assertEqual(result.code, 2)
        self.assertIn("xlsx, html", result.stderr)


if __name__ == "__main__":
    unittest.main()

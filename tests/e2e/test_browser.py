"""The page of `vigie report --format html` in a browser: search, filters and sorting by mouse and by keyboard, what a
screen reader is told, what can be read, and that nothing is asked of any network."""

import json
import unittest

from browser import Browser
from drops import DAY, SOURCE, account, faulty_drop, group, membership
from hostile import TEXTS, hostile_drop, shown
from nights import NightTest

MINIMUM_CONTRAST = 4.5
MEMBERS = {"G2": 2, "G10": 10, "G9": 9}  # persons in groups without a manager

# Texts that can be seen and stand out too little from what is behind them.
PALE_TEXTS = """(() => {
  const channels = color => color.match(/[\\d.]+/g).map(Number);
  const linear = c => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = element => {
    const [r, g, b, a = 1] = channels(getComputedStyle(element).backgroundColor);
    return a > 0 || !element.parentElement ? (a > 0 ? [r, g, b] : [255, 255, 255]) : ground(element.parentElement);
  };
  const own = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const texts = [...document.body.querySelectorAll('*')].filter(element => own(element) && element.checkVisibility());
  return texts.map(element => {
    const [text, behind] = [luminance(channels(getComputedStyle(element).color)), luminance(ground(element))];
    return [element.textContent, (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05)];
  }).filter(each => each[1] < %s);
})()"""


class BrowserTest(NightTest):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)

    def open(self, files):
        self.run_night(files)
        self.vigie.output("report", "--format", "html", "--as-of", DAY)
        self.browser.faults.clear()
        self.browser.requests.clear()
        self.path = self.vigie.path("out", "reports", f"conformite-{SOURCE}-{DAY}.html")
        self.browser.open(self.path)

    def tearDown(self):
        self.assertEqual(self.browser.faults, [])
        self.assertEqual(self.browser.requests, ["file://" + self.path])

    def list(self, section):
        return f"section[aria-labelledby={section}] .list"

    def rows(self, section):
        """The rows that are seen, as dicts."""
        return self.browser.value(f"""(() => {{
          const table = document.querySelector({json.dumps(self.list(section) + " table")});
          const heads = [...table.tHead.rows[0].cells].map(head => head.innerText.trim());
          return [...table.tBodies[0].rows].filter(row => row.checkVisibility()).map(
            row => Object.fromEntries([...row.cells].map((cell, i) => [heads[i], cell.textContent])));
        }})()""")

    def column(self, section, heading):
        return [row[heading] for row in self.rows(section)]

    def place(self, section, heading):
        """The CSS selector of a column's head."""
        headings = list(self.rows(section)[0])
        return f"{self.list(section)} thead th:nth-child({headings.index(heading) + 1})"

    def sorted_by(self, section):
        return self.browser.value(f"""Object.fromEntries([...document.querySelectorAll(
            {json.dumps(self.list(section) + " [aria-sort]")})].map(
            head => [head.innerText.trim().split('\\n')[0], head.getAttribute('aria-sort')]))""")

    def write(self, selector, text):
        self.browser.click(selector)
        self.browser.type(text)

    def wait_for_rows(self, section, count):
        self.browser.wait_for(f"""[...document.querySelectorAll({json.dumps(self.list(section) + " tbody tr")})]
            .filter(row => row.checkVisibility()).length === {count}""")

    def said(self, section):
        return self.browser.value(f"""document.querySelector(
            {json.dumps(self.list(section) + " [role=status]")}).textContent""").replace("\u202f", "")

    def focused(self):
        return self.browser.value("document.activeElement.textContent")

    def tab_to(self, selector):
        """Presses Tab until the element has the focus; the list that it is in."""
        for _ in range(200):
            self.browser.press("Tab")
            if self.browser.value(f"document.activeElement.matches({json.dumps(selector)})"):
                section = self.browser.value(
                    "document.activeElement.closest('section').getAttribute('aria-labelledby')")
                return self.list(section)
        raise AssertionError(f"the keyboard does not come to {selector}")


class UseTest(BrowserTest):
    def setUp(self):
        super().setUp()
        files = faulty_drop()
        for code, members in MEMBERS.items():
            files["groupes"].append(group(code, libelle="T2 Équipe", responsable=""))
            files["habilitations"].append(files["habilitations"][0] | {"groupe": code})
            for i in range(members):
                files["utilisateurs"].append(account(f"{code}A{i}"))
                files["appartenances"].append(membership(code, f"{code}A{i}"))
        self.open(files)
        self.all = self.rows("anomalies")

    def test_search_finds_words_without_their_accents(self):
        search = self.list("anomalies") + " input[type=search]"
        wanted = [row for row in self.all if row["Groupe"] in MEMBERS and "responsable" in " ".join(row.values())]
        self.assertTrue(0 < len(wanted) < len(self.all))
        self.write(search, "RESPONSABLE equipe")
        self.wait_for_rows("anomalies", len(wanted))
        self.assertEqual(self.rows("anomalies"), wanted)
        self.assertEqual(self.said("anomalies"), f"{len(wanted)} sur {len(self.all)}")
        self.write(search, "")
        self.wait_for_rows("anomalies", len(self.all))

    def test_a_filter_is_of_its_column_alone(self):
        critical = [row for row in self.all if row["Gravité"] == "Critique"]
        self.assertTrue(0 < len(critical) < len(self.all))
        self.write(self.place("anomalies", "Gravité") + " input", "critique")
        self.wait_for_rows("anomalies", len(critical))
        self.assertEqual(self.rows("anomalies"), critical)
        self.write(self.place("anomalies", "Compte") + " input", "critique")
        self.wait_for_rows("anomalies", 0)
        self.assertEqual(self.said("anomalies"), f"0 sur {len(self.all)}")

    def test_a_click_on_a_heading_sorts_by_its_numbers(self):
        self.assertEqual(self.sorted_by("responsables-manquants"), {})
        button = self.place("responsables-manquants", "Membres") + " button"
        for order, wanted in (("ascending", ["2", "9", "10"]), ("descending", ["10", "9", "2"])):
            self.browser.click(button)
            self.assertEqual(self.column("responsables-manquants", "Membres"), wanted)
            self.assertEqual(self.sorted_by("responsables-manquants"), {"Membres": order})
        self.browser.click(self.place("responsables-manquants", "Groupe") + " button")
        self.assertEqual(self.column("responsables-manquants", "Groupe"), ["G10", "G2", "G9"])
        self.assertEqual(self.sorted_by("responsables-manquants"), {"Groupe": "ascending"})

    def test_severities_sort_by_how_grave_they_are_and_what_is_empty_comes_last(self):
        button = self.place("anomalies", "Gravité") + " button"
        self.browser.click(button), self.browser.click(button)
        grave = ["Critique", "Majeure", "Mineure", "Information"]
        self.assertEqual(self.column("anomalies", "Gravité"), sorted(self.column("anomalies", "Gravité"), key=grave.index))
        for _ in range(2):
            self.browser.click(self.place("anomalies", "Compte") + " button")
            accounts = self.column("anomalies", "Compte")
            self.assertIn("", accounts)
            self.assertEqual([each == "" for each in accounts], sorted(each == "" for each in accounts))

    def test_all_goes_by_keyboard(self):
        self.browser.press("Tab")
        self.assertEqual(self.focused(), "Aller au contenu")
        self.assertGreaterEqual(self.browser.value("document.activeElement.getBoundingClientRect().left"), 0)
        self.browser.press("Enter")
        self.browser.wait_for("location.hash === '#contenu'")
        self.assertEqual(self.tab_to("input[type=search]"), self.list("anomalies"))
        self.browser.type("majeure")
        majors = [row for row in self.all if row["Gravité"] == "Majeure"]
        self.wait_for_rows("anomalies", len(majors))
        self.tab_to(self.place("anomalies", "Sujet") + " button")
        self.assertNotEqual(self.browser.value("getComputedStyle(document.activeElement).outlineStyle"), "none")
        for key, order in (("Enter", "ascending"), (" ", "descending")):
            self.browser.press(key)
            self.assertEqual(self.sorted_by("anomalies"), {"Sujet": order})
        self.assertEqual(self.column("anomalies", "Sujet"), sorted((row["Sujet"] for row in majors), reverse=True))

    def test_a_screen_reader_is_told_what_is_what(self):
        told = self.browser.accessible()
        for name in ("Anomalies", "Responsables manquants", "Rapprochement", "Règles", "Les quatre questions"):
            self.assertIn(("table", name), told)
        heads = [name for role, name in told if role == "columnheader"]
        for heading in self.all[0]:
            self.assertTrue(any(name.startswith(heading) for name in heads), heading)
            self.assertTrue(any(role in ("textbox", "searchbox") and name == "Filtrer : " + heading for role, name in told))
        self.assertIn(("searchbox", "Rechercher"), told)
        self.assertIn(("navigation", "Parties de la page"), told)
        for role, name in told:
            if role in ("button", "link", "textbox", "searchbox", "heading"):
                self.assertTrue(name, f"a {role} without a name")

    def test_every_text_can_be_read(self):
        self.assertEqual({row["Gravité"] for row in self.all} & {"Critique", "Majeure"}, {"Critique", "Majeure"})
        self.assertEqual(self.browser.value(PALE_TEXTS % MINIMUM_CONTRAST), [])

    def test_a_figure_leads_to_its_rows(self):
        self.browser.click("a[href='#responsables-manquants']:not(nav a)")
        self.browser.wait_for("location.hash === '#responsables-manquants'")
        self.browser.wait_for("document.getElementById('responsables-manquants').getBoundingClientRect().top < innerHeight")


class LongTest(BrowserTest):
    def test_an_identifier_stands_on_one_line(self):
        name = "MWX93203AAWMX46"
        files = faulty_drop()
        files["utilisateurs"].append(account(name, mail=""))
        files["appartenances"].append(membership("T2PE", name))
        self.open(files)
        self.assertIn(name, self.column("anomalies", "Compte"))
        lines = self.browser.value(f"""[...document.querySelectorAll({json.dumps(self.list("anomalies") + " td")})]
            .filter(cell => cell.textContent === {json.dumps(name)}).map(cell => {{
              const range = document.createRange();
              range.selectNodeContents(cell);
              return new Set([...range.getClientRects()].map(line => line.top)).size;
            }})""")
        self.assertEqual(set(lines), {1})


class ManyTest(BrowserTest):
    """More findings than are drawn at once."""

    drawn = 500

    def setUp(self):
        super().setUp()
        files = faulty_drop()
        for i in range(600):
            name = f"MANY{i:04}"
            files["utilisateurs"].append(account(name, mail=f"accueil@mairie{i}.fr"))
            files["appartenances"].append(membership("T2PE", name))
        self.open(files)
        self.count = len(self.vigie.findings())
        self.last = (self.count - 1) // self.drawn * self.drawn
        self.next = self.list("anomalies") + " .pages button:last-child"

    def assert_drawn(self, first, end):
        """The rows from first to before end, of all."""
        self.assertEqual(self.said("anomalies"), f"{self.count} sur {self.count} · lignes {first + 1} à {end}")
        told = self.browser.value(f"""[...document.querySelectorAll({json.dumps(self.list("anomalies") + " tbody tr")})]
            .map(row => Number(row.getAttribute('aria-rowindex')))""")
        self.assertEqual(told, list(range(first + 2, end + 2)))  # the headings are the first row
        self.assertEqual(self.browser.value(f"""document.querySelector(
            {json.dumps(self.list("anomalies") + " table")}).getAttribute('aria-rowcount')"""), str(self.count + 1))

    def assert_seen(self, row):
        """The row is the one led to, and nothing lies over it."""
        self.assertEqual(self.browser.value("document.querySelector(':target')?.id"), row)
        self.browser.wait_for(f"""(() => {{ const box = document.getElementById({json.dumps(row)}).cells[0].getBoundingClientRect();
            return document.elementFromPoint(box.x + 5, box.y + 5)?.closest('tr')?.id === {json.dumps(row)}; }})()""")

    def test_the_keyboard_turns_over_all_rows(self):
        self.assertGreater(self.last, self.drawn)
        found = self.rows("anomalies")
        self.assert_drawn(0, self.drawn)
        self.tab_to(self.next)
        for first in range(self.drawn, self.last + 1, self.drawn):
            self.browser.press("Enter")
            self.assert_drawn(first, min(first + self.drawn, self.count))
            found += self.rows("anomalies")
        self.assertEqual(sorted((row["Règle"], row["Sujet"]) for row in found),
                         sorted((row["rule"], row["subject"]) for row in self.vigie.findings()))
        self.assertEqual(self.browser.value("document.activeElement.getAttribute('aria-disabled')"), "true")
        self.browser.press("Enter")
        self.assert_drawn(self.last, self.count)
        self.browser.click(self.list("anomalies") + " .pages button")
        self.assert_drawn(self.last - self.drawn, self.last)

    def test_search_and_sorting_are_of_all_rows(self):
        self.browser.click(self.next)
        for _ in range(2):
            self.browser.click(self.place("anomalies", "Sujet") + " button")
            self.assert_drawn(0, self.drawn)
        subjects = [row["subject"] for row in self.vigie.findings()]
        self.assertEqual(self.column("anomalies", "Sujet"), sorted(subjects, reverse=True)[:self.drawn])
        wanted = [subject for subject in subjects if "MANY05" in subject]
        self.assertTrue(0 < len(wanted) < self.drawn)
        self.write(self.list("anomalies") + " input[type=search]", "many05")
        self.wait_for_rows("anomalies", len(wanted))
        self.assertEqual(self.column("anomalies", "Sujet"), sorted(wanted, reverse=True))
        self.assertEqual(self.said("anomalies"), f"{len(wanted)} sur {self.count}")

    def test_a_link_leads_to_a_row_that_is_not_drawn(self):
        link = self.browser.value(f"""[...document.querySelectorAll("a[href^='#anomalies-']")].map(
            link => link.getAttribute('href')).find(row => Number(row.split('-')[1]) >= {self.drawn})""")
        self.assertTrue(link)
        row = link[1:]
        self.browser.click(f"a[href='{link}']")
        self.assert_seen(row)
        self.browser.click("a[href='#anomalies-0']")
        self.assert_seen("anomalies-0")
        self.browser.value("history.back()")
        self.browser.wait_for(f"document.querySelector(':target')?.id === {json.dumps(row)}")
        self.assert_seen(row)
        self.write(self.list("anomalies") + " input[type=search]", "nothing has this")
        self.wait_for_rows("anomalies", 0)
        self.browser.click(f"a[href='{link}']")
        self.assert_seen(row)

    def test_it_opens_at_a_row_that_is_not_drawn_at_first(self):
        row = f"anomalies-{self.count - 1}"
        self.path = self.path.replace(DAY, "latest")
        self.browser.requests.clear()
        self.browser.open(self.path + "#" + row)
        self.assert_seen(row)

    def test_a_print_has_all_rows(self):
        count = f"document.querySelectorAll({json.dumps(self.list('anomalies') + ' tbody tr')}).length"
        self.browser.click(self.next)
        self.browser.value(f"addEventListener('beforeprint', () => document.title = {count})")
        self.browser.call("Page.printToPDF")
        self.assertEqual(self.browser.value("document.title"), str(self.count))
        self.assert_drawn(self.drawn, 2 * self.drawn)

    def test_a_copy_that_the_browser_saved_is_whole(self):
        self.browser.click(self.next)
        self.path = self.vigie.path("copy.html")
        with open(self.path, "w", encoding="utf-8") as copy:
            copy.write("<!doctype html>" + self.browser.value("document.documentElement.outerHTML"))
        self.browser.requests.clear()
        self.browser.open(self.path)
        self.assert_drawn(0, self.drawn)
        self.assertEqual(self.browser.value(f"""['table', 'input[type=search]'].map(each =>
            document.querySelectorAll({json.dumps(self.list("anomalies"))} + ' ' + each).length)"""), [1, 1])

    def test_without_scripts_it_is_a_table(self):
        self.addCleanup(self.browser.call, "Emulation.setScriptExecutionDisabled", value=False)
        self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.requests.clear()
        self.browser.open(self.path)
        self.assertEqual(len(self.rows("anomalies")), self.count)
        self.assertEqual(self.browser.value("document.querySelectorAll('input, button').length"), 0)


class HostileTest(BrowserTest):
    def test_texts_stay_texts_whatever_is_asked_of_them(self):
        self.open(hostile_drop())
        count = len(self.rows("anomalies"))
        widest = "Math.max(...[...document.querySelectorAll('td')].map(cell => cell.offsetWidth))"
        self.assertLess(self.browser.value(widest), 600)  # whatever the length of a word
        self.assertEqual(self.browser.value("document.querySelectorAll('td :not(a[href^=\"#\"])').length"), 0)
        for heading in ("Personne", "Détail", "Âge (jours)"):
            self.browser.click(self.place("anomalies", heading) + " button")
            self.assertEqual(len(self.rows("anomalies")), count)
        persons = "\n".join(self.column("anomalies", "Personne"))
        search = self.list("anomalies") + " input[type=search]"
        for text in ("<script>alert(1)</script>", "]]>", "&amp;", "{=1+1}", "'=1", "_x0041_"):
            self.assertIn(text, TEXTS)
            self.assertIn(shown(text), persons)
            self.write(search, "")
            self.wait_for_rows("anomalies", count)
            self.browser.type(text)
            self.browser.wait_for(f"0 < {self.visible()} && {self.visible()} < {count}")
            self.assertTrue(any(text in row["Personne"] for row in self.rows("anomalies")), text)

    def visible(self):
        return f"""[...document.querySelectorAll({json.dumps(self.list("anomalies") + " tbody tr")})]
            .filter(row => row.checkVisibility()).length"""


if __name__ == "__main__":
    unittest.main()

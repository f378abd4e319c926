"""Nights of the whole program on tiny drops: what the tests of runs, guards and commands are written with."""

import unittest

import drops
from drops import DAY, SOURCE, text_of

NIGHTS = [DAY, "2026-11-21", "2026-11-22", "2026-11-23"]
STEPS = ("import", "reconcile", "detect", "notify", "report")


class NightTest(unittest.TestCase):
    """A Vigie for each test, and short words for what the tests ask of it."""

    settings = {}
    sources = (SOURCE,)
    maxDiff = 4000

    def setUp(self):
        self.vigie = drops.Vigie(self.settings, self.sources)
        self.addCleanup(self.vigie.close)

    def run_night(self, files=None, *options, day=DAY, code=0, command="run", **how):
        """Runs on a drop, or on the one that is there; checks how that ends."""
        if files is not None:
            self.vigie.drop(files, **({"on": day} | how))
        result = self.vigie.run(command, *options, as_of=day)
        self.assertEqual(result.code, code, result.stderr)
        return result

    def found(self, *options):
        """{(rule, subject): status} of the findings that are listed."""
        return {(row["rule"], row["subject"]): row["status"] for row in self.vigie.rows("findings", *options)}

    def states(self, *options):
        """{(kind, subject): state} of the actions that are listed."""
        return {(row["kind"], row["subject"]): row["state"] for row in self.vigie.rows("actions", *options)}

    def compliance_mail(self, day=DAY):
        """The text of the mail to compliance."""
        mails = [mail for name, mail in self.vigie.mails(day).items() if "conformite" in name]
        self.assertEqual(len(mails), 1, self.vigie.files("mail"))
        return text_of(mails[0])

    def cells(self, sheet, about=f"{SOURCE}-", day=DAY):
        """A sheet as one text."""
        return "\n".join(self.vigie.workbook(about, day)[sheet])

    def outcome(self, day=DAY):
        """All that a night leaves, but for what says when it ran, and where."""
        letters = {name: (mail["To"], mail["Subject"], mail["Message-ID"], mail["In-Reply-To"],
                          text_of(mail).replace(self.vigie.folder, ""))
                   for name, mail in self.vigie.mails().items()}
        books = {name: self.vigie.workbook(name.removeprefix("conformite-").removesuffix(f"{day}.xlsx"), day)
                 for name in self.vigie.files("reports", f"{day}.xlsx")}
        actions = {name: self.vigie.read("reports", name) for name in self.vigie.files("reports", ".csv")}
        return {"lists": self.vigie.lists(), "mails": letters, "workbooks": books, "actions files": actions}

    def assert_same(self, before, after):
        """Two outcomes: part by part, down to the sheet, the mail, the list that differs."""
        for part in before:
            self.assertEqual(set(after[part]), set(before[part]), part)
            for name, value in before[part].items():
                if isinstance(value, dict):
                    self.assert_same({name: value}, {name: after[part][name]})
                else:
                    with self.subTest(part=part, name=name):
                        self.assertEqual(after[part][name], value)

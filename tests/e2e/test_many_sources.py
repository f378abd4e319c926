"""A hundred sources in one store: each on its own, several at once, and the same whatever happens."""

import os
import unittest

import drops
from drops import DAY, account, faulty_drop, membership, valid_drop
from nights import NIGHTS, NightTest
from processes import ProcessTest, make_drop

SOURCES = tuple(f"caf{number:03d}" for number in range(1, 101))
FEW = SOURCES[:6]


def image(value, prefix):
    return value.replace("VIL", prefix).replace("vil", prefix.lower())


def drop_of(source, files=faulty_drop):
    """The drop with accounts of the source's own, one of which has a mail that every source has."""
    made = {name: [{column: image(value, f"N{source[3:]}V") for column, value in row.items()} for row in rows]
            for name, rows in files().items()}
    made["utilisateurs"].append(account(f"N{source[3:]}X", mail="partout@rosny.example"))
    made["appartenances"].append(membership("T2PE", f"N{source[3:]}X"))
    return made


class SameForAnyNumberTest(ProcessTest):
    sources = FEW

    def test_at_once(self):
        """A first night and a second one, down to the ids."""
        for number, source in enumerate(FEW):
            for day, options in ((DAY, ["--accounts", str(120 + 40 * number)]),
                                 (NIGHTS[1], ["--next", self.vigie.path("drops-" + DAY, source), "--change", "0.05"])):
                make_drop(self.vigie.path("drops-" + day, source), day, *options,
                          *([] if "--next" in options else ["--violations", "0.05", "--dirty", "0.01",
                                                            "--seed", str(number)]))
        left = {}
        for at_once in ("1", "4", "9"):
            vigie = drops.Vigie(sources=FEW)
            self.addCleanup(vigie.close)
            for day in (DAY, NIGHTS[1]):
                vigie.configure({f"source.{source}.path": self.vigie.path("drops-" + day, source) for source in FEW},
                                FEW)
                result = vigie.run("run", "--jobs", at_once, as_of=day)
                self.assertIn(result.code, (0, 3), result.stderr)
            mails = vigie.output("mails", "--limit", "0", "--format", "csv").replace(vigie.folder, "")
            left[at_once] = self.outcome(vigie) | {"mails": mails}
        self.assert_same(left["1"], left["4"])
        self.assert_same(left["1"], left["9"])

    def test_no_number(self):
        for wrong in ("0", "65", "x"):
            self.assertEqual(self.vigie.run("run", "--jobs", wrong).code, 2)
            self.assertEqual(self.vigie.run("run", "--set", f"run.jobs={wrong}").code, 2)


class HundredSourcesTest(NightTest):
    sources = SOURCES

    def test_are_one_night(self):
        for source in SOURCES:
            self.vigie.drop(drop_of(source), source)
        result = self.run_night(None, "--jobs", "4", "--set", "mail.max-per-run=1000")
        self.assertIn("findings open", result.stdout)
        found = self.vigie.findings()
        self.assertEqual({finding["source"] for finding in found}, set(SOURCES))
        shared = [finding for finding in found if finding["rule"] == "account-duplicate-mail"]
        self.assertEqual({finding["source"] for finding in shared}, set(SOURCES), "each has the mail that all have")
        before = self.vigie.lists()
        self.run_night(None, "--set", "mail.max-per-run=1000")
        self.assertEqual(self.vigie.lists(), before)


class OneThatFailsTest(NightTest):
    sources = FEW

    def drop_all(self, day=DAY, files=faulty_drop):
        for source in FEW:
            self.vigie.drop(drop_of(source, files), source, on=day)

    def in_the_way_of_actions(self, source, day=DAY):
        os.makedirs(self.vigie.path("out", "reports", f"actions-{source}-{day}.csv", "in the way"))

    def test_leaves_the_others_alone(self):
        whole = drops.Vigie(sources=FEW)
        self.addCleanup(whole.close)
        self.drop_all()
        for source in FEW:
            whole.drop(drop_of(source), source)
        self.assertEqual(whole.run("run", as_of=DAY).code, 0)
        self.in_the_way_of_actions(FEW[2])
        for at_once in ("1", "4"):
            with self.subTest(at_once):
                result = self.run_night(None, "--jobs", at_once, code=1)
                self.assertIn(f"{FEW[2]}: reconcile failed: ", result.stderr)
                self.assertIn(f"{FEW[2]}: reconcile failed: ", result.stdout)
                self.assertEqual(self.vigie.lists(), whole.lists())
                self.assertEqual(self.vigie.files("mail"), whole.files("mail"))
        self.assertEqual(self.vigie.rows("status")[0]["exit"], "1")

    def test_a_refused_drop_too(self):
        self.drop_all()
        self.vigie.drop(drop_of(FEW[1]) | {"groupes": ""}, FEW[1])
        self.run_night(None, "--jobs", "3", code=3)
        self.assertEqual({finding["source"] for finding in self.vigie.findings()}, {*FEW} - {FEW[1]})

    def test_one_whose_code_is_worse_goes_first(self):
        self.drop_all()
        self.vigie.drop(drop_of(FEW[1]) | {"groupes": ""}, FEW[1])
        self.in_the_way_of_actions(FEW[2])
        self.run_night(None, code=1)


if __name__ == "__main__":
    unittest.main()

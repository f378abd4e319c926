"""What would close or write too much at once is held, until exactly that is approved; and what becomes of closings."""

import unittest

import drops
from drops import DAY, SOURCE, account, faulty_drop, grant, group, membership, text_of, valid_drop
from nights import NIGHTS, NightTest

KINDS = ("close-afas-profile", "close-membership", "close-grant", "close-designation", "close-group", "close-account")


class GuardTest(NightTest):
    settings = {"reconcile.max-closures": "3"}

    def leaving(self, *accounts):
        """A drop in which these left: two closings each."""
        files = valid_drop()
        for who in ("VIL4", "VIL5", "VIL6"):
            files["utilisateurs"].append(account(who))
            files["appartenances"].append(membership("T2PE", who))
        drops.leave(files, *accounts)
        return files

    def held(self):
        """The id of the only plan."""
        plans = self.vigie.plans()
        self.assertEqual(len(plans), 1, plans)
        return plans[0]["plan"]

    def approve(self, plan, code=0):
        result = self.vigie.run("approve", plan, "--by", "A. Durand", "--reason", "Vérifié avec la Caf")
        self.assertEqual(result.code, code, result.stderr)
        return result

    def test_what_is_not_too_much_goes(self):
        self.run_night(self.leaving("VIL4"))
        self.assertEqual(set(self.states().values()), {"sent"})
        self.assertEqual(self.vigie.plans(), [])

    def test_too_much_is_held(self):
        result = self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        self.assertEqual(self.states(), {
            ("close-account", "VIL4"): "held", ("close-account", "VIL5"): "held",
            ("close-membership", "T2PE/VIL4@2020-01-01"): "held", ("close-membership", "T2PE/VIL5@2020-01-01"): "held"})
        self.assertEqual(self.vigie.actions_file(), [])
        plan = self.vigie.plans()[0]
        self.assertEqual((plan["source"], plan["kind"], plan["count"], plan["held_on"]), (SOURCE, "closings", "4", DAY))
        for told in (result.stdout, result.stderr, self.compliance_mail(), self.cells("Synthèse"),
                     self.cells("Rapprochement")):
            self.assertIn(plan["plan"], told)

    def test_the_content_of_a_plan(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        self.assertEqual([(row["kind"], row["subject"]) for row in self.vigie.plans(self.held())], [
            ("close-membership", "T2PE/VIL4@2020-01-01"), ("close-membership", "T2PE/VIL5@2020-01-01"),
            ("close-account", "VIL4"), ("close-account", "VIL5")])
        self.assertEqual(self.vigie.run("plans", "0123456789abcdef").code, 2)

    def test_no_decision_is_of_a_day_before_what_it_decides_on(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        before = ("--by", "A. Durand", "--reason", "Vérifié", "--as-of", "2020-01-01")
        for decision in (["approve", self.held()],
                         ["waive", "account-inactive", "--convention", "19_214", "--subject", "VIL4", "--until", DAY]):
            result = self.vigie.run(*decision, *before)
            self.assertEqual(result.code, 2)
            self.assertIn(f"--as-of: 2020-01-01 is before {DAY}", result.stderr)

    def test_past_plans_are_listed_with_who_let_them_go(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        plan = self.held()
        self.approve(plan)
        self.run_night(self.leaving("VIL4", "VIL5"), day=NIGHTS[1])
        self.assertEqual(self.vigie.plans(), [])
        past = self.vigie.rows("plans", "--all")
        self.assertEqual([(row["plan"], row["held_on"], row["state"], row["approved_by"], row["approval_reason"])
                          for row in past], [(plan, DAY, "gone", "A. Durand", "Vérifié avec la Caf")])
        self.assertRegex(past[0]["approved_on"], r"^\d{4}-\d\d-\d\d$")
        self.assertEqual(self.vigie.run("plans", plan, "--all").code, 2)

    def test_it_is_held_and_told_every_night(self):
        files = self.leaving("VIL4", "VIL5")
        self.run_night(files, code=3)
        plan = self.held()
        for day in NIGHTS[1:3]:
            self.run_night(files, day=day, code=3)
            self.assertEqual(self.held(), plan)
            self.assertEqual(self.vigie.plans()[0]["held_on"], DAY)
            self.assertEqual({row["date"] for row in self.vigie.actions()}, {day})
            self.assertIn(plan, self.compliance_mail(day))

    def test_an_unknown_plan_is_refused_and_the_right_one_shown(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        before = self.vigie.lists()
        self.assertIn(self.held(), self.approve("0123456789abcdef", code=2).stderr)
        self.assertEqual(self.vigie.lists(), before)

    def test_an_approved_plan_goes_at_the_next_reconcile(self):
        files = self.leaving("VIL4", "VIL5")
        self.run_night(files, code=3)
        self.approve(self.held())
        self.assertEqual(self.vigie.plans()[0]["approved_by"], "A. Durand")
        self.assertEqual(set(self.states().values()), {"held"})
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual({(row["state"], row["date"], row["first_seen"]) for row in self.vigie.actions()},
                         {("sent", NIGHTS[1], DAY)})
        self.assertEqual(len(self.vigie.actions_file(day=NIGHTS[1])), 4)
        self.assertEqual(self.vigie.plans(), [])
        self.run_night(files, day=NIGHTS[2])
        self.assertEqual({row["date"] for row in self.vigie.actions()}, {NIGHTS[1]})

    def test_an_approved_plan_goes_the_same_night_too(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        self.approve(self.held())
        self.run_night(command="reconcile")
        self.assertEqual(set(self.states().values()), {"sent"})

    def recipients(self, day):
        return sorted(mail["To"].addresses[0].addr_spec for mail in self.vigie.mails(day).values())

    def test_what_is_let_go_is_news_for_whom_must_carry_it_out(self):
        told = "4 clôtures, retenues jusqu'ici, sont à effectuer."
        files = self.leaving("VIL4", "VIL5")
        self.run_night(files, code=3)
        self.approve(self.held())
        self.run_night(command="reconcile")
        self.assertNotIn("cannot be written to", self.run_night(command="notify").stdout)
        self.run_night(files, day=NIGHTS[1])
        bringing = {name: text_of(mail) for name, mail in self.vigie.mails().items() if told in text_of(mail)}
        self.assertEqual(set(bringing), {  # who got a mail already that day gets no other
            f"{DAY}-mcp@caf931.example-caf931.eml", f"{NIGHTS[1]}-marie.dupont.vil1@rosny.example-19_214.eml"})
        for text in bringing.values():
            self.assertIn("CLÔTURES À EFFECTUER (4)", text)
        self.run_night(files, day=NIGHTS[2])
        self.assertEqual(self.recipients(NIGHTS[2]), [])

    def test_a_hold_begins_with_its_first_plan(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        first = self.held()
        self.run_night(self.leaving("VIL4", "VIL5", "VIL6"), day=NIGHTS[1], code=3)
        self.assertNotEqual(self.held(), first)
        self.assertEqual(self.vigie.plans()[0]["held_on"], DAY)
        self.assertIn("en attente d'approbation depuis le 20/11/2026", self.cells("Synthèse", day=NIGHTS[1]))

    def test_a_rehearsal_says_what_would_be(self):
        self.vigie.drop(self.leaving("VIL4"))
        told = self.run_night(None, "--dry-run").stderr
        self.assertIn("2 closings would be sent, 0 held", told)
        self.assertNotIn("closings sent", told)
        self.vigie.drop(self.leaving("VIL4", "VIL5"))
        self.assertIn("4 closings would be held", self.run_night(None, "--dry-run", code=3).stderr)

    def test_a_plan_that_changes_after_its_approval_is_held_again(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        approved = self.held()
        self.approve(approved)
        self.run_night(self.leaving("VIL4", "VIL5", "VIL6"), day=NIGHTS[1], code=3)
        self.assertEqual(set(self.states().values()), {"held"})
        self.assertNotEqual(self.held(), approved)
        self.assertEqual(self.vigie.plans()[0]["count"], "6")
        self.assertIn(self.held(), self.approve(approved, code=2).stderr)

    def test_an_approval_is_for_one_time(self):
        files = self.leaving("VIL4", "VIL5")
        self.run_night(files, code=3)
        self.approve(self.held())
        self.run_night(files, day=NIGHTS[1])
        closed = self.leaving("VIL4", "VIL5")
        for row in closed["utilisateurs"] + closed["appartenances"]:
            if row["identifiant"] in ("VIL4", "VIL5"):
                row["date_cloture"] = NIGHTS[1]
        self.run_night(closed, day=NIGHTS[2])
        self.assertEqual(set(self.states("--all").values()), {"confirmed"})
        self.run_night(files, day=NIGHTS[3], code=3)
        self.assertEqual(set(self.states().values()), {"held"})

    def test_held_closings_that_their_owner_carries_out(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        files = self.leaving("VIL4", "VIL5")
        for row in files["utilisateurs"] + files["appartenances"]:
            if row["identifiant"] in ("VIL4", "VIL5"):
                row["date_cloture"] = DAY
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual(set(self.states("--all").values()), {"confirmed"})
        self.assertEqual(self.vigie.plans(), [])

    def test_share_of_one_kind(self):
        """More than the percentage of what is active of the kind, and more than guard-min."""
        settings = {"reconcile.guard-min": "1", "reconcile.max-closures-percent": "50"}
        files = valid_drop()
        files["utilisateurs"] += [account("VIL4"), account("VIL5")]
        drops.leave(files, "VIL4", "VIL5")
        self.vigie.configure(settings)
        self.run_night(files)  # 2 of 4
        files["utilisateurs"].append(account("VIL6"))
        files["utilisateurs"] += [account("VIL7"), account("VIL8"), account("VIL9")]
        drops.leave(files, "VIL6", "VIL7", "VIL8", "VIL9")
        self.run_night(files, day=NIGHTS[1])  # 4 of 8: those that were sent count no more
        files["utilisateurs"] += [account(f"VIL1{n}") for n in range(9)]
        drops.leave(files, *[f"VIL1{n}" for n in range(9)])
        self.run_night(files, day=NIGHTS[2], code=3)  # 9 of 17
        self.vigie.configure(settings | {"reconcile.guard-min": "9"})
        self.run_night(files, day=NIGHTS[3])

    def test_a_hold_of_one_source_stops_no_other(self):
        self.vigie.configure(self.settings, sources=("caf931", "caf932"))
        self.vigie.drop(self.leaving("VIL4", "VIL5"))
        self.vigie.drop(faulty_drop(), source="caf932")
        self.run_night(code=3)
        self.assertEqual({(row["source"], row["state"]) for row in self.vigie.actions()},
                         {("caf931", "held"), ("caf932", "sent")})

    def test_a_refused_drop_does_not_let_a_plan_go(self):
        self.run_night(self.leaving("VIL4", "VIL5"), code=3)
        plan = self.held()
        self.run_night({}, day=NIGHTS[1], code=3)
        self.assertEqual(self.held(), plan)


class HeldMailTest(NightTest):
    settings = {"mail.max-per-run": "1"}

    def two_partners(self):
        files = faulty_drop()
        drops.add_partner(files, "20_001", "CCA")
        files["utilisateurs"][-2]["mail"] = ""  # CCA2's
        return files

    def held(self):
        plans = self.vigie.plans()
        self.assertEqual([plan["kind"] for plan in plans], ["mails"])
        return plans[0]["plan"]

    def approve(self, plan, code=0):
        result = self.vigie.run("approve", plan, "--by", "A. Durand", "--reason", "Première nuit")
        self.assertEqual(result.code, code, result.stderr)
        return result

    def recipients(self, day=""):
        return sorted(mail["To"].addresses[0].addr_spec for mail in self.vigie.mails(day).values())

    def test_none_goes_but_compliance_s(self):
        result = self.run_night(self.two_partners(), code=3)
        self.assertEqual(self.recipients(), ["conformite@caf.example"])
        for told in (result.stdout, result.stderr, self.compliance_mail(), self.cells("Synthèse")):
            self.assertIn(self.held(), told)
        self.assertEqual([(row["address"], row["convention"]) for row in self.vigie.plans(self.held())], [
            ("marie.dupont.cca1@rosny.example", "20_001"), ("marie.dupont.vil1@rosny.example", "19_214")])

    def test_one_mail_is_one(self):
        self.vigie.configure(self.settings | {"mail.max-per-run": "0"})
        result = self.run_night(faulty_drop(), code=3)
        self.assertIn("1 mail held as plan", result.stderr)
        self.assertIn("1 mail de la source caf931 est retenu", self.compliance_mail())
        self.assertIn("1 mail retenu", self.cells("Synthèse"))

    def test_an_officer_whose_address_is_given_twice_is_told_once(self):
        self.vigie.configure(self.settings | {"mail.max-per-run": "0",
                                              "compliance.mail": "conformite@caf.example, Conformite@caf.example"})
        self.run_night(faulty_drop(), code=3)
        self.assertEqual(self.recipients(), ["conformite@caf.example"])
        self.assertEqual(self.compliance_mail().count("est retenu"), 1)

    def test_they_are_held_every_night(self):
        for day in NIGHTS[:3]:
            self.run_night(self.two_partners(), day=day, code=3)
            self.assertEqual(self.recipients(day), ["conformite@caf.example"])

    def test_approved_ones_go_once(self):
        self.run_night(self.two_partners(), code=3)
        self.approve(self.held())
        self.run_night(self.two_partners(), day=NIGHTS[1])
        both = ["marie.dupont.cca1@rosny.example", "marie.dupont.vil1@rosny.example"]
        self.assertEqual(self.recipients(NIGHTS[1]), both)
        self.assertEqual(self.vigie.plans(), [])
        self.run_night(day=NIGHTS[1])
        self.run_night(self.two_partners(), day=NIGHTS[2])
        self.assertEqual(self.recipients(NIGHTS[1]), both)
        self.assertEqual(self.recipients(NIGHTS[2]), [])

    def test_approved_ones_go_the_same_night_too(self):
        self.run_night(self.two_partners(), code=3)
        self.approve(self.held())
        self.run_night(command="notify")
        self.assertEqual(len(self.recipients()), 3)

    def test_approved_ones_say_what_they_would_have_said(self):
        """All but the day that they name: the closings too, and why they come to this recipient."""
        files = self.two_partners()
        files["utilisateurs"][0]["mail"] = "accueil@rosny.example"  # VIL1's: the Caf gets what concerns 19_214
        self.vigie.configure({})
        self.run_night(files)
        unheld = {name: text_of(mail) for name, mail in self.vigie.mails().items() if "conformite" not in name}
        self.vigie.close()
        self.vigie = drops.Vigie(self.settings)
        self.addCleanup(self.vigie.close)
        self.run_night(files, code=3)
        self.approve(self.held())
        self.run_night(command="notify")
        self.assertEqual({name: text_of(mail) for name, mail in self.vigie.mails().items() if "conformite" not in name},
                         unheld)

    def test_a_later_night_s_mails_replace_them(self):
        self.run_night(self.two_partners(), code=3)
        first = self.held()
        files = self.two_partners()
        files["groupes"][0]["responsable"] = ""
        self.run_night(files, day=NIGHTS[1], code=3)
        self.assertNotEqual(self.held(), first)
        self.assertIn(self.held(), self.approve(first, code=2).stderr)
        self.approve(self.held())
        self.run_night(day=NIGHTS[1], command="notify")
        told = " ".join(text_of(mail) for name, mail in self.vigie.mails(NIGHTS[1]).items() if "vil1" in name)
        self.assertIn("VIL5", told)
        self.assertIn("T2PE", told)

    def test_the_mails_of_all_sources_count_together(self):
        self.vigie.configure(self.settings, sources=("caf931", "caf932"))
        self.vigie.drop(faulty_drop(), source="caf932")
        self.run_night(faulty_drop(), code=3)
        self.assertEqual(self.recipients(), ["conformite@caf.example"] * 2)
        self.assertEqual({(plan["source"], plan["count"]) for plan in self.vigie.plans()},
                         {("caf931", "1"), ("caf932", "1")})

    def test_they_go_where_there_are_no_longer_too_many(self):
        self.run_night(self.two_partners(), code=3)
        self.run_night(faulty_drop(), day=NIGHTS[1])
        self.assertEqual(self.recipients(NIGHTS[1]), ["marie.dupont.vil1@rosny.example"])
        self.assertEqual(self.vigie.plans(), [])


class ActionsFileTest(NightTest):
    def closed_convention(self):
        """A convention that ended, with all that can be closed in it, sub-groups before and after their parents."""
        files = valid_drop()
        files["conventions"][0] |= {"date_cloture": "2026-11-15", "statut": "Fermée"}
        files["groupes"] += [group("A-SUR", parent="Z-SOUS"), group("Z-SOUS", parent="M-PARENT"), group("M-PARENT")]
        files["habilitations"] += [grant("M-PARENT")]
        return files

    def test_in_the_order_in_which_the_portal_takes_them(self):
        self.run_night(self.closed_convention())
        rows = self.vigie.actions_file()
        self.assertEqual(set(rows[0]), set("source convention kind subject date reason cause state first_seen".split()))
        kinds = [KINDS.index(row["kind"]) for row in rows]
        self.assertEqual(kinds, sorted(kinds))
        self.assertEqual(set(kinds), set(range(len(KINDS))))
        groups = [row["subject"] for row in rows if row["kind"] == "close-group"]
        self.assertLess(groups.index("A-SUR"), groups.index("Z-SOUS"))
        self.assertLess(groups.index("Z-SOUS"), groups.index("M-PARENT"))

    def test_holds_what_the_list_holds(self):
        self.run_night(self.closed_convention())
        self.assertEqual(sorted(map(tuple, map(dict.values, self.vigie.actions_file()))),
                         sorted(map(tuple, map(dict.values, self.vigie.rows("actions")))))

    def test_each_night_has_its_own_with_all_that_is_not_confirmed(self):
        self.run_night(faulty_drop())
        files = faulty_drop()
        files["appartenances"][4]["date_cloture"] = DAY
        drops.leave(files, "VIL5")
        self.run_night(files, day=NIGHTS[1])
        self.assertEqual([row["subject"] for row in self.vigie.actions_file()], ["T2PE/VIL4@2020-01-01", "VIL4"])
        self.assertEqual([row["subject"] for row in self.vigie.actions_file(day=NIGHTS[1])],
                         ["T2PE/VIL5@2020-01-01", "VIL4", "VIL5"])


if __name__ == "__main__":
    unittest.main()

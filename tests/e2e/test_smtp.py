"""Mails to a real mail server: all well, and every way in which it may not be. Nothing is lost, nothing goes twice but
where nobody can know."""

import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import drops
from drops import DAY, SOURCE, text_of, valid_drop
from mail_server import PASSWORD, USER, Authority, MailServer

CHECK_MAIL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_mail.py")
SATURDAY, SUNDAY, MONDAY = "2026-11-21", "2026-11-22", "2026-11-23"
COMPLIANCE = "conformite@caf.example"


def administrator(number):
    return f"marie.dupont.p{number:02}1@rosny.example"


def partners(count):
    """A drop with a major finding in each of so many conventions: a mail to each administrator, one to compliance."""
    files = valid_drop()
    for number in range(count):
        drops.add_partner(files, f"20_{number:03}", f"P{number:02}")
    for row in files["utilisateurs"]:
        if row["identifiant"].startswith("P") and row["identifiant"].endswith("2"):
            row["mail"] = ""
    return files


def recipients(count):
    return sorted([COMPLIANCE] + [administrator(number) for number in range(count)])


class SmtpTest(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="vigie-tls-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.authority = Authority(cls.folder)
        cls.certificate = cls.authority.certificate()

    def setUp(self):
        self.vigie = drops.Vigie()
        self.addCleanup(self.vigie.close)

    def serve(self, **how):
        server = MailServer(**({"certificate": self.certificate} | how))
        self.addCleanup(server.close)
        return server

    def configure(self, server, also=None, **settings):
        """STARTTLS with the test's authority, no waits, no pace; then what the test says, with _ for -; `also`: other keys."""
        values = {"mail.transport": "smtp", "mail.host": "localhost", "mail.port": str(server.port),
                  "mail.ca-file": self.authority.file, "mail.timeout-seconds": "2", "mail.per-minute": "0",
                  "mail.retry-seconds": "none"}
        values |= {"mail." + key.replace("_", "-"): value for key, value in settings.items()}
        self.vigie.configure({key: value for key, value in values.items() if value is not None} | (also or {}))

    def night(self, files=None, day=DAY, code=0, command="run"):
        if files is not None:
            self.vigie.drop(files, on=day)
        result = self.vigie.run(command, as_of=day)
        self.assertEqual(result.code, code, result.stdout + result.stderr)
        return result

    def rows(self, *options):
        return self.vigie.rows("mails", *options)

    def states(self):
        return {row["recipient"]: row["state"] for row in self.rows()}

    def assert_nothing_personal(self, result):
        """What goes to the journal names nobody."""
        for word in ("@", "rosny", "ROSNY", "DUPONT", "anomalie", PASSWORD):
            self.assertNotIn(word, result.stderr)


class TransportTest(SmtpTest):
    def assert_all_arrive(self, server, **settings):
        self.configure(server, **settings)
        result = self.night(partners(3))
        self.assertEqual(server.recipients(), recipients(3))
        self.assertEqual(server.connections, 1)
        self.assertEqual(set(self.states().values()), {"sent"})
        self.assertEqual({mail.sender for mail in server.mails}, {"vigie@caf.example"})
        self.assert_nothing_personal(result)
        self.night(command="notify")
        self.assertEqual(len(server.mails), 4, "the same run repeated: no second mail")

    def test_starttls(self):
        self.assert_all_arrive(self.serve())

    def test_starttls_with_a_login(self):
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="utf-8") as file:
            file.write(PASSWORD + "\n")
        os.chmod(password, 0o640)
        for mechanisms in (("PLAIN", "LOGIN"), ("LOGIN",)):
            with self.subTest(mechanisms):
                self.setUp()
                server = self.serve(login=True, mechanisms=mechanisms)
                self.assert_all_arrive(server, user=USER, password_file=password)
                self.assertEqual(server.logins, [mechanisms[0]])

    def test_implicit_tls(self):
        self.assert_all_arrive(self.serve(tls=True), security="tls")

    def test_no_tls_on_the_machine_itself(self):
        self.assert_all_arrive(self.serve(certificate=None), security="none", ca_file=None)

    def test_what_arrives_is_what_is_in_the_outbox(self):
        server = self.serve()
        self.configure(server)
        self.night(partners(1))
        for row in self.rows():
            shown = self.vigie.run("mails", "--show", row["id"]).stdout.replace("\r\n", "\n")
            arrived = next(mail for mail in server.mails if mail.recipient == row["recipient"])
            self.assertEqual(arrived.raw.decode("ascii").replace("\r\n", "\n"), shown)
            self.assertEqual(row["answer"], "250 2.0.0 queued")
            self.assertEqual(row["tries"], "1")
            self.assertEqual(row["next"], "")

    def test_a_hundred_mails_on_one_connection(self):
        server = self.serve()
        self.configure(server)
        self.night(partners(99))
        self.assertEqual(server.recipients(), recipients(99))
        self.assertEqual(server.connections, 1)

    def test_no_faster_than_asked(self):
        server = self.serve()
        self.configure(server, per_minute="120")
        began = time.monotonic()
        self.night(partners(3))
        self.assertGreater(time.monotonic() - began, 1.5)  # four mails, half a second between two


class RefusedServerTest(SmtpTest):
    """Where it is not the server that it should be, nothing is said to it."""

    def assert_kept(self, server, what, **settings):
        self.configure(server, **settings)
        result = self.night(partners(1), code=4)
        self.assertIn(what, result.stderr)
        self.assert_nothing_personal(result)
        self.assertEqual(server.mails, [])
        self.assertEqual(set(self.states().values()), {"queued"})
        self.assertEqual({row["next"] for row in self.rows()}, {SATURDAY})
        checked = self.vigie.run("check")
        self.assertEqual(checked.code, 2)
        self.assertIn("wrong  ", checked.stdout)
        self.assertIn(what, checked.stdout)
        self.assertNotIn(PASSWORD, checked.stdout + checked.stderr)

    def test_a_certificate_that_has_expired(self):
        expired = self.authority.certificate(days=-1)
        self.assert_kept(self.serve(certificate=expired), "certificate has expired")
        self.setUp()
        self.assert_kept(self.serve(certificate=expired, tls=True), "certificate has expired", security="tls")

    def test_a_certificate_of_another_host(self):
        other = self.authority.certificate("mx.other.example")
        self.assert_kept(self.serve(certificate=other), "it is not made for this name")
        self.setUp()
        self.assert_kept(self.serve(certificate=other, tls=True), "it is not made for this name", security="tls")

    def test_an_authority_that_nobody_trusts(self):
        self.assert_kept(self.serve(), "is not accepted: ", ca_file=None)

    def test_no_starttls(self):
        self.assert_kept(self.serve(certificate=None), "does not offer STARTTLS")

    def test_a_password_that_everybody_may_read(self):
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="utf-8") as file:
            file.write(PASSWORD)
        os.chmod(password, 0o644)
        self.assert_kept(self.serve(login=True), "can be read by everybody", user=USER, password_file=password)

    def test_a_wrong_password(self):
        self.assert_kept(self.serve(login=True), "refuses the login (535 5.7.8)", user=USER, password="wrong")

    def test_no_login_where_the_server_wants_one(self):
        self.configure(self.serve(login=True))
        self.assertIn("530 5.7.0", self.night(partners(1), code=4).stderr)
        self.assertEqual(set(self.states().values()), {"queued"})

    def test_nobody_listens(self):
        server = self.serve()
        self.configure(server)
        server.close()
        result = self.night(partners(1), code=4)
        self.assertIn("cannot be reached", result.stderr)

    def test_what_was_kept_goes_once_it_is_right(self):
        server = self.serve()
        self.configure(server, host="127.0.0.1")  # the certificate is made for localhost
        self.night(partners(2), code=4)
        self.configure(server)
        self.night(command="notify")
        self.assertEqual(server.recipients(), recipients(2))
        self.assertEqual({row["tries"] for row in self.rows()}, {"2"})


class TroubleTest(SmtpTest):
    def test_a_refused_recipient(self):
        """The others get theirs; compliance reads of it the next night, once."""
        server = self.serve()
        server.refuse[administrator(0)] = f"550 5.1.1 <{administrator(0)}>: Recipient address rejected: User unknown"
        self.configure(server)
        result = self.night(partners(2), code=4)
        self.assertIn("refused by the mail server for good: vigie mails --state refused", result.stdout)
        self.assertIn("550 5.1.1 (1)", result.stderr)
        self.assert_nothing_personal(result)
        self.assertEqual(server.recipients(), sorted([COMPLIANCE, administrator(1)]))
        refused = self.rows("--state", "refused")
        self.assertEqual([(row["recipient"], row["answer"], row["next"]) for row in refused],
                         [(administrator(0), server.refuse[administrator(0)], "")])
        self.assertIn("1 mail refusé par le serveur de messagerie",
                      "\n".join(self.vigie.workbook(f"{SOURCE}-")["Synthèse"]))
        self.night(partners(2), day=SATURDAY)
        self.assertEqual(len(server.mails), 3)
        told = text_of(server.parsed()[-1])
        self.assertEqual(server.mails[-1].recipient, COMPLIANCE)
        self.assertIn(f"Le mail du 20/11/2026 à {administrator(0)}, convention 20_000 est refusé", told)
        self.assertIn("User unknown", told)
        self.night(partners(2), day=SUNDAY)
        self.assertEqual(len(server.mails), 3, "told once")

    def test_a_recipient_that_is_not_taken_for_now(self):
        server = self.serve()
        server.later_once[administrator(1)] = "450 4.2.0 greylisted"
        self.configure(server, retry_seconds="0, 1")
        self.night(partners(2))
        self.assertEqual(server.recipients(), recipients(2))
        self.assertEqual({row["recipient"]: row["tries"] for row in self.rows()}[administrator(1)], "2")

    def test_five_days_of_trying(self):
        """Then it is given up, compliance is told, and what it told is news again."""
        server = self.serve()
        server.later[administrator(0)] = "451 4.3.0 mailbox busy"
        self.configure(server)
        files = partners(1)
        for day, code in ((DAY, 4), ("2026-11-24", 4), ("2026-11-25", 4)):
            self.night(files, day=day, code=code)
        self.assertEqual(self.states()[administrator(0)], "given-up")
        self.assertEqual(self.rows("--state", "given-up")[0]["tries"], "3")
        server.later.clear()
        self.night(files, day="2026-11-26")
        told = {mail.recipient: text_of(parsed) for mail, parsed in zip(server.mails, server.parsed())}
        self.assertIn("NOUVELLES ANOMALIES (1)", told[administrator(0)])
        self.assertIn("n'a pas pu être remis en cinq jours d'essais", told[COMPLIANCE])

    def test_each_fault_once(self):
        """The mails before and after it arrive in the same run, its own at a later try."""
        for fault in ("421", "cut in DATA", "hang"):
            with self.subTest(fault):
                self.setUp()
                server = self.serve()
                server.fault, server.faults = fault, 1
                self.configure(server)
                self.night(partners(3), code=4)
                self.assertEqual(len(server.mails), 3)
                self.night(command="notify")
                self.assertEqual(server.recipients(), recipients(3), "nothing twice")
                self.assertEqual(set(self.states().values()), {"sent"})

    def test_a_server_that_takes_few_mails_on_one_connection(self):
        server = self.serve()
        server.mails_a_connection = 2
        self.configure(server)
        self.night(partners(8))
        self.assertEqual(server.recipients(), recipients(8))
        self.assertEqual(server.connections, 5)

    def test_cut_after_the_end_of_the_mail(self):
        """Nobody can know whether it arrived: it goes again, under the same Message-ID."""
        server = self.serve()
        server.fault, server.faults = "cut after DATA", 1
        self.configure(server, retry_seconds="0")
        self.night(partners(3))
        self.assertEqual(sorted(set(server.recipients())), recipients(3))
        self.assertEqual(len(server.mails), 5)
        self.assertEqual(len(set(server.ids())), 4)

    def test_a_server_that_always_hangs(self):
        server = self.serve()
        server.fault, server.faults = "hang", 1000
        self.configure(server, timeout_seconds="1", retry_seconds="0")
        began = time.monotonic()
        result = self.night(partners(20), code=4)
        self.assertLess(time.monotonic() - began, 30, "it is left alone after three mails")
        self.assertIn("breaks every connection", result.stderr)
        self.assertEqual(server.mails, [])
        self.assertEqual(set(self.states().values()), {"queued"})

    def test_a_sender_that_the_server_refuses(self):
        server = self.serve()
        server.fault, server.faults = "sender", 1000
        self.configure(server)
        result = self.night(partners(1), code=4)
        self.assertIn("refuses the sender (550 5.7.1); check mail.from", result.stderr)
        self.assertEqual(set(self.states().values()), {"queued"})

    def test_killed_at_any_moment(self):
        """Every mail arrives; what arrives twice has one Message-ID. VIGIE_KILLS: how often it is killed."""
        kills = int(os.environ.get("VIGIE_KILLS", "30"))
        count = 3 * kills  # so that there is something left to send at each
        server = self.serve()
        server.thinks = 0.01
        self.configure(server, max_per_run="100000")
        self.vigie.drop(partners(count), on=DAY)
        for command in ("import", "reconcile", "detect"):
            self.night(command=command)
        seed = random.randrange(2**32)
        moments = random.Random(seed)
        killed = 0
        for number in range(kills):
            before = len(server.mails)
            run = subprocess.Popen([self.vigie.program, "--config", self.vigie.configuration, "--as-of", DAY, "notify"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while number % 3 != 0 and len(server.mails) == before and run.poll() is None:
                time.sleep(0.001)  # every third is killed before its first mail too
            try:
                run.wait(moments.uniform(0, 0.05 if number % 3 != 0 else 0.5))
            except subprocess.TimeoutExpired:
                run.kill()
            killed += run.wait() < 0
        taken_meanwhile = len(server.mails)
        self.night(command="notify")
        with self.subTest(seed=seed, killed=killed, taken_meanwhile=taken_meanwhile, taken=len(server.mails)):
            self.assertGreater(killed, kills // 2)
            self.assertGreater(taken_meanwhile, 0)
            self.assertEqual(sorted(set(server.recipients())), recipients(count))
            self.assertEqual(len(set(server.ids())), len(recipients(count)))
            self.assertEqual(set(self.states().values()), {"sent"})


class OutboxTest(SmtpTest):
    def test_a_mail_is_sent_again_as_it_was(self):
        server = self.serve()
        server.refuse[administrator(0)] = "550 5.1.1 unknown"
        self.configure(server)
        self.night(partners(1), code=4)
        number = self.rows("--state", "refused")[0]["id"]
        server.refuse.clear()
        self.assertIn("would go again", self.vigie.run("mails", "--resend", number, "--dry-run").stdout)
        self.assertEqual(self.states()[administrator(0)], "refused")
        self.assertIn("goes again", self.vigie.output("mails", "--resend", number))
        self.assertEqual(self.vigie.run("mails", "--resend", number).code, 2, "it waits already")
        self.night(command="notify")
        self.assertEqual(server.recipients(), recipients(1))
        every = [option for row in self.rows() for option in ("--resend", row["id"])]
        self.assertEqual(self.vigie.run("mails", *every, "--resend", "99").code, 2)
        self.assertEqual(set(self.states().values()), {"sent"}, "all or none")
        self.vigie.output("mails", *every)
        self.night(command="notify")
        self.assertEqual(server.recipients(), sorted(recipients(1) * 2))
        self.assertEqual(len(set(server.ids())), 2)

    def test_all_that_were_refused_are_sent_again(self):
        """As after a night on which the server took this machine for a stranger."""
        server = self.serve()
        server.refuse = {administrator(number): "554 5.7.1 Relay access denied" for number in range(3)}
        self.configure(server)
        self.night(partners(4), code=4)
        server.refuse = {}
        self.assertEqual(self.vigie.run("mails", "--resend-all").code, 2)
        said = self.vigie.output("mails", "--state", "refused", "--convention", "20_001", "--resend-all")
        self.assertEqual(len(said.splitlines()), 1)
        newest = self.rows("--state", "refused")[-1]["id"]
        said = self.vigie.output("mails", "--state", "refused", "--resend-all", "--limit", "1")
        self.assertEqual([line.split()[:2] for line in said.splitlines()], [["mail", newest]])
        self.assertEqual(len(self.vigie.output("mails", "--state", "refused", "--resend-all").splitlines()), 1)
        self.night(command="notify")
        self.assertEqual(server.recipients(), recipients(4))

    def test_no_such_mail(self):
        self.configure(self.serve())
        self.night(partners(1))
        for option in ("--show", "--resend"):
            result = self.vigie.run("mails", option, "99")
            self.assertEqual(result.code, 2)
            self.assertIn("no mail 99", result.stderr)

    def test_lists(self):
        self.configure(self.serve())
        self.night(partners(2))
        self.assertEqual(list(self.rows()[0]), ["id", "source", "recipient", "convention", "as_of", "subject", "state",
                                                "tries", "answer", "next"])
        self.assertEqual(len(self.rows("--convention", "20_000")), 1)
        self.assertEqual(self.rows("--state", "queued"), [])
        self.assertEqual(len(self.vigie.listed("mails", state="sent")), 3)
        self.assertEqual(self.vigie.run("mails", "--convention", "20_999").code, 2)
        self.assertIn("No mails.", self.vigie.output("mails", "--state", "given-up"))
        self.assertEqual([row["id"] for row in self.rows("--limit", "1")], ["3"])

    def test_the_check_sends_nothing(self):
        self.vigie.drop(partners(1), on=DAY)
        server = self.serve()
        self.configure(server)
        result = self.vigie.run("check")
        self.assertEqual(result.code, 0, result.stdout)
        self.assertIn(f"ok     mail server localhost, port {server.port}, STARTTLS", result.stdout)
        self.assertEqual(server.mails, [])

    def test_a_rehearsal_speaks_to_nobody(self):
        server = self.serve()
        self.configure(server)
        self.vigie.drop(partners(1), on=DAY)
        self.assertEqual(self.vigie.run("run", "--dry-run", as_of=DAY).code, 0)
        self.assertEqual(server.connections, 0)


class CadenceTest(SmtpTest):
    def test_quiet_days(self):
        """Saturday and Sunday bring news, which Monday tells in one mail."""
        server = self.serve()
        self.configure(server, days="mon-fri")
        for day, count in ((SATURDAY, 1), (SUNDAY, 2)):
            self.night(partners(count), day=day)
            self.assertEqual((server.connections, self.rows()), (0, []))
        self.night(partners(3), day=MONDAY)
        self.assertEqual(server.recipients(), recipients(3))

    def test_what_waits_in_the_outbox_waits_over_a_quiet_day(self):
        server = self.serve()
        server.later_once[administrator(0)] = "450 4.2.0 greylisted"
        self.configure(server, days="mon-fri")
        self.night(partners(1), code=4)
        self.assertEqual(self.rows("--state", "queued")[0]["next"], MONDAY)
        self.night(day=SATURDAY, command="notify")
        self.assertEqual(server.recipients(), [COMPLIANCE])
        self.night(day=MONDAY, command="notify")
        self.assertEqual(server.recipients(), recipients(1))

    def test_a_public_holiday_is_quiet(self):
        server = self.serve()
        self.configure(server, days="mon-fri")
        self.night(partners(1), day="2026-12-25")  # a Friday
        self.assertEqual(server.connections, 0)

    def test_a_refusal_on_a_quiet_day_is_told_on_the_next_open_one(self):
        server = self.serve()
        self.configure(server, days="mon-fri")
        self.night(partners(1))
        self.night({}, day=SATURDAY, code=3)
        self.assertEqual([row["next"] for row in self.rows("--state", "queued")], [MONDAY])
        self.night(partners(1), day=MONDAY)
        self.assertIn("L'export de la source caf931 du 21/11/2026 est refusé", text_of(server.parsed()[-1]))

    def test_a_rehearsal_on_a_quiet_day_says_what_the_day_does(self):
        server = self.serve()
        server.later_once[administrator(0)] = "450 4.2.0 greylisted"
        self.configure(server, days="mon-fri")
        self.night(partners(1), code=4)
        said = self.vigie.run("notify", "--dry-run", as_of=SATURDAY).stderr
        self.assertIn(f"1 mail(s) wait until {MONDAY}", said)
        self.assertNotIn("would go", said)

    def test_a_plan_is_held_over_a_quiet_day(self):
        server = self.serve()
        self.configure(server, days="mon-fri", max_per_run="2")
        self.night(partners(3), code=3)
        plan = self.vigie.plans()[0]["plan"]
        self.vigie.run("approve", plan, "--by", "Anne", "--reason", "relu", as_of=SATURDAY)
        self.night(day=SATURDAY, command="notify")
        self.assertEqual(server.recipients(), [COMPLIANCE])
        self.assertEqual(self.vigie.plans()[0]["plan"], plan)
        self.night(day=MONDAY, command="notify")
        self.assertEqual(server.recipients(), recipients(3))


class TrialTest(SmtpTest):
    TRIAL = "essai@caf.example"

    def test_all_go_to_one_address_and_say_so(self):
        server = self.serve()
        self.configure(server, redirect_to=self.TRIAL)
        self.night(partners(2))
        self.assertEqual(set(server.recipients()), {self.TRIAL})
        self.assertEqual(len(server.mails), 3)
        meant = [administrator(0), administrator(1), COMPLIANCE]
        for mail in server.parsed():
            self.assertEqual(mail["To"], self.TRIAL)
            for part in mail.iter_parts():
                self.assertIn("essai", part.get_content())
        self.assertEqual(sorted(to for to in meant if any(to in text_of(mail) for mail in server.parsed())), sorted(meant))
        self.night(partners(2), day=SATURDAY)
        self.assertEqual(len(server.mails), 3, "nothing is news on the second night of a trial either")

    def test_all_is_news_once_it_is_over(self):
        server = self.serve()
        self.configure(server, redirect_to=self.TRIAL)
        self.night(partners(2))
        self.configure(server)
        self.night(partners(2), day=SATURDAY)
        self.assertEqual(sorted(mail.recipient for mail in server.mails[3:]), recipients(2))
        for mail in server.parsed()[3:]:
            self.assertIn("NOUVELLES ANOMALIES", text_of(mail))
            self.assertIsNone(mail["In-Reply-To"])
            self.assertNotIn("essai", text_of(mail))

    def test_what_waits_for_others_does_not_go_during_a_trial(self):
        server = self.serve()
        for number in range(2):
            server.later[administrator(number)] = "450 4.2.0 later"
        self.configure(server)
        self.night(partners(2), code=4)
        server.later.clear()
        self.configure(server, redirect_to=self.TRIAL)
        self.night(partners(2), day=SATURDAY)
        self.assertEqual(set(server.recipients()), {COMPLIANCE, self.TRIAL})
        self.assertEqual(len(self.rows("--state", "withdrawn")), 2)
        number = self.rows("--state", "withdrawn")[0]["id"]
        self.assertEqual(self.vigie.run("mails", "--resend", number).code, 2)
        self.configure(server)
        self.night(partners(2), day=SUNDAY)
        self.assertIn(administrator(0), server.recipients())


class WorkbookTest(SmtpTest):
    def test_compliance_gets_tonight_s_workbook(self):
        server = self.serve()
        self.configure(server, attach_report="true")
        self.night(partners(1))
        mails = dict(zip((mail.recipient for mail in server.mails), server.parsed()))
        self.assertEqual(list(mails[administrator(0)].iter_attachments()), [])
        book, = mails[COMPLIANCE].iter_attachments()
        name = f"conformite-{SOURCE}-{DAY}.xlsx"
        self.assertEqual(book.get_filename(), name)
        self.assertEqual(book.get_content(), self.vigie.read("reports", name))
        self.assertIn("joint à ce message", text_of(mails[COMPLIANCE]))

    def test_administrators_get_their_convention_s_and_managers_none(self):
        """A manager's perimeter is a part of the convention, whose workbook shows all of it."""
        server = self.serve()
        self.configure(server, also={"report.partners": "true"}, attach_report="true")
        files = partners(2)
        manager = drops.account("P008", convention="20_000")
        files["utilisateurs"].append(manager)
        for row in files["groupes"]:
            if (row["convention"], row["code"]) == ("20_000", "AFAS-DEC"):
                row["responsable"] = "P008"  # P002, who has no address, is in it
        self.night(files)
        mails = dict(zip((mail.recipient for mail in server.mails), server.parsed()))
        self.assertEqual(sorted(mails), sorted(recipients(2) + [manager["mail"]]))
        self.assertIn("P002", text_of(mails[manager["mail"]]))
        self.assertEqual(list(mails[manager["mail"]].iter_attachments()), [])
        self.assertNotIn("joint", text_of(mails[manager["mail"]]))
        for number, other in ((0, "20_001"), (1, "20_000")):
            book, = mails[administrator(number)].iter_attachments()
            name = f"conformite-20_00{number}-{DAY}.xlsx"
            self.assertEqual(book.get_filename(), name)
            self.assertEqual(book.get_content(), self.vigie.read("reports", f"partenaires/{SOURCE}/{name}"))
            shown = "\n".join(line for sheet in drops.sheets_of(io.BytesIO(book.get_content())).values() for line in sheet)
            self.assertIn(f"P0{number}2", shown)
            self.assertNotIn(other, shown)
            self.assertIn("Le classeur joint", text_of(mails[administrator(number)]))

    def test_where_a_convention_has_none_none_is_spoken_of(self):
        """The one finding is about an administrator: the other one reads it, and no workbook that both would get."""
        server = self.serve()
        self.configure(server, also={"report.partners": "true"}, attach_report="true")
        files = partners(1)
        for row in files["utilisateurs"]:
            if row["identifiant"] == "P002":
                row |= {"mail": administrator(0).replace("1@", "2@"), "derniere_connexion": "2026-01-01"}
        files["administrateurs"].append({"convention": "20_000", "identifiant": "P002", "date_ouverture": "2020-01-01"})
        self.assertNotIn("not attached", self.night(files).stderr)
        mails = dict(zip((mail.recipient for mail in server.mails), server.parsed()))
        self.assertIn("P002", text_of(mails[administrator(0)]))
        self.assertNotIn("joint", text_of(mails[administrator(0)]))
        self.assertEqual(list(mails[administrator(0)].iter_attachments()), [])

    def test_mails_that_go_before_workbooks_are_written_say_so(self):
        server = self.serve()
        self.configure(server, also={"report.partners": "true"}, attach_report="true")
        self.vigie.drop(partners(1), on=DAY)
        for command in ("import", "reconcile", "detect"):
            self.night(command=command)
        told = self.night(command="notify").stderr
        self.assertEqual(server.recipients(), recipients(1))
        for mail in server.parsed():
            self.assertNotIn("joint", text_of(mail))
        for name in (f"conformite-20_000-{DAY}.xlsx", f"conformite-{SOURCE}-{DAY}.xlsx"):
            self.assertIn(f"{name} is not attached", told)

    def test_without_the_key_no_partner_s_workbook_leaves(self):
        server = self.serve()
        self.configure(server, also={"report.partners": "true"})
        self.night(partners(1))
        for mail in server.parsed():
            self.assertEqual(list(mail.iter_attachments()), [])

    def test_a_workbook_that_the_server_finds_too_large_stays_at_home(self):
        server = self.serve()
        server.size_limit = 20_000
        self.configure(server, attach_report="true")
        result = self.night(partners(1))
        self.assertIn("is not attached", result.stderr)
        self.assertEqual(server.recipients(), recipients(1))


class HostileTextTest(SmtpTest):
    NAMES = ("Eve\r\nBcc: eve@evil.example", 'Jean "Le Grand" <x@y.example>', "N" * 300, "\u202egnp\u202c Ève",
             "👩‍🚒 Ÿvonne 🏳️‍🌈", "=?UTF-8?Q?x?=", ".", "a\r\n.\r\nb", "عائشة", "<script>alert(1)</script>", "\x00\x1b[31m")

    def test_no_name_breaks_a_header_or_the_mail(self):
        server = self.serve()
        self.configure(server)
        files = partners(len(self.NAMES))
        for number, name in enumerate(self.NAMES):
            for row in files["utilisateurs"]:
                if row["convention"] == f"20_{number:03}":
                    row["nom"] = name + " " + row["nom"]
            for row in files["conventions"]:
                if row["numero"] == f"20_{number:03}":
                    row["organisme"] = name
        self.vigie.drop(files, on=DAY)
        self.assertIn(self.vigie.run("run", as_of=DAY).code, (0, 3))
        sent = self.rows("--state", "sent")
        self.assertEqual(len(sent), len(self.rows()))
        self.assertEqual(sorted(row["recipient"] for row in sent), server.recipients())
        self.assertGreater(len(sent), len(self.NAMES) - 4)
        for mail, parsed in zip(server.mails, server.parsed()):
            self.assertEqual(parsed.defects, [])
            self.assertEqual([address.addr_spec for address in parsed["To"].addresses], [mail.recipient])
            for header in ("Bcc", "Cc", "X-Evil"):
                self.assertIsNone(parsed[header])
            self.assertEqual(len(list(parsed.iter_parts())), 2)
            self.assertTrue(parsed.get_body(("html",)).get_content().rstrip().endswith("</html>"))
            self.assertNotIn("<script", parsed.get_body(("html",)).get_content())
            with open(self.vigie.path(f"{mail.recipient}.eml"), "wb") as file:
                file.write(mail.raw)
        read = subprocess.run([sys.executable, CHECK_MAIL, self.vigie.folder], capture_output=True, text=True, check=False)
        self.assertEqual(read.returncode, 0, read.stdout + read.stderr)


if __name__ == "__main__":
    unittest.main()

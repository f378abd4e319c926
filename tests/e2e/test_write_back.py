"""Closings that are carried out in a source's database: all of them or none, each once, whatever happens meanwhile."""

import html
import re
import subprocess
import time
import unittest

from databases import Mariadb, Postgres, Sqlite
from drops import COLUMNS, DAY, SOURCE, faulty_drop, membership, text_of, valid_drop
from test_odbc import DatabaseTest

NEXT_DAY, THIRD_DAY = "2026-11-21", "2026-11-22"
KEY = f"source.{SOURCE}.write-back."
STATEMENTS = {
    "close-afas-profile": "UPDATE profils_afas SET date_fin = :date WHERE convention = :convention AND identifiant = "
                          ":identifiant AND role = :role AND activite = :activite AND coalesce(lieu, '') = :lieu AND "
                          "date_debut = :date_debut AND date_fin IS NULL",
    "close-membership": "UPDATE appartenances SET date_cloture = :date WHERE convention = :convention AND groupe = "
                        ":groupe AND identifiant = :identifiant AND date_ouverture = :date_ouverture AND date_cloture "
                        "IS NULL",
    "close-grant": "UPDATE habilitations SET date_cloture = :date WHERE convention = :convention AND groupe = :groupe "
                   "AND service = :service AND role = :role AND date_ouverture = :date_ouverture AND date_cloture IS "
                   "NULL",
    "close-designation": "UPDATE administrateurs SET date_cloture = :date WHERE convention = :convention AND "
                         "identifiant = :identifiant AND date_ouverture = :date_ouverture AND date_cloture IS NULL",
    "close-group": "UPDATE groupes SET date_cloture = :date WHERE convention = :convention AND code = :groupe AND "
                   "date_cloture IS NULL",
    "close-account": "UPDATE utilisateurs SET date_cloture = :date WHERE identifiant = :identifiant AND convention = "
                     ":convention AND date_cloture IS NULL",
}
WRITE_BACK = {"reconcile.mode": "write-back"} | {KEY + kind: sql for kind, sql in STATEMENTS.items()}


def closed_convention():
    """Everything under it must end; services and roles stand there in the source's own way."""
    files = valid_drop()
    files["conventions"][0]["date_cloture"] = "2026-11-10"
    files["habilitations"][0] |= {"service": "c d a p", "role": "t 02 petite enfance"}
    files["profils_afas"][0]["role"] = "Fournisseur de données d'activité"
    return files


class WriteBackTest(DatabaseTest):
    def put(self, files, also=()):
        super().put(files, WRITE_BACK | dict(also))

    def states(self, **filters):
        filters = filters or {"state": "proposed"}
        return {action["subject"]: action["state"] for action in self.vigie.actions(**filters)}

    def all_states(self):
        return {row["subject"]: row["state"] for row in self.vigie.rows("actions", "--all")}

    def open_rows(self, table="utilisateurs", column="date_cloture", key="identifiant"):
        return sorted(self.database.sql(f"SELECT {key} FROM {table} WHERE {column} IS NULL").split())

    def content(self):
        return [self.database.sql(f"SELECT * FROM {table} ORDER BY n") for table in COLUMNS]

    def run_on(self, day, *arguments):
        return self.vigie.run(*(arguments or ("run",)), as_of=day)


    def told_compliance(self, day):
        """The notices about write-backs in compliance's mail of the day: the same in both alternatives."""
        mails = [mail for mail in self.vigie.mails(day).values() if mail["To"].startswith("Conformité")]
        self.assertLessEqual(len(mails), 1)
        told = []
        for mail in mails:
            page = html.unescape(mail.get_body(("html",)).get_content())
            notices = [" ".join(notice.split()) for notice in re.findall("<div[^>]*>([^<]*)</div>", page)]
            for notice in filter(lambda notice: "dans sa base de données" in notice, notices):
                self.assertIn(notice, text_of(mail))
                told.append(notice)
        return told

    def assert_told(self, day, *parts):
        told = self.told_compliance(day)
        self.assertEqual(len(told), 1, told)
        for part in parts:
            self.assertIn(part, told[0])


class Contract:
    def test_is_confirmed_by_the_next_import(self):
        self.put(faulty_drop())
        self.assertEqual(self.run_on(DAY).code, 0)
        self.assertNotIn("VIL4", self.open_rows())
        self.assertEqual(self.database.sql("SELECT date_cloture FROM appartenances WHERE identifiant = 'VIL4'"), DAY)
        self.assertEqual(set(self.all_states().values()), {"sent"})
        self.assertEqual(self.run_on(NEXT_DAY).code, 0)
        self.assertEqual(self.all_states(), {"VIL4": "confirmed", "T2PE/VIL4@2020-01-01": "confirmed"})

    def test_all_kinds_with_the_sources_own_spelling(self):
        self.put(closed_convention())
        self.assertEqual(self.run_on(DAY).code, 0)
        self.assertEqual({action["kind"] for action in self.vigie.actions()}, set(STATEMENTS))
        for table, column, key in (("utilisateurs", "date_cloture", "identifiant"),
                                   ("appartenances", "date_cloture", "identifiant"),
                                   ("habilitations", "date_cloture", "role"), ("groupes", "date_cloture", "code"),
                                   ("administrateurs", "date_cloture", "identifiant"),
                                   ("profils_afas", "date_fin", "role")):
            self.assertEqual(self.open_rows(table, column, key), [], table)
        self.assertEqual(self.run_on(NEXT_DAY).code, 0)
        self.assertEqual(set(self.all_states().values()), {"confirmed"})

    def test_one_that_touches_no_row_undoes_all_and_is_set_aside(self):
        kind = "close-account"
        wrong = {KEY + kind: STATEMENTS[kind].replace("date_cloture IS NULL", "nom <> 'DUPONT VIL4'")}
        files = faulty_drop()
        files["departs"].append({"convention": "19_214", "identifiant": "VIL5", "date_depart": "2026-11-10"})
        self.put(files, wrong)
        before = self.open_rows()
        result = self.run_on(DAY)
        self.assertEqual(result.code, 3, result.stderr)
        self.assertIn(KEY + kind, result.stderr)
        self.assertIn("0 rows", result.stderr)
        self.assertNotIn("VIL4", result.stderr)
        self.assertIn("VIL4", result.stdout)
        self.assertEqual(self.open_rows(), before)
        self.assertEqual(set(self.states().values()), {"proposed"})
        self.assert_told(DAY, f"{len(self.states())} clôtures de la source {SOURCE} n'ont pas pu être écrites",
                         "aucune ligne n'a été trouvée", "« Clôturer le compte », convention 19_214, Compte VIL4",
                         f"{len(self.states())} clôtures attendent", KEY + kind, "mise de côté")
        self.assertEqual(self.run_on(NEXT_DAY).code, 0)
        self.assertEqual(self.states(), {"VIL4": "proposed"})
        self.assertEqual(self.open_rows(), [each for each in before if each != "VIL5"])
        self.configure(self.database.settings(files), WRITE_BACK)
        self.assertEqual(self.run_on(THIRD_DAY).code, 0)
        self.assertNotIn("VIL4", self.open_rows())

    def test_one_that_touches_two_rows_does_too(self):
        self.put(faulty_drop(), {KEY + "close-account": "UPDATE utilisateurs SET date_cloture = :date WHERE "
                                 "date_cloture IS NULL"})
        before = self.open_rows()
        result = self.run_on(DAY)
        self.assertEqual(result.code, 3, result.stderr)
        self.assertIn(f"{len(before)} rows", result.stderr)
        self.assertEqual(self.open_rows(), before)

    def test_a_statement_that_the_database_refuses_sets_nothing_aside(self):
        self.put(faulty_drop(), {KEY + "close-account": "UPDATE nowhere SET x = :date WHERE y = :identifiant"})
        for day in (DAY, NEXT_DAY):
            result = self.run_on(day)
            self.assertEqual(result.code, 3, result.stderr)
            self.assertIn("close-account", result.stderr)
            self.assertIn("VIL4", self.open_rows())
            self.assert_told(day, "la base de données l'a refusée", "2 clôtures attendent",
                             f"faites corriger l'ordre {KEY}close-account")
        self.configure(self.database.settings(faulty_drop()), WRITE_BACK)
        self.assertEqual(self.run_on(THIRD_DAY).code, 0)
        self.assertNotIn("VIL4", self.open_rows())
        self.assertEqual(self.told_compliance(THIRD_DAY), [])

    def test_compliance_is_told_once_though_nothing_else_is_news_and_the_steps_run_one_by_one(self):
        files = faulty_drop()
        self.put(files, {"reconcile.mode": "propose"})
        self.assertEqual(self.run_on(DAY).code, 0)
        self.assertEqual(self.told_compliance(DAY), [])
        files["appartenances"].append(membership("AFAS-DEC", "VIL3"))
        self.put(files, {KEY + "close-membership": STATEMENTS["close-membership"].replace(" groupe", " goupe"),
                         "rule.membership-account-closed.enabled": "false"})
        for step, code in (("import", 0), ("reconcile", 3), ("detect", 0), ("notify", 0), ("notify", 0)):
            self.assertEqual(self.run_on(NEXT_DAY, step).code, code, step)
        self.assert_told(NEXT_DAY, "1 clôture de la source", "« Clôturer l'appartenance au groupe »",
                         "1 clôture attend")
        self.assertEqual(self.run_on(THIRD_DAY, "notify").code, 0)
        self.assertEqual(self.vigie.mails(THIRD_DAY), {})

    def test_a_check_tries_each_statement_and_changes_nothing(self):
        self.put(faulty_drop())
        before = self.content()
        checked = self.vigie.run("check")
        self.assertEqual(checked.code, 0, checked.stdout)
        self.assertIn(f"source {SOURCE}: {len(STATEMENTS)} write-back statements", checked.stdout)
        self.assertEqual(self.content(), before)

    def test_a_check_tells_what_the_night_would_find_out(self):
        grant, membership, account = (KEY + kind for kind in ("close-grant", "close-membership", "close-account"))
        for key, sql, names in (
                (account, STATEMENTS["close-account"].replace("UPDATE utilisateurs", "UPDATE utilisateur"),
                 "utilisateur"),
                (membership, STATEMENTS["close-membership"].replace(" date_cloture = ", " date_clotrue = "),
                 "date_clotrue"),
                (membership, STATEMENTS["close-membership"].replace(" groupe = ", " goupe = "), "goupe"),
                (grant, STATEMENTS["close-grant"].replace("UPDATE", "UPDTE"), "UPDTE")):
            with self.subTest(sql):
                self.put(faulty_drop(), {key: sql})
                before = self.content()
                checked = self.vigie.run("check")
                self.assertEqual(checked.code, 2, checked.stdout)
                wrong = [line for line in checked.stdout.splitlines() if line.startswith("wrong")]
                self.assertEqual(len(wrong), 1, checked.stdout)
                self.assertRegex(wrong[0], rf"vigie\.properties, line \d+: {key}: the database refuses the statement: "
                                           rf".*{names}.*; correct it, or the user's rights$")
                self.assertEqual(self.content(), before)

    def test_a_check_carries_out_no_statement_that_would_change_everything(self):
        self.put(faulty_drop(), {KEY + "close-account": "DELETE FROM utilisateurs WHERE :identifiant IS NULL OR 1 = 1",
                                 KEY + "close-group": "UPDATE groupes SET code = 'X' WHERE code = :groupe; "
                                                      "DELETE FROM groupes"})
        before = self.content()
        self.vigie.run("check")
        self.assertEqual(self.content(), before)

    def test_a_rehearsal_writes_nothing(self):
        self.put(faulty_drop())
        before = self.open_rows()
        result = self.run_on(DAY, "run", "--dry-run")
        self.assertEqual(result.code, 0)
        self.assertIn("proposed", result.stdout)
        self.assertEqual(self.open_rows(), before)

    def test_kinds_without_a_statement_are_left_to_people(self):
        self.put(faulty_drop())
        settings = {key: sql for key, sql in WRITE_BACK.items() if not key.endswith("close-account")}
        self.configure(self.database.settings(faulty_drop()), settings)
        self.assertEqual(self.run_on(DAY).code, 0)
        self.assertIn("VIL4", self.open_rows())
        self.assertEqual(set(self.all_states().values()), {"sent"})
        self.assertEqual(len(self.vigie.actions_file()), 2)

    def test_what_the_guard_holds_waits_for_its_approval(self):
        self.put(faulty_drop(), {"reconcile.max-closures": "1"})
        self.assertEqual(self.run_on(DAY).code, 3)
        self.assertIn("VIL4", self.open_rows())
        self.vigie.output("approve", self.vigie.plans()[0]["plan"], "--by", "Chef", "--reason", "Accord")
        self.assertEqual(self.run_on(NEXT_DAY).code, 0)
        self.assertNotIn("VIL4", self.open_rows())

    def test_a_configuration_that_cannot_be_meant(self):
        self.put(faulty_drop(), {KEY + "close-group": "UPDATE groupes SET x = :role"})
        self.assertIn(":role", self.run_on(DAY).stderr)
        self.configure(self.database.settings(faulty_drop()), {KEY + "close-all": "UPDATE x = :date"})
        self.assertIn("close-all", self.run_on(DAY).stderr)
        self.configure(self.database.settings(faulty_drop()), {"reconcile.mode": "write-back"})
        result = self.run_on(DAY)
        self.assertEqual(result.code, 2)
        self.assertIn("no source has a statement", result.stderr)


class SqliteTest(Contract, WriteBackTest):
    pass


class MariadbTest(Contract, WriteBackTest):
    database_class = Mariadb


class PostgresTest(Contract, WriteBackTest):
    database_class = Postgres

    def test_a_check_tells_of_a_right_that_is_missing(self):
        self.put(faulty_drop())
        self.database.server.sql("ALTER TABLE appartenances OWNER TO admin; GRANT SELECT ON appartenances TO vigie",
                                 user="admin")
        self.addCleanup(self.database.server.sql, "DROP TABLE appartenances", user="admin")
        checked = self.vigie.run("check")
        self.assertEqual(checked.code, 2, checked.stdout)
        self.assertIn(f"{KEY}close-membership: the database refuses the statement: (SQLSTATE 42501)", checked.stdout)

    def test_a_check_takes_a_statement_that_has_no_plan(self):
        self.put(faulty_drop(), {KEY + "close-account": "CALL close(:identifiant, :date)"})
        checked = self.vigie.run("check")
        self.assertEqual(checked.code, 2, checked.stdout)
        self.assertIn("procedure close(unknown, unknown) does not exist", checked.stdout)
        self.database.sql("CREATE PROCEDURE close(text, text) LANGUAGE sql AS 'DELETE FROM utilisateurs';")
        self.addCleanup(self.database.sql, "DROP PROCEDURE close;")
        before = self.content()
        checked = self.vigie.run("check")
        self.assertEqual(checked.code, 0, checked.stdout)
        self.assertEqual(self.content(), before)

    SLOW = """CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN PERFORM pg_sleep(3); RETURN NULL; END';
              CREATE CONSTRAINT TRIGGER slow AFTER UPDATE ON utilisateurs DEFERRABLE INITIALLY {when}
              FOR EACH ROW EXECUTE FUNCTION slow();"""

    def kill_in(self, when):
        """Kills a run while the database works on its statement (immediate) or on its commit (deferred)."""
        self.put(faulty_drop())
        self.database.sql("CREATE TABLE IF NOT EXISTS audit(n INTEGER); DELETE FROM audit;"
                          "CREATE RULE noted AS ON UPDATE TO appartenances DO ALSO INSERT INTO audit VALUES (1);"
                          + self.SLOW.format(when=when))
        run = subprocess.Popen([self.vigie.program, "--config", self.vigie.configuration, "--as-of", DAY, "run"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        query = "SELECT query FROM pg_stat_activity WHERE wait_event = 'PgSleep';"
        until = time.monotonic() + 60
        while not self.database.sql(query):
            self.assertLess(time.monotonic(), until)
            self.assertIsNone(run.poll())
            time.sleep(0.05)
        told = self.database.sql(query)
        run.kill()
        run.wait()
        while self.database.sql(query):
            time.sleep(0.05)
        time.sleep(0.5)
        self.database.sql("DROP TRIGGER slow ON utilisateurs;")
        return told

    def sent_times(self):
        return int(self.database.sql("SELECT count(*) FROM audit;"))

    def test_killed_between_the_two_commits_it_sends_nothing_again(self):
        self.assertIn("COMMIT", self.kill_in("DEFERRED").upper())
        self.assertNotIn("VIL4", self.open_rows())
        self.assertEqual(set(self.all_states().values()), {"sending"})
        self.assertEqual(self.run_on(DAY, "reconcile").code, 0)
        self.assertEqual(set(self.all_states().values()), {"sending"})
        self.assertEqual(self.run_on(NEXT_DAY).code, 0)
        self.assertEqual(set(self.all_states().values()), {"confirmed"})
        self.assertEqual(self.sent_times(), 1)

    def test_killed_before_the_commit_it_waits_for_an_import_and_sends_it_then(self):
        self.assertIn("UPDATE", self.kill_in("IMMEDIATE").upper())
        self.assertIn("VIL4", self.open_rows())
        self.assertEqual(set(self.all_states().values()), {"sending"})
        self.assertEqual(self.run_on(DAY, "reconcile").code, 0)
        self.assertIn("VIL4", self.open_rows())
        self.assertEqual(self.run_on(NEXT_DAY).code, 0)
        self.assertEqual(set(self.all_states().values()), {"sent"})
        self.assertNotIn("VIL4", self.open_rows())
        self.assertEqual(self.sent_times(), 1)

    def test_typed_columns(self):
        self.put(faulty_drop())
        self.database.sql("ALTER TABLE utilisateurs ALTER date_cloture TYPE date USING date_cloture::date;"
                          "ALTER TABLE appartenances ALTER date_cloture TYPE date USING date_cloture::date, "
                          "ALTER date_ouverture TYPE date USING date_ouverture::date;")
        self.assertEqual(self.run_on(DAY).code, 0)
        self.assertNotIn("VIL4", self.open_rows())

    def test_a_database_that_is_lost_changes_nothing(self):
        self.put(faulty_drop(), {KEY + "close-account": STATEMENTS["close-account"] +
                                 " AND (SELECT pg_terminate_backend(pg_backend_pid()))"})
        result = self.run_on(DAY)
        self.assertEqual(result.code, 5, result.stderr)
        self.assertIn("VIL4", self.open_rows())
        self.assertEqual(set(self.states().values()), {"proposed"})
        self.assert_told(DAY, "la base de données ne répond pas", "2 clôtures attendent", "rétablir l'accès")
        self.configure(self.database.settings(faulty_drop()), WRITE_BACK)
        self.assertEqual(self.run_on(NEXT_DAY).code, 0)
        self.assertNotIn("VIL4", self.open_rows())


del DatabaseTest  # it would be run here once more

if __name__ == "__main__":
    unittest.main()

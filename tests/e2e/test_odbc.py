"""A source whose drop is a database's: the same night as from files, and what a database may do to it."""

import os
import socket
import threading
import time
import unittest

import drops
from databases import Mariadb, Postgres, Sqlite
from drops import DAY, SOURCE, account, faulty_drop, membership, valid_drop

NEXT_DAY = "2026-11-21"
OTHER = "caf932"


class DatabaseTest(unittest.TestCase):
    """A database for each class; drops in it are read by one Vigie, files by another."""

    database_class = Sqlite

    @classmethod
    def setUpClass(cls):
        cls.database = cls.database_class()
        cls.addClassCleanup(cls.database.close)

    def setUp(self):
        self.files = self.new_vigie()
        self.vigie = self.new_vigie()

    def new_vigie(self):
        vigie = drops.Vigie()
        self.addCleanup(vigie.close)
        return vigie

    def configure(self, settings, also=(), sources=()):
        """The source is the database's; also: further settings, or others."""
        if self.database.password:
            with open(self.vigie.path("secret"), "w", encoding="utf-8") as file:
                os.chmod(file.name, 0o600)
                file.write(self.database.password)
            settings[f"source.{SOURCE}.password-file"] = "secret"
        self.vigie.configure(settings | {f"source.{SOURCE}.mail": "mcp@caf.example",
                                         f"source.{SOURCE}.label": f"Caf {SOURCE}"} | dict(also), sources=sources)

    def put(self, files, also=(), columns=None):
        """Puts a drop in the database."""
        self.database.load(files, columns=columns)
        self.configure(self.database.settings(files, columns=columns), also)

    def refusal(self, result, code):
        self.assertEqual(result.code, code, result.stderr)
        for text in (result.stdout, result.stderr):
            self.assertNotIn(self.database.password or "\0", text)
        return next(line for line in result.stderr.splitlines() if "drop refused" in line)


class DropContract:
    def assert_same_night(self, files, day, columns=None):
        self.files.configure({f"source.{SOURCE}.mail": "mcp@caf.example"})
        self.files.drop(files, on=day, columns=columns)
        self.put(files, columns=columns)
        codes = [vigie.run("run", as_of=day).code for vigie in (self.files, self.vigie)]
        self.assertEqual(*codes)
        self.assertEqual(self.vigie.lists(), self.files.lists())

    def test_leaves_what_files_leave(self):
        """Findings, closings, a reject with its line and row; a night later a change, a withdrawal, a column less."""
        files = faulty_drop()
        self.assert_same_night(files, DAY)
        self.assertEqual(len(self.vigie.rejects()), 1)
        self.assertTrue(self.vigie.actions())
        files["utilisateurs"][1]["nom"] = "DURAND"
        del files["appartenances"][2]
        self.assert_same_night(files, NEXT_DAY, columns={"groupes": "convention code libelle date_ouverture".split()})
        self.assertTrue(self.vigie.history(since=NEXT_DAY))

    def test_every_reject(self):
        files = valid_drop()
        files["utilisateurs"] += [account("VIL1"), account("", nom="X"), account("VIL6", date_ouverture="31/02/2020"),
                                  account("VIL7", poste="ailleurs"), account("VIL8", convention="inconnue"),
                                  account("VIL9", nom="")]
        files["lieux"].append({"convention": "19_214", "activite": "ALSH Nord", "lieu": 'a;b "c"'})
        files["lieux"].append(files["lieux"][-1])
        self.assert_same_night(files, DAY)
        self.assertEqual([reject["reason"] for reject in self.vigie.rejects(file="utilisateurs.csv")],
                         ["duplicate-key", "missing-value", "bad-date", "bad-value", "unknown-reference",
                          "missing-value"])
        self.assertEqual(self.vigie.rejects(file="lieux.csv")[0]["record"], '19_214;ALSH Nord;"a;b ""c"""')

    def test_texts_of_any_length_and_script(self):
        files = valid_drop()
        files["conventions"][0]["libelle"] = "Éœ’🏛️ \\ ' ; % é"
        files["conventions"][0]["organisme"] = "é🏛" * 3000
        files["groupes"][0]["libelle"] = "T2 " + "ü" * 255
        self.assert_same_night(files, DAY)
        del files["conventions"][0]["libelle"], files["conventions"][0]["organisme"]
        files["conventions"][0] |= {"libelle": "L", "organisme": "O"}
        self.assert_same_night(files, NEXT_DAY)
        olds = {row["old"] for row in self.vigie.history(since=NEXT_DAY)}
        self.assertIn("é🏛" * 3000, olds)
        self.assertIn("Éœ’🏛️ \\ ' ; % é", olds)

    def test_the_portals_headings(self):
        files = valid_drop()
        self.database.load(files)
        settings = self.database.settings(files)
        name = self.database.quoted
        key = f"source.{SOURCE}.query.groupes"
        settings[key] = settings[key].replace(name("libelle"), f"{name('libelle')} AS {name('Libellé')}").replace(
            name("date_ouverture"), f"{name('date_ouverture')} AS {name(chr(68) + 'ate d’ouverture')}")
        self.configure(settings)
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 0)
        self.assertEqual(self.vigie.findings(), [])

    def test_a_query_that_the_database_refuses(self):
        """The drop is refused, the last good state stays."""
        self.put(faulty_drop())
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 0)
        before = self.vigie.findings()
        key = f"source.{SOURCE}.query.groupes"
        self.configure(self.database.settings(faulty_drop()) | {key: "SELECT code FROM nowhere"})
        refusal = self.refusal(self.vigie.run("run", as_of=DAY), 3)
        self.assertIn(key, refusal)
        self.assertIn("nowhere", refusal)
        self.assertEqual(self.vigie.findings(), before)
        check = self.vigie.run("check")
        self.assertEqual(check.code, 2)
        self.assertIn(key, check.stdout)

    def test_columns_that_are_missing_or_unknown(self):
        files = valid_drop()
        for row in files["groupes"]:
            row["couleur"] = "bleu"
        self.put(files, columns={"utilisateurs": [each for each in drops.COLUMNS["utilisateurs"] if each != "nom"]})
        refusal = self.refusal(self.vigie.run("run", as_of=DAY), 3)
        self.assertIn(f"utilisateurs.csv: column missing: nom; add it to source.{SOURCE}.query.utilisateurs", refusal)
        check = self.vigie.run("check")
        self.assertEqual(check.code, 2)
        self.assertIn("column missing: nom", check.stdout)
        self.assertIn("couleur", check.stdout)
        self.put(files)
        check = self.vigie.run("check")
        self.assertEqual(check.code, 0, check.stdout)
        self.assertIn("11 queries on", check.stdout)

    def test_an_optional_query_may_be_left_out(self):
        files = valid_drop()
        del files["departs"], files["lieux"]
        for row in files["profils_afas"]:
            row["lieu"] = ""
        self.assert_same_night(files, DAY)

    def test_shrinking_is_refused(self):
        files = valid_drop()
        files["utilisateurs"] += [account(f"MANY{n}") for n in range(60)]
        files["appartenances"] += [membership("T2PE", f"MANY{n}") for n in range(60)]
        self.assert_same_night(files, DAY)
        self.assert_same_night(valid_drop(), NEXT_DAY)
        self.assertEqual(self.vigie.run("run", as_of=NEXT_DAY).code, 3)
        self.assertEqual(self.vigie.run("run", "--accept-shrink", as_of=NEXT_DAY).code, 0)

    def test_another_source_goes_on_without_a_database_that_is_not_there(self):
        self.database.load(valid_drop())
        key = f"source.{SOURCE}.connection"
        settings = self.database.settings(valid_drop())
        settings[key] = settings[key].replace("127.0.0.1", "127.0.0.9").replace("source.db", "none.db")
        self.configure(settings, sources=(OTHER,))
        self.vigie.drop(faulty_drop(), source=OTHER, on=DAY)
        refusal = self.refusal(self.vigie.run("run", as_of=DAY), 5)
        self.assertIn("cannot be reached", refusal)
        self.assertTrue(self.vigie.findings(source=OTHER))
        self.assertEqual(self.vigie.run("check").code, 5)
        mails = [name for name in self.vigie.mails(DAY) if "conformite" in name]
        self.assertTrue(mails, "compliance is not told")


class SqliteTest(DropContract, DatabaseTest):
    def test_bytes_that_are_not_utf8(self):
        files = valid_drop()
        self.put(files)
        self.database.sql("UPDATE conventions SET organisme = CAST(X'56494C4C4520C9' AS TEXT);")
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 0)
        files["conventions"][0]["organisme"] = "VILLE"
        self.put(files)
        self.assertEqual(self.vigie.run("run", as_of=NEXT_DAY).code, 0)
        self.assertEqual([row["old"] for row in self.vigie.history(since=NEXT_DAY)], ["VILLE É"])

    def test_a_file_that_is_not_there_is_not_made(self):
        self.configure(self.database.settings(valid_drop()) | {
            f"source.{SOURCE}.connection": f"Driver=SQLite3;Database={self.vigie.path('none.db')}"})
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 5)
        self.assertFalse(os.path.exists(self.vigie.path("none.db")))


class TypedColumns:
    types = {"date": "DATE", "number": "NUMERIC(8,2)", "whole": "INTEGER", "moment": "TIMESTAMP", "text": "CHAR(20)"}

    def test_dates_numbers_moments_and_padded_texts(self):
        files = valid_drop()
        self.put(files)
        text = self.types["text"]
        self.database.sql(f"""
            CREATE TABLE typed(code {text}, niveau {self.types['number']}, siret {self.types['whole']},
                               ouverture {self.types['date']}, cloture {self.types['moment']});
            INSERT INTO typed VALUES ('T2PE', 1, 7, '2020-01-01', NULL), ('AFAS-DEC', 2.00, 8, '2020-01-01',
                                      '2026-11-19 00:00:00'), ('X', 1.5, 9, '2020-01-02', NULL),
                                      ('Y', 1, 9, '2020-01-02', '2026-11-19 10:00:00');""")
        self.addCleanup(self.database.sql, "DROP TABLE typed;")
        self.configure(self.database.settings(files) | {f"source.{SOURCE}.query.groupes":
            "SELECT '19_214' AS convention, code, code AS libelle, niveau, siret AS responsable, "
            "ouverture AS date_ouverture, cloture AS date_cloture FROM typed ORDER BY siret, niveau DESC"})
        self.assertIn(self.vigie.run("import", as_of=DAY).code, (0, 3))
        self.assertEqual([(row["line"], row["reason"], row["field"], row["value"][:16])
                          for row in self.vigie.rejects(file="groupes.csv")],
                         [(4, "bad-value", "niveau", "1.5" + "0" * (self.types["number"].endswith(",2)"))),
                          (5, "bad-date", "date_cloture", "2026-11-19 10:00")])
        self.configure(self.database.settings(files) | {f"source.{SOURCE}.query.groupes":
            "SELECT '19_214' AS convention, code, 'L' AS libelle, 3 AS niveau, 'R' AS responsable, "
            "'2020-01-02' AS date_ouverture, NULL AS date_cloture FROM typed WHERE siret < 9 ORDER BY siret"})
        self.assertIn(self.vigie.run("import", as_of=NEXT_DAY).code, (0, 3))
        changes = {(row["key"], row["field"]): row["old"] for row in self.vigie.history(since=NEXT_DAY, file="groupes.csv")}
        self.assertEqual(changes, {
            ("19_214:T2PE", "libelle"): "T2PE", ("19_214:AFAS-DEC", "libelle"): "AFAS-DEC",
            ("19_214:T2PE", "niveau"): "1", ("19_214:AFAS-DEC", "niveau"): "2",
            ("19_214:T2PE", "responsable"): "7", ("19_214:AFAS-DEC", "responsable"): "8",
            ("19_214:T2PE", "date_ouverture"): "2020-01-01", ("19_214:AFAS-DEC", "date_ouverture"): "2020-01-01",
            ("19_214:AFAS-DEC", "date_cloture"): "2026-11-19"})


class ServerTest:
    """What only a server can do."""

    def test_the_password_is_told_to_nobody(self):
        self.put(valid_drop())
        wrong = "mot-de-passe-faux"
        with open(self.vigie.path("secret"), "w", encoding="utf-8") as file:
            file.write(wrong)
        for command in ("run", "check"):
            result = self.vigie.run("--verbose", command, as_of=DAY)
            self.assertEqual(result.code, 5)
            self.assertNotIn(wrong, result.stdout + result.stderr)

    def test_a_server_that_hangs_ends_no_night(self):
        self.put(valid_drop())
        query = f"source.{SOURCE}.query.groupes"
        settings = self.database.settings(valid_drop())
        settings |= {query: settings[query].replace("ORDER", f"WHERE {self.slow_condition(60)} ORDER"),
                     f"source.{SOURCE}.query-seconds": "2"}
        self.configure(settings)
        began = time.monotonic()
        refusal = self.refusal(self.vigie.run("run", as_of=DAY), 5)
        self.assertLess(time.monotonic() - began, 30)
        self.assertIn(query, refusal)
        self.assertIn("query-seconds", refusal)

    def test_one_that_takes_the_connection_and_says_nothing_does_not_either(self):
        self.put(valid_drop())
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings = self.database.settings(valid_drop())
            key = f"source.{SOURCE}.connection"
            settings[key] = settings[key].replace(str(self.database.server.port), str(silent.getsockname()[1]))
            self.configure(settings | {f"source.{SOURCE}.connect-seconds": "2"})
            began = time.monotonic()
            self.assertIn("cannot be reached", self.refusal(self.vigie.run("run", as_of=DAY), 5))
            self.assertLess(time.monotonic() - began, 30)

    def test_a_server_that_is_lost_in_mid_read_changes_nothing(self):
        self.put(valid_drop())
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 0)
        before = self.vigie.lists()
        query = f"source.{SOURCE}.query.profils_afas"
        settings = self.database.settings(valid_drop())
        self.configure(settings | {query: settings[query].replace("ORDER", f"WHERE {self.slow_condition(20)} ORDER")})
        killer = threading.Thread(target=self.end_the_connection)
        killer.start()
        refusal = self.refusal(self.vigie.run("run", as_of=NEXT_DAY), 5)
        killer.join()
        self.assertIn(query, refusal)
        self.assertEqual(self.vigie.lists(), before)

    def test_all_queries_see_one_state(self):
        """While the first is read, somebody closes the convention and adds an account to it."""
        self.put(valid_drop())
        settings = self.database.settings(valid_drop())
        query = f"source.{SOURCE}.query.conventions"
        self.configure(settings | {query: settings[query].replace("ORDER", f"WHERE {self.slow_condition(3)} ORDER")})
        run = threading.Thread(target=lambda: self.vigie.run("import", as_of=DAY))
        run.start()
        self.wait_for_sleep()
        self.database.sql("INSERT INTO utilisateurs SELECT * FROM utilisateurs WHERE identifiant = 'VIL1';"
                          "DELETE FROM appartenances WHERE groupe = 'AFAS-DEC';")
        run.join()
        self.assertEqual(self.vigie.rejects(), [])
        self.configure(settings)
        self.vigie.run("import", as_of=NEXT_DAY)
        self.assertEqual([row["reason"] for row in self.vigie.rejects()], ["duplicate-key"])
        self.assertEqual({row["change"] for row in self.vigie.history(since=NEXT_DAY)}, {"withdrawn"})

    def wait_for_sleep(self):
        until = time.monotonic() + 60
        while not self.sleeping():
            self.assertLess(time.monotonic(), until)
            time.sleep(0.1)

    def end_the_connection(self):
        self.wait_for_sleep()
        self.database.sql(self.ending())


class PostgresTest(ServerTest, TypedColumns, DropContract, DatabaseTest):
    database_class = Postgres

    def slow_condition(self, seconds):
        return f"(SELECT 1 FROM pg_sleep({seconds})) = 1"

    def sleeping(self):
        return self.database.sql("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep';")

    def ending(self):
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep';"

    def test_the_unicode_driver_too(self):
        files = valid_drop()
        files["conventions"][0]["libelle"] = "Éœ’🏛️"
        self.database.load(files)
        settings = self.database.settings(files)
        key = f"source.{SOURCE}.connection"
        settings[key] = settings[key].replace("PostgreSQL ANSI", "PostgreSQL Unicode")
        query = f"source.{SOURCE}.query.conventions"
        settings[query] = settings[query].replace('"libelle"', "\"libelle\" || 'é' AS \"Libellé\"")
        self.configure(settings)
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 0)
        self.database.sql("UPDATE conventions SET libelle = 'X';")
        self.assertEqual(self.vigie.run("run", as_of=NEXT_DAY).code, 0)
        self.assertEqual([row["old"] for row in self.vigie.history(since=NEXT_DAY)], ["Éœ’🏛️é"])


class MariadbTest(ServerTest, TypedColumns, DropContract, DatabaseTest):
    database_class = Mariadb
    types = TypedColumns.types | {"moment": "DATETIME"}

    def slow_condition(self, seconds):
        return f"(SELECT sleep({seconds})) = 0"

    def sleeping(self):
        return self.database.sql("SELECT id FROM information_schema.processlist WHERE state = 'User sleep'")

    def ending(self):
        return f"KILL {self.sleeping().split()[0]}"


if __name__ == "__main__":
    unittest.main()

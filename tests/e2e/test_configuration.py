"""Broken configurations: `vigie check` says of each which file, which line, which key, what is wrong and what to do."""

import os
import socket
import unittest
from unittest import mock

from drops import DAY, valid_drop
from nights import NightTest

SOURCE = "source.caf931.connector = csv\nsource.caf931.path = drops/caf931\n"
UNKNOWN = "unknown key"

# Lines after a good source, which takes the first two; words that the message must hold, the line's number first.
BROKEN = [
    # no key and value
    ("compliance.mail", "line 3", "no =", "SECTION.NAME = VALUE"),
    ("compliance.mail conformite@caf.example", "line 3", "no =", "#"),
    ("[mail]\nfrom = a@caf.example", "line 3", "line 4", "no ="),
    ("// a comment", "line 3", "no =", "# before a comment"),
    ("-- a comment", "line 3", "no ="),
    ("= 3", "line 3", "no key"),
    (": 3", "line 3", "no key"),
    (".mail = 3", "line 3", "no key"),
    ("mail. = 3", "line 3", "no key"),
    ("mail..from = a@caf.example", "line 3", "no key"),
    ("mail from = a@caf.example", "line 3", "no key"),
    ("mail/from = a@caf.example", "line 3", "no key"),
    ("mail.from@x = a@caf.example", "line 3", "no key"),
    ("mäil.from = a@caf.example", "line 3", "no key", "without accents"),
    ("mail.from\u00a0= a@caf.example\nmail\u00a0.to = 1", "line 4", "no key"),
    ("x" * 201 + " = 1", "line 3", "no key"),
    ("a." * 50000 + "a = 1", "line 3", "no key"),
    ("<key>mail.from</key>", "line 3", "no ="),
    ('{"mail.from": "a@caf.example"}', "line 3", "no key"),
    # a key twice
    ("import.max-rejects = 1\nimport.max-rejects = 2", "line 4", "import.max-rejects", "given twice, in line 3"),
    ("import.max-rejects = 1\n\n#\nimport.max-rejects = 1", "line 6", "given twice, in line 3", "keep one"),
    ("source.caf931.path = drops/other", "line 3", "source.caf931.path", "given twice, in line 2"),
    ("rule.group-empty.enabled = true\nrule.group-empty.enabled: false", "line 4", "given twice, in line 3"),
    # unknown keys
    ("complience.mail = a@caf.example", "line 3", "complience.mail", UNKNOWN, "compliance.mail?"),
    ("Import.Max-Rejects = 3", "line 3", UNKNOWN, "import.max-rejects?"),
    ("import.max_rejects = 3", "line 3", UNKNOWN, "import.max-rejects?"),
    ("import.max-reject = 3", "line 3", UNKNOWN, "import.max-rejects?"),
    ("import.max-shrink = 3", "line 3", UNKNOWN, "import.max-shrink-percent?"),
    ("reconcile.overdue = 3", "line 3", UNKNOWN, "reconcile.overdue-days?"),
    ("mail.form = a@caf.example", "line 3", UNKNOWN, "mail.from"),
    ("mail.server = smtp.caf.example", "line 3", "mail.server", UNKNOWN),
    ("mail.passwort-file = secret", "line 3", UNKNOWN, "mail.password-file?"),
    ("reports.directory = out", "line 3", UNKNOWN, "report.directory?"),
    ("store.conection = vigie.db", "line 3", UNKNOWN, "store.connection?"),
    ("schedule.nightly = 15 2 * * *", "line 3", "schedule.nightly", UNKNOWN),
    ("nothing.like.it = 1", "line 3", "nothing.like.it", UNKNOWN),
    ("source = x", "line 3", "source", UNKNOWN),
    ("source.connector = csv", "line 3", "source.connector", UNKNOWN),
    ("source.caf931.pth = x", "line 3", UNKNOWN, "source.caf931.path?"),
    ("source.caf931.labell = x", "line 3", UNKNOWN, "source.caf931.label?"),
    ("source.caf931.connection = Driver=x", "line 3", "source.caf931.connection", "connector = csv"),
    ("source.caf931.query.utilisateurs = SELECT 1", "line 3", "source.caf931.query.utilisateurs",
     "connector = csv"),
    # values of the wrong kind, or out of bounds
    ("import.max-rejects = ten", "line 3", "import.max-rejects", "whole number from 0 to", "it is ten"),
    ("import.max-rejects =", "line 3", "whole number from 0", "it is empty"),
    ("import.max-rejects = -1", "line 3", "whole number from 0", "it is -1"),
    ("import.max-rejects = +1", "line 3", "whole number", "it is +1"),
    ("import.max-rejects = 1.5", "line 3", "whole number", "it is 1.5"),
    ("import.max-rejects = 1 000", "line 3", "whole number", "it is 1 000"),
    ("import.max-rejects = 1e3", "line 3", "whole number", "it is 1e3"),
    ("import.max-rejects = 0x10", "line 3", "whole number", "it is 0x10"),
    ("import.max-rejects = 99999999999999999999", "line 3", "whole number"),
    ("import.max-rejects = " + "9" * 1000, "line 3", "whole number", "999…"),
    ("import.max-rejects = 10 # rows", "line 3", "whole number", "a comment needs a line of its own"),
    ("import.max-reject-percent = 101", "line 3", "0 to 100", "it is 101"),
    ("import.max-reject-percent = 5 %", "line 3", "0 to 100", "it is 5 %"),
    ("import.max-shrink-percent = -20", "line 3", "0 to 100", "it is -20"),
    ("import.max-age-days = 3 days", "line 3", "import.max-age-days", "whole number"),
    ("import.max-age-days = -3", "line 3", "import.max-age-days", "whole number from 0"),
    ("reconcile.horizon-days = demain", "line 3", "reconcile.horizon-days", "it is demain"),
    ("reconcile.overdue-days = -7", "line 3", "reconcile.overdue-days", "it is -7"),
    ("reconcile.max-closures-percent = 1000", "line 3", "0 to 100"),
    ("reconcile.guard-min = ١٠", "line 3", "reconcile.guard-min", "whole number"),
    ("mail.reminder-days = 0", "line 3", "mail.reminder-days", "from 1", "it is 0"),
    ("mail.escalation-days = P30D", "line 3", "mail.escalation-days", "it is P30D"),
    ("mail.max-per-run = unlimited", "line 3", "mail.max-per-run", "it is unlimited"),
    ("report.keep-days = -1", "line 3", "report.keep-days", "whole number from 0", "it is -1"),
    ("report.partners = oui", "line 3", "report.partners", "true or false", "it is oui"),
    ("store.connector = sqlite", "line 3", "store.connector", "must be SQLite", "it is sqlite"),
    ("store.connector = ODBC", "line 3", "store.connection is missing", "write ODBC's connection string"),
    ("store.schema = pg_mine", "line 3", "lower case letters"),
    ("reconcile.mode = apply", "line 3", "must be propose", "it is apply"),
    ("mail.transport = pigeon", "line 3", "must be files or smtp", "it is pigeon"),
    ("mail.host = smtp caf", "line 3", "mail.host", "name of a mail server"),
    ("mail.port = 65536", "line 3", "mail.port", "65535"),
    ("mail.security = ssl", "line 3", "must be starttls, tls or none"),
    ("mail.days = lun-ven", "line 3", "mail.days", "mon-fri", "it is lun-ven"),
    ("mail.retry-seconds = 10, soon", "line 3", "mail.retry-seconds", "whole number"),
    ("mail.redirect-to = essai", "line 3", "no well-formed mail address"),
    ("mail.attach-report = yes", "line 3", "must be true or false"),
    ("mail.timeout-seconds = 0", "line 3", "mail.timeout-seconds", "from 1"),
    ("schedule.timezone = UTC", "line 3", "must be Europe/Paris", "it is UTC"),
    ("schedule.run = daily", "line 3", "five fields", "it is daily"),
    ("schedule.run = 15 2 * *", "line 3", "five fields", "has 4 fields"),
    ("schedule.run = 75 2 * * *", "line 3", "schedule.run", "minute: 75 is not from 0 to 59"),
    ("schedule.run = 15 25 * * *", "line 3", "hour: 25"),
    ("schedule.import = 0 2 * * lundi", "line 3", "schedule.import", "lundi is not from 0 to 7 nor from sun to sat"),
    ("schedule.report = 0 2 30 feb *", "line 3", "names a day that never comes"),
    ("schedule.notify = */0 * * * *", "line 3", "has no step"),
    ("schedule.jitter = 5 min", "line 3", "schedule.jitter", "it is 5 min"),
    ("schedule.jitter = 3601", "line 3", "from 0 to 3600"),
    ("http.listen = everywhere", "line 3", "http.listen", "must be a port"),
    ("http.listen = 127.0.0.1:99999", "line 3", "HOST:PORT"),
    ("metrics.file =", "line 3", "metrics.file", "must be a path"),
    ("metrics.file = vigie.db", "line 3", "metrics.file", "a file whose name ends in .prom"),
    # paths
    ("report.directory =", "line 3", "report.directory", "must be a path"),
    ('report.directory = "out/reports"', "line 3", "without quotation marks"),
    ("report.directory = ~/out", "line 3", "~", "whole path"),
    ("report.directory = out # here", "line 3", "a comment needs a line of its own"),
    ("report.directory = C:\\vigie\\out", "line 3", "backslash", "/"),
    ("report.directory = out\\\nmail.max-per-run = 3", "line 3", "backslash", "one line"),
    ("mail.from = a@caf.example\\", "line 3", "backslash"),
    # addresses
    ("compliance.mail =", "line 3", "compliance.mail", "must be a mail address"),
    ("compliance.mail = ,", "line 3", "must be a mail address"),
    ("compliance.mail = a@caf.example; b@caf.example", "line 3", "no well-formed mail address"),
    ("compliance.mail = a@caf.example, Conformité", "line 3", "Conformité is no well-formed"),
    ("mail.from = Vigie <vigie@caf.example>", "line 3", "no well-formed mail address"),
    ("mail.from = a@caf.example, b@caf.example", "line 3", "must be one mail address"),
    ("source.caf931.mail = mcp", "line 3", "source.caf931.mail", "mcp is no well-formed"),
    # rules
    ("rule.group-emty.enabled = false", "line 3", "no rule group-emty", "group-empty?"),
    ("rule.group-empty = false", "line 3", "no value of its own", "rule.group-empty.enabled", "enabled, severity"),
    ("rule.group = false", "line 3", "no rule group", "vigie rules"),
    ("rules.account-inactive.days = 3", "line 3", UNKNOWN, "rule.account-inactive.days?"),
    ("sources.caf132.path = x", "line 3", UNKNOWN, "source.caf132.path?"),
    ("rule.group-empty.enabled = non", "line 3", "true or false", "it is non"),
    ("rule.group-empty.enabled = TRUE", "line 3", "true or false", "it is TRUE"),
    ("rule.group-empty.severity = high", "line 3", "critical, major, minor or info", "it is high"),
    ("rule.group-empty.days = 3", "line 3", "has no parameter days", "enabled, severity"),
    ("rule.account-inactive.day = 3", "line 3", "has no parameter day", "days"),
    ("rule.account-inactive.days = 6 mois", "line 3", "whole number", "it is 6 mois"),
    ("source.caf931.rule.account-inactive.days = -1", "line 3", "source.caf931.rule", "whole number"),
    # columns
    ("source.caf931.default.conventions = 19_214", "line 3", "has the field conventions", "convention?"),
    ("source.caf931.heading.utilisateur.mail = x", "line 3", "has the field utilisateur.mail"),
    ("source.caf931.heading.mail =", "line 3", "must be a heading"),
    ("source.caf931.heading.mail = A\nsource.caf931.heading.utilisateurs.nom = A", "line 4", "heading A", "mail's"),
    # sources
    ("source.caf132.path = x", "line 3", "source.caf132.connector is missing", "csv"),
    ("source.caf132.connector = csv", "line 3", "source.caf132.path is missing"),
    ("source.caf132.connector = ods\nsource.caf132.path = x", "line 3", "must be csv or odbc", "it is ods"),
    ("source.caf132.connector = odbc\nsource.caf132.path = x", "line 4", "source.caf132.path", "connector = odbc"),
    ("source.CAF931.connector = csv\nsource.CAF931.path = x", "source.caf931", "by capitals only"),
    ("source.a/b.connector = csv", "line 3", "no key", "source's name"),
    ("source.../../x.connector = csv", "line 3", "no key"),
    ("source.caf 931.connector = csv", "line 3", "no key", "source's name"),
    ("source.-x.connector = csv\nsource.-x.path = x", "line 3", "begins with a letter or a digit"),
    ("source." + "a" * 41 + ".connector = csv\nsource." + "a" * 41 + ".path = x", "line 3", "at most 40 characters"),
    # the environment
    ("report.directory = ${system.env.VIGIE_NOT_DEFINED}", "line 3", "${system.env.VIGIE_NOT_DEFINED} is not defined"),
    ("report.directory = ${env:HOME}", "line 3", "${env:HOME} is not known", "${system.env.NAME}"),
    ("report.directory = ${HOME}/out", "line 3", "${HOME} is not known", "${system.env.NAME}"),
    ("report.directory = ${system.env.HOME", "line 3", "without its }"),
    # characters
    (b"source.caf931.label = Caf de l'H\xe9rault", "line 3", "not UTF-8", "Save the file as UTF-8"),
    (b"source.caf931.label = Caf\x1b[31m", "line 3", "control character"),
    (b"source.caf931.label = a\rmail.max-per-run = 3", "line 3", "control character"),
    # lists
    ("compliance.mail = a@caf.example b@caf.example", "line 3", "compliance.mail", "no well-formed mail address"),
    ("compliance.mail = a@caf.example # le chef", "line 3", "NAME@DOMAIN", "a comment needs a line of its own"),
    ("source.caf931.mail = a@caf.example, b@caf.example", "line 3", "source.caf931.mail", "must be one mail address"),
    ("mail.redirect-to = a@caf.example,b@caf.example", "line 3", "mail.redirect-to", "must be one mail address"),
    ("mail.from = @caf.example", "line 3", "mail.from", "no well-formed mail address"),
    ("mail.from = vigie@", "line 3", "mail.from", "no well-formed mail address"),
    ("mail.days = mon-", "line 3", "mail.days", "mon-fri", "it is mon-"),
    ("mail.days =", "line 3", "mail.days", "all, or days", "it is empty"),
    ("mail.days = 1-5", "line 3", "mail.days", "mon-fri", "it is 1-5"),
    ("mail.retry-seconds = " + ", ".join(["1"] * 11), "line 3", "mail.retry-seconds", "up to ten waits"),
    ("mail.retry-seconds =", "line 3", "mail.retry-seconds", "none, or up to ten waits"),
    ("mail.retry-seconds = 10, 3601", "line 3", "mail.retry-seconds", "whole number from 0 to 3600"),
    # durations
    ("mail.retry-seconds = 10s, 1m", "line 3", "mail.retry-seconds", "whole number"),
    ("mail.timeout-seconds = 1 min", "line 3", "mail.timeout-seconds", "whole number from 1 to 3600", "it is 1 min"),
    ("store.connect-seconds = 3601", "line 3", "store.connect-seconds", "from 0 to 3600", "it is 3601"),
    ("rule.account-inactive.days = 6 months", "line 3", "rule.account-inactive.days", "whole number"),
    ("report.keep-days = 1 an", "line 3", "report.keep-days", "it is 1 an"),
    ("mail.per-minute = 100/min", "line 3", "mail.per-minute", "it is 100/min"),
    # schedules
    ("schedule.run = 15 2 * * * *", "line 3", "schedule.run", "has 6 fields"),
    ("schedule.run = @daily", "line 3", "schedule.run", "such as 15 2 * * *"),
    ("schedule.run = 02:15", "line 3", "schedule.run", "such as 15 2 * * *"),
    ("schedule.run =", "line 3", "schedule.run", "five fields", "it is empty"),
    ("schedule.run = 15 2 * * * # chaque nuit", "line 3", "schedule.run", "a comment needs a line of its own"),
    ("schedule.run = 30-15 2 * * *", "line 3", "minute: 30-15 ends before it begins"),
    ("schedule.run = 15,,30 2 * * *", "line 3", "minute: an empty value"),
    ("schedule.detect = 15 2 * janv *", "line 3", "schedule.detect", "month: janv is not from 1 to 12 nor from jan to dec"),
    ("schedule.import = 0 2 31 4,6 *", "line 3", "schedule.import", "names a day that never comes"),
    ("schedule.check = 15 2 * * *", "line 3", "schedule.check", UNKNOWN),
    ("schedule.timezone = Europe/Pairs", "line 3", "schedule.timezone", "must be Europe/Paris"),
    ("shedule.run = 15 2 * * *", "line 3", "shedule.run", UNKNOWN, "schedule.run?"),
    # what one key asks of another: the line is that of the one which asks
    ("mail.transport = smtp", "line 3", "mail.host is missing", "write mail.host =", "mail.from is missing"),
    ("mail.user = vigie", "line 3", "mail.password-file is missing", "take mail.user out"),
    ("\nmail.password-file = secret", "line 4", "mail.user is missing", "write mail.user ="),
    ("mail.password = secret", "line 3", "mail.user is missing"),
    ("mail.transport = smtp\nmail.host = smtp.caf.example\nmail.from = a@caf.example\nmail.user = v\nmail.password = p\n"
     "mail.security = none", "line 8", "in the clear", "starttls or tls"),
    ("mail.password =", "line 3", "mail.password", "is empty; give a value"),
    ("mail.ca-file =", "line 3", "mail.ca-file", "must be a path"),
    ("mail.host = smtp.caf.example:587", "line 3", "mail.host", "without its port", "mail.port"),
    ("mail.host = smtp://smtp.caf.example", "line 3", "mail.host", "name of a mail server"),
    ("store.connector = ODBC\nstore.connection = vigie.db", "line 4", "store.connection", "KEY=VALUE pairs", "such as Driver="),
    ("store.connector = ODBC\nstore.connection = Server=db.example", "line 4", "names neither Driver nor DSN"),
    ("store.connector = ODBC\nstore.connection = Driver=x\nstore.password-file = absent", "line 5", "store.password-file",
     "no password in"),
    ("store.connector = ODBC\nstore.connection = Driver=x\nstore.password-file = .", "line 5", "no password in"),
    ("store.schema = Vigie", "line 3", "store.schema", "lower case letters"),
    # addresses to listen on
    ("http.listen = 0", "line 3", "http.listen", "must be a port", "it is 0"),
    ("http.listen = :9187", "line 3", "http.listen", "HOST:PORT"),
    ("http.listen = ::1:9187", "line 3", "http.listen", "HOST:PORT"),
    ("http.listen = http://127.0.0.1:9187", "line 3", "http.listen", "HOST:PORT"),
    ("http.listen = 9187 # Prometheus", "line 3", "http.listen", "a comment needs a line of its own"),
    # more of the environment, of columns, of rules, of paths
    ("report.directory = ${system.env.}", "line 3", "${system.env.} is not defined"),
    ("report.directory = ${}", "line 3", "is not known", "${system.env.NAME}"),
    ("report.directory = ${report.directory}/x", "line 3", "${report.directory} is not known"),
    ("source.caf931.heading.utilisateurs.prenoms = P", "line 3", "has the field utilisateurs.prenoms", "prenom?"),
    ("source.caf931.rule.account-inactif.days = 3", "line 3", "no rule account-inactif", "account-inactive?"),
    ("source.caf931.rule.account-inactive.severity = haute", "line 3", "critical, major, minor or info", "it is haute"),
    ("report.directory = " + "a" * 256, "line 3", "report.directory", "so long a path; shorten it"),
    ("report.directory = " + "a/" * 3000, "line 3", "report.directory", "so long a path; shorten it"),
    # several, all at once
    ("import.max-rejects = x\nunheard.of = 1\nmail.from = x", "line 3", "line 4", "line 5"),
]

# Whole files.
BROKEN_FILES = [
    (b"", "no source", "source.NAME.connector", "source.NAME.path"),
    (b"# nothing\n", "no source"),
    (b"mail.max-per-run = 1\n", "no source"),
    (SOURCE.encode("utf-16"), "UTF-16", "save it as UTF-8"),
    (SOURCE.encode("utf-16-be"), "no text"),
    (b"\x7fELF\x02\x01\x01\x00\x00\x00", "no text", "check its name"),
    (b"PK\x03\x04\x14\x00", "no text"),
    (b"SQLite format 3\x00", "no text"),
    (b"#" * (1 << 20) + b"\n" + SOURCE.encode(), "larger than 1 MiB"),
    (b"\xef\xbb\xbfunheard.of = 1\n", "line 1: unheard.of", UNKNOWN),
    (b"a = 1\r\nunheard.of = 1\r\n", "line 2: unheard.of", UNKNOWN),
    (b"identifiant;nom;prenom\nVIL1;MOREL;Sylvie\n", "line 1", "no ="),
    (SOURCE.encode("utf-16-le"), "no text", "check its name"),
    (SOURCE.encode("utf-32"), "UTF-16", "save it as UTF-8"),
    (SOURCE.encode().replace(b"\n", b"\r"), "line 1", "control character"),
    (SOURCE.encode() + b"\xef\xbb\xbfmail.from = a@caf.example\n", "line 3", "no key"),
    (b"\xef\xbb\xbf\xef\xbb\xbf" + SOURCE.encode(), "line 1", "no key"),
    (SOURCE.replace("\n", "\r\n").encode() + b"mail.days = lun\r\n", "line 3: mail.days", "it is lun"),
    (SOURCE.encode() + b"source.caf931.label = Caf\0\n", "no text"),
    (b"\x1f\x8b\x08\x00" + SOURCE.encode(), "no text"),
    ("source.caf931.label = Caf de l'Hérault\n".encode("cp1252") + SOURCE.encode(), "line 1", "not UTF-8", "Save the file"),
    ("source.café.path = x\n".encode("cp1252"), "line 1", "not UTF-8"),
    (b"mail:\n  from: vigie@caf.example\n", "line 1: mail", UNKNOWN, "line 2: from"),
    (b"<?xml version=\"1.0\"?>\n<vigie/>\n", "line 1", "line 2", "no ="),
]


class BrokenConfigurationTest(NightTest):
    def assert_told(self, content, *words):
        with open(self.vigie.configuration, "wb") as file:
            file.write(content)
        result = self.vigie.run("check")
        self.assertEqual(result.code, 2, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertTrue(result.stderr.startswith("vigie: "), result.stderr)
        self.assertLess(len(result.stderr), 2000)
        for word in ("vigie.properties", *words):
            self.assertIn(word, result.stderr)
        self.assertEqual(os.listdir(self.vigie.folder), ["vigie.properties"])

    def test_each_line_is_told(self):
        for lines, *words in BROKEN:
            with self.subTest(lines[:60]):
                self.assert_told(SOURCE.encode() + (lines if isinstance(lines, bytes) else lines.encode()) + b"\n",
                                 *words)

    def test_a_file_that_is_no_configuration_is_told(self):
        for content, *words in BROKEN_FILES:
            with self.subTest(content[:30]):
                self.assert_told(content, *words)

    def test_what_the_environment_brings_is_told_and_not_shown(self):
        """Nor is it looked into for another variable: one that names itself is no endless loop."""
        for value, *words in (("${system.env.VIGIE_TEST}", "must be a whole number", "it is ${system.env.VIGIE_TEST}"),
                              ("s3cret", "must be a whole number", "it is ${system.env.VIGIE_TEST}"),
                              ("", "must be a whole number"), ("1\n2", "control character"), ("\udce9", "not UTF-8")):
            with self.subTest(value), mock.patch.dict(os.environ, VIGIE_TEST=value):
                self.assert_told(SOURCE.encode() + b"import.max-rejects = ${system.env.VIGIE_TEST}\n", "line 3",
                                 "import.max-rejects", *words)
                self.assertNotIn("s3cret", self.vigie.run("check").stderr)

    def test_what_is_no_file_is_told(self):
        for path, word in ((self.vigie.folder, "folder"), ("/dev/zero", "no regular file"), ("absent", "no configuration"),
                           ("", "empty")):
            with self.subTest(path):
                self.vigie.configuration = path
                result = self.vigie.run("check")
                self.assertEqual(result.code, 2)
                self.assertIn(word, result.stderr)


class BrokenSurroundingsTest(NightTest):
    """Configurations that are right, of what is not there, or not as it must be: `vigie check` names the line too."""

    def setUp(self):
        super().setUp()
        self.vigie.drop(valid_drop())
        self.vigie.configure({})
        with open(self.vigie.configuration, encoding="utf-8") as file:
            self.lines = file.read().splitlines()

    def told(self, code=2, **settings):
        """What the check calls wrong."""
        self.vigie.configure({name.replace("_", "."): value for name, value in settings.items()})
        return self.wrong(code)

    def wrong(self, code=2):
        result = self.vigie.run("check")
        self.assertEqual(result.code, code, result)
        return "\n".join(line for line in result.stdout.splitlines() if line.startswith("wrong  ")) + result.stderr

    def line_of(self, key):
        with open(self.vigie.configuration, encoding="utf-8") as file:
            lines = file.read().splitlines()
        return f"vigie.properties, line {1 + [line.split(' = ')[0] for line in lines].index(key)}: "

    def file(self, name, content="x\n", mode=0o600):
        with open(self.vigie.path(name), "w", encoding="utf-8") as file:
            file.write(content)
        os.chmod(file.name, mode)
        return name

    def assert_told(self, key, told, *words):
        for word in (self.line_of(key), *words):
            self.assertIn(word, told)

    def test_a_sound_one_has_no_faults(self):
        self.assertEqual(self.wrong(0), "")

    def test_folders(self):
        self.file("a-file")
        for key in ("report.directory", "mail.directory"):
            for value, words in (("a-file", ("is no folder; name another",)), ("a-file/out", ("is no folder; name another",)),
                                 ("/proc/vigie", ("/proc cannot be written; check its owner",))):
                with self.subTest(key=key, value=value):
                    self.assert_told(key, self.told(**{key: value}), key + ": ", *words)

    def test_the_store(self):
        self.file("a-file", "x" * 5000)
        for value, word in ((".", "it is a folder; name a file in store.connection"), ("a-file", "is no SQLite database"),
                            ("none/vigie.db", "store.connection"), ("a-file/vigie.db", "store.connection")):
            with self.subTest(value):
                self.assert_told("store.connection", self.told(5, store_connection=value), word)

    def test_the_drop(self):
        self.file("a-file")
        key = "source.caf931.path"
        for value in ("none", "a-file", "drops/caf931/utilisateurs.csv"):
            with self.subTest(value):
                self.assert_told(key, self.told(**{key: value}), "source caf931: ", "check source.caf931.path")
        self.vigie.configure({})
        os.remove(os.path.join(self.vigie.drop_folder(), "groupes.csv"))
        self.assertIn("source caf931: groupes.csv: file missing in", self.wrong())

    def test_the_metrics(self):
        os.mkdir(self.vigie.path("folder.prom"))
        for value, word in (("none/vigie.prom", "there is no folder"), ("folder.prom", "is a folder; name a file in it"),
                            ("/proc/vigie.prom", "cannot be written; check its owner")):
            with self.subTest(value):
                self.assert_told("metrics.file", self.told(metrics_file=value), "metrics.file: ", word)

    def test_where_to_listen(self):
        for value in ("203.0.113.9:9187", "999.1.1.1:9187", "[2001:db8::9]:9187"):
            with self.subTest(value):
                self.assert_told("http.listen", self.told(http_listen=value), "http.listen: ",
                                 "no address of this machine", "write a port alone")
        with socket.socket() as taken:  # by the service itself, it may be
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            self.assertEqual(self.told(0, http_listen=f"127.0.0.1:{taken.getsockname()[1]}"), "")

    def smtp(self, **settings):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            port = nobody.getsockname()[1]
        return self.told(**({"mail_transport": "smtp", "mail_host": "127.0.0.1", "mail_port": str(port)} | settings))

    def test_the_mail_server(self):
        self.assert_told("mail.host", self.smtp(), "cannot be reached", "check mail.host, mail.port")

    def test_secrets(self):
        self.file("empty", "")
        self.file("blank", "\nsecret\n")
        self.file("open", "secret\n", 0o644)
        self.file("shared", "secret\n", 0o660)
        for name, word in (("none", "check its path and its owner"), (".", "check its path and its owner"), ("empty", "cannot be read, or is empty"),
                           ("blank", "is no password; write nothing else there"), ("open", "chmod 0400"),
                           ("shared", "chmod 0400")):
            with self.subTest(name):
                told = self.smtp(mail_user="vigie", **{"mail.password-file": name})
                self.assert_told("mail.password-file", told, "mail.password-file: ", word)
        odbc = {"store.connector": "ODBC", "store.connection": "Driver=x", "mail.transport": "files"}
        for name, word in (("none", "no password in"), ("empty", "no password in"), ("open", "chmod 0400")):
            with self.subTest(odbc=name):
                told = self.told(**odbc, **{"store.password-file": name})
                self.assert_told("store.password-file", told, "store.password-file: ", word)

    def test_a_configuration_that_everybody_can_read_holds_no_password(self):
        self.vigie.configure({"mail.user": "vigie", "mail.password": "s3cret"})
        for mode, code in ((0o640, 0), (0o644, 2)):
            os.chmod(self.vigie.configuration, mode)
            told = self.wrong(code)
        self.assertIn("holds a password that everybody can read (mode 0644); chmod 0640", told)
        self.assertNotIn("s3cret", told)
        self.vigie.configure({"mail.user": "vigie", "mail.password": "s3cret", "schedule.run": "0 0 29 2 *"})
        refused = self.vigie.run("serve")
        self.assertEqual(refused.code, 2)
        self.assertIn("holds a password that everybody can read", refused.stderr)

    def test_a_secret_that_everybody_can_read_is_none_to_serve_with(self):
        self.file("open", "secret\n", 0o644)
        self.vigie.configure({"mail.transport": "smtp", "mail.host": "127.0.0.1", "mail.user": "vigie",
                              "mail.password-file": "open", "schedule.run": "0 0 29 2 *"})
        refused = self.vigie.run("serve")
        self.assertEqual(refused.code, 2)
        self.assertRegex(refused.stderr, r"mail\.password-file: the secret .*open can be read by everybody.*chmod 0400")

    def test_folders_of_all(self):
        """Their mode is not Vigie's to change."""
        for folder in "/tmp", "/":
            told = self.told(**{"report.directory": folder, "mail.directory": "/dev/null"})
            self.assertIn(f"the folder of workbooks {folder} is open to everybody (mode ", told)
            self.assertIn("name a folder that is Vigie's own", told)
            self.assertNotIn("chmod", told)
            self.assertIn("/dev/null is no folder", told)

    def test_rights(self):
        self.vigie.configure({})
        os.chmod(self.vigie.configuration, 0o666)
        self.assertIn("can be changed by everybody (mode 0666); chmod 0640", self.wrong())
        os.chmod(self.vigie.configuration, 0o640)
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 0)
        os.chmod(self.vigie.path("vigie.db"), 0o644)
        self.assertIn("is open to everybody (mode 0644); chmod 0640", self.wrong())

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_what_is_not_for_this_account(self):
        os.chmod(self.vigie.drop_folder(), 0)
        self.addCleanup(os.chmod, self.vigie.drop_folder(), 0o700)
        self.assertIn("source caf931: conventions.csv: cannot be opened: Permission denied", self.wrong())
        os.chmod(self.vigie.configuration, 0)
        self.assertIn("check its path and its owner", self.wrong())

    def test_one_folder_of_two_sources(self):
        """Told, and no reason to let a night pass."""
        told = self.told(**{"source.caf932.connector": "csv", "source.caf932.path": "drops/../drops//caf931/"})
        self.assertRegex(told, r"line \d+: source caf932: this is source caf931's folder; .*name another")
        self.assertEqual(self.vigie.run("import", as_of=DAY).code, 0)

    def test_nobody_to_tell(self):
        text = "\n".join(line for line in self.lines if not line.startswith("compliance.mail"))
        with open(self.vigie.configuration, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        self.assertIn("compliance.mail is not set", self.wrong())


if __name__ == "__main__":
    unittest.main()

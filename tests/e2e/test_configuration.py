"""Broken configurations: `vigie check` says of each which file, which line, which key, what is wrong and what to do."""

import os
import unittest

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
    ("rule.group-empty = false", "line 3", "no rule", "vigie rules"),
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

    def test_what_is_no_file_is_told(self):
        for path, word in ((self.vigie.folder, "folder"), ("/dev/zero", "no regular file"), ("absent", "no configuration"),
                           ("", "empty")):
            with self.subTest(path):
                self.vigie.configuration = path
                result = self.vigie.run("check")
                self.assertEqual(result.code, 2)
                self.assertIn(word, result.stderr)


if __name__ == "__main__":
    unittest.main()

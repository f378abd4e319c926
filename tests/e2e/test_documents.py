"""README.md and the guide d'exploitation, typed as they are written: their configurations, then every command of theirs
that is Vigie's, in their order, on the demonstration's drop. Commands of the system (packages, units, PostgreSQL) are
not run, and no others are passed over."""

import datetime
import os
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SETTING = re.compile(r"[a-z][\w.-]* = ")
TYPED = re.compile(r"(?:sudo -u vigie )?((?:vigie|mkdir) .*)")
OF_THE_SYSTEM = re.compile(r"\./vigie\.sh |sudo |systemctl |journalctl |cd /|\(umask ")
# What the reader fills in, and what needs the server that the document has set up.
NOT_AS_IT_IS = re.compile(r"\b(?:IDENTIFIANT|ID|PLAN)\b|out/postgres/")
ENDS_WELL = (0, 3)


def blocks(name):
    """The blocks of a document, as lists of lines; one that a backslash goes on is one."""
    for indent, block in re.findall(r"(?ms)^( *)```\n(.*?)^ *```$", read(name)):
        lines = [line.removeprefix(indent) for line in block.splitlines()]
        yield re.sub(r"\\\n", "", "\n".join(lines)).splitlines()


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def is_configuration(block):
    lines = [line for line in block if line and not line.startswith("#")]
    return bool(lines) and all(SETTING.match(line) for line in lines)


class DocumentTest(unittest.TestCase):
    name = "README.md"

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="vigie-document-")
        self.addCleanup(shutil.rmtree, self.folder)
        os.mkdir(os.path.join(self.folder, "bin"))
        os.symlink(os.path.abspath(os.environ["VIGIE"]), os.path.join(self.folder, "bin", "vigie"))
        for name in ("password", "caf932.password"):
            with open(os.open(os.path.join(self.folder, name), os.O_CREAT | os.O_WRONLY, 0o600), "w",
                      encoding="utf-8") as file:
                file.write("secret\n")

    def here(self, text):
        """With the folders of the package in this test's own; and a day of next year for one of the document's."""
        text = re.sub(r"/(?:var/lib|var/backups|etc)/vigie", self.folder, text)
        return re.sub(r"--until \d{4}", f"--until {datetime.date.today().year + 1}", text)

    def typed(self, command):
        environment = dict(os.environ, PATH=os.path.join(self.folder, "bin") + ":" + os.environ["PATH"])
        return subprocess.run(["bash", "-c", self.here(command)], cwd=self.folder, env=environment, timeout=300,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def write_configuration(self, *blocks_of_lines):
        """The later ones go before the earlier ones."""
        lines = {line.split(" = ")[0]: line for block in blocks_of_lines for line in block if SETTING.match(line)}
        with open(os.path.join(self.folder, "vigie.properties"), "w", encoding="utf-8") as file:
            file.write(self.here("\n".join(lines.values())) + "\n")

    def put_drop(self):
        """README.md does so itself."""

    def configurations(self):
        return [block for block in blocks(self.name) if is_configuration(block)]

    def commands(self):
        return [line for block in blocks(self.name) if not is_configuration(block) for line in block if line]

    def test_every_configuration_is_one(self):
        """Each goes on from those before it."""
        written = self.configurations()
        for number, block in enumerate(written, 1):
            with self.subTest(block):
                self.write_configuration(*written[:number])
                told = self.typed("vigie check")
                self.assertIn("ok     configuration ", told.stdout, told.stderr)

    def test_every_command_does_what_it_is_there_for(self):
        self.write_configuration(self.configurations()[0])
        self.put_drop()
        ran = 0
        for command in self.commands():
            own = TYPED.match(command)
            if own is None or NOT_AS_IT_IS.search(command):
                self.assertTrue(own or OF_THE_SYSTEM.match(command), command)
                continue
            ran += 1
            with self.subTest(command):
                told = self.typed(own.group(1))
                self.assertIn(told.returncode, ENDS_WELL, told.stderr)
        self.assertGreater(ran, 8)


class GuideTest(DocumentTest):
    name = "docs/guide-exploitation.fr.md"

    def put_drop(self):
        self.assertEqual(self.typed("vigie demo demo && cp -r demo/drops .").returncode, 0)

    def test_every_error_and_exit_code_is_in_it(self):
        """A row of errors.md has all the words of a message that the guide tells, `…` aside."""
        guide = read(self.name)
        messages = guide[guide.index("## Que faire selon le message"):guide.index("## Ce qui est retenu")]
        told = [[part.strip() for part in message.split("…") if part.strip()]
                for message in re.findall(r"`+([^`]+?)\s*`+", messages)]
        rows = re.findall(r"(?m)^\| (.*?) \|", read("docs/errors.md"))
        self.assertGreater(len(rows), 100)
        for row in rows:
            if row.isdigit():
                self.assertIn(f"\n**{row} : ", guide)
            elif row not in ("code", "message", "reason", "---", "anything else"):
                self.assertTrue(any(parts and all(part in row for part in parts) for parts in told), row)


if __name__ == "__main__":
    unittest.main()

"""What a package adds to the program: manual pages, completion, the configuration as it is installed."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


class ManualTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = os.path.abspath(os.environ["VIGIE"])
        cls.folder = tempfile.mkdtemp(prefix="vigie-manual-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        subprocess.run([sys.executable, "-B", os.path.join(ROOT, "packaging", "make_manual.py"), cls.program, ROOT,
                        cls.folder], check=True)

    def text(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            data = file.read()
        return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")

    def help(self, *command):
        return subprocess.run([self.program, *command, "--help"], check=True, capture_output=True, text=True).stdout

    def commands(self):
        listed = self.help().split("\nSubcommands:\n")[1].split("\nExit codes")[0]
        return re.findall(r"(?m)^  ([a-z]+)", listed)

    def test_every_command_and_option_is_in_the_page(self):
        page = self.text("vigie.1.gz").replace("\\-", "-")
        for command in self.commands():
            told = re.search(rf"(?ms)^\.SS {command} .*?(?=^\.S[SH] )", page).group()
            for option in self.options(command):
                self.assertIn(f".B {option}", told)

    def test_the_pages_are_set_without_a_warning(self):
        for name in ("vigie.1.gz", "vigie.properties.5.gz"):
            for width in "80", "132":
                told = subprocess.run(["man", "--warnings", "-l", os.path.join(self.folder, name)], check=True,
                                      capture_output=True, text=True,
                                      env=dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH=width))
                self.assertEqual(told.stderr, "", name)
                self.assertIn("VIGIE", told.stdout)

    def options(self, command):
        return re.findall(r"(?m)^  (--[a-z-]+)", self.help(command))

    def test_every_key_is_in_the_page(self):
        page = self.text("vigie.properties.5.gz").replace("\\-", "-")
        with open(os.path.join(ROOT, "config", "vigie.properties"), encoding="utf-8") as file:
            keys = re.findall(r"(?m)^#?([a-z][\w.-]+) = ", file.read())
        self.assertGreater(len(keys), 30)
        for key in keys:
            self.assertIn(f".B {key} = ", page)

    def completed(self, *words):
        script = f'. {self.folder}/vigie.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vigie; echo "${{COMPREPLY[@]}}"'
        return subprocess.run(["bash", "-c", script, "bash", "vigie", *words], check=True, capture_output=True,
                              text=True).stdout.split()

    def test_completion(self):
        self.assertEqual(self.completed("exp"), ["explain"])
        self.assertEqual(self.completed("findings", "--sev"), ["--severity"])
        self.assertEqual(self.completed("findings", "--severity", "cr"), ["critical"])
        self.assertEqual(self.completed("run", "--conf"), ["--config"])
        self.assertEqual(self.completed("explain", "--service", "Off"), ["Offre\\", "Bailleurs"])
        self.assertEqual(set(self.completed("")) & set(self.commands()), set(self.commands()))
        everywhere = set(re.findall(r"(?m)^  (--[a-z-]+)", self.help().split("\nSubcommands:\n")[0])) | {"--help"}
        for command in self.commands():
            offered = self.completed(command, "--")
            self.assertEqual(set(offered), set(self.options(command)) | everywhere, command)
            self.assertEqual(len(offered), len(set(offered)), command)

    def test_the_installed_configuration_is_one_and_keeps_its_state_in_the_state_directory(self):
        configuration = os.path.join(self.folder, "vigie.properties")
        told = subprocess.run([self.program, "--config", configuration, "check"], capture_output=True, text=True)
        self.assertIn("ok     configuration ", told.stdout)
        self.assertIn("schedule.run 15 2 * * *: next ", told.stdout)
        paths = re.findall(r"(?m)^[a-z][\w.-]*(?:connection|path|directory) = (.*)$", self.text("vigie.properties"))
        self.assertEqual([path for path in paths if not path.startswith("/var/lib/vigie/")], [])
        self.assertEqual(len(paths), 4)


if __name__ == "__main__":
    unittest.main()

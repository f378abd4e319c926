"""The units of systemd: sound, and shut in."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

UNITS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "systemd")
MOST_EXPOSED = 1.5


def analyzed(*arguments):
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60)


class UnitsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="vigie-units-")
        self.addCleanup(shutil.rmtree, self.folder)

    def units(self):
        """With the program that is tested in the place of the installed one; manuals are installed by the package."""
        paths = []
        for name in sorted(name for name in os.listdir(UNITS) if name.endswith((".service", ".timer"))):
            with open(os.path.join(UNITS, name), encoding="utf-8") as file:
                text = re.sub(r"(?m)^Documentation=.*\n", "", file.read())
            paths.append(os.path.join(self.folder, name))
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(text.replace("/usr/bin/vigie", os.path.abspath(os.environ["VIGIE"])))
        return paths

    def test_are_sound(self):
        result = analyzed("verify", *self.units())
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_are_sound_with_the_network_too(self):
        services = [unit for unit in self.units() if unit.endswith(".service")]
        for service in services:
            os.mkdir(service + ".d")
            shutil.copy(os.path.join(UNITS, "network.conf"), service + ".d")
        result = analyzed("verify", *services)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_are_shut_in(self):
        for unit in self.units():
            if unit.endswith(".service"):
                with self.subTest(os.path.basename(unit)):
                    told = analyzed("security", "--offline=yes", unit).stdout
                    exposure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", told)
                    self.assertIsNotNone(exposure, told)
                    self.assertLessEqual(float(exposure.group(1)), MOST_EXPOSED)


if __name__ == "__main__":
    unittest.main()

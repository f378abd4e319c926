"""A run that is killed at any moment, and run again, leaves what it would have left without the kill."""

import difflib
import os
import re
import shutil
import subprocess
import sys
import time
import unittest
import zipfile

import drops
from drops import DAY

HERE = os.path.dirname(os.path.abspath(__file__))
MAKE_DROP = os.path.join(HERE, "..", "..", "bench", "make_drop.py")
NEXT_DAY = "2026-11-21"
SOURCES = ("caf931", "caf932")


def make_drop(folder, day, *options):
    subprocess.run([sys.executable, "-B", MAKE_DROP, "--out", folder, "--as-of", day, *options], check=True,
                   stdout=subprocess.DEVNULL)


def sheets_of(path):
    """The parts of a workbook, the number of the run left out."""
    with zipfile.ZipFile(path) as book:
        return {name: re.sub(rb"ex\xc3\xa9cution \d+", b"run", book.read(name)) for name in book.namelist()}


def mail_without_its_time(raw):
    return re.sub(rb"(?m)^Date: .*\r\n", b"", raw)


class KillTest(unittest.TestCase):
    def setUp(self):
        self.vigie = drops.Vigie(sources=SOURCES)
        self.addCleanup(self.vigie.close)

    def start(self, vigie, day):
        return subprocess.Popen([vigie.program, "--config", vigie.configuration, "--as-of", day, "--verbose", "run"],
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def copy(self):
        """A Vigie in the state that this one is in."""
        other = drops.Vigie(sources=SOURCES)
        self.addCleanup(other.close)
        shutil.rmtree(other.folder)
        shutil.copytree(self.vigie.folder, other.folder)
        return other

    def outcome(self, vigie):
        """All that is left, as {what: content}."""
        left = dict(vigie.lists())
        for name in vigie.files("mail"):
            left["mail " + name] = mail_without_its_time(vigie.read("mail", name))
        for name in vigie.files("reports"):
            path = vigie.path("out", "reports", name)
            if name.endswith(".xlsx"):
                left |= {f"{name} {part}": content for part, content in sheets_of(path).items()}
            else:
                left[name] = vigie.read("reports", name)
        return left

    def run_whole(self, vigie, day):
        """Runs to the end; (exit code, seconds, lines of the log)."""
        began = time.monotonic()
        run = self.start(vigie, day)
        log = run.stderr.read()
        run.stderr.close()
        return run.wait(), time.monotonic() - began, log.count(b"\n")

    def kill_after(self, vigie, day, seconds=0.0, lines=0):
        """Starts a run, waits for so many lines of its log, then so long, and kills it; whether it was under way."""
        run = self.start(vigie, day)
        for _ in range(lines):
            run.stderr.readline()
        time.sleep(seconds)
        run.kill()
        run.stderr.close()
        return run.wait() < 0

    def check_kills(self, day, delays):
        """Kills runs of one night, on copies, and compares what the runs after them leave.

        The moments: whenever the run says that it has got somewhere, and so many others spread over the time it takes.
        """
        expected = self.copy()
        code, seconds, lines = self.run_whole(expected, day)
        self.assertIn(code, (0, 3))
        wanted = self.outcome(expected)
        moments = [{"lines": n, "seconds": 0.002 * (n % 3)} for n in range(1, lines)]
        moments += [{"seconds": seconds * (n + 0.5) / delays} for n in range(delays)]
        killed = 0
        for moment in moments:
            with self.subTest(**moment):
                vigie = self.copy()
                killed += self.kill_after(vigie, day, **moment)
                if os.path.exists(vigie.path("vigie.db")):
                    vigie.lists()
                self.assertEqual(self.run_whole(vigie, day)[0], code)
                self.assert_same(wanted, self.outcome(vigie))
                vigie.close()
        self.assertGreater(killed, len(moments) // 2, "most runs ended before they were killed")

    def assert_same(self, wanted, found):
        self.assertEqual(sorted(found), sorted(wanted))
        told = [line for name in wanted if found[name] != wanted[name]
                for line in [name, *difflib.ndiff(self.as_lines(wanted[name]), self.as_lines(found[name]))]
                if not line.startswith(("  ", "? "))]
        self.assertEqual(told, [], "\n" + "\n".join(told[:20]))

    @staticmethod
    def as_lines(content):
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        return text.replace("><", ">\n<").splitlines()

    def test_the_second_night(self):
        """2,000 accounts and a small source, on a night that brings changes, closings and mails."""
        for source, accounts in zip(SOURCES, ("2000", "100")):
            first, second = self.vigie.drop_folder(source), self.vigie.path("next", source)
            make_drop(first, DAY, "--accounts", accounts, "--violations", "0.05", "--dirty", "0.01")
            make_drop(second, NEXT_DAY, "--next", first, "--change", "0.03")
        self.run_whole(self.vigie, DAY)
        shutil.rmtree(self.vigie.path("drops"))
        shutil.move(self.vigie.path("next"), self.vigie.path("drops"))
        self.check_kills(NEXT_DAY, delays=14)

    def test_the_first_night(self):
        """Where the store is only being made, and one drop is refused."""
        self.vigie.drop(drops.faulty_drop(), source=SOURCES[0])
        self.vigie.drop(drops.faulty_drop() | {"groupes": ""}, source=SOURCES[1])
        self.check_kills(DAY, delays=4)


if __name__ == "__main__":
    unittest.main()
